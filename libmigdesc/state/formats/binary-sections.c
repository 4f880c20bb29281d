/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/formats/binary-reader.h"

/* Reading: which sections a device has. The body comes first, then the others in the order of the
 * table; those that the table does not know are passed over if the writer allows it. */

typedef struct
{
  guint8 flags;
  guint8 length;
  const char *name; /* does not end in NUL */
  guint16 version;
} Head;

static gboolean
read_head (MigdescBinaryReader *reader,
           const MigdescBinaryRecord *record,
           Head *head,
           GError **error)
{
  if ((record->flags & MIGDESC_BINARY_CHUNK_FIRST) == 0)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                       record->offset + 5,
                                       "a chunk of no section: no first chunk came");
  if (record->length < MIGDESC_BINARY_SECTION_SIZE
      || record->length < MIGDESC_BINARY_SECTION_SIZE + (gsize) record->body[1])
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT, record->offset,
                                       "a first chunk of %u bytes: a section's name is longer",
                                       record->length);
  head->flags = record->body[0];
  head->length = record->body[1];
  head->name = (const char *) record->body + 2;
  head->version = migdesc_binary_get16 (record->body + 2 + head->length);
  if ((head->flags & ~MIGDESC_BINARY_SECTION_DROPPABLE) == 0)
    return TRUE;
  return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                     record->offset + MIGDESC_BINARY_HEAD_SIZE,
                                     "the flags 0x%02x of a section, 0x%02x are defined",
                                     head->flags, MIGDESC_BINARY_SECTION_DROPPABLE);
}

static gboolean
fail_section (MigdescBinaryReader *reader,
              const MigdescBinaryRecord *record,
              const Head *head,
              MigdescError code,
              const char *problem,
              GError **error)
{
  g_autofree char *name = migdesc_quote (head->name, head->length);

  return migdesc_binary_reader_fail (reader, error, code, record->offset, "the section \"%s\" %s",
                                     name, problem);
}

static gboolean
begin_device (MigdescStreamVisitor *visitor,
              guint device,
              const char *id G_GNUC_UNUSED,
              const MigdescStatePlan *plan,
              GError **error)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (visitor);
  MigdescBinaryRecord record;
  Head head;

  reader->device = device;
  reader->plan = plan;
  reader->n_passed = 0;
  reader->is_skipping = FALSE;
  g_ptr_array_set_size (reader->seen, 0);
  if (!migdesc_binary_reader_peek (reader, &record, error)
      || (plan == NULL && !migdesc_binary_reader_wait (reader, error))
      || !read_head (reader, &record, &head, error))
    return FALSE;
  if (head.length != 0 || head.flags != 0 || head.version != 0)
    return fail_section (reader, &record, &head, MIGDESC_ERROR_STATE_FORMAT,
                         "comes before the device's body", error);
  reader->in_body = TRUE;
  migdesc_binary_reader_begin_section (reader, &record, MIGDESC_BINARY_SECTION_SIZE);
  return TRUE;
}

/* What is under way when something else begins: the body, or a section that is passed over. */
static gboolean
finish_open (MigdescBinaryReader *reader,
             GError **error)
{
  if (!reader->in_body && !reader->is_skipping)
    return TRUE;
  if (!migdesc_binary_reader_finish_section (reader, error))
    return FALSE;
  reader->in_body = reader->is_skipping = FALSE;
  return TRUE;
}

static gboolean
is_name (const Head *head,
         const char *name)
{
  return strlen (name) == head->length && memcmp (name, head->name, head->length) == 0;
}

/* The position of a section in the plan, or of the end of its list. */
static guint
find_known (const MigdescBinaryReader *reader,
            const Head *head)
{
  guint i = 0;

  while (reader->plan->section_names[i] != NULL
         && !is_name (head, reader->plan->section_names[i]))
    i++;
  return i;
}

static gboolean
is_seen (const MigdescBinaryReader *reader,
         const Head *head)
{
  for (guint i = 0; i < reader->seen->len; i++)
    if (is_name (head, g_ptr_array_index (reader->seen, i)))
      return TRUE;
  return head->length == 0;
}

/* Many sections that nobody knows would make looking for a repeated one slow. */
#define SEEN_MAX 256

static gboolean
add_seen (MigdescBinaryReader *reader,
          const MigdescBinaryRecord *record,
          const Head *head,
          GError **error)
{
  if (is_seen (reader, head))
    return fail_section (reader, record, head, MIGDESC_ERROR_STATE_FORMAT, "comes a second time",
                         error);
  if (reader->seen->len == SEEN_MAX)
    return fail_section (reader, record, head, MIGDESC_ERROR_LIMIT_EXCEEDED,
                         "is one too many: at most 256 that are not known are passed over", error);
  g_ptr_array_add (reader->seen, g_strndup (head->name, head->length));
  return TRUE;
}

