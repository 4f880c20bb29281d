/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Writes the catalogue of codes as docs/codes.md, or tells whether that file is what would be
 * written:
 *   gen-codes --write FILE
 *   gen-codes --check FILE
 */

#include <string.h>

#include <migdesc/migdesc-code.h>
#include "model/code-table.h"

static const char head[] =
    "<!-- Written by docs/gen-codes.c from the catalogue in libmigdesc/model/code-*.c: edit that, "
    "then run\n"
    "     `ninja update-codes`. -->\n"
    "\n"
    "# The codes of findings and errors\n"
    "\n"
    "Every finding of a report and every error has a code. Codes are stable, messages may be "
    "reworded.\n"
    "`migdesc explain CODE` shows what is here.\n"
    "\n"
    "An example is what a shell shows: `$ cat FILE` and the lines of that file, a command and what "
    "it prints. `nic.json`\n"
    "is [examples/data/my-nic.json](../examples/data/my-nic.json). The tests run the examples.\n";

static void
append_contents (GString *text)
{
  for (gsize i = 0; migdesc_code_topics[i] != NULL; i++)
    {
      const MigdescCodeTopic *topic = migdesc_code_topics[i];

      g_string_append_printf (text, "\n**%s:**\n", topic->title);
      for (gsize j = 0; j < topic->n_codes; j++)
        g_string_append_printf (text, "[`%s`](#%s)%s\n", topic->codes[j].code, topic->codes[j].code,
                                j + 1 < topic->n_codes ? "," : "");
    }
}

/* Lines of a paragraph, as wide as those of the other pages. */
static void
append_wrapped (GString *text,
                const char *paragraph)
{
  const gsize width = 118;
  g_auto (GStrv) words = g_strsplit (paragraph, " ", -1);
  gsize column = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      gsize length = strlen (words[i]);

      if (column > 0 && column + 1 + length > width)
        {
          g_string_append_c (text, '\n');
          column = 0;
        }
      else if (column > 0)
        {
          g_string_append_c (text, ' ');
          column++;
        }
      g_string_append (text, words[i]);
      column += length;
    }
  g_string_append_c (text, '\n');
}

static void
append_code (GString *text,
             const MigdescCode *code)
{
  g_string_append_printf (text, "\n### %s\n\n", code->code);
  g_string_append_printf (text, "*%s*\n\n", code->summary);
  append_wrapped (text, code->explanation);
  g_string_append_printf (text, "\n```\n%s\n```\n", code->example);
}

static char *
make_page (void)
{
  GString *text = g_string_new (head);

  append_contents (text);
  for (gsize i = 0; migdesc_code_topics[i] != NULL; i++)
    {
      g_string_append_printf (text, "\n## %s\n", migdesc_code_topics[i]->title);
      for (gsize j = 0; j < migdesc_code_topics[i]->n_codes; j++)
        append_code (text, &migdesc_code_topics[i]->codes[j]);
    }
  return g_string_free (text, FALSE);
}

int
main (int argc,
      char **argv)
{
  g_autofree char *page = make_page ();
  g_autofree char *present = NULL;
  g_autoptr (GError) error = NULL;

  if (argc == 3 && strcmp (argv[1], "--write") == 0
      && g_file_set_contents (argv[2], page, -1, &error))
    return 0;
  if (argc == 3 && strcmp (argv[1], "--check") == 0
      && g_file_get_contents (argv[2], &present, NULL, &error))
    {
      if (strcmp (page, present) == 0)
        return 0;
      g_printerr ("%s differs from the catalogue of codes: run ninja update-codes\n", argv[2]);
      return 1;
    }
  g_printerr ("%s\n", error != NULL ? error->message : "gen-codes --write FILE or --check FILE");
  return 1;
}
