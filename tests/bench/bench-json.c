/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How fast a descriptor of 100 KB is checked as JSON, next to what other parsers take to parse
 * it: medians of seven rounds of processor time, all in one run. `bench-json [FILE...]` takes
 * other documents. */

#include <stdio.h>

#include "base/json-reader.h"
#include "measure.h"
#include "other-parsers.h"

#define N_ROUNDS 7
#define BYTES_PER_ROUND (16 << 20)

typedef void (*Parse) (const char *text, gsize length);

static void
skip_with_migdesc (const char *text,
                   gsize length)
{
  MigdescJsonReader reader;

  migdesc_json_reader_init (&reader, text, length, NULL);
  migdesc_json_reader_skip_value (&reader);
  g_assert_true (migdesc_json_reader_finish (&reader));
  migdesc_json_reader_clear (&reader);
}

/* Every value fetched by its own call, as a codec does it. */
static void
pull_value (MigdescJsonReader *reader)
{
  MigdescJsonString string;
  guint64 number;
  gboolean flag;

  switch (migdesc_json_reader_peek (reader))
    {
    case MIGDESC_JSON_OBJECT:
      migdesc_json_reader_begin_object (reader);
      while (migdesc_json_reader_next_member (reader, &string))
        pull_value (reader);
      break;
    case MIGDESC_JSON_ARRAY:
      migdesc_json_reader_begin_array (reader);
      while (migdesc_json_reader_next_element (reader))
        pull_value (reader);
      break;
    case MIGDESC_JSON_STRING:
      migdesc_json_reader_read_string (reader, &string);
      break;
    case MIGDESC_JSON_NUMBER:
      migdesc_json_reader_read_integer (reader, &number);
      break;
    case MIGDESC_JSON_TRUE:
    case MIGDESC_JSON_FALSE:
      migdesc_json_reader_read_bool (reader, &flag);
      break;
    default:
      migdesc_json_reader_read_null (reader);
    }
}

static void
pull_with_migdesc (const char *text,
                   gsize length)
{
  MigdescJsonReader reader;

  migdesc_json_reader_init (&reader, text, length, NULL);
  pull_value (&reader);
  g_assert_true (migdesc_json_reader_finish (&reader));
  migdesc_json_reader_clear (&reader);
}

static void
copy_with_migdesc (const char *text,
                   gsize length)
{
  g_autoptr (GString) output = g_string_sized_new (length);
  MigdescJsonReader reader;

  migdesc_json_reader_init (&reader, text, length, NULL);
  migdesc_json_reader_copy_value (&reader, output);
  g_assert_true (migdesc_json_reader_finish (&reader));
  migdesc_json_reader_clear (&reader);
}

static const struct
{
  const char *name;
  Parse parse;
} contestants[] = {
  { "migdesc skip", skip_with_migdesc }, { "migdesc pull", pull_with_migdesc },
  { "migdesc copy", copy_with_migdesc }, { "json-glib", parse_with_json_glib },
  { "jansson", parse_with_jansson },     { "cJSON", parse_with_cjson },
};

static double
measure (Parse parse,
         const char *text,
         gsize length,
         gsize bytes_per_round)
{
  double speeds[N_ROUNDS];
  gsize n = MAX (bytes_per_round / length, 1);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      clock_t start = clock ();

      for (gsize i = 0; i < n; i++)
        parse (text, length);
      speeds[round] = (double) (n * length) * CLOCKS_PER_SEC / 1e6 / (double) (clock () - start);
    }
  return median (speeds, N_ROUNDS);
}

static void
compare_parsers (const char *name,
                 const char *text,
                 gsize length)
{
  printf ("%s, %" G_GSIZE_FORMAT " bytes\n", name, length);
  for (gsize i = 0; i < G_N_ELEMENTS (contestants); i++)
    {
      /* the slow ones need no more rounds for a stable median */
      gsize bytes = i < 3 ? BYTES_PER_ROUND : BYTES_PER_ROUND / 8;
      double speed = measure (contestants[i].parse, text, length, bytes);

      printf ("  %-14s %7.0f MB/s\n", contestants[i].name, speed);
    }
}

/* A model as a device with a long history has it: params of each type, versions that set some. */
static void
append_model (GString *text,
              guint model)
{
  g_string_append_printf (text, "%s\"vendor-%c.example/device-%u\": {\n\"params\": {\n",
                          model > 0 ? ",\n" : "", 'a' + model % 26, model);
  for (guint i = 0; i < 24; i++)
    {
      g_string_append (text, i > 0 ? ",\n" : "");
      if (i % 3 == 0)
        g_string_append_printf (text,
                                "\"num-queues-%u\": {\"type\": \"int\", \"allowed_values\": "
                                "[\"1-%u\", 128, 256], \"init_value\": %u, \"off_value\": 1, "
                                "\"description\": \"receive queues of port %u\"}",
                                i, 64 + i, 1 + i, i);
      else if (i % 3 == 1)
        g_string_append_printf (text,
                                "\"feature-%u\": {\"type\": \"bool\", \"init_value\": true, "
                                "\"off_value\": false}",
                                i);
      else
        g_string_append_printf (text,
                                "\"mode-%u\": {\"type\": \"str\", \"allowed_values\": [\"basic\", "
                                "\"extended\", \"full-%u\"], \"init_value\": \"full-%u\", "
                                "\"off_value\": \"basic\"}",
                                i, i, i);
    }
  g_string_append (text, "},\n\"versions\": [\n");
  for (guint i = 0; i < 12; i++)
    g_string_append_printf (text,
                            "%s{\"name\": \"machine-%u.%u\", \"params\": {\"num-queues-%u\": %u, "
                            "\"feature-%u\": %s, \"mode-%u\": \"extended\"}, "
                            "\"support\": \"bidirectional\"}",
                            i > 0 ? ",\n" : "", 4 + i / 4, i % 4, i * 2 / 3 * 3, 1 + i,
                            1 + i / 2 * 3 % 24, i % 2 == 0 ? "true" : "false",
                            2 + i / 2 * 3 % 24);
  g_string_append (text, "]\n}");
}

/* Indented by two spaces, as people and json.dumps write it. */
static char *
indent (const char *compact)
{
  g_autoptr (JsonNode) root = json_from_string (compact, NULL);

  return json_to_string (root, TRUE);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GString) text = g_string_new ("{\"migdesc\": \"1.0\", \"models\": {\n");
  g_autofree char *indented = NULL;

  load_jansson ();
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *content = NULL;
      gsize length;

      if (!g_file_get_contents (argv[i], &content, &length, NULL))
        return 1;
      compare_parsers (argv[i], content, length);
    }
  if (argc > 1)
    return 0;

  for (guint model = 0; text->len < 100000; model++)
    append_model (text, model);
  g_string_append (text, "}}\n");
  indented = indent (text->str);

  compare_parsers ("descriptor", text->str, text->len);
  compare_parsers ("descriptor, indented", indented, strlen (indented));
  return 0;
}
