/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>
#include <string.h>

#include "state-every-value.h"
#include "stream-check.h"

#include "state/schema/type-private.h"

/* Each declared type, saved in each version and configuration, loaded by a program of each version
 * in each configuration. What has to happen is told from the rows of the table alone. */

typedef struct
{
  const char *name;
  const MigdescStruct *table;
  const char *params; /* that no gate asks for */
  void (*fill) (MigdescStateType *type, gpointer state);
  /* what no field says, made to fit what the fields say */
  void (*mend) (gpointer state);
} Declared;

/* The parameters that gates ask for, each with the value that opens it. */
typedef struct
{
  const char *names[8];
  const char *values[8];
  guint n;
} Conditions;

static const char *
get_value (const MigdescField *field)
{
  return field->param_value == NULL ? "on" : field->param_value;
}

static void
collect (Conditions *conditions, const MigdescStruct *table)
{
  for (guint i = 0; i < table->n_fields; i++)
    {
      const MigdescField *field = &table->fields[i];
      guint at = 0;

      if (field->param == NULL)
        continue;
      while (at < conditions->n && strcmp (conditions->names[at], field->param) != 0)
        at++;
      g_assert_cmpuint (at, <, G_N_ELEMENTS (conditions->names));
      conditions->names[at] = field->param;
      conditions->values[at] = get_value (field);
      conditions->n = MAX (conditions->n, at + 1);
    }
}

/* A bit of configuration for each condition. */
static char *
make_params (const Declared *declared, const Conditions *conditions, guint configuration)
{
  GString *text = g_string_new (declared->params);

  for (guint i = 0; i < conditions->n; i++)
    g_string_append_printf (text, ",%s=%s", conditions->names[i],
                            (configuration >> i & 1) != 0 ? conditions->values[i] : "other");
  return g_string_free (text, FALSE);
}

static gboolean
is_there (const MigdescField *field, const Conditions *conditions, guint version,
          guint configuration)
{
  if (version < field->since || (field->until != 0 && version > field->until))
    return FALSE;
  for (guint i = 0; field->param != NULL && i < conditions->n; i++)
    if (strcmp (field->param, conditions->names[i]) == 0)
      return (configuration >> i & 1) != 0;
  return TRUE;
}

/* The first field that has to be there and is not; NULL: none. */
static const char *
find_lacking (const Declared *declared, const Conditions *conditions, guint version,
              guint configuration)
{
  for (guint i = 0; i < declared->table->n_fields; i++)
    {
      const MigdescField *field = &declared->table->fields[i];

      if ((field->more_flags & MIGDESC_FIELD_REQUIRED) != 0
          && !is_there (field, conditions, version, configuration))
        return field->name;
    }
  return NULL;
}

static gboolean
is_number (const MigdescField *field)
{
  return field->kind <= MIGDESC_FIELD_TIMER && field->counting == MIGDESC_COUNT_ONE
         && (field->flags & MIGDESC_FIELD_GONE) == 0;
}

/* What was saved where the field was there, else its default. */
static void
assert_fields (const Declared *declared, const Conditions *conditions, guint version,
               guint configuration, const guint8 *saved, const guint8 *loaded)
{
  for (guint i = 0; i < declared->table->n_fields; i++)
    {
      const MigdescField *field = &declared->table->fields[i];
      guint64 wanted = field->default_value;
      guint8 expected[8];

      if (!is_number (field))
        continue;
      if (is_there (field, conditions, version, configuration))
        memcpy (expected, saved + field->offset, field->width);
      else
        {
          wanted = GUINT64_TO_LE (wanted);
          memcpy (expected, &wanted, field->width);
          if (G_BYTE_ORDER == G_BIG_ENDIAN)
            for (guint b = 0; b < field->width; b++)
              expected[b] = ((guint8 *) &wanted)[field->width - 1 - b];
        }
      g_test_message ("%s", field->name);
      g_assert_cmpmem (loaded + field->offset, field->width, expected, field->width);
    }
}

static GBytes *
save (MigdescStateType *type, guint version, MigdescParamList *params, gconstpointer state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, &error);
  GBytes *bytes;

  migdesc_stream_writer_add_struct (writer, "dev0", params, type, version, state, &error);
  g_assert_no_error (error);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  return bytes;
}

