/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/shape.h"

#include "qemu/description/expand.h"

#include "state/schema/schema-read.h"
#include "state/schema/type-private.h"
#include "state/table/storage.h"
#include "state/table/table-check.h"
#include "state/table/table-scope.h"

/* A shape as a table, as one that a schema was read to. Its counts are all fixed: a description is
 * of what was written once. */

typedef struct
{
  MigdescArena *arena;
  GHashTable *tables; /* MigdescQemuShape: MigdescStruct */
  GHashTable *names;  /* of tables */
  MigdescStruct *nothing; /* nullable: what a pointer to nothing would point to */
  gboolean expands;
} Make;

static const char *
name_table (Make *make,
            const char *wanted)
{
  const char *base = wanted == NULL ? "struct" : wanted;
  const char *name = base;

  for (guint i = 2; !g_hash_table_add (make->names, (gpointer) name); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s#%u", base, i);

      name = migdesc_arena_dup (make->arena, text, strlen (text));
    }
  return name;
}

static MigdescStruct *
new_table (Make *make,
           const char *name,
           guint n_fields)
{
  MigdescStruct *table = migdesc_arena_alloc0 (make->arena, sizeof *table);

  table->struct_size = sizeof *table;
  table->field_size = sizeof (MigdescField);
  table->synthetic = TRUE;
  table->name = table->owner = migdesc_arena_dup (make->arena, name, strlen (name));
  table->version = table->minimum = 1;
  table->n_fields = MAX (n_fields, 1);
  table->fields
      = migdesc_arena_alloc0 (make->arena, table->n_fields * sizeof (MigdescField));
  return table;
}

/* A struct takes bytes in a schema: where QEMU's has none, this one has. */
static void
fill_padding (MigdescStruct *table)
{
  MigdescField *field = (MigdescField *) table->fields;

  field->name = "";
  field->owner = table->owner;
  field->kind = MIGDESC_FIELD_UNUSED;
  field->flags = MIGDESC_FIELD_SYNTHETIC;
  field->width = field->capacity = 1;
}

static void
set_bounds (MigdescField *field)
{
  guint bits = 8 * field->width;

  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_BOOL:
      field->max = 1;
      break;
    case MIGDESC_FIELD_UINT:
      field->max = G_MAXUINT64 >> (64 - bits);
      break;
    case MIGDESC_FIELD_INT:
      field->max = G_MAXUINT64 >> (65 - bits);
      field->min = ~field->max;
      break;
    case MIGDESC_FIELD_DOUBLE:
      field->flags |= MIGDESC_FIELD_NON_FINITE;
      break;
    default:
      break;
    }
}

static void
set_bytes (MigdescField *field,
           guint64 size)
{
  field->kind = MIGDESC_FIELD_BYTES;
  field->width = 1;
  field->counting = MIGDESC_COUNT_FIXED;
  field->capacity = (guint32) size;
}

static MigdescStruct *make_table (Make *make, const MigdescQemuShape *shape);

static void
set_struct (MigdescField *field,
            const MigdescStruct *table)
{
  field->kind = MIGDESC_FIELD_STRUCT;
  field->type = table;
  field->width = table->size;
}

static void
set_nothing (Make *make,
             MigdescField *field)
{
  if (make->nothing == NULL)
    {
      make->nothing = new_table (make, name_table (make, "nothing"), 0);
      fill_padding (make->nothing);
      migdesc_schema_lay_out (make->nothing);
    }
  set_struct (field, make->nothing);
  field->storage = MIGDESC_STORAGE_NULLABLE;
}

static void
set_scalar (MigdescField *field,
            const MigdescQemuMember *member)
{
  static const guint8 kinds[] = {
    [MIGDESC_QEMU_BOOL] = MIGDESC_FIELD_BOOL,
    [MIGDESC_QEMU_UINT] = MIGDESC_FIELD_UINT,
    [MIGDESC_QEMU_INT] = MIGDESC_FIELD_INT,
    [MIGDESC_QEMU_DOUBLE] = MIGDESC_FIELD_DOUBLE,
  };

  field->kind = kinds[member->kind];
  field->width = member->size;
  set_bounds (field);
}

static void
set_bitmap (MigdescField *field,
            const MigdescQemuMember *member)
{
  field->kind = MIGDESC_FIELD_UINT;
  field->width = 8;
  field->counting = MIGDESC_COUNT_FIXED;
  field->capacity = member->size / 8 * member->n;
  set_bounds (field);
}

static void
set_value (Make *make,
           MigdescField *field,
           const MigdescQemuMember *member)
{
  const MigdescQemuOpaque *opaque
      = make->expands ? migdesc_qemu_member_get_opaque (member) : NULL;

  if (opaque == NULL)
    set_bytes (field, (guint64) member->size * member->n);
  else
    set_struct (field, migdesc_qemu_opaque_get_schema_table (opaque));
}

