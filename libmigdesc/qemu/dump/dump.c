/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/diagnostics.h"
#include "qemu/description/layout.h"
#include "qemu/dump/dump-core.h"

/**
 * MigdescQemuDump:
 *
 * What `qemu -dump-vmstate` wrote. Immutable, and safe to use from any thread.
 *
 * Since: 1.0
 */
struct _MigdescQemuDump
{
  GObject parent_instance;
  MigdescArena *arena;
  MigdescQemuDumpCore core;
};

G_DEFINE_FINAL_TYPE (MigdescQemuDump, migdesc_qemu_dump, G_TYPE_OBJECT)

static void
migdesc_qemu_dump_finalize (GObject *object)
{
  MigdescQemuDump *dump = MIGDESC_QEMU_DUMP (object);

  migdesc_arena_free (dump->arena);
  G_OBJECT_CLASS (migdesc_qemu_dump_parent_class)->finalize (object);
}

static void
migdesc_qemu_dump_class_init (MigdescQemuDumpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_qemu_dump_finalize;
}

static void
migdesc_qemu_dump_init (MigdescQemuDump *dump)
{
  dump->arena = migdesc_arena_new (0);
}

/**
 * migdesc_qemu_dump_new_from_json:
 * @text: what `qemu -dump-vmstate` wrote
 * @length: bytes of @text, -1 when it ends in NUL
 * @limits: (nullable): limits, %NULL for the defaults
 * @error: return location for a #GError
 *
 * Reads a dump. Members that no QEMU up to 11.1 writes are passed over.
 *
 * Fails with the codes of documents (`json-`, `document-`) and with %MIGDESC_ERROR_LIMIT_EXCEEDED;
 * the message has line, column and pointer.
 *
 * Returns: (transfer full): the dump, or %NULL on error
 *
 * Since: 1.0
 */
MigdescQemuDump *
migdesc_qemu_dump_new_from_json (const char *text,
                                 gssize length,
                                 const MigdescLimits *limits,
                                 GError **error)
{
  g_autoptr (MigdescQemuDump) dump = NULL;
  g_auto (MigdescJsonReader) reader;
  gsize size;

  g_return_val_if_fail (text != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  dump = g_object_new (MIGDESC_TYPE_QEMU_DUMP, NULL);
  migdesc_json_reader_init (&reader, text, size, limits);
  if (!migdesc_qemu_dump_read (&reader, dump->arena, &dump->core))
    {
      migdesc_diagnostics_set_json_error (&reader, error);
      return NULL;
    }
  return g_steal_pointer (&dump);
}

/**
 * migdesc_qemu_dump_to_json:
 * @dump: a dump
 * @pretty: whether to indent, as QEMU does
 *
 * Writes the dump as QEMU would.
 *
 * Returns: (transfer full): the JSON text, without a line end after it
 *
 * Since: 1.0
 */
char *
migdesc_qemu_dump_to_json (MigdescQemuDump *dump,
                           gboolean pretty)
{
  MigdescJsonWriter writer;
  GString *output;

  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (dump), NULL);

  output = g_string_new (NULL);
  migdesc_json_writer_init (&writer, output, pretty);
  migdesc_qemu_dump_write (&dump->core, &writer);
  return g_string_free (output, FALSE);
}

MigdescQemuDump *
migdesc_qemu_dump_new_for_core (MigdescArena *arena,
                                const MigdescQemuDumpCore *core)
{
  MigdescQemuDump *dump = g_object_new (MIGDESC_TYPE_QEMU_DUMP, NULL);

  migdesc_arena_free (dump->arena);
  dump->arena = arena;
  dump->core = *core;
  return dump;
}

const MigdescQemuDumpCore *
migdesc_qemu_dump_get_core (MigdescQemuDump *dump)
{
  return &dump->core;
}

/**
 * migdesc_qemu_dump_equal:
 * @dump: a dump
 * @other: another
 *
 * Compares what two dumps say. The order of the sections does not count.
 *
 * Returns: whether they say the same
 *
 * Since: 1.0
 */
gboolean
migdesc_qemu_dump_equal (MigdescQemuDump *dump,
                         MigdescQemuDump *other)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (dump), FALSE);
  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (other), FALSE);

  return dump == other || migdesc_qemu_dump_core_equal (&dump->core, &other->core);
}

/**
 * migdesc_qemu_dump_hash:
 * @dump: a dump
 *
 * Makes a hash, for hash tables.
 *
 * Returns: the same for equal dumps
 *
 * Since: 1.0
 */
guint
migdesc_qemu_dump_hash (MigdescQemuDump *dump)
{
  guint hash;

  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (dump), 0);

  hash = dump->core.n_sections;
  for (guint i = 0; i < dump->core.n_sections; i++)
    {
      const MigdescQemuSectionCore *section = &dump->core.sections[i];

      hash += g_str_hash (section->name.text) * 31u + (guint) section->version;
      if (section->description != NULL)
        hash += section->description->n_fields * 7u;
    }
  return hash;
}

