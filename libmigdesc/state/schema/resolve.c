/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/resolve.h"

#include "model/codes.h"
#include "model/report-private.h"
#include "state/schema/resolve-field.h"
#include "state/schema/schema-words.h"
#include "state/table/table-scope.h"

/* The writer's type and the reader's, as Avro has it: fields are matched by name, what one side
 * lacks has a default or may be dropped. */

typedef struct
{
  const MigdescField *fields;
  guint n_fields;
  guint version;
} Side;

static gboolean
is_there (const Side *side,
          const MigdescField *field)
{
  return field->since <= side->version && (field->until == 0 || field->until >= side->version);
}

static gboolean
has_name (const MigdescField *field)
{
  return field->kind != MIGDESC_FIELD_UNUSED && field->kind != MIGDESC_FIELD_RELATION;
}

/* Fields of one name are there in different configurations. */
static char *
make_key (const MigdescField *field,
          gboolean with_gate)
{
  if (!with_gate || field->param == NULL)
    return g_strdup (field->name);
  return g_strdup_printf ("%s\1%s\1%s", field->name, field->param,
                          field->param_value == NULL ? "on" : field->param_value);
}

static GHashTable *
index_side (const Side *side)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < side->n_fields; i++)
    {
      const MigdescField *field = &side->fields[i];

      if (!has_name (field) || !is_there (side, field))
        continue;
      g_hash_table_insert (index, make_key (field, TRUE), (gpointer) field);
      if (field->param != NULL && !g_hash_table_contains (index, field->name))
        g_hash_table_insert (index, g_strdup (field->name), (gpointer) field);
    }
  return index;
}

static const MigdescField *
find (GHashTable *index,
      const MigdescField *field)
{
  g_autofree char *exact = make_key (field, TRUE);
  const MigdescField *found = g_hash_table_lookup (index, exact);

  return found != NULL ? found : g_hash_table_lookup (index, field->name);
}

static gboolean
have_same_gate (const MigdescField *field,
                const MigdescField *other)
{
  g_autofree char *gate = make_key (field, TRUE);
  g_autofree char *other_gate = make_key (other, TRUE);

  return strcmp (gate, other_gate) == 0;
}

static void resolve_sides (const MigdescResolve *resolve, const Side *writer, const Side *reader);

static void
say_rule (const MigdescResolve *resolve,
          const char *leaf,
          const char *what,
          const char *one,
          const char *other)
{
  migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_RULE_DIFFERS, MIGDESC_SEVERITY_WARNING, TRUE,
                       leaf, "%s is %s at %s, %s at %s", what, one == NULL ? "none" : one,
                       resolve->voice->there, other == NULL ? "none" : other,
                       resolve->voice->here);
}

/* Only a check of the reader can refuse anything. */
static void
resolve_checks (const MigdescResolve *resolve,
                const MigdescStruct *writer,
                const MigdescStruct *reader)
{
  const char *one = migdesc_schema_get_check_name (writer);
  const char *other = migdesc_schema_get_check_name (reader);

  if (other != NULL && g_strcmp0 (one, other) != 0)
    say_rule (resolve, NULL, "the check", one, other);
}

static void
resolve_nested (const MigdescResolve *resolve,
                const MigdescField *writer,
                const MigdescField *reader,
                const Side *of_writer,
                const Side *of_reader)
{
  const Side one = { writer->type->fields, writer->type->n_fields, of_writer->version };
  const Side other = { reader->type->fields, reader->type->n_fields, of_reader->version };
  gsize length = resolve->path->len;

  g_string_append (resolve->path, writer->name);
  if (writer->counting != MIGDESC_COUNT_ONE)
    g_string_append (resolve->path, "[]");
  g_string_append_c (resolve->path, '.');
  resolve_sides (resolve, &one, &other);
  resolve_checks (resolve, writer->type, reader->type);
  g_string_truncate (resolve->path, length);
}