/* One load, and why it was refused, but for the place in the stream. */
static char *
load (MigdescStateType *type, MigdescParamList *params, GBytes *bytes, gpointer state)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  migdesc_state_type_init_struct (type, state);
  if (migdesc_stream_reader_expect_struct (reader, "dev0", params, type, state, &error)
      && migdesc_stream_reader_read_bytes (reader, bytes, &error))
    return NULL;
  if (strstr (error->message, " (byte ") != NULL)
    *strstr (error->message, " (byte ") = '\0';
  return g_strdup_printf ("%s: %s", migdesc_error_get_nick ((MigdescError) error->code),
                          error->message);
}

typedef struct
{
  const Declared *declared;
  Conditions conditions;
  MigdescStateType *type;
  gpointer saved;
  guint n_loaded;
  guint n_refused;
} Matrix;

/* Why that has to be refused; NULL: it must be loaded. */
static char *
expect (const Matrix *matrix, guint version, guint configuration, guint reader_version,
        guint reader_configuration)
{
  const Conditions *conditions = &matrix->conditions;
  const char *lacking = find_lacking (matrix->declared, conditions, version, configuration);

  if (version > reader_version)
    return g_strdup_printf ("state-too-new: dev0: state version %u of %s, the newest known is %u",
                            version, matrix->declared->table->name, reader_version);
  for (guint i = 0; i < conditions->n; i++)
    {
      gboolean there = (configuration >> i & 1) != 0;

      if (((configuration ^ reader_configuration) >> i & 1) != 0)
        return g_strdup_printf ("state-config-mismatch: dev0: the parameter %s is %s in the "
                                "stream, and %s here",
                                conditions->names[i], there ? conditions->values[i] : "other",
                                there ? "other" : conditions->values[i]);
    }
  if (lacking != NULL)
    return g_strdup_printf ("state-missing: dev0: %s: state version %u in this configuration does "
                            "not have it, and it is required",
                            lacking, version);
  return NULL;
}

static void
try_reader (Matrix *matrix, GBytes *bytes, guint version, guint configuration,
            guint reader_version, guint reader_configuration)
{
  const Declared *declared = matrix->declared;
  g_autofree char *text = make_params (declared, &matrix->conditions, reader_configuration);
  g_autoptr (MigdescParamList) params = stream_params (text);
  g_autoptr (MigdescStateType) reader
      = migdesc_state_type_new_up_to (matrix->type, reader_version);
  g_autofree guint8 *loaded = g_malloc (declared->table->size);
  g_autofree char *refused = load (reader, params, bytes, loaded);
  g_autofree char *expected
      = expect (matrix, version, configuration, reader_version, reader_configuration);
  g_autoptr (GBytes) again = NULL;

  g_test_message ("version %u, configuration %u, by version %u, configuration %u", version,
                  configuration, reader_version, reader_configuration);
  g_assert_cmpstr (refused, ==, expected);
  if (refused != NULL)
    {
      matrix->n_refused++;
      migdesc_state_type_clear_struct (matrix->type, loaded);
      return;
    }
  matrix->n_loaded++;
  assert_fields (declared, &matrix->conditions, version, configuration, matrix->saved, loaded);
  if (declared->mend != NULL)
    declared->mend (loaded);
  again = save (reader, version, params, loaded);
  g_assert_true (g_bytes_equal (again, bytes));
  migdesc_state_type_clear_struct (matrix->type, loaded);
}

static void
try_writer (Matrix *matrix, guint version, guint configuration)
{
  const MigdescStruct *table = matrix->declared->table;
  g_autofree char *text = make_params (matrix->declared, &matrix->conditions, configuration);
  g_autoptr (MigdescParamList) params = stream_params (text);
  g_autoptr (GBytes) bytes = save (matrix->type, version, params, matrix->saved);

  for (guint reader = table->minimum; reader <= table->version; reader++)
    for (guint i = 0; i < 1u << matrix->conditions.n; i++)
      try_reader (matrix, bytes, version, configuration, reader, i);
}

