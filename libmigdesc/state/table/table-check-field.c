/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/quote.h"
#include "state/table/scalar.h"
#include "state/table/storage.h"
#include "state/table/table-scope.h"

/* The form of a field: its name, what it may be made of, and where it is in the struct. */

#define STORED(storage) (1u << MIGDESC_STORAGE_##storage)
#define COUNTED(counting) (1u << MIGDESC_COUNT_##counting)
#define ARRAYS (COUNTED (FIXED) | COUNTED (OWNED) | COUNTED (FIELD) | COUNTED (PARAM))

typedef struct
{
  guint8 widths; /* the sum of those allowed */
  guint8 storages;
  guint8 countings;
} Form;

static const Form forms[] = {
  [MIGDESC_FIELD_BOOL] = { 1 | 4, STORED (INLINE) | STORED (ALLOCATED), COUNTED (ONE) | ARRAYS },
  [MIGDESC_FIELD_UINT]
  = { 1 | 2 | 4 | 8, STORED (INLINE) | STORED (ALLOCATED), COUNTED (ONE) | ARRAYS },
  [MIGDESC_FIELD_INT]
  = { 1 | 2 | 4 | 8, STORED (INLINE) | STORED (ALLOCATED), COUNTED (ONE) | ARRAYS },
  [MIGDESC_FIELD_DOUBLE] = { 8, STORED (INLINE) | STORED (ALLOCATED), COUNTED (ONE) | ARRAYS },
  [MIGDESC_FIELD_ENUM] = { 1 | 2 | 4 | 8, STORED (INLINE), COUNTED (ONE) },
  [MIGDESC_FIELD_FLAGS] = { 1 | 2 | 4 | 8, STORED (INLINE), COUNTED (ONE) },
  [MIGDESC_FIELD_INDEX] = { 1 | 2 | 4, STORED (INLINE), COUNTED (ONE) },
  [MIGDESC_FIELD_TIMER] = { 8, STORED (INLINE) | STORED (ALLOCATED), COUNTED (ONE) | ARRAYS },
  [MIGDESC_FIELD_BYTES] = { 1, STORED (INLINE) | STORED (ALLOCATED), ARRAYS },
  [MIGDESC_FIELD_STRING] = { 1, STORED (INLINE) | STORED (ALLOCATED), COUNTED (OWNED) },
  [MIGDESC_FIELD_BITMAP] = { 1 | 4 | 8, STORED (INLINE) | STORED (ALLOCATED),
                             ARRAYS & ~COUNTED (OWNED) },
  [MIGDESC_FIELD_STRUCT] = { 0, 0x3f, COUNTED (ONE) | ARRAYS },
  [MIGDESC_FIELD_CONSTANT] = { 1 | 2 | 4 | 8, STORED (INLINE), COUNTED (ONE) },
  [MIGDESC_FIELD_UNUSED] = { 1, STORED (INLINE), COUNTED (ONE) },
  [MIGDESC_FIELD_RELATION]
  = { 0, STORED (INLINE), COUNTED (ONE) | COUNTED (FIXED) | COUNTED (PARAM) },
  [MIGDESC_FIELD_SECTION] = { 0, STORED (INLINE), COUNTED (ONE) },
};

gboolean
migdesc_table_check_text (const MigdescTableScope *scope,
                          const MigdescField *field,
                          const char *what,
                          const char *text)
{
  gsize length = strlen (text);
  gboolean clean = length >= 1 && length <= 255 && g_utf8_validate (text, -1, NULL);

  for (const char *c = text; clean && *c != '\0'; c = g_utf8_next_char (c))
    clean = !g_unichar_iscntrl (g_utf8_get_char (c));
  return clean
         || migdesc_table_fail (scope, field,
                                "%s is not 1 to 255 bytes of UTF-8 without control characters",
                                what);
}

static gboolean
is_identifier (const char *name,
               gsize maximum,
               const char *also)
{
  gsize length = strlen (name);

  if (length == 0 || length > maximum || !(g_ascii_isalpha (name[0]) || name[0] == '_'))
    return FALSE;
  for (gsize i = 1; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && strchr (also, name[i]) == NULL)
      return FALSE;
  return strcmp (name, "__proto__") != 0;
}

