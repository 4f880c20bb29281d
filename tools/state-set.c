/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-set.h"

#include <string.h>

typedef struct
{
  const char *path; /* as migdesc_state_dup_path() writes it */
  const char *value; /* JSON */
  GString *text;
} Edit;

static void append_state (const Edit *edit, MigdescState *state);

static void
append_string (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (const char *c = value; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (text, '\\');
      if ((guchar) *c < ' ')
        g_string_append_printf (text, "\\u%04x", (guint) (guchar) *c);
      else
        g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

/* Whether the path leads through, or to, the part at @start. */
static gboolean
leads_through (const char *path, const char *start)
{
  gsize length = strlen (start);

  return strncmp (path, start, length) == 0 && strchr (".[", path[length]) != NULL;
}

static void
append_children (const Edit *edit, MigdescState *state)
{
  gboolean is_array = migdesc_state_get_kind (state) == MIGDESC_STATE_ARRAY;

  g_string_append_c (edit->text, is_array ? '[' : '{');
  for (guint64 i = 0; i < migdesc_state_get_n_children (state); i++)
    {
      g_autoptr (MigdescState) child = migdesc_state_get_child (state, i);

      if (i > 0)
        g_string_append_c (edit->text, ',');
      if (!is_array)
        {
          append_string (edit->text, migdesc_state_get_child_name (state, i));
          g_string_append_c (edit->text, ':');
        }
      append_state (edit, child);
    }
  g_string_append_c (edit->text, is_array ? ']' : '}');
}

static void
append_state (const Edit *edit, MigdescState *state)
{
  g_autofree char *path = migdesc_state_dup_path (state);
  g_autofree char *text = NULL;

  if (g_str_equal (path, edit->path))
    g_string_append (edit->text, edit->value);
  else if (path[0] == '\0' || leads_through (edit->path, path))
    append_children (edit, state);
  else
    {
      text = migdesc_state_to_json (state, FALSE);
      g_string_append (edit->text, text);
    }
}

static gboolean
is_json (const char *value)
{
  return g_str_equal (value, "true") || g_str_equal (value, "false") || g_str_equal (value, "null")
         || (value[0] != '\0' && strchr ("-0123456789[{\"", value[0]) != NULL);
}

/* What stands for the value in JSON: words of enums, texts and buffers are strings there. */
static char *
make_json (MigdescState *part, const char *value)
{
  MigdescStateKind kind = migdesc_state_get_kind (part);
  GString *text = g_string_new (NULL);

  if (kind != MIGDESC_STATE_STRING && kind != MIGDESC_STATE_BYTES && is_json (value))
    g_string_append (text, value);
  else
    append_string (text, value);
  return g_string_free (text, FALSE);
}

MigdescState *
state_set (MigdescState *state, const char *path, const char *value, GError **error)
{
  g_autoptr (MigdescState) part = migdesc_state_lookup (state, path, error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *normal = part != NULL ? migdesc_state_dup_path (part) : NULL;
  g_autofree char *json = part != NULL ? make_json (part, value) : NULL;
  const Edit edit = { normal, json, text };
  MigdescState *edited;
  char *place;

  if (part == NULL)
    return NULL;
  append_state (&edit, state);
  edited = migdesc_state_new_from_json (migdesc_state_get_schema (state), text->str,
                                        (gssize) text->len, NULL, error);
  /* The line and column are those of a text that nobody has seen. */
  if (edited == NULL && error != NULL && (place = strstr ((*error)->message, " (line ")) != NULL)
    *place = '\0';
  return edited;
}
