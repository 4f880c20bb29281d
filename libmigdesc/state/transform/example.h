/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field.h>

G_BEGIN_DECLS

/* A state of a table in one version as transforms see it, a{sv}: all numbers at one end of their
 * bounds, arrays with few elements, all that may be absent present. Where highest is FALSE, numbers
 * are least and arrays short. gated: whether what depends on a parameter is there. Relations need
 * not hold. Floating. */
GVariant *migdesc_table_make_example (const MigdescStruct *table,
                                      guint version,
                                      gboolean highest,
                                      gboolean gated);

/* How many fields there are, those of a nested struct each time; it stops counting at most. */
guint migdesc_table_count_fields (const MigdescStruct *table, guint most);

/* Whether that version of a table, or of a section, has the field. */
static inline gboolean
migdesc_field_is_there (const MigdescField *field,
                        guint version)
{
  return field->since <= version && (field->until == 0 || field->until >= version);
}

/* Arrays of numbers are this long at most, and buffers; those of structs have one. */
#define MIGDESC_EXAMPLE_ELEMENTS 4
#define MIGDESC_EXAMPLE_BYTES 64

/* The bounds of a number of any kind but a double, as two's complement where it is signed. */
void migdesc_field_get_range (const MigdescField *field, guint64 *min, guint64 *max);

G_END_DECLS
