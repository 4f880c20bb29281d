/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/model-table.h"

#include <string.h>

#include <migdesc/migdesc-descriptor-builder.h>

#include "base/quote.h"
#include "host/mistakes.h"
#include "host/model-table-rules.h"
#include "value/value.h"

/* A model table, up to a version, as calls of a descriptor builder: what the program declared goes
 * through the same rules as any document. What only a table can have wrong is found here. */

/* Sunk; NULL: it is a mistake, and reported. */
static GVariant *
make_value (const MigdescTableWork *work,
            const MigdescModelParam *row,
            const char *text,
            const char *what)
{
  MigdescValueType type = migdesc_model_param_type (row);
  g_autofree char *shown = NULL;
  MigdescValue value;

  if (migdesc_value_parse (type, text, strlen (text), &value) == MIGDESC_VALUE_OK)
    return migdesc_value_to_variant (type, value);
  shown = migdesc_quote (text, -1);
  migdesc_mistakes_add (work->mistakes, "%s: the %s \"%s\" is no %s", row->name, what, shown,
                        migdesc_value_type_to_string (type));
  return NULL;
}

/* What a fresh device of an older program has: what its newest version was. */
static const char *
find_init (const MigdescTableWork *work,
           const MigdescModelParam *row)
{
  const char *value;

  if (work->limit >= work->table->n_versions - 1 || work->newest == NULL)
    return row->init;
  value = migdesc_param_list_lookup (work->newest, row->name);
  if (value != NULL)
    return value;
  return row->off != NULL ? row->off : row->init;
}

static void
add_param (const MigdescTableWork *work,
           const MigdescModelParam *row)
{
  g_autoptr (MigdescValueSet) allowed = migdesc_table_make_allowed (work, row);
  g_autoptr (GVariant) init = make_value (work, row, find_init (work, row), "init value");
  g_autoptr (GVariant) off = row->off == NULL ? NULL
                                              : make_value (work, row, row->off, "off value");
  MigdescAffects affects = row->affects != 0
                               ? (MigdescAffects) row->affects
                               : MIGDESC_AFFECTS_HARDWARE | MIGDESC_AFFECTS_STATE;

  if (init == NULL || allowed == NULL)
    return;
  migdesc_descriptor_builder_add_param (work->builder, row->name, migdesc_model_param_type (row),
                                        allowed, init, off);
  migdesc_descriptor_builder_set_param_info (work->builder, row->description, row->unit, affects,
                                             row->runtime != 0);
}

static void
add_params (const MigdescTableWork *work)
{
  const MigdescModelTable *table = work->table;

  for (guint i = 0; i < table->n_params; i++)
    {
      const char *name = table->params[i].name;
      const MigdescModelParam *row
          = migdesc_model_table_find_param (table, work->limit, name, strlen (name));

      /* a param with several rows stands where its first one does */
      if (row != NULL && migdesc_table_is_first_row (table, &table->params[i]))
        add_param (work, row);
    }
}

static void
add_setting (const MigdescTableWork *work,
             guint version,
             const char *name,
             const char *text)
{
  const MigdescModelParam *row
      = migdesc_model_table_find_param (work->table, version, name, strlen (name));
  const MigdescModelParam *later = migdesc_model_table_find_param (
      work->table, MIGDESC_NO_VERSION_LIMIT, name, strlen (name));
  g_autoptr (GVariant) value = NULL;

  if (row == NULL && later == NULL)
    migdesc_mistakes_add (work->mistakes, "version \"%s\" sets \"%s\", which is no param",
                          work->table->versions[version].name, name);
  else if (row == NULL)
    migdesc_mistakes_add (work->mistakes, "version \"%s\" sets \"%s\", which is since version "
                          "\"%s\"", work->table->versions[version].name, name, later->since);
  else
    value = make_value (work, row, text, "value in a version");
  if (value != NULL)
    migdesc_descriptor_builder_set_version_value (work->builder, name, value);
}

static void
add_version (const MigdescTableWork *work,
             guint position)
{
  const MigdescModelVersion *row = &work->table->versions[position];
  g_autoptr (MigdescParamList) values = migdesc_table_read_values (work, position, TRUE);

  migdesc_descriptor_builder_add_version (work->builder, row->name, row->description);
  /* the program that a limit makes this one could create its own version */
  if (position != work->limit && (row->load_only || row->create_only))
    migdesc_descriptor_builder_set_version_flags (work->builder, !row->load_only,
                                                  !row->create_only);
  if (row->support != 0)
    migdesc_descriptor_builder_set_version_support (
        work->builder, (MigdescSupport) (row->support - 1), row->blocker);
  migdesc_descriptor_builder_set_version_state_version (work->builder, row->state_version);
  for (guint i = 0; values != NULL && i < migdesc_param_list_get_n_params (values); i++)
    add_setting (work, position, migdesc_param_list_get_name (values, i),
                 migdesc_param_list_get_value (values, i));
  migdesc_table_add_tested (work, row);
}

static void
add_constraints (const MigdescTableWork *work)
{
  for (guint i = 0; i < work->table->n_constraints; i++)
    {
      const MigdescModelConstraint *row = &work->table->constraints[i];

      if (!migdesc_table_has_params (work, row->when)
          || (row->then != NULL && !migdesc_table_has_params (work, row->then)))
        continue;
      migdesc_descriptor_builder_add_constraint (work->builder, row->description);
      migdesc_table_add_conditions (work, row->when,
                                    row->then != NULL ? MIGDESC_CONDITION_IF
                                                      : MIGDESC_CONDITION_FORBID);
      if (row->then != NULL)
        migdesc_table_add_conditions (work, row->then, MIGDESC_CONDITION_THEN);
    }
}

static MigdescDescriptor *
finish (const MigdescTableWork *work,
        GError **error)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) reason = NULL;
  MigdescDescriptor *descriptor;

  descriptor = migdesc_descriptor_builder_build (work->builder, &report, &reason);
  if (descriptor != NULL && work->mistakes->len == 0)
    return descriptor;
  if (descriptor == NULL)
    migdesc_table_take_report (work, report);
  g_clear_object (&descriptor);
  migdesc_mistakes_check (work->mistakes,
                          reason == NULL ? MIGDESC_ERROR_INVALID_ARGUMENT
                                         : (MigdescError) reason->code,
                          error);
  return NULL;
}

MigdescDescriptor *
migdesc_model_table_build (const MigdescModelTable *table,
                           guint limit,
                           MigdescStateType *type,
                           GError **error)
{
  g_autoptr (MigdescDescriptorBuilder) builder = migdesc_descriptor_builder_new ();
  g_autoptr (GPtrArray) mistakes = migdesc_mistakes_new ();
  g_autoptr (MigdescParamList) newest = NULL;
  MigdescTableWork work = { table, limit, type, builder, mistakes, NULL };
  guint n_versions = limit < table->n_versions ? limit + 1 : table->n_versions;

  if (n_versions > 0)
    work.newest = newest = migdesc_table_read_values (&work, n_versions - 1, FALSE);
  migdesc_descriptor_builder_add_model (builder, table->name, table->description);
  if (table->support != 0)
    migdesc_descriptor_builder_set_support (builder, (MigdescSupport) (table->support - 1),
                                            table->blocker);
  migdesc_table_add_state (&work);
  migdesc_table_check_rows (&work);
  add_params (&work);
  for (guint i = 0; i < n_versions; i++)
    add_version (&work, i);
  add_constraints (&work);
  return finish (&work, error);
}
