/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading the text form of a parameter list: [MODEL?][NAME=VALUE[,NAME=VALUE]...], commas in values
 * doubled. */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include "base/key-set.h"
#include "base/quote.h"
#include "model/param-list-private.h"
#include "model/param-list-scan.h"
#include "value/value.h"

/* A text on its way into a list. The block holds a copy of the text, which is split where it lies,
 * so that offsets into the copy are those into the caller's text: values only ever shrink, to the
 * left. */
typedef struct
{
  const char *source; /* the caller's text */
  char *text;         /* the copy */
  char *end;          /* its NUL */
  MigdescParamList *list;
  MigdescKeySet names;
} Parser;

/* One NAME=VALUE, the comma after it passed. */
typedef struct
{
  char *name;
  char *value;
  gsize name_length;
  gsize value_length;
  gsize value_offset; /* in the caller's text */
  gboolean plain;     /* nothing but bytes that may stand where they do */
} Argument;

/* A place in the text, in characters from 1, for a person to count to. */
static gsize
column_of (const Parser *parser,
           gsize offset)
{
  gsize column = 1;

  for (gsize i = 0; i < offset; i++)
    column += ((guchar) parser->source[i] & 0xc0) != 0x80;
  return column;
}

static gboolean
prefix_column (const Parser *parser,
               gsize offset,
               GError **error)
{
  g_prefix_error (error, "column %" G_GSIZE_FORMAT ": ", column_of (parser, offset));
  return FALSE;
}

static gboolean
fail_without_equals (const Parser *parser,
                    const Argument *argument,
                    GError **error)
{
  g_autofree char *quoted = migdesc_quote (argument->name, (gssize) argument->name_length);

  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_SYNTAX,
               "\"%s\" has no \"=\": expected NAME=VALUE", quoted);
  return prefix_column (parser, (gsize) (argument->name - parser->text), error);
}

static gboolean
fail_duplicate (const Parser *parser,
                const Argument *argument,
                GError **error)
{
  g_autofree char *quoted = migdesc_quote (argument->name, (gssize) argument->name_length);

  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_DUPLICATE, "\"%s\" is listed twice",
               quoted);
  return prefix_column (parser, (gsize) (argument->name - parser->text), error);
}

static gboolean
fail_too_many (const Parser *parser,
               const Argument *argument,
               GError **error)
{
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
               "more than %d params in one list", MIGDESC_LIST_MAX_PARAMS);
  return prefix_column (parser, (gsize) (argument->name - parser->text), error);
}

/* From the first doubled comma on: moves the rest of the argument to the left. Returns where the
 * next one starts, or NULL after the last. */
static char *
undouble (const Parser *parser,
          char *in,
          char **out,
          gboolean *plain)
{
  char *to = in;

  while (in != parser->end)
    {
      if (*in == ',' && in[1] != ',')
        break;
      if (*in == ',')
        in++;
      else if (!migdesc_list_is_plain_in_value (*in))
        *plain = FALSE;
      *to++ = *in++;
    }
  *out = to;
  return in == parser->end ? NULL : in + 1;
}

/* Splits by hand what does not look like an argument at first sight: the comma ends it, the first
 * `=` divides it. */
static char *
split_odd_argument (const Parser *parser,
                    Argument *argument)
{
  char *end;
  char *next = undouble (parser, argument->name, &end, &argument->plain);
  char *equals = memchr (argument->name, '=', (gsize) (end - argument->name));

  argument->plain = FALSE;
  argument->value = NULL;
  argument->name_length = (gsize) ((equals != NULL ? equals : end) - argument->name);
  if (equals != NULL)
    {
      argument->value = equals + 1;
      argument->value_length = (gsize) (end - argument->value);
      argument->value_offset = (gsize) (argument->value - parser->text);
    }
  return next;
}

