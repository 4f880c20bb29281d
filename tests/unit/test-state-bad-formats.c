/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-format-check.h"

#include "state/tree/state-private.h"
#include "state/tree/tree.h"

/* A format that fails at any one of its calls: the call's error comes out, and nothing is called
 * any more. And formats that reach the limit of a stream's size at any byte. */

typedef struct
{
  MigdescVisitor parent_instance;
  guint n_calls;
  guint fail_at;
  gboolean silent;
} Faulty;
typedef MigdescVisitorClass FaultyClass;

static GType faulty_get_type (void);
G_DEFINE_TYPE (Faulty, faulty, MIGDESC_TYPE_VISITOR)

static gboolean
call (MigdescVisitor *visitor,
      GError **error)
{
  Faulty *faulty = (Faulty *) visitor;

  g_assert_cmpuint (faulty->n_calls, <=, faulty->fail_at);
  if (faulty->n_calls++ < faulty->fail_at)
    return TRUE;
  if (!faulty->silent)
    g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE, "the fault");
  return FALSE;
}

static gboolean
faulty_open_struct (MigdescVisitor *visitor,
                    const char *name G_GNUC_UNUSED,
                    GError **error)
{
  return call (visitor, error);
}

static gboolean
faulty_open_counted (MigdescVisitor *visitor,
                     const char *name G_GNUC_UNUSED,
                     MigdescContainerFlags flags G_GNUC_UNUSED,
                     guint64 *count G_GNUC_UNUSED,
                     GError **error)
{
  return call (visitor, error);
}

static gboolean
faulty_open_pointer (MigdescVisitor *visitor,
                     const char *name G_GNUC_UNUSED,
                     gboolean *present G_GNUC_UNUSED,
                     GError **error)
{
  return call (visitor, error);
}

static gboolean
faulty_open_section (MigdescVisitor *visitor,
                     const char *name G_GNUC_UNUSED,
                     MigdescContainerFlags flags G_GNUC_UNUSED,
                     guint *version G_GNUC_UNUSED,
                     gboolean *present G_GNUC_UNUSED,
                     GError **error)
{
  return call (visitor, error);
}

static gboolean
faulty_uint (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             guint width G_GNUC_UNUSED,
             guint64 *value G_GNUC_UNUSED,
             GError **error)
{
  return call (visitor, error);
}

static gboolean
faulty_int (MigdescVisitor *visitor,
            const char *name G_GNUC_UNUSED,
            guint width G_GNUC_UNUSED,
            gint64 *value G_GNUC_UNUSED,
            GError **error)
{
  return call (visitor, error);
}

static gboolean
faulty_double (MigdescVisitor *visitor,
               const char *name G_GNUC_UNUSED,
               double *value G_GNUC_UNUSED,
               GError **error)
{
  return call (visitor, error);
}

static gboolean
faulty_string (MigdescVisitor *visitor,
               const char *name G_GNUC_UNUSED,
               char **value G_GNUC_UNUSED,
               GError **error)
{
  return call (visitor, error);
}

static gboolean
faulty_buffer (MigdescVisitor *visitor,
               guint8 *data G_GNUC_UNUSED,
               gsize length G_GNUC_UNUSED,
               GError **error)
{
  return call (visitor, error);
}

static void
faulty_init (Faulty *faulty)
{
  faulty->fail_at = G_MAXUINT;
}

static void
faulty_class_init (FaultyClass *klass)
{
  klass->open_struct = faulty_open_struct;
  klass->open_array = klass->open_buffer = faulty_open_counted;
  klass->open_pointer = faulty_open_pointer;
  klass->open_section = faulty_open_section;
  klass->close_struct = klass->close_array = klass->close_pointer = klass->close_section
      = klass->close_buffer = call;
  klass->pass_uint = faulty_uint;
  klass->pass_int = faulty_int;
  klass->pass_double = faulty_double;
  klass->pass_string = faulty_string;
  klass->pass_buffer = faulty_buffer;
}

/* A way to bring a state into a format. */
typedef gboolean (*Save) (MigdescVisitor *visitor, gpointer data, GError **error);

/* How often that calls a format which never fails. */
static guint
count_calls (Save save,
             gpointer data)
{
  g_autoptr (MigdescVisitor) visitor = g_object_new (faulty_get_type (), NULL);
  g_autoptr (GError) error = NULL;

  save (visitor, data, &error);
  g_assert_no_error (error);
  return ((Faulty *) visitor)->n_calls;
}