/**
 * migdesc_qemu_dump_get_machine:
 * @dump: a dump
 *
 * Asks for the machine type that QEMU was started with.
 *
 * Returns: (nullable): its name, or %NULL if the dump has none
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_dump_get_machine (MigdescQemuDump *dump)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (dump), NULL);

  return dump->core.machine;
}

/**
 * migdesc_qemu_dump_get_n_sections:
 * @dump: a dump
 *
 * Asks how many sections there are. A section is a device type.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_qemu_dump_get_n_sections (MigdescQemuDump *dump)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (dump), 0);

  return dump->core.n_sections;
}

/**
 * migdesc_qemu_dump_find:
 * @dump: a dump
 * @type: the name of a device type, such as `e1000e`
 * @section: (out) (optional): return location for the section's position
 *
 * Looks for a section.
 *
 * Returns: whether there is one of that type
 *
 * Since: 1.0
 */
gboolean
migdesc_qemu_dump_find (MigdescQemuDump *dump,
                        const char *type,
                        guint *section)
{
  guint position = 0;
  gboolean found;

  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (dump), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  found = migdesc_index_lookup (&dump->core.index, type, strlen (type), &position);
  if (section != NULL)
    *section = position;
  return found;
}

static const MigdescQemuSectionCore *
get_section (MigdescQemuDump *dump,
             guint section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (dump), NULL);
  g_return_val_if_fail (section < dump->core.n_sections, NULL);

  return &dump->core.sections[section];
}

/**
 * migdesc_qemu_dump_get_section_type:
 * @dump: a dump
 * @section: a position below migdesc_qemu_dump_get_n_sections()
 *
 * Asks for the device type of a section.
 *
 * Returns: its name
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_dump_get_section_type (MigdescQemuDump *dump,
                                    guint section)
{
  const MigdescQemuSectionCore *core = get_section (dump, section);

  return core != NULL ? core->name.text : NULL;
}

/**
 * migdesc_qemu_dump_get_section_version:
 * @dump: a dump
 * @section: a position below migdesc_qemu_dump_get_n_sections()
 *
 * Asks for the version that QEMU writes; it is the newest that it reads.
 *
 * Returns: the version
 *
 * Since: 1.0
 */
int
migdesc_qemu_dump_get_section_version (MigdescQemuDump *dump,
                                       guint section)
{
  const MigdescQemuSectionCore *core = get_section (dump, section);

  return core != NULL ? core->version : 0;
}

/**
 * migdesc_qemu_dump_get_section_minimum:
 * @dump: a dump
 * @section: a position below migdesc_qemu_dump_get_n_sections()
 *
 * Asks for the oldest version that QEMU reads.
 *
 * Returns: the version
 *
 * Since: 1.0
 */
int
migdesc_qemu_dump_get_section_minimum (MigdescQemuDump *dump,
                                       guint section)
{
  const MigdescQemuSectionCore *core = get_section (dump, section);

  return core != NULL ? core->minimum : 0;
}

/**
 * migdesc_qemu_dump_get_section_layout:
 * @dump: a dump
 * @section: a position below migdesc_qemu_dump_get_n_sections()
 *
 * Asks what a section consists of.
 *
 * Returns: (transfer full) (nullable): the layout, or %NULL if the dump does not tell
 *
 * Since: 1.0
 */
MigdescQemuLayout *
migdesc_qemu_dump_get_section_layout (MigdescQemuDump *dump,
                                      guint section)
{
  const MigdescQemuSectionCore *core = get_section (dump, section);

  return core != NULL && core->description != NULL
             ? migdesc_qemu_layout_new (dump, core->description)
             : NULL;
}

/**
 * migdesc_qemu_dump_get_section_schema:
 * @dump: a dump
 * @section: a position below migdesc_qemu_dump_get_n_sections()
 * @error: return location for a #GError
 *
 * Makes a state type of a section, with which it can be shown and compared as any other. It says
 * what a dump knows: a field of 1, 2, 4 or 8 bytes is an unsigned integer, one of another size a
 * buffer, one whose size another field says a buffer of at most 1 MiB; a field that the device may
 * leave out is there, and arrays of unknown count have one element. Subsections are sections that
 * may be missing; those of structs, which a schema cannot have, are left out. Characters that names
 * cannot have become underscores, and names that are there twice get a number. Versions begin at 1.
 *
 * Fails with %MIGDESC_ERROR_STATE_MISSING if the dump does not tell the fields, and with
 * %MIGDESC_ERROR_STATE_TYPE or the codes of documents if they break the rules of schemas.
 *
 * Returns: (transfer full): the type, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_qemu_dump_get_section_schema (MigdescQemuDump *dump,
                                      guint section,
                                      GError **error)
{
  const MigdescQemuSectionCore *core = get_section (dump, section);
  g_autofree char *text = NULL;

  if (core == NULL)
    return NULL;
  if (core->description == NULL)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_MISSING,
                           "the dump does not tell the fields");
      return NULL;
    }
  text = migdesc_qemu_description_to_schema (core->description);
  return migdesc_state_type_new_from_json (text, -1, NULL, error);
}
