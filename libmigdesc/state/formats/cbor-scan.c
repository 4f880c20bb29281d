/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/cbor-scan.h"

#include <string.h>

#include "base/limits-private.h"

/* A look at all of the data before any of them are used. */

enum
{
  MAJOR_UINT,
  MAJOR_NEGATIVE,
  MAJOR_BYTES,
  MAJOR_TEXT,
  MAJOR_ARRAY,
  MAJOR_MAP,
  MAJOR_TAG,
  MAJOR_OTHER
};

enum
{
  INFO_ONE = 24,
  INFO_EIGHT = 27,
  INFO_INDEFINITE = 31,
  OTHER_FALSE = 20,
  OTHER_NULL = 22,
  OTHER_HALF = 25
};

typedef struct
{
  guint64 due; /* items, names of members too */
  gboolean is_map;
} Level;

typedef struct
{
  const guint8 *data;
  gsize length;
  gsize position;
  guint64 elements_limit;
  guint64 elements_left;
  guint depth;
  Level levels[MIGDESC_CBOR_DEPTH_MAX + 1]; /* 0: the item itself */
} Scan;

typedef struct
{
  gsize offset;
  guint major;
  guint info;
  guint64 argument;
} Head;

static gboolean
fail_end (const Scan *scan,
          GError **error)
{
  return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_TRUNCATED, scan->length,
                            "the data end inside of the stream");
}

static gboolean
read_head (Scan *scan,
           Head *head,
           GError **error)
{
  static const guint64 least[] = { INFO_ONE, 0x100, 0x10000, G_GUINT64_CONSTANT (0x100000000) };
  guint size;

  if (scan->position == scan->length)
    return fail_end (scan, error);
  head->offset = scan->position;
  head->major = scan->data[scan->position] >> 5;
  head->info = scan->data[scan->position] & 31;
  head->argument = head->info;
  scan->position++;
  if (head->info < INFO_ONE)
    return TRUE;
  if (head->info == INFO_INDEFINITE && head->major != MAJOR_OTHER)
    return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, head->offset,
                              "an item of indefinite length, which streams do not have");
  if (head->info > INFO_EIGHT)
    return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, head->offset,
                              "0x%02x begins no item", scan->data[head->offset]);
  size = 1u << (head->info - INFO_ONE);
  if (scan->length - scan->position < size)
    return fail_end (scan, error);
  head->argument = 0;
  for (guint i = 0; i < size; i++)
    head->argument = head->argument << 8 | scan->data[scan->position++];
  if (head->major == MAJOR_OTHER || head->argument >= least[head->info - INFO_ONE])
    return TRUE;
  return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, head->offset,
                            "%" G_GUINT64_FORMAT " takes more bytes than it needs",
                            head->argument);
}

static gboolean
pass_string (Scan *scan,
             const Head *head,
             GError **error)
{
  const char *text = (const char *) scan->data + scan->position;
  const char *bad;

  if (head->argument > scan->length - scan->position)
    return fail_end (scan, error);
  scan->position += (gsize) head->argument;
  if (head->major == MAJOR_BYTES || g_utf8_validate_len (text, (gsize) head->argument, &bad))
    return TRUE;
  return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_STRING,
                            (guint64) ((const guint8 *) bad - scan->data),
                            "a text that is not UTF-8, or has a NUL");
}

static gboolean
enter (Scan *scan,
       const Head *head,
       GError **error)
{
  gboolean is_map = head->major == MAJOR_MAP;
  guint64 least = is_map ? 2 : 1; /* bytes of an element */

  if (!is_map && head->argument > scan->elements_left)
    {
      g_autofree char *limit
          = migdesc_limit_to_message (MIGDESC_LIMIT_STATE_ELEMENTS, scan->elements_limit);

      return migdesc_cbor_fail (error, MIGDESC_ERROR_LIMIT_EXCEEDED, head->offset, "%s", limit);
    }
  if (head->argument > (scan->length - scan->position) / least)
    return fail_end (scan, error);
  if (scan->depth == MIGDESC_CBOR_DEPTH_MAX)
    return migdesc_cbor_fail (error, MIGDESC_ERROR_LIMIT_EXCEEDED, head->offset,
                              "more than %u maps and arrays inside each other",
                              MIGDESC_CBOR_DEPTH_MAX);
  if (!is_map)
    scan->elements_left -= head->argument;
  scan->levels[++scan->depth] = (Level) { least * head->argument, is_map };
  return TRUE;
}

static double
float_of (const Head *head)
{
  guint32 half = (guint32) head->argument;
  double wide;
  float narrow;

  if (head->info == INFO_EIGHT)
    {
      memcpy (&wide, &head->argument, sizeof wide);
      return wide;
    }
  memcpy (&narrow, &half, sizeof narrow);
  return (double) narrow;
}

static gboolean
pass_other (const Head *head,
            GError **error)
{
  guint width = head->info < OTHER_HALF ? 0 : 1u << (head->info - INFO_ONE);

  if (head->info >= OTHER_FALSE && head->info <= OTHER_NULL)
    return TRUE;
  if (width == 0 || head->info > INFO_EIGHT)
    return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, head->offset,
                              "a simple value other than false, true and null");
  if (width == 2)
    return (head->argument & 0x7fff) <= 0x7c00 || head->argument == 0x7e00
           || migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, head->offset,
                                 "not-a-number in another form than 0x7e00");
  return migdesc_cbor_float_width (float_of (head)) == width
         || migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, head->offset,
                               "a float that takes more bytes than it needs");
}

static gboolean
pass_item (Scan *scan,
           GError **error)
{
  Level *level = &scan->levels[scan->depth];
  gboolean is_name = level->is_map && level->due % 2 == 0;
  Head head = { 0 };

  if (!read_head (scan, &head, error))
    return FALSE;
  if (is_name && head.major != MAJOR_TEXT)
    return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, head.offset,
                              "the name of a member is not a text");
  level->due--;
  switch (head.major)
    {
    case MAJOR_UINT:
    case MAJOR_NEGATIVE:
      return TRUE;
    case MAJOR_BYTES:
    case MAJOR_TEXT:
      return pass_string (scan, &head, error);
    case MAJOR_ARRAY:
    case MAJOR_MAP:
      return enter (scan, &head, error);
    case MAJOR_TAG:
      return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, head.offset,
                                "a tag, which streams do not have");
    default:
      return pass_other (&head, error);
    }
}

static gboolean
scan_all (Scan *scan,
          GError **error)
{
  for (;;)
    {
      if (scan->levels[scan->depth].due > 0)
        {
          if (!pass_item (scan, error))
            return FALSE;
        }
      else if (scan->depth-- == 0)
        break;
    }
  return scan->position == scan->length
         || migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, scan->position,
                               "something follows the end of the stream");
}

gboolean
migdesc_cbor_scan (const guint8 *data,
                   gsize length,
                   guint64 elements_limit,
                   GError **error)
{
  Scan scan = {
    .data = data,
    .length = length,
    .elements_limit = elements_limit,
    .elements_left = elements_limit,
  };

  scan.levels[0].due = 1;
  return scan_all (&scan, error);
}
