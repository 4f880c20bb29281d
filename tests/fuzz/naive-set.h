/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Sets of values as slow and plain as can be, to hold the library's against: members as they were
 * listed, neither sorted nor merged, and a domain cut into cells. Shares no code with what it is
 * compared to. */

#include <migdesc/migdesc.h>
#include <string.h>

/* Cells times members is what a question costs. */
#define NAIVE_MAX_TEXT 1024

typedef struct
{
  guint64 first; /* of a bool: 0 or 1 */
  guint64 last;
  guint64 count; /* saturated; of the cell that stands for all other strings too */
  char *string;
} NaiveCell;

typedef struct
{
  MigdescValueType type;
  gboolean any;
  GArray *ranges;     /* NaiveCell; also bools */
  GPtrArray *strings;
} NaiveSet;

static inline void
naive_set_init (NaiveSet *set,
                MigdescValueType type,
                gboolean any)
{
  set->type = type;
  set->any = any;
  set->ranges = g_array_new (FALSE, TRUE, sizeof (NaiveCell));
  set->strings = g_ptr_array_new_with_free_func (g_free);
}

static inline void
naive_set_clear (NaiveSet *set)
{
  g_array_unref (set->ranges);
  g_ptr_array_unref (set->strings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NaiveSet, naive_set_clear)

/* Whether all of a cell is in the set: cells lie either inside or outside. */
static inline gboolean
naive_set_has (const NaiveSet *set,
               const NaiveCell *cell)
{
  if (set->any)
    return TRUE;
  for (guint i = 0; i < set->strings->len; i++)
    if (strcmp (g_ptr_array_index (set->strings, i), cell->string) == 0)
      return TRUE;
  for (guint i = 0; i < set->ranges->len; i++)
    {
      const NaiveCell *range = &g_array_index (set->ranges, NaiveCell, i);

      if (cell->first >= range->first && cell->last <= range->last)
        return TRUE;
    }
  return FALSE;
}

static inline gboolean
naive_parse_int (const char *text,
                 guint64 *number)
{
  unsigned __int128 wide = 0;
  gsize length = strlen (text);

  if (length == 0 || length > 20 || strspn (text, "0123456789") != length
      || (*text == '0' && length > 1))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    wide = wide * 10 + (unsigned) (text[i] - '0');
  *number = (guint64) wide;
  return wide <= G_MAXUINT64;
}

static inline gboolean
naive_add_range (NaiveSet *set,
                 const char *text)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", -1);
  guint n_ends = g_strv_length (ends);
  NaiveCell range = { 0 };

  if (n_ends < 1 || n_ends > 2 || !naive_parse_int (ends[0], &range.first)
      || !naive_parse_int (ends[n_ends - 1], &range.last) || range.first > range.last)
    return FALSE;
  g_array_append_val (set->ranges, range);
  return TRUE;
}

static inline gboolean
naive_add_bool (NaiveSet *set,
                const char *text)
{
  gboolean on = strcmp (text, "on") == 0 || strcmp (text, "true") == 0;
  NaiveCell value = { (guint64) on, (guint64) on, 1, NULL };

  if (!on && strcmp (text, "off") != 0 && strcmp (text, "false") != 0)
    return FALSE;
  g_array_append_val (set->ranges, value);
  return TRUE;
}

static inline gboolean
naive_add_string (NaiveSet *set,
                  const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  g_ptr_array_add (set->strings, g_strdup (text));
  return TRUE;
}

/* In a row of commas each two are one, and one that is left over ends the member. */
static inline gboolean
naive_parse_strings (NaiveSet *set,
                     const char *text)
{
  g_autoptr (GString) member = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize plain = strcspn (text, ",");
      gsize commas = strspn (text + plain, ",");

      g_string_append_len (member, text, (gssize) plain);
      for (gsize i = 0; i < commas / 2; i++)
        g_string_append_c (member, ',');
      if (commas % 2 == 1)
        {
          if (!naive_add_string (set, member->str))
            return FALSE;
          g_string_truncate (member, 0);
        }
      text += plain + commas;
    }
  return naive_add_string (set, member->str);
}

