/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A map as a picture: a table of which each cell is an arrow from the row's hosts to the column's.
 * Heads tell the directions, and whether they and the shaft are full or hollow how much can go, so
 * that nothing depends on colours alone. */

#include "ops/map/drawing.h"
#include "ops/map/map-record.h"

#define WIDTH 1200
#define MARGIN 32
#define TABLE_LEFT 268  /* right of the names of rows */
#define TABLE_TOP 268   /* below those of columns */
#define TABLE_SIZE 624
#define MAX_CELL 52
#define LEGEND_LEFT 932
#define LEGEND_LINE 40
#define LEGEND_SIZE 30
#define SMALL 13
#define GAP 5

/* What a cell is drawn as, in a box of 40 by 40 */
typedef struct
{
  const char *id;
  const char *words; /* in the legend; NULL: it has no place there */
  const char *shapes;
} Symbol;

#define BOX(fill, stroke)                                                              \
  "<rect x='1' y='1' width='38' height='38' rx='5' fill='" fill "' stroke='" stroke "'/>"
#define FULL(from, to, colour)                                                         \
  "<path d='M" from " 20H" to "' stroke='" colour "' stroke-width='3.5' fill='none'/>"
#define DASHED(from, to, colour)                                                       \
  "<path d='M" from " 20H" to "' stroke='" colour "' stroke-width='2.5' fill='none' "     \
  "stroke-dasharray='3.5 2.5'/>"
#define RIGHT(inside, colour)                                                          \
  "<path d='M25 12.5L34 20L25 27.5Z' stroke='" colour "' stroke-width='2' "               \
  "stroke-linejoin='round' fill='" inside "'/>"
#define LEFT(inside, colour)                                                           \
  "<path d='M15 12.5L6 20L15 27.5Z' stroke='" colour "' stroke-width='2' "                \
  "stroke-linejoin='round' fill='" inside "'/>"

#define GREEN "#14532d"
#define GREEN_LIGHT "#d5f0de"
#define BLUE "#1e3a8a"
#define BLUE_LIGHT "#dbe7fb"
#define BROWN "#713f12"
#define BROWN_LIGHT "#fcefcb"
#define GREY "#8b93a1"
#define GREY_LIGHT "#f4f5f7"

enum
{
  ALL_ALL,
  ALL_SOME,
  ALL_NONE,
  SOME_ALL,
  SOME_SOME,
  SOME_NONE,
  NONE,
  UNSURE,
  SAME,
  N_SYMBOLS
};

static const Symbol symbols[N_SYMBOLS] = {
  [ALL_ALL] = { "all-all", "all there, all back",
                BOX (GREEN_LIGHT, "#a9d8b8") FULL ("14", "26", GREEN) LEFT (GREEN, GREEN)
                    RIGHT (GREEN, GREEN) },
  [ALL_SOME] = { "all-some", "all there, some back",
                 BOX (BLUE_LIGHT, "#b3c9f0") FULL ("15", "26", BLUE) LEFT ("#ffffff", BLUE)
                     RIGHT (BLUE, BLUE) },
  [ALL_NONE] = { "all-none", "all there, none back",
                 BOX (BLUE_LIGHT, "#b3c9f0") FULL ("7", "26", BLUE) RIGHT (BLUE, BLUE) },
  [SOME_ALL] = { "some-all", "some there, all back",
                 BOX (BROWN_LIGHT, "#e8cf8a") DASHED ("15.5", "25", BROWN) LEFT (BROWN, BROWN)
                     RIGHT ("#ffffff", BROWN) },
  [SOME_SOME] = { "some-some", "some there, some back",
                  BOX (BROWN_LIGHT, "#e8cf8a") DASHED ("15.5", "25", BROWN)
                      LEFT ("#ffffff", BROWN) RIGHT ("#ffffff", BROWN) },
  [SOME_NONE] = { "some-none", "some there, none back",
                  BOX (BROWN_LIGHT, "#e8cf8a") DASHED ("7", "25", BROWN)
                      RIGHT ("#ffffff", BROWN) },
  [NONE] = { "none", "none there",
             BOX (GREY_LIGHT, "#e3e6ea") "<path d='M16 16L24 24M24 16L16 24' stroke='" GREY
                                         "' stroke-width='2.5' fill='none'/>" },
  [UNSURE] = { "unsure", "not decided",
               "<rect x='1' y='1' width='38' height='38' rx='5' fill='#ffffff' stroke='" GREY
               "' stroke-dasharray='4 3'/><path d='M15.5 15.5a4.5 4.5 0 1 1 6.5 4c-1.4.8-2 1.6-2 "
               "3.5' fill='none' stroke='#4b5563' stroke-width='2.5'/><circle cx='20' cy='27.5' "
               "r='1.8' fill='#4b5563'/>" },
  [SAME] = { "same", "equal hosts",
             "<rect x='1' y='1' width='38' height='38' rx='5' fill='#e5e7eb' stroke='#d1d5db'/>"
             "<circle cx='20' cy='20' r='3' fill='#6b7280'/>" },
};

