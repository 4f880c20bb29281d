/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/compare/cells.h"

#include "base/hash.h"

/* Every set mentioned has a random key, and what has the same sum of keys is in the same sets: so
 * the work does not grow with the number of sets that cover a value. The keys come from the
 * process's secret, so that no document can be made in which different sums are equal. */

typedef struct
{
  guint64 at;         /* ints: where membership changes */
  const char *string; /* strings: a member */
  guint64 key;
} Mark;

typedef struct
{
  MigdescInterval interval; /* of ints */
  MigdescValue value;       /* the least */
  guint64 sum;
  guint32 cell;
  gboolean rest; /* all strings that nobody mentions */
} Piece;

void
migdesc_cells_init (MigdescCells *cells,
                    MigdescValueType type,
                    MigdescArena *arena)
{
  cells->arena = arena;
  cells->type = type;
  cells->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  cells->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  cells->choices = g_array_new (FALSE, TRUE, sizeof (MigdescChoice));
  cells->next_key = 0;
  cells->bools[0] = cells->bools[1] = 0;
}

void
migdesc_cells_clear (MigdescCells *cells)
{
  g_clear_pointer (&cells->marks, g_array_unref);
  g_clear_pointer (&cells->pieces, g_array_unref);
  g_clear_pointer (&cells->choices, g_array_unref);
}

