/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What questions cost through the public API, with fresh text in every turn, next to what GLib
 * takes for an object and for a dictionary of eight keys. Medians of seven rounds that take turns,
 * all in one run. `bench-ops` measures, and fails when a question takes more than it may;
 * `bench-ops --only N NAME` only asks that question N times, for callgrind; `--time N NAME` also
 * prints the nanoseconds of one; `--print` prints the document and a list, for python.py. */

#include <migdesc/migdesc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"

#define N_ROUNDS 7
#define N_TURNS 20000
#define N_TEXTS 64

/* Sixteen params, versions with flags and promises, constraints, members that nobody knows */
static const char document_format[]
    = "{'models': {'vendor-a.com/my-nic': {'x-note': {'ticket': 1}, 'params': {"
      "'num-queues': {'type': 'int', 'allowed_values': ['1-64', 128], 'init_value': 4, "
      "'off_value': 1, 'x-hint': 'y'},"
      "'ring-size': {'type': 'int', 'allowed_values': ['64-%s'], 'init_value': 256},"
      "'rss': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'mode': {'type': 'str', 'allowed_values': ['fast', 'safe', 'slow'], 'init_value': 'fast', "
      "'off_value': 'slow'},"
      "'mergeable': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'packed': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'indirect': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'event-index': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'vectors': {'type': 'int', 'allowed_values': ['0-2048'], 'init_value': 10, 'off_value': 0},"
      "'mtu': {'type': 'int', 'allowed_values': ['68-9000'], 'init_value': 1500, 'off_value': 68},"
      "'speed': {'type': 'int', 'allowed_values': [1000, 10000, 25000, 40000, 100000], "
      "'init_value': 10000, 'off_value': 1000},"
      "'offload-tx': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'offload-rx': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'checksum': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'filter-size': {'type': 'int', 'allowed_values': ['0-64'], 'init_value': 32, 'off_value': "
      "0},"
      "'steering': {'type': 'bool', 'init_value': false, 'off_value': false}},"
      "'versions': ["
      "{'name': '1.0', 'params': {}, 'create': false},"
      "{'name': '1.1', 'params': {'num-queues': 2}, 'create': false},"
      "{'name': '2.0', 'params': {'num-queues': 2, 'rss': true}, 'load': false},"
      "{'name': '2.1', 'params': {'num-queues': 4, 'rss': true, 'mode': 'safe'}},"
      "{'name': '3.0', 'params': {'num-queues': 4, 'rss': true, 'mode': 'safe', 'mergeable': "
      "true}, 'support': 'none'},"
      "{'name': '3.1', 'params': {'num-queues': 4, 'rss': true, 'mode': 'safe', 'mergeable': true, "
      "'packed': true, 'indirect': true}},"
      "{'name': '4.0', 'params': {'num-queues': 4, 'rss': true, 'mode': 'fast', 'mergeable': true, "
      "'packed': true,"
      " 'indirect': true, 'event-index': true, 'mtu': 1500, 'vectors': 10, 'filter-size': 32}, "
      "'support': 'bidirectional',"
      " 'tested': [{'from': '3.1', 'to': '4.0'}]}],"
      "'constraints': [{'if': {'rss': [true]}, 'then': {'num-queues': ['2-128']}},"
      " {'forbid': {'mode': ['fast'], 'ring-size': ['64-127']}},"
      " {'if': {'packed': [true], 'indirect': [false]}, 'then': {'event-index': [true]}}],"
      "'support': 'forward'}}}";

typedef struct
{
  MigdescDescriptor *descriptor;
  MigdescDescriptor *other; /* equal, but read by itself */
  MigdescModel *model;
  char *overrides[N_TEXTS];
  char *lists[N_TEXTS];
  MigdescParamList *passing;
  MigdescParamList *failing;
  MigdescBoundList *bound;
  GVariant *values[8];
} Bench;

static MigdescDescriptor *
read_document (const char *top)
{
  g_autofree char *json = g_strdup_printf (document_format, top);
  MigdescDescriptor *descriptor;

  g_strdelimit (json, "'", '"');
  descriptor = migdesc_descriptor_new_from_string (json, -1, NULL);
  g_assert_nonnull (descriptor);
  return descriptor;
}

static MigdescParamList *
read_list (const char *text)
{
  MigdescParamList *list = migdesc_param_list_new_from_string (text, NULL);

  g_assert_nonnull (list);
  return list;
}

