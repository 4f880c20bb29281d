/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "model/param-list-private.h"

static inline MigdescParamList *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescParamList *list = migdesc_param_list_new_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (list);
  return list;
}

static inline void
assert_prints (MigdescParamList *list,
               const char *expected)
{
  g_autofree char *text = migdesc_param_list_to_string (list);

  g_assert_cmpstr (text, ==, expected);
}

static inline void
assert_pair (const MigdescParamList *list,
             guint position,
             const char *name,
             const char *value)
{
  g_assert_cmpstr (migdesc_param_list_get_name (list, position), ==, name);
  g_assert_cmpstr (migdesc_param_list_get_value (list, position), ==, value);
  g_assert_cmpstr (migdesc_param_list_lookup (list, name), ==, value);
  g_assert_cmpuint (list->pairs[position].name_length, ==, strlen (name));
  g_assert_cmpuint (list->pairs[position].value_length, ==, strlen (value));
}