static void
test_declared (gconstpointer data)
{
  const Declared *declared = data;
  const MigdescStruct *table = declared->table;
  g_autoptr (MigdescStateType) type = stream_type (table);
  g_autofree gpointer saved = g_malloc (table->size);
  Matrix matrix = { .declared = declared, .type = type, .saved = saved };
  guint n;

  collect (&matrix.conditions, table);
  declared->fill (type, saved);
  n = (table->version - table->minimum + 1) << matrix.conditions.n;
  for (guint version = table->minimum; version <= table->version; version++)
    for (guint i = 0; i < 1u << matrix.conditions.n; i++)
      try_writer (&matrix, version, i);
  g_assert_cmpuint (matrix.n_loaded + matrix.n_refused, ==, n * n);
  g_assert_cmpuint (matrix.n_loaded, >, 0);
  g_test_message ("%s: %u loaded, %u refused", declared->name, matrix.n_loaded, matrix.n_refused);
  migdesc_state_type_clear_struct (type, saved);
}

/* An effective schema is made once for a version and configuration. */
static void
test_kept (void)
{
  g_autoptr (MigdescStateType) type = stream_type (&gates_state);
  g_autoptr (MigdescParamList) one = stream_params ("a.b/c?most=50,mode=fast,x=1");
  g_autoptr (MigdescParamList) alike = stream_params ("a.b/c?most=50,mode=fast,x=2");
  g_autoptr (MigdescParamList) other = stream_params ("a.b/c?most=51,mode=fast,x=1");
  g_autoptr (MigdescStateType) first = migdesc_state_type_new_effective (type, 2, one, NULL);
  g_autoptr (MigdescStateType) again = migdesc_state_type_new_effective (type, 2, alike, NULL);
  g_autoptr (MigdescStateType) newer = migdesc_state_type_new_effective (type, 3, one, NULL);
  g_autoptr (MigdescStateType) more = migdesc_state_type_new_effective (type, 2, other, NULL);

  g_assert_true (first == again);
  g_assert_false (migdesc_state_type_equal (first, newer));
  g_assert_false (migdesc_state_type_equal (first, more));
  g_assert_cmpuint (migdesc_state_type_get_version (newer), ==, 3);
}

static void
fill_every (MigdescStateType *type, gpointer state)
{
  every_fill (type, state);
  ((EveryState *) state)->u16 = 9000;
  ((EveryState *) state)->i16 = 5;
}

static void
fill_gates (MigdescStateType *type G_GNUC_UNUSED, gpointer state)
{
  *(Gates *) state = (Gates) {
    .mtu = 9000,
    .added = 3,
    .dropped = 2,
    .feature = 7,
    .turbo = 6,
    .limit = 9,
    .has_rss = TRUE,
    .rss_key = { 1, 2, 3, 4 },
    .rss_extra = 8,
    .debug = 11,
  };
}

static void
mend_gates (gpointer state)
{
  Gates *gates = state;

  g_assert_cmpmem (gates->rss_key, 4, "\1\2\3\4", 4);
  g_assert_cmpuint (gates->rss_extra, ==, 8);
  gates->has_rss = TRUE;
}

static void
fill_scalar (MigdescStateType *type G_GNUC_UNUSED, gpointer state)
{
  fill_scalars (state);
}

static void
fill_array (MigdescStateType *type G_GNUC_UNUSED, gpointer state)
{
  fill_arrays (state);
}

static void
fill_struct (MigdescStateType *type G_GNUC_UNUSED, gpointer state)
{
  fill_structs (state);
}

int
main (int argc, char **argv)
{
  static Declared all[] = {
    { "scalars", &scalars_state, "a.b/c?x=1", fill_scalar, NULL },
    { "arrays", NULL, "a.b/c?vectors=3", fill_array, NULL },
    { "structs", &structs_state, "a.b/c?queues=2", fill_struct, NULL },
    { "gates", &gates_state, "a.b/c?most=50", fill_gates, mend_gates },
    { "every", &every_state, "a.b/c?most=255,rates=2,timers=2", fill_every, NULL },
  };

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  g_test_add_func ("/state/matrix/kept", test_kept);
  all[1].table = stream_arrays ();
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *path = g_strconcat ("/state/matrix/", all[i].name, NULL);

      g_test_add_data_func (path, &all[i], test_declared);
    }
  return g_test_run ();
}
