/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-code.h>
#include <migdesc/migdesc-error.h>
#include "model/code-table.h"

/* The codes that there are: the nicks of the error domain, and the constants of model/codes.h. */
static GHashTable *
collect_codes (void)
{
  GHashTable *codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path =
      g_build_filename (g_getenv ("MIGDESC_SRCDIR"), "libmigdesc", "model", "codes.h", NULL);
  g_autofree char *header = NULL;
  g_autoptr (GTypeClass) errors = g_type_class_ref (MIGDESC_TYPE_ERROR);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < ((GEnumClass *) errors)->n_values; i++)
    g_hash_table_add (codes, g_strdup (((GEnumClass *) errors)->values[i].value_nick));

  g_file_get_contents (path, &header, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (header, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "#define MIGDESC_CODE_"))
      {
        g_auto (GStrv) parts = g_strsplit (lines[i], "\"", -1);

        g_assert_cmpuint (g_strv_length (parts), ==, 3);
        g_hash_table_add (codes, g_strdup (parts[1]));
      }
  return codes;
}

static void
test_every_code_is_in_the_catalogue (void)
{
  g_autoptr (GHashTable) codes = collect_codes ();
  GHashTableIter iter;
  gpointer code;

  g_assert_cmpuint (g_hash_table_size (codes), >, 70);
  g_hash_table_iter_init (&iter, codes);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    if (!migdesc_code_is_known (code))
      g_error ("%s is not in the catalogue", (const char *) code);
}

static void
test_the_catalogue_has_nothing_else (void)
{
  g_autoptr (GHashTable) codes = collect_codes ();
  g_auto (GStrv) listed = migdesc_code_list ();

  g_assert_cmpuint (g_strv_length (listed), ==, g_hash_table_size (codes));
  for (gsize i = 0; listed[i] != NULL; i++)
    if (!g_hash_table_remove (codes, listed[i]))
      g_error ("%s is in the catalogue twice, or no code", listed[i]);
  g_assert_cmpuint (g_hash_table_size (codes), ==, 0);
}

static guint
count_sentences (const char *text)
{
  guint n = 0;

  for (const char *at = text; *at != '\0'; at++)
    n += *at == '.' && (at[1] == '\0' || (at[1] == ' ' && g_ascii_isupper (at[2])));
  return n;
}

static gboolean
is_plain (const char *text,
          gboolean lines)
{
  for (; *text != '\0'; text++)
    if (!(*text >= ' ' && *text < 0x7f) && !(lines && *text == '\n'))
      return FALSE;
  return TRUE;
}

static void
test_entries_are_written_well (void)
{
  g_auto (GStrv) codes = migdesc_code_list ();

  for (gsize i = 0; codes[i] != NULL; i++)
    {
      const char *summary = migdesc_code_get_summary (codes[i]);
      const char *explanation = migdesc_code_get_explanation (codes[i]);
      const char *example = migdesc_code_get_example (codes[i]);

      g_test_message ("%s", codes[i]);
      g_assert_cmpuint (strlen (summary), <=, 72);
      g_assert_true (g_ascii_islower (summary[0]));
      g_assert_false (g_str_has_suffix (summary, "."));
      g_assert_cmpuint (count_sentences (explanation), >=, 2);
      g_assert_cmpuint (count_sentences (explanation), <=, 5);
      g_assert_true (g_str_has_suffix (explanation, "."));
      g_assert_nonnull (strchr (example, '\n'));
      g_assert_false (g_str_has_suffix (example, "\n"));
      g_assert_true (is_plain (summary, FALSE) && is_plain (explanation, FALSE)
                     && is_plain (example, TRUE));
    }
}

static void
test_what_a_code_says (void)
{
  g_assert_true (migdesc_code_is_known ("value-set-empty"));
  g_assert_cmpstr (migdesc_code_get_summary ("value-set-empty"), ==,
                   "a set of allowed values is empty");
  g_assert_cmpstr (migdesc_code_get_explanation ("value-set-empty"), ==,
                   "A param whose allowed values are the empty list could have no value at all, "
                   "not even its init "
                   "value. Leave the member out to allow every value of the type.");
  g_assert_true (
      g_str_has_prefix (migdesc_code_get_example ("value-set-empty"), "$ cat bad.json\n"));
}

static void
test_other_texts_are_no_codes (void)
{
  static const char *const texts[] = { "", "value-set", "value-set-emptyx", "Value-Set-Empty" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_false (migdesc_code_is_known (texts[i]));
      g_assert_null (migdesc_code_get_summary (texts[i]));
      g_assert_null (migdesc_code_get_explanation (texts[i]));
      g_assert_null (migdesc_code_get_example (texts[i]));
    }
}

#define ADD(name, function) g_test_add_func ("/code/" name, function)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("every-code-is-in-the-catalogue", test_every_code_is_in_the_catalogue);
  ADD ("the-catalogue-has-nothing-else", test_the_catalogue_has_nothing_else);
  ADD ("entries-are-written-well", test_entries_are_written_well);
  ADD ("what-a-code-says", test_what_a_code_says);
  ADD ("other-texts-are-no-codes", test_other_texts_are_no_codes);
  return g_test_run ();
}
