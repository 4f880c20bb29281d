/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/stream-private.h"

#include <string.h>

#include "base/quote.h"

/* Where the bytes of a stream go, as a picture: one bar of all, then a bar for each thing, the
 * largest first. What is of a kind has a pattern besides its colour, and each bar has its
 * numbers. */

#define WIDTH 1200
#define MARGIN 24
#define NAME_WIDTH 400
#define BAR_WIDTH 520
#define ROW 24
#define ROWS_MAX 40
#define NAME_CHARACTERS 52

typedef enum
{
  MAP_ZERO,
  MAP_PLAIN,
  MAP_PACKED, /* XBZRLE and compressed pages */
  MAP_DEVICE,
  MAP_DESCRIPTION,
  MAP_OTHER,
  N_KINDS
} MapKind;

static const struct
{
  const char *word;
  const char *colour;
  const char *pattern; /* strokes over the colour, in a square of 8; NULL: none */
} kinds[N_KINDS] = {
  [MAP_ZERO] = { "memory: marks of zero pages", "#dbe9f6", "M0 4H8" },
  [MAP_PLAIN] = { "memory: plain pages", "#4a86c5", NULL },
  [MAP_PACKED] = { "memory: packed pages", "#7fb0dd", "M0 8L8 0" },
  [MAP_DEVICE] = { "states of devices", "#e08b3e", "M0 0L8 8" },
  [MAP_DESCRIPTION] = { "description", "#b9d98b", "M4 0V8" },
  [MAP_OTHER] = { "all else", "#c9c9c9", "M4 0V8M0 4H8" },
};

typedef struct
{
  MapKind kind;
  char *name;
  guint64 bytes;
} Part;

typedef struct
{
  GString *svg;
  GArray *parts; /* Part */
  guint64 total; /* never 0 */
  guint64 sums[N_KINDS];
} Map;

static void
part_clear (gpointer data)
{
  g_free (((Part *) data)->name);
}

static void
take_part (Map *map,
           MapKind kind,
           char *name,
           guint64 bytes)
{
  const Part part = { kind, name, bytes };

  map->sums[kind] += bytes;
  if (bytes == 0)
    g_free (name);
  else
    g_array_append_val (map->parts, part);
}

/* --- What there is ------------------------------------------------------ */

static void
add_block (Map *map,
           const MigdescQemuBlock *block)
{
  const MigdescQemuPages *pages = block->pages;
  guint64 packed = pages[MIGDESC_QEMU_PAGE_XBZRLE].bytes
                   + pages[MIGDESC_QEMU_PAGE_COMPRESSED].bytes;

  take_part (map, MAP_ZERO, g_strdup_printf ("%s, zero", block->name),
             pages[MIGDESC_QEMU_PAGE_ZERO].bytes);
  take_part (map, MAP_PLAIN, g_strdup (block->name), pages[MIGDESC_QEMU_PAGE_PLAIN].bytes);
  take_part (map, MAP_PACKED, g_strdup_printf ("%s, packed", block->name), packed);
}

static void
add_item (Map *map,
          const MigdescQemuItem *item)
{
  if (item->is_live)
    return;
  if (item->kind == MIGDESC_QEMU_SECTION_DESCRIPTION)
    take_part (map, MAP_DESCRIPTION, g_strdup ("description"), item->length);
  else if (item->kind == MIGDESC_QEMU_SECTION_FULL && item->name != NULL)
    take_part (map, MAP_DEVICE, g_strdup_printf ("%s/%u", item->name, item->instance),
               item->length);
}

static gint
compare_parts (gconstpointer data,
               gconstpointer other_data)
{
  const Part *part = data;
  const Part *other = other_data;

  if (part->bytes != other->bytes)
    return part->bytes > other->bytes ? -1 : 1;
  return strcmp (part->name, other->name);
}

static void
collect (Map *map,
         const MigdescQemuParts *parts)
{
  guint64 known = 0;

  for (guint i = 0; i < parts->blocks->len; i++)
    add_block (map, g_ptr_array_index (parts->blocks, i));
  for (guint i = 0; i < parts->items->len; i++)
    add_item (map, g_ptr_array_index (parts->items, i));
  for (guint i = 0; i < N_KINDS; i++)
    known += map->sums[i];
  map->total = MAX (parts->size, 1);
  take_part (map, MAP_OTHER, g_strdup ("headers, footers and all else"),
             parts->size > known ? parts->size - known : 0);
  g_array_sort (map->parts, compare_parts);
}

/* --- How it is drawn ---------------------------------------------------- */

static void
add_text (Map *map,
          double x,
          double y,
          const char *style,
          const char *text)
{
  g_autofree char *quoted = migdesc_quote (text, -1);
  g_autofree char *escaped = g_markup_escape_text (quoted, -1);

  g_string_append_printf (map->svg, "<text x=\"%d\" y=\"%d\"%s>%s</text>\n", (int) x, (int) y,
                          style, escaped);
}

static void
add_bar (Map *map,
         MapKind kind,
         int x,
         int y,
         int width,
         int height)
{
  g_string_append_printf (map->svg,
                          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
                          "fill=\"url(#kind%d)\" stroke=\"#444\"/>\n",
                          x, y, MAX (width, 1), height, (int) kind);
}

