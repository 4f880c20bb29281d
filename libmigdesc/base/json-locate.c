/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/json-locate.h"
#include "base/json-reader.h"
#include "base/json-string.h"

/* Finds places in a text that may be broken: nothing is checked here, tokens only move a stack of
 * open containers. The pointer of a place is the path of the stack's levels that are inside a
 * member or element. */

/* A longer pointer ends in an ellipsis: a thousand findings below a hostile name must not cost a
 * thousand copies. */
#define POINTER_MAX 2048
#define ELLIPSIS "\xe2\x80\xa6"

typedef struct
{
  gboolean is_object;
  gboolean inside;  /* a member (from its key on) or an element */
  gboolean counted; /* of an array: an element has been begun */
  gsize index;
  const char *key; /* without quotation marks, escapes as they stand */
  gsize key_length;
} Level;

typedef struct
{
  const char *end;
  const char *token; /* the next token begins here */
  Level levels[MIGDESC_JSON_DEPTH_MAX];
  guint depth;
  gsize hidden; /* levels deeper than we keep */
  gboolean after_colon;
} Walk;

/* One character of the pointer; FALSE: it is full. */
static gboolean
append_character (GString *pointer,
                  gunichar character)
{
  if (pointer->len > POINTER_MAX)
    return FALSE;
  if (character == '~')
    g_string_append (pointer, "~0");
  else if (character == '/')
    g_string_append (pointer, "~1");
  else
    g_string_append_unichar (pointer, character);
  return TRUE;
}

/* The character at text, decoded, and its bytes; what is malformed gives U+FFFD. */
static guint
decode_character (const char *text,
                  const char *end,
                  gunichar *character)
{
  MigdescJsonEscape problem;
  guint length;

  if (*text == '\\')
    {
      length = migdesc_json_decode_escape (text, end, character, &problem);
      if (length != 0)
        return length;
    }
  else if ((guchar) *text < 0x80 && *text != '\0')
    {
      *character = (gunichar) *text;
      return 1;
    }
  else
    {
      length = migdesc_utf8_length (text, end);
      if (length != 0)
        {
          *character = g_utf8_get_char (text);
          return length;
        }
    }
  *character = 0xfffd;
  return 1;
}

static gboolean
append_key (GString *pointer,
            const Level *level)
{
  const char *text = level->key;
  const char *end = text + level->key_length;
  gunichar character;

  while (text != end)
    {
      text += decode_character (text, end, &character);
      if (!append_character (pointer, character))
        return FALSE;
    }
  return TRUE;
}

static char *
make_pointer (const Walk *walk)
{
  GString *pointer = g_string_new (NULL);

  for (guint i = 0; i < walk->depth; i++)
    {
      const Level *level = &walk->levels[i];
      gboolean fits = pointer->len <= POINTER_MAX;

      if (!level->inside)
        continue;
      if (fits)
        g_string_append_c (pointer, '/');
      if (fits && level->is_object)
        fits = append_key (pointer, level);
      else if (fits)
        g_string_append_printf (pointer, "%" G_GSIZE_FORMAT, level->index);
      if (!fits)
        {
          g_string_append (pointer, ELLIPSIS);
          break;
        }
    }
  return g_string_free (pointer, FALSE);
}

static Level *
get_top (Walk *walk)
{
  return walk->depth == 0 ? NULL : &walk->levels[walk->depth - 1];
}

static inline gboolean
ends_word (char byte)
{
  static const guint8 ends[256] = {
    ['{'] = 1, ['}'] = 1, ['['] = 1, [']'] = 1,  [':'] = 1,  [','] = 1,
    ['"'] = 1, [' '] = 1, ['\t'] = 1, ['\r'] = 1, ['\n'] = 1,
  };

  return ends[(guchar) byte];
}

/* Behind the quotation mark that ends the string whose inside starts here, or the end of the
 * text. */
static const char *
find_string_end (const char *cursor,
                 const char *end)
{
  while (TRUE)
    {
      cursor = migdesc_json_plain_end (cursor, end);
      if (cursor == end)
        return end;
      if (*cursor == '"')
        return cursor + 1;
      cursor += *cursor == '\\' && end - cursor > 1 ? 2 : 1;
    }
}

/* The first byte after the token. What is no token of JSON counts as a word. */
static const char *
find_token_end (const Walk *walk)
{
  const char *cursor = walk->token + 1;

  if (*walk->token == '"')
    return find_string_end (cursor, walk->end);
  if (!ends_word (*walk->token))
    while (cursor != walk->end && !ends_word (*cursor))
      cursor++;
  return cursor;
}