static void
assert_fault (Save save,
              gpointer data,
              guint fail_at,
              gboolean silent)
{
  const int code = silent ? MIGDESC_ERROR_STATE_FORMAT : MIGDESC_ERROR_CANNOT_WRITE;
  g_autoptr (MigdescVisitor) visitor = g_object_new (faulty_get_type (), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  ((Faulty *) visitor)->fail_at = fail_at;
  ((Faulty *) visitor)->silent = silent;
  g_assert_false (save (visitor, data, &error));
  g_assert_error (error, MIGDESC_ERROR, code);
  g_assert_true (g_str_has_suffix (error->message,
                                   silent ? "the format Faulty failed and did not say why"
                                          : "the fault"));
  g_assert_false (save (visitor, data, &again));
  g_assert_cmpstr (again->message, ==, error->message);
}

static void
assert_faults (Save save,
               gpointer data,
               guint least)
{
  const guint n = count_calls (save, data);

  g_assert_cmpuint (n, >, least);
  for (guint i = 0; i < n; i += i < 2 * least ? 1 : 97) /* of long arrays not each */
    {
      assert_fault (save, data, i, FALSE);
      assert_fault (save, data, i, TRUE);
    }
}

typedef struct
{
  MigdescStatePlan *plan;
  gpointer state;
} Walk;

static gboolean
save_struct (MigdescVisitor *visitor,
             gpointer data,
             GError **error)
{
  Walk *walk = data;

  return migdesc_walk_all (walk->plan, visitor, walk->state, error);
}

static gboolean
save_tree (MigdescVisitor *visitor,
           gpointer data,
           GError **error)
{
  MigdescNode node = *migdesc_state_get_node (data);

  return migdesc_node_visit (&node, visitor, error);
}

static void
test_structs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (MigdescStatePlan) plan = sample_plan (&samples[i]);
      gpointer state = sample_fill (&samples[i], plan);

      assert_faults (save_struct, &(Walk){ plan, state }, 10);
      sample_free (plan, state);
    }
}

static MigdescState *
make_tree (const Sample *sample)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (sample->table, &error);
  g_autoptr (MigdescParamList) params = migdesc_param_list_new_from_string (
      "mode=fast,new-feature=on,turbo=on,most=99,vectors=3,queues=2", NULL);
  g_autoptr (MigdescStatePlan) plan = sample_plan (sample);
  gpointer state = sample_fill (sample, plan);
  MigdescState *tree;

  g_assert_no_error (error);
  tree = migdesc_state_new_from_struct (type, sample->version, params, state, &error);
  g_assert_no_error (error);
  sample_free (plan, state);
  return tree;
}

static void
test_trees (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    if (samples[i].table != &arrays_state) /* counts more than there is room for */
      {
        g_autoptr (MigdescState) tree = make_tree (&samples[i]);

        assert_faults (save_tree, tree, 10);
      }
}

/* With so many bytes for a stream: it is whole, or the limit is named; later calls say it again. */
static gboolean
save_limited (const char *format,
              const Walk *walk,
              guint64 limit)
{
  static const FormatText text = { FORMAT_MANIFEST, "{\"fields\":[]}" };
  g_autoptr (GObject) object = G_OBJECT (format_visitor (format, MIGDESC_VISITOR_SAVE));
  MigdescStreamVisitor *visitor = MIGDESC_STREAM_VISITOR (object);
  MigdescStreamVisitorClass *klass = MIGDESC_STREAM_VISITOR_GET_CLASS (visitor);
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autofree char *message
      = g_strdup_printf ("more than %" G_GUINT64_FORMAT " bytes in the stream (limit state-size)",
                         limit);
  g_autoptr (GError) error = NULL;
  GError *errors[5] = { NULL };

  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_SIZE, limit);
  migdesc_stream_visitor_set_limits (visitor, limits);
  if (format_save_parts (visitor, &text, walk->plan, walk->state, &error))
    return TRUE;
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  if (strstr (error->message, message) == NULL)
    g_assert_cmpstr (error->message, ==, message);
  g_assert_false (klass->begin_stream (visitor, text.manifest, strlen (text.manifest),
                                       &errors[0]));
  g_assert_false (klass->write_schema (visitor, FORMAT_DIGEST, text.schema, strlen (text.schema),
                                       &errors[1]));
  g_assert_false (klass->begin_device (visitor, 0, "nic0", walk->plan, &errors[2]));
  g_assert_false (klass->end_device (visitor, &errors[3]));
  g_assert_false (klass->end_stream (visitor, &errors[4]));
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    g_assert_cmpstr (errors[i]->message, ==, error->message);
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    g_clear_error (&errors[i]);
  return FALSE;
}

static void
test_sizes (gconstpointer format)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (MigdescStatePlan) plan = sample_plan (&samples[i]);
      gpointer state = sample_fill (&samples[i], plan);
      g_autoptr (GBytes) whole = format_save (format, &format_plain, plan, state);
      const Walk walk = { plan, state };
      guint n_refused = 0;

      for (guint64 limit = 1; limit <= g_bytes_get_size (whole); limit += limit < 2000 ? 1 : 131)
        n_refused += save_limited (format, &walk, limit) ? 0 : 1;
      g_assert_cmpuint (n_refused, >, 100);
      g_assert_true (save_limited (format, &walk, 2 * g_bytes_get_size (whole)));
      sample_free (plan, state);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-bad-formats/structs", test_structs);
  g_test_add_func ("/state-bad-formats/trees", test_trees);
#ifdef MIGDESC_HAVE_CBOR
  g_test_add_data_func ("/state-bad-formats/sizes/cbor", "cbor", test_sizes);
#endif
#ifdef MIGDESC_HAVE_DER
  g_test_add_data_func ("/state-bad-formats/sizes/der", "der", test_sizes);
#endif
  return g_test_run ();
}
