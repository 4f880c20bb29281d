/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-device.h"

/* Streams as JSON. */

static MigdescStateType *
new_type (void)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new (&queue_state, &error);

  g_assert_no_error (error);
  return type;
}

static char *
save (void)
{
  const Queue one = { 1, 2, 1 }, two = { 3, 4, 2 };
  g_autoptr (MigdescStateType) type = new_type ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new ("json", &error);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_no_error (error);
  migdesc_stream_writer_add_struct (writer, "a", NULL, type, 1, &one, &error);
  g_assert_no_error (error);
  migdesc_stream_writer_add_struct (writer, "b", NULL, type, 1, &two, &error);
  g_assert_no_error (error);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
load (const char *text,
      gsize piece,
      Queue queues[2],
      GError **error)
{
  g_autoptr (MigdescStateType) type = new_type ();
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  gsize length = strlen (text);

  for (guint i = 0; i < 2; i++)
    migdesc_state_type_init_struct (type, &queues[i]);
  migdesc_stream_reader_expect_struct (reader, "a", NULL, type, &queues[0], NULL);
  migdesc_stream_reader_expect_struct (reader, "b", NULL, type, &queues[1], NULL);
  for (gsize i = 0; i < length; i += piece)
    {
      g_autofree guint8 *copy = g_memdup2 (text + i, MIN (piece, length - i));

      if (!migdesc_stream_reader_feed (reader, copy, MIN (piece, length - i), error))
        return FALSE;
    }
  return migdesc_stream_reader_finish (reader, error);
}

static void
assert_loads (const char *text)
{
  static const gsize pieces[] = { 1, 7, 100, 1 << 20 };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GError) error = NULL;
      Queue queues[2];

      load (text, pieces[i], queues, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (queues[0].ring, ==, 1);
      g_assert_cmpuint (queues[0].size, ==, 2);
      g_assert_cmpuint (queues[1].ring, ==, 3);
      g_assert_cmpuint (queues[1].head, ==, 2);
    }
}

static void
test_round_trip (void)
{
  g_autofree char *text = save ();
  g_autoptr (MigdescStateType) type = new_type ();
  g_autoptr (MigdescStateType) schema = migdesc_state_type_new_effective (type, 1, NULL, NULL);
  const char *digest = migdesc_state_type_get_digest (schema);
  g_autofree char *expected = g_strdup_printf (
      "{\"migdesc_state\":\"1.0\",\"manifest\":{\"devices\":[{\"id\":\"a\",\"state\":1,"
      "\"params\":{},\"schema\":\"%s\"},"
      "{\"id\":\"b\",\"state\":1,\"params\":{},\"schema\":\"%s\"}]},\"schemas\":{},"
      "\"devices\":{\"a\":{\"ring\":1,\"size\":2,\"head\":1},"
      "\"b\":{\"ring\":3,\"size\":4,\"head\":2}}}\n",
      digest, digest);

  g_assert_cmpstr (text, ==, expected);
  assert_loads (text);
}

static char *
replace (const char *text,
         const char *old,
         const char *new)
{
  const char *place = strstr (text, old);

  g_assert_nonnull (place);
  return g_strdup_printf ("%.*s%s%s", (int) (place - text), text, new, place + strlen (old));
}

/* Devices, and the members of the stream, in another order; and no schemas. */
static void
test_any_order (void)
{
  g_autofree char *text = save ();
  g_autofree char *bare = replace (text, "\"schemas\":{},", "");
  g_autofree char *turned = NULL;
  const char *manifest = strstr (bare, "\"manifest\"");
  const char *devices = strstr (bare, "\"devices\":{\"a\"");

  assert_loads (bare);
  turned = g_strdup_printf ("{\"devices\":{\"b\":{\"head\":2,\"ring\":3,\"size\":4},"
                            "\"a\":{\"ring\":1,\"size\":2,\"head\":1}},%.*s,"
                            "\"migdesc_state\":\"1.0\"}",
                            (int) (devices - manifest - 1), manifest);
  assert_loads (turned);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *old;
    const char *new;
    int code;
    const char *message;
  } cases[] = {
    { "\"1.0\"", "\"2.0\"", MIGDESC_ERROR_STATE_VERSION,
      "only versions 1.x of the format are known (line 1, column 18, /migdesc_state)" },
    { "\"migdesc_state\":\"1.0\",", "", MIGDESC_ERROR_STATE_MISSING,
      "the member \"migdesc_state\" is missing (line 1, column 1)" },
    { "\"head\":2", "\"head\":4", MIGDESC_ERROR_STATE_RELATION, NULL },
    { "}}}\n", "}}} x", MIGDESC_ERROR_JSON_TRAILING_DATA, NULL },
    { "}}}\n", "}}", MIGDESC_ERROR_JSON_SYNTAX, NULL },
    { "\"b\":{\"ring\"", "\"c\":{\"ring\"", MIGDESC_ERROR_STATE_MISSING, NULL },
    { "\"b\":{\"ring\"", "\"c\":{},\"b\":{\"ring\"", MIGDESC_ERROR_STATE_UNKNOWN, NULL },
    { "\"b\":{\"ring\"", "\"a\":{},\"b\":{\"ring\"", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER, NULL },
    { "\"schemas\":{}", "\"schemas\":{\"x\":1,\"x\":2}", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
      NULL },
  };
  g_autofree char *text = save ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *edited = replace (text, cases[i].old, cases[i].new);
      g_autoptr (GError) error = NULL;
      Queue queues[2];

      g_assert_false (load (edited, 1000, queues, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, MIGDESC_ERROR, cases[i].code);
      if (cases[i].message != NULL)
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

typedef struct
{
  MigdescLimit limit;
  guint64 needed;
  const char *message;
} LimitCase;

/* With one limit set; the text in pieces. */
static gboolean
load_within (const char *text,
             gsize piece,
             MigdescLimit limit,
             guint64 value,
             GError **error)
{
  g_autoptr (MigdescStateType) type = new_type ();
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescStreamReader) reader = NULL;
  gsize length = strlen (text);
  Queue queues[2];

  migdesc_limits_set (limits, limit, value);
  reader = migdesc_stream_reader_new ("json", limits, NULL);
  for (guint i = 0; i < 2; i++)
    {
      migdesc_state_type_init_struct (type, &queues[i]);
      migdesc_stream_reader_expect_struct (reader, i == 0 ? "a" : "b", NULL, type, &queues[i],
                                           NULL);
    }
  for (gsize i = 0; i < length; i += piece)
    if (!migdesc_stream_reader_feed (reader, (const guint8 *) text + i, MIN (piece, length - i),
                                     error))
      return FALSE;
  return migdesc_stream_reader_finish (reader, error);
}