static void
resolve_section (const MigdescResolve *resolve,
                 const MigdescField *writer,
                 const MigdescField *reader)
{
  const Side one = { writer->fields, writer->n_fields, writer->version };
  const Side other = { reader->fields, reader->n_fields, writer->version };
  gsize length = resolve->path->len;

  if (writer->version < reader->minimum || writer->version > reader->version)
    {
      migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_SECTION_VERSION, MIGDESC_SEVERITY_BLOCKER,
                           FALSE, writer->name,
                           "version %u at %s, %u to %u at %s", writer->version,
                           resolve->voice->there, reader->minimum, reader->version,
                           resolve->voice->here);
      return;
    }
  if (g_strcmp0 (writer->needed_name, reader->needed_name) != 0 && reader->needed_name == NULL)
    migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_MISSING, MIGDESC_SEVERITY_WARNING, TRUE,
                         writer->name,
                         "%s writes it when %s says so, %s needs it always",
                         resolve->voice->there, writer->needed_name, resolve->voice->here);
  g_string_append_printf (resolve->path, "%s.", writer->name);
  resolve_sides (resolve, &one, &other);
  g_string_truncate (resolve->path, length);
}

static void
resolve_pair (const MigdescResolve *resolve,
              const MigdescField *writer,
              const MigdescField *reader,
              const Side *of_writer,
              const Side *of_reader)
{
  if (!resolve->configured && !have_same_gate (writer, reader))
    say_rule (resolve, writer->name, "the parameter that it depends on", writer->param,
              reader->param);
  if (writer->kind == MIGDESC_FIELD_SECTION && reader->kind == MIGDESC_FIELD_SECTION)
    resolve_section (resolve, writer, reader);
  else if (migdesc_resolve_field (resolve, writer, reader)
           && writer->kind == MIGDESC_FIELD_STRUCT)
    resolve_nested (resolve, writer, reader, of_writer, of_reader);
}

static const char *
get_what (const MigdescField *field)
{
  return field->kind == MIGDESC_FIELD_SECTION ? "section" : "field";
}

static void
resolve_unknown (const MigdescResolve *resolve,
                 const MigdescField *writer)
{
  gboolean droppable = (writer->section_flags & MIGDESC_FIELD_DROPPABLE) != 0;

  if (resolve->configured && writer->param != NULL)
    {
      migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_UNKNOWN, MIGDESC_SEVERITY_WARNING,
                           TRUE, writer->name,
                           "none of the schemas of this version that %s keeps has it",
                           resolve->voice->here);
      return;
    }
  migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_UNKNOWN,
                       droppable ? MIGDESC_SEVERITY_INFO : MIGDESC_SEVERITY_BLOCKER, FALSE,
                       writer->name,
                       droppable ? "%s does not have this %s, and drops it"
                                 : "%s does not have this %s",
                       resolve->voice->here, get_what (writer));
}

/* What the reader has and the writer lacks. A constant and what is gone are not in the device. */
static void
resolve_missing (const MigdescResolve *resolve,
                 const MigdescField *reader)
{
  gboolean has_default = (reader->more_flags & MIGDESC_FIELD_HAS_DEFAULT) != 0;
  gboolean optional = reader->kind == MIGDESC_FIELD_SECTION && reader->needed_name != NULL;

  if (has_default || optional || reader->kind == MIGDESC_FIELD_CONSTANT)
    return;
  migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_MISSING, MIGDESC_SEVERITY_BLOCKER, FALSE,
                       reader->name,
                       "%s does not have this %s, and %s has no default for it",
                       resolve->voice->there, get_what (reader), resolve->voice->here);
}

