/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/scan.h"

#include <string.h>

#include "base/json-writer.h"
#include "model/codes.h"

/* The configuration. 7.2 does not describe it, and it has no footer: what it consists of is known
 * here, and written as a description would have it. */

#define NAME_MAX_LENGTH 4096

typedef struct
{
  MigdescQemuScan *scan;
  MigdescQemuItem *item;
  MigdescJsonWriter writer;
  gsize at; /* from the first byte of the section on */
} Config;

static const guint8 *
look (const Config *config,
      gsize n)
{
  MigdescQemuInput *input = config->scan->input;

  return migdesc_qemu_input_need (input, config->at + n)
             ? migdesc_qemu_input_peek (input) + config->at
             : NULL;
}

static void
add_text (Config *config,
          const char *key,
          const char *text)
{
  migdesc_json_writer_key (&config->writer, key);
  migdesc_json_writer_string (&config->writer, text);
}

static void
add_number (Config *config,
            const char *key,
            guint64 number)
{
  migdesc_json_writer_key (&config->writer, key);
  migdesc_json_writer_uint (&config->writer, number);
}

static void
add_field (Config *config,
           const char *name,
           const char *type,
           guint64 size)
{
  migdesc_json_writer_begin_object (&config->writer);
  add_text (config, "name", name);
  add_text (config, "type", type);
  add_number (config, "size", size);
  migdesc_json_writer_end_object (&config->writer);
  config->at += (gsize) size;
}

static gboolean
add_page_bits (Config *config)
{
  const guint8 *bytes = look (config, 4);

  if (bytes == NULL)
    return FALSE;
  if (config->scan->page_size == 0 && migdesc_qemu_get32 (bytes) >= 10
      && migdesc_qemu_get32 (bytes) <= 16)
    config->scan->page_size = 1u << migdesc_qemu_get32 (bytes);
  add_field (config, "target_page_bits", "uint32", 4);
  return TRUE;
}

static gboolean
add_capabilities (Config *config)
{
  const guint8 *bytes = look (config, 4);
  guint32 n = bytes == NULL ? 0 : migdesc_qemu_get32 (bytes);

  if (bytes == NULL)
    return FALSE;
  add_field (config, "caps_count", "uint32", 4);
  for (guint32 i = 0; i < n; i++)
    {
      bytes = look (config, 1);
      if (bytes == NULL || look (config, 1 + (gsize) bytes[0]) == NULL)
        return FALSE;
      bytes = look (config, 1);
      add_field (config, "capabilities", "capability", 1 + (guint64) bytes[0]);
    }
  return TRUE;
}

static gboolean
add_uuid (Config *config)
{
  if (look (config, 16) == NULL)
    return FALSE;
  add_field (config, "uuid", "buffer", 16);
  return TRUE;
}

static const struct
{
  const char *name;
  gboolean (*add) (Config *config);
} subsections[] = {
  { "configuration/target-page-bits", add_page_bits },
  { "configuration/capabilities", add_capabilities },
  { "configuration/uuid", add_uuid },
};

/* FALSE: it is none, or not whole. */
static gboolean
add_subsection (Config *config)
{
  const guint8 *bytes = look (config, 2);
  gsize length;

  if (bytes == NULL || bytes[0] != 5)
    return FALSE;
  length = bytes[1];
  bytes = look (config, 6 + length);
  for (gsize i = 0; bytes != NULL && i < G_N_ELEMENTS (subsections); i++)
    {
      gboolean done;

      if (strlen (subsections[i].name) != length
          || memcmp (subsections[i].name, bytes + 2, length) != 0)
        continue;
      migdesc_json_writer_begin_object (&config->writer);
      add_text (config, "vmsd_name", subsections[i].name);
      add_number (config, "version", migdesc_qemu_get32 (bytes + 2 + length));
      migdesc_json_writer_key (&config->writer, "fields");
      migdesc_json_writer_begin_array (&config->writer);
      config->at += 6 + length;
      done = subsections[i].add (config);
      migdesc_json_writer_end_array (&config->writer);
      migdesc_json_writer_end_object (&config->writer);
      return done;
    }
  return FALSE;
}

