/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/feed/host-json.h"

#include <string.h>

#include "base/json-locate.h"
#include "base/json-reader.h"
#include "base/quote.h"
#include "model/report-private.h"

#define NAME_MAX_BYTES 255
#define VALUE_MAX_BYTES 4096

typedef struct
{
  MigdescShapes *shapes;
  MigdescJsonReader json;
  MigdescArena *strings; /* of what is interned in the end */
  GArray *slots;
  GArray *labels;
  MigdescHostRead *host;
  guint8 seen; /* a bit a member */
} Reading;

enum
{
  SEEN_HOST = 1 << 0,
  SEEN_LABELS = 1 << 1,
  SEEN_SLOTS = 1 << 2,
  SEEN_NAME = 1 << 3,
  SEEN_COUNT = 1 << 4,
  SEEN_DESCRIPTOR = 1 << 5
};

typedef gboolean (*ReadMember) (Reading *reading, gpointer data);

typedef struct
{
  const char *name;
  guint8 bit;
  ReadMember read;
} Member;

/* --- Names ------------------------------------------------------------ */

static gboolean
is_plain (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] < 0x20 || (guchar) text[i] > 0x7e)
      return FALSE;
  return TRUE;
}

static gboolean
has_control (const char *text, gsize length)
{
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static const char *
text_problem (const char *text, gsize length)
{
  if (is_plain (text, length))
    return NULL;
  if (!g_utf8_validate (text, (gssize) length, NULL))
    return "it is not UTF-8";
  return has_control (text, length) ? "it has a control character" : NULL;
}

const char *
migdesc_host_name_problem (const char *name, gsize length)
{
  if (length == 0)
    return "it is empty";
  if (length > NAME_MAX_BYTES)
    return "it has more than 255 bytes";
  return text_problem (name, length);
}

static const char *
skip_space (const char *at, const char *end)
{
  while (at < end && (*at == ' ' || *at == '\t'))
    at++;
  return at;
}

const char *
migdesc_host_scan_name (const char *text, const char *end, const char **name, gsize *length)
{
  static const char key[] = "\"host\"";
  const char *at = skip_space (text, end);
  const char *close;

  if (at == end || *at != '{')
    return NULL;
  at = skip_space (at + 1, end);
  if ((gsize) (end - at) < sizeof key - 1 || memcmp (at, key, sizeof key - 1) != 0)
    return NULL;
  at = skip_space (at + sizeof key - 1, end);
  if (at == end || *at != ':')
    return NULL;
  at = skip_space (at + 1, end);
  if (at == end || *at != '"')
    return NULL;
  at++;
  close = memchr (at, '"', MIN ((gsize) (end - at), NAME_MAX_BYTES + 1));
  if (close == NULL || memchr (at, '\\', (gsize) (close - at)) != NULL
      || migdesc_host_name_problem (at, (gsize) (close - at)) != NULL)
    return NULL;
  *name = at;
  *length = (gsize) (close - at);
  return close + 1;
}

/* --- Objects ---------------------------------------------------------- */

static const Member *
find_member (const Member *members, const MigdescJsonString *key)
{
  for (const Member *member = members; member->name != NULL; member++)
    if (migdesc_json_string_equal (key, member->name, strlen (member->name)))
      return member;
  return NULL;
}

/* Members that are not in the table are passed over: they are somebody else's. */
static gboolean
read_object (Reading *reading, const Member *members, gpointer data, guint8 *seen)
{
  g_auto (MigdescKeySet) others;
  MigdescJsonString key;

  migdesc_key_set_init (&others);
  if (!migdesc_json_reader_begin_object (&reading->json))
    return FALSE;
  while (migdesc_json_reader_next_member (&reading->json, &key))
    {
      const Member *member = find_member (members, &key);
      gboolean is_new = member != NULL ? (*seen & member->bit) == 0
                                       : migdesc_key_set_add (&others, key.text, key.length);

      if (!is_new)
        return migdesc_json_reader_fail_duplicate (&reading->json, &key);
      if (member == NULL)
        migdesc_json_reader_skip_value (&reading->json);
      else
        {
          *seen |= member->bit;
          member->read (reading, data);
        }
    }
  return reading->json.error == 0;
}

static gboolean
fail_text (Reading *reading, const MigdescJsonString *string, const char *what,
           const char *problem)
{
  g_autofree char *quoted = migdesc_quote (string->text, string->length);

  return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_VALUE, string->offset,
                                   "%s \"%s\": %s", what, quoted, problem);
}

/* A name that ends in NUL, kept with the reading. */
static const char *
read_name (Reading *reading, const char *what)
{
  MigdescJsonString string;
  const char *problem;

  if (!migdesc_json_reader_read_string (&reading->json, &string))
    return NULL;
  problem = migdesc_host_name_problem (string.text, string.length);
  if (problem != NULL)
    {
      fail_text (reading, &string, what, problem);
      return NULL;
    }
  return migdesc_arena_dup (reading->strings, string.text, string.length);
}