static inline char *
split_argument (const Parser *parser,
                char *cursor,
                Argument *argument)
{
  char *stop = migdesc_list_skip_name (cursor);
  char *next;

  argument->name = cursor;
  argument->plain = TRUE;
  if (G_UNLIKELY (*stop != '=' || stop == cursor))
    return split_odd_argument (parser, argument);

  argument->name_length = (gsize) (stop - cursor);
  argument->value = ++stop;
  argument->value_offset = (gsize) (stop - parser->text);
  stop = migdesc_list_skip_value (stop);
  if (G_LIKELY (stop == parser->end))
    next = NULL;
  else if (G_LIKELY (*stop == ',' && stop[1] != ','))
    next = stop + 1;
  else
    next = undouble (parser, stop, &stop, &argument->plain);
  argument->value_length = (gsize) (stop - argument->value);
  return next;
}

static gboolean
is_version (const Argument *argument)
{
  return argument->name_length == strlen ("version")
         && memcmp (argument->name, "version", strlen ("version")) == 0;
}

static gboolean
is_reserved (const Argument *argument)
{
  return argument->name_length == strlen ("model")
         && memcmp (argument->name, "model", strlen ("model")) == 0;
}

/* What has no odd byte needs a check only for its length and for what is reserved. */
static gboolean
check_argument (const Parser *parser,
                const Argument *argument,
                GError **error)
{
  if (G_UNLIKELY (argument->value == NULL))
    return fail_without_equals (parser, argument, error);
  if (is_version (argument))
    return migdesc_list_check_version (argument->value, argument->value_length, error)
           || prefix_column (parser, argument->value_offset, error);

  if (G_UNLIKELY (!argument->plain || argument->name_length > MIGDESC_LIST_MAX_NAME
                  || is_reserved (argument))
      && !migdesc_list_check_name (argument->name, argument->name_length, error))
    return prefix_column (parser, (gsize) (argument->name - parser->text), error);
  if (G_UNLIKELY (!argument->plain || argument->value_length > MIGDESC_VALUE_MAX_LENGTH)
      && !migdesc_list_check_value (argument->value, argument->value_length, error))
    return prefix_column (parser, argument->value_offset, error);
  return TRUE;
}

static gboolean
add_argument (Parser *parser,
              const Argument *argument,
              GError **error)
{
  MigdescParamList *list = parser->list;

  if (is_version (argument))
    {
      if (list->version != NULL)
        return fail_duplicate (parser, argument, error);
      list->version = argument->value;
      list->version_length = (guint32) argument->value_length;
      return TRUE;
    }

  if (G_UNLIKELY (list->n_pairs == MIGDESC_LIST_MAX_PARAMS))
    return fail_too_many (parser, argument, error);
  if (G_UNLIKELY (!migdesc_key_set_add (&parser->names, argument->name,
                                        (guint32) argument->name_length)))
    return fail_duplicate (parser, argument, error);

  list->pairs[list->n_pairs++] = (MigdescPair) {
    .name = argument->name,
    .value = argument->value,
    .name_length = (guint32) argument->name_length,
    .value_length = (guint32) argument->value_length,
  };
  return TRUE;
}

static gboolean
parse_arguments (Parser *parser,
                 char *cursor,
                 GError **error)
{
  while (cursor != NULL)
    {
      Argument argument;

      cursor = split_argument (parser, cursor, &argument);
      if (!check_argument (parser, &argument, error) || !add_argument (parser, &argument, error))
        return FALSE;
      /* only now, for the checks quote the text around these bytes */
      argument.name[argument.name_length] = '\0';
      argument.value[argument.value_length] = '\0';
    }
  return TRUE;
}

/* The `?` behind a model, which has to come before the first `=`, or NULL. */
static char *
find_mark (const Parser *parser)
{
  gsize length = (gsize) (parser->end - parser->text);
  char *equals = memchr (parser->text, '=', length);

  return memchr (parser->text, '?', equals != NULL ? (gsize) (equals - parser->text) : length);
}

/* The `?` behind a model's name of nothing but ASCII, whose domain has a dot, or NULL. Segment by
 * segment: what is between stops is right in any name. */
