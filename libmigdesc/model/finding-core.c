/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A finding's record: its life, its two written forms, its equality. */

#include <string.h>

#include <migdesc/migdesc-text.h>
#include "base/hash.h"
#include "model/report-private.h"
#include "value/value.h"
#include "value/value-set-private.h"

MigdescFindingCore *
migdesc_finding_core_new (const char *code,
                          MigdescSeverity severity)
{
  MigdescFindingCore *core = g_new0 (MigdescFindingCore, 1);

  g_atomic_ref_count_init (&core->ref_count);
  core->code = code;
  core->severity = (guint8) severity;
  core->offset = -1;
  return core;
}

MigdescFindingCore *
migdesc_finding_core_ref (MigdescFindingCore *core)
{
  g_atomic_ref_count_inc (&core->ref_count);
  return core;
}

void
migdesc_finding_core_unref (MigdescFindingCore *core)
{
  if (!g_atomic_ref_count_dec (&core->ref_count))
    return;
  g_clear_pointer (&core->accepted, migdesc_value_set_unref);
  g_free (core->foreign_code);
  g_free (core->model);
  g_free (core->param);
  g_free (core->source);
  g_free (core->origin);
  g_free (core->pointer);
  g_free (core->message);
  g_free (core->remedy);
  g_free (core->old_origin);
  g_free (core->old_pointer);
  g_free (core->witness);
  g_free (core->reason);
  g_free (core);
}

void
migdesc_append_place (GString *text,
                      const char *origin,
                      guint line,
                      guint column)
{
  if (origin != NULL)
    {
      g_autofree char *escaped = migdesc_escape_text (origin);

      g_string_append (text, escaped);
      g_string_append_c (text, ':');
    }
  if (line > 0)
    g_string_append_printf (text, "%u:%u:", line, column);
  if (origin != NULL || line > 0)
    g_string_append_c (text, ' ');
}

static void
append_line (GString *text,
             const char *heading,
             const char *content)
{
  if (content != NULL)
    g_string_append_printf (text, "\n  %s: %s", heading, content);
}

static void
append_escaped_line (GString *text,
                     const char *heading,
                     const char *content)
{
  g_autofree char *escaped = content != NULL ? migdesc_escape_text (content) : NULL;

  append_line (text, heading, escaped);
}

static void
append_old_place (GString *text,
                  const MigdescFindingCore *core)
{
  g_autoptr (GString) place = g_string_new (NULL);

  if (core->old_pointer == NULL)
    return;
  migdesc_append_place (place, core->old_origin, core->old_line, core->old_column);
  if (place->len == 0)
    return;
  g_string_truncate (place, place->len - strlen (": "));
  append_line (text, "was", place->str);
}

void
migdesc_finding_core_append_text (const MigdescFindingCore *core,
                                  GString *text)
{
  migdesc_append_place (text, core->origin, core->line, core->column);
  g_string_append (text, migdesc_severity_to_string ((MigdescSeverity) core->severity));
  g_string_append (text, ": ");
  g_string_append (text, core->code);
  g_string_append (text, ": ");
  g_string_append (text, core->message != NULL ? core->message : "");
  append_old_place (text, core);
  append_escaped_line (text, "for example", core->witness);
  append_line (text, "remedy", core->remedy);
  append_escaped_line (text, "ignored", core->reason);
}

static void
append_optional (MigdescJsonWriter *writer,
                 const char *name,
                 const char *text)
{
  if (text != NULL)
    migdesc_json_writer_member_string (writer, name, text);
}

static void
append_count (MigdescJsonWriter *writer,
              const char *name,
              guint count)
{
  if (count > 0)
    migdesc_json_writer_member_uint (writer, name, count);
}

/* The type that the source's value has in the end: a text that is not of the destination's type
 * stays a string. */
static MigdescValueType
parse_source (const MigdescFindingCore *core,
              MigdescValue *value)
{
  MigdescValueType type = (MigdescValueType) core->source_type;

  if (type != MIGDESC_VALUE_TYPE_STRING
      && migdesc_value_parse (type, core->source, strlen (core->source), value) == MIGDESC_VALUE_OK)
    return type;
  value->string = core->source;
  return MIGDESC_VALUE_TYPE_STRING;
}

