/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-verbs.h"
#include "tool-output.h"
#include "tool-stream.h"
#include "tool-table.h"

/* More nobody reads, and each takes memory until all are in a table. */
#define MAX_PLACES 10000

/* One place where the streams differ. */
typedef struct
{
  char *device;
  char *path;   /* NULL: what is in the manifest, by name */
  char *what;   /* nullable: the member of the manifest; "": the whole device */
  char *values[2]; /* compact JSON; NULL: not there */
} Place;

typedef struct
{
  ToolStream *streams[2];
  GPtrArray *places;
  guint more; /* that are not listed */
} Diff;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->device);
  g_free (place->path);
  g_free (place->what);
  g_free (place->values[0]);
  g_free (place->values[1]);
  g_free (place);
}

static Place *
add_place (Diff *diff, const char *device)
{
  Place *place = g_new0 (Place, 1);

  place->device = g_strdup (device);
  g_ptr_array_add (diff->places, place);
  return place;
}

static void
compare_texts (Diff *diff, const char *device, const char *what, const char *source,
               const char *destination)
{
  Place *place;

  if (g_strcmp0 (source, destination) == 0)
    return;
  place = add_place (diff, device);
  place->what = g_strdup (what);
  place->values[0] = g_strdup (source);
  place->values[1] = g_strdup (destination);
}

static void
compare_entries (Diff *diff, const char *id, const guint *devices)
{
  char *texts[2][5];

  for (guint i = 0; i < 2; i++)
    {
      MigdescManifest *manifest = diff->streams[i]->manifest;

      texts[i][0] = g_strdup (migdesc_manifest_get_model (manifest, devices[i]));
      texts[i][1] = g_strdup (migdesc_manifest_get_version (manifest, devices[i]));
      texts[i][2]
          = g_strdup_printf ("%u", migdesc_manifest_get_state_version (manifest, devices[i]));
      texts[i][3] = tool_stream_describe_params (diff->streams[i], devices[i]);
      texts[i][4] = g_strdup (migdesc_manifest_get_digest (manifest, devices[i]));
    }
  for (guint m = 0; m < 5; m++)
    {
      static const char *const members[] = { "model", "version", "state", "params", "schema" };

      compare_texts (diff, id, members[m], texts[0][m], texts[1][m]);
      g_free (texts[0][m]);
      g_free (texts[1][m]);
    }
}

static void
compare_states (Diff *diff, const char *id, const guint *devices)
{
  g_autoptr (MigdescState) source = tool_stream_get_state (diff->streams[0], devices[0]);
  g_autoptr (MigdescState) destination = tool_stream_get_state (diff->streams[1], devices[1]);
  g_autoptr (MigdescStateDiff) found = migdesc_state_diff_new (source, destination);
  guint n = migdesc_state_diff_get_n_places (found);
  guint listed = MIN (n, MAX_PLACES - MIN (diff->places->len, MAX_PLACES));

  diff->more += n - listed;
  for (guint i = 0; i < listed; i++)
    {
      MigdescState *sides[] = { migdesc_state_diff_get_source (found, i),
                                migdesc_state_diff_get_destination (found, i) };
      Place *place = add_place (diff, id);

      place->path = g_strdup (migdesc_state_diff_get_path (found, i));
      for (guint s = 0; s < 2; s++)
        place->values[s] = sides[s] != NULL ? migdesc_state_to_json (sides[s], FALSE) : NULL;
    }
}

static void
compare_device (Diff *diff, const char *id)
{
  guint devices[2] = { 0, 0 };
  gboolean first = migdesc_manifest_find (diff->streams[0]->manifest, id, &devices[0]);
  gboolean second = migdesc_manifest_find (diff->streams[1]->manifest, id, &devices[1]);

  if (first != second)
    compare_texts (diff, id, "device", first ? "there" : NULL, second ? "there" : NULL);
  else if (first)
    {
      compare_entries (diff, id, devices);
      compare_states (diff, id, devices);
    }
}

