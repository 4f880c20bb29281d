/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/description-read.h"

/* Structs, fields and subsections. A list's field has the members of a struct once for each element
 * of the list: the same keys again and again, in one object. */

enum
{
  SEEN_NAME = 1 << 0,
  SEEN_VERSION = 1 << 1,
  SEEN_FIELDS = 1 << 2,
  SEEN_SUBSECTIONS = 1 << 3
};

static gboolean read_fields (MigdescQemuRead *read, MigdescQemuBody *body);
static gboolean read_subsections (MigdescQemuRead *read, MigdescQemuBody *body);

gboolean
migdesc_qemu_read_name (MigdescQemuRead *read,
                        const char **name)
{
  MigdescJsonString text;
  gboolean clean;

  if (!migdesc_json_reader_read_string (read->reader, &text))
    return FALSE;
  clean = text.length >= 1 && text.length <= 255;
  for (guint i = 0; clean && i < text.length; i++)
    clean = (guchar) text.text[i] >= ' ' && text.text[i] != 0x7f;
  if (!clean)
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_VALUE, text.offset,
                                     "a name is 1 to 255 bytes without control characters");
  *name = migdesc_qemu_shapes_intern (read->shapes, text.text, text.length);
  return TRUE;
}

gboolean
migdesc_qemu_read_uint32 (MigdescQemuRead *read,
                          guint32 *number)
{
  gsize offset = migdesc_json_reader_offset (read->reader);
  guint64 value = 0;

  if (!migdesc_json_reader_read_uint64 (read->reader, &value))
    return FALSE;
  *number = (guint32) value;
  return value <= G_MAXUINT32
         || migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                      "%" G_GUINT64_FORMAT " is not from 0 to 4294967295", value);
}

static gboolean
see (MigdescQemuRead *read,
     MigdescQemuBody *body,
     guint bit,
     const MigdescJsonString *key)
{
  if ((body->seen & bit) != 0)
    return migdesc_json_reader_fail_duplicate (read->reader, key);
  body->seen |= bit;
  return TRUE;
}

static gboolean
key_is (const MigdescJsonString *key,
        const char *name)
{
  return migdesc_json_string_equal (key, name, strlen (name));
}

gboolean
migdesc_qemu_body_read (MigdescQemuRead *read,
                        MigdescQemuBody *body,
                        const MigdescJsonString *key,
                        gboolean *taken)
{
  if (key_is (key, "vmsd_name"))
    *taken = see (read, body, SEEN_NAME, key) && migdesc_qemu_read_name (read, &body->name);
  else if (key_is (key, "version"))
    *taken = see (read, body, SEEN_VERSION, key) && migdesc_qemu_read_uint32 (read, &body->version);
  else if (key_is (key, "fields"))
    *taken = see (read, body, SEEN_FIELDS, key) && read_fields (read, body);
  else if (key_is (key, "subsections"))
    *taken = see (read, body, SEEN_SUBSECTIONS, key) && read_subsections (read, body);
  else
    return FALSE;
  return TRUE;
}

static void
clear_field (gpointer data)
{
  g_free (((MigdescQemuField *) data)->shapes);
}

void
migdesc_qemu_body_clear (MigdescQemuBody *body)
{
  g_clear_pointer (&body->fields, g_array_unref);
  g_clear_pointer (&body->subsections, g_ptr_array_unref);
  body->name = NULL;
  body->version = 0;
  body->seen = 0;
}

const MigdescQemuShape *
migdesc_qemu_body_finish (MigdescQemuRead *read,
                          MigdescQemuBody *body)
{
  GArray *fields = body->fields;
  GPtrArray *subsections = body->subsections;
  const MigdescQemuShape *shape = migdesc_qemu_shapes_make (
      read->shapes, body->name, body->version,
      fields == NULL ? NULL : (const MigdescQemuField *) (gpointer) fields->data,
      fields == NULL ? 0 : fields->len,
      subsections == NULL ? NULL : (const MigdescQemuShape *const *) subsections->pdata,
      subsections == NULL ? 0 : subsections->len);

  migdesc_qemu_body_clear (body);
  if (shape == NULL)
    migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_VALUE,
                              migdesc_json_reader_offset (read->reader),
                              "a struct of more than 4294967295 bytes");
  return shape;
}

static const MigdescQemuShape *
read_struct (MigdescQemuRead *read)
{
  g_auto (MigdescQemuBody) body = { 0 };
  MigdescJsonString key;
  gboolean taken = TRUE;

  if (!migdesc_json_reader_begin_object (read->reader))
    return NULL;
  while (taken && migdesc_json_reader_next_member (read->reader, &key))
    if (!migdesc_qemu_body_read (read, &body, &key, &taken))
      taken = migdesc_json_reader_skip_value (read->reader);
  if (read->reader->error != 0)
    return NULL;
  return migdesc_qemu_body_finish (read, &body);
}

static gboolean
read_subsection (MigdescQemuRead *read,
                 MigdescQemuBody *body)
{
  gsize offset = migdesc_json_reader_offset (read->reader);
  const MigdescQemuShape *shape = read_struct (read);

  if (shape == NULL)
    return FALSE;
  if (shape->name == NULL)
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                     "a subsection has no \"vmsd_name\"");
  g_ptr_array_add (body->subsections, (gpointer) shape);
  return TRUE;
}

