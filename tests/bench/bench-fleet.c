/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a fleet of a million hosts costs: coming in, and being asked about a device of eight params.
 * Beside it, in the same run, a plain loop over numbers of equal descriptors and a loop over an
 * array of structs, both with rules by hand. `bench-fleet` measures and fails where a figure is
 * missed; `bench-fleet grow N` prints how it grows from 1,000 hosts to N; `bench-fleet lines N D`
 * prints N hosts of D descriptors as lines, for fleet.py. */

#include <stdio.h>
#include <string.h>

#include "fleet-fixture.h"
#include "measure.h"

#define N_HOSTS 1000000
#define N_DESCRIPTORS 10000 /* different ones, at most */
#define N_ROUNDS 7
#define PIECE 10000 /* hosts of a piece of text */
#define NAME_END 24 /* of a line: behind the name */

static const char line_format[]
    = "{\"host\":\"host-%07u\",\"slots\":[{\"name\":\"nic\",\"count\":4,\"descriptor\":%s}]}\n";

static char **
make_descriptors (guint n)
{
  char **texts = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    texts[i] = fleet_descriptor (i);
  return texts;
}

/* --- Coming in -------------------------------------------------------- */

static GBytes *
make_lines (char **texts, guint n_texts, guint from, guint to)
{
  GString *lines = g_string_new (NULL);
  gsize length;

  for (guint i = from; i < to; i++)
    g_string_append_printf (lines, line_format, i, texts[i * 7919 % n_texts]);
  length = lines->len;
  return g_bytes_new_take (g_string_free (lines, FALSE), length);
}

/* Lines are made piece by piece, and only reading them is timed. */
static MigdescFleet *
read_lines (char **texts, guint n_texts, guint n_hosts, double *seconds, gsize *bytes)
{
  MigdescFleet *fleet = migdesc_fleet_new (NULL);

  *seconds = 0;
  *bytes = 0;
  for (guint i = 0; i < n_hosts; i += PIECE)
    {
      g_autoptr (GBytes) lines = make_lines (texts, n_texts, i, MIN (i + PIECE, n_hosts));
      double start = processor_seconds ();

      g_assert_true (migdesc_fleet_add_lines (fleet, lines, NULL, NULL, NULL, NULL, NULL));
      *seconds += processor_seconds () - start;
      *bytes += g_bytes_get_size (lines);
    }
  migdesc_fleet_trim (fleet);
  return fleet;
}

static MigdescFleet *
add_texts (char **texts, guint n_texts, guint n_hosts, double *seconds)
{
  MigdescFleet *fleet = migdesc_fleet_new (NULL);
  g_autofree char *copy = NULL;
  double start;

  *seconds = 0;
  for (guint i = 0; i < n_hosts; i += PIECE)
    {
      GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
      GPtrArray *copies = g_ptr_array_new_with_free_func (g_free);

      for (guint k = i; k < MIN (i + PIECE, n_hosts); k++)
        {
          g_ptr_array_add (names, g_strdup_printf ("host-%07u", k));
          g_ptr_array_add (copies, g_strdup (texts[k * 7919 % n_texts]));
        }
      start = processor_seconds ();
      for (guint k = 0; k < names->len; k++)
        migdesc_fleet_add_text (fleet, names->pdata[k], copies->pdata[k], -1, NULL);
      *seconds += processor_seconds () - start;
      g_ptr_array_unref (names);
      g_ptr_array_unref (copies);
    }
  migdesc_fleet_trim (fleet);
  return fleet;
}

/* What has to be done at least: a multiplying hash of every text, and a comparison. */
static guint64
hash_text (const char *text, gsize length)
{
  guint64 hash = length;

  for (gsize i = 0; i + 8 <= length; i += 8)
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
    }
  return hash;
}

static double
time_by_hand (char **texts, guint n_texts)
{
  double seconds = 0;
  guint64 sum = 0;

  for (guint i = 0; i < N_HOSTS; i += PIECE)
    {
      g_autoptr (GBytes) lines = make_lines (texts, n_texts, i, i + PIECE);
      gsize length;
      const char *text = g_bytes_get_data (lines, &length);
      gsize each = length / PIECE;
      double start = processor_seconds ();

      for (guint k = 0; k < PIECE; k++)
        {
          sum += hash_text (text + k * each, each);
          sum += (guint) memcmp (text + k * each + NAME_END, text + k % n_texts * each + NAME_END,
                                 each - NAME_END);
        }
      seconds += processor_seconds () - start;
    }
  g_assert_cmpuint (sum, !=, 0);
  return seconds;
}

