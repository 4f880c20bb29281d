/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/shape-build.h"

/* From the fields of a text to members.
 *
 * QEMU lists the elements of an array as one field with their number, or one by one under the same
 * name. Those that are alike become one array, under the name alone. Where they differ, as pointers
 * to nothing among others do, each run of equal ones is a member: "queues[3]", or "sch[1..65535]"
 * for more than one. */

/* Elements that are alike. */
typedef struct
{
  MigdescQemuMember member; /* without a name */
  gint64 first;
} Run;

typedef struct
{
  MigdescQemuShapes *shapes;
  GArray *members; /* MigdescQemuMember */
  GArray *runs;    /* Run: of the array at hand */
  GHashTable *names;
} Build;

static const char *
make_unique (Build *build,
             const char *name)
{
  const char *unique = name;

  for (guint i = 2; !g_hash_table_add (build->names, (gpointer) unique); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s#%u", name, i);

      unique = migdesc_qemu_shapes_intern (build->shapes, text, strlen (text));
    }
  return unique;
}

static void
add_member (Build *build,
            const char *name,
            const MigdescQemuMember *member)
{
  MigdescQemuMember named = *member;

  named.name = make_unique (build, name);
  g_array_append_val (build->members, named);
}

static gboolean
is_alike (const MigdescQemuMember *member,
          const MigdescQemuMember *other)
{
  return member->kind == other->kind && member->size == other->size
         && member->shape == other->shape && member->flags == other->flags
         && member->type == other->type;
}

static void
add_run (Build *build,
         const MigdescQemuMember *member,
         gint64 first)
{
  Run run = { *member, first };

  if (build->runs->len > 0)
    {
      Run *last = &g_array_index (build->runs, Run, build->runs->len - 1);

      if (last->first + last->member.n == first && is_alike (&last->member, member)
          && (guint64) last->member.n + member->n <= G_MAXUINT32)
        {
          last->member.n += member->n;
          return;
        }
    }
  g_array_append_val (build->runs, run);
}

static char *
name_run (const char *name,
          const Run *run)
{
  if (run->member.n == 1)
    return g_strdup_printf ("%s[%" G_GINT64_FORMAT "]", name, run->first);
  return g_strdup_printf ("%s[%" G_GINT64_FORMAT "..%" G_GINT64_FORMAT "]", name, run->first,
                          run->first + run->member.n - 1);
}

static void
add_runs (Build *build,
          const char *name)
{
  Run *runs = (Run *) (gpointer) build->runs->data;
  guint n = build->runs->len;

  if (n == 1 && runs[0].first == 0)
    {
      runs[0].member.flags |= MIGDESC_QEMU_ARRAY;
      add_member (build, name, &runs[0].member);
    }
  else
    for (guint i = 0; i < n; i++)
      {
        g_autofree char *text = name_run (name, &runs[i]);

        if (runs[i].member.n > 1)
          runs[i].member.flags |= MIGDESC_QEMU_ARRAY;
        add_member (build, migdesc_qemu_shapes_intern (build->shapes, text, strlen (text)),
                    &runs[i].member);
      }
  g_array_set_size (build->runs, 0);
}

static void
set_opaque (MigdescQemuMember *member,
            guint32 size,
            guint8 flags)
{
  *member = (MigdescQemuMember) { .type = member->type, .n = member->n, .size = size,
                                  .kind = MIGDESC_QEMU_BYTES, .flags = flags };
}