/* A value or a key starts. */
static void
enter_token (Walk *walk,
             const char *token_end)
{
  Level *top = get_top (walk);

  if (top == NULL || walk->hidden > 0)
    return;
  if (!top->is_object)
    {
      top->index += top->counted;
      top->counted = TRUE;
      top->inside = TRUE;
    }
  else if (!walk->after_colon && *walk->token == '"')
    {
      gboolean closed = token_end - walk->token > 1 && token_end[-1] == '"';

      top->key = walk->token + 1;
      top->key_length = (gsize) (token_end - top->key) - closed;
      top->inside = TRUE;
    }
}

static void
leave_value (Walk *walk)
{
  Level *top = get_top (walk);

  walk->after_colon = FALSE;
  if (top != NULL && walk->hidden == 0)
    top->inside = FALSE;
}

static void
open_level (Walk *walk)
{
  walk->after_colon = FALSE;
  if (walk->depth == MIGDESC_JSON_DEPTH_MAX)
    walk->hidden++;
  else
    walk->levels[walk->depth++] = (Level) { .is_object = *walk->token == '{' };
}

static void
close_level (Walk *walk)
{
  if (walk->hidden > 0)
    walk->hidden--;
  else if (walk->depth > 0)
    walk->depth--;
  leave_value (walk);
}

/* What the token that begins at walk->token means for the places inside of it. */
static void
begin_token (Walk *walk,
             const char *token_end)
{
  char first = *walk->token;

  if (first == ',')
    leave_value (walk);
  else if (first != ':' && first != '}' && first != ']')
    enter_token (walk, token_end);
}

/* And for those behind it. */
static void
end_token (Walk *walk)
{
  const Level *top = get_top (walk);
  char first = *walk->token;
  gboolean is_key = top != NULL && top->is_object && !walk->after_colon;

  if (first == '{' || first == '[')
    open_level (walk);
  else if (first == '}' || first == ']')
    close_level (walk);
  else if (first == ':')
    walk->after_colon = top != NULL && top->is_object;
  else if (first != ',' && !is_key)
    leave_value (walk);
}

/* Moves the walk so that its state is that of the byte at target. */
static void
walk_to (Walk *walk,
         const char *target,
         const char **token_end)
{
  while (TRUE)
    {
      /* inside of a token that has begun */
      if (*token_end != NULL)
        {
          if (target < *token_end)
            return;
          end_token (walk);
          walk->token = *token_end;
          *token_end = NULL;
        }
      walk->token = migdesc_json_skip_space (walk->token, walk->end);
      if (walk->token == walk->end || walk->token > target)
        return;
      *token_end = find_token_end (walk);
      begin_token (walk, *token_end);
    }
}

/* Eight bytes without one that is beyond ASCII or a control character. */
static inline gboolean
is_plain_line (guint64 word)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);

  return (((word - ones * ' ') | word) & (ones << 7)) == 0;
}

/* Counts lines and characters from one place to a later one. Gives the place reached: the start of
 * the character that holds the latter. */
static const char *
count_characters (const char *from,
                  const char *to,
                  const char *end,
                  MigdescLocation *location)
{
  while (from < to)
    {
      guint length;

      /* eight characters that are ASCII and no line end */
      if (to - from >= 8 && is_plain_line (migdesc_load64 (from)))
        {
          location->column += 8;
          from += 8;
          continue;
        }
      length = (guchar) *from < 0x80 ? 1 : MAX (migdesc_utf8_length (from, end), 1);

      if (to - from < (gssize) length)
        break;
      location->column++;
      if (*from == '\n')
        {
          location->line++;
          location->column = 1;
        }
      from += length;
    }
  return from;
}

void
migdesc_json_locate (const char *text,
                     gsize length,
                     const gsize *offsets,
                     gsize n_offsets,
                     MigdescLocation *locations)
{
  const char *start = text != NULL ? text : "";
  Walk walk = { .end = start + length, .token = start };
  MigdescLocation location = { .line = 1, .column = 1 };
  const char *token_end = NULL;
  const char *counted = start;

  for (gsize i = 0; i < n_offsets; i++)
    {
      const char *target = start + MIN (offsets[i], length);

      counted = count_characters (counted, target, walk.end, &location);
      walk_to (&walk, target, &token_end);

      locations[i] = location;
      locations[i].offset = (gsize) (target - start);
      locations[i].pointer = make_pointer (&walk);
    }
}

void
migdesc_location_clear (MigdescLocation *location)
{
  g_clear_pointer (&location->pointer, g_free);
}
