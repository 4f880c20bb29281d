/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backend-nic.h"

#include <string.h>

/* Options of any kind: whatever they are, each mistake is one clean line, or there is a device. */

#define N_LINES 20000

static const char *const pieces[] = {
  "--m-",      "--param",  "--param=", "--migration-version", "--migration-model", "--m-rss",
  "--m-mtu=",  "=",        "on",       "off",                 "9000",              "1",
  "num-queues", "rss",     "label",    "2",                   "3",                 "debug",
  "latest",    "version",  "model",    "vendor-a.com/my-nic", "\n",                "\033[2J",
  "\342\200\256", "\xff",  "\xc3",     "\xed\xa0\x80",        ",",                 "?",
  " ",         "18446744073709551616", "-1",                  "0x10",              "",
  "--print-migration-info-json=",      "v4",                  "--",                "--m-label",
};

static char *
make_arg (GRand *random)
{
  GString *arg = g_string_new (NULL);
  gint32 n = g_rand_int_range (random, 1, 5);

  for (gint32 i = 0; i < n; i++)
    g_string_append (arg, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  if (g_rand_int_range (random, 0, 200) == 0)
    for (guint i = 0; i < 4096; i++)
      g_string_append_c (arg, (char) g_rand_int_range (random, 1, 256));
  return g_string_free (arg, FALSE);
}

static char **
make_args (GRand *random)
{
  gint32 n = g_rand_int_range (random, 0, 9);
  char **args = g_new0 (char *, (gsize) n + 1);

  for (gint32 i = 0; i < n; i++)
    args[i] = make_arg (random);
  return args;
}

/* Nothing that ends a line, moves a cursor or turns the direction */
static void
assert_clean (const char *line)
{
  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpuint (strlen (line), <, 2048);
  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      g_assert_false (g_unichar_iscntrl (character));
      g_assert_false (character >= 0x2028 && character <= 0x202e);
    }
}

static void
try_line (MigdescBackend *backend,
          GRand *random,
          guint *good)
{
  g_auto (GStrv) args = make_args (random);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest
      = migdesc_backend_parse_args (backend, (const char *const *) args, &error);
  g_auto (GStrv) mistakes = migdesc_backend_dup_mistakes (backend);
  g_autofree char *answer = migdesc_backend_dup_answer (backend);

  g_assert_true ((rest != NULL) == (error == NULL));
  g_assert_true (rest == NULL || answer != NULL || mistakes[0] == NULL);
  g_assert_true ((migdesc_backend_get_config (backend) != NULL) == (mistakes[0] == NULL));
  if (rest != NULL)
    g_assert_cmpuint (g_strv_length (rest), <=, g_strv_length (args));
  for (char **line = mistakes; *line != NULL; line++)
    assert_clean (*line);
  *good += mistakes[0] == NULL;
}

static void
test_any_line (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  guint good = 0;

  for (guint i = 0; i < N_LINES; i++)
    try_line (backend, random, &good);
  /* neither all nor none */
  g_assert_cmpuint (good, >, N_LINES / 100);
  g_assert_cmpuint (good, <, N_LINES / 4 * 3);
}

/* As many as a command line can have: the time is not that of each with each. */
static void
test_many_options (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 50000; i++)
    g_ptr_array_add (args, g_strdup_printf ("--m-name-%u=%u", i, i));
  g_ptr_array_add (args, NULL);
  g_assert_null (
      migdesc_backend_parse_args (backend, (const char *const *) args->pdata, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend-hostile/any", test_any_line);
  g_test_add_func ("/backend-hostile/many", test_many_options);
  return g_test_run ();
}