/* One element of what is no list. */
static void
fill_member (const MigdescQemuField *field,
             MigdescQemuMember *member)
{
  const MigdescQemuShape *shape = field->n_shapes == 1 ? field->shapes[0] : NULL;

  *member = (MigdescQemuMember) { .type = field->type, .n = MAX (field->array_len, 1),
                                  .size = (guint32) field->size };
  if (field->n_shapes == 0)
    member->kind = (guint8) migdesc_qemu_kind_from_word (field->type, field->size);
  else if (shape != NULL && shape->size == field->size)
    {
      member->kind = MIGDESC_QEMU_STRUCT;
      member->shape = shape;
    }
  else if (shape != NULL && shape->n_members == 0 && field->size == 1)
    member->kind = MIGDESC_QEMU_NULL; /* as 7.2 describes a pointer to nothing */
  else
    set_opaque (member, (guint32) field->size, MIGDESC_QEMU_OPAQUE);
}

static gboolean
is_list (const MigdescQemuField *field)
{
  static const char *const words[] = { "qtailq", "qlist", "gtree", NULL };

  return g_strv_contains (words, field->type) && field->array_len == 0;
}

static guint64
sum_sizes (const MigdescQemuField *field)
{
  guint64 sum = 0;

  for (guint i = 0; i < field->n_shapes; i++)
    sum += field->shapes[i]->size;
  return sum;
}

/* A key and a value as one element. direct: the key is a number. NULL: it would be too large. */
static const MigdescQemuShape *
make_node (Build *build,
           const MigdescQemuField *field,
           guint node,
           gboolean direct)
{
  const MigdescQemuShape *key = direct ? NULL : field->shapes[2 * node];
  const MigdescQemuShape *value = field->shapes[direct ? node : 2 * node + 1];
  MigdescQemuMember members[] = {
    { .name = migdesc_qemu_shapes_intern (build->shapes, "key", 3),
      .type = migdesc_qemu_shapes_intern (build->shapes, "uint64", 6),
      .n = 1,
      .size = 8,
      .kind = MIGDESC_QEMU_UINT },
    { .name = migdesc_qemu_shapes_intern (build->shapes, "value", 5),
      .type = migdesc_qemu_shapes_intern (build->shapes, "struct", 6),
      .shape = value,
      .n = 1,
      .size = (guint32) value->size,
      .kind = MIGDESC_QEMU_STRUCT },
  };

  if (key != NULL)
    {
      members[0].type = members[1].type;
      members[0].kind = MIGDESC_QEMU_STRUCT;
      members[0].shape = key;
      members[0].size = (guint32) key->size;
    }
  return migdesc_qemu_shapes_keep (build->shapes, value->name, value->version, members,
                                   G_N_ELEMENTS (members));
}

/* An element a shape, or a node; FALSE: the sizes do not fit. */
static gboolean
add_elements (Build *build,
              const MigdescQemuField *field,
              guint *n_nodes)
{
  gboolean tree = strcmp (field->type, "gtree") == 0;
  guint64 rest = field->size - sum_sizes (field);
  guint n = field->n_shapes;
  gboolean direct = tree && rest == 9 * (guint64) n + 5;
  gboolean keyed = tree && !direct && n % 2 == 0 && rest == (guint64) n / 2 + 5;

  if (sum_sizes (field) > field->size || (tree && !direct && !keyed)
      || (!tree && rest != (guint64) n + 1))
    return FALSE;
  *n_nodes = keyed ? n / 2 : n;
  for (guint i = 0; i < *n_nodes; i++)
    {
      const MigdescQemuShape *shape
          = tree ? make_node (build, field, i, direct) : field->shapes[i];
      MigdescQemuMember member = { .type = field->type, .shape = shape, .n = 1,
                                   .kind = MIGDESC_QEMU_STRUCT, .flags = MIGDESC_QEMU_MARKED };

      if (shape == NULL)
        return FALSE;
      member.size = (guint32) shape->size;
      add_run (build, &member, i);
    }
  return TRUE;
}