/* The limits of documents hold where the caller set them: at the limit, and one past it. */
static void
test_limits (void)
{
  g_autofree char *text = save ();
  const LimitCase cases[] = {
    { MIGDESC_LIMIT_DOCUMENT_SIZE, 372,
      "more than 371 bytes in the document (limit document-size) (line 1, column 372)" },
    { MIGDESC_LIMIT_STATE_SIZE, 372,
      "more than 371 bytes in the stream (limit state-size) (byte 371)" },
    { MIGDESC_LIMIT_DEPTH, 5,
      "more than 4 objects and arrays inside each other (limit depth)"
      " (line 1, column 76, /manifest/devices/0/params)" },
    { MIGDESC_LIMIT_MEMBERS, 4,
      "more than 3 members in one object (limit members)"
      " (line 1, column 79, /manifest/devices/0/schema)" },
    { MIGDESC_LIMIT_VALUES, 24,
      "b: head: more than 23 values in the document (limit values)"
      " (line 1, column 368, /devices/b/head)" },
    { MIGDESC_LIMIT_STRING_LENGTH, 71,
      "more than 70 bytes in one string (limit string-length)"
      " (line 1, column 88, /manifest/devices/0/schema)" },
  };

  g_assert_cmpuint (strlen (text), ==, 372);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize piece = 50; piece < 100000; piece *= 100)
      {
        const LimitCase *c = &cases[i];
        g_autoptr (GError) error = NULL;

        load_within (text, piece, c->limit, c->needed, &error);
        g_assert_no_error (error);
        g_assert_false (load_within (text, piece, c->limit, c->needed - 1, &error));
        g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
        g_assert_cmpstr (error->message, ==, c->message);
      }
}

/* A text that is too long is refused when it is, and not kept until it ends. */
static void
test_too_long (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescStreamReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  static const guint8 spaces[50] = "  {";

  migdesc_limits_set (limits, MIGDESC_LIMIT_DOCUMENT_SIZE, 100);
  reader = migdesc_stream_reader_new ("json", limits, NULL);
  g_assert_true (migdesc_stream_reader_feed (reader, spaces, sizeof spaces, &error));
  g_assert_true (migdesc_stream_reader_feed (reader, spaces, sizeof spaces, &error));
  g_assert_false (migdesc_stream_reader_feed (reader, spaces, 1, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==,
                   "more than 100 bytes in the document (limit document-size)"
                   " (line 1, column 101)");
}

/* A writer that has been taken from and goes back to the begin writes the same again. */
static void
test_restart (void)
{
  const Queue one = { 1, 2, 1 };
  g_autoptr (MigdescStateType) type = new_type ();
  g_auto (GStrv) formats = migdesc_stream_dup_formats (TRUE);

  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (formats[i], &error);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) again = NULL;

      migdesc_stream_writer_add_struct (writer, "a", NULL, type, 1, &one, &error);
      g_assert_no_error (error);
      bytes = migdesc_stream_writer_next_chunk (writer, &error);
      g_assert_no_error (error);
      migdesc_stream_writer_restart (writer);
      again = migdesc_stream_writer_next_chunk (writer, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, again));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/json-stream/round-trip", test_round_trip);
  g_test_add_func ("/state/json-stream/any-order", test_any_order);
  g_test_add_func ("/state/json-stream/errors", test_errors);
  g_test_add_func ("/state/json-stream/limits", test_limits);
  g_test_add_func ("/state/json-stream/too-long", test_too_long);
  g_test_add_func ("/state/json-stream/restart", test_restart);
  return g_test_run ();
}
