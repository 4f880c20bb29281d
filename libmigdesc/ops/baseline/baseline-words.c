/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/baseline/baseline-words.h"

#include "base/quote.h"
#include "model/codes.h"
#include "ops/answer.h"

/* How many hosts a message quotes */
#define MAX_QUOTED 4

char *
migdesc_host_name (const MigdescStore *store,
                   guint32 position)
{
  if (store->origin != NULL)
    return migdesc_quote (store->origin, -1);
  return g_strdup_printf ("host %u", position + 1);
}

static MigdescFindingCore *
start (MigdescReport *report,
       const char *code,
       MigdescSeverity severity,
       const char *model)
{
  MigdescFindingCore *finding;

  if (migdesc_report_is_full (report))
    {
      migdesc_report_omit (report, severity);
      return NULL;
    }
  finding = migdesc_finding_core_new (code, severity);
  finding->model = g_strdup (model);
  return finding;
}

/* About one host: the finding names it as its origin. */
static void
say_of_host (MigdescReport *report,
             const char *code,
             const MigdescHost *host,
             const char *model,
             const char *words,
             const char *more)
{
  MigdescFindingCore *finding = start (report, code, MIGDESC_SEVERITY_BLOCKER, model);
  g_autofree char *name = NULL;
  GString *message;

  if (finding == NULL)
    return;
  name = migdesc_host_name (host->store, host->position);
  message = g_string_new (name);
  g_string_append (message, words);
  if (more != NULL)
    {
      g_string_append (message, ": ");
      migdesc_words_append_name (message, more);
    }
  finding->origin = g_strdup (host->store->origin);
  finding->pointer = migdesc_pointer_to_member (host->model != NULL ? model : NULL, NULL);
  finding->message = g_string_free (message, FALSE);
  migdesc_report_take (report, finding);
}

/* The first host that has the model; one does, or there would have been no question. */
static const MigdescModelCore *
first_model (const MigdescHosts *hosts)
{
  for (guint32 h = 0; h < hosts->n_hosts; h++)
    if (hosts->hosts[h].model != NULL)
      return hosts->hosts[h].model;
  return NULL;
}

static void
say_hosts (const MigdescHosts *hosts,
           const char *model,
           MigdescReport *report)
{
  const MigdescModelCore *first = first_model (hosts);

  for (guint32 h = 0; h < hosts->n_hosts; h++)
    {
      const MigdescHost *host = &hosts->hosts[h];

      if (host->model == NULL)
        say_of_host (report, MIGDESC_CODE_MODEL_NOT_SUPPORTED, host, model, " has no such model",
                     NULL);
      else if (host->model->support == MIGDESC_SUPPORT_NONE)
        say_of_host (report, MIGDESC_CODE_UNMIGRATABLE, host, model, " cannot migrate the model",
                     host->model->blocker);
      else if (host->model->version_only != first->version_only)
        say_of_host (report, MIGDESC_CODE_NO_COMMON_CONFIG, host, model,
                     host->model->version_only
                         ? " has versions and no params, unlike the first host with the model"
                         : " has params, unlike the first host with the model",
                     NULL);
    }
}

/* `1-4 at HOST, 8-16 at HOST`: of different sets one host each */
static void
append_accepted (GString *message,
                 const MigdescHosts *hosts,
                 guint32 variable)
{
  const MigdescOccurrence *end = &hosts->occurrences[hosts->occurrence_starts[variable + 1]];
  const MigdescParamCore *last = NULL;
  guint n_quoted = 0;

  for (const MigdescOccurrence *at = &hosts->occurrences[hosts->occurrence_starts[variable]];
       at < end && n_quoted < MAX_QUOTED; at++)
    {
      const MigdescParamCore *param = migdesc_hosts_param (hosts, at);
      g_autofree char *name = NULL;

      if (last != NULL && migdesc_set_equal (&last->allowed, &param->allowed))
        continue;
      last = param;
      name = migdesc_host_name (hosts->hosts[at->host].store, hosts->hosts[at->host].position);
      g_string_append (message, n_quoted++ == 0 ? ": " : ", ");
      migdesc_words_append_accepted (message, param);
      g_string_append_printf (message, " at %s", name);
    }
}

static void
say_no_value (const MigdescHosts *hosts,
              const char *model,
              guint32 variable,
              MigdescReport *report)
{
  MigdescFindingCore *finding = start (report, MIGDESC_CODE_NO_COMMON_CONFIG,
                                       MIGDESC_SEVERITY_BLOCKER, model);
  guint32 n = hosts->occurrence_starts[variable + 1] - hosts->occurrence_starts[variable];
  GString *message;

  if (finding == NULL)
    return;
  finding->param = g_strdup (hosts->names[variable]);
  message = g_string_new ("no value of ");
  migdesc_words_append_name (message, hosts->names[variable]);
  if (n < hosts->n_hosts)
    g_string_append (message, " suits all hosts: some lack it, and it cannot be off at all others");
  else
    {
      g_string_append (message, " suits all hosts");
      append_accepted (message, hosts, variable);
    }
  finding->message = g_string_free (message, FALSE);
  migdesc_report_take (report, finding);
}

static void
say (MigdescReport *report,
     const char *code,
     MigdescSeverity severity,
     const char *model,
     char *message)
{
  MigdescFindingCore *finding = start (report, code, severity, model);

  if (finding == NULL)
    {
      g_free (message);
      return;
    }
  finding->message = message;
  migdesc_report_take (report, finding);
}

static void
say_incompatible (const MigdescHosts *hosts,
                  const char *model,
                  MigdescReport *report)
{
  say_hosts (hosts, model, report);
  for (guint32 v = 0; hosts->variables != NULL && v < hosts->n_variables; v++)
    if (hosts->variables[v].n_choices == 0)
      say_no_value (hosts, model, v, report);
  if (migdesc_report_get_n_findings (report) == 0)
    say (report, MIGDESC_CODE_NO_COMMON_CONFIG, MIGDESC_SEVERITY_BLOCKER, model,
         g_strdup (
             hosts->variables != NULL
                 ? "each param has a value that suits all hosts, but no such values suit together"
                 : "no version is known to all hosts, and can be created and loaded by each"));
}

void
migdesc_hosts_say_best (const MigdescHosts *hosts,
                        const char *model,
                        const MigdescBest *best,
                        MigdescReport *report)
{
  if (best->verdict == MIGDESC_VERDICT_INCOMPATIBLE)
    say_incompatible (hosts, model, report);
  if (best->verdict != MIGDESC_VERDICT_UNDECIDED)
    return;
  migdesc_report_set_undecided (report);
  if (best->too_long)
    say (report, MIGDESC_CODE_SEARCH_TOO_LONG, MIGDESC_SEVERITY_WARNING, model,
         g_strdup_printf ("the search was given up after %" G_GUINT64_FORMAT " configurations",
                          best->n_tried));
  else
    say (report, MIGDESC_CODE_VALUE_UNDECIDED, MIGDESC_SEVERITY_WARNING, model,
         g_strdup ("some host does not say which values it allows, and may refuse whatever the "
                   "others accept"));
}
