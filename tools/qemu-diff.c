/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "qemu-verbs.h"
#include "tool-output.h"
#include "tool-qemu.h"
#include "tool-table.h"

/* One place where the streams differ. */
typedef struct
{
  char *section;
  char *path;      /* NULL: the section as a whole */
  char *values[2]; /* compact JSON, or a word where path is NULL; NULL: not there */
  char *shown[2];  /* for the table, where they are too long for it; NULL */
} Place;

#define SHOWN_BYTES 8
#define SHOWN_CHARACTERS 60

typedef struct
{
  MigdescQemuStream *streams[2];
  gboolean ignores_volatile;
  GPtrArray *places;
} Diff;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->section);
  g_free (place->path);
  g_free (place->values[0]);
  g_free (place->values[1]);
  g_free (place->shown[0]);
  g_free (place->shown[1]);
  g_free (place);
}

/* Takes the texts. */
static void
add_place (Diff *diff, const char *section, const char *path, char *first, char *second)
{
  Place *place = g_new0 (Place, 1);

  place->section = g_strdup (section);
  place->path = g_strdup (path);
  place->values[0] = first;
  place->values[1] = second;
  g_ptr_array_add (diff->places, place);
}

static gboolean
is_compared (const Diff *diff, MigdescQemuSection *section)
{
  return tool_qemu_is_device (section) && migdesc_qemu_section_get_name (section) != NULL
         && !(diff->ignores_volatile && migdesc_qemu_section_is_volatile (section));
}

static gsize
find_first_difference (const guint8 *first, const guint8 *second, gsize length)
{
  gsize i = 0;

  while (i < length && first[i] == second[i])
    i++;
  return i;
}

static char *
describe_bytes (const guint8 *bytes, gsize length, gsize from)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%zu bytes, at %zu:", length, from);
  for (gsize i = from; i < length && i < from + SHOWN_BYTES; i++)
    g_string_append_printf (text, " %02x", bytes[i]);
  if (from + SHOWN_BYTES < length)
    g_string_append (text, " ...");
  return g_string_free (text, FALSE);
}

/* Values too long for a table: of buffers where they differ, of others the beginning. */
static void
describe_long (Place *place, MigdescState *first, MigdescState *second)
{
  MigdescState *states[] = { first, second };
  gboolean are_bytes = TRUE;
  g_autoptr (GBytes) first_bytes = NULL;
  g_autoptr (GBytes) second_bytes = NULL;
  const guint8 *bytes[2] = { NULL };
  gsize lengths[2] = { 0 };

  for (guint i = 0; i < 2; i++)
    are_bytes &= states[i] != NULL && migdesc_state_get_kind (states[i]) == MIGDESC_STATE_BYTES;
  if (are_bytes)
    {
      first_bytes = migdesc_state_get_bytes (first);
      second_bytes = migdesc_state_get_bytes (second);
      bytes[0] = g_bytes_get_data (first_bytes, &lengths[0]);
      bytes[1] = g_bytes_get_data (second_bytes, &lengths[1]);
    }
  for (guint i = 0; i < 2; i++)
    if (are_bytes && lengths[i] > SHOWN_BYTES)
      place->shown[i] = describe_bytes (
          bytes[i], lengths[i],
          find_first_difference (bytes[0], bytes[1], MIN (lengths[0], lengths[1])));
    else if (place->values[i] != NULL && g_utf8_strlen (place->values[i], -1) > SHOWN_CHARACTERS)
      {
        g_autofree char *start = g_utf8_substring (place->values[i], 0, SHOWN_CHARACTERS);

        place->shown[i] = g_strconcat (start, " ...", NULL);
      }
}

