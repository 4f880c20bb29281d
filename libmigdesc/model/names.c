/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a name may be made of. */

#include <string.h>

#include "model/core.h"

#define MAX_LENGTH 255
#define FIRST_REVISION_PREFIX "https://"

/* 1: of no name; 2: not of a param's name either */
static const guint8 forbidden[128] = {
  [0] = 1,  [1] = 1,  [2] = 1,  [3] = 1,  [4] = 1,  [5] = 1,  [6] = 1,    [7] = 1,   [8] = 1,
  [9] = 1,  [10] = 1, [11] = 1, [12] = 1, [13] = 1, [14] = 1, [15] = 1,   [16] = 1,  [17] = 1,
  [18] = 1, [19] = 1, [20] = 1, [21] = 1, [22] = 1, [23] = 1, [24] = 1,   [25] = 1,  [26] = 1,
  [27] = 1, [28] = 1, [29] = 1, [30] = 1, [31] = 1, [' '] = 1, [127] = 1, ['?'] = 1, ['='] = 1,
  [','] = 1, ['/'] = 2,
};

static const char *
character_problem (gunichar character)
{
  switch (character)
    {
    case '?':
      return "\"?\" is not allowed";
    case '=':
      return "\"=\" is not allowed";
    case ',':
      return "\",\" is not allowed";
    case '/':
      return "\"/\" is not allowed";
    default:
      break;
    }
  return g_unichar_isspace (character) ? "white space is not allowed"
                                       : "control characters are not allowed";
}

static const char *
other_characters_problem (const char *text,
                          gsize length)
{
  const char *end = text + length;

  if (!g_utf8_validate_len (text, length, NULL))
    return "it is not UTF-8";

  for (const char *c = text; c < end; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_isspace (character) || g_unichar_type (character) == G_UNICODE_CONTROL)
        return character_problem (character);
    }
  return NULL;
}

static const char *
characters_problem (const char *text,
                    gsize length,
                    guint8 limit)
{
  gboolean ascii = TRUE;

  if (length == 0)
    return "it is empty";
  if (length > MAX_LENGTH)
    return "it has more than 255 bytes";

  for (gsize i = 0; i < length; i++)
    {
      guchar byte = (guchar) text[i];

      if (byte >= G_N_ELEMENTS (forbidden))
        ascii = FALSE;
      else if (forbidden[byte] != 0 && forbidden[byte] <= limit)
        return character_problem (byte);
    }
  return ascii ? NULL : other_characters_problem (text, length);
}

static const char *
segments_problem (const char *text,
                  gsize length)
{
  const char *end = text + length;
  const char *slash = length > 0 ? memchr (text, '/', length) : NULL;

  if (slash == NULL)
    return "it is not DOMAIN/PATH";
  if (slash == text)
    return "its domain is empty";
  if (memchr (text, '.', (gsize) (slash - text)) == NULL)
    return "its domain, before the first \"/\", has no dot";

  for (const char *c = slash; c < end; c++)
    if (*c == '/' && (c + 1 == end || c[1] == '/'))
      return "a segment of its path is empty";
  return NULL;
}

const char *
migdesc_model_name_problem (const char *text,
                            gsize length)
{
  const char *problem = characters_problem (text, length, 1);
  gsize prefix = strlen (FIRST_REVISION_PREFIX);

  if (problem != NULL)
    return problem;
  if (length < prefix || memcmp (text, FIRST_REVISION_PREFIX, prefix) != 0)
    prefix = 0;
  return segments_problem (text + prefix, length - prefix);
}

static gboolean
is_reserved (const char *text,
             gsize length)
{
  return (length == strlen ("version") && memcmp (text, "version", length) == 0)
         || (length == strlen ("model") && memcmp (text, "model", length) == 0);
}

const char *
migdesc_param_name_problem (const char *text,
                            gsize length)
{
  const char *problem = characters_problem (text, length, 2);

  if (problem == NULL && is_reserved (text, length))
    return "it is reserved";
  return problem;
}

const char *
migdesc_version_name_problem (const char *text,
                              gsize length)
{
  guchar all = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\n')
        return "it has a line end";
      if (text[i] == '\0')
        return "it has a NUL byte";
      all |= (guchar) text[i];
    }
  return all < 0x80 || g_utf8_validate_len (text, length, NULL) ? NULL : "it is not UTF-8";
}

gboolean
migdesc_is_model_name (const char *text,
                       gsize length)
{
  return migdesc_model_name_problem (text, length) == NULL;
}

gboolean
migdesc_is_param_name (const char *text,
                       gsize length)
{
  return migdesc_param_name_problem (text, length) == NULL;
}

gboolean
migdesc_is_version_name (const char *text,
                         gsize length)
{
  return migdesc_version_name_problem (text, length) == NULL;
}
