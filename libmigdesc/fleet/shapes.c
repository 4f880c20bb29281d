/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/shapes.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "base/limits-private.h"
#include "codec/read.h"

/* In the value of a document: it is broken, and the rest is the number of its error. */
#define BROKEN ((guint32) 1 << 31)

static guint
hash_store (gconstpointer store)
{
  return (guint) migdesc_store_hash (store);
}

static gboolean
stores_equal (gconstpointer store, gconstpointer other)
{
  return store == other || migdesc_store_equal (store, other);
}

MigdescShapes *
migdesc_shapes_new (MigdescReader *reader)
{
  MigdescShapes *shapes = g_new0 (MigdescShapes, 1);

  g_atomic_ref_count_init (&shapes->ref_count);
  shapes->arena = migdesc_arena_new (1024);
  migdesc_texts_init (&shapes->documents, FALSE);
  migdesc_texts_init (&shapes->keys, FALSE);
  shapes->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  shapes->facts = migdesc_facts_new ();
  shapes->by_content = g_hash_table_new (hash_store, stores_equal);
  if (reader != NULL)
    {
      shapes->dialect = migdesc_reader_get_dialect (reader);
      shapes->flags = migdesc_reader_get_flags (reader);
      shapes->limits = migdesc_reader_get_limits (reader);
    }
  shapes->max_size = migdesc_limits_get (shapes->limits, MIGDESC_LIMIT_FLEET_SIZE);
  return shapes;
}

MigdescShapes *
migdesc_shapes_ref (MigdescShapes *shapes)
{
  g_atomic_ref_count_inc (&shapes->ref_count);
  return shapes;
}

void
migdesc_shapes_unref (MigdescShapes *shapes)
{
  if (!g_atomic_ref_count_dec (&shapes->ref_count))
    return;
  g_hash_table_unref (shapes->by_content);
  migdesc_facts_free (shapes->facts);
  g_free (shapes->bare_shapes);
  for (guint32 i = 0; i < shapes->n_stores; i++)
    migdesc_store_unref (shapes->stores[i]);
  g_free (shapes->stores);
  g_free (shapes->shapes);
  g_ptr_array_unref (shapes->errors);
  migdesc_texts_clear (&shapes->documents);
  migdesc_texts_clear (&shapes->keys);
  migdesc_arena_free (shapes->arena);
  g_clear_pointer (&shapes->limits, migdesc_limits_free);
  g_free (shapes);
}

guint64
migdesc_shapes_size (const MigdescShapes *shapes)
{
  return shapes->stores_size + shapes->documents.size + shapes->keys.size
         + migdesc_arena_size (shapes->arena) + migdesc_facts_size (shapes->facts)
         + (shapes->n_stores_allocated + shapes->n_shapes_allocated) * sizeof (gpointer);
}

static gboolean
is_full (const MigdescShapes *shapes, GError **error)
{
  g_autofree char *message = NULL;

  if (migdesc_shapes_size (shapes) < shapes->max_size)
    return FALSE;
  message = migdesc_limit_to_message (MIGDESC_LIMIT_FLEET_SIZE, shapes->max_size);
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED, message);
  return TRUE;
}

/* --- Descriptors ------------------------------------------------------ */

/* What a store takes here beside its own bytes: its place in the table of contents */
#define STORE_OVERHEAD 64

gboolean
migdesc_shapes_add_store (MigdescShapes *shapes, MigdescStore *store, guint32 *descriptor,
                          GError **error)
{
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (shapes->by_content, store));

  if (known != 0)
    {
      *descriptor = known - 1;
      return TRUE;
    }
  if (is_full (shapes, error))
    return FALSE;
  if (shapes->n_stores == shapes->n_stores_allocated)
    {
      shapes->n_stores_allocated += MAX (16, shapes->n_stores_allocated / 2);
      shapes->stores = g_renew (MigdescStore *, shapes->stores, shapes->n_stores_allocated);
      shapes->bare_shapes = g_renew (guint32, shapes->bare_shapes, shapes->n_stores_allocated);
    }
  *descriptor = shapes->n_stores++;
  shapes->stores[*descriptor] = migdesc_store_ref (store);
  shapes->bare_shapes[*descriptor] = 0;
  migdesc_facts_add (shapes->facts, store);
  shapes->stores_size += migdesc_store_size (store) + STORE_OVERHEAD;
  g_hash_table_insert (shapes->by_content, store, GUINT_TO_POINTER (*descriptor + 1));
  return TRUE;
}