static gboolean
skip_section (MigdescBinaryReader *reader,
              const MigdescBinaryRecord *record,
              const Head *head,
              GError **error)
{
  if (!add_seen (reader, record, head, error))
    return FALSE;
  if ((head->flags & MIGDESC_BINARY_SECTION_DROPPABLE) == 0)
    return fail_section (reader, record, head, MIGDESC_ERROR_STATE_UNKNOWN,
                         "is not known, and the state is not complete without it", error);
  reader->is_skipping = TRUE;
  migdesc_binary_reader_begin_section (reader, record, record->length);
  return finish_open (reader, error);
}

/* Whether a visit function's section is still to come: all of the device is in the input. */
static gboolean
comes_later (MigdescBinaryReader *reader,
             const char *name)
{
  const guint8 *input = reader->parent_instance.input;
  gsize at = 0;

  while (at < reader->scanned)
    {
      guint32 length = migdesc_binary_get32 (input + at);
      const guint8 *body = input + at + MIGDESC_BINARY_HEAD_SIZE;

      if (input[at + 4] == 'S' && (input[at + 5] & MIGDESC_BINARY_CHUNK_FIRST) != 0
          && length >= MIGDESC_BINARY_SECTION_SIZE && body[1] == strlen (name)
          && length >= MIGDESC_BINARY_SECTION_SIZE + (gsize) body[1]
          && memcmp (body + 2, name, body[1]) == 0)
        return TRUE;
      at += MIGDESC_BINARY_HEAD_SIZE + (gsize) length + MIGDESC_BINARY_HASH_SIZE;
    }
  return FALSE;
}

typedef enum
{
  SECTION_WANTED,
  SECTION_LATER, /* the wanted one is not there */
  SECTION_UNKNOWN,
  SECTION_WRONG
} Verdict;

/* name: NULL when none is wanted any more */
static Verdict
judge (MigdescBinaryReader *reader,
       const Head *head,
       const char *name)
{
  guint known;

  if (reader->plan == NULL)
    {
      if (name != NULL && is_name (head, name) && !is_seen (reader, head))
        return SECTION_WANTED;
      return name != NULL && !comes_later (reader, name) ? SECTION_LATER : SECTION_UNKNOWN;
    }
  known = find_known (reader, head);
  if (reader->plan->section_names[known] == NULL)
    return SECTION_UNKNOWN;
  if (known < reader->n_passed)
    return SECTION_WRONG;
  return name != NULL && is_name (head, name) ? SECTION_WANTED : SECTION_LATER;
}

/* Passes over what is not known, up to the wanted section or one that comes behind it. */
static gboolean
find_section (MigdescBinaryReader *reader,
              const char *name,
              MigdescBinaryRecord *record,
              Head *head,
              gboolean *found,
              GError **error)
{
  Verdict verdict = SECTION_UNKNOWN;

  while (verdict == SECTION_UNKNOWN)
    {
      if (!finish_open (reader, error) || !migdesc_binary_reader_peek (reader, record, error))
        return FALSE;
      *found = FALSE;
      if (record->type != 'S' || record->device != reader->device)
        return TRUE;
      if (!read_head (reader, record, head, error))
        return FALSE;
      verdict = judge (reader, head, name);
      if (verdict == SECTION_UNKNOWN && !skip_section (reader, record, head, error))
        return FALSE;
    }
  *found = verdict == SECTION_WANTED;
  return verdict != SECTION_WRONG
         || fail_section (reader, record, head, MIGDESC_ERROR_STATE_FORMAT,
                          "comes a second time, or not in its place", error);
}

/* Nothing is taken before this is known to succeed, but for what was passed over. */
static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags G_GNUC_UNUSED,
              guint *version,
              gboolean *present,
              GError **error)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (visitor);
  MigdescBinaryRecord record;
  Head head;

  if (visitor->priv->depth > 0)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                       migdesc_binary_reader_get_place (reader, visitor->cursor),
                                       "a section is at the top");
  if (!find_section (reader, name, &record, &head, present, error))
    return FALSE;
  if (reader->plan != NULL)
    reader->n_passed++; /* the plan asks for all of them, in order */
  if (!*present)
    return TRUE;
  if (reader->plan == NULL && !add_seen (reader, &record, &head, error))
    return FALSE;
  *version = head.version;
  migdesc_binary_reader_begin_section (reader, &record,
                                       MIGDESC_BINARY_SECTION_SIZE + (gsize) head.length);
  reader->mark = record.body + 2 + head.length; /* the version, should the caller refuse it */
  return TRUE;
}

static gboolean
close_section (MigdescVisitor *visitor,
               GError **error)
{
  return migdesc_binary_reader_finish_section (MIGDESC_BINARY_READER (visitor), error);
}

static gboolean
end_device (MigdescStreamVisitor *visitor,
            GError **error)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (visitor);
  MigdescBinaryRecord record;
  gboolean found;
  Head head;

  if (reader->plan != NULL)
    while (reader->plan->section_names[reader->n_passed] != NULL)
      reader->n_passed++;
  return find_section (reader, NULL, &record, &head, &found, error);
}

void
migdesc_binary_reader_class_set_sections (MigdescStreamVisitorClass *klass)
{
  klass->begin_device = begin_device;
  klass->end_device = end_device;
  klass->parent_class.open_section = open_section;
  klass->parent_class.close_section = close_section;
}