static gboolean
print_figure (const char *words, double value, const char *unit, double most)
{
  gboolean good = most <= 0 || value <= most;

  printf ("%-58s %10.3f %s", words, value, unit);
  if (most > 0)
    printf (" (at most %g)%s", most, good ? "" : " MISSED");
  printf ("\n");
  return good;
}

static gboolean
measure_ingest (char **texts)
{
  double rounds[3][3];
  gboolean good = TRUE;
  guint64 columns = 0;
  double least;
  gsize bytes = 0;

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (MigdescFleet) fleet = NULL;
      g_autoptr (MigdescFleet) other = NULL;

      fleet = read_lines (texts, 100, N_HOSTS, &rounds[0][round], &bytes);
      migdesc_fleet_get_memory (fleet, &columns, NULL, NULL);
      g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, N_HOSTS);
      g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), ==, 0);
      g_clear_object (&fleet);
      other = add_texts (texts, 100, N_HOSTS, &rounds[1][round]);
      g_assert_cmpuint (migdesc_fleet_get_n_errors (other), ==, 0);
      rounds[2][round] = time_by_hand (texts, 100);
    }
  printf ("1,000,000 hosts of %.0f bytes, 100 distinct\n", (double) bytes / N_HOSTS);
  least = median (rounds[2], 3);
  print_figure ("  as lines, processor time a host", median (rounds[0], 3), "us", 0);
  print_figure ("  one by one, processor time a host", median (rounds[1], 3), "us", 0);
  print_figure ("  multiply-hash and compare, a host", least, "us", 0);
  /* That takes 0.46 us where nothing else runs. */
  good &= print_figure ("  as lines, in these", median (rounds[0], 3) / least, "times", 1 / 0.46);
  good &= print_figure ("  one by one, in these", median (rounds[1], 3) / least, "times", 1 / 0.46);
  good &= print_figure ("  memory a host beside its name", (double) columns / N_HOSTS, "bytes", 8);
  return good;
}

/* --- Being asked ------------------------------------------------------ */

/* What somebody writes who knows these eight params and no others */
typedef struct
{
  guint64 max_queues;
  guint64 max_ring;
  guint64 max_mtu;
  guint64 max_filters;
  guint modes;
  gboolean rss, offload, checksum;
  char more[64];
} ByHand;

static guint8
check_by_hand (const ByHand *host)
{
  return !(8 <= host->max_queues && 256 <= host->max_ring && 1500 <= host->max_mtu
           && 16 <= host->max_filters && (host->modes & 2) != 0 && host->rss && host->offload
           && host->checksum);
}

static void
fill_by_hand (ByHand *host, guint number)
{
  *host = (ByHand) { number % 3 == 2 ? 4 : 64, 256 + number, 9000, 64, 7, TRUE, TRUE, TRUE, "" };
}

typedef struct
{
  MigdescFleet *fleet;
  MigdescParamList *list;
  guint n_distinct;
  ByHand *distinct;
  ByHand *structs; /* of each host */
  guint32 *numbers; /* of each host */
  guint8 *verdicts; /* of what is compared with */
} Asked;

static void
ask_fleet (Asked *asked)
{
  g_autoptr (MigdescFleetCheck) check
      = migdesc_fleet_check (asked->fleet, asked->list, NULL, NULL, NULL, NULL);
  g_autoptr (GBytes) verdicts = migdesc_fleet_check_dup_verdicts (check);

  g_assert_cmpuint (g_bytes_get_size (verdicts), ==, N_HOSTS);
}

static void
ask_numbers (Asked *asked)
{
  g_autofree guint8 *table = g_malloc (asked->n_distinct);

  for (guint i = 0; i < asked->n_distinct; i++)
    table[i] = check_by_hand (&asked->distinct[i]);
  for (guint i = 0; i < N_HOSTS; i++)
    asked->verdicts[i] = table[asked->numbers[i]];
}