/* --- Slots ------------------------------------------------------------ */

typedef struct
{
  MigdescSlot slot;
  gsize offset;
} SlotRead;

static gboolean
read_slot_name (Reading *reading, gpointer data)
{
  SlotRead *read = data;

  return (read->slot.name = read_name (reading, "the slot name")) != NULL;
}

static gboolean
read_slot_count (Reading *reading, gpointer data)
{
  SlotRead *read = data;
  gsize offset = migdesc_json_reader_offset (&reading->json);
  guint64 count;

  if (!migdesc_json_reader_read_uint64 (&reading->json, &count))
    return FALSE;
  if (count > G_MAXUINT32)
    return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                     "the count %" G_GUINT64_FORMAT " is more than %u", count,
                                     G_MAXUINT32);
  read->slot.count = (guint32) count;
  return TRUE;
}

/* The text of the value that comes next: what a string holds, or else the JSON as it stands. */
static gboolean
take_document (Reading *reading, MigdescJsonString *document)
{
  MigdescJsonReader *json = &reading->json;
  gsize start = migdesc_json_reader_offset (json);
  gsize end;

  if (migdesc_json_reader_peek (json) == MIGDESC_JSON_STRING)
    return migdesc_json_reader_read_string (json, document);
  if (!migdesc_json_reader_skip_value (json))
    return FALSE;
  end = migdesc_json_reader_offset (json);
  while (end > start && strchr (" \t\r\n", json->text[end - 1]) != NULL)
    end--;
  *document = (MigdescJsonString) { json->text + start, (guint32) (end - start), (guint32) start };
  return TRUE;
}

static gboolean
read_slot_descriptor (Reading *reading, gpointer data)
{
  SlotRead *read = data;
  MigdescJsonString document;
  g_autoptr (GError) problem = NULL;

  if (!take_document (reading, &document))
    return FALSE;
  if (migdesc_shapes_read (reading->shapes, document.text, document.length,
                           &read->slot.descriptor, &problem))
    return TRUE;
  return migdesc_json_reader_fail (&reading->json, (MigdescError) problem->code, document.offset,
                                   "in the descriptor: %s", problem->message);
}

static gboolean
fail_missing (Reading *reading, gsize offset, const char *what)
{
  return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                   "%s", what);
}

static gboolean
read_slot (Reading *reading)
{
  static const Member members[] = { { "name", SEEN_NAME, read_slot_name },
                                    { "count", SEEN_COUNT, read_slot_count },
                                    { "descriptor", SEEN_DESCRIPTOR, read_slot_descriptor },
                                    { NULL } };
  gsize offset = migdesc_json_reader_offset (&reading->json);
  SlotRead read = { { NULL, 1, 0 }, offset };
  guint8 seen = 0;

  if (!read_object (reading, members, &read, &seen))
    return FALSE;
  if ((seen & SEEN_NAME) == 0)
    return fail_missing (reading, offset, "the slot has no \"name\"");
  if ((seen & SEEN_DESCRIPTOR) == 0)
    return fail_missing (reading, offset, "the slot has no \"descriptor\"");
  g_array_append_val (reading->slots, read.slot);
  return TRUE;
}

/* Each name once, and not more devices than can be counted. */
static gboolean
check_slots (Reading *reading, gsize offset)
{
  g_auto (MigdescKeySet) names;
  guint64 sum = 0;

  migdesc_key_set_init (&names);
  for (guint i = 0; i < reading->slots->len; i++)
    {
      const MigdescSlot *slot = &g_array_index (reading->slots, MigdescSlot, i);
      g_autofree char *quoted = NULL;

      sum += slot->count;
      if (migdesc_key_set_add (&names, slot->name, (guint32) strlen (slot->name)))
        continue;
      quoted = migdesc_quote (slot->name, -1);
      return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                       "two slots are called \"%s\"", quoted);
    }
  if (sum > G_MAXUINT32)
    return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                     "the counts of the slots add up to more than %u",
                                     G_MAXUINT32);
  return TRUE;
}

static gboolean
read_slots (Reading *reading, gpointer data)
{
  gsize offset = migdesc_json_reader_offset (&reading->json);
  guint max = MIN (reading->json.members_limit, 4096);

  if (!migdesc_json_reader_begin_array (&reading->json))
    return FALSE;
  while (migdesc_json_reader_next_element (&reading->json))
    {
      if (reading->slots->len == max)
        return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_LIMIT_EXCEEDED,
                                         migdesc_json_reader_offset (&reading->json),
                                         "more than %u slots", max);
      read_slot (reading);
    }
  return reading->json.error == 0 && check_slots (reading, offset);
}