/* What other programs call their fields may have dots, brackets and spaces. */
static gboolean
check_foreign_name (const MigdescTableScope *scope,
                    const MigdescField *field,
                    const char *name)
{
  if (name == NULL || strcmp (name, "__proto__") == 0)
    return migdesc_table_fail (scope, field, "there is no name, or it is __proto__");
  return migdesc_table_check_text (scope, field, "a name", name);
}

gboolean
migdesc_table_check_name (const MigdescTableScope *scope,
                          const MigdescField *field,
                          const char *name)
{
  gboolean section = field != NULL && field->kind == MIGDESC_FIELD_SECTION;
  guint maximum = section ? MIGDESC_SECTION_NAME_MAX : MIGDESC_NAME_MAX;

  if (scope->table->synthetic && !section)
    return check_foreign_name (scope, field, name);
  if (name != NULL && is_identifier (name, maximum, section ? "_-/" : "_-"))
    return TRUE;
  return migdesc_table_fail (scope, field,
                             "a name has 1 to %u bytes, a letter or underscore, then letters, "
                             "digits, %s",
                             maximum,
                             section ? "underscores, dashes and slashes"
                                     : "underscores and dashes");
}

/* Elements of a schema's arrays may be apart whatever their count. */
static gboolean
is_storage_possible (const MigdescField *field)
{
  gboolean list = field->storage >= MIGDESC_STORAGE_PTR_ARRAY;

  if (field->storage == MIGDESC_STORAGE_NULLABLE)
    return field->counting == MIGDESC_COUNT_ONE;
  if (list)
    return field->counting == MIGDESC_COUNT_OWNED;
  if (field->storage != MIGDESC_STORAGE_ALLOCATED)
    return TRUE;
  return field->counting == MIGDESC_COUNT_OWNED
         || (migdesc_field_is_synthetic (field) && field->counting != MIGDESC_COUNT_ONE);
}

static gboolean
check_form (const MigdescTableScope *scope,
            const MigdescField *field)
{
  const Form *form;
  gboolean width;

  if (field->kind < MIGDESC_FIELD_BOOL || field->kind > MIGDESC_FIELD_SECTION)
    return migdesc_table_fail (scope, field, "there is no kind %u; use the macros", field->kind);
  form = &forms[field->kind];
  width = (field->width & (field->width - 1)) == 0 && (form->widths & field->width) != 0
          && field->width != 0;
  if (form->widths != 0 && !width)
    return migdesc_table_fail (scope, field, "a field of this kind cannot be %u bytes wide",
                               field->width);
  if (field->storage > MIGDESC_STORAGE_QUEUE || field->counting > MIGDESC_COUNT_PARAM
      || (form->storages >> field->storage & 1) == 0
      || (form->countings >> field->counting & 1) == 0 || !is_storage_possible (field))
    return migdesc_table_fail (scope, field,
                               "a field of this kind cannot be stored or counted so; use the "
                               "macros");
  if ((field->flags & MIGDESC_FIELD_GONE) != 0
      && (field->kind > MIGDESC_FIELD_TIMER || field->counting != MIGDESC_COUNT_ONE))
    return migdesc_table_fail (scope, field, "only a single scalar can be gone");
  return TRUE;
}

static guint64
get_wanted_size (const MigdescField *field)
{
  switch ((MigdescFieldStorage) field->storage)
    {
    case MIGDESC_STORAGE_INLINE:
      if (field->kind == MIGDESC_FIELD_STRING)
        return (guint64) field->capacity + 1;
      return (guint64) field->capacity * field->width;
    case MIGDESC_STORAGE_QUEUE:
      return sizeof (GQueue);
    default:
      return sizeof (gpointer);
    }
}