static guint
symbol_of (const MigdescMap *map,
           guint source,
           guint destination)
{
  static const guint8 of_reach[][MIGDESC_REACH_ALL + 1] = {
    [MIGDESC_REACH_NONE] = { NONE, NONE, NONE, NONE },
    [MIGDESC_REACH_UNSURE] = { UNSURE, UNSURE, UNSURE, UNSURE },
    [MIGDESC_REACH_SOME] = { SOME_NONE, SOME_NONE, SOME_SOME, SOME_ALL },
    [MIGDESC_REACH_ALL] = { ALL_NONE, ALL_NONE, ALL_SOME, ALL_ALL },
  };

  if (source == destination)
    return SAME;
  return of_reach[migdesc_map_reach (map, source, destination)]
                 [migdesc_map_reach (map, destination, source)];
}

static guint
cell_size (const MigdescMap *map)
{
  return MIN (MAX_CELL, TABLE_SIZE / MAX (map->groups->len, 1));
}

static void
append_definitions (GString *svg)
{
  g_string_append (svg, "<defs>\n");
  for (guint i = 0; i < N_SYMBOLS; i++)
    g_string_append_printf (svg, "<symbol id='%s' viewBox='0 0 40 40'>%s</symbol>\n",
                            symbols[i].id, symbols[i].shapes);
  g_string_append (svg, "</defs>\n");
}

static void
append_use (GString *svg,
            guint symbol,
            guint x,
            guint y,
            guint size)
{
  g_string_append_printf (svg, "<use href='#%s' x='%u' y='%u' width='%u' height='%u'/>",
                          symbols[symbol].id, x, y, size, size);
}

/* --- Words ------------------------------------------------------------ */

static void
append_heading (GString *svg,
                const MigdescMap *map)
{
  g_string_append_printf (svg, "<text x='%u' y='56' font-size='24' font-weight='bold'>"
                               "Who can take a device from whom<title>", MARGIN);
  migdesc_drawing_append_text (svg, map->model);
  g_string_append_printf (svg, "</title></text>\n<text x='%u' y='84' font-size='16'>", MARGIN);
  migdesc_drawing_append_cut (svg, map->model, 16, 700);
  g_string_append_printf (
      svg,
      "</text>\n<text x='%u' y='108' font-size='14' fill='#4b5563'>%" G_GSIZE_FORMAT
      " host%s in %" G_GSIZE_FORMAT " group%s with equal descriptors</text>\n",
      MARGIN, map->n_hosts - map->n_lacking, map->n_hosts - map->n_lacking == 1 ? "" : "s",
      map->groups->len + map->n_more_groups,
      map->groups->len + map->n_more_groups == 1 ? "" : "s");
}

/* Both axes say what they are, with an arrow along them. */
static void
append_axes (GString *svg)
{
  g_string_append_printf (
      svg,
      "<text x='%u' y='%u' font-size='13' font-weight='bold' text-anchor='end'>from source</text>"
      "<path d='M%u %uv12m-4 -4l4 4l4 -4' fill='none' stroke='#1f2937' stroke-width='1.5'/>\n"
      "<text x='%u' y='%u' font-size='13' font-weight='bold' text-anchor='end'>to destination"
      "</text><path d='M%u %uh12m-4 -4l4 4l-4 4' fill='none' stroke='#1f2937' "
      "stroke-width='1.5'/>\n",
      TABLE_LEFT - 32, TABLE_TOP - 10, TABLE_LEFT - 20, TABLE_TOP - 20, TABLE_LEFT - 32,
      TABLE_TOP - 40, TABLE_LEFT - 26, TABLE_TOP - 44);
}

static char *
count_hosts (const MigdescMapGroup *group)
{
  return group->n_hosts == 1
             ? g_strdup ("")
             : g_strdup_printf ("\xc3\x97%" G_GSIZE_FORMAT, group->n_hosts);
}

static void
append_name (GString *svg,
             const MigdescMapGroup *group,
             guint width)
{
  g_autofree char *count = count_hosts (group);
  guint room = width - migdesc_drawing_width (count, SMALL) - GAP;

  migdesc_drawing_append_cut (svg, group->name, SMALL, room);
  if (*count != '\0')
    g_string_append_printf (svg, "<tspan dx='%u' fill='#4b5563'>%s</tspan>", GAP, count);
  g_string_append (svg, "<title>");
  migdesc_drawing_append_text (svg, group->name);
  if (group->n_hosts > 1)
    g_string_append_printf (svg, " and %" G_GSIZE_FORMAT " more", group->n_hosts - 1);
  g_string_append (svg, "</title></text>\n");
}

static void
append_row_name (GString *svg,
                 const MigdescMap *map,
                 guint row)
{
  guint cell = cell_size (map);

  g_string_append_printf (svg, "<text x='%u' y='%u' font-size='%u' text-anchor='end'>",
                          TABLE_LEFT - 12, TABLE_TOP + row * cell + cell / 2 + 5, SMALL);
  append_name (svg, migdesc_map_group (map, row), TABLE_LEFT - 12 - MARGIN);
}

