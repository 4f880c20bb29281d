/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/resolve-field.h"

#include "model/codes.h"
#include "state/schema/schema-words.h"
#include "state/table/scalar.h"

/* Two fields of one name: of one kind, and which values one may have that the other may not. */

void
migdesc_resolve_say (const MigdescResolve *resolve,
                     const char *code,
                     MigdescSeverity severity,
                     gboolean undecided,
                     const char *leaf,
                     const char *format,
                     ...)
{
  g_autoptr (GString) text = g_string_new (resolve->path->str);
  va_list args;

  if (leaf != NULL)
    g_string_append (text, leaf);
  else if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  if (text->len > 0)
    g_string_append (text, ": ");
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
  resolve->found (resolve->data, code, severity, undecided, text->str);
}

static gboolean
fail_type (const MigdescResolve *resolve,
           const MigdescField *writer,
           const char *one,
           const char *other)
{
  migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_TYPE, MIGDESC_SEVERITY_BLOCKER, FALSE,
                       writer->name, "%s at %s, %s at %s", one, resolve->voice->there, other,
                       resolve->voice->here);
  return FALSE;
}

static const char *
get_word (const MigdescField *field)
{
  return migdesc_schema_type_to_word ((MigdescFieldKind) field->kind, field->width);
}

static char *
describe_count (const MigdescField *field)
{
  switch ((MigdescFieldCount) field->counting)
    {
    case MIGDESC_COUNT_FIXED:
      return g_strdup_printf ("an array of %u", field->capacity);
    case MIGDESC_COUNT_OWNED:
      return g_strdup ("an array with its own count");
    case MIGDESC_COUNT_FIELD:
      return g_strdup_printf ("an array counted by %s", field->other);
    case MIGDESC_COUNT_PARAM:
      return g_strdup_printf ("an array counted by the parameter %s", field->other);
    default:
      return g_strdup (field->storage == MIGDESC_STORAGE_NULLABLE ? "one or none" : "a single one");
    }
}

static void
say_values (const MigdescResolve *resolve,
            const MigdescField *field,
            gboolean apart,
            const char *one,
            const char *other)
{
  migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_VALUES,
                       apart ? MIGDESC_SEVERITY_BLOCKER : MIGDESC_SEVERITY_WARNING, FALSE,
                       field->name, "%s at %s, %s at %s", one, resolve->voice->there, other,
                       resolve->voice->here);
}

static gboolean
is_count_fine (const MigdescField *writer,
               const MigdescField *reader)
{
  gboolean param = reader->counting == MIGDESC_COUNT_PARAM;

  /* an effective schema has the number where the full one has the parameter */
  if (writer->counting == MIGDESC_COUNT_FIXED && param)
    return writer->capacity <= reader->capacity;
  if (writer->counting != reader->counting)
    return FALSE;
  switch ((MigdescFieldCount) writer->counting)
    {
    case MIGDESC_COUNT_ONE:
      return (writer->storage == MIGDESC_STORAGE_NULLABLE)
             == (reader->storage == MIGDESC_STORAGE_NULLABLE);
    case MIGDESC_COUNT_FIXED:
      return writer->capacity == reader->capacity;
    case MIGDESC_COUNT_OWNED:
      return TRUE;
    default:
      return strcmp (writer->other, reader->other) == 0;
    }
}

static gboolean
resolve_count (const MigdescResolve *resolve,
               const MigdescField *writer,
               const MigdescField *reader)
{
  g_autofree char *one = NULL, *other = NULL;

  if (!is_count_fine (writer, reader))
    {
      one = describe_count (writer);
      other = describe_count (reader);
      return fail_type (resolve, writer, one, other);
    }
  if (writer->counting > MIGDESC_COUNT_FIXED && writer->capacity > reader->capacity)
    {
      one = g_strdup_printf ("at most %u elements or bytes", writer->capacity);
      other = g_strdup_printf ("at most %u", reader->capacity);
      say_values (resolve, writer, FALSE, one, other);
    }
  return TRUE;
}

static char *
describe_bounds (const MigdescField *field,
                 guint64 min,
                 guint64 max)
{
  if (migdesc_field_is_signed (field))
    return g_strdup_printf ("%" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, (gint64) min,
                            (gint64) max);
  return g_strdup_printf ("%" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT, min, max);
}

/* With the sign bit turned, two's complement is in the order of unsigned numbers. */
static void
resolve_integers (const MigdescResolve *resolve,
                  const MigdescField *writer,
                  const MigdescField *reader)
{
  guint64 turn = migdesc_field_is_signed (writer)
                     ? G_GUINT64_CONSTANT (1) << 63
                     : 0;
  guint64 min, max, other_min, other_max;
  g_autofree char *one = NULL, *other = NULL;

  migdesc_field_get_bounds (writer, &min, &max);
  migdesc_field_get_bounds (reader, &other_min, &other_max);
  if ((min ^ turn) >= (other_min ^ turn) && (max ^ turn) <= (other_max ^ turn))
    return;
  one = describe_bounds (writer, min, max);
  other = describe_bounds (reader, other_min, other_max);
  say_values (resolve, writer,
              (max ^ turn) < (other_min ^ turn) || (min ^ turn) > (other_max ^ turn), one, other);
}

