/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/description-read.h"

/* The top of a description: page size, configuration, devices. */

static gboolean
key_is (const MigdescJsonString *key,
        const char *name)
{
  return migdesc_json_string_equal (key, name, strlen (name));
}

typedef struct
{
  MigdescQemuDevice device;
  MigdescQemuBody body;
  gboolean has_name;
} DeviceRead;

static gboolean
read_device_member (MigdescQemuRead *read,
                    DeviceRead *at,
                    const MigdescJsonString *key)
{
  gboolean taken;

  if (key_is (key, "name"))
    {
      if (at->has_name)
        return migdesc_json_reader_fail_duplicate (read->reader, key);
      at->has_name = TRUE;
      return migdesc_qemu_read_name (read, &at->device.name);
    }
  if (key_is (key, "instance_id"))
    return migdesc_qemu_read_uint32 (read, &at->device.instance);
  if (migdesc_qemu_body_read (read, &at->body, key, &taken))
    return taken;
  return migdesc_json_reader_skip_value (read->reader);
}

static gboolean
read_device_members (MigdescQemuRead *read,
                     DeviceRead *at)
{
  gsize offset = migdesc_json_reader_offset (read->reader);
  MigdescJsonString key;

  if (!migdesc_json_reader_begin_object (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_member (read->reader, &key))
    if (!read_device_member (read, at, &key))
      return FALSE;
  if (read->reader->error != 0)
    return FALSE;
  if (!at->has_name)
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                     "a device has no \"name\"");
  at->device.version = at->body.version;
  at->device.shape = migdesc_qemu_body_finish (read, &at->body);
  return at->device.shape != NULL;
}

static gboolean
read_device (MigdescQemuRead *read)
{
  DeviceRead at = { 0 };
  gboolean done = read_device_members (read, &at);

  migdesc_qemu_body_clear (&at.body);
  if (!done)
    return FALSE;
  ((MigdescQemuShape *) at.device.shape)->n_users++;
  g_array_append_val (read->devices, at.device);
  return TRUE;
}

static gboolean
read_devices (MigdescQemuRead *read)
{
  if (!migdesc_json_reader_begin_array (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_element (read->reader))
    if (!read_device (read))
      return FALSE;
  return read->reader->error == 0;
}

static gboolean
read_configuration (MigdescQemuRead *read)
{
  g_auto (MigdescQemuBody) body = { 0 };
  MigdescJsonString key;
  gboolean taken = TRUE;

  if (!migdesc_json_reader_begin_object (read->reader))
    return FALSE;
  while (taken && migdesc_json_reader_next_member (read->reader, &key))
    if (!migdesc_qemu_body_read (read, &body, &key, &taken))
      taken = migdesc_json_reader_skip_value (read->reader);
  if (read->reader->error != 0)
    return FALSE;
  read->configuration = migdesc_qemu_body_finish (read, &body);
  return read->configuration != NULL;
}

enum
{
  TOP_PAGE_SIZE = 1 << 0,
  TOP_CONFIGURATION = 1 << 1,
  TOP_DEVICES = 1 << 2
};

static gboolean
read_page_size (MigdescQemuRead *read)
{
  gsize offset = migdesc_json_reader_offset (read->reader);

  if (!migdesc_qemu_read_uint32 (read, &read->page_size))
    return FALSE;
  return migdesc_qemu_is_page_size (read->page_size)
         || migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                      "%u is no page size, a power of two from 1024 to 65536",
                                      read->page_size);
}

static gboolean
read_top_member (MigdescQemuRead *read,
                 const MigdescJsonString *key,
                 guint *seen)
{
  guint bit = key_is (key, "page_size")       ? TOP_PAGE_SIZE
              : key_is (key, "configuration") ? TOP_CONFIGURATION
              : key_is (key, "devices")       ? TOP_DEVICES
                                              : 0;

  if ((*seen & bit) != 0)
    return migdesc_json_reader_fail_duplicate (read->reader, key);
  *seen |= bit;
  switch (bit)
    {
    case TOP_PAGE_SIZE:
      return read_page_size (read);
    case TOP_CONFIGURATION:
      return read_configuration (read);
    case TOP_DEVICES:
      return read_devices (read);
    default:
      return migdesc_json_reader_skip_value (read->reader);
    }
}

gboolean
migdesc_qemu_description_read (MigdescQemuRead *read)
{
  gsize offset = migdesc_json_reader_offset (read->reader);
  MigdescJsonString key;
  guint seen = 0;

  if (!migdesc_json_reader_begin_object (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_member (read->reader, &key))
    if (!read_top_member (read, &key, &seen))
      return FALSE;
  if (!migdesc_json_reader_finish (read->reader))
    return FALSE;
  return (seen & TOP_DEVICES) != 0
         || migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                      "the description has no \"devices\"");
}
