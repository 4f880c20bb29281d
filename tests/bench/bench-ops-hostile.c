/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Questions about the largest documents and lists that are read, made to be slow or to take much
 * memory: each has to be answered in half a second of processor time and 64 MiB beyond the
 * descriptors. */

#include <migdesc/migdesc.h>
#include <stdio.h>
#include <string.h>

#include "heap.h"
#include "measure.h"
#include "ops-hostile.h"

#define SECONDS_MAX 0.5
#define HEAP_MAX (64 << 20)
/* --- Questions ------------------------------------------------------- */

static void
ask_check (const Case *subject)
{
  g_autoptr (GError) error = NULL;

  migdesc_report_unref (migdesc_descriptor_check (subject->destination, subject->list,
                                                  subject->source, NULL, &error));
  g_assert_no_error (error);
}

static void
ask_expand (const Case *subject)
{
  g_autoptr (MigdescModel) model = migdesc_descriptor_get_model (subject->destination, 0);
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescConfig) config = migdesc_model_expand (model, NULL, subject->list, &report);

  if (config != NULL)
    migdesc_param_list_unref (migdesc_config_to_short_param_list (config));
}

static void
ask_plan (const Case *subject)
{
  g_autoptr (MigdescPlan) plan = migdesc_descriptor_plan (subject->destination, subject->list, TRUE,
                                                          NULL, NULL);

  if (plan != NULL)
    g_strfreev (migdesc_plan_render (plan, MIGDESC_PLAN_ARGV_VERSION, NULL));
}

static void
ask_compare (const Case *subject)
{
  g_autoptr (MigdescModel) source = migdesc_descriptor_get_model (subject->source, 0);
  g_autoptr (MigdescModel) destination = migdesc_descriptor_get_model (subject->destination, 0);
  g_autoptr (MigdescComparison) comparison = migdesc_model_compare (source, destination, NULL);

  printf ("%s ", migdesc_relation_to_string (migdesc_comparison_get_relation (comparison)));
}

static void
ask_compare_back (const Case *subject)
{
  Case back = { subject->destination, subject->source, NULL, NULL };

  ask_compare (&back);
}

static void
ask_compare_with_itself (const Case *subject)
{
  Case same = { subject->again, subject->destination, NULL, NULL };

  ask_compare (&same);
}

static void
ask_baseline (const Case *subject)
{
  MigdescDescriptor *hosts[] = { subject->source, subject->destination };
  g_autoptr (MigdescBaseline) baseline = migdesc_baseline_new (hosts, 2, NULL, NULL, NULL);

  printf ("%s ", migdesc_verdict_to_string (migdesc_baseline_get_verdict (baseline)));
}

static void
print_answer (MigdescReport *report)
{
  printf ("%s ", migdesc_verdict_to_string (migdesc_report_get_verdict (report)));
  migdesc_report_unref (report);
}

static void
ask_diff (const Case *subject)
{
  print_answer (migdesc_diff (subject->source, subject->destination, MIGDESC_CATEGORY_FULL,
                              MIGDESC_DIFF_DEFAULT, 0, NULL, NULL));
}

static void
ask_diff_back (const Case *subject)
{
  print_answer (migdesc_diff (subject->destination, subject->source, MIGDESC_CATEGORY_FULL,
                              MIGDESC_DIFF_DEFAULT, 0, NULL, NULL));
}

static void
ask_lint (const Case *subject)
{
  print_answer (migdesc_lint (subject->destination, MIGDESC_DIFF_DEFAULT, 0, NULL, NULL));
}

typedef struct
{
  const char *name;
  Case (*make) (void);
} Input;

static const Input inputs[] = {
  { "unknown names", unknown_names },
  { "refused values", refused_values },
  { "violated constraints", violated_constraints },
  { "open values", open_values },
  { "equal versions", equal_versions },
  { "hard constraints", hard_constraints },
  { "many constraints", many_constraints },
  { "many refused versions", many_refused_versions },
  { "wide sets", wide_sets },
  { "long strings", long_strings },
  { "versions alone", long_version_names },
};

typedef struct
{
  const char *name;
  void (*ask) (const Case *subject);
  gboolean needs_list;
  gboolean needs_source;
} Question;

static const Question questions[] = {
  { "check", ask_check, TRUE, FALSE },
  { "expand", ask_expand, TRUE, FALSE },
  { "plan", ask_plan, TRUE, FALSE },
  { "compare with itself", ask_compare_with_itself, FALSE, FALSE },
  { "compare", ask_compare, FALSE, TRUE },
  { "compare back", ask_compare_back, FALSE, TRUE },
  { "baseline", ask_baseline, FALSE, TRUE },
  { "diff", ask_diff, FALSE, TRUE },
  { "diff back", ask_diff_back, FALSE, TRUE },
  { "lint", ask_lint, FALSE, FALSE },
};

static gboolean
measure (const Input *input,
         const Case *subject,
         const Question *question)
{
  gsize before = heap_used;
  double start = processor_seconds ();
  double seconds;
  gboolean good;

  heap_peak = heap_used;
  printf ("%-24s %-22s", input->name, question->name);
  question->ask (subject);
  seconds = processor_seconds () - start;
  good = seconds <= SECONDS_MAX && heap_peak - before <= HEAP_MAX;
  printf ("%6.0f ms %6.1f MiB%s\n", seconds * 1e3, (double) (heap_peak - before) / (1 << 20),
          good ? "" : "  TOO MUCH");
  return good;
}

static void
case_clear (Case *subject)
{
  g_clear_object (&subject->source);
  g_clear_object (&subject->destination);
  g_clear_pointer (&subject->list, migdesc_param_list_unref);
}

int
main (int argc,
      char **argv)
{
  gboolean good = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      Case subject = inputs[i].make ();
      Case twin = inputs[i].make ();

      subject.again = twin.destination;

      for (guint k = 0; k < G_N_ELEMENTS (questions); k++)
        if ((subject.list != NULL || !questions[k].needs_list)
            && (subject.source != NULL || !questions[k].needs_source))
          good &= measure (&inputs[i], &subject, &questions[k]);
      case_clear (&subject);
      case_clear (&twin);
    }
  return good ? 0 : 1;
}
