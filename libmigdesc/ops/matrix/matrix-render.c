/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Test matrices for people and as JSON */

#include "base/json-writer.h"
#include "base/quote.h"
#include "ops/matrix/matrix-private.h"

static void
append_quoted (GString *text,
               const char *name)
{
  g_autofree char *shown = migdesc_quote (name, -1);

  g_string_append (text, shown);
}

static void
append_pair (GString *text,
             const MigdescMatrix *matrix,
             const MigdescMatrixPair *pair)
{
  append_quoted (text, migdesc_matrix_get_version_name (matrix, pair->from));
  g_string_append (text, " to ");
  append_quoted (text, migdesc_matrix_get_version_name (matrix, pair->to));
  if (!migdesc_matrix_pair_is_promised (pair))
    g_string_append (text, ": not promised");
  else
    g_string_append_printf (text, ": %s",
                            migdesc_support_to_string ((MigdescSupport) pair->promise));
  g_string_append (text, pair->tested ? ", tested\n" : ", missing\n");
}

/**
 * migdesc_matrix_to_string:
 * @matrix: a matrix
 *
 * Writes a matrix for people: a line for each pair, such as `1 to 2: forward, tested`, and one that
 * counts.
 *
 * Returns: (transfer full): the lines, without the last line end
 *
 * Since: 1.0
 */
char *
migdesc_matrix_to_string (const MigdescMatrix *matrix)
{
  GString *text;

  g_return_val_if_fail (matrix != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < matrix->pairs->len; i++)
    append_pair (text, matrix, migdesc_matrix_get_pair (matrix, i));
  g_string_append_printf (text, "%u of %u pairs tested", matrix->n_promised - matrix->n_missing,
                          matrix->n_promised);
  return g_string_free (text, FALSE);
}

static void
write_pair (MigdescJsonWriter *writer,
            const MigdescMatrix *matrix,
            const MigdescMatrixPair *pair)
{
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "from",
                                     migdesc_matrix_get_version_name (matrix, pair->from));
  migdesc_json_writer_member_string (writer, "to",
                                     migdesc_matrix_get_version_name (matrix, pair->to));
  if (migdesc_matrix_pair_is_promised (pair))
    migdesc_json_writer_member_string (writer, "promise",
                                       migdesc_support_to_string ((MigdescSupport) pair->promise));
  if (pair->by_version)
    migdesc_json_writer_member_string (writer, "promised_by",
                                       migdesc_matrix_get_newer_name (matrix, pair));
  migdesc_json_writer_member_bool (writer, "tested", pair->tested);
  migdesc_json_writer_end_object (writer);
}

/**
 * migdesc_matrix_to_json:
 * @matrix: a matrix
 *
 * Writes a matrix as one JSON object, compact, with what is absent left out: `{"model", "promised",
 * "missing", "pairs": [{"from", "to", "promise", "promised_by", "tested"}]}`. `promised` and
 * `missing` are numbers of pairs; `promised_by` names a version whose own promise it is.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_matrix_to_json (const MigdescMatrix *matrix)
{
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (matrix != NULL, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (&writer, "model", matrix->model);
  migdesc_json_writer_member_uint (&writer, "promised", matrix->n_promised);
  migdesc_json_writer_member_uint (&writer, "missing", matrix->n_missing);
  migdesc_json_writer_key (&writer, "pairs");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < matrix->pairs->len; i++)
    write_pair (&writer, matrix, migdesc_matrix_get_pair (matrix, i));
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}