static void
ask_structs (Asked *asked)
{
  for (guint i = 0; i < N_HOSTS; i++)
    asked->verdicts[i] = check_by_hand (&asked->structs[i]);
}

static void
asked_init (Asked *asked, char **texts, guint n_distinct)
{
  double seconds;
  gsize bytes;

  asked->n_distinct = n_distinct;
  asked->fleet = read_lines (texts, n_distinct, N_HOSTS, &seconds, &bytes);
  asked->list = migdesc_param_list_new_from_string (FLEET_LIST, NULL);
  asked->distinct = g_new (ByHand, n_distinct);
  asked->structs = g_new (ByHand, N_HOSTS);
  asked->numbers = g_new (guint32, N_HOSTS);
  asked->verdicts = g_malloc (N_HOSTS);
  for (guint i = 0; i < n_distinct; i++)
    fill_by_hand (&asked->distinct[i], i);
  for (guint i = 0; i < N_HOSTS; i++)
    {
      asked->numbers[i] = i * 7919 % n_distinct;
      asked->structs[i] = asked->distinct[asked->numbers[i]];
    }
}

static void
asked_clear (Asked *asked)
{
  g_object_unref (asked->fleet);
  migdesc_param_list_unref (asked->list);
  g_free (asked->distinct);
  g_free (asked->structs);
  g_free (asked->numbers);
  g_free (asked->verdicts);
}

/* The rules by hand and the library have to say the same. */
static void
compare_answers (Asked *asked)
{
  g_autoptr (MigdescFleetCheck) check
      = migdesc_fleet_check (asked->fleet, asked->list, NULL, NULL, NULL, NULL);
  g_autoptr (GBytes) verdicts = migdesc_fleet_check_dup_verdicts (check);

  ask_structs (asked);
  g_assert_cmpmem (g_bytes_get_data (verdicts, NULL), N_HOSTS, asked->verdicts, N_HOSTS);
  ask_numbers (asked);
  g_assert_cmpmem (g_bytes_get_data (verdicts, NULL), N_HOSTS, asked->verdicts, N_HOSTS);
}

static double
time_once (Asked *asked, void (*ask) (Asked *asked))
{
  double start = processor_seconds ();

  ask (asked);
  return (processor_seconds () - start) * 1e9 / N_HOSTS;
}

static gboolean
measure_check (char **texts, guint n_distinct, double most)
{
  double rounds[3][N_ROUNDS];
  gboolean good;
  Asked asked;

  asked_init (&asked, texts, n_distinct);
  compare_answers (&asked);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      rounds[0][round] = time_once (&asked, ask_fleet);
      rounds[1][round] = time_once (&asked, ask_numbers);
      rounds[2][round] = time_once (&asked, ask_structs);
    }
  printf ("1,000,000 hosts, %u distinct descriptors\n", n_distinct);
  good = print_figure ("  fleet check with its column, a host", median (rounds[0], N_ROUNDS), "ns",
                       0);
  /* The plain loop takes 0.28 ns where nothing else runs. */
  good = print_figure ("  the same in plain loops",
                       median (rounds[0], N_ROUNDS) / median (rounds[1], N_ROUNDS), "times",
                       most / 0.28);
  print_figure ("  plain loop over deduplicated numbers, a host", median (rounds[1], N_ROUNDS),
                "ns", 0);
  print_figure ("  loop over an array of structs, a host", median (rounds[2], N_ROUNDS), "ns", 0);
  asked_clear (&asked);
  return good;
}

/* --- Selecting -------------------------------------------------------- */

static MigdescSelector *
make_selector (void)
{
  static const char *const lists[] = {
    FLEET_LIST,
    FLEET_MODEL "?num-queues=2,ring-size=700,rss=on,mode=safe,mtu=1500,checksum=on",
    FLEET_MODEL "?num-queues=64,ring-size=1000,mode=fast,mtu=9000",
  };
  MigdescSelector *selector = migdesc_selector_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string (lists[i], NULL);

      g_assert_true (migdesc_selector_add_device (selector, list, NULL, NULL));
    }
  return selector;
}

