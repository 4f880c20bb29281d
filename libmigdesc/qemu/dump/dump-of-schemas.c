/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "qemu/dump/dump-core.h"
#include "state/schema/type-private.h"

/* Schemas as QEMU would tell of such devices. What a dump cannot say is lost: types, bounds,
 * relations, and fields that only older versions have. Schemas nest at most 32 levels deep. */

typedef struct
{
  MigdescArena *arena;
  gboolean has_counts;
} Make;

static const MigdescQemuDescriptionCore *
make_struct (Make *make,
             const char *name,
             gint64 version,
             gint64 minimum,
             const MigdescField *fields,
             guint n_fields);

static gint32
to_version (gint64 version)
{
  return (gint32) MIN (version, G_MAXINT32);
}

/* Bytes of an element in the stream; 0: it says so itself. */
static guint64
size_of (const MigdescField *field)
{
  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_BYTES:
      return field->counting == MIGDESC_COUNT_FIXED ? field->capacity : 0;
    case MIGDESC_FIELD_BITMAP:
      return field->counting == MIGDESC_COUNT_FIXED ? (field->capacity + 63) / 64 * 8 : 0;
    case MIGDESC_FIELD_STRING:
      return 0;
    case MIGDESC_FIELD_UNUSED:
      return field->capacity;
    case MIGDESC_FIELD_TIMER:
    case MIGDESC_FIELD_DOUBLE:
      return 8;
    default:
      return field->width;
    }
}

static gboolean
is_array (const MigdescField *field)
{
  return field->counting == MIGDESC_COUNT_FIXED && field->kind != MIGDESC_FIELD_BYTES
         && field->kind != MIGDESC_FIELD_BITMAP && field->kind != MIGDESC_FIELD_UNUSED;
}

static void
make_field (Make *make,
            const MigdescField *field,
            gint64 version,
            MigdescQemuFieldCore *made)
{
  const char *name = field->kind == MIGDESC_FIELD_UNUSED ? "unused" : field->name;

  *made = (MigdescQemuFieldCore) { .count = -1 };
  made->name = migdesc_arena_dup (make->arena, name, strlen (name));
  made->version = to_version (field->since);
  made->has_test = field->param != NULL;
  made->size = size_of (field);
  if (is_array (field))
    {
      made->count = (gint32) MIN (field->capacity, G_MAXINT32);
      make->has_counts = TRUE;
    }
  if (field->kind == MIGDESC_FIELD_STRUCT)
    made->description = make_struct (make, field->type->name, version, version,
                                     field->type->fields, field->type->n_fields);
}

static gboolean
is_sent (const MigdescField *field,
         gint64 version)
{
  return field->kind != MIGDESC_FIELD_RELATION && (field->until == 0 || field->until >= version);
}

static const MigdescQemuDescriptionCore *
make_struct (Make *make,
             const char *name,
             gint64 version,
             gint64 minimum,
             const MigdescField *fields,
             guint n_fields)
{
  MigdescQemuDescriptionCore *made = migdesc_arena_alloc0 (make->arena, sizeof *made);
  gsize room = MAX (n_fields, 1);
  MigdescQemuFieldCore *list = migdesc_arena_alloc (make->arena, room * sizeof *list);
  MigdescQemuDescriptionCore *subsections
      = migdesc_arena_alloc (make->arena, room * sizeof *subsections);

  made->name = migdesc_arena_dup (make->arena, name, strlen (name));
  made->version = to_version (version);
  made->minimum = to_version (minimum);
  made->fields = list;
  made->subsections = subsections;
  for (guint i = 0; i < n_fields; i++)
    if (fields[i].kind == MIGDESC_FIELD_SECTION)
      subsections[made->n_subsections++]
          = *make_struct (make, fields[i].name, fields[i].version, fields[i].minimum,
                          fields[i].fields, fields[i].n_fields);
    else if (is_sent (&fields[i], version))
      make_field (make, &fields[i], version, &list[made->n_fields++]);
  made->lists_fields = made->n_fields > 0;
  made->lists_subsections = made->n_subsections > 0;
  return made;
}

static void
make_section (Make *make,
              MigdescStateType *type,
              MigdescQemuSectionCore *section)
{
  const MigdescStruct *table = migdesc_state_type_get_table (type);

  *section = (MigdescQemuSectionCore) { 0 };
  section->description = make_struct (make, table->name, table->version, table->minimum,
                                      table->fields, table->n_fields);
  section->type = section->description->name;
  section->version = section->description->version;
  section->minimum = section->description->minimum;
  section->name.text = section->type;
  section->name.length = (guint32) strlen (section->type);
}

/**
 * migdesc_qemu_dump_new_from_schemas:
 * @types: (array length=n_types): state types, each the state of a device type of that name
 * @n_types: how many there are
 * @error: return location for a #GError
 *
 * Makes a dump of state types, as QEMU would write one of such devices, so that they can be
 * compared with those of a QEMU. A dump says less than a schema: the size of a field and since when
 * it is there. A field that a parameter gates is one that the device decides on; sections are
 * subsections.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT if two types have one name.
 *
 * Returns: (transfer full): the dump, or %NULL on error
 *
 * Since: 1.0
 */
MigdescQemuDump *
migdesc_qemu_dump_new_from_schemas (MigdescStateType **types,
                                    gsize n_types,
                                    GError **error)
{
  g_autoptr (MigdescArena) arena = NULL;
  MigdescQemuDumpCore core = { 0 };
  MigdescQemuSectionCore *sections;
  Make make;
  guint duplicate;

  g_return_val_if_fail (n_types == 0 || types != NULL, NULL);

  arena = migdesc_arena_new (0);
  make = (Make) { arena, FALSE };
  sections = migdesc_arena_alloc (arena, MAX (n_types, 1) * sizeof *sections);
  for (gsize i = 0; i < n_types; i++)
    make_section (&make, types[i], &sections[i]);
  core.sections = sections;
  core.n_sections = (guint) n_types;
  core.has_counts = make.has_counts;
  if (n_types > 0
      && !migdesc_index_build (&core.index, arena, &sections->name, sizeof *sections,
                               core.n_sections, &duplicate))
    {
      g_autofree char *name = migdesc_quote (sections[duplicate].type, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "there are two state types of the name \"%s\"", name);
      return NULL;
    }
  return migdesc_qemu_dump_new_for_core (g_steal_pointer (&arena), &core);
}
