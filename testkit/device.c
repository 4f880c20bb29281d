/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device.h"

struct _KitDevice
{
  const KitCase *subject;
  MigdescDeviceSet *set; /* with the author's device in it */
  gpointer device;
  gpointer state; /* what stands for a device where there is none */
};

KitDevice *
kit_device_new (const KitCase *subject, GError **error)
{
  const MigdescTestkit *testkit = subject->testkit;
  g_autoptr (KitDevice) self = g_new0 (KitDevice, 1);

  self->subject = subject;
  if (testkit->funcs == NULL)
    {
      self->state = g_malloc0 (subject->size);
      migdesc_state_type_init_struct (subject->type, self->state);
      return g_steal_pointer (&self);
    }
  self->set = migdesc_device_set_new ();
  self->device = testkit->new_device (subject->backend, subject->type, subject->params);
  if (!migdesc_device_set_add (self->set, KIT_DEVICE_ID, subject->params, subject->type,
                               testkit->funcs, self->device, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
free_state (KitDevice *self, gpointer state)
{
  if (state != NULL)
    migdesc_state_type_clear_struct (self->subject->type, state);
  g_free (state);
}

void
kit_device_free (KitDevice *self)
{
  g_clear_object (&self->set);
  if (self->device != NULL && self->subject->testkit->free_device != NULL)
    self->subject->testkit->free_device (self->device);
  free_state (self, self->state);
  g_free (self);
}

const KitCase *
kit_device_get_case (KitDevice *self)
{
  return self->subject;
}

gpointer
kit_device_get (KitDevice *self)
{
  return self->device;
}

/* A fresh struct with what a stream holds, or NULL. */
static gpointer
read_state (KitDevice *self, GBytes *stream, GError **error)
{
  const KitCase *subject = self->subject;
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, error);
  gpointer fresh;

  if (reader == NULL)
    return NULL;
  fresh = g_malloc0 (subject->size);
  migdesc_state_type_init_struct (subject->type, fresh);
  if (migdesc_stream_reader_expect_struct (reader, KIT_DEVICE_ID, subject->params, subject->type,
                                           fresh, error)
      && migdesc_stream_reader_read_bytes (reader, stream, error))
    return fresh;
  free_state (self, fresh);
  return NULL;
}

gboolean
kit_device_load (KitDevice *self, GBytes *stream, GError **error)
{
  gpointer fresh;

  if (self->set != NULL)
    return migdesc_device_set_load (self->set, stream, error);
  fresh = read_state (self, stream, error);
  if (fresh == NULL)
    return FALSE;
  free_state (self, self->state);
  self->state = fresh;
  return TRUE;
}

gboolean
kit_device_load_half (KitDevice *self, GBytes *stream, GError **error)
{
  g_autoptr (MigdescStreamReader) reader = NULL;

  if (self->set == NULL)
    {
      gpointer fresh = read_state (self, stream, error);

      free_state (self, fresh);
      return fresh != NULL;
    }
  reader = migdesc_device_set_begin_load (self->set, NULL, error);
  if (reader == NULL || !migdesc_stream_reader_read_bytes (reader, stream, error)
      || !migdesc_device_set_prepare_load (self->set, reader, error))
    return FALSE;
  migdesc_device_set_abort_load (self->set);
  return TRUE;
}

GBytes *
kit_device_save (KitDevice *self, guint version, const char *format, GError **error)
{
  const KitCase *subject = self->subject;
  g_autoptr (MigdescStreamWriter) writer = NULL;

  if (self->set != NULL)
    return migdesc_device_set_set_state_version (self->set, KIT_DEVICE_ID, version, error)
               ? migdesc_device_set_save (self->set, format, error)
               : NULL;
  writer = migdesc_stream_writer_new (format, error);
  if (writer == NULL
      || !migdesc_stream_writer_add_struct (writer, KIT_DEVICE_ID, subject->params, subject->type,
                                            version, self->state, error))
    return NULL;
  return migdesc_stream_writer_to_bytes (writer, error);
}
