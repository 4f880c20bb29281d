/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fuzz.h"

#include <stdio.h>
#include <string.h>

#include "golden.h"
#include "report.h"
#include "stream.h"
#include "tests.h"
#include "visit.h"

#define MAX_CHANGED 2048

/* What is found is fatal: a fuzzer keeps the input of a program that ends so. */
static void G_GNUC_PRINTF (2, 3) G_GNUC_NORETURN
found (const KitCase *subject, const char *format, ...)
{
  va_list arguments;

  fprintf (stderr, "%s %s: ", subject->testkit->name, subject->label);
  va_start (arguments, format);
  vfprintf (stderr, format, arguments);
  va_end (arguments);
  fputc ('\n', stderr);
  abort ();
}

static GBytes *
save_newest (const KitCase *subject, KitDevice *device)
{
  g_autoptr (GError) error = NULL;
  GBytes *saved = kit_device_save (device, migdesc_state_type_get_version (subject->type), NULL,
                                   &error);

  if (saved == NULL)
    found (subject, "the device cannot be saved: %s", error->message);
  return saved;
}

/* A device, and what it is saved as: each input finds it as the one before has left it. */
typedef struct
{
  KitDevice *device;
  GBytes *saved;
} Fed;

/* Any bytes: they are refused, with a message that can be shown, and the device is as it was; or
 * they are a state, which is saved as something that is loaded as the same. */
static void
feed (Fed *fed, GBytes *input)
{
  const KitCase *subject = kit_device_get_case (fed->device);
  g_autoptr (GError) error = NULL;
  gboolean loaded = kit_device_load (fed->device, input, &error);
  g_autoptr (GBytes) after = save_newest (subject, fed->device);

  if (!loaded && kit_find_fault (error) != NULL)
    found (subject, "the message of an error: %s", kit_find_fault (error));
  if (!loaded && !g_bytes_equal (fed->saved, after))
    found (subject, "a load that failed has changed the device");
  if (!loaded)
    return;
  if (!kit_device_load (fed->device, after, &error))
    found (subject, "what was loaded and saved is refused: %s", error->message);
  g_bytes_unref (fed->saved);
  fed->saved = save_newest (subject, fed->device);
  if (!g_bytes_equal (after, fed->saved))
    found (subject, "what was loaded is saved as another");
}

/* Devices that live as long as the fuzzer. */
static GArray *
get_devices (const MigdescTestkit *testkit)
{
  static GArray *devices; /* of Fed, in the order of the cases */
  static GPtrArray *cases;

  if (devices != NULL)
    return devices;
  devices = g_array_new (FALSE, FALSE, sizeof (Fed));
  cases = kit_list_cases (testkit, NULL);
  g_assert_nonnull (cases);
  for (guint i = 0; i < cases->len; i++)
    {
      const KitCase *subject = g_ptr_array_index (cases, i);
      Fed fed = { kit_device_new (subject, NULL), NULL };

      g_assert_nonnull (fed.device);
      fed.saved = save_newest (subject, fed.device);
      g_array_append_val (devices, fed);
    }
  return devices;
}

static void
fuzz_visit (const MigdescTestkit *testkit, const guint8 *data, gsize size)
{
  static GPtrArray *cases;

  if (cases == NULL)
    cases = kit_list_cases (testkit, NULL);
  g_assert_nonnull (cases);
  kit_visit_any (g_ptr_array_index (cases, 0), data, size);
}

/**
 * migdesc_testkit_fuzz:
 * @testkit: what the tests are made from, always the same in a program
 * @data: (array length=size): any bytes
 * @size: how many
 *
 * Gives any bytes to a device of each case as a stream, and ends the program if that does what must
 * not be: %MIGDESC_TESTKIT_FUZZ makes an entry point of it.
 *
 * Returns: 0
 *
 * Since: 1.0
 */
int
migdesc_testkit_fuzz (const MigdescTestkit *testkit, const guint8 *data, gsize size)
{
  g_autoptr (GBytes) input = NULL;
  GArray *devices;

  if (testkit->visit != NULL)
    {
      fuzz_visit (testkit, data, size);
      return 0;
    }
  devices = get_devices (testkit);
  input = g_bytes_new (data, size);
  for (guint i = 0; i < devices->len; i++)
    feed (&g_array_index (devices, Fed, i), input);
  return 0;
}

static void
test_changed (gconstpointer data)
{
  const KitRun *run = data;
  g_autoptr (GPtrArray) labels = kit_golden_list (run->golden, run->testkit->name, NULL);

  if (labels == NULL || labels->len == 0)
    {
      g_test_skip ("nothing was recorded");
      return;
    }
  for (guint i = 0; i < labels->len; i++)
    {
      g_autoptr (KitGolden) golden = kit_golden_read (run->golden, run->testkit->name,
                                                      g_ptr_array_index (labels, i), NULL);
      gsize size = golden == NULL ? 0 : g_bytes_get_size (golden->stream);
      g_autofree guint8 *bytes
          = size == 0 ? NULL : g_memdup2 (g_bytes_get_data (golden->stream, NULL), size);

      for (gsize at = 0; at < size; at += size / MAX_CHANGED + 1)
        {
          bytes[at] ^= 0x41;
          migdesc_testkit_fuzz (run->testkit, bytes, size);
          bytes[at] ^= 0x41;
        }
    }
}

void
kit_add_fuzz_tests (const KitRun *run)
{
  g_autofree char *path = g_strdup_printf ("/%s/fuzz", run->testkit->name);

  g_test_add_data_func (path, run, test_changed);
}

static guint
replay_file (const MigdescTestkit *testkit, const char *path)
{
  g_autofree char *data = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return 0;
  migdesc_testkit_fuzz (testkit, (const guint8 *) data, size);
  return 1;
}

static guint
replay_path (const MigdescTestkit *testkit, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  if (folder == NULL)
    return replay_file (testkit, path);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      n += replay_file (testkit, file);
    }
  return n;
}

gboolean
kit_replay (const MigdescTestkit *testkit, char **paths)
{
  guint n = 0;

  for (char **path = paths; *path != NULL; path++)
    {
      guint files = replay_path (testkit, *path);

      if (files == 0)
        fprintf (stderr, "%s: no file to replay\n", *path);
      n += files;
    }
  printf ("%u inputs\n", n);
  return n > 0;
}