static void
add_list (Build *build,
          const MigdescQemuField *field,
          const char *name)
{
  MigdescQemuMember empty = { .type = field->type, .kind = MIGDESC_QEMU_STRUCT };
  guint n_nodes = 0;

  if (!add_elements (build, field, &n_nodes))
    {
      MigdescQemuMember member = { .type = field->type, .n = 1 };

      g_array_set_size (build->runs, 0);
      set_opaque (&member, (guint32) field->size, MIGDESC_QEMU_OPAQUE);
      add_member (build, name, &member);
      return;
    }
  if (n_nodes == 0)
    {
      empty.shape = migdesc_qemu_shapes_keep (build->shapes, NULL, 0, NULL, 0);
      add_run (build, &empty, 0);
    }
  g_array_index (build->runs, Run, build->runs->len - 1).member.flags |= MIGDESC_QEMU_END;
  if (strcmp (field->type, "gtree") == 0)
    {
      g_array_index (build->runs, Run, 0).member.flags |= MIGDESC_QEMU_COUNTED;
      g_array_index (build->runs, Run, 0).member.tree_size = n_nodes;
    }
  add_runs (build, name);
}

static const char *
name_list (Build *build,
           const MigdescQemuField *field)
{
  g_autofree char *text = NULL;

  if (field->index < 0)
    return field->name;
  text = g_strdup_printf ("%s[%" G_GINT64_FORMAT "]", field->name, field->index);
  return migdesc_qemu_shapes_intern (build->shapes, text, strlen (text));
}

/* The fields of one array, from the first on; how many there are. */
static guint
add_array (Build *build,
           const MigdescQemuField *fields,
           guint n_fields)
{
  gint64 at = 0;
  guint n = 0;

  /* 10.0 leaves the index of the last element out */
  while (n < n_fields && fields[n].name == fields[0].name && !is_list (&fields[n]))
    {
      MigdescQemuMember member;

      at = fields[n].index >= 0 ? fields[n].index : at;
      fill_member (&fields[n], &member);
      add_run (build, &member, at);
      at += member.n;
      n++;
    }
  add_runs (build, fields[0].name);
  return n;
}

static guint
add_fields (Build *build,
            const MigdescQemuField *fields,
            guint n_fields)
{
  gboolean named_again = n_fields > 1 && fields[1].name == fields[0].name;
  MigdescQemuMember member;

  if (is_list (fields))
    {
      add_list (build, fields, name_list (build, fields));
      return 1;
    }
  if (fields->index >= 0 || fields->array_len > 0 || named_again)
    return add_array (build, fields, n_fields);
  fill_member (fields, &member);
  add_member (build, fields->name, &member);
  return 1;
}

static void
add_subsection (Build *build,
                const MigdescQemuShape *subsection)
{
  const MigdescQemuMember member
      = { .type = migdesc_qemu_shapes_intern (build->shapes, "subsection", 10),
          .shape = subsection,
          .n = 1,
          .size = (guint32) subsection->size,
          .kind = MIGDESC_QEMU_STRUCT,
          .flags = MIGDESC_QEMU_SUBSECTION };

  add_member (build, subsection->name, &member);
}

const MigdescQemuShape *
migdesc_qemu_shapes_make (MigdescQemuShapes *shapes,
                          const char *name,
                          guint32 version,
                          const MigdescQemuField *fields,
                          guint n_fields,
                          const MigdescQemuShape *const *subsections,
                          guint n_subsections)
{
  g_autoptr (GArray) members = g_array_new (FALSE, TRUE, sizeof (MigdescQemuMember));
  g_autoptr (GArray) runs = g_array_new (FALSE, TRUE, sizeof (Run));
  g_autoptr (GHashTable) names = g_hash_table_new (NULL, NULL);
  Build build = { shapes, members, runs, names };

  for (guint i = 0; i < n_fields;)
    i += add_fields (&build, &fields[i], n_fields - i);
  for (guint i = 0; i < n_subsections; i++)
    add_subsection (&build, subsections[i]);
  return migdesc_qemu_shapes_keep (shapes, name, version,
                                   (const MigdescQemuMember *) (gpointer) members->data,
                                   members->len);
}
