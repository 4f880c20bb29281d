/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/limits-private.h"
#include "state/formats/der-load.h"

/* The values of a state. */

static gboolean
open_struct (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             GError **error)
{
  return migdesc_der_loader_open ((MigdescDerLoader *) visitor, MIGDESC_DER_SEQUENCE, error);
}

/* DER has no counts. */
static gboolean
open_array (MigdescVisitor *visitor,
            const char *name G_GNUC_UNUSED,
            MigdescContainerFlags flags G_GNUC_UNUSED,
            guint64 *count,
            GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) visitor;
  MigdescDerItem item, element;

  if (!migdesc_der_loader_take (loader, MIGDESC_DER_SEQUENCE, &item, error))
    return FALSE;
  migdesc_der_loader_push (loader, item.length);
  *count = 0;
  for (gsize position = 0; position < item.length; position += element.head + element.length)
    {
      migdesc_der_read (item.data + position, item.length - position, &element);
      if (element.tag == 0)
        return migdesc_der_loader_fail_tag (loader, &element, "an element", error);
      ++*count;
    }
  return TRUE;
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name G_GNUC_UNUSED,
              gboolean *present,
              GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) visitor;
  MigdescDerItem item;

  migdesc_der_loader_peek (loader, &item);
  if (item.tag != MIGDESC_DER_SEQUENCE && item.tag != MIGDESC_DER_NULL)
    return migdesc_der_loader_fail_tag (loader, &item, "a SEQUENCE or a NULL", error);
  migdesc_der_loader_use (loader, item.head);
  migdesc_der_loader_push (loader, item.length);
  *present = item.tag == MIGDESC_DER_SEQUENCE;
  return TRUE;
}

/* The tag is for readers that do not know the section; the table has the last word for others. */
static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags G_GNUC_UNUSED,
              guint *version,
              gboolean *present,
              GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) visitor;
  MigdescDerItem section, item;
  guint64 number;

  migdesc_der_loader_drop_sections (loader, name);
  *present = migdesc_der_loader_peek_section (loader, &section, &item)
             && migdesc_der_item_is_text (&item, name);
  if (!*present)
    return TRUE;
  migdesc_der_loader_use (loader, section.head);
  migdesc_der_loader_push (loader, section.length);
  migdesc_der_loader_use (loader, item.head + item.length);
  if (!migdesc_der_loader_take (loader, MIGDESC_DER_INTEGER, &item, error))
    return FALSE;
  migdesc_der_loader_use (loader, item.length);
  if (!migdesc_der_get_uint (item.data, item.length, &number))
    return migdesc_der_fail (error, MIGDESC_ERROR_STATE_RANGE, loader->place,
                             "a section's version that is no version");
  *version = (guint) MIN (number, G_MAXUINT);
  return TRUE;
}

static gboolean
pass_unsigned (MigdescVisitor *visitor,
               MigdescDerTag tag,
               guint64 *value,
               GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) visitor;
  MigdescDerItem item;

  if (!migdesc_der_loader_take (loader, tag, &item, error))
    return FALSE;
  migdesc_der_loader_use (loader, item.length);
  return migdesc_der_get_uint (item.data, item.length, value)
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_RANGE, loader->place,
                              "an integer that 64 bits without a sign cannot hold");
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           guint width G_GNUC_UNUSED,
           guint64 *value,
           GError **error)
{
  return pass_unsigned (visitor, MIGDESC_DER_INTEGER, value, error);
}

static gboolean
pass_enum (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           guint width G_GNUC_UNUSED,
           const char *const *words G_GNUC_UNUSED,
           guint n_words G_GNUC_UNUSED,
           guint64 *value,
           GError **error)
{
  return pass_unsigned (visitor, MIGDESC_DER_ENUMERATED, value, error);
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name G_GNUC_UNUSED,
          guint width G_GNUC_UNUSED,
          gint64 *value,
          GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) visitor;
  MigdescDerItem item;

  if (!migdesc_der_loader_take (loader, MIGDESC_DER_INTEGER, &item, error))
    return FALSE;
  migdesc_der_loader_use (loader, item.length);
  return migdesc_der_get_int (item.data, item.length, value)
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_RANGE, loader->place,
                              "an integer that 64 bits with a sign cannot hold");
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             double *value,
             GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) visitor;
  MigdescDerItem item;

  if (!migdesc_der_loader_take (loader, MIGDESC_DER_REAL, &item, error))
    return FALSE;
  migdesc_der_loader_use (loader, item.length);
  return migdesc_der_get_real (item.data, item.length, value)
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, loader->place, "not a double");
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           gboolean *value,
           GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) visitor;
  MigdescDerItem item;

  if (!migdesc_der_loader_take (loader, MIGDESC_DER_BOOLEAN, &item, error))
    return FALSE;
  migdesc_der_loader_use (loader, item.length);
  *value = item.data[0] != 0;
  return TRUE;
}

static gboolean
check_text_size (MigdescDerLoader *loader,
                 GError **error)
{
  guint64 most = MIGDESC_VISITOR (loader)->priv->buffer_limit;
  g_autofree char *limit = NULL;
  MigdescDerItem item;

  migdesc_der_loader_peek (loader, &item);
  if (item.length <= most)
    return TRUE;
  limit = migdesc_limit_to_message (MIGDESC_LIMIT_STATE_BUFFER, most);
  return migdesc_der_fail (error, MIGDESC_ERROR_LIMIT_EXCEEDED, loader->place, "%s", limit);
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             char **value,
             GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) visitor;

  if (!check_text_size (loader, error))
    return FALSE;
  *value = migdesc_der_loader_read_text (loader, NULL, error);
  return *value != NULL;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             MigdescContainerFlags flags G_GNUC_UNUSED,
             guint64 *length,
             GError **error)
{
  MigdescDerItem item;

  if (!migdesc_der_loader_take ((MigdescDerLoader *) visitor, MIGDESC_DER_OCTETS, &item, error))
    return FALSE;
  *length = item.length;
  return TRUE;
}

void
migdesc_der_loader_set_values (MigdescVisitorClass *klass)
{
  klass->open_struct = open_struct;
  klass->close_struct = migdesc_der_loader_close;
  klass->open_array = open_array;
  klass->close_array = migdesc_der_loader_close;
  klass->open_pointer = open_pointer;
  klass->close_pointer = migdesc_der_loader_close;
  klass->open_section = open_section;
  klass->close_section = migdesc_der_loader_close;
  klass->pass_uint = pass_uint;
  klass->pass_int = pass_int;
  klass->pass_double = pass_double;
  klass->pass_bool = pass_bool;
  klass->pass_enum = pass_enum;
  klass->pass_string = pass_string;
  klass->open_buffer = open_buffer;
  klass->pass_buffer = migdesc_stream_visitor_copy_buffer;
}
