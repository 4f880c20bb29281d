/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tests of questions ask and assert with. Documents are written with single quotes;
 * answers come as text, so that a test shows all of them. */

#include <migdesc/migdesc.h>
#include <migdesc/migdesc-reader.h>

#include "model/report-private.h"

static inline MigdescDescriptor *
ops_read (const char *document)
{
  g_autofree char *json = g_strdup (document);
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor;

  g_strdelimit (json, "'", '"');
  descriptor = migdesc_descriptor_new_from_string (json, -1, &error);
  g_assert_no_error (error);
  return descriptor;
}

/* The document's first model */
static inline MigdescModel *
ops_read_model (const char *document)
{
  g_autoptr (MigdescDescriptor) descriptor = ops_read (document);

  return migdesc_descriptor_get_model (descriptor, 0);
}

static inline MigdescParamList *
ops_list (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescParamList *list = migdesc_param_list_new_from_string (text, &error);

  g_assert_no_error (error);
  return list;
}

/* A line for each finding: `severity code PARAM=SOURCE {ACCEPTED} POINTER: message; remedy` */
static inline void
ops_append_finding (GString *text,
                    const MigdescFindingCore *finding)
{
  g_string_append_printf (text, "%s %s", migdesc_severity_to_string (finding->severity),
                          finding->code);
  if (finding->param != NULL || finding->has_source)
    g_string_append_printf (text, " %s%s%s", finding->param != NULL ? finding->param : "",
                            finding->has_source ? "=" : "",
                            finding->has_source ? finding->source : "");
  if (finding->accepted != NULL)
    {
      g_autofree char *accepted = migdesc_value_set_to_string (finding->accepted);

      g_string_append_printf (text, " {%s}", accepted);
    }
  if (finding->pointer != NULL)
    g_string_append_printf (text, " %s", finding->pointer);
  g_string_append_printf (text, ": %s", finding->message);
  if (finding->remedy != NULL)
    g_string_append_printf (text, "; %s", finding->remedy);
  g_string_append_c (text, '\n');
}

/* The verdict on a line, then the findings; takes over @report. */
static inline char *
ops_report (MigdescReport *report)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n",
                          migdesc_verdict_to_string (migdesc_report_get_verdict (report)));
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    ops_append_finding (text, migdesc_report_peek (report, i));
  if (migdesc_report_get_n_omitted (report) > 0)
    g_string_append_printf (text, "and %" G_GUINT64_FORMAT " more\n",
                            migdesc_report_get_n_omitted (report));
  migdesc_report_unref (report);
  return g_string_free (text, FALSE);
}

/* Asserts what an expression that makes a text gives, and frees it. */
#define ops_assert_text(expression, expected) \
  G_STMT_START \
  { \
    g_autofree char *ops_text = (expression); \
    g_assert_cmpstr (ops_text, ==, (expected)); \
  } \
  G_STMT_END
