/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "value/value-set-private.h"

#include <string.h>

#include "base/json-writer.h"
#include "base/quote.h"

#define ANY_VALUE "any value"
#define NO_VALUE "no value"

/* The greatest int that every reader of JSON keeps exactly. */
#define JSON_SAFE_INT (G_GUINT64_CONSTANT (1) << 53)

static void
append_int (GString *text,
            guint64 number)
{
  migdesc_value_append_text (text, MIGDESC_VALUE_TYPE_INT, (MigdescValue) { .number = number });
}

static void
append_interval (GString *text,
                 const MigdescInterval *interval)
{
  append_int (text, interval->min);
  if (interval->max > interval->min)
    {
      g_string_append_c (text, '-');
      append_int (text, interval->max);
    }
}

static void
append_with_doubled_commas (GString *text,
                            const char *string)
{
  for (const char *c = string; *c != '\0'; c++)
    {
      if (*c == ',')
        g_string_append_c (text, ',');
      g_string_append_c (text, *c);
    }
}

static void
append_bools (GString *text,
              guint8 bools,
              const char *off,
              const char *both,
              const char *on)
{
  if (bools == MIGDESC_SET_OFF)
    g_string_append (text, off);
  else
    g_string_append (text, bools == MIGDESC_SET_ON ? on : both);
}

static void
append_members (GString *text,
                const MigdescSet *set,
                gsize most)
{
  gsize start = text->len;

  for (guint32 i = 0; i < set->n && text->len - start <= most; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (set->type == MIGDESC_VALUE_TYPE_INT)
        append_interval (text, &set->members.intervals[i]);
      else
        append_with_doubled_commas (text, set->members.strings[i]);
    }
}

void
migdesc_set_append_start (GString *text,
                          const MigdescSet *set,
                          gsize most)
{
  if (set->any)
    g_string_append (text, ANY_VALUE);
  else if (migdesc_set_is_empty (set))
    g_string_append (text, NO_VALUE);
  else if (set->type == MIGDESC_VALUE_TYPE_BOOL)
    append_bools (text, set->bools, "off", "off,on", "on");
  else
    append_members (text, set, most);
}

void
migdesc_set_append_text (GString *text,
                         const MigdescSet *set)
{
  migdesc_set_append_start (text, set, G_MAXSIZE);
}

void
migdesc_set_quote (GString *message,
                   const MigdescSet *set)
{
  g_autoptr (GString) text = g_string_new (NULL);

  /* a character has at most four bytes */
  migdesc_set_append_start (text, set, MIGDESC_QUOTE_MAX * 4);
  migdesc_quote_append (message, text->str, text->len);
}

static void
append_json_interval (GString *json,
                      const MigdescInterval *interval)
{
  gboolean quoted = interval->min != interval->max || interval->min > JSON_SAFE_INT;

  if (quoted)
    g_string_append_c (json, '"');
  append_interval (json, interval);
  if (quoted)
    g_string_append_c (json, '"');
}

void
migdesc_set_append_json (GString *json,
                         const MigdescSet *set)
{
  if (set->any)
    {
      g_string_append (json, "null");
      return;
    }

  g_string_append_c (json, '[');
  if (set->bools != 0)
    append_bools (json, set->bools, "false", "false,true", "true");
  for (guint32 i = 0; i < set->n; i++)
    {
      const char *string;

      if (i > 0)
        g_string_append_c (json, ',');
      if (set->type == MIGDESC_VALUE_TYPE_INT)
        {
          append_json_interval (json, &set->members.intervals[i]);
          continue;
        }
      string = set->members.strings[i];
      migdesc_json_append_string (json, string, strlen (string));
    }
  g_string_append_c (json, ']');
}
