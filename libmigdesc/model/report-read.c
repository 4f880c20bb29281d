/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading reports back from their JSON; as for findings, unknown members are passed over. */

#include <string.h>

#include "base/json-reader.h"
#include "base/key-set.h"
#include "base/quote.h"
#include "model/diagnostics.h"
#include "model/report-private.h"

static gboolean
read_finding (MigdescJsonReader *json,
              MigdescReport *report)
{
  MigdescFindingCore *core = migdesc_finding_core_new (NULL, MIGDESC_SEVERITY_INFO);

  if (!migdesc_finding_core_read (core, json))
    {
      migdesc_finding_core_unref (core);
      return FALSE;
    }
  migdesc_report_take (report, core);
  return TRUE;
}

static gboolean
read_findings (MigdescJsonReader *json,
               MigdescReport *report)
{
  if (!migdesc_json_reader_begin_array (json))
    return FALSE;
  while (migdesc_json_reader_next_element (json))
    if (!read_finding (json, report))
      return FALSE;
  return json->error == 0;
}

static gboolean
is_verdict (const MigdescJsonString *string,
            MigdescVerdict verdict)
{
  const char *word = migdesc_verdict_to_string (verdict);

  return migdesc_json_string_equal (string, word, strlen (word));
}

static gboolean
read_verdict (MigdescJsonReader *json,
              MigdescReport *report)
{
  g_autofree char *quoted = NULL;
  MigdescJsonString string;

  if (!migdesc_json_reader_read_string (json, &string))
    return FALSE;
  if (is_verdict (&string, MIGDESC_VERDICT_COMPATIBLE))
    return TRUE;
  if (is_verdict (&string, MIGDESC_VERDICT_UNDECIDED))
    {
      migdesc_report_set_undecided (report);
      return TRUE;
    }
  if (is_verdict (&string, MIGDESC_VERDICT_INCOMPATIBLE))
    {
      migdesc_report_set_incompatible (report);
      return TRUE;
    }
  quoted = migdesc_quote (string.text, string.length);
  return migdesc_json_reader_fail (json, MIGDESC_ERROR_DOCUMENT_VALUE, string.offset,
                                   "\"%s\" is not a verdict", quoted);
}

static gboolean
read_omitted (MigdescJsonReader *json,
              MigdescReport *report)
{
  guint64 number;

  if (!migdesc_json_reader_read_uint64 (json, &number))
    return FALSE;
  migdesc_report_omit_many (report, number);
  return TRUE;
}

static gboolean
read_report_member (MigdescJsonReader *json,
                    const MigdescJsonString *key,
                    MigdescReport *report)
{
  static const struct
  {
    const char *name;
    gboolean (*read) (MigdescJsonReader *json, MigdescReport *report);
  } members[] = {
    { "verdict", read_verdict },
    { "findings", read_findings },
    { "omitted", read_omitted },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (migdesc_json_string_equal (key, members[i].name, strlen (members[i].name)))
      return members[i].read (json, report);
  return migdesc_json_reader_skip_value (json);
}

static gboolean
read_report (MigdescJsonReader *json,
             MigdescReport *report)
{
  g_auto (MigdescKeySet) keys;
  MigdescJsonString key;
  gboolean has_verdict = FALSE;
  gsize start = migdesc_json_reader_offset (json);

  migdesc_key_set_init (&keys);
  if (!migdesc_json_reader_begin_object (json))
    return FALSE;
  while (migdesc_json_reader_next_member (json, &key))
    {
      if (!migdesc_key_set_add (&keys, key.text, key.length))
        return migdesc_json_reader_fail_duplicate (json, &key);
      has_verdict = has_verdict || migdesc_json_string_equal (&key, "verdict", strlen ("verdict"));
      if (!read_report_member (json, &key, report))
        return FALSE;
    }
  if (!migdesc_json_reader_finish (json))
    return FALSE;
  if (!has_verdict)
    return migdesc_json_reader_fail (json, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, start,
                                     "the member \"verdict\" is missing");
  return TRUE;
}

/**
 * migdesc_report_new_from_json:
 * @text: a report as migdesc_report_to_json() writes it
 * @length: its length in bytes, or -1 if it ends in NUL
 * @error: return location for a #GError
 *
 * Reads a report back, so that it can be sent to another host or kept. All of it comes back but the
 * byte offsets of places. Members that are not known are passed over; a finding that blocks makes
 * the verdict incompatible, whatever the text says.
 *
 * Errors are those of JSON (%MIGDESC_ERROR_JSON_SYNTAX and its like), %MIGDESC_ERROR_DOCUMENT_TYPE,
 * %MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, %MIGDESC_ERROR_DOCUMENT_VALUE,
 * %MIGDESC_ERROR_VALUE_NOT_INT and %MIGDESC_ERROR_LIMIT_EXCEEDED: the default limits hold. The
 * message has the place.
 *
 * Returns: (transfer full): the report, or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_report_new_from_json (const char *text,
                              gssize length,
                              GError **error)
{
  MigdescReport *report;
  MigdescJsonReader json;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (length >= -1, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  migdesc_json_reader_init (&json, text, length < 0 ? strlen (text) : (gsize) length, NULL);
  report = migdesc_report_new ();
  if (!read_report (&json, report))
    {
      migdesc_diagnostics_set_json_error (&json, error);
      g_clear_pointer (&report, migdesc_report_unref);
    }
  migdesc_json_reader_clear (&json);
  return report;
}
