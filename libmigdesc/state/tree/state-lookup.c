/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/tree/state-private.h"

/* Paths: names with dots between them, and positions in brackets. */

typedef struct
{
  const char *path;
  const char *cursor;
  MigdescState *at;
} Lookup;

static gboolean
fail (const Lookup *lookup,
      GError **error,
      const char *format,
      ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (const Lookup *lookup,
      GError **error,
      const char *format,
      ...)
{
  g_autofree char *quoted = migdesc_quote (lookup->path, -1);
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_PATH, "the path \"%s\": %s", quoted,
               message);
  return FALSE;
}

static char *
name_place (const Lookup *lookup)
{
  g_autofree char *path = migdesc_state_dup_path (lookup->at);

  return path[0] == '\0' ? g_strdup ("the state") : g_steal_pointer (&path);
}

static const char *const kind_words[] = {
  [MIGDESC_STATE_STRUCT] = "a struct",        [MIGDESC_STATE_ARRAY] = "an array",
  [MIGDESC_STATE_NULL] = "absent",            [MIGDESC_STATE_BOOL] = "a truth value",
  [MIGDESC_STATE_UINT] = "an integer",        [MIGDESC_STATE_INT] = "an integer",
  [MIGDESC_STATE_DOUBLE] = "a double",        [MIGDESC_STATE_BYTES] = "a buffer",
  [MIGDESC_STATE_STRING] = "a text",
};

static void
enter (Lookup *lookup,
       const MigdescNode *child)
{
  MigdescState *part = migdesc_state_new_part (lookup->at, child);

  migdesc_state_unref (lookup->at);
  lookup->at = part;
}

/* A name that another program gave may have dots and brackets itself: the longest that is there
 * counts. */
static gsize
find_name (const Lookup *lookup,
           const MigdescNode *node,
           MigdescNode *child)
{
  for (gsize length = strlen (lookup->cursor); length > 0; length--)
    {
      char next = lookup->cursor[length];

      if ((next == '\0' || next == '.' || next == '[')
          && migdesc_node_find (node, lookup->cursor, length, child))
        return length;
    }
  return 0;
}

static gboolean
fail_name (const Lookup *lookup,
           gsize length,
           GError **error)
{
  MigdescStateKind kind = migdesc_state_get_node (lookup->at)->kind;
  g_autofree char *place = name_place (lookup);
  g_autofree char *name = migdesc_quote (lookup->cursor, (gssize) length);

  if (length == 0)
    return fail (lookup, error, "a name is missing at byte %" G_GSIZE_FORMAT,
                 (gsize) (lookup->cursor - lookup->path));
  if (kind != MIGDESC_STATE_STRUCT)
    return fail (lookup, error, "%s is %s and has no \"%s\"", place, kind_words[kind], name);
  return fail (lookup, error, "%s has no \"%s\"", place, name);
}

static gboolean
enter_name (Lookup *lookup,
            GError **error)
{
  gsize length = strcspn (lookup->cursor, ".[");
  const MigdescNode *node = migdesc_state_get_node (lookup->at);
  MigdescNode child;
  gsize found;

  if (length == 0 || node->kind != MIGDESC_STATE_STRUCT)
    return fail_name (lookup, length, error);
  found = find_name (lookup, node, &child);
  if (found == 0)
    return fail_name (lookup, length, error);
  lookup->cursor += found;
  enter (lookup, &child);
  return TRUE;
}

static gboolean
fail_index (const Lookup *lookup,
            const char *number,
            GError **error)
{
  const MigdescNode *node = migdesc_state_get_node (lookup->at);
  g_autofree char *place = name_place (lookup);

  if (node->kind != MIGDESC_STATE_ARRAY)
    return fail (lookup, error, "%s is %s and has no positions", place, kind_words[node->kind]);
  return fail (lookup, error, "%s has %" G_GUINT64_FORMAT " elements, none at %s", place,
               migdesc_node_get_n_children (node), number);
}

#define DIGITS 24 /* more than a number has */

static gboolean
enter_index (Lookup *lookup,
             GError **error)
{
  const char *digits = lookup->cursor + 1;
  gsize length = strspn (digits, "0123456789");
  const MigdescNode *node = migdesc_state_get_node (lookup->at);
  char number[DIGITS + 1];
  guint64 index;
  MigdescNode child;

  if (digits[length] != ']' || length == 0)
    return fail (lookup, error, "\"[\", a position and \"]\" are expected at byte %" G_GSIZE_FORMAT,
                 (gsize) (lookup->cursor - lookup->path));
  g_strlcpy (number, digits, MIN (length, DIGITS) + 1);
  if (node->kind != MIGDESC_STATE_ARRAY
      || !g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT64, &index, NULL)
      || index >= migdesc_node_get_n_children (node))
    return fail_index (lookup, number, error);
  migdesc_node_get_child (node, index, &child);
  lookup->cursor = digits + length + 1;
  enter (lookup, &child);
  return TRUE;
}

static gboolean
enter_next (Lookup *lookup,
            GError **error)
{
  if (*lookup->cursor == '[')
    return enter_index (lookup, error);
  if (lookup->cursor == lookup->path)
    return enter_name (lookup, error);
  if (*lookup->cursor != '.')
    return fail (lookup, error, "\".\" or \"[\" is expected at byte %" G_GSIZE_FORMAT,
                 (gsize) (lookup->cursor - lookup->path));
  lookup->cursor++;
  return enter_name (lookup, error);
}

/**
 * migdesc_state_lookup:
 * @state: a state, or a part of one
 * @path: names with dots between them and positions in brackets, such as `queues[3].head`; empty
 *     for @state itself. Where names have dots and brackets themselves, the longest that is there
 *     counts
 * @error: return location for a #GError
 *
 * Finds a part.
 *
 * Fails with %MIGDESC_ERROR_STATE_PATH when the path leads nowhere; the message says from where on.
 *
 * Returns: (transfer full): the part, or %NULL on error
 *
 * Since: 1.0
 */
MigdescState *
migdesc_state_lookup (MigdescState *state,
                      const char *path,
                      GError **error)
{
  Lookup lookup = { path, path, NULL };

  g_return_val_if_fail (state != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  lookup.at = migdesc_state_ref (state);
  while (*lookup.cursor != '\0')
    if (!enter_next (&lookup, error))
      {
        migdesc_state_unref (lookup.at);
        return NULL;
      }
  return lookup.at;
}
