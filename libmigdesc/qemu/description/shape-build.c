/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/shape-build.h"

#include "base/hash.h"
#include "qemu/description/expand.h"

/* Names and shapes that are there once, and the sums of a shape. */

struct _MigdescQemuShapes
{
  MigdescArena *arena;
  GHashTable *names;  /* char * */
  GHashTable *shapes; /* MigdescQemuShape */
};

static guint
hash_name (gconstpointer name)
{
  return migdesc_hash_fold (migdesc_hash (name, strlen (name)));
}

static guint
hash_shape (gconstpointer data)
{
  const MigdescQemuShape *shape = data;
  guint64 hash = migdesc_hash ((const char *) shape->members,
                               shape->n_members * sizeof *shape->members);

  return migdesc_hash_fold (hash ^ GPOINTER_TO_SIZE (shape->name) ^ shape->version);
}

static gboolean
equal_shapes (gconstpointer data,
              gconstpointer other_data)
{
  const MigdescQemuShape *shape = data;
  const MigdescQemuShape *other = other_data;

  return shape->name == other->name && shape->version == other->version
         && shape->n_members == other->n_members
         && (shape->n_members == 0
             || memcmp (shape->members, other->members,
                        shape->n_members * sizeof *shape->members)
                    == 0);
}

MigdescQemuShapes *
migdesc_qemu_shapes_new (MigdescArena *arena)
{
  MigdescQemuShapes *shapes = g_new0 (MigdescQemuShapes, 1);

  shapes->arena = arena;
  shapes->names = g_hash_table_new (hash_name, g_str_equal);
  shapes->shapes = g_hash_table_new (hash_shape, equal_shapes);
  return shapes;
}

void
migdesc_qemu_shapes_free (MigdescQemuShapes *shapes)
{
  g_hash_table_unref (shapes->names);
  g_hash_table_unref (shapes->shapes);
  g_free (shapes);
}

const char *
migdesc_qemu_shapes_intern (MigdescQemuShapes *shapes,
                            const char *text,
                            gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  char *known = g_hash_table_lookup (shapes->names, copy);

  if (known != NULL)
    return known;
  known = migdesc_arena_dup (shapes->arena, text, length);
  g_hash_table_add (shapes->names, known);
  return known;
}

static guint32
add_saturating (guint32 sum,
                guint64 more)
{
  return (guint32) MIN (sum + MIN (more, G_MAXUINT32), G_MAXUINT32);
}

/* An element may take no byte, but it takes time. */
static guint64
count_steps (const MigdescQemuMember *member)
{
  if (member->kind == MIGDESC_QEMU_STRUCT)
    return 1 + member->n * (1 + MIN (member->shape->n_steps, G_MAXUINT32));
  return 1 + (member->kind == MIGDESC_QEMU_NULL ? member->n : 0);
}

static gboolean
is_plain (const MigdescQemuMember *member)
{
  const guint8 marks = MIGDESC_QEMU_MARKED | MIGDESC_QEMU_END | MIGDESC_QEMU_COUNTED
                       | MIGDESC_QEMU_SUBSECTION;

  if ((member->flags & marks) != 0 || member->kind == MIGDESC_QEMU_NULL)
    return FALSE;
  return member->kind != MIGDESC_QEMU_STRUCT || member->shape->is_plain;
}

static gboolean
has_opaque (const MigdescQemuMember *member)
{
  if (member->kind == MIGDESC_QEMU_STRUCT)
    return member->shape->has_opaque;
  return migdesc_qemu_member_get_opaque (member) != NULL;
}

/* FALSE: more bytes than any section can have. */
static gboolean
add_up (MigdescQemuShape *shape)
{
  shape->is_plain = TRUE;
  shape->n_most = shape->n_members;
  for (guint i = 0; i < shape->n_members; i++)
    {
      const MigdescQemuMember *member = &shape->members[i];
      guint nesting = (member->flags & MIGDESC_QEMU_ARRAY) != 0 ? 1 : 0;

      shape->size += migdesc_qemu_member_get_size (member);
      shape->n_all = add_saturating (shape->n_all, 1);
      shape->n_steps = MIN (shape->n_steps + count_steps (member), G_MAXUINT32);
      shape->is_plain = shape->is_plain && is_plain (member);
      shape->has_opaque = shape->has_opaque || has_opaque (member);
      if (member->kind == MIGDESC_QEMU_STRUCT)
        {
          shape->n_all = add_saturating (shape->n_all, member->shape->n_all);
          shape->n_most = MAX (shape->n_most, member->shape->n_most);
          nesting += member->shape->nesting + 1;
        }
      shape->nesting = MAX (shape->nesting, nesting);
      if (shape->size > G_MAXUINT32)
        return FALSE;
    }
  return TRUE;
}

/* Buffers of no bytes, where there is nothing else: the schema's struct would have no bytes. */
static gboolean
has_nothing (const MigdescQemuMember *members,
             guint n_members)
{
  const guint8 marks = MIGDESC_QEMU_MARKED | MIGDESC_QEMU_END | MIGDESC_QEMU_COUNTED
                       | MIGDESC_QEMU_SUBSECTION;

  for (guint i = 0; i < n_members; i++)
    if ((members[i].flags & marks) != 0 || migdesc_qemu_member_get_size (&members[i]) > 0
        || (members[i].kind == MIGDESC_QEMU_STRUCT && members[i].n > 0))
      return FALSE;
  return TRUE;
}

const MigdescQemuShape *
migdesc_qemu_shapes_keep (MigdescQemuShapes *shapes,
                          const char *name,
                          guint32 version,
                          const MigdescQemuMember *members,
                          guint n_members)
{
  MigdescQemuShape made = { .name = name, .members = members, .version = version,
                            .n_members = n_members };
  MigdescQemuShape *known;

  if (has_nothing (members, n_members))
    made.n_members = n_members = 0;
  known = g_hash_table_lookup (shapes->shapes, &made);
  if (known != NULL)
    return known;
  if (!add_up (&made))
    return NULL;
  if (n_members > 0)
    {
      gsize size = n_members * sizeof *members;

      made.members = memcpy (migdesc_arena_alloc (shapes->arena, size), members, size);
    }
  known = migdesc_arena_alloc (shapes->arena, sizeof *known);
  *known = made;
  g_hash_table_add (shapes->shapes, known);
  return known;
}