static gboolean
give_known (const MigdescShapes *shapes, const MigdescText *document, guint32 *descriptor,
            GError **error)
{
  if ((document->value & BROKEN) == 0)
    {
      *descriptor = document->value;
      return TRUE;
    }
  if (error != NULL)
    *error = g_error_copy (shapes->errors->pdata[document->value & ~BROKEN]);
  return FALSE;
}

/* A broken text is kept as a good one is, since a fleet may be full of the same mistake. */
static gboolean
keep_error (MigdescShapes *shapes, const char *text, gsize length, guint64 hash,
            const GError *problem, GError **error)
{
  migdesc_texts_add (&shapes->documents, text, length, hash, BROKEN | shapes->errors->len);
  g_ptr_array_add (shapes->errors, g_error_copy (problem));
  shapes->stores_size += strlen (problem->message) + STORE_OVERHEAD;
  g_propagate_error (error, g_error_copy (problem));
  return FALSE;
}

gboolean
migdesc_shapes_read (MigdescShapes *shapes, const char *text, gsize length, guint32 *descriptor,
                     GError **error)
{
  const MigdescReadOptions options = { shapes->dialect, shapes->flags, shapes->limits };
  guint64 hash = migdesc_texts_hash (text, length);
  const MigdescText *document
      = migdesc_texts_find (&shapes->documents, text, length, hash);
  g_autoptr (MigdescStore) store = NULL;
  g_autoptr (GError) problem = NULL;

  if (document != NULL)
    return give_known (shapes, document, descriptor, error);
  if (is_full (shapes, error))
    return FALSE;
  store = migdesc_read_text (&options, text, length, NULL, NULL, &problem);
  if (store == NULL)
    return keep_error (shapes, text, length, hash, problem, error);
  if (!migdesc_shapes_add_store (shapes, store, descriptor, error))
    return FALSE;
  migdesc_texts_add (&shapes->documents, text, length, hash, *descriptor);
  return TRUE;
}

/* --- Shapes ----------------------------------------------------------- */

static guint32
add_shape (MigdescShapes *shapes, const MigdescShape *shape)
{
  if (shapes->n_shapes == shapes->n_shapes_allocated)
    {
      shapes->n_shapes_allocated += MAX (16, shapes->n_shapes_allocated / 2);
      shapes->shapes = g_renew (const MigdescShape *, shapes->shapes, shapes->n_shapes_allocated);
    }
  shapes->shapes[shapes->n_shapes] = shape;
  return shapes->n_shapes++;
}

static void
append_text (GByteArray *key, const char *text)
{
  g_byte_array_append (key, (const guint8 *) text, (guint) strlen (text) + 1);
}

/* What tells shapes apart, as bytes. Names have no NUL. */
static void
append_key (GByteArray *key, const MigdescSlot *slots, guint32 n_slots,
            const MigdescLabel *labels, guint32 n_labels)
{
  g_byte_array_append (key, (const guint8 *) &n_slots, sizeof n_slots);
  for (guint32 i = 0; i < n_slots; i++)
    {
      g_byte_array_append (key, (const guint8 *) &slots[i].count, sizeof (guint32));
      g_byte_array_append (key, (const guint8 *) &slots[i].descriptor, sizeof (guint32));
      append_text (key, slots[i].name);
    }
  for (guint32 i = 0; i < n_labels; i++)
    {
      append_text (key, labels[i].name);
      append_text (key, labels[i].value);
    }
}

static const char *
keep_string (MigdescShapes *shapes, const char *text)
{
  return migdesc_arena_dup (shapes->arena, text, strlen (text));
}