static gboolean
read_subsections (MigdescQemuRead *read,
                  MigdescQemuBody *body)
{
  body->subsections = g_ptr_array_new ();
  if (!migdesc_json_reader_begin_array (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_element (read->reader))
    if (!read_subsection (read, body))
      return FALSE;
  return read->reader->error == 0;
}

typedef struct
{
  MigdescQemuField field;
  GPtrArray *shapes; /* nullable */
  MigdescQemuBody inner;
  guint seen;
} FieldRead;

static gboolean
add_shape (FieldRead *at,
           const MigdescQemuShape *shape)
{
  if (shape == NULL)
    return FALSE;
  if (at->shapes == NULL)
    at->shapes = g_ptr_array_new ();
  g_ptr_array_add (at->shapes, (gpointer) shape);
  return TRUE;
}

/* The next element of a list begins with its name. */
static gboolean
read_inner (MigdescQemuRead *read,
            FieldRead *at,
            const MigdescJsonString *key,
            gboolean *taken)
{
  if (at->inner.seen != 0 && key_is (key, "vmsd_name")
      && !add_shape (at, migdesc_qemu_body_finish (read, &at->inner)))
    {
      *taken = FALSE;
      return TRUE;
    }
  return migdesc_qemu_body_read (read, &at->inner, key, taken);
}

enum
{
  FIELD_NAME,
  FIELD_TYPE,
  FIELD_INDEX,
  FIELD_ARRAY_LEN,
  FIELD_SIZE,
  FIELD_STRUCT,
  N_FIELD
};

static const char *const field_keys[N_FIELD] = {
  [FIELD_NAME] = "name",           [FIELD_TYPE] = "type", [FIELD_INDEX] = "index",
  [FIELD_ARRAY_LEN] = "array_len", [FIELD_SIZE] = "size", [FIELD_STRUCT] = "struct",
};

static gboolean
read_known (MigdescQemuRead *read,
            FieldRead *at,
            guint which)
{
  MigdescQemuField *field = &at->field;
  guint32 number = 0;

  switch (which)
    {
    case FIELD_NAME:
      return migdesc_qemu_read_name (read, &field->name);
    case FIELD_TYPE:
      return migdesc_qemu_read_name (read, &field->type);
    case FIELD_STRUCT:
      return add_shape (at, read_struct (read));
    default:
      break;
    }
  if (!migdesc_qemu_read_uint32 (read, &number))
    return FALSE;
  if (which == FIELD_INDEX)
    field->index = number;
  else if (which == FIELD_ARRAY_LEN)
    field->array_len = number;
  else
    field->size = number;
  return TRUE;
}

static gboolean
read_field_member (MigdescQemuRead *read,
                   FieldRead *at,
                   const MigdescJsonString *key)
{
  gboolean taken;

  for (guint i = 0; i < N_FIELD; i++)
    {
      if (!key_is (key, field_keys[i]))
        continue;
      if ((at->seen >> i & 1) != 0)
        return migdesc_json_reader_fail_duplicate (read->reader, key);
      at->seen |= 1u << i;
      return read_known (read, at, i);
    }
  if (read_inner (read, at, key, &taken))
    return taken;
  return migdesc_json_reader_skip_value (read->reader);
}

static gboolean
check_field (MigdescQemuRead *read,
             const FieldRead *at,
             gsize offset)
{
  static const guint needed[] = { FIELD_NAME, FIELD_TYPE, FIELD_SIZE };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if ((at->seen >> needed[i] & 1) == 0)
      return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                       "a field has no \"%s\"", field_keys[needed[i]]);
  return TRUE;
}

static gboolean
read_field_members (MigdescQemuRead *read,
                    FieldRead *at)
{
  gsize offset = migdesc_json_reader_offset (read->reader);
  MigdescJsonString key;

  if (!migdesc_json_reader_begin_object (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_member (read->reader, &key))
    if (!read_field_member (read, at, &key))
      return FALSE;
  if (read->reader->error != 0 || !check_field (read, at, offset))
    return FALSE;
  return at->inner.seen == 0 || add_shape (at, migdesc_qemu_body_finish (read, &at->inner));
}

static gboolean
read_field (MigdescQemuRead *read,
            GArray *fields)
{
  FieldRead at = { .field = { .index = -1 } };
  gboolean done = read_field_members (read, &at);

  migdesc_qemu_body_clear (&at.inner);
  if (at.shapes != NULL)
    {
      at.field.n_shapes = at.shapes->len;
      at.field.shapes = (const MigdescQemuShape **) g_ptr_array_free (at.shapes, FALSE);
    }
  if (done)
    g_array_append_val (fields, at.field);
  else
    g_free (at.field.shapes);
  return done;
}

static gboolean
read_fields (MigdescQemuRead *read,
             MigdescQemuBody *body)
{
  body->fields = g_array_new (FALSE, FALSE, sizeof (MigdescQemuField));
  g_array_set_clear_func (body->fields, clear_field);
  if (!migdesc_json_reader_begin_array (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_element (read->reader))
    if (!read_field (read, body->fields))
      return FALSE;
  return read->reader->error == 0;
}
