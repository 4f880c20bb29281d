/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Selections for people and as JSON */

#include <string.h>

#include "base/json-writer.h"
#include "base/quote.h"
#include "fleet/select/matching.h"
#include "fleet/select/selection-private.h"
#include "model/report-private.h"

static const char *const rank_words[] = {
  [MIGDESC_RANK_RETURN] = "return",
  [MIGDESC_RANK_COMPATIBLE] = "compatible",
  [MIGDESC_RANK_UNDECIDED] = "undecided",
  [MIGDESC_RANK_NEAR_MISS] = "near-miss",
  [MIGDESC_RANK_IMPOSSIBLE] = "impossible",
  [MIGDESC_RANK_NOT_ANSWERED] = "not-answered",
  [MIGDESC_RANK_EXCLUDED] = "excluded",
};

const char *
migdesc_rank_to_word (MigdescRank rank)
{
  return rank_words[rank];
}

/* --- JSON ------------------------------------------------------------- */

static void
write_report (MigdescJsonWriter *writer, const MigdescReport *report)
{
  migdesc_json_writer_member_string (
      writer, "verdict", migdesc_verdict_to_string (migdesc_report_get_verdict (report)));
  migdesc_json_writer_key (writer, "findings");
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    migdesc_finding_core_append_json (migdesc_report_peek (report, i), writer);
  migdesc_json_writer_end_array (writer);
}

static void
write_device (MigdescJsonWriter *writer, const MigdescSelection *selection, guint result,
              guint device)
{
  const char *slot = migdesc_selection_get_slot (selection, result, device);
  g_autoptr (MigdescReport) report = migdesc_selection_get_report (selection, result, device);
  g_autoptr (MigdescReport) back = migdesc_selection_get_return_path (selection, result, device);

  migdesc_json_writer_begin_object (writer);
  if (slot != NULL)
    migdesc_json_writer_member_string (writer, "slot", slot);
  if (report != NULL)
    write_report (writer, report);
  if (back != NULL)
    {
      migdesc_json_writer_key (writer, "return_path");
      migdesc_json_writer_begin_object (writer);
      write_report (writer, back);
      migdesc_json_writer_end_object (writer);
    }
  migdesc_json_writer_end_object (writer);
}

static void
write_score (MigdescJsonWriter *writer, double score)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!(score < 0 || score > 0) || score - score != 0)
    return;
  g_ascii_dtostr (text, sizeof text, score);
  migdesc_json_writer_key (writer, "score");
  migdesc_json_writer_raw (writer, text, strlen (text));
}

static void
write_result (MigdescJsonWriter *writer, const MigdescSelection *selection, guint result)
{
  const MigdescChosen *chosen = &selection->chosen[result];
  guint32 shape = selection->roster->shapes[chosen->position];
  const MigdescPlacement *placement = &selection->placements[shape];

  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "host",
                                     migdesc_selection_get_name (selection, result));
  migdesc_json_writer_member_string (writer, "rank", rank_words[placement->rank]);
  if (placement->rank == MIGDESC_RANK_NEAR_MISS)
    migdesc_json_writer_member_uint (writer, "remedies", placement->n_remedies);
  write_score (writer, chosen->score);
  if (selection->shapes->shapes[shape]->error != NULL)
    migdesc_json_writer_member_string (writer, "error", selection->shapes->shapes[shape]->error);
  else
    {
      migdesc_json_writer_key (writer, "devices");
      migdesc_json_writer_begin_array (writer);
      for (guint device = 0; device < selection->n_devices; device++)
        write_device (writer, selection, result, device);
      migdesc_json_writer_end_array (writer);
    }
  migdesc_json_writer_end_object (writer);
}

/**
 * migdesc_selection_result_to_json:
 * @selection: a selection
 * @result: a number from 0, the best first
 *
 * Writes a listed host as one JSON object: `{"host", "rank", "remedies", "score", "devices":
 * [{"slot", "verdict", "findings", "return_path"}]}`, or with a member `error` in the place of
 * `devices`. What is absent is left out. The ranks are `return`, `compatible`, `undecided`,
 * `near-miss`, `impossible` and `not-answered`.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_selection_result_to_json (const MigdescSelection *selection, guint result)
{
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (selection != NULL && result < selection->n_chosen, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  write_result (&writer, selection, result);
  return g_string_free (json, FALSE);
}

static void
write_summary (MigdescJsonWriter *writer, const MigdescSelection *selection)
{
  migdesc_json_writer_member_uint (writer, "hosts", selection->roster->n);
  migdesc_json_writer_key (writer, "ranks");
  migdesc_json_writer_begin_object (writer);
  for (guint rank = 0; rank < G_N_ELEMENTS (rank_words); rank++)
    migdesc_json_writer_member_uint (writer, rank_words[rank], selection->counts[rank]);
  migdesc_json_writer_end_object (writer);
  migdesc_json_writer_key (writer, "reasons");
  migdesc_reasons_append_json (selection->reasons, writer);
}

/**
 * migdesc_selection_summary_to_json:
 * @selection: a selection
 *
 * Writes the summary as one JSON object: `{"hosts", "ranks": {RANK: NUMBER}, "reasons": [{"code",
 * "param", "hosts", "message", "ways"}]}`.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_selection_summary_to_json (const MigdescSelection *selection)
{
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (selection != NULL, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  write_summary (&writer, selection);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}

/**
 * migdesc_selection_to_json:
 * @selection: a selection
 *
 * Writes all as one JSON object: the summary of migdesc_selection_summary_to_json() with a member
 * `results`, the objects of migdesc_selection_result_to_json().
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_selection_to_json (const MigdescSelection *selection)
{
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (selection != NULL, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  write_summary (&writer, selection);
  migdesc_json_writer_key (&writer, "results");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < selection->n_chosen; i++)
    write_result (&writer, selection, i);
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}

/* --- Text ------------------------------------------------------------- */

static void
append_counts (GString *text, const MigdescSelection *selection)
{
  static const char *const words[] = { "with a way back", "one way",    "undecided",  "near misses",
                                       "impossible",      "not answered", "kept out" };
  const char *before = ": ";

  g_string_append_printf (text, "%u %s", selection->roster->n,
                          selection->roster->n == 1 ? "host" : "hosts");
  for (guint rank = 0; rank < G_N_ELEMENTS (words); rank++)
    if (selection->counts[rank] > 0)
      {
        g_string_append_printf (text, "%s%u %s", before, selection->counts[rank], words[rank]);
        before = ", ";
      }
}

/**
 * migdesc_selection_to_string:
 * @selection: a selection
 *
 * Writes the summary for people: how many hosts there are of each rank, then a line for each
 * reason, `312 hosts: num-queues=8 is not allowed; the destination accepts 1-4`, then the listed
 * hosts.
 *
 * Returns: (transfer full): the lines, without the last line end
 *
 * Since: 1.0
 */
char *
migdesc_selection_to_string (const MigdescSelection *selection)
{
  GString *text;

  g_return_val_if_fail (selection != NULL, NULL);

  text = g_string_new (NULL);
  append_counts (text, selection);
  migdesc_reasons_append_text (selection->reasons, text);
  for (guint i = 0; i < selection->n_chosen; i++)
    {
      g_autofree char *name = migdesc_quote (migdesc_selection_get_name (selection, i), -1);

      g_string_append_printf (text, "\n%s: %s", name,
                              rank_words[migdesc_selection_get_rank (selection, i)]);
    }
  return g_string_free (text, FALSE);
}