static char *
skip_plain_model (const Parser *parser,
                  char *domain_end)
{
  char *stop = domain_end;

  if (stop == parser->text || memchr (parser->text, '.', (gsize) (stop - parser->text)) == NULL)
    return NULL;
  while (*stop == '/')
    {
      char *segment = stop + 1;

      stop = migdesc_list_skip_name (segment);
      if (stop == segment)
        return NULL;
    }
  return *stop == '?' && stop - parser->text <= MIGDESC_LIST_MAX_NAME ? stop : NULL;
}

static gboolean
parse_model (Parser *parser,
             char **cursor,
             GError **error)
{
  MigdescParamList *list = parser->list;
  char *stop = migdesc_list_skip_name (parser->text);
  char *plain = NULL;
  char *mark;

  *cursor = parser->text;
  if (*stop == '=')
    return TRUE;
  if (*stop == '/')
    plain = skip_plain_model (parser, stop);
  mark = plain != NULL ? plain : find_mark (parser);
  if (mark == NULL)
    return TRUE;

  list->model = parser->text;
  list->model_length = (guint32) (mark - parser->text);
  *mark = '\0';
  *cursor = mark + 1;
  return plain != NULL || migdesc_list_check_model (list->model, list->model_length, error)
         || prefix_column (parser, 0, error);
}

static gboolean
parse (Parser *parser,
       GError **error)
{
  char *cursor;
  gboolean ok;

  if (!parse_model (parser, &cursor, error))
    return FALSE;
  if (cursor == parser->end)
    return TRUE;

  migdesc_key_set_init (&parser->names);
  ok = parse_arguments (parser, cursor, error);
  migdesc_key_set_clear (&parser->names);
  return ok;
}

MigdescParamList *
migdesc_param_list_parse (const char *text,
                          gsize length,
                          GError **error)
{
  Parser parser; /* not cleared: the key set is large, and init sets what matters */
  gsize n_pairs;

  if (length > MIGDESC_LIST_MAX_TEXT)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                   "a list of %" G_GSIZE_FORMAT " bytes; the limit is %d", length,
                   MIGDESC_LIST_MAX_TEXT);
      return NULL;
    }

  n_pairs = MIN (migdesc_list_bound_pairs (text, length), MIGDESC_LIST_MAX_PARAMS);
  parser.source = text;
  parser.list = g_malloc (sizeof *parser.list + n_pairs * sizeof (MigdescPair) + length
                          + MIGDESC_LIST_SCAN_SLACK);
  *parser.list = (MigdescParamList) { 0 };
  g_atomic_ref_count_init (&parser.list->ref_count);
  parser.text = (char *) (parser.list->pairs + n_pairs);
  parser.end = parser.text + length;
  memcpy (parser.text, text, length);
  memset (parser.end, '\0', MIGDESC_LIST_SCAN_SLACK);

  if (parse (&parser, error))
    return parser.list;
  g_free (parser.list);
  return NULL;
}

/**
 * migdesc_param_list_new_from_string:
 * @text: a list in its text form
 * @error: return location for a #GError
 *
 * Reads the text form of a list: `num-queues=8,new-feature=on`, or with the model in front,
 * `vendor-a.com/my-nic?num-queues=8,new-feature=on`. All off is `vendor-a.com/my-nic?`, or the
 * empty text where the model goes without saying.
 *
 * A model is there if a `?` comes before the first `=`. Each pair is split at its first `=`. A
 * comma in a value is doubled; commas are read from left to right, so that `a=1,,,b=2` is `1,` for
 * a and `2` for b. The name `version` may stand anywhere, once, and gives the version.
 *
 * A text may have 4 MiB and 4,096 params, a name 255 bytes, a value 4,096 and a version 65,536.
 *
 * Errors are %MIGDESC_ERROR_LIST_SYNTAX, %MIGDESC_ERROR_LIST_DUPLICATE, %MIGDESC_ERROR_VALUE_TEXT
 * for a value with control characters, not in UTF-8 or too long, and %MIGDESC_ERROR_LIMIT_EXCEEDED.
 * The message starts with the place, in characters from 1:
 * `column 14: "x" has no "=": expected NAME=VALUE`.
 *
 * Returns: (transfer full): the list, or %NULL on error
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_param_list_new_from_string (const char *text,
                                    GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return migdesc_param_list_parse (text, strlen (text), error);
}
