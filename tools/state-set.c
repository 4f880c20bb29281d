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

/* What a section says of itself before its fields: members that are no parts of the state. */
static void
append_marks (GString *text, MigdescState *state)
{
  g_autofree char *json = migdesc_state_to_json (state, FALSE);
  const char *start = json + 1;
  const char *end = start;

  while (g_str_has_prefix (end, "\"@"))
    end += strcspn (end, ",}") + 1;
  g_string_append_len (text, start, end - start);
}

static void
append_children (const Edit *edit, MigdescState *state)
{
  gboolean is_array = migdesc_state_get_kind (state) == MIGDESC_STATE_ARRAY;

  g_string_append_c (edit->text, is_array ? '[' : '{');
  if (!is_array)
    append_marks (edit->text, state);
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

/* One value, and not several, or the end of what it would be put into. Whether it is JSON at all
 * the reader says. */
static gboolean
is_one_value (const char *value)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (const char *c = value; *c != '\0'; c++)
    {
      if (in_string && *c == '\\' && c[1] != '\0')
        c++;
      else if (*c == '"')
        in_string = !in_string;
      else if (!in_string && strchr ("[{", *c) != NULL)
        depth++;
      else if (!in_string && depth == 0 && strchr ("]},:", *c) != NULL)
        return FALSE;
      else if (!in_string && strchr ("]}", *c) != NULL)
        depth--;
    }
  return depth == 0 && !in_string;
}

static gboolean
is_json (const char *value)
{
  return g_str_equal (value, "true") || g_str_equal (value, "false") || g_str_equal (value, "null")
         || (value[0] == '-' && g_ascii_isdigit (value[1]))
         || (value[0] != '\0' && strchr ("0123456789[{\"", value[0]) != NULL);
}

/* A text, a buffer or the word of an enum, which may begin with a digit: a string in any case. */
static gboolean
is_string (MigdescState *part, const char *value)
{
  MigdescStateKind kind = migdesc_state_get_kind (part);
  g_autofree char *before = NULL;

  if (kind == MIGDESC_STATE_STRING || kind == MIGDESC_STATE_BYTES)
    return TRUE;
  if (kind != MIGDESC_STATE_UINT || value[0] == '"')
    return FALSE;
  before = migdesc_state_to_json (part, FALSE);
  return before[0] == '"';
}

/* What stands for the value in JSON. */
static char *
make_json (MigdescState *part, const char *value)
{
  GString *text = g_string_new (NULL);

  if (is_json (value) && !is_string (part, value))
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
  if (!is_one_value (json))
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_JSON_SYNTAX,
                           "that is not one value");
      return NULL;
    }
  append_state (&edit, state);
  edited = migdesc_state_new_from_json (migdesc_state_get_schema (state), text->str,
                                        (gssize) text->len, NULL, error);
  /* The line and column are those of a text that nobody has seen. */
  if (edited == NULL && error != NULL && (place = g_strrstr ((*error)->message, " (line ")) != NULL)
    *place = '\0';
  return edited;
}
