/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/expand.h"

#include "state/schema/type-private.h"
#include "state/table/storage.h"
#include "state/visitor/pipe.h"

typedef struct
{
  const char *section;
  const guint8 *start;
  const guint8 *at;
  GPtrArray *values;
  GError *error;
  GString *path; /* where the error is, from the end to the beginning */
} Expand;

const MigdescQemuOpaque *
migdesc_qemu_member_get_opaque (const MigdescQemuMember *member)
{
  if (member->kind != MIGDESC_QEMU_BYTES || member->type == NULL || member->size == 0
      || (member->flags & (MIGDESC_QEMU_ARRAY | MIGDESC_QEMU_OPAQUE)) != 0)
    return NULL;
  return migdesc_qemu_opaque_find (member->type);
}

static void
read_value (Expand *expand,
            const MigdescQemuOpaque *opaque,
            gsize size)
{
  g_autoptr (MigdescStatePlan) plan = NULL;
  GByteArray *value = NULL;
  gpointer made = migdesc_qemu_opaque_read_struct (opaque, expand->section, expand->at, size,
                                                   &expand->error);

  if (made == NULL)
    return;
  plan = migdesc_state_type_get_plan (migdesc_qemu_opaque_get_type (opaque), 1, NULL,
                                      &expand->error);
  if (plan != NULL)
    value = migdesc_pipe_save (plan, made, &expand->error);
  if (value != NULL)
    g_ptr_array_add (expand->values, value);
  migdesc_table_clear (opaque->table, made);
  g_free (made);
}

static void expand_shape (Expand *expand, const MigdescQemuShape *shape);

/* On the way back from an error */
static void
add_path (Expand *expand,
          const MigdescQemuMember *member,
          guint32 index)
{
  g_autofree char *place = (member->flags & MIGDESC_QEMU_ARRAY) != 0
                               ? g_strdup_printf ("%s[%u]", member->name, index)
                               : g_strdup (member->name);

  if (expand->path->len > 0)
    g_string_prepend_c (expand->path, '.');
  g_string_prepend (expand->path, place);
}

static void
expand_structs (Expand *expand,
                const MigdescQemuMember *member)
{
  const guint8 *end = expand->at + migdesc_qemu_member_get_size (member);

  if (!member->shape->has_opaque)
    {
      expand->at = end;
      return;
    }
  if ((member->flags & MIGDESC_QEMU_SUBSECTION) != 0)
    expand->at += 6 + strlen (member->shape->name);
  if ((member->flags & MIGDESC_QEMU_COUNTED) != 0)
    expand->at += 4;
  for (guint32 i = 0; i < member->n; i++)
    {
      if ((member->flags & MIGDESC_QEMU_MARKED) != 0)
        expand->at++;
      expand_shape (expand, member->shape);
      if (expand->error == NULL)
        continue;
      add_path (expand, member, i);
      return;
    }
  expand->at = end;
}

static void
expand_shape (Expand *expand,
              const MigdescQemuShape *shape)
{
  for (guint32 i = 0; i < shape->n_members && expand->error == NULL; i++)
    {
      const MigdescQemuMember *member = &shape->members[i];
      const MigdescQemuOpaque *opaque = migdesc_qemu_member_get_opaque (member);

      if (member->kind == MIGDESC_QEMU_STRUCT)
        {
          expand_structs (expand, member);
          continue;
        }
      if (opaque != NULL)
        read_value (expand, opaque, member->size);
      if (expand->error != NULL)
        add_path (expand, member, 0);
      else
        expand->at += migdesc_qemu_member_get_size (member);
    }
}

GPtrArray *
migdesc_qemu_expand (const MigdescQemuShape *shape,
                     const char *section,
                     const guint8 *bytes,
                     char **path,
                     gsize *offset,
                     GError **error)
{
  g_autoptr (GPtrArray) values
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GString) where = g_string_new (NULL);
  Expand expand = { .section = section, .start = bytes, .at = bytes, .values = values,
                    .path = where };

  expand_shape (&expand, shape);
  if (expand.error == NULL)
    return g_steal_pointer (&values);
  if (path != NULL)
    *path = g_strdup (where->str);
  if (offset != NULL)
    *offset = (gsize) (expand.at - expand.start);
  g_propagate_error (error, expand.error);
  return NULL;
}