/* Milliseconds until the best 20 are there with their reasons, as JSON */
static double
time_select (MigdescFleet *fleet)
{
  g_autoptr (MigdescSelector) selector = make_selector ();
  double start = processor_seconds ();
  g_autoptr (MigdescSelection) selection = migdesc_fleet_select (fleet, selector, NULL, NULL);
  g_autofree char *json = migdesc_selection_to_json (selection);

  g_assert_cmpuint (migdesc_selection_get_n_results (selection), ==,
                    MIN (20, migdesc_fleet_get_n_hosts (fleet)));
  g_assert_nonnull (json);
  return (processor_seconds () - start) * 1e3;
}

static gboolean
measure_select (char **texts)
{
  double rounds[N_ROUNDS];
  double seconds;
  gsize bytes;
  g_autoptr (MigdescFleet) fleet = read_lines (texts, 1000, N_HOSTS, &seconds, &bytes);

  for (guint round = 0; round < N_ROUNDS; round++)
    rounds[round] = time_select (fleet);
  printf ("1,000,000 hosts of 1,000 shapes, three devices\n");
  return print_figure ("  select, the best 20 with reasons", median (rounds, N_ROUNDS), "ms", 50);
}

/* --- Growing ---------------------------------------------------------- */

static double
time_check (MigdescFleet *fleet)
{
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string (FLEET_LIST, NULL);
  double start = processor_seconds ();
  g_autoptr (MigdescFleetCheck) check = migdesc_fleet_check (fleet, list, NULL, NULL, NULL, NULL);

  g_assert_nonnull (check);
  return (processor_seconds () - start) * 1e3;
}

static double
best_of_three (MigdescFleet *fleet, double (*ask) (MigdescFleet *fleet))
{
  double best = ask (fleet);

  for (guint i = 0; i < 2; i++)
    best = MIN (best, ask (fleet));
  return best;
}

/* A table of Markdown: hosts, reading in seconds, a check and a select in milliseconds, bytes */
static void
print_growth (char **texts, guint most)
{
  printf ("| hosts | read, s | check, ms | select, ms | bytes a host | descriptors, MiB |\n"
          "|---:|---:|---:|---:|---:|---:|\n");
  for (guint n = 1000; n <= most; n *= 10)
    {
      double seconds;
      gsize bytes;
      guint64 columns;
      guint64 shapes;
      g_autoptr (MigdescFleet) fleet = read_lines (texts, 1000, n, &seconds, &bytes);

      migdesc_fleet_get_memory (fleet, &columns, NULL, &shapes);
      printf ("| %u | %.4f | %.3f | %.2f | %.2f | %.1f |\n", n, seconds,
              best_of_three (fleet, time_check), best_of_three (fleet, time_select),
              (double) columns / n, (double) shapes / (1 << 20));
      fflush (stdout);
    }
}

static gboolean
print_lines (char **texts, guint n_hosts, guint n_descriptors)
{
  g_autoptr (GBytes) lines = NULL;
  gsize length;
  const char *text;

  if (n_descriptors == 0 || n_descriptors > N_DESCRIPTORS)
    {
      fprintf (stderr, "bench-fleet: lines are of 1 to %u descriptors\n", N_DESCRIPTORS);
      return FALSE;
    }
  lines = make_lines (texts, n_descriptors, 0, n_hosts);
  text = g_bytes_get_data (lines, &length);
  return fwrite (text, 1, length, stdout) == length;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) texts = make_descriptors (N_DESCRIPTORS);
  gboolean good = TRUE;

  if (argc == 2 && strcmp (argv[1], "read") == 0)
    good = measure_ingest (texts);
  else if (argc == 1)
    {
      good &= measure_check (texts, 100, 0.5);
      good &= measure_check (texts, N_DESCRIPTORS, 1.5);
      good &= measure_select (texts);
      good &= measure_ingest (texts);
    }
  else if (argc == 3 && strcmp (argv[1], "grow") == 0)
    print_growth (texts, (guint) atoi (argv[2]));
  else if (argc == 4 && strcmp (argv[1], "lines") == 0)
    good = print_lines (texts, (guint) atoi (argv[2]), (guint) atoi (argv[3]));
  return good ? 0 : 1;
}