/* --- Labels and the host ---------------------------------------------- */

/* Numbers and booleans are taken as they are written. */
static const char *
read_label_value (Reading *reading)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (&reading->json);
  MigdescJsonString string = { NULL };
  const char *problem;
  gboolean value;

  if (kind == MIGDESC_JSON_TRUE || kind == MIGDESC_JSON_FALSE)
    return migdesc_json_reader_read_bool (&reading->json, &value) ? (value ? "true" : "false")
                                                                  : NULL;
  if (!(kind == MIGDESC_JSON_NUMBER ? migdesc_json_reader_read_number (&reading->json, &string)
                                    : migdesc_json_reader_read_string (&reading->json, &string)))
    return NULL;
  problem = string.length > VALUE_MAX_BYTES ? "it has more than 4096 bytes"
                                            : text_problem (string.text, string.length);
  if (problem == NULL)
    return migdesc_arena_dup (reading->strings, string.text, string.length);
  fail_text (reading, &string, "the label's value", problem);
  return NULL;
}

static gboolean
read_labels (Reading *reading, gpointer data)
{
  g_auto (MigdescKeySet) names;
  MigdescJsonString key;

  migdesc_key_set_init (&names);
  if (!migdesc_json_reader_begin_object (&reading->json))
    return FALSE;
  while (migdesc_json_reader_next_member (&reading->json, &key))
    {
      const char *problem = migdesc_host_name_problem (key.text, key.length);
      MigdescLabel label;

      if (problem != NULL)
        return fail_text (reading, &key, "the label", problem);
      if (!migdesc_key_set_add (&names, key.text, key.length))
        return migdesc_json_reader_fail_duplicate (&reading->json, &key);
      label.name = migdesc_arena_dup (reading->strings, key.text, key.length);
      label.value = read_label_value (reading);
      if (label.value != NULL)
        g_array_append_val (reading->labels, label);
    }
  return reading->json.error == 0;
}

static gboolean
read_host (Reading *reading, gpointer data)
{
  const char *name = read_name (reading, "the host name");

  reading->host->name = g_strdup (name);
  return name != NULL;
}

static void
set_error (const Reading *reading, const MigdescHostPlace *place, gsize length, GError **error)
{
  g_autoptr (GString) message = g_string_new (NULL);
  g_auto (MigdescLocation) location = { 0 };
  gsize offset = reading->json.error_offset;

  migdesc_json_locate (reading->json.text, length, &offset, 1, &location);
  migdesc_append_place (message, place->origin, location.line + MAX (place->line, 1) - 1,
                        location.column);
  g_string_append (message, reading->json.message);
  g_set_error_literal (error, MIGDESC_ERROR, (int) reading->json.error, message->str);
}

static gboolean
read_all (Reading *reading)
{
  static const Member members[] = { { "host", SEEN_HOST, read_host },
                                    { "labels", SEEN_LABELS, read_labels },
                                    { "slots", SEEN_SLOTS, read_slots },
                                    { NULL } };
  guint8 seen = 0;
  g_autoptr (GError) full = NULL;

  if (!read_object (reading, members, NULL, &seen) || !migdesc_json_reader_finish (&reading->json))
    return FALSE;
  if ((seen & SEEN_HOST) == 0)
    return fail_missing (reading, 0, "the host has no \"host\"");
  if ((seen & SEEN_SLOTS) == 0)
    return fail_missing (reading, 0, "the host has no \"slots\"");
  if (migdesc_shapes_intern (reading->shapes, (const MigdescSlot *) (gpointer) reading->slots->data,
                             reading->slots->len,
                             (const MigdescLabel *) (gpointer) reading->labels->data,
                             reading->labels->len, &reading->host->shape, &full))
    return TRUE;
  return migdesc_json_reader_fail (&reading->json, (MigdescError) full->code, 0, "%s",
                                   full->message);
}

gboolean
migdesc_host_read_json (MigdescShapes *shapes, const char *text, gsize length,
                        const MigdescHostPlace *place, MigdescHostRead *host, GError **error)
{
  Reading reading = { .shapes = shapes, .host = host };
  gboolean done;

  host->name = NULL;
  reading.strings = migdesc_arena_new (512);
  reading.slots = g_array_new (FALSE, FALSE, sizeof (MigdescSlot));
  reading.labels = g_array_new (FALSE, FALSE, sizeof (MigdescLabel));
  migdesc_json_reader_init (&reading.json, text, length, shapes->limits);
  done = read_all (&reading);
  if (!done)
    set_error (&reading, place, length, error);
  migdesc_json_reader_clear (&reading.json);
  g_array_unref (reading.labels);
  g_array_unref (reading.slots);
  migdesc_arena_free (reading.strings);
  return done;
}
