/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/model-table-rules.h"

#include <string.h>

#include "base/quote.h"
#include "host/backend-state.h"
#include "host/mistakes.h"
#include "state/transform/bind.h"

gboolean
migdesc_table_is_first_row (const MigdescModelTable *table,
                            const MigdescModelParam *row)
{
  for (const MigdescModelParam *other = table->params; other < row; other++)
    if (strcmp (other->name, row->name) == 0)
      return FALSE;
  return TRUE;
}

/* A row that is never used: the same param since the same version. */
static gboolean
is_twice (const MigdescModelTable *table,
          const MigdescModelParam *row)
{
  for (const MigdescModelParam *other = table->params; other < row; other++)
    if (strcmp (other->name, row->name) == 0 && g_strcmp0 (other->since, row->since) == 0)
      return TRUE;
  return FALSE;
}

void
migdesc_table_check_rows (const MigdescTableWork *work)
{
  const MigdescModelTable *table = work->table;

  for (guint i = 0; i < table->n_params; i++)
    {
      const MigdescModelParam *row = &table->params[i];

      if (strcmp (row->owner, table->owner) != 0)
        migdesc_mistakes_add (work->mistakes, "%s: a member of %s, not of %s", row->name,
                              row->owner, table->owner);
      if (row->since != NULL
          && migdesc_model_table_find_version (table, row->since) == MIGDESC_NO_VERSION_LIMIT)
        migdesc_mistakes_add (work->mistakes, "%s: since version \"%s\", which is none", row->name,
                              row->since);
      if (is_twice (table, row))
        migdesc_mistakes_add (work->mistakes, "%s: two rows since the same version", row->name);
    }
}

static void
take_mistake (const MigdescTableWork *work,
              const MigdescModelParam *row,
              GError *error)
{
  g_autofree char *prefix = g_strconcat (row->name, ": ", NULL);

  migdesc_mistakes_take (work->mistakes, prefix, error);
}

/* A set that has room in the member. */
static MigdescValueSet *
make_ints (const MigdescTableWork *work,
           const MigdescModelParam *row)
{
  g_autoptr (MigdescValueSet) room = migdesc_value_set_new_interval (row->min, row->max);
  g_autoptr (MigdescValueSet) set = NULL;
  GError *error = NULL;

  if (row->allowed == NULL)
    return g_steal_pointer (&room);
  set = migdesc_value_set_new_from_string (MIGDESC_VALUE_TYPE_INT, row->allowed, &error);
  if (set == NULL)
    {
      take_mistake (work, row, error);
      return NULL;
    }
  if (migdesc_value_set_is_subset (set, room))
    return g_steal_pointer (&set);
  migdesc_mistakes_add (work->mistakes, "%s: not all of %s fits the %u byte%s of %s.%s", row->name,
                        row->allowed, row->width, row->width == 1 ? "" : "s", row->owner,
                        row->member);
  return NULL;
}

static MigdescValueSet *
make_words (const MigdescTableWork *work,
            const MigdescModelParam *row)
{
  g_autofree const char **words = g_new0 (const char *, row->n_words + 1);
  GError *error = NULL;
  MigdescValueSet *set;

  memcpy (words, row->words, row->n_words * sizeof *words);
  set = migdesc_value_set_new_strings (words, &error);
  if (set == NULL)
    take_mistake (work, row, error);
  return set;
}

MigdescValueSet *
migdesc_table_make_allowed (const MigdescTableWork *work,
                            const MigdescModelParam *row)
{
  switch (row->kind)
    {
    case MIGDESC_MODEL_PARAM_INT_:
      return make_ints (work, row);
    case MIGDESC_MODEL_PARAM_BOOL_:
      return migdesc_value_set_new_any (MIGDESC_VALUE_TYPE_BOOL);
    case MIGDESC_MODEL_PARAM_ENUM_:
      return make_words (work, row);
    default:
      return migdesc_value_set_new_any (MIGDESC_VALUE_TYPE_STRING);
    }
}

MigdescParamList *
migdesc_table_read_values (const MigdescTableWork *work,
                           guint version,
                           gboolean report)
{
  const MigdescModelVersion *row = &work->table->versions[version];
  g_autofree char *prefix = NULL;
  GError *error = NULL;
  MigdescParamList *values;

  if (row->values == NULL || row->values[0] == '\0')
    return NULL;
  values = migdesc_param_list_new_from_string (row->values, report ? &error : NULL);
  if (values != NULL || !report)
    return values;
  prefix = g_strdup_printf ("version \"%s\": ", row->name);
  migdesc_mistakes_take (work->mistakes, prefix, error);
  return NULL;
}

