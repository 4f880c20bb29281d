/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/encoder.h"

#include "base/json-reader.h"

void
migdesc_encoder_init (MigdescEncoder *encoder,
                      const MigdescStore *store,
                      MigdescDialects dialect,
                      GString *output)
{
  migdesc_json_writer_init (&encoder->json, output, FALSE);
  encoder->dialect = dialect;
  encoder->store = store;
  encoder->model = NULL;
  encoder->scratch = g_string_new (NULL);
}

void
migdesc_encoder_clear (MigdescEncoder *encoder)
{
  g_string_free (encoder->scratch, TRUE);
}

const char *
migdesc_shape_get_extra (const MigdescShape *shape,
                         gconstpointer record)
{
  gconstpointer holder = record;

  if (shape->more_offset != 0)
    holder = G_STRUCT_MEMBER (gconstpointer, record, shape->more_offset);
  return G_STRUCT_MEMBER (const char *, holder, shape->extra_offset);
}

/* @text is an object, canonical already. */
static void
write_members_of (MigdescEncoder *encoder,
                  const char *text,
                  const char *except)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_auto (MigdescJsonReader) reader;
  MigdescJsonString key;

  /* It was read within the limits of its reader, whatever they were. */
  for (guint i = MIGDESC_LIMIT_DOCUMENT_SIZE; i <= MIGDESC_LIMIT_STRING_LENGTH; i++)
    migdesc_limits_set (limits, (MigdescLimit) i, G_MAXUINT64);

  migdesc_json_reader_init (&reader, text, strlen (text), limits);
  if (!migdesc_json_reader_begin_object (&reader))
    return;
  while (migdesc_json_reader_next_member (&reader, &key))
    {
      g_string_truncate (encoder->scratch, 0);
      migdesc_json_reader_copy_value (&reader, encoder->scratch);
      if (except != NULL && migdesc_json_string_equal (&key, except, strlen (except)))
        continue;
      migdesc_json_writer_key_length (&encoder->json, key.text, key.length);
      migdesc_json_writer_raw (&encoder->json, encoder->scratch->str, encoder->scratch->len);
    }
}

void
migdesc_encoder_write_extra (MigdescEncoder *encoder,
                             const char *extra,
                             const char *except)
{
  g_autofree char *text = NULL;

  if (extra == NULL)
    return;
  text = g_strdup_printf ("{%s}", extra);
  write_members_of (encoder, text, except);
}

void
migdesc_encoder_write_object (MigdescEncoder *encoder,
                              const MigdescShape *shape,
                              gconstpointer record)
{
  const char *extra = migdesc_shape_get_extra (shape, record);

  migdesc_json_writer_begin_object (&encoder->json);
  for (guint i = 0; i < shape->n_members; i++)
    {
      const MigdescMember *member = &shape->members[i];

      if ((member->dialects & encoder->dialect) == 0 || !member->is_set (encoder, member, record))
        continue;
      migdesc_json_writer_key_length (&encoder->json, member->name, member->length);
      member->write (encoder, member, record);
    }
  if ((encoder->dialect & MIGDESC_IN_V3_LIKE) != 0)
    migdesc_encoder_write_extra (encoder, extra, NULL);
  migdesc_json_writer_end_object (&encoder->json);
}

void
migdesc_encoder_write_value (MigdescEncoder *encoder,
                             MigdescValueType type,
                             MigdescValue value)
{
  if (type == MIGDESC_VALUE_TYPE_INT)
    migdesc_json_writer_uint_safe (&encoder->json, value.number);
  else if (type == MIGDESC_VALUE_TYPE_BOOL)
    migdesc_json_writer_bool (&encoder->json, value.number != 0);
  else
    migdesc_json_writer_string (&encoder->json, value.string);
}

void
migdesc_encoder_write_set (MigdescEncoder *encoder,
                           const MigdescSet *set)
{
  g_string_truncate (encoder->scratch, 0);
  migdesc_set_append_json (encoder->scratch, set);
  migdesc_json_writer_raw (&encoder->json, encoder->scratch->str, encoder->scratch->len);
}

void
migdesc_encoder_write_ignores (MigdescEncoder *encoder,
                               const MigdescIgnore *ignores,
                               guint n)
{
  migdesc_json_writer_begin_object (&encoder->json);
  for (guint i = 0; i < n; i++)
    migdesc_json_writer_member_string (&encoder->json, ignores[i].code, ignores[i].reason);
  migdesc_json_writer_end_object (&encoder->json);
}

gboolean
migdesc_encoder_always (const MigdescEncoder *encoder,
                        const MigdescMember *member,
                        gconstpointer record)
{
  return TRUE;
}

gboolean
migdesc_encoder_has_text (const MigdescEncoder *encoder,
                          const MigdescMember *member,
                          gconstpointer record)
{
  return G_STRUCT_MEMBER (const char *, record, member->offset) != NULL;
}

void
migdesc_encoder_write_text (MigdescEncoder *encoder,
                            const MigdescMember *member,
                            gconstpointer record)
{
  migdesc_json_writer_string (&encoder->json,
                              G_STRUCT_MEMBER (const char *, record, member->offset));
}

void
migdesc_encoder_write_json (MigdescEncoder *encoder,
                            const MigdescMember *member,
                            gconstpointer record)
{
  const char *json = G_STRUCT_MEMBER (const char *, record, member->offset);

  migdesc_json_writer_raw (&encoder->json, json, strlen (json));
}

gboolean
migdesc_encoder_has_support (const MigdescEncoder *encoder,
                             const MigdescMember *member,
                             gconstpointer record)
{
  return G_STRUCT_MEMBER (guint8, record, member->offset) != MIGDESC_SUPPORT_BEST_EFFORT;
}

void
migdesc_encoder_write_support (MigdescEncoder *encoder,
                               const MigdescMember *member,
                               gconstpointer record)
{
  MigdescSupport support = (MigdescSupport) G_STRUCT_MEMBER (guint8, record, member->offset);

  migdesc_json_writer_string (&encoder->json, migdesc_support_to_string (support));
}