static char *
describe_doubles (const MigdescField *field)
{
  char min[G_ASCII_DTOSTR_BUF_SIZE], max[G_ASCII_DTOSTR_BUF_SIZE];

  if ((field->flags & MIGDESC_FIELD_NON_FINITE) != 0)
    return g_strdup ("any double");
  g_ascii_dtostr (min, sizeof min, field->real_min);
  g_ascii_dtostr (max, sizeof max, field->real_max);
  return g_strdup_printf ("%s to %s", min, max);
}

static void
resolve_doubles (const MigdescResolve *resolve,
                 const MigdescField *writer,
                 const MigdescField *reader)
{
  gboolean any = (writer->flags & MIGDESC_FIELD_NON_FINITE) != 0;
  g_autofree char *one = NULL, *other = NULL;

  if ((reader->flags & MIGDESC_FIELD_NON_FINITE) != 0)
    return;
  if (!any && writer->real_min >= reader->real_min && writer->real_max <= reader->real_max)
    return;
  one = describe_doubles (writer);
  other = describe_doubles (reader);
  say_values (resolve, writer,
              !any
                  && (writer->real_max < reader->real_min || writer->real_min > reader->real_max),
              one, other);
}

static gboolean
resolve_words (const MigdescResolve *resolve,
               const MigdescField *writer,
               const MigdescField *reader)
{
  const char *what = writer->kind == MIGDESC_FIELD_FLAGS ? "bit" : "value";
  g_autofree char *one = NULL, *other = NULL;

  for (guint i = 0; i < MIN (writer->n_words, reader->n_words); i++)
    if (strcmp (writer->words[i], reader->words[i]) != 0)
      {
        one = g_strdup_printf ("%s %u is \"%s\"", what, i, writer->words[i]);
        other = g_strdup_printf ("\"%s\"", reader->words[i]);
        return fail_type (resolve, writer, one, other);
      }
  if (writer->n_words <= reader->n_words)
    return TRUE;
  one = g_strdup_printf ("%u words", writer->n_words);
  other = g_strdup_printf ("%u", reader->n_words);
  say_values (resolve, writer, FALSE, one, other);
  return TRUE;
}

static gboolean
resolve_index (const MigdescResolve *resolve,
               const MigdescField *writer,
               const MigdescField *reader)
{
  gboolean none = (writer->flags & MIGDESC_FIELD_NONE_ALLOWED) != 0;
  gboolean other_none = (reader->flags & MIGDESC_FIELD_NONE_ALLOWED) != 0;
  g_autofree char *one = NULL, *other = NULL;

  if (strcmp (writer->other, reader->other) != 0)
    {
      one = g_strdup_printf ("a position in %s", writer->other);
      other = g_strdup_printf ("in %s", reader->other);
      return fail_type (resolve, writer, one, other);
    }
  if (none && (!other_none || writer->max != reader->max))
    {
      one = g_strdup_printf ("%" G_GUINT64_FORMAT " is none", writer->max);
      say_values (resolve, writer, FALSE, one, other_none ? "another value" : "no value");
    }
  return TRUE;
}

static gboolean
resolve_values (const MigdescResolve *resolve,
                const MigdescField *writer,
                const MigdescField *reader)
{
  switch ((MigdescFieldKind) writer->kind)
    {
    case MIGDESC_FIELD_BOOL:
    case MIGDESC_FIELD_UINT:
    case MIGDESC_FIELD_INT:
    case MIGDESC_FIELD_TIMER:
    case MIGDESC_FIELD_CONSTANT:
      resolve_integers (resolve, writer, reader);
      return TRUE;
    case MIGDESC_FIELD_DOUBLE:
      resolve_doubles (resolve, writer, reader);
      return TRUE;
    case MIGDESC_FIELD_ENUM:
    case MIGDESC_FIELD_FLAGS:
      return resolve_words (resolve, writer, reader);
    case MIGDESC_FIELD_INDEX:
      return resolve_index (resolve, writer, reader);
    default:
      return TRUE;
    }
}

gboolean
migdesc_resolve_field (const MigdescResolve *resolve,
                       const MigdescField *writer,
                       const MigdescField *reader)
{
  if (strcmp (get_word (writer), get_word (reader)) != 0)
    return fail_type (resolve, writer, get_word (writer), get_word (reader));
  return resolve_count (resolve, writer, reader) && resolve_values (resolve, writer, reader);
}