static void
compare_all (Diff *diff)
{
  MigdescManifest *first = diff->streams[0]->manifest;
  MigdescManifest *second = diff->streams[1]->manifest;

  for (guint i = 0; i < migdesc_manifest_get_n_devices (first); i++)
    compare_device (diff, migdesc_manifest_get_id (first, i));
  for (guint i = 0; i < migdesc_manifest_get_n_devices (second); i++)
    if (!migdesc_manifest_find (first, migdesc_manifest_get_id (second, i), NULL))
      compare_device (diff, migdesc_manifest_get_id (second, i));
}

/* --- The answer ------------------------------------------------------- */

static void
print_diff (const Diff *diff)
{
  static const char *const headings[] = { "DEVICE", "PATH", "FIRST", "SECOND", NULL };
  ToolTable *table;

  if (diff->places->len == 0)
    {
      tool_print_line ("identical");
      return;
    }
  table = tool_table_new (headings);
  for (guint i = 0; i < diff->places->len; i++)
    {
      const Place *place = diff->places->pdata[i];
      g_autofree char *what
          = place->path == NULL ? g_strdup_printf ("(%s)", place->what) : g_strdup (place->path);
      const char *cells[] = { place->device, what, place->values[0], place->values[1], NULL };

      tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
    }
  tool_table_print (table);
  if (diff->more > 0)
    tool_print_line ("and %u more", diff->more);
}

static void
add_value (ToolJson *json, const Place *place, const char *name, const char *value)
{
  if (value == NULL)
    return;
  if (place->path != NULL)
    tool_json_add_raw (json, name, value);
  else
    tool_json_add_string (json, name, value);
}

static void
print_diff_json (const Diff *diff)
{
  g_autoptr (GVariant) more = g_variant_ref_sink (g_variant_new_uint64 (diff->more));
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_bool (&json, "identical", diff->places->len == 0);
  tool_json_begin_array (&json, "differences");
  for (guint i = 0; i < diff->places->len; i++)
    {
      const Place *place = diff->places->pdata[i];

      tool_json_begin_object (&json, NULL);
      tool_json_add_string (&json, "device", place->device);
      tool_json_add_string (&json, "member", place->what);
      tool_json_add_string (&json, "path", place->path);
      add_value (&json, place, "first", place->values[0]);
      add_value (&json, place, "second", place->values[1]);
      tool_json_end_object (&json);
    }
  tool_json_end_array (&json);
  if (diff->more > 0)
    tool_json_add_value (&json, "more", more);
  tool_json_print (&json);
}

static ToolStatus
answer (Tool *tool, Diff *diff, const char *id)
{
  guint device;

  if (id != NULL
      && (!tool_stream_choose (tool, diff->streams[0], id, &device)
          || !tool_stream_choose (tool, diff->streams[1], id, &device)))
    return tool->status;
  if (id != NULL)
    compare_device (diff, id);
  else
    compare_all (diff);
  if (tool->json)
    print_diff_json (diff);
  else
    print_diff (diff);
  return diff->places->len == 0 ? TOOL_YES : TOOL_REFUSED;
}

ToolStatus
state_diff (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) schemas = NULL;
  const GOptionEntry entries[] = { STATE_SCHEMA_OPTION (&schemas), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 2, 3);
  g_autoptr (ToolStream) first = NULL;
  g_autoptr (ToolStream) second = NULL;
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (place_free);

  if (operands == NULL)
    return tool->status;
  if (g_str_equal (operands[0], "-") && g_str_equal (operands[1], "-"))
    return tool_usage_error (tool, "only one of the streams can be the standard input");
  if ((first = tool_stream_read (tool, operands[0], schemas, TRUE)) == NULL
      || (second = tool_stream_read (tool, operands[1], schemas, TRUE)) == NULL)
    return tool->status;
  return answer (tool, &(Diff){ { first, second }, places, 0 }, operands[2]);
}