static void
bench_init (Bench *bench,
            const char *top)
{
  bench->descriptor = read_document (top);
  bench->other = read_document (top);
  bench->model = migdesc_descriptor_get_model (bench->descriptor, 0);
  for (guint i = 0; i < N_TEXTS; i++)
    {
      bench->overrides[i] = g_strdup_printf ("num-queues=%u,mtu=%u", 3 + i % 60, 68 + 7 * i);
      bench->lists[i] = g_strdup_printf (
          "vendor-a.com/my-nic?num-queues=%u,ring-size=%u,rss=on,mode=safe,mtu=%u,"
          "offload-tx=on,checksum=on,filter-size=%u",
          2 + i % 60, 128 + i, 69 + i, 1 + i % 60);
    }
  bench->passing = read_list (bench->lists[0]);
  bench->failing = read_list (
      "vendor-a.com/my-nic?num-queues=129,ring-size=128,rss=on,mode=safe,mtu=9001,"
      "offload-tx=on,checksum=on,filter-size=1");
  bench->bound = migdesc_model_bind (bench->model, bench->passing);
}

static void
make_object (Bench *bench,
             guint turn)
{
  g_object_unref (g_object_new (G_TYPE_OBJECT, NULL));
}

static void
make_dictionary (Bench *bench,
                 guint turn)
{
  static const char *const keys[] = { "num-queues", "ring-size",  "rss",      "mode",
                                      "mtu",        "offload-tx", "checksum", "filter-size" };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_variant_builder_add (&builder, "{sv}", keys[i], g_variant_new_uint64 (turn + i));
  g_variant_unref (g_variant_ref_sink (g_variant_builder_end (&builder)));
}

static void
expand (Bench *bench,
        guint turn)
{
  MigdescParamList *list = migdesc_param_list_new_from_string (bench->overrides[turn % N_TEXTS],
                                                               NULL);
  MigdescConfig *config = migdesc_model_expand (bench->model, "4.0", list, NULL);

  g_assert_true (config != NULL);
  migdesc_config_unref (config);
  migdesc_param_list_unref (list);
}

static void
check_text (Bench *bench,
            guint turn)
{
  MigdescVerdict verdict = migdesc_model_check_string (bench->model, bench->lists[turn % N_TEXTS],
                                                       NULL);

  g_assert (verdict == MIGDESC_VERDICT_COMPATIBLE);
}

static void
bind_text (Bench *bench,
           guint turn)
{
  MigdescParamList *list = migdesc_param_list_new_from_string (bench->lists[turn % N_TEXTS], NULL);

  migdesc_bound_list_unref (migdesc_model_bind (bench->model, list));
  migdesc_param_list_unref (list);
}

static void
get_verdict (Bench *bench,
             guint turn)
{
  g_assert (migdesc_bound_list_get_verdict (bench->bound) == MIGDESC_VERDICT_COMPATIBLE);
}

static void
check_bound (Bench *bench,
             guint turn)
{
  MigdescReport *report = migdesc_bound_list_check (bench->bound);

  g_assert (migdesc_report_is_compatible (report));
  migdesc_report_unref (report);
}

static void
check_passing (Bench *bench,
               guint turn)
{
  MigdescReport *report = migdesc_descriptor_check (bench->descriptor, bench->passing, NULL, NULL,
                                                    NULL);

  g_assert (migdesc_report_is_compatible (report));
  migdesc_report_unref (report);
}

static void
check_report_of_text (Bench *bench,
                      guint turn)
{
  MigdescReport *report
      = migdesc_descriptor_check_text (bench->descriptor, bench->lists[turn % N_TEXTS], NULL);

  g_assert (migdesc_report_is_compatible (report));
  migdesc_report_unref (report);
}

static void
check_pair (Bench *bench,
            guint turn)
{
  MigdescReport *report = migdesc_descriptor_check (bench->descriptor, bench->passing, bench->other,
                                                    NULL, NULL);

  g_assert (migdesc_report_is_compatible (report));
  migdesc_report_unref (report);
}

static void
check_failing (Bench *bench,
               guint turn)
{
  MigdescReport *report = migdesc_descriptor_check (bench->descriptor, bench->failing, NULL, NULL,
                                                    NULL);

  g_assert (migdesc_report_get_n_findings (report) == 2);
  migdesc_report_unref (report);
}

