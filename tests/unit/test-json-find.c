/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where a JSON pointer stands in a text. */

#include "base/json-find.h"

#include <string.h>

static const char text[]
    = "{\"a\": [10, {\"b/c\": 1, \"d~e\": {}}], \"f\": {\"g\": [[], 2]}, \"\": 3}";

static gsize
find (const char *pointer)
{
  gsize offset;

  migdesc_json_find (text, strlen (text), &pointer, 1, &offset);
  return offset;
}

static gsize
offset_of (const char *part)
{
  return (gsize) (strstr (text, part) - text);
}

static void
test_members_and_elements (void)
{
  g_assert_cmpuint (find ("/a"), ==, offset_of ("\"a\""));
  g_assert_cmpuint (find ("/a/0"), ==, offset_of ("10"));
  g_assert_cmpuint (find ("/a/1"), ==, offset_of ("{\"b/c"));
  g_assert_cmpuint (find ("/f/g/0"), ==, offset_of ("[], 2"));
  g_assert_cmpuint (find ("/f/g/1"), ==, offset_of ("2]"));
  g_assert_cmpuint (find ("/"), ==, offset_of ("\"\": 3"));
}

static void
test_escapes (void)
{
  g_assert_cmpuint (find ("/a/1/b~1c"), ==, offset_of ("\"b/c\""));
  g_assert_cmpuint (find ("/a/1/d~0e"), ==, offset_of ("\"d~e\""));
}

/* What is not there is where it would be. */
static void
test_nearest (void)
{
  g_assert_cmpuint (find ("/f/x/y"), ==, offset_of ("\"f\""));
  g_assert_cmpuint (find ("/a/7"), ==, offset_of ("\"a\""));
  g_assert_cmpuint (find ("/f/g/1/x"), ==, offset_of ("2]"));
  g_assert_cmpuint (find ("/x"), ==, G_MAXSIZE);
  g_assert_cmpuint (find (""), ==, G_MAXSIZE);
}

static void
test_many_at_once (void)
{
  const char *pointers[] = { "/f/g", "/a/1", "/x", "/f/g", "/a/1/zz" };
  gsize offsets[G_N_ELEMENTS (pointers)];

  migdesc_json_find (text, strlen (text), pointers, G_N_ELEMENTS (pointers), offsets);
  for (gsize i = 0; i < G_N_ELEMENTS (pointers); i++)
    g_assert_cmpuint (offsets[i], ==, find (pointers[i]));
}

/* Every prefix of the text: what was read before its end is found. */
static void
test_broken_texts (void)
{
  const char *pointers[] = { "/a/0", "/f/g/1" };
  gsize offsets[2];

  for (gsize length = 0; length <= strlen (text); length++)
    {
      g_autofree char *exact = g_strndup (text, length);

      migdesc_json_find (exact, length, pointers, 2, offsets);
      g_assert_true (offsets[0] == G_MAXSIZE || offsets[0] < length);
      if (length > offset_of ("10") + 2)
        g_assert_cmpuint (offsets[0], ==, offset_of ("10"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-find/members-and-elements", test_members_and_elements);
  g_test_add_func ("/json-find/escapes", test_escapes);
  g_test_add_func ("/json-find/nearest", test_nearest);
  g_test_add_func ("/json-find/many-at-once", test_many_at_once);
  g_test_add_func ("/json-find/broken-texts", test_broken_texts);
  return g_test_run ();
}
