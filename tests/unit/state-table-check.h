/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tables that are refused, and how. */

#pragma once

#include <migdesc/migdesc.h>

typedef struct
{
  guint8 a;
  guint8 b;
  guint16 c;
  guint32 d;
  gint16 s;
  gint64 time;
  double real;
  guint16 array[8];
  guint32 n;
  guint16 *owned;
  char *text;
  guint64 bits[8];
  guint8 bytes[16];
  gpointer pointer;
} Sample;

typedef struct
{
  guint16 size;
} Inner;

static const MigdescField inner_fields[] = {
  MIGDESC_U16 (Inner, size, 1, 32768),
};
MIGDESC_STRUCT (inner, Inner, 1, 1, inner_fields, NULL);

typedef struct
{
  guint8 a;
  Inner one;
  Inner many[4];
  Inner *maybe;
} Outer;

static inline MigdescStruct
make_table (const char *owner,
            guint32 size,
            const MigdescField *fields,
            guint n_fields)
{
  return (MigdescStruct) {
    .struct_size = sizeof (MigdescStruct),
    .field_size = sizeof (MigdescField),
    .name = "sample",
    .owner = owner,
    .size = size,
    .alignment = 8,
    .version = 3,
    .minimum = 2,
    .fields = fields,
    .n_fields = n_fields,
  };
}

static inline void
assert_refused (const MigdescStruct *table,
                const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (table, &error);

  if (type != NULL)
    g_error ("accepted, in spite of: %s", message);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TYPE);
}

static inline void
assert_accepted (const MigdescStruct *table)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (table, &error);

  g_assert_no_error (error);
  g_assert_nonnull (type);
}

/* A table of those fields; message: NULL if it is good. */
#define TRY_OF(type, message, ...)                                                  \
  G_STMT_START                                                                      \
  {                                                                                 \
    const MigdescField try_fields[] = { __VA_ARGS__ };                              \
    const MigdescStruct try_table                                                   \
        = make_table (#type, sizeof (type), try_fields, G_N_ELEMENTS (try_fields)); \
                                                                                    \
    if ((message) == NULL)                                                          \
      assert_accepted (&try_table);                                                 \
    else                                                                            \
      assert_refused (&try_table, message);                                         \
  }                                                                                 \
  G_STMT_END
#define TRY(message, ...) TRY_OF (Sample, message, __VA_ARGS__)

static inline MigdescField
byte (void)
{
  return (MigdescField) MIGDESC_U8 (Sample, a, 0, 5);
}