static void
shorten (Bench *bench,
         guint turn)
{
  MigdescConfig *config = migdesc_model_expand (bench->model, "4.0", NULL, NULL);
  MigdescParamList *list = migdesc_config_to_short_param_list (config);

  migdesc_param_list_unref (list);
  migdesc_config_unref (config);
}

static void
compare (Bench *bench,
         guint turn)
{
  g_autoptr (MigdescModel) other = migdesc_descriptor_get_model (bench->other, 0);

  migdesc_comparison_unref (migdesc_model_compare (bench->model, other, NULL));
}

typedef struct
{
  const char *name;
  const char *words;
  void (*ask) (Bench *bench, guint turn);
  guint most; /* ns; 0: only a yardstick */
} Question;

static const Question questions[] = {
  { "object", "GObject, made and freed", make_object, 0 },
  { "dictionary", "GVariant a{sv} of eight keys", make_dictionary, 0 },
  { "expand", "expand a version with two overrides, from text", expand, 350 },
  { "check-text", "check of 8 params, from text, verdict", check_text, 350 },
  { "bind", "the same text parsed and bound", bind_text, 0 },
  { "verdict", "check of 8 params, bound, verdict", get_verdict, 100 },
  { "bound-check", "check of 8 params, bound, report", check_bound, 600 },
  { "check", "check of 8 params, passing, report", check_passing, 600 },
  { "check-report", "check of 8 params, passing, from text, report", check_report_of_text, 0 },
  { "check-pair", "the same with the source's descriptor", check_pair, 0 },
  { "check-failing", "check of 8 params, two findings, report", check_failing, 5000 },
  { "short", "expand and short form", shorten, 0 },
  { "compare", "compare with an equal model", compare, 0 },
};

static double
time_round (const Question *question,
            Bench *bench)
{
  double start = processor_seconds ();

  for (guint turn = 0; turn < N_TURNS; turn++)
    question->ask (bench, turn);
  return (processor_seconds () - start) * 1e9 / N_TURNS;
}

/* Returns whether no question took more than it may, with a wide range or without. */
static gboolean
measure (Bench *bench,
         Bench *wide)
{
  gboolean good = TRUE;
  double narrow_times[G_N_ELEMENTS (questions)][N_ROUNDS];
  double wide_times[G_N_ELEMENTS (questions)][N_ROUNDS];

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
      {
        narrow_times[i][round] = time_round (&questions[i], bench);
        wide_times[i][round] = time_round (&questions[i], wide);
      }
  printf ("%-48s %8s %8s %8s\n", "", "ns", "wide", "at most");
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      double narrow_time = median (narrow_times[i], N_ROUNDS);
      double wide_time = median (wide_times[i], N_ROUNDS);

      printf ("%-48s %8.0f %8.0f", questions[i].words, narrow_time, wide_time);
      if (questions[i].most > 0)
        printf (" %8u", questions[i].most);
      printf ("\n");
      good &= questions[i].most == 0 || MAX (narrow_time, wide_time) <= questions[i].most;
    }
  return good;
}

static int
ask_only (Bench *bench,
          const char *mode,
          const char *turns,
          const char *name)
{
  double start = processor_seconds ();

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (strcmp (questions[i].name, name) == 0)
      {
        guint n = (guint) atoi (turns);

        for (guint turn = 0; turn < n; turn++)
          questions[i].ask (bench, turn);
        if (strcmp (mode, "--time") == 0)
          printf ("%.1f\n", (processor_seconds () - start) * 1e9 / n);
        return 0;
      }
  fprintf (stderr, "no question %s\n", name);
  return 2;
}

static int
print_document (const Bench *bench)
{
  g_autofree char *json = migdesc_descriptor_to_string (bench->descriptor);

  printf ("%s\n%s\n", json, bench->lists[0]);
  return 0;
}

int
main (int argc,
      char **argv)
{
  Bench bench;
  Bench wide;

  bench_init (&bench, "4096");
  if (argc == 4)
    return ask_only (&bench, argv[1], argv[2], argv[3]);
  if (argc == 2 && strcmp (argv[1], "--print") == 0)
    return print_document (&bench);
  bench_init (&wide, "18446744073709551615");
  return measure (&bench, &wide) ? 0 : 1;
}