static void
begin (Map *map,
       int height)
{
  g_string_append_printf (map->svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                          "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"14\">\n"
                          "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n<defs>\n",
                          WIDTH, height, WIDTH, height);
  for (int i = 0; i < N_KINDS; i++)
    {
      g_string_append_printf (map->svg,
                              "<pattern id=\"kind%d\" width=\"8\" height=\"8\" "
                              "patternUnits=\"userSpaceOnUse\">"
                              "<rect width=\"8\" height=\"8\" fill=\"%s\"/>",
                              i, kinds[i].colour);
      if (kinds[i].pattern != NULL)
        g_string_append_printf (map->svg, "<path d=\"%s\" stroke=\"#444\" stroke-opacity=\".5\"/>",
                                kinds[i].pattern);
      g_string_append (map->svg, "</pattern>\n");
    }
  g_string_append (map->svg, "</defs>\n");
}

/* Thousandths, rounded: no floating point, and so no locale. */
static char *
describe_bytes (const Map *map,
                guint64 bytes)
{
  guint64 share = (bytes / (map->total / 1000 + 1)) > 1000
                      ? 1000
                      : (guint64) (((double) bytes * 1000.0) / (double) map->total + 0.5);

  return g_strdup_printf ("%" G_GUINT64_FORMAT " bytes, %u.%u %%", bytes, (guint) share / 10,
                          (guint) share % 10);
}

static int
scale (guint64 bytes,
       guint64 of,
       int width)
{
  return (int) ((double) bytes / (double) MAX (of, 1) * width);
}

static void
add_overview (Map *map,
              int y)
{
  int x = MARGIN;

  for (int i = 0; i < N_KINDS; i++)
    {
      int width = scale (map->sums[i], map->total, WIDTH - 2 * MARGIN);

      if (map->sums[i] == 0)
        continue;
      add_bar (map, (MapKind) i, x, y, width, 36);
      x += width;
    }
}

static void
add_legend (Map *map,
            int y)
{
  for (int i = 0; i < N_KINDS; i++)
    {
      int x = MARGIN + i % 3 * 390;
      int row = y + i / 3 * 24;
      g_autofree char *bytes = describe_bytes (map, map->sums[i]);
      g_autofree char *text = g_strdup_printf ("%s: %s", kinds[i].word, bytes);

      add_bar (map, (MapKind) i, x, row, 20, 16);
      add_text (map, x + 28, row + 13, " font-size=\"13\"", text);
    }
}

static char *
shorten (const char *name)
{
  glong length = g_utf8_strlen (name, -1);
  g_autofree char *end = NULL;

  if (length <= NAME_CHARACTERS)
    return g_strdup (name);
  end = g_utf8_substring (name, length - NAME_CHARACTERS + 1, length);
  return g_strdup_printf ("\xe2\x80\xa6%s", end);
}

static void
add_row (Map *map,
         const Part *part,
         guint64 largest,
         int y)
{
  int width = scale (part->bytes, largest, BAR_WIDTH);
  g_autofree char *name = shorten (part->name);
  g_autofree char *bytes = describe_bytes (map, part->bytes);

  add_text (map, MARGIN, y + 14, " font-size=\"13\"", name);
  add_bar (map, part->kind, MARGIN + NAME_WIDTH, y, width, ROW - 7);
  add_text (map, MARGIN + NAME_WIDTH + MAX (width, 1) + 8, y + 14, " font-size=\"13\"", bytes);
}

static void
add_rows (Map *map,
          guint n,
          int y)
{
  const Part *parts = (const Part *) (gpointer) map->parts->data;
  Part rest = { MAP_OTHER, NULL, 0 };
  g_autofree char *name = NULL;

  for (guint i = 0; i < n; i++)
    add_row (map, &parts[i], parts[0].bytes, y + (int) i * ROW);
  if (n == map->parts->len)
    return;
  for (guint i = n; i < map->parts->len; i++)
    rest.bytes += parts[i].bytes;
  rest.name = name = g_strdup_printf ("%u smaller ones together", map->parts->len - n);
  add_row (map, &rest, MAX (parts[0].bytes, rest.bytes), y + (int) n * ROW);
}

static void
draw (Map *map,
      const MigdescQemuParts *parts)
{
  guint n = MIN (map->parts->len, ROWS_MAX);
  guint rows = n + (n < map->parts->len ? 1 : 0);
  g_autofree char *title = g_strdup_printf ("Where %" G_GUINT64_FORMAT
                                            " bytes of a migration stream go%s%s",
                                            parts->size, parts->machine == NULL ? "" : ": ",
                                            parts->machine == NULL ? "" : parts->machine);

  begin (map, 190 + (int) rows * ROW + MARGIN);
  add_text (map, MARGIN, 40, " font-size=\"20\" font-weight=\"bold\"", title);
  add_overview (map, 60);
  add_legend (map, 112);
  add_rows (map, n, 180);
  g_string_append (map->svg, "</svg>\n");
}

/**
 * migdesc_qemu_stream_to_svg:
 * @stream: a stream
 *
 * Draws where the bytes of a stream go: memory by block and by how its pages are sent, each
 * device's state, the description, and the rest; the largest first, and what is smaller than the
 * forty largest as one. Kinds differ in pattern, not in colour alone, and each bar has its number.
 *
 * Returns: (transfer full): the picture as SVG, 1200 wide
 *
 * Since: 1.0
 */
char *
migdesc_qemu_stream_to_svg (MigdescQemuStream *stream)
{
  g_autoptr (GArray) parts = NULL;
  Map map = { 0 };

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (parts, part_clear);
  map.svg = g_string_new (NULL);
  map.parts = parts;
  collect (&map, migdesc_qemu_stream_peek_parts (stream));
  draw (&map, migdesc_qemu_stream_peek_parts (stream));
  return g_string_free (map.svg, FALSE);
}