static void
compare_states (Diff *diff, const char *label, MigdescState *source, MigdescState *destination)
{
  g_autoptr (MigdescStateDiff) found = migdesc_state_diff_new (source, destination);

  for (guint i = 0; i < migdesc_state_diff_get_n_places (found); i++)
    {
      MigdescState *first = migdesc_state_diff_get_source (found, i);
      MigdescState *second = migdesc_state_diff_get_destination (found, i);

      add_place (diff, label, migdesc_state_diff_get_path (found, i),
                 first != NULL ? migdesc_state_to_json (first, FALSE) : NULL,
                 second != NULL ? migdesc_state_to_json (second, FALSE) : NULL);
      describe_long (diff->places->pdata[diff->places->len - 1], first, second);
    }
}

/* Where one of them is not decoded, all that can be said is whether the bytes are the same. */
static void
compare_bytes (Diff *diff, const char *label, MigdescQemuSection *source,
               MigdescQemuSection *destination)
{
  g_autoptr (GBytes) first = migdesc_qemu_section_get_data (source);
  g_autoptr (GBytes) second = migdesc_qemu_section_get_data (destination);

  if (first == NULL || second == NULL || g_bytes_equal (first, second))
    return;
  add_place (diff, label, NULL, g_strdup_printf ("%zu bytes", g_bytes_get_size (first)),
             g_strdup_printf ("%zu other bytes", g_bytes_get_size (second)));
}

static void
compare_sections (Diff *diff, MigdescQemuSection *source, MigdescQemuSection *destination)
{
  g_autofree char *label = migdesc_qemu_section_dup_label (source);
  g_autoptr (MigdescState) first = NULL;
  g_autoptr (MigdescState) second = NULL;

  if (migdesc_qemu_section_get_version (source) != migdesc_qemu_section_get_version (destination))
    add_place (diff, label, NULL,
               g_strdup_printf ("version %u", migdesc_qemu_section_get_version (source)),
               g_strdup_printf ("version %u", migdesc_qemu_section_get_version (destination)));
  if (migdesc_qemu_section_has_state (source) && migdesc_qemu_section_has_state (destination))
    {
      first = migdesc_qemu_section_get_state (source, NULL);
      second = migdesc_qemu_section_get_state (destination, NULL);
    }
  if (first != NULL && second != NULL)
    compare_states (diff, label, first, second);
  else
    compare_bytes (diff, label, source, destination);
}

static void
compare_side (Diff *diff, guint side)
{
  MigdescQemuStream *stream = diff->streams[side];

  for (guint i = 0; i < migdesc_qemu_stream_get_n_sections (stream); i++)
    {
      g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_get_section (stream, i);
      g_autoptr (MigdescQemuSection) match = NULL;
      g_autofree char *label = NULL;

      if (!is_compared (diff, section))
        continue;
      match = migdesc_qemu_stream_find_match (diff->streams[1 - side], section);
      label = migdesc_qemu_section_dup_label (section);
      if (match != NULL && side == 0)
        compare_sections (diff, section, match);
      else if (match == NULL)
        add_place (diff, label, NULL, side == 0 ? g_strdup ("there") : NULL,
                   side == 1 ? g_strdup ("there") : NULL);
    }
}

/* --- The memory ------------------------------------------------------- */

static gint
compare_names (gconstpointer name, gconstpointer other, gpointer data G_GNUC_UNUSED)
{
  return strcmp (name, other);
}

/* Positions plus 1, by name */
static GTree *
list_blocks (MigdescQemuStream *stream)
{
  GTree *blocks = g_tree_new_full (compare_names, NULL, g_free, NULL);

  for (guint i = 0; i < migdesc_qemu_stream_get_n_blocks (stream); i++)
    g_tree_insert (blocks, g_strdup (migdesc_qemu_stream_get_block_name (stream, i)),
                   GUINT_TO_POINTER (i + 1));
  return blocks;
}

static char *
describe_size (MigdescQemuStream *stream, guint block)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, migdesc_qemu_stream_get_block_size (stream, block));
}