/* SplitMix64 from a secret start */
static guint64
new_key (MigdescCells *cells)
{
  guint64 key = migdesc_hash_keys->sip[0]
                + ++cells->next_key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  key = (key ^ (key >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  key = (key ^ (key >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (key ^ (key >> 31)) + migdesc_hash_keys->sip[1];
}

static void
mark_interval (MigdescCells *cells,
               guint64 min,
               guint64 max,
               guint64 key)
{
  Mark begin = { .at = min, .key = key };
  Mark end = { .at = max + 1, .key = key };

  g_array_append_val (cells->marks, begin);
  if (max < G_MAXUINT64)
    g_array_append_val (cells->marks, end);
}

static void
mark_string (MigdescCells *cells,
             const char *string,
             guint64 key)
{
  Mark mark = { .string = string, .key = key };

  g_array_append_val (cells->marks, mark);
}

void
migdesc_cells_mention_set (MigdescCells *cells,
                           const MigdescSet *set)
{
  guint64 key;

  if (set->any)
    return;
  key = new_key (cells);
  if (cells->type == MIGDESC_VALUE_TYPE_BOOL)
    for (guint i = 0; i < 2; i++)
      cells->bools[i] ^= set->bools >> i & 1 ? key : 0;
  else if (cells->type == MIGDESC_VALUE_TYPE_INT)
    for (guint32 i = 0; i < set->n; i++)
      mark_interval (cells, set->members.intervals[i].min, set->members.intervals[i].max, key);
  else
    for (guint32 i = 0; i < set->n; i++)
      mark_string (cells, set->members.strings[i], key);
}

void
migdesc_cells_mention_value (MigdescCells *cells,
                             MigdescValue value)
{
  guint64 key = new_key (cells);

  if (cells->type == MIGDESC_VALUE_TYPE_BOOL)
    cells->bools[value.number & 1] ^= key;
  else if (cells->type == MIGDESC_VALUE_TYPE_INT)
    mark_interval (cells, value.number, value.number, key);
  else
    mark_string (cells, value.string, key);
}

static int
compare_by_number (gconstpointer first,
                   gconstpointer second)
{
  guint64 a = ((const Mark *) first)->at;
  guint64 b = ((const Mark *) second)->at;

  return (a > b) - (a < b);
}

static int
compare_by_string (gconstpointer first,
                   gconstpointer second)
{
  return strcmp (((const Mark *) first)->string, ((const Mark *) second)->string);
}

static void
add_piece (MigdescCells *cells,
           const MigdescSet *domain,
           const Piece *piece)
{
  if (migdesc_set_contains (domain, piece->value))
    g_array_append_vals (cells->pieces, piece, 1);
}

static void
cut_bools (MigdescCells *cells,
           const MigdescSet *domain)
{
  for (guint i = 0; i < 2; i++)
    {
      Piece piece = { .value.number = i, .sum = cells->bools[i] };

      add_piece (cells, domain, &piece);
    }
}

static void
cut_ints (MigdescCells *cells,
          const MigdescSet *domain)
{
  Piece piece = { .interval = { 0, G_MAXUINT64 } };
  const Mark *marks;

  g_array_sort (cells->marks, compare_by_number);
  marks = (const Mark *) (gconstpointer) cells->marks->data;
  for (guint i = 0; i < cells->marks->len; i++)
    {
      if (marks[i].at > piece.interval.min)
        {
          piece.interval.max = marks[i].at - 1;
          add_piece (cells, domain, &piece);
          piece.interval.min = piece.value.number = marks[i].at;
        }
      piece.sum ^= marks[i].key;
    }
  piece.interval.max = G_MAXUINT64;
  add_piece (cells, domain, &piece);
}

/* A string that is none of those mentioned, to stand for all the rest */
static const char *
invent_string (const MigdescCells *cells)
{
  GString *string = g_string_new ("~");
  const Mark *marks = (const Mark *) (gconstpointer) cells->marks->data;
  const char *copy;
  guint length = 1;

  /* longer than any other that begins with as many tildes */
  for (guint i = 0; i < cells->marks->len; i++)
    {
      guint tildes = (guint) strspn (marks[i].string, "~");

      length = MAX (length, tildes + 1);
    }
  while (string->len < length)
    g_string_append_c (string, '~');
  copy = migdesc_arena_dup (cells->arena, string->str, string->len);
  g_string_free (string, TRUE);
  return copy;
}

static void
cut_strings (MigdescCells *cells,
             const MigdescSet *domain)
{
  Piece rest = { .rest = TRUE };
  const Mark *marks;

  g_array_sort (cells->marks, compare_by_string);
  marks = (const Mark *) (gconstpointer) cells->marks->data;
  for (guint i = 0; i < cells->marks->len;)
    {
      Piece piece = { .value.string = marks[i].string };

      for (; i < cells->marks->len && strcmp (marks[i].string, piece.value.string) == 0; i++)
        piece.sum ^= marks[i].key;
      add_piece (cells, domain, &piece);
    }
  if (!domain->any)
    return;
  rest.value.string = invent_string (cells);
  g_array_append_val (cells->pieces, rest);
}

static void
gather (MigdescCells *cells)
{
  g_autoptr (GHashTable) by_sum = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < cells->pieces->len; i++)
    {
      Piece *piece = &g_array_index (cells->pieces, Piece, i);
      MigdescChoice choice = { .value = piece->value };
      gpointer found;

      if (g_hash_table_lookup_extended (by_sum, &piece->sum, NULL, &found))
        {
          piece->cell = GPOINTER_TO_UINT (found);
          continue;
        }
      piece->cell = cells->choices->len;
      g_hash_table_insert (by_sum, &piece->sum, GUINT_TO_POINTER (piece->cell));
      g_array_append_val (cells->choices, choice);
    }
}

void
migdesc_cells_build (MigdescCells *cells,
                     const MigdescSet *domain)
{
  if (cells->type == MIGDESC_VALUE_TYPE_BOOL)
    cut_bools (cells, domain);
  else if (cells->type == MIGDESC_VALUE_TYPE_INT)
    cut_ints (cells, domain);
  else
    cut_strings (cells, domain);
  gather (cells);
}

guint32
migdesc_cells_get_n (const MigdescCells *cells)
{
  return cells->choices->len;
}

MigdescChoice *
migdesc_cells_get_choices (MigdescCells *cells)
{
  return (MigdescChoice *) (gpointer) cells->choices->data;
}

void
migdesc_cells_unite (const MigdescCells *cells,
                     guint8 mask,
                     MigdescSet *result)
{
  MigdescSetBuilder builder;

  migdesc_set_builder_init (&builder);
  migdesc_set_builder_reset (&builder, cells->type);
  for (guint i = 0; i < cells->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (cells->pieces, Piece, i);

      if (piece->rest
          || (g_array_index (cells->choices, MigdescChoice, piece->cell).classes & mask) == 0)
        continue;
      if (cells->type == MIGDESC_VALUE_TYPE_INT)
        migdesc_set_builder_add_interval (&builder, piece->interval.min, piece->interval.max);
      else
        migdesc_set_builder_add_value (&builder, piece->value);
    }
  migdesc_set_builder_build (&builder, cells->arena, result);
  migdesc_set_builder_clear (&builder);
}

static guint32
cell_if_held (const MigdescCells *cells,
              const Piece *piece,
              MigdescValue value)
{
  gboolean holds_it = cells->type == MIGDESC_VALUE_TYPE_INT
                        ? value.number <= piece->interval.max
                        : migdesc_value_equal (cells->type, piece->value, value);

  return holds_it ? piece->cell : MIGDESC_NOT_FOUND;
}

guint32
migdesc_cells_find (const MigdescCells *cells,
                    MigdescValue value)
{
  guint low = 0;
  guint high = cells->pieces->len;

  /* the last piece that does not begin above the value; the strings that nobody mentions are last
   * and not sought */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Piece *piece = &g_array_index (cells->pieces, Piece, middle);

      if (!piece->rest && migdesc_value_compare (cells->type, piece->value, value) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return MIGDESC_NOT_FOUND;
  return cell_if_held (cells, &g_array_index (cells->pieces, Piece, low - 1), value);
}

typedef struct
{
  MigdescValue value;
  guint64 distance;
  guint32 cell;
} Near;

/* Of the piece */
static Near
find_near (const MigdescCells *cells,
           const Piece *piece,
           MigdescValue value)
{
  Near near = { .value = piece->value, .cell = piece->cell };

  if (cells->type != MIGDESC_VALUE_TYPE_INT)
    {
      near.distance = !migdesc_value_equal (cells->type, piece->value, value);
      return near;
    }
  near.value.number = CLAMP (value.number, piece->interval.min, piece->interval.max);
  near.distance = MAX (near.value.number, value.number) - MIN (near.value.number, value.number);
  return near;
}

static int
compare_near (gconstpointer first,
              gconstpointer second)
{
  const Near *a = first;
  const Near *b = second;

  if (a->distance != b->distance)
    return a->distance > b->distance ? 1 : -1;
  return (a->cell > b->cell) - (a->cell < b->cell);
}

void
migdesc_cells_append_others (const MigdescCells *cells,
                             MigdescValue value,
                             GArray *others)
{
  g_autoptr (GArray) nearest = g_array_new (FALSE, TRUE, sizeof (Near));

  g_array_set_size (nearest, cells->choices->len);
  for (guint i = 0; i < cells->choices->len; i++)
    g_array_index (nearest, Near, i).distance = G_MAXUINT64;
  for (guint i = 0; i < cells->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (cells->pieces, Piece, i);
      Near near = find_near (cells, piece, value);
      Near *best = &g_array_index (nearest, Near, piece->cell);

      if (!piece->rest && near.distance < best->distance)
        *best = near;
    }
  g_array_sort (nearest, compare_near);
  for (guint i = 0; i < nearest->len; i++)
    {
      const Near *near = &g_array_index (nearest, Near, i);

      if (near->distance > 0 && near->distance < G_MAXUINT64)
        g_array_append_val (others, near->value);
    }
}