static void
append_column_name (GString *svg,
                    const MigdescMap *map,
                    guint column)
{
  guint cell = cell_size (map);
  guint x = TABLE_LEFT + column * cell + cell / 2 + 4;

  g_string_append_printf (svg,
                          "<text transform='translate(%u %u) rotate(-50)' font-size='%u'>", x,
                          TABLE_TOP - 10, SMALL);
  append_name (svg, migdesc_map_group (map, column), 165);
}

/* --- Cells ------------------------------------------------------------ */

static void
append_cell (GString *svg,
             const MigdescMap *map,
             guint source,
             guint destination)
{
  guint cell = cell_size (map);
  guint symbol = symbol_of (map, source, destination);

  g_string_append (svg, "<g>");
  append_use (svg, symbol, TABLE_LEFT + destination * cell, TABLE_TOP + source * cell, cell);
  g_string_append (svg, "<title>");
  migdesc_drawing_append_text (svg, migdesc_map_group (map, source)->name);
  if (source != destination)
    {
      g_string_append (svg, " to ");
      migdesc_drawing_append_text (svg, migdesc_map_group (map, destination)->name);
    }
  g_string_append_printf (svg, ": %s</title></g>\n", symbols[symbol].words);
}

static void
append_table (GString *svg,
              const MigdescMap *map)
{
  for (guint i = 0; i < map->groups->len; i++)
    {
      append_row_name (svg, map, i);
      append_column_name (svg, map, i);
    }
  for (guint source = 0; source < map->groups->len; source++)
    for (guint destination = 0; destination < map->groups->len; destination++)
      append_cell (svg, map, source, destination);
}

static guint
append_legend (GString *svg)
{
  guint y = TABLE_TOP;

  g_string_append_printf (svg,
                          "<text x='%u' y='%u' font-size='14' font-weight='bold'>Which of the "
                          "devices</text><text x='%u' y='%u' font-size='14' "
                          "font-weight='bold'>that the source can have</text>\n",
                          LEGEND_LEFT, y - 40, LEGEND_LEFT, y - 22);
  for (guint i = 0; i < N_SYMBOLS; i++, y += LEGEND_LINE)
    {
      append_use (svg, i, LEGEND_LEFT, y, LEGEND_SIZE);
      g_string_append_printf (svg, "<text x='%u' y='%u' font-size='14'>%s</text>\n",
                              LEGEND_LEFT + LEGEND_SIZE + 12, y + LEGEND_SIZE / 2 + 5,
                              symbols[i].words);
    }
  return y;
}

/* What there is no place for */
static guint
append_notes (GString *svg,
              const MigdescMap *map,
              guint y)
{
  g_autoptr (GString) notes = g_string_new (NULL);

  if (map->n_more_groups > 0)
    g_string_append_printf (notes,
                            "Not shown: %" G_GSIZE_FORMAT " smaller group%s of %" G_GSIZE_FORMAT
                            " host%s. ",
                            map->n_more_groups, map->n_more_groups == 1 ? "" : "s",
                            map->n_more_hosts, map->n_more_hosts == 1 ? "" : "s");
  if (map->n_lacking > 0)
    g_string_append_printf (notes, "%" G_GSIZE_FORMAT " host%s no such device.", map->n_lacking,
                            map->n_lacking == 1 ? " has" : "s have");
  if (notes->len == 0)
    return y;
  g_string_append_printf (svg, "<text x='%u' y='%u' font-size='14' fill='#4b5563'>%s</text>\n",
                          MARGIN, y + 30, notes->str);
  return y + 40;
}

/**
 * migdesc_map_to_svg:
 * @map: a map
 *
 * Draws a map: a table in which a row is a source and a column a destination, with a legend; 1,200
 * pixels wide, and at least 700 high. Whether devices can go there and back is told by shapes, not
 * by colours alone. Names that are too long are cut, and whole in what a browser shows of them when
 * they are pointed at; what could do harm in them is escaped.
 *
 * Returns: (transfer full): the text of an SVG document
 *
 * Since: 1.0
 */
char *
migdesc_map_to_svg (const MigdescMap *map)
{
  g_autoptr (GString) body = g_string_new (NULL);
  GString *svg;
  guint bottom;

  g_return_val_if_fail (map != NULL, NULL);

  append_definitions (body);
  append_heading (body, map);
  append_axes (body);
  append_table (body, map);
  bottom = append_legend (body);
  bottom = MAX (bottom, TABLE_TOP + map->groups->len * cell_size (map));
  bottom = append_notes (body, map, bottom);
  svg = g_string_new ("<?xml version='1.0' encoding='UTF-8'?>\n");
  g_string_append_printf (
      svg,
      "<svg xmlns='http://www.w3.org/2000/svg' width='%u' height='%u' viewBox='0 0 %u %u' "
      "role='img' font-family='DejaVu Sans, Verdana, Arial, sans-serif' fill='#1f2937'>\n"
      "<rect width='%u' height='%u' fill='#ffffff'/>\n",
      WIDTH, bottom + MARGIN, WIDTH, bottom + MARGIN, WIDTH, bottom + MARGIN);
  g_string_append_len (svg, body->str, (gssize) body->len);
  g_string_append (svg, "</svg>\n");
  return g_string_free (svg, FALSE);
}