static inline gboolean
naive_set_parse (NaiveSet *set,
                 const char *text)
{
  g_auto (GStrv) members = NULL;
  gboolean valid = TRUE;

  if (set->type == MIGDESC_VALUE_TYPE_STRING)
    return naive_parse_strings (set, text);
  /* no text is one empty member, not none */
  members = *text != '\0' ? g_strsplit (text, ",", -1)
                          : g_strdupv ((char *[]){ (char *) "", NULL });
  for (guint i = 0; members[i] != NULL && valid; i++)
    valid = set->type == MIGDESC_VALUE_TYPE_INT ? naive_add_range (set, members[i])
                                                : naive_add_bool (set, members[i]);
  return valid;
}

static inline int
naive_compare (gconstpointer a,
               gconstpointer b)
{
  guint64 first = *(const guint64 *) a;
  guint64 second = *(const guint64 *) b;

  return (first > second) - (first < second);
}

static inline void
naive_collect_starts (const NaiveSet *set,
                      GArray *starts)
{
  for (guint i = 0; i < set->ranges->len; i++)
    {
      const NaiveCell *range = &g_array_index (set->ranges, NaiveCell, i);
      guint64 after = range->last + 1;

      g_array_append_val (starts, range->first);
      if (range->last < G_MAXUINT64)
        g_array_append_val (starts, after);
    }
}

static inline void
naive_cut_ints (const NaiveSet *set,
                const NaiveSet *other,
                GArray *cells)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 zero = 0;

  g_array_append_val (starts, zero);
  naive_collect_starts (set, starts);
  naive_collect_starts (other, starts);
  g_array_sort (starts, naive_compare);
  for (guint i = 0; i < starts->len; i++)
    {
      guint64 first = g_array_index (starts, guint64, i);
      guint64 next = i + 1 < starts->len ? g_array_index (starts, guint64, i + 1) : 0;
      NaiveCell cell = { first, next - 1, next - first, NULL };

      if (i + 1 < starts->len && next == first)
        continue;
      if (cell.last == G_MAXUINT64 && first == 0)
        cell.count = G_MAXUINT64;
      g_array_append_val (cells, cell);
    }
}

static inline void
naive_cut_strings (const NaiveSet *set,
                   GArray *cells)
{
  for (guint i = 0; i < set->strings->len; i++)
    {
      NaiveCell cell = { 0, 0, 1, g_strdup (g_ptr_array_index (set->strings, i)) };
      gboolean known = FALSE;

      for (guint j = 0; j < cells->len && !known; j++)
        known = strcmp (g_array_index (cells, NaiveCell, j).string, cell.string) == 0;
      if (known)
        g_free (cell.string);
      else
        g_array_append_val (cells, cell);
    }
}

static inline void
naive_clear_cell (gpointer cell)
{
  g_free (((NaiveCell *) cell)->string);
}

/* The whole domain, in cells that lie either inside or outside of each of the two sets */
static inline GArray *
naive_set_cut (const NaiveSet *set,
               const NaiveSet *other)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (NaiveCell));
  NaiveCell off = { 0, 0, 1, NULL };
  NaiveCell on = { 1, 1, 1, NULL };
  /* longer than any member can be here, so that it stands for the strings in neither set */
  NaiveCell elsewhere = { 0, 0, G_MAXUINT64, NULL };

  g_array_set_clear_func (cells, naive_clear_cell);
  if (set->type == MIGDESC_VALUE_TYPE_BOOL)
    {
      g_array_append_val (cells, off);
      g_array_append_val (cells, on);
    }
  else if (set->type == MIGDESC_VALUE_TYPE_INT)
    naive_cut_ints (set, other, cells);
  else
    {
      elsewhere.string = g_strnfill (NAIVE_MAX_TEXT, '.');
      g_array_append_val (cells, elsewhere);
      naive_cut_strings (set, cells);
      naive_cut_strings (other, cells);
    }
  return cells;
}