GVariant *
migdesc_finding_core_dup_source (const MigdescFindingCore *core)
{
  MigdescValueType type;
  MigdescValue value;

  if (!core->has_source)
    return NULL;
  type = parse_source (core, &value);
  return migdesc_value_to_variant (type, value);
}

static void
append_source (MigdescJsonWriter *writer,
               const MigdescFindingCore *core)
{
  MigdescValue value;
  MigdescValueType type = parse_source (core, &value);

  migdesc_json_writer_key (writer, "source");
  if (type == MIGDESC_VALUE_TYPE_BOOL)
    migdesc_json_writer_bool (writer, value.number != 0);
  else if (type == MIGDESC_VALUE_TYPE_INT)
    migdesc_json_writer_uint_safe (writer, value.number);
  else
    migdesc_json_writer_string (writer, value.string);
}

static void
append_accepted (MigdescJsonWriter *writer,
                 const MigdescFindingCore *core)
{
  g_autoptr (GString) json = g_string_new (NULL);

  migdesc_set_append_json (json, &core->accepted->set);
  migdesc_json_writer_key (writer, "accepted");
  migdesc_json_writer_raw (writer, json->str, json->len);
}

void
migdesc_finding_core_append_json (const MigdescFindingCore *core,
                                  MigdescJsonWriter *writer)
{
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "code", core->code);
  migdesc_json_writer_member_string (writer, "severity",
                                     migdesc_severity_to_string ((MigdescSeverity) core->severity));
  append_optional (writer, "model", core->model);
  append_optional (writer, "param", core->param);
  if (core->has_source)
    append_source (writer, core);
  if (core->accepted != NULL && !core->accepted->set.any)
    append_accepted (writer, core);
  append_optional (writer, "file", core->origin);
  append_count (writer, "line", core->line);
  append_count (writer, "column", core->column);
  append_optional (writer, "pointer", core->pointer);
  append_optional (writer, "message", core->message);
  append_optional (writer, "remedy", core->remedy);
  if (core->category != MIGDESC_CATEGORY_NONE)
    migdesc_json_writer_member_string (
        writer, "category", migdesc_category_to_string ((MigdescCategory) core->category));
  append_optional (writer, "old_file", core->old_origin);
  append_count (writer, "old_line", core->old_line);
  append_count (writer, "old_column", core->old_column);
  append_optional (writer, "old_pointer", core->old_pointer);
  append_optional (writer, "witness", core->witness);
  append_optional (writer, "reason", core->reason);
  migdesc_json_writer_end_object (writer);
}

static gboolean
sets_equal (const MigdescValueSet *set,
            const MigdescValueSet *other)
{
  if (set == NULL || other == NULL)
    return set == other;
  return migdesc_value_set_equal (set, other);
}

gboolean
migdesc_finding_core_equal (const MigdescFindingCore *core,
                            const MigdescFindingCore *other)
{
  return core == other
         || (strcmp (core->code, other->code) == 0
             && core->severity == other->severity
             && core->has_source == other->has_source
             && core->source_type == other->source_type
             && core->line == other->line
             && core->column == other->column
             && core->category == other->category
             && core->old_line == other->old_line
             && core->old_column == other->old_column
             && g_strcmp0 (core->model, other->model) == 0
             && g_strcmp0 (core->param, other->param) == 0
             && g_strcmp0 (core->source, other->source) == 0
             && g_strcmp0 (core->origin, other->origin) == 0
             && g_strcmp0 (core->pointer, other->pointer) == 0
             && g_strcmp0 (core->message, other->message) == 0
             && g_strcmp0 (core->remedy, other->remedy) == 0
             && g_strcmp0 (core->old_origin, other->old_origin) == 0
             && g_strcmp0 (core->old_pointer, other->old_pointer) == 0
             && g_strcmp0 (core->witness, other->witness) == 0
             && g_strcmp0 (core->reason, other->reason) == 0
             && sets_equal (core->accepted, other->accepted));
}

static guint64
hash_text (const char *text)
{
  return text != NULL ? migdesc_hash (text, strlen (text)) : 0;
}

guint64
migdesc_finding_core_hash (const MigdescFindingCore *core)
{
  guint64 hash = hash_text (core->code);

  hash = hash * 31 + core->severity;
  hash = hash * 31 + core->line;
  hash = hash * 31 + core->column;
  hash = hash * 31 + hash_text (core->param);
  hash = hash * 31 + hash_text (core->pointer);
  return hash * 31 + hash_text (core->message);
}