static gboolean
check_place (const MigdescTableScope *scope,
             const MigdescField *field)
{
  const MigdescStruct *table = scope->table;
  guint64 end = (guint64) field->offset + field->size;
  guint64 count_end = (guint64) field->count_offset + field->count_width;
  gboolean bits = field->kind == MIGDESC_FIELD_BITMAP && field->storage == MIGDESC_STORAGE_INLINE;
  gboolean fits = bits
                      ? field->capacity <= (guint64) field->size * 8
                      : field->size == get_wanted_size (field);

  if (!fits)
    return migdesc_table_fail (scope, field, "a member of %u bytes does not hold %u of %u bytes",
                               field->size, field->capacity, field->width);
  if (end > table->size || count_end > table->size)
    return migdesc_table_fail (scope, field, "the member is outside of the struct of %u bytes",
                               table->size);
  if (field->owner == NULL || strcmp (field->owner, table->owner) != 0)
    return migdesc_table_fail (scope, field, "a member of %s, but the table is of %s",
                               field->owner == NULL ? "nothing" : field->owner, table->owner);
  return TRUE;
}

static gboolean
is_count_width (guint width)
{
  return width == 1 || width == 2 || width == 4;
}

/* A count in a member of its own must be able to say the maximum. */
static gboolean
check_own_count (const MigdescTableScope *scope,
                 const MigdescField *field)
{
  gboolean needed = field->storage <= MIGDESC_STORAGE_ALLOCATED
                    && field->counting == MIGDESC_COUNT_OWNED
                    && field->kind != MIGDESC_FIELD_STRING;

  if (!needed)
    return TRUE;
  if (!is_count_width (field->count_width))
    return migdesc_table_fail (scope, field, "a count is 1, 2 or 4 bytes wide, not %u",
                               field->count_width);
  if (field->count_width < 4 && field->capacity >> (8 * field->count_width) != 0)
    return migdesc_table_fail (scope, field, "a count of %u bytes cannot say the maximum %u",
                               field->count_width, field->capacity);
  return TRUE;
}

static gboolean
check_capacity (const MigdescTableScope *scope,
                const MigdescField *field)
{
  static const struct
  {
    guint8 kind;
    guint32 maximum;
    const char *unit;
  } maxima[] = {
    { MIGDESC_FIELD_STRING, MIGDESC_TEXT_MAX, "bytes" },
    { MIGDESC_FIELD_BITMAP, MIGDESC_BITMAP_MAX, "bits" },
    { MIGDESC_FIELD_UNUSED, MIGDESC_UNUSED_MAX, "bytes" },
  };
  gboolean empty = migdesc_field_is_synthetic (field) && field->counting == MIGDESC_COUNT_FIXED;

  if (field->capacity == 0 && !empty)
    return migdesc_table_fail (scope, field, "the maximum is 0 or missing, at least 1 is needed");
  for (gsize i = 0; i < G_N_ELEMENTS (maxima); i++)
    if (field->kind == maxima[i].kind && field->capacity > maxima[i].maximum)
      return migdesc_table_fail (scope, field, "a maximum of %u %s, at most %u are allowed",
                                 field->capacity, maxima[i].unit, maxima[i].maximum);
  return TRUE;
}

static gboolean
check_section (const MigdescTableScope *scope,
               const MigdescField *field)
{
  if (scope->nested || scope->section != NULL)
    return migdesc_table_fail (scope, field,
                               "a section is in a %s, it can only be in the device's own table",
                               scope->nested ? "nested struct" : "section");
  if (field->version == 0 || field->minimum == 0 || field->minimum > field->version
      || field->version > MIGDESC_SECTION_VERSION_MAX)
    return migdesc_table_fail (scope, field,
                               "version %u and minimum %u, they are 1 to %u and in that order",
                               field->version, field->minimum, MIGDESC_SECTION_VERSION_MAX);
  return TRUE;
}

gboolean
migdesc_table_check_field (const MigdescTableScope *scope,
                           const MigdescField *field)
{
  gboolean named = field->kind != MIGDESC_FIELD_UNUSED;

  if (named && !migdesc_table_check_name (scope, field, field->name))
    return FALSE;
  if (!check_form (scope, field))
    return FALSE;
  if (field->kind == MIGDESC_FIELD_SECTION)
    return check_section (scope, field);
  if (field->kind == MIGDESC_FIELD_RELATION)
    return TRUE;
  if (!check_capacity (scope, field))
    return FALSE;
  if (!migdesc_field_has_memory (field))
    return TRUE;
  return check_place (scope, field) && check_own_count (scope, field);
}