/* What is in the blocks is not compared, only which there are and how large. */
static void
compare_blocks (Diff *diff, guint side)
{
  MigdescQemuStream *stream = diff->streams[side];
  MigdescQemuStream *other = diff->streams[1 - side];
  g_autoptr (GTree) others = list_blocks (other);

  for (guint i = 0; i < migdesc_qemu_stream_get_n_blocks (stream); i++)
    {
      const char *name = migdesc_qemu_stream_get_block_name (stream, i);
      guint match = GPOINTER_TO_UINT (g_tree_lookup (others, name));
      char *sizes[2] = { NULL, NULL };

      if (match > 0
          && (side == 1
              || migdesc_qemu_stream_get_block_size (stream, i)
                     == migdesc_qemu_stream_get_block_size (other, match - 1)))
        continue;
      sizes[side] = describe_size (stream, i);
      if (match > 0)
        sizes[1 - side] = describe_size (other, match - 1);
      add_place (diff, "ram/0", name, sizes[0], sizes[1]);
    }
}

/* --- The answer ------------------------------------------------------- */

static void
print_diff (const Diff *diff)
{
  static const char *const headings[] = { "SECTION", "FIELD", "FIRST", "SECOND", NULL };
  ToolTable *table;
  const char *before = NULL;

  if (diff->places->len == 0)
    {
      tool_print_line ("identical");
      return;
    }
  table = tool_table_new (headings);
  for (guint i = 0; i < diff->places->len; i++)
    {
      const Place *place = diff->places->pdata[i];
      gboolean is_first = g_strcmp0 (before, place->section) != 0;
      const char *cells[]
          = { is_first ? place->section : NULL, place->path,
              place->shown[0] != NULL ? place->shown[0] : place->values[0],
              place->shown[1] != NULL ? place->shown[1] : place->values[1], NULL };

      tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
      before = place->section;
    }
  tool_table_print (table);
}

static void
add_value (ToolJson *json, const Place *place, const char *name, const char *value)
{
  if (value != NULL && place->path != NULL)
    tool_json_add_raw (json, name, value);
  else
    tool_json_add_string (json, name, value);
}

static void
print_diff_json (const Diff *diff)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_bool (&json, "identical", diff->places->len == 0);
  tool_json_begin_array (&json, "differences");
  for (guint i = 0; i < diff->places->len; i++)
    {
      const Place *place = diff->places->pdata[i];

      tool_json_begin_object (&json, NULL);
      tool_json_add_string (&json, "section", place->section);
      tool_json_add_string (&json, "path", place->path);
      add_value (&json, place, "first", place->values[0]);
      add_value (&json, place, "second", place->values[1]);
      tool_json_end_object (&json);
    }
  tool_json_end_array (&json);
  tool_json_print (&json);
}

ToolStatus
qemu_diff (Tool *tool, int argc, char **argv)
{
  g_auto (ToolQemuOptions) options = { NULL };
  gboolean ignores_volatile = FALSE;
  const GOptionEntry entries[]
      = { { "ignore-volatile", 0, 0, G_OPTION_ARG_NONE, &ignores_volatile,
            "Pass over what changes by itself, such as clocks", NULL },
          TOOL_QEMU_OPTIONS (&options), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 2, 2);
  g_autoptr (MigdescQemuStream) first = NULL;
  g_autoptr (MigdescQemuStream) second = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (place_free);
  Diff diff;

  if (places == NULL)
    return tool->status;
  if (g_str_equal (places[0], "-") && g_str_equal (places[1], "-"))
    return tool_usage_error (tool, "only one of the streams can be the standard input");
  if ((first = tool_qemu_read (tool, &options, places[0])) == NULL
      || (second = tool_qemu_read (tool, &options, places[1])) == NULL)
    return tool->status;
  diff = (Diff){ { first, second }, ignores_volatile, found };
  compare_blocks (&diff, 0);
  compare_blocks (&diff, 1);
  compare_side (&diff, 0);
  compare_side (&diff, 1);
  if (tool->json)
    print_diff_json (&diff);
  else
    print_diff (&diff);
  return found->len == 0 ? TOOL_YES : TOOL_REFUSED;
}