static gboolean
has_relation (const Side *side,
              const MigdescField *relation)
{
  for (guint i = 0; i < side->n_fields; i++)
    {
      const MigdescField *field = &side->fields[i];

      if (field->kind == MIGDESC_FIELD_RELATION && field->relation == relation->relation
          && field->counting == relation->counting && field->max == relation->max
          && strcmp (field->name, relation->name) == 0
          && strcmp (field->other, relation->other) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
resolve_relations (const MigdescResolve *resolve,
                   const Side *writer,
                   const Side *reader)
{
  for (guint i = 0; i < reader->n_fields; i++)
    {
      const MigdescField *field = &reader->fields[i];

      if (field->kind == MIGDESC_FIELD_RELATION && !has_relation (writer, field))
        migdesc_resolve_say (
            resolve, MIGDESC_CODE_STATE_RULE_DIFFERS, MIGDESC_SEVERITY_WARNING, FALSE,
            field->name,
            "%s has a rule that %s does not have: %s %s", resolve->voice->here,
            resolve->voice->there,
            migdesc_schema_relation_to_word ((MigdescFieldRelation) field->relation),
            field->other);
    }
}

static void
resolve_sides (const MigdescResolve *resolve,
               const Side *writer,
               const Side *reader)
{
  g_autoptr (GHashTable) of_writer = index_side (writer);
  g_autoptr (GHashTable) of_reader = index_side (reader);

  for (guint i = 0; i < writer->n_fields; i++)
    {
      const MigdescField *field = &writer->fields[i];
      const MigdescField *other;

      if (!has_name (field) || !is_there (writer, field))
        continue;
      other = find (of_reader, field);
      if (other == NULL)
        resolve_unknown (resolve, field);
      else
        resolve_pair (resolve, field, other, writer, reader);
    }
  for (guint i = 0; i < reader->n_fields; i++)
    {
      const MigdescField *field = &reader->fields[i];

      if (has_name (field) && is_there (reader, field) && find (of_writer, field) == NULL)
        resolve_missing (resolve, field);
    }
  resolve_relations (resolve, writer, reader);
}

void
migdesc_resolve_tables (const MigdescResolve *resolve,
                        const MigdescStruct *writer,
                        const MigdescStruct *reader,
                        guint version)
{
  const Side write = { writer->fields, writer->n_fields, version };
  const Side read = { reader->fields, reader->n_fields, version };

  resolve_sides (resolve, &write, &read);
  resolve_checks (resolve, writer, reader);
}

static void
take_finding (gpointer data,
              const char *code,
              MigdescSeverity severity,
              gboolean undecided,
              const char *message)
{
  MigdescReport *report = data;
  MigdescFindingCore *finding = migdesc_finding_core_new (code, severity);

  finding->message = g_strdup (message);
  migdesc_report_take (report, finding);
  if (undecided)
    migdesc_report_set_undecided (report);
}

/**
 * migdesc_state_type_resolve:
 * @writer: the type of the state that is written
 * @reader: the type that it is to be read as
 *
 * Compares two types as a reader meets a writer: in the newest state version that both have, each
 * field of one has its like of the same name in the other, or a default, or is droppable.
 *
 * Where no version is in both tables, it is the newest one that transforms of the writer lead to,
 * or those of the reader from: see migdesc_state_type_new_with_transforms(). What steps make of a
 * state is foreseen from the bounds of its fields; a step that calls a function leaves the verdict
 * %MIGDESC_VERDICT_UNDECIDED.
 *
 * The findings name the field. A kind, a width or a count that differs, bounds that have nothing in
 * common, a field that one side lacks are blockers. Bounds of the writer's that are wider than the
 * reader's are a warning: some states will be refused. Where only a function of the device can
 * tell, the verdict is %MIGDESC_VERDICT_UNDECIDED.
 *
 * Returns: (transfer full): the report
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_state_type_resolve (MigdescStateType *writer,
                            MigdescStateType *reader)
{
  static const MigdescResolveVoice voice = { "the source", "the destination" };
  g_autoptr (MigdescReport) report = NULL;

  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (writer), NULL);
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (reader), NULL);

  report = migdesc_report_new ();
  migdesc_state_resolve (writer, reader, 0, &voice, take_finding, report);
  return g_steal_pointer (&report);
}
