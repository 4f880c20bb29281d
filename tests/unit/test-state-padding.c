/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../fuzz/fuzz-stream.h"

#include "state/table/table-scope.h"

/* What lies between the members of a struct, behind the elements that there are and behind the end
 * of a string is in no output: whatever is there, the bytes are the same. Under memcheck it is
 * memory that nothing was ever written to, and the bytes are given to the kernel, which must not be
 * given such. */

#define UNDEFINED 256

static guint64
read_count (const guint8 *memory,
            guint width)
{
  guint64 count = 0;

  memcpy (&count, memory, width);
  return G_BYTE_ORDER == G_LITTLE_ENDIAN ? count : count >> (64 - 8 * width);
}

/* Garbage in all that the mask leaves. A byte of garbage, or UNDEFINED. */
static void
put_garbage (guint8 *memory,
             const guint8 *mask,
             gsize size,
             guint garbage)
{
  g_autofree guint8 *fresh = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    if (!mask[i])
      memory[i] = garbage == UNDEFINED ? fresh[i] : (guint8) garbage;
}

static void garble (const MigdescStruct *table, gpointer memory, guint garbage);

static GPtrArray *
list_elements (const MigdescField *field,
               gpointer member)
{
  GPtrArray *found = g_ptr_array_new ();
  GPtrArray *array = *(GPtrArray **) member;
  GList *list = field->storage == MIGDESC_STORAGE_LIST    ? *(GList **) member
                : field->storage == MIGDESC_STORAGE_QUEUE ? ((GQueue *) member)->head
                                                          : NULL;

  if (field->storage == MIGDESC_STORAGE_PTR_ARRAY)
    for (guint i = 0; array != NULL && i < array->len; i++)
      g_ptr_array_add (found, array->pdata[i]);
  for (; list != NULL; list = list->next)
    g_ptr_array_add (found, list->data);
  return found;
}

static void
garble_elements (const MigdescField *field,
                 guint8 *memory,
                 guint garbage)
{
  gpointer member = memory + field->offset;
  guint64 count = field->count_width == 0 || field->counting != MIGDESC_COUNT_OWNED
                      ? field->capacity
                      : read_count (memory + field->count_offset, field->count_width);

  if (field->kind != MIGDESC_FIELD_STRUCT)
    return;
  if (field->storage == MIGDESC_STORAGE_NULLABLE)
    {
      if (*(gpointer *) member != NULL)
        garble (field->type, *(gpointer *) member, garbage);
    }
  else if (field->storage == MIGDESC_STORAGE_INLINE || field->storage == MIGDESC_STORAGE_ALLOCATED)
    {
      guint8 *first = field->storage == MIGDESC_STORAGE_INLINE ? member : *(guint8 **) member;

      count = field->counting == MIGDESC_COUNT_ONE ? 1 : count;
      for (guint64 i = 0; i < count; i++)
        garble (field->type, first + i * field->type->size, garbage);
    }
}

static void
garble_list (const MigdescField *field,
             guint8 *memory,
             guint garbage)
{
  g_autoptr (GPtrArray) elements = NULL;

  if (field->kind != MIGDESC_FIELD_STRUCT || field->storage < MIGDESC_STORAGE_PTR_ARRAY)
    return;
  elements = list_elements (field, memory + field->offset);
  for (guint i = 0; i < elements->len; i++)
    garble (field->type, elements->pdata[i], garbage);
}

/* How many bytes of the member are the state. */
static gsize
get_used (const MigdescField *field,
          const guint8 *memory)
{
  if (field->storage != MIGDESC_STORAGE_INLINE)
    return field->size;
  if (field->kind == MIGDESC_FIELD_STRING)
    return strlen ((const char *) memory + field->offset) + 1;
  if (field->counting == MIGDESC_COUNT_OWNED && field->count_width > 0)
    return (gsize) read_count (memory + field->count_offset, field->count_width)
           * MAX (field->width, 1);
  return field->size;
}

static void
mark (const MigdescField *fields,
      guint n_fields,
      const guint8 *memory,
      guint8 *mask)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];

      if (field->kind == MIGDESC_FIELD_SECTION)
        mark (field->fields, field->n_fields, memory, mask);
      if (!migdesc_field_has_memory (field))
        continue;
      memset (mask + field->offset, 1, get_used (field, memory));
      if (field->counting == MIGDESC_COUNT_OWNED)
        memset (mask + field->count_offset, 1, field->count_width);
    }
}

