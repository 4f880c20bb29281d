/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a dump of mdevctl: the list of each device that is found can be read, or a message
 * that is one line of clean UTF-8 says why not. */

#include <migdesc/migdesc-error.h>

#include "fuzz.h"
#include "host/mdevctl.h"

#define DEVICES_MAX 16

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == MIGDESC_ERROR);
  g_assert_nonnull (migdesc_error_get_nick ((MigdescError) error->code));
  fuzz_check_message (error->message);
}

static void
read_device (GBytes *dump, const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list = migdesc_mdevctl_read_instance (dump, "a\nname", uuid, &error);
  g_autofree char *text = NULL;
  g_autoptr (MigdescParamList) again = NULL;

  if (list == NULL)
    {
      check_error (error);
      return;
    }
  g_assert_no_error (error);
  text = migdesc_param_list_to_string (list);
  again = migdesc_param_list_new_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_param_list_equal (list, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) dump = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) uuids = migdesc_mdevctl_list_instances (dump, "a\nname", &error);

  if (uuids == NULL)
    {
      check_error (error);
      /* the dump of one device does not name it */
      read_device (dump, "any");
    }
  else
    g_assert_no_error (error);
  for (guint i = 0; uuids != NULL && uuids[i] != NULL && i < DEVICES_MAX; i++)
    read_device (dump, uuids[i]);
  return 0;
}