static MigdescShape *
make_shape (MigdescShapes *shapes, const MigdescSlot *slots, guint32 n_slots,
            const MigdescLabel *labels, guint32 n_labels)
{
  MigdescShape *shape = migdesc_arena_alloc0 (shapes->arena, sizeof *shape);
  MigdescSlot *own_slots = migdesc_arena_alloc (shapes->arena, (n_slots + 1) * sizeof *own_slots);
  MigdescLabel *own_labels
      = migdesc_arena_alloc (shapes->arena, (n_labels + 1) * sizeof *own_labels);

  for (guint32 i = 0; i < n_slots; i++)
    {
      own_slots[i] = slots[i];
      own_slots[i].name = keep_string (shapes, slots[i].name);
    }
  for (guint32 i = 0; i < n_labels; i++)
    own_labels[i] = (MigdescLabel) { keep_string (shapes, labels[i].name),
                                     keep_string (shapes, labels[i].value) };
  shape->slots = own_slots;
  shape->n_slots = n_slots;
  shape->labels = own_labels;
  shape->n_labels = n_labels;
  return shape;
}

static int
compare_labels (gconstpointer label, gconstpointer other)
{
  return strcmp (((const MigdescLabel *) label)->name, ((const MigdescLabel *) other)->name);
}

gboolean
migdesc_shapes_intern (MigdescShapes *shapes, const MigdescSlot *slots, guint32 n_slots,
                       const MigdescLabel *labels, guint32 n_labels, guint32 *number,
                       GError **error)
{
  g_autoptr (GByteArray) key = g_byte_array_new ();
  g_autofree MigdescLabel *sorted
      = n_labels > 0 ? g_memdup2 (labels, n_labels * sizeof *labels) : NULL;
  const MigdescText *known;
  guint64 hash;

  if (n_labels > 1)
    qsort (sorted, n_labels, sizeof *sorted, compare_labels);
  append_key (key, slots, n_slots, sorted, n_labels);
  hash = migdesc_texts_hash ((const char *) key->data, key->len);
  known = migdesc_texts_find (&shapes->keys, (const char *) key->data, key->len, hash);
  if (known == NULL && is_full (shapes, error))
    return FALSE;
  *number = known != NULL
              ? known->value
              : add_shape (shapes, make_shape (shapes, slots, n_slots, sorted, n_labels));
  if (known == NULL)
    migdesc_texts_add (&shapes->keys, (const char *) key->data, key->len, hash, *number);
  return TRUE;
}

guint32
migdesc_shapes_intern_error (MigdescShapes *shapes, const GError *reason)
{
  static const guint32 mark = G_MAXUINT32; /* no shape has so many slots */
  g_autoptr (GByteArray) key = g_byte_array_new ();
  g_autoptr (GError) full = NULL;
  const MigdescText *known;
  MigdescShape *shape;
  guint32 number;
  guint64 hash;

  if (is_full (shapes, &full))
    reason = full;
  g_byte_array_append (key, (const guint8 *) &mark, sizeof mark);
  g_byte_array_append (key, (const guint8 *) &reason->code, sizeof reason->code);
  append_text (key, reason->message);
  hash = migdesc_texts_hash ((const char *) key->data, key->len);
  known = migdesc_texts_find (&shapes->keys, (const char *) key->data, key->len, hash);
  if (known != NULL)
    return known->value;
  shape = make_shape (shapes, NULL, 0, NULL, 0);
  shape->error = keep_string (shapes, reason->message);
  shape->error_code = reason->code;
  number = add_shape (shapes, shape);
  migdesc_texts_add (&shapes->keys, (const char *) key->data, key->len, hash, number);
  return number;
}

guint32
migdesc_shapes_upgrade (MigdescShapes *shapes, guint32 number, MigdescStore *store)
{
  const MigdescShape *shape = shapes->shapes[number];
  g_autofree MigdescSlot *slots = NULL;
  g_autoptr (GError) error = NULL;
  guint32 descriptor;
  guint32 upgraded = number;

  if (shape->n_slots == 0)
    return number;
  if (migdesc_shapes_add_store (shapes, store, &descriptor, &error))
    {
      slots = g_memdup2 (shape->slots, shape->n_slots * sizeof *slots);
      for (guint32 i = 0; i < shape->n_slots; i++)
        slots[i].descriptor = descriptor;
      migdesc_shapes_intern (shapes, slots, shape->n_slots, shape->labels, shape->n_labels,
                             &upgraded, &error);
    }
  return error == NULL ? upgraded : migdesc_shapes_intern_error (shapes, error);
}

const char *
migdesc_shape_find_label (const MigdescShape *shape, const char *name)
{
  guint32 low = 0;
  guint32 high = shape->n_labels;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = strcmp (shape->labels[middle].name, name);

      if (order == 0)
        return shape->labels[middle].value;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}
