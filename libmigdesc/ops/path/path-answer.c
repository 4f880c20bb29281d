/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a path says, piece by piece, for people, and as JSON */

#include "base/json-writer.h"
#include "base/quote.h"
#include "model/param-list-private.h"
#include "model/report-private.h"
#include "ops/path/path-record.h"

/**
 * migdesc_path_get_verdict:
 * @path: a path
 *
 * Tells whether the device can get there.
 *
 * Returns: the verdict
 *
 * Since: 1.0
 */
MigdescVerdict
migdesc_path_get_verdict (const MigdescPath *path)
{
  g_return_val_if_fail (path != NULL, MIGDESC_VERDICT_INCOMPATIBLE);

  return path->verdict;
}

/**
 * migdesc_path_get_model:
 * @path: a path
 *
 * Gets the name of the device's model.
 *
 * Returns: the name; valid as long as @path
 *
 * Since: 1.0
 */
const char *
migdesc_path_get_model (const MigdescPath *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return path->model;
}

/**
 * migdesc_path_get_report:
 * @path: a path
 *
 * Gets what keeps the device from getting there: where the steps end, or at the source itself.
 *
 * Returns: (transfer full): the report, empty if the verdict is compatible
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_path_get_report (const MigdescPath *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return migdesc_report_ref (path->report);
}

/**
 * migdesc_path_get_n_steps:
 * @path: a path
 *
 * Counts the migrations: those of the path or, if the verdict is incompatible, of the best attempt.
 *
 * Returns: their number, 0 if the source is the destination
 *
 * Since: 1.0
 */
guint
migdesc_path_get_n_steps (const MigdescPath *path)
{
  g_return_val_if_fail (path != NULL, 0);

  return path->steps->len;
}

/**
 * migdesc_path_get_source:
 * @path: a path
 * @step: the position of a step, from 0
 *
 * Gets the host that the step begins at.
 *
 * Returns: its position among the descriptors
 *
 * Since: 1.0
 */
gsize
migdesc_path_get_source (const MigdescPath *path,
                         guint step)
{
  g_return_val_if_fail (path != NULL && step < path->steps->len, 0);

  return path->hosts[migdesc_path_get_step (path, step)->source].id;
}

/**
 * migdesc_path_get_destination:
 * @path: a path
 * @step: the position of a step, from 0
 *
 * Gets the host that the step leads to.
 *
 * Returns: its position among the descriptors
 *
 * Since: 1.0
 */
gsize
migdesc_path_get_destination (const MigdescPath *path,
                              guint step)
{
  g_return_val_if_fail (path != NULL && step < path->steps->len, 0);

  return path->hosts[migdesc_path_get_step (path, step)->destination].id;
}

/**
 * migdesc_path_get_source_slot:
 * @path: a path
 * @step: the position of a step, from 0
 *
 * Gets the slot of the host that the step starts from.
 *
 * Returns: (nullable): the name of the slot, or %NULL if the host does not have several
 *
 * Since: 1.0
 */
const char *
migdesc_path_get_source_slot (const MigdescPath *path,
                              guint step)
{
  g_return_val_if_fail (path != NULL && step < path->steps->len, NULL);

  return path->hosts[migdesc_path_get_step (path, step)->source].slot;
}

/**
 * migdesc_path_get_destination_slot:
 * @path: a path
 * @step: the position of a step, from 0
 *
 * Gets the slot of the host that the step leads to.
 *
 * Returns: (nullable): the name of the slot, or %NULL if the host does not have several
 *
 * Since: 1.0
 */
const char *
migdesc_path_get_destination_slot (const MigdescPath *path,
                                   guint step)
{
  g_return_val_if_fail (path != NULL && step < path->steps->len, NULL);

  return path->hosts[migdesc_path_get_step (path, step)->destination].slot;
}

/**
 * migdesc_path_get_changes:
 * @path: a path
 * @step: the position of a step, from 0
 *
 * Gets the params that have to be changed before the step, while the device runs, with their new
 * values; what is not listed stays.
 *
 * Returns: (transfer full) (nullable): the changes, or %NULL if there are none
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_path_get_changes (const MigdescPath *path,
                          guint step)
{
  const MigdescPathStep *found;

  g_return_val_if_fail (path != NULL && step < path->steps->len, NULL);

  found = migdesc_path_get_step (path, step);
  return found->changes != NULL ? migdesc_param_list_ref (found->changes) : NULL;
}

/**
 * migdesc_path_get_param_list:
 * @path: a path
 * @step: the position of a step, from 0
 *
 * Gets the migration parameter list to set up the step's destination with, after the changes. It
 * names a version where the destination needs it to know the version of the state.
 *
 * Returns: (transfer full): the list
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_path_get_param_list (const MigdescPath *path,
                             guint step)
{
  g_return_val_if_fail (path != NULL && step < path->steps->len, NULL);

  return migdesc_param_list_ref (migdesc_path_get_step (path, step)->list);
}

/**
 * migdesc_path_get_step_report:
 * @path: a path
 * @step: the position of a step, from 0
 *
 * Gets what is to be said of a step, such as that its direction has not been tested.
 *
 * Returns: (transfer full): the report
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_path_get_step_report (const MigdescPath *path,
                              guint step)
{
  g_return_val_if_fail (path != NULL && step < path->steps->len, NULL);

  return migdesc_report_ref (migdesc_path_get_step (path, step)->report);
}

/* --- Words ------------------------------------------------------------ */

