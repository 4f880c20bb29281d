/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/shape-layout.h"

#include "qemu/stream/wire.h"

/* Words of a stream for what a dump has the size of as well; of all others, such as timers and what
 * only code understands, a dump tells the size in memory. */
static const char *const words_with_size[] = { "buffer", "unused_buffer" };

static gboolean
is_open (const MigdescQemuMember *member)
{
  switch (member->kind)
    {
    case MIGDESC_QEMU_BOOL:
    case MIGDESC_QEMU_UINT:
    case MIGDESC_QEMU_INT:
      return g_strcmp0 (member->type, "timer") == 0;
    case MIGDESC_QEMU_BYTES:
      for (guint i = 0; i < G_N_ELEMENTS (words_with_size); i++)
        if (g_strcmp0 (member->type, words_with_size[i]) == 0)
          return FALSE;
      return TRUE;
    default:
      return TRUE;
    }
}

static void
fill_field (const MigdescQemuMember *member,
            const char *name,
            MigdescQemuFieldCore *field,
            MigdescArena *arena)
{
  *field = (MigdescQemuFieldCore) { .name = name, .count = -1, .is_actual = TRUE };
  if (member->n > 0 && member->n <= G_MAXINT32)
    field->count = (gint32) member->n;
  field->size = member->size;
  field->is_open = is_open (member);
  if (member->kind == MIGDESC_QEMU_STRUCT)
    field->description = migdesc_qemu_shape_to_layout (member->shape, arena);
}

/* Whether it tells if a pointer is one to nothing: no dump tells that elements may be missing. */
static gboolean
is_marker (const MigdescQemuMember *member)
{
  return member->kind == MIGDESC_QEMU_NULL || g_strcmp0 (member->type, "ptr-marker") == 0;
}

static gboolean
is_next_element (const MigdescQemuMember *member,
                 const char *name,
                 const MigdescQemuFieldCore *before)
{
  return member->kind == MIGDESC_QEMU_STRUCT && before != NULL && before->description != NULL
         && strcmp (before->name, name) == 0;
}

/* Recursion is as deep as the description's reader lets it be. */
const MigdescQemuDescriptionCore *
migdesc_qemu_shape_to_layout (const MigdescQemuShape *shape,
                              MigdescArena *arena)
{
  MigdescQemuDescriptionCore *layout = migdesc_arena_alloc0 (arena, sizeof *layout);
  gsize n = MAX (shape->n_members, 1);
  MigdescQemuFieldCore *fields = migdesc_arena_alloc (arena, n * sizeof *fields);
  MigdescQemuDescriptionCore *subsections = migdesc_arena_alloc (arena, n * sizeof *subsections);

  layout->name = shape->name != NULL ? shape->name : "";
  layout->version = (gint32) MIN (shape->version, G_MAXINT32);
  layout->fields = fields;
  layout->subsections = subsections;
  for (guint i = 0; i < shape->n_members; i++)
    {
      const MigdescQemuMember *member = &shape->members[i];
      const char *name = migdesc_qemu_plain_name (member->name, arena);
      MigdescQemuFieldCore *before
          = layout->n_fields > 0 ? &fields[layout->n_fields - 1] : NULL;

      if ((member->flags & MIGDESC_QEMU_SUBSECTION) != 0)
        subsections[layout->n_subsections++]
            = *migdesc_qemu_shape_to_layout (member->shape, arena);
      else if (!is_marker (member) && !is_next_element (member, name, before))
        fill_field (member, name, &fields[layout->n_fields++], arena);
    }
  return layout;
}
