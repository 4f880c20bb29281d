/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Tables of documents, in which each is a test point of its own: what it is about, the text, and
 * what json_check_read() makes of it. The names follow the categories of the public JSONTestSuite;
 * the texts are ours. */

#include "json-check.h"

typedef struct
{
  const char *name;
  const char *text;
  gsize length;
  const char *expected;
} JsonCase;

#define CASE(name, text, expected) { name, text, sizeof text - 1, expected }

static inline void
json_case_test (gconstpointer data)
{
  const JsonCase *json_case = data;

  assert_read (json_case->text, (gssize) json_case->length, json_case->expected);
}

static inline void
json_cases_add (const char *folder,
                const JsonCase *cases,
                gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/json/%s/%s", folder, cases[i].name);

      g_test_add_data_func (path, &cases[i], json_case_test);
    }
}