/* FALSE: the struct below is too large. */
static gboolean
fill_field (Make *make,
            const MigdescQemuMember *member,
            MigdescField *field)
{
  const MigdescStruct *table;

  field->capacity = 1;
  switch ((MigdescQemuKind) member->kind)
    {
    case MIGDESC_QEMU_BYTES:
      set_value (make, field, member);
      return TRUE;
    case MIGDESC_QEMU_BITMAP:
      set_bitmap (field, member);
      return TRUE;
    case MIGDESC_QEMU_NULL:
      if ((member->flags & MIGDESC_QEMU_ARRAY) != 0)
        set_bytes (field, member->n);
      else
        set_nothing (make, field);
      return TRUE;
    case MIGDESC_QEMU_STRUCT:
      table = make_table (make, member->shape);
      if (table == NULL)
        return FALSE;
      set_struct (field, table);
      break;
    default:
      set_scalar (field, member);
      break;
    }
  if ((member->flags & MIGDESC_QEMU_ARRAY) != 0)
    {
      field->counting = MIGDESC_COUNT_FIXED;
      field->capacity = member->n;
    }
  return TRUE;
}

static MigdescStruct *
make_table (Make *make,
            const MigdescQemuShape *shape)
{
  MigdescStruct *table = g_hash_table_lookup (make->tables, shape);

  if (table != NULL)
    return table;
  table = new_table (make, name_table (make, shape->name), shape->n_members);
  if (shape->n_members == 0)
    fill_padding (table);
  for (guint i = 0; i < shape->n_members; i++)
    {
      MigdescField *field = (MigdescField *) &table->fields[i];

      field->name = migdesc_arena_dup (make->arena, shape->members[i].name,
                                       strlen (shape->members[i].name));
      field->owner = table->owner;
      field->flags = MIGDESC_FIELD_SYNTHETIC;
      if (!fill_field (make, &shape->members[i], field))
        return NULL;
    }
  if (!migdesc_schema_lay_out (table))
    return NULL;
  g_hash_table_insert (make->tables, (gpointer) shape, table);
  return table;
}

const char *
migdesc_qemu_shape_find_excess (const MigdescQemuShape *shape)
{
  if (shape->n_steps > MIGDESC_QEMU_STEPS_MAX)
    return "more than 16777216 structs and elements";
  if (shape->n_all > MIGDESC_FIELDS_MAX)
    return "more than 65536 fields";
  if (shape->n_most > MIGDESC_STRUCT_FIELDS_MAX)
    return "a struct of more than 2048 fields";
  if (shape->nesting > MIGDESC_NESTING_MAX)
    return "structs and arrays more than 32 levels deep";
  return shape->size > G_MAXINT32 ? "more than 2147483647 bytes" : NULL;
}

static const MigdescStruct *
make_all (const MigdescQemuShape *shape,
          gboolean expands,
          MigdescArena *arena,
          GError **error)
{
  g_autoptr (GHashTable) tables = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  Make make = { arena, tables, names, NULL, expands };
  MigdescStruct *table;

  if (migdesc_qemu_shape_find_excess (shape) != NULL)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TYPE, "the description has %s",
                   migdesc_qemu_shape_find_excess (shape));
      return NULL;
    }
  table = make_table (&make, shape);
  if (table == NULL)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TYPE,
                           "a struct is larger than 4294967295 bytes");
      return NULL;
    }
  table->version = table->minimum = MAX (shape->version, 1);
  return migdesc_table_check (table, error) ? table : NULL;
}

static MigdescStateType *
make_type (const MigdescQemuShape *shape,
           gboolean expands,
           GError **error)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (4096);
  const MigdescStruct *table = make_all (shape, expands, arena, error);

  return table == NULL ? NULL : migdesc_state_type_new_for_table (table, g_steal_pointer (&arena));
}

MigdescStateType *
migdesc_qemu_shape_get_type (const MigdescQemuShape *shape,
                             gboolean expands,
                             GError **error)
{
  MigdescStateType **place = expands ? &((MigdescQemuShape *) shape)->expanded
                                     : &((MigdescQemuShape *) shape)->type;
  MigdescStateType *type = g_atomic_pointer_get (place);

  if (type != NULL)
    return g_object_ref (type);
  type = make_type (shape, expands, error);
  if (type == NULL || shape->n_users < 2)
    return type;
  if (g_atomic_pointer_compare_and_exchange (place, NULL, type))
    return g_object_ref (type);
  g_object_unref (type);
  return g_object_ref (g_atomic_pointer_get (place));
}