static char *
host_name (const MigdescPath *path,
           guint32 position)
{
  const MigdescPathHost *host = &path->hosts[position];

  if (host->name != NULL)
    return g_strdup (host->name);
  if (host->store->origin != NULL)
    return g_strdup (host->store->origin);
  return g_strdup_printf ("host %" G_GSIZE_FORMAT, host->id + 1);
}

static void
append_host (GString *text,
             const MigdescPath *path,
             guint32 position)
{
  g_autofree char *name = host_name (path, position);

  migdesc_quote_append (text, name, strlen (name));
}

static void
append_changes (GString *text,
                const MigdescPathStep *step)
{
  for (guint i = 0; step->changes != NULL && i < step->changes->n_pairs; i++)
    {
      const MigdescPair *pair = &step->changes->pairs[i];
      const MigdescPair *before = &step->before->pairs[i];

      g_string_append (text, i == 0 ? ": change " : ", ");
      migdesc_quote_append (text, pair->name, pair->name_length);
      g_string_append (text, " from ");
      migdesc_quote_append (text, before->value, before->value_length);
      g_string_append (text, " to ");
      migdesc_quote_append (text, pair->value, pair->value_length);
    }
}

static void
append_step (GString *text,
             const MigdescPath *path,
             guint position)
{
  const MigdescPathStep *step = migdesc_path_get_step (path, position);
  g_autofree char *list = migdesc_param_list_to_string (step->list);

  g_string_append_printf (text, "\n%u. ", position + 1);
  append_host (text, path, step->source);
  append_changes (text, step);
  g_string_append_printf (text, "%s", step->changes != NULL ? "; then to " : " to ");
  append_host (text, path, step->destination);
  g_string_append (text, " with ");
  g_string_append (text, list);
}

/**
 * migdesc_path_to_string:
 * @path: a path
 *
 * Writes a path for people: the verdict, a line for each step, and the findings that keep it from
 * going on.
 *
 * Returns: (transfer full): the lines, without the last line end
 *
 * Since: 1.0
 */
char *
migdesc_path_to_string (const MigdescPath *path)
{
  g_autofree char *findings = NULL;
  GString *text;

  g_return_val_if_fail (path != NULL, NULL);

  text = g_string_new (migdesc_verdict_to_string (path->verdict));
  for (guint i = 0; i < path->steps->len; i++)
    append_step (text, path, i);
  findings = migdesc_report_to_string (path->report);
  if (*findings != '\0')
    g_string_append_printf (text, "\n%s", findings);
  return g_string_free (text, FALSE);
}

/* --- JSON ------------------------------------------------------------- */

static void
write_host (MigdescJsonWriter *writer,
            const MigdescPath *path,
            const char *member,
            const char *slot_member,
            guint32 position)
{
  g_autofree char *name = host_name (path, position);

  migdesc_json_writer_member_string (writer, member, name);
  if (path->hosts[position].slot != NULL)
    migdesc_json_writer_member_string (writer, slot_member, path->hosts[position].slot);
}

static void
write_findings (MigdescJsonWriter *writer,
                const MigdescReport *report)
{
  migdesc_json_writer_key (writer, "findings");
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    migdesc_finding_core_append_json (migdesc_report_peek (report, i), writer);
  migdesc_json_writer_end_array (writer);
}

static void
write_changes (MigdescJsonWriter *writer,
               const MigdescPathStep *step)
{
  migdesc_json_writer_key (writer, "changes");
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; step->changes != NULL && i < step->changes->n_pairs; i++)
    {
      migdesc_json_writer_begin_object (writer);
      migdesc_json_writer_member_string (writer, "param", step->changes->pairs[i].name);
      migdesc_json_writer_member_string (writer, "from", step->before->pairs[i].value);
      migdesc_json_writer_member_string (writer, "to", step->changes->pairs[i].value);
      migdesc_json_writer_end_object (writer);
    }
  migdesc_json_writer_end_array (writer);
}

static void
write_step (MigdescJsonWriter *writer,
            const MigdescPath *path,
            const MigdescPathStep *step)
{
  g_autofree char *list = migdesc_param_list_to_string (step->list);

  migdesc_json_writer_begin_object (writer);
  write_host (writer, path, "source", "source_slot", step->source);
  write_changes (writer, step);
  write_host (writer, path, "destination", "destination_slot", step->destination);
  migdesc_json_writer_member_string (writer, "list", list);
  write_findings (writer, step->report);
  migdesc_json_writer_end_object (writer);
}

/**
 * migdesc_path_to_json:
 * @path: a path
 *
 * Writes a path as one JSON object, compact: `{"verdict", "model", "steps": [{"source", "changes":
 * [{"param", "from", "to"}], "destination", "list", "findings"}], "findings"}`. Hosts are called by
 * the origins of their descriptors, and where there is none `host 1` and so on; values are texts.
 * Of a fleet, a host with several slots has a member `source_slot` or `destination_slot` beside it.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_path_to_json (const MigdescPath *path)
{
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (path != NULL, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (&writer, "verdict",
                                     migdesc_verdict_to_string (path->verdict));
  migdesc_json_writer_member_string (&writer, "model", path->model);
  migdesc_json_writer_key (&writer, "steps");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < path->steps->len; i++)
    write_step (&writer, path, migdesc_path_get_step (path, i));
  migdesc_json_writer_end_array (&writer);
  write_findings (&writer, path->report);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}
