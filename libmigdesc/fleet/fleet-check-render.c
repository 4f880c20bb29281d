/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The summary of a fleet's check, for people and as JSON */

#include "base/json-writer.h"
#include "fleet/fleet-check-private.h"

static const char *const verdict_words[] = {
  [MIGDESC_VERDICT_COMPATIBLE] = "compatible",
  [MIGDESC_VERDICT_INCOMPATIBLE] = "incompatible",
  [MIGDESC_VERDICT_UNDECIDED] = "undecided",
  [MIGDESC_HOST_NOT_ANSWERED] = "not answered",
};

/**
 * migdesc_fleet_check_to_string:
 * @check: answers
 *
 * Writes the summary for people: `96 of 100 hosts compatible, 4 incompatible`, then a line for each
 * reason, `4 hosts: num-queues=8 is not allowed; the destination accepts 1-4`.
 *
 * Returns: (transfer full): the lines, without the last line end
 *
 * Since: 1.0
 */
char *
migdesc_fleet_check_to_string (MigdescFleetCheck *check)
{
  static const guint8 others[] = { MIGDESC_VERDICT_UNDECIDED, MIGDESC_VERDICT_INCOMPATIBLE,
                                   MIGDESC_HOST_NOT_ANSWERED };
  GString *text;

  g_return_val_if_fail (check != NULL, NULL);

  text = g_string_new (NULL);
  g_string_append_printf (text, "%u of %u hosts compatible",
                          check->counts[MIGDESC_VERDICT_COMPATIBLE], check->roster->n);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (check->counts[others[i]] > 0)
      g_string_append_printf (text, ", %u %s", check->counts[others[i]],
                              verdict_words[others[i]]);
  migdesc_reasons_append_text (migdesc_fleet_check_reasons (check), text);
  return g_string_free (text, FALSE);
}

/**
 * migdesc_fleet_check_to_json:
 * @check: answers
 *
 * Writes the summary as one JSON object: `{"hosts", "compatible", "undecided", "incompatible",
 * "not_answered", "reasons": [{"code", "param", "hosts", "message", "ways"}]}`; `ways` tells in how
 * many wordings hosts have the reason.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_fleet_check_to_json (MigdescFleetCheck *check)
{
  MigdescReasons *reasons;
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (check != NULL, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_uint (&writer, "hosts", check->roster->n);
  migdesc_json_writer_member_uint (&writer, "compatible",
                                   check->counts[MIGDESC_VERDICT_COMPATIBLE]);
  migdesc_json_writer_member_uint (&writer, "undecided",
                                   check->counts[MIGDESC_VERDICT_UNDECIDED]);
  migdesc_json_writer_member_uint (&writer, "incompatible",
                                   check->counts[MIGDESC_VERDICT_INCOMPATIBLE]);
  migdesc_json_writer_member_uint (&writer, "not_answered",
                                   check->counts[MIGDESC_HOST_NOT_ANSWERED]);
  migdesc_json_writer_key (&writer, "reasons");
  reasons = migdesc_fleet_check_reasons (check);
  migdesc_reasons_append_json (reasons, &writer);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}