/* FALSE: the stream ends in it. */
static gboolean
add_machine (Config *config)
{
  const guint8 *bytes = look (config, 5);
  guint32 length = bytes == NULL ? 0 : migdesc_qemu_get32 (bytes + 1);

  if (bytes == NULL || length > NAME_MAX_LENGTH || look (config, 5 + (gsize) length) == NULL)
    return FALSE;
  bytes = look (config, 5 + (gsize) length);
  config->scan->machine = migdesc_qemu_make_name (bytes + 5, length);
  config->at = 1;
  add_field (config, "len", "uint32", 4);
  add_field (config, "name", "buffer", length);
  return TRUE;
}

static gboolean
add_all (Config *config)
{
  gboolean done;

  migdesc_json_writer_begin_object (&config->writer);
  migdesc_json_writer_key (&config->writer, "devices");
  migdesc_json_writer_begin_array (&config->writer);
  migdesc_json_writer_begin_object (&config->writer);
  add_text (config, "name", "configuration");
  add_text (config, "vmsd_name", "configuration");
  migdesc_json_writer_key (&config->writer, "fields");
  migdesc_json_writer_begin_array (&config->writer);
  done = add_machine (config);
  migdesc_json_writer_end_array (&config->writer);
  migdesc_json_writer_key (&config->writer, "subsections");
  migdesc_json_writer_begin_array (&config->writer);
  while (done && add_subsection (config))
    ;
  migdesc_json_writer_end_array (&config->writer);
  migdesc_json_writer_end_object (&config->writer);
  migdesc_json_writer_end_array (&config->writer);
  migdesc_json_writer_end_object (&config->writer);
  return done;
}

/* A subsection that is not known: up to where a section begins. */
static void
pass_unknown (Config *config)
{
  MigdescQemuScan *scan = config->scan;
  gsize start = config->at;
  const guint8 *bytes = look (config, 1);

  if (bytes == NULL || bytes[0] != 5)
    return;
  while (look (config, 1) != NULL && !migdesc_qemu_scan_is_plausible (scan, config->at)
         && config->at < NAME_MAX_LENGTH + start)
    config->at++;
  config->item->reason = g_strdup ("a subsection that is not known");
  migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_NOT_DESCRIBED, MIGDESC_SEVERITY_WARNING,
                          config->item, migdesc_qemu_input_tell (scan->input) + start, "%s",
                          config->item->reason);
}

static void
set_shape (MigdescQemuItem *item)
{
  const MigdescQemuShape *shape
      = migdesc_qemu_description_peek_device (item->description, 0)->shape;

  if (shape->size == item->data_length)
    item->shape = shape;
  else
    item->reason = g_strdup ("its subsections are not whole");
}

gboolean
migdesc_qemu_scan_configuration (MigdescQemuScan *scan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  MigdescQemuInput *input = scan->input;
  Config config = { .scan = scan };

  if (!migdesc_qemu_input_need (input, 1) || migdesc_qemu_input_peek (input)[0] != 7)
    return TRUE;
  /* The machine types that do without footers do without this, too. */
  scan->footers = MIGDESC_QEMU_FOOTERS_THERE;
  config.item = migdesc_qemu_scan_add (scan, MIGDESC_QEMU_SECTION_CONFIGURATION);
  config.item->name = g_strdup ("configuration");
  migdesc_json_writer_init (&config.writer, text, FALSE);
  if (!add_all (&config))
    {
      migdesc_qemu_input_skip (input, G_MAXUINT64);
      config.item->length = migdesc_qemu_input_tell (input) - config.item->offset;
      return migdesc_qemu_scan_fail_end (scan, config.item);
    }
  pass_unknown (&config);
  input->at += 1;
  config.item->data_offset = config.item->offset + 1;
  migdesc_qemu_scan_set_data (scan, config.item, config.at - 1);
  config.item->length = config.at;
  config.item->description = migdesc_qemu_description_new_from_json (text->str, -1, NULL, NULL);
  if (config.item->reason == NULL && config.item->description != NULL)
    set_shape (config.item);
  return TRUE;
}
