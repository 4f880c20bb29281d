/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/der-scan.h"

/* A look at all of the data before any of them are used. */

typedef struct
{
  const guint8 *data;
  gsize position;
  guint depth;
  gsize ends[MIGDESC_DER_DEPTH_MAX + 1]; /* 0: of the data */
} Scan;

typedef struct
{
  gsize offset;
  gsize inside; /* offset of the contents */
  guint tag;
  const guint8 *data;
  gsize length;
} Item;

static gsize
get_end (const Scan *scan)
{
  return scan->ends[scan->depth];
}

/* What is there is too short for what is inside it. */
static gboolean
fail_end (const Scan *scan,
          gsize offset,
          GError **error)
{
  if (scan->depth == 0)
    return migdesc_der_fail (error, MIGDESC_ERROR_STATE_TRUNCATED, get_end (scan),
                             "the data end inside of the stream");
  return migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, offset,
                           "an item that is longer than the one it is in");
}

static gboolean
read_length (Scan *scan,
             Item *item,
             GError **error)
{
  guint8 first;
  guint size;

  if (scan->position == get_end (scan))
    return fail_end (scan, item->offset, error);
  first = scan->data[scan->position++];
  item->length = first;
  if (first < 0x80)
    return TRUE;
  size = first & 0x7f;
  if (size == 0)
    return migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, item->offset,
                             "an item of indefinite length, which DER does not have");
  if (size > sizeof (guint64))
    return fail_end (scan, item->offset, error);
  if (get_end (scan) - scan->position < size)
    return fail_end (scan, item->offset, error);
  if (scan->data[scan->position] == 0)
    return migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, item->offset,
                             "a length that takes more bytes than it needs");
  item->length = 0;
  for (guint i = 0; i < size; i++)
    {
      if (item->length > G_MAXSIZE >> 8)
        return fail_end (scan, item->offset, error);
      item->length = item->length << 8 | scan->data[scan->position++];
    }
  return item->length >= 0x80
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, item->offset,
                              "a length that takes more bytes than it needs");
}

static gboolean
read_item (Scan *scan,
           Item *item,
           GError **error)
{
  if (scan->position == get_end (scan))
    return fail_end (scan, scan->position, error);
  item->offset = scan->position;
  item->tag = scan->data[scan->position++];
  if (!read_length (scan, item, error))
    return FALSE;
  if (item->length > get_end (scan) - scan->position)
    return fail_end (scan, item->offset, error);
  item->inside = scan->position;
  item->data = scan->data + scan->position;
  return TRUE;
}

static gboolean
check_bool (const Item *item,
            GError **error)
{
  return (item->length == 1 && (item->data[0] == 0 || item->data[0] == 0xff))
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, item->offset,
                              "a BOOLEAN that is neither 00 nor ff");
}

static gboolean
check_integer (const Item *item,
               GError **error)
{
  const guint8 *data = item->data;

  if (item->length == 0)
    return migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, item->offset,
                             "an integer without a byte");
  if (item->length > 1
      && ((data[0] == 0 && (data[1] & 0x80) == 0) || (data[0] == 0xff && (data[1] & 0x80) != 0)))
    return migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, item->offset,
                             "an integer that takes more bytes than it needs");
  return TRUE;
}

static gboolean
check_null (const Item *item,
            GError **error)
{
  return item->length == 0
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, item->offset,
                              "a NULL that is not empty");
}

static gboolean
check_real (const Item *item,
            GError **error)
{
  double value;

  return migdesc_der_get_real (item->data, item->length, &value)
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, item->offset,
                              "a REAL that is no double, or is written in another way than DER's");
}

static gboolean
check_text (const Item *item,
            GError **error)
{
  const char *text = (const char *) item->data;
  const char *bad;

  return g_utf8_validate_len (text, item->length, &bad)
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_STRING,
                              item->inside + (guint64) (bad - text),
                              "a text that is not UTF-8, or has a NUL");
}

static gboolean
enter (Scan *scan,
       const Item *item,
       GError **error)
{
  if (scan->depth == MIGDESC_DER_DEPTH_MAX)
    return migdesc_der_fail (error, MIGDESC_ERROR_LIMIT_EXCEEDED, item->offset,
                             "more than %u items inside each other", MIGDESC_DER_DEPTH_MAX);
  scan->ends[++scan->depth] = scan->position + item->length;
  return TRUE;
}

static gboolean
check_item (const Item *item,
            GError **error)
{
  switch (item->tag)
    {
    case MIGDESC_DER_BOOLEAN:
      return check_bool (item, error);
    case MIGDESC_DER_INTEGER:
    case MIGDESC_DER_ENUMERATED:
      return check_integer (item, error);
    case MIGDESC_DER_OCTETS:
      return TRUE;
    case MIGDESC_DER_NULL:
      return check_null (item, error);
    case MIGDESC_DER_REAL:
      return check_real (item, error);
    case MIGDESC_DER_TEXT:
      return check_text (item, error);
    default:
      return migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, item->offset,
                               "the tag 0x%02x, which streams do not have", item->tag);
    }
}

static gboolean
pass_item (Scan *scan,
           GError **error)
{
  Item item = { 0 };

  if (!read_item (scan, &item, error))
    return FALSE;
  if (item.tag == MIGDESC_DER_SEQUENCE || item.tag == MIGDESC_DER_SECTION
      || item.tag == MIGDESC_DER_DROPPABLE)
    return enter (scan, &item, error);
  if (!check_item (&item, error))
    return FALSE;
  scan->position += item.length;
  return TRUE;
}

gboolean
migdesc_der_scan (const guint8 *data,
                  gsize length,
                  GError **error)
{
  Scan scan = { .data = data };

  if (length > G_MAXINT)
    return migdesc_der_fail (error, MIGDESC_ERROR_LIMIT_EXCEEDED, 0,
                             "%" G_GSIZE_FORMAT " bytes, at most %d can be read", length, G_MAXINT);
  scan.ends[0] = length;
  do
    {
      if (!pass_item (&scan, error))
        return FALSE;
      while (scan.depth > 0 && scan.position == get_end (&scan))
        scan.depth--;
    }
  while (scan.depth > 0);
  return scan.position == length
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, scan.position,
                              "something follows the end of the stream");
}