void
migdesc_table_add_tested (const MigdescTableWork *work,
                          const MigdescModelVersion *row)
{
  const MigdescModelTable *table = work->table;
  guint newest = MIN (work->limit, table->n_versions - 1);

  for (const char *const *pair = row->tested; pair != NULL && pair[0] != NULL; pair += 2)
    {
      guint from, to;

      if (pair[1] == NULL)
        {
          migdesc_mistakes_add (work->mistakes, "version \"%s\": a tested pair with one version",
                                row->name);
          return;
        }
      from = migdesc_model_table_find_version (table, pair[0]);
      to = migdesc_model_table_find_version (table, pair[1]);
      /* one that is there, but newer than the limit, is not known to an older program */
      if ((from == MIGDESC_NO_VERSION_LIMIT || from <= newest)
          && (to == MIGDESC_NO_VERSION_LIMIT || to <= newest))
        migdesc_descriptor_builder_add_tested (work->builder, pair[0], pair[1]);
    }
}

typedef void (*ConditionFunc) (const MigdescTableWork *work,
                               const char *name,
                               const char *values,
                               gpointer data);

static void
for_each_condition (const MigdescTableWork *work,
                    const char *conditions,
                    ConditionFunc found,
                    gpointer data)
{
  g_auto (GStrv) parts = g_strsplit (conditions, ";", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      char *values = strchr (*part, '=');

      if (values != NULL)
        *values++ = '\0';
      found (work, *part, values, data);
    }
}

static void
look_for_param (const MigdescTableWork *work,
                const char *name,
                const char *values G_GNUC_UNUSED,
                gpointer data)
{
  gboolean *all = data;
  gsize length = strlen (name);

  if (migdesc_model_table_find_param (work->table, work->limit, name, length) == NULL
      && migdesc_model_table_find_param (work->table, MIGDESC_NO_VERSION_LIMIT, name, length)
             != NULL)
    *all = FALSE;
}

gboolean
migdesc_table_has_params (const MigdescTableWork *work,
                          const char *conditions)
{
  gboolean all = TRUE;

  for_each_condition (work, conditions, look_for_param, &all);
  return all;
}

static void
add_condition (const MigdescTableWork *work,
               const char *name,
               const char *values,
               gpointer data)
{
  const MigdescConditionRole *role = data;
  const MigdescModelParam *row
      = migdesc_model_table_find_param (work->table, work->limit, name, strlen (name));
  g_autoptr (MigdescValueSet) set = NULL;
  g_autofree char *prefix = NULL;
  GError *error = NULL;

  if (values == NULL || row == NULL)
    {
      g_autofree char *shown = migdesc_quote (name, -1);

      migdesc_mistakes_add (work->mistakes,
                            values == NULL ? "the condition \"%s\" is no NAME=VALUES"
                                           : "a condition on \"%s\", which is no param",
                            shown);
      return;
    }
  set = migdesc_value_set_new_from_string (migdesc_model_param_type (row), values, &error);
  if (set != NULL)
    {
      migdesc_descriptor_builder_add_condition (work->builder, *role, name, set);
      return;
    }
  prefix = g_strdup_printf ("a condition on %s: ", name);
  migdesc_mistakes_take (work->mistakes, prefix, error);
}

void
migdesc_table_add_conditions (const MigdescTableWork *work,
                              const char *conditions,
                              MigdescConditionRole role)
{
  for_each_condition (work, conditions, add_condition, &role);
}

void
migdesc_table_add_state (const MigdescTableWork *work)
{
  const MigdescModelTable *table = work->table;
  g_autofree char *schema = NULL;

  if (work->type == NULL)
    return;
  schema = migdesc_backend_dup_schema (work->type);
  migdesc_descriptor_builder_set_state_schema (work->builder, schema);
  for (guint i = 0; i < table->n_versions && i <= work->limit; i++)
    {
      const MigdescModelVersion *row = &table->versions[i];
      g_autofree char *prefix = g_strdup_printf ("version \"%s\": ", row->name);
      GError *error = NULL;

      if (row->state_version != 0
          && !migdesc_state_type_can_save (work->type, row->state_version, &error))
        migdesc_mistakes_take (work->mistakes, prefix, error);
    }
}

void
migdesc_table_take_report (const MigdescTableWork *work,
                           MigdescReport *report)
{
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      if (migdesc_finding_get_severity (finding) == MIGDESC_SEVERITY_BLOCKER)
        g_ptr_array_add (work->mistakes, g_strdup (migdesc_finding_get_message (finding)));
    }
}
