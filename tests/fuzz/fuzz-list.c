/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a parameter list, in its text form and in its JSON form: what can be read reads back
 * from all that it is written as, and what can't gives a message that is one line of clean
 * UTF-8. */

#include <glib.h>
#include <string.h>

#include <migdesc/migdesc-error.h>

#include "fuzz.h"
#include "model/param-list-private.h"

static void
check_same (const MigdescParamList *list,
            MigdescParamList *other,
            GError *error)
{
  g_assert_no_error (error);
  g_assert_true (migdesc_param_list_equal (list, other));
  g_assert_cmpuint (migdesc_param_list_hash (list), ==, migdesc_param_list_hash (other));
  migdesc_param_list_unref (other);
}

static void
check_text (const MigdescParamList *list)
{
  g_autofree char *text = migdesc_param_list_to_string (list);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  MigdescParamList *other = migdesc_param_list_new_from_string (text, &error);

  g_assert_no_error (error);
  again = migdesc_param_list_to_string (other);
  g_assert_cmpstr (text, ==, again);
  check_same (list, other, error);
}

static void
check_json (const MigdescParamList *list)
{
  g_autofree char *json = migdesc_param_list_to_json (list);
  g_autoptr (GError) error = NULL;

  check_same (list, migdesc_param_list_new_from_json (json, -1, &error), error);
}

static void
check_args (const MigdescParamList *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) args = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < list->n_pairs; i++)
    {
      g_autofree char *arg = g_strconcat (list->pairs[i].name, "=", list->pairs[i].value, NULL);

      g_strv_builder_add (builder, arg);
    }
  if (list->version != NULL)
    {
      g_autofree char *arg = g_strconcat ("version=", list->version, NULL);

      g_strv_builder_add (builder, arg);
    }
  args = g_strv_builder_end (builder);
  check_same (list,
              migdesc_param_list_new_from_args (list->model, (const char *const *) args, &error),
              error);
}

static void
check_lengths (const MigdescParamList *list)
{
  for (guint i = 0; i < list->n_pairs; i++)
    {
      g_assert_cmpuint (strlen (list->pairs[i].name), ==, list->pairs[i].name_length);
      g_assert_cmpuint (strlen (list->pairs[i].value), ==, list->pairs[i].value_length);
    }
  if (list->model != NULL)
    g_assert_cmpuint (strlen (list->model), ==, list->model_length);
  if (list->version != NULL)
    g_assert_cmpuint (strlen (list->version), ==, list->version_length);
}

static void
check_list (MigdescParamList *list,
            GError *error)
{
  g_assert_true ((list == NULL) == (error != NULL));
  if (list == NULL)
    {
      g_assert_nonnull (migdesc_error_get_nick ((MigdescError) error->code));
      fuzz_check_message (error->message);
      g_error_free (error);
      return;
    }
  check_lengths (list);
  check_text (list);
  check_json (list);
  check_args (list);
  migdesc_param_list_unref (list);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  GError *error = NULL;
  MigdescParamList *list;

  list = migdesc_param_list_parse ((const char *) data, size, &error);
  check_list (list, error);
  error = NULL;
  list = migdesc_param_list_new_from_json ((const char *) data, (gssize) size, &error);
  check_list (list, error);
  return 0;
}
