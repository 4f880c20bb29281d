/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>
#include <string.h>

#include "state/transform/chain.h"

#include "fuzz.h"

/* One schema, or two with a NUL between them: what can be read is written as what it was, in every
 * version, and they resolve into each other in words; so does one with the old schemas that its
 * transforms keep. */

#define MOST_KEPT 8 /* tried of one schema: there can be 256 */

static MigdescStateType *
read_schema (const char *text,
             gsize length)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new_from_json (text, (gssize) length, NULL, &error);

  if (type != NULL)
    return type;
  g_assert_true (error->domain == MIGDESC_ERROR);
  fuzz_check_message (error->message);
  return NULL;
}

static void
check_round_trip (MigdescStateType *type)
{
  g_autofree char *json = migdesc_state_type_to_json (type, FALSE);
  g_autoptr (MigdescStateType) again = read_schema (json, strlen (json));

  g_assert_nonnull (again);
  g_assert_true (migdesc_state_type_equal (type, again));
}

static void
check_version (MigdescStateType *type,
               guint version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) params
      = migdesc_param_list_new_from_string ("n=3,mode=a,fast=on", &error);
  g_autoptr (MigdescStateType) effective = NULL;

  g_assert_no_error (error);
  effective = migdesc_state_type_new_effective (type, version, params, &error);
  if (effective == NULL)
    {
      fuzz_check_message (error->message);
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG);
    }
  else
    check_round_trip (effective);
}

static void
check_type (MigdescStateType *type)
{
  guint newest = migdesc_state_type_get_version (type);

  check_round_trip (type);
  check_version (type, newest);
  check_version (type, MAX (migdesc_state_type_get_minimum_version (type), newest - 1));
}

static void
check_resolved (MigdescStateType *writer,
                MigdescStateType *reader)
{
  g_autoptr (MigdescReport) report = migdesc_state_type_resolve (writer, reader);
  g_autofree char *text = migdesc_report_to_string (report);

  g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* The schemas of old versions: each goes to the type and comes from it by the transforms. */
static void
check_kept (MigdescStateType *type)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (type);
  MigdescStateType *schema;

  for (guint i = 0; transforms != NULL && i < MOST_KEPT
                    && (schema = migdesc_transforms_get_schema (transforms, i)) != NULL;
       i++)
    {
      check_round_trip (schema);
      check_resolved (schema, type);
      check_resolved (type, schema);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  const guint8 *middle = size == 0 ? NULL : memchr (data, '\0', size);
  gsize length = middle == NULL ? size : (gsize) (middle - data);
  g_autofree char *one = g_strndup ((const char *) data, length);
  g_autoptr (MigdescStateType) type = read_schema (one, length);
  g_autoptr (MigdescStateType) other
      = middle == NULL ? NULL : read_schema ((const char *) middle + 1, size - length - 1);

  if (type != NULL)
    {
      check_type (type);
      check_resolved (type, type);
      check_kept (type);
    }
  if (type == NULL || other == NULL)
    return 0;
  check_resolved (type, other);
  check_resolved (other, type);
  return 0;
}
