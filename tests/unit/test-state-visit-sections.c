/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc.h>

/* Sections of visit functions: a program with other sections, or the same in another order. */

typedef struct
{
  /* The sections that are visited, each of one letter, which it holds. '!' before one: a reader may
   * skip it; '(': it is inside of a struct. */
  const char *order;
  GString *found; /* those that were there */
} Program;

static gboolean
visit_section (MigdescVisitor *visitor,
               Program *program,
               char letter,
               gboolean droppable,
               GError **error)
{
  const char name[] = { letter, '\0' };
  MigdescContainerFlags flags = MIGDESC_CONTAINER_OPTIONAL;
  guint version = 1;
  gboolean present = TRUE;
  guint8 value = (guint8) letter;

  if (droppable)
    flags |= MIGDESC_CONTAINER_DROPPABLE;
  if (!migdesc_visitor_begin_section (visitor, name, flags, &version, 1, &present, error))
    return FALSE;
  if (!present)
    return TRUE;
  g_string_append_c (program->found, letter);
  return migdesc_visitor_visit_uint8 (visitor, "v", &value, (guint8) letter, (guint8) letter, error)
         && migdesc_visitor_end_section (visitor, error);
}

static gboolean
visit (MigdescVisitor *visitor,
       gpointer state,
       gpointer data G_GNUC_UNUSED,
       GError **error)
{
  Program *program = state;
  guint8 body = 5;

  if (!migdesc_visitor_visit_uint8 (visitor, "body", &body, 5, 5, error))
    return FALSE;
  for (const char *at = program->order; *at != '\0'; at++)
    {
      gboolean droppable = *at == '!';

      if (*at == '(' && !migdesc_visitor_begin_struct (visitor, "inner", error))
        return FALSE;
      at += droppable || *at == '(' ? 1 : 0;
      if (!visit_section (visitor, program, *at, droppable, error))
        return FALSE;
    }
  return TRUE;
}

static GBytes *
save (const char *order)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new ("binary", NULL);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Program program = { order, found };
  GBytes *bytes;

  migdesc_stream_writer_add_visit (writer, "dev0", NULL, 1, visit, &program, NULL, NULL, NULL);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  return bytes;
}

/* The sections that were there, or the message. */
static char *
load (GBytes *bytes,
      const char *order)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new ("binary", NULL, NULL);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Program program = { order, found };

  migdesc_stream_reader_expect_visit (reader, "dev0", NULL, 1, 1, visit, &program, NULL, NULL,
                                      NULL);
  if (!migdesc_stream_reader_read_bytes (reader, bytes, &error))
    return g_strdup (error->message);
  return g_string_free (g_steal_pointer (&found), FALSE);
}

static const struct
{
  const char *saved;
  const char *loaded;
  const char *expected; /* with '*' for any number of a byte */
} cases[] = {
  { "", "", "" },
  { "abc", "abc", "abc" },
  /* one that this program does not know */
  { "!abc", "bc", "bc" },
  { "ab!c", "ab", "ab" },
  { "a!x!yb", "ab", "ab" },
  { "abc", "bc",
    "dev0: b: the section \"a\" is not known, and the state is not complete without it (byte *)" },
  { "abc", "ab", "dev0: the section \"c\" is not known, and the state is not complete without it "
                 "(byte *)" },
  /* one that the other program does not know */
  { "bc", "abc", "bc" },
  { "ac", "abc", "ac" },
  { "ab", "abc", "ab" },
  { "", "abc", "" },
  { "!xb", "abc", "b" },
  /* another order: the one that was not asked for in time is as good as unknown */
  { "!ab", "ba", "b" },
  { "ab", "ba", "dev0: b: the section \"a\" is not known, and the state is not complete without it "
                "(byte *)" },
  { "aba", "aba", "dev0: a: the section \"a\" comes a second time (byte *)" },
  { "aa", "a", "dev0: the section \"a\" comes a second time (byte *)" },
};

static void
test_programs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = save (cases[i].saved);
      g_autofree char *answer = load (bytes, cases[i].loaded);

      g_test_message ("%s as %s: %s", cases[i].saved, cases[i].loaded, answer);
      if (!g_pattern_match_simple (cases[i].expected, answer))
        g_assert_cmpstr (answer, ==, cases[i].expected);
    }
}

static void
test_nested (void)
{
  g_autoptr (GBytes) bytes = save ("a");
  g_autofree char *answer = load (bytes, "(a");

  g_assert_true (g_pattern_match_simple ("dev0: inner.a: a section is at the top (byte *)",
                                         answer));
}

typedef struct
{
  const char *name;
  guint version;
  gboolean nested;
} BadSection;

static gboolean
visit_bad (MigdescVisitor *visitor,
           gpointer state,
           gpointer data G_GNUC_UNUSED,
           GError **error)
{
  const BadSection *bad = state;
  guint version = bad->version;
  gboolean present = TRUE;

  return (!bad->nested || migdesc_visitor_begin_struct (visitor, "inner", error))
         && migdesc_visitor_begin_section (visitor, bad->name, MIGDESC_CONTAINER_NONE, &version,
                                           1, &present, error);
}

/* What a binary stream cannot have. */
static void
test_bad_sections (void)
{
  static const char message[] = "a section is at the top, its name has 1 to 255 bytes, its version "
                                "is at most 65535";
  g_autofree char *long_name = g_strnfill (256, 'a');
  const BadSection bads[] = {
    { "", 1, FALSE }, { long_name, 1, FALSE }, { "a", 65536, FALSE }, { "a", 1, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bads); i++)
    {
      g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new ("binary", NULL);
      g_autoptr (GError) error = NULL;
      BadSection bad = bads[i];

      migdesc_stream_writer_add_visit (writer, "dev0", NULL, 1, visit_bad, &bad, NULL, NULL, NULL);
      g_assert_null (migdesc_stream_writer_to_bytes (writer, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
      if (strstr (error->message, message) == NULL)
        g_assert_cmpstr (error->message, ==, message);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-visit-sections/programs", test_programs);
  g_test_add_func ("/state-visit-sections/nested", test_nested);
  g_test_add_func ("/state-visit-sections/bad", test_bad_sections);
  return g_test_run ();
}
