/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field.h>

G_BEGIN_DECLS

/* A struct's memory, as its table says: what it owns, and what it starts with. */

/* A flag of fields whose layout is ours, for they come from a schema. Beside the member they have
 * something hidden: a section its version, or 0 where it is absent (guint16); an ALLOCATED array
 * whose count is not its own the elements there is memory for (guint32). */
#define MIGDESC_FIELD_SYNTHETIC (1u << 31)
/* A flag of such a field: it is the count of others. */
#define MIGDESC_FIELD_COUNTS (1u << 30)

static inline gboolean
migdesc_field_is_synthetic (const MigdescField *field)
{
  return (field->flags & MIGDESC_FIELD_SYNTHETIC) != 0;
}

/* Of bytes that hold nothing yet: zero, and the default of every gated field. */
void migdesc_table_init (const MigdescStruct *table, gpointer state);
/* Frees what the struct owns, and sets it to what migdesc_table_init does. */
void migdesc_table_clear (const MigdescStruct *table, gpointer state);

/* How many elements a field has in memory; of COUNT_FIELD, what the member says. */
guint64 migdesc_field_get_count (const MigdescField *field, gconstpointer base, guint32 shift);

/* Notes for how many elements of an ALLOCATED field there is memory: those that are freed. base is
 * that of the struct. */
void migdesc_field_set_room (const MigdescField *field, gpointer base, guint64 n);

/* Frees a list's or pointer's elements, and what they own. */
void migdesc_field_clear (const MigdescField *field, gpointer base);

/* Appends a new element, initialised, to a PTR_ARRAY, LIST or QUEUE, and returns it. */
gpointer migdesc_field_append (const MigdescField *field, gpointer member);

/* Makes room for n elements of an ALLOCATED field of which `used` are in use; new ones are
 * initialised. FALSE: there is no memory. */
gboolean migdesc_field_resize (const MigdescField *field, gpointer member, gsize used, gsize n);

/* Where byte i of a bitmap in a stream is in memory. */
gsize migdesc_bitmap_byte (const MigdescField *field, gsize i);
/* The bits of a bitmap, as a stream has them; (n_bits + 7) / 8 bytes. */
void migdesc_bitmap_get (const MigdescField *field,
                         const guint8 *member,
                         guint8 *bytes,
                         gsize n_bits);

/* The most memory that a struct can come to own, itself included; saturates. */
guint64 migdesc_table_max_memory (const MigdescStruct *table);

G_END_DECLS
