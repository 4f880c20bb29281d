/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <migdesc/migdesc-types.h>

#include "base/hash.h"

G_BEGIN_DECLS

#define MIGDESC_VALUE_MAX_LENGTH 4096

/* The compact form of a value. Its type is known from where it stands: a param, a set. A bool is 0
 * or 1 in @number. A string is owned by whoever owns the value: a descriptor's arena or the tail of
 * a configuration. */
typedef union
{
  guint64 number;
  const char *string;
} MigdescValue;

/* Bytes that need not end in NUL. */
typedef struct
{
  const char *text;
  gsize length;
} MigdescSlice;

/* Why a text is not a value of a type; the caller words the message, for only it knows the
 * place. */
typedef enum
{
  MIGDESC_VALUE_OK,
  MIGDESC_VALUE_WRONG_TYPE,    /* not on/off/true/false; not 0 or [1-9][0-9]* */
  MIGDESC_VALUE_OUT_OF_RANGE,  /* an int above 2^64-1 */
  MIGDESC_VALUE_BAD_TEXT       /* a str with a control character, invalid UTF-8, or too long */
} MigdescValueProblem;

/* For strings the result points into @text (not copied, not terminated: @length bounds it). */
MigdescValueProblem migdesc_value_parse (MigdescValueType type,
                                         const char *text,
                                         gsize length,
                                         MigdescValue *value);
gboolean migdesc_value_text_is_valid (const char *text, gsize length);
int migdesc_value_compare (MigdescValueType type, MigdescValue value, MigdescValue other);
/* on, off; digits; the string itself, not escaped */
void migdesc_value_append_text (GString *text, MigdescValueType type, MigdescValue value);
/* sunk, transfer full */
GVariant *migdesc_value_to_variant (MigdescValueType type, MigdescValue value);
/* FALSE: not of the type, or a text that is not a value */
/* string borrowed from @variant */
gboolean migdesc_value_from_variant (MigdescValueType type, GVariant *variant, MigdescValue *value);
const GVariantType *migdesc_value_variant_type (MigdescValueType type);
/* digits only, checked by the caller */
guint64 migdesc_parse_uint64 (const char *text, gsize length, gboolean *overflow);

static inline gboolean
migdesc_value_equal (MigdescValueType type,
                     MigdescValue value,
                     MigdescValue other)
{
  if (type == MIGDESC_VALUE_TYPE_STRING)
    return value.string == other.string || strcmp (value.string, other.string) == 0;
  return value.number == other.number;
}

static inline guint64
migdesc_value_hash (MigdescValueType type,
                    MigdescValue value)
{
  if (type == MIGDESC_VALUE_TYPE_STRING)
    return migdesc_hash (value.string, strlen (value.string));
  return value.number;
}

G_END_DECLS