static void
garble (const MigdescStruct *table,
        gpointer memory,
        guint garbage)
{
  g_autofree guint8 *mask = g_malloc0 (table->size);

  mark (table->fields, table->n_fields, memory, mask);
  if (table == &gates_state)
    mask[G_STRUCT_OFFSET (Gates, has_rss)] = 1;
  put_garbage (memory, mask, table->size, garbage);
  for (guint i = 0; i < table->n_fields; i++)
    {
      garble_elements (&table->fields[i], memory, garbage);
      garble_list (&table->fields[i], memory, garbage);
    }
}

/* All of it, as a struct on its way to the kernel. */
static void
give_away (GBytes *bytes)
{
  int null = open ("/dev/null", O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (null, >=, 0);
  g_assert_cmpint (write (null, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), ==,
                   g_bytes_get_size (bytes));
  close (null);
}

static gpointer
make_state (guint choice,
            const Device *device)
{
  guint8 *state = g_malloc0 (device->table->size);

  if (choice == 0)
    fill_scalars ((Scalars *) state);
  else if (choice == 1)
    {
      Arrays *arrays = (Arrays *) state;

      fill_arrays (arrays);
      memcpy (arrays->name, "ab", 3);
    }
  else if (choice == 2)
    fill_structs ((Structs *) state);
  else
    *(Gates *) state = (Gates) { .mtu = 1500, .has_rss = TRUE, .rss_key = { 1, 2, 3, 4 } };
  return state;
}

static void
test_padding (gconstpointer data)
{
  static const guint garbage[] = { 0, 0xff, 0x5a, UNDEFINED };
  const guint choice = GPOINTER_TO_UINT (data);
  const Device device = fuzz_device (choice);
  MigdescStateType *type = fuzz_type (device.table);
  g_auto (GStrv) formats = migdesc_stream_dup_formats (TRUE);

  for (guint i = 0; formats[i] != NULL; i++)
    {
      gpointer state = make_state (choice, &device);
      g_autoptr (GBytes) clean = fuzz_save (&device, type, state, formats[i]);

      for (guint j = 0; j < G_N_ELEMENTS (garbage); j++)
        {
          g_autoptr (GBytes) bytes = NULL;

          garble (device.table, state, garbage[j]);
          bytes = fuzz_save (&device, type, state, formats[i]);
          give_away (bytes);
          g_assert_true (g_bytes_equal (bytes, clean));
        }
      migdesc_state_type_clear_struct (type, state);
      g_free (state);
    }
}

/* A tree of it is no other either. */
static void
test_trees (gconstpointer data)
{
  const guint choice = GPOINTER_TO_UINT (data);
  const Device device = fuzz_device (choice);
  MigdescStateType *type = fuzz_type (device.table);
  MigdescParamList *params = stream_params (device.params);
  gpointer state = make_state (choice, &device);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) clean
      = migdesc_state_new_from_struct (type, device.version, params, state, &error);
  g_autoptr (MigdescState) other = NULL;
  g_autoptr (GVariant) variant = NULL;

  g_assert_no_error (error);
  garble (device.table, state, UNDEFINED);
  other = migdesc_state_new_from_struct (type, device.version, params, state, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_state_equal (clean, other));
  variant = migdesc_state_to_variant (other);
  g_assert_true (g_variant_is_normal_form (variant));
  stream_unref_params (params);
  migdesc_state_type_clear_struct (type, state);
  g_free (state);
}

/* The test sees what it is about. */
static void
test_garbage (void)
{
  Timer timer = { 5, 1 };
  const guint8 *bytes = (const guint8 *) &timer;

  garble (&timer_state, &timer, 0x5a);
  g_assert_cmpint (timer.expires, ==, 5);
  g_assert_cmpuint (timer.mode, ==, 1);
  g_assert_cmpuint (bytes[sizeof timer - 1], ==, 0x5a);
}

int
main (int argc,
      char **argv)
{
  static const char *const names[] = { "scalars", "arrays", "structs", "gates" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-padding/garbage", test_garbage);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/state-padding/%s", names[i]);
      g_autofree char *tree = g_strdup_printf ("/state-padding/tree/%s", names[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_padding);
      g_test_add_data_func (tree, GUINT_TO_POINTER (i), test_trees);
    }
  return g_test_run ();
}
