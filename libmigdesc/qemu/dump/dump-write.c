/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/dump-core.h"

/* A dump as QEMU writes it, and whether two say the same. */

static void
write_int (MigdescJsonWriter *writer,
           const char *name,
           gint32 value)
{
  char text[16];
  int length = g_snprintf (text, sizeof text, "%d", value);

  migdesc_json_writer_key (writer, name);
  migdesc_json_writer_raw (writer, text, (gsize) length);
}

static void write_description (const MigdescQemuDescriptionCore *description,
                               MigdescJsonWriter *writer);

static void
write_field (const MigdescQemuFieldCore *field,
             MigdescJsonWriter *writer)
{
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "field", field->name);
  write_int (writer, "version_id", field->version);
  migdesc_json_writer_member_bool (writer, "field_exists", field->has_test);
  migdesc_json_writer_member_uint (writer, "size", field->size);
  if (field->count >= 0)
    write_int (writer, "num", field->count);
  if (field->description != NULL)
    {
      migdesc_json_writer_key (writer, "Description");
      write_description (field->description, writer);
    }
  migdesc_json_writer_end_object (writer);
}

static void
write_lists (const MigdescQemuDescriptionCore *description,
             MigdescJsonWriter *writer)
{
  if (description->lists_fields)
    {
      migdesc_json_writer_key (writer, "Fields");
      migdesc_json_writer_begin_array (writer);
      for (guint i = 0; i < description->n_fields; i++)
        write_field (&description->fields[i], writer);
      migdesc_json_writer_end_array (writer);
    }
  if (description->lists_subsections)
    {
      migdesc_json_writer_key (writer, "Subsections");
      migdesc_json_writer_begin_array (writer);
      for (guint i = 0; i < description->n_subsections; i++)
        write_description (&description->subsections[i], writer);
      migdesc_json_writer_end_array (writer);
    }
}

static void
write_description (const MigdescQemuDescriptionCore *description,
                   MigdescJsonWriter *writer)
{
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "name", description->name);
  write_int (writer, "version_id", description->version);
  write_int (writer, "minimum_version_id", description->minimum);
  write_lists (description, writer);
  migdesc_json_writer_end_object (writer);
}

static void
write_machine (const MigdescQemuDumpCore *core,
               MigdescJsonWriter *writer)
{
  migdesc_json_writer_key (writer, "vmschkmachine");
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "Name", core->machine);
  migdesc_json_writer_end_object (writer);
}

static void
write_section (const MigdescQemuSectionCore *section,
               MigdescJsonWriter *writer)
{
  migdesc_json_writer_key_length (writer, section->name.text, section->name.length);
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "Name", section->type);
  write_int (writer, "version_id", section->version);
  write_int (writer, "minimum_version_id", section->minimum);
  if (section->description != NULL)
    {
      migdesc_json_writer_key (writer, "Description");
      write_description (section->description, writer);
    }
  migdesc_json_writer_end_object (writer);
}

void
migdesc_qemu_dump_write (const MigdescQemuDumpCore *core,
                         MigdescJsonWriter *writer)
{
  migdesc_json_writer_begin_object (writer);
  for (guint i = 0; i <= core->n_sections; i++)
    {
      if (core->machine != NULL && i == core->machine_position)
        write_machine (core, writer);
      if (i < core->n_sections)
        write_section (&core->sections[i], writer);
    }
  migdesc_json_writer_end_object (writer);
}

/* --- Equality --------------------------------------------------------- */

static gboolean
fields_equal (const MigdescQemuFieldCore *field,
              const MigdescQemuFieldCore *other)
{
  if (field->size != other->size || field->version != other->version
      || field->count != other->count || field->has_test != other->has_test
      || strcmp (field->name, other->name) != 0
      || (field->description == NULL) != (other->description == NULL))
    return FALSE;
  return field->description == NULL
         || migdesc_qemu_description_core_equal (field->description, other->description);
}

gboolean
migdesc_qemu_description_core_equal (const MigdescQemuDescriptionCore *description,
                                     const MigdescQemuDescriptionCore *other)
{
  if (description->version != other->version || description->minimum != other->minimum
      || description->n_fields != other->n_fields
      || description->n_subsections != other->n_subsections
      || strcmp (description->name, other->name) != 0)
    return FALSE;
  for (guint i = 0; i < description->n_fields; i++)
    if (!fields_equal (&description->fields[i], &other->fields[i]))
      return FALSE;
  for (guint i = 0; i < description->n_subsections; i++)
    if (!migdesc_qemu_description_core_equal (&description->subsections[i],
                                              &other->subsections[i]))
      return FALSE;
  return TRUE;
}

static gboolean
sections_equal (const MigdescQemuSectionCore *section,
                const MigdescQemuSectionCore *other)
{
  if (section->version != other->version || section->minimum != other->minimum
      || strcmp (section->type, other->type) != 0
      || (section->description == NULL) != (other->description == NULL))
    return FALSE;
  return section->description == NULL
         || migdesc_qemu_description_core_equal (section->description, other->description);
}

gboolean
migdesc_qemu_dump_core_equal (const MigdescQemuDumpCore *core,
                              const MigdescQemuDumpCore *other)
{
  if (core->n_sections != other->n_sections || g_strcmp0 (core->machine, other->machine) != 0)
    return FALSE;
  for (guint i = 0; i < core->n_sections; i++)
    {
      const MigdescQemuSectionCore *match
          = migdesc_qemu_dump_core_find (other, core->sections[i].name.text);

      if (match == NULL || !sections_equal (&core->sections[i], match))
        return FALSE;
    }
  return TRUE;
}

const MigdescQemuSectionCore *
migdesc_qemu_dump_core_find (const MigdescQemuDumpCore *core,
                             const char *name)
{
  guint position;

  return migdesc_index_lookup (&core->index, name, strlen (name), &position)
             ? &core->sections[position]
             : NULL;
}
