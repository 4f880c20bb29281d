/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/storage.h"
#include "state/tree/packed-number.h"
#include "state/tree/tree.h"

/* Where the parts of a state are in its bytes. */

static const MigdescStateKind value_kinds[] = {
  [MIGDESC_FIELD_BOOL] = MIGDESC_STATE_BOOL,     [MIGDESC_FIELD_UINT] = MIGDESC_STATE_UINT,
  [MIGDESC_FIELD_INT] = MIGDESC_STATE_INT,       [MIGDESC_FIELD_DOUBLE] = MIGDESC_STATE_DOUBLE,
  [MIGDESC_FIELD_ENUM] = MIGDESC_STATE_UINT,     [MIGDESC_FIELD_FLAGS] = MIGDESC_STATE_UINT,
  [MIGDESC_FIELD_INDEX] = MIGDESC_STATE_UINT,    [MIGDESC_FIELD_TIMER] = MIGDESC_STATE_INT,
  [MIGDESC_FIELD_BYTES] = MIGDESC_STATE_BYTES,   [MIGDESC_FIELD_STRING] = MIGDESC_STATE_STRING,
  [MIGDESC_FIELD_BITMAP] = MIGDESC_STATE_BYTES,  [MIGDESC_FIELD_STRUCT] = MIGDESC_STATE_STRUCT,
  [MIGDESC_FIELD_CONSTANT] = MIGDESC_STATE_UINT,
};

static MigdescStateKind
get_value_kind (const MigdescField *field)
{
  return field->kind == MIGDESC_FIELD_CONSTANT && migdesc_field_is_signed (field)
             ? MIGDESC_STATE_INT
             : value_kinds[field->kind];
}

static gboolean
is_array (const MigdescField *field)
{
  return field->counting != MIGDESC_COUNT_ONE && field->kind != MIGDESC_FIELD_BYTES
         && field->kind != MIGDESC_FIELD_STRING && field->kind != MIGDESC_FIELD_BITMAP;
}

/* Has bytes of its own: migdesc_field_is_present, where there are no parameters. */
static inline gboolean
is_stored (const MigdescField *field,
           guint version)
{
  return field->kind < MIGDESC_FIELD_CONSTANT && (field->flags & MIGDESC_FIELD_GONE) == 0
         && field->since <= version && (field->until == 0 || field->until >= version)
         && field->param == NULL;
}

/* --- Counts ----------------------------------------------------------- */

static void
add_count (MigdescFields *fields,
           const MigdescField *field,
           guint64 value)
{
  const MigdescTreeCount count = { field->offset, value };

  if (fields->n_counts < MIGDESC_FEW_COUNTS)
    {
      fields->counts[fields->n_counts++] = count;
      return;
    }
  if (fields->more_counts == NULL)
    fields->more_counts = g_array_new (FALSE, FALSE, sizeof count);
  g_array_append_val (fields->more_counts, count);
}

static const MigdescTreeCount *
find_count (const MigdescTreeCount *counts,
            guint n,
            guint32 offset)
{
  while (n > 0)
    if (counts[--n].offset == offset)
      return &counts[n];
  return NULL;
}

/* Of an array, bitmap or buffer that another field counts. */
static guint64
look_up_count (const MigdescFields *fields,
               const MigdescField *field)
{
  const MigdescTree *tree = fields->node->tree;
  const GArray *more = fields->more_counts;
  const MigdescTreeCount *found = NULL;

  if (more != NULL)
    found = find_count ((const MigdescTreeCount *) (gpointer) more->data, more->len,
                        field->count_offset);
  if (found == NULL)
    found = find_count (fields->counts, fields->n_counts, field->count_offset);
  if (found == NULL) /* a section may ask the body */
    found = find_count (tree->counts, tree->n_counts, field->count_offset);
  return found == NULL ? 0 : found->value;
}

/* --- Places ----------------------------------------------------------- */

static void
set_struct (MigdescNode *node)
{
  node->kind = MIGDESC_STATE_STRUCT;
  node->fields = node->field->type->fields;
  node->n_fields = node->field->type->n_fields;
}

static void
set_section (const MigdescFields *fields,
             const MigdescField *section,
             MigdescNode *child)
{
  const MigdescTree *tree = fields->node->tree;
  const MigdescTreeSection *place = migdesc_tree_find_section (tree, section);

  child->kind = MIGDESC_STATE_STRUCT;
  child->fields = section->fields;
  child->n_fields = section->n_fields;
  child->version = place->version;
  child->at = tree->packed.data + place->at;
}

/* What a struct has where nothing was loaded. */
static void
set_fresh (const MigdescField *field,
           MigdescNode *child)
{
  guint64 max;
  double real;

  child->value = field->counting == MIGDESC_COUNT_FIXED ? field->capacity : 0;
  if (child->kind == MIGDESC_STATE_STRUCT && field->storage == MIGDESC_STORAGE_INLINE)
    set_struct (child);
  else if (child->kind == MIGDESC_STATE_STRUCT)
    child->kind = MIGDESC_STATE_NULL;
  else if (child->kind == MIGDESC_STATE_ARRAY)
    return;
  else if (field->kind == MIGDESC_FIELD_CONSTANT)
    migdesc_field_get_bounds (field, &child->value, &max);
  else if (migdesc_kind_is_scalar ((MigdescFieldKind) field->kind))
    child->value = field->default_value;
  if (field->kind == MIGDESC_FIELD_DOUBLE && (field->flags & MIGDESC_FIELD_GONE) == 0)
    {
      real = (double) (gint64) field->default_value;
      memcpy (&child->value, &real, sizeof real);
    }
}

/* How many there are; child->at goes behind that. */
static void
set_count (const MigdescFields *fields,
           const MigdescField *field,
           MigdescNode *child)
{
  if (field->counting == MIGDESC_COUNT_OWNED)
    child->at = migdesc_unpack_number (child->at, &child->value);
  else if (field->counting == MIGDESC_COUNT_FIELD)
    child->value = look_up_count (fields, field);
  else
    child->value = field->capacity;
}

/* The fields of a fixed size have been taken care of. */
static void
set_place (const MigdescFields *fields,
           const MigdescField *field,
           MigdescNode *child)
{
  child->at = fields->at;
  switch (child->kind)
    {
    case MIGDESC_STATE_STRUCT:
      set_struct (child);
      if (field->storage == MIGDESC_STORAGE_INLINE || *child->at++ != 0)
        return;
      child->kind = MIGDESC_STATE_NULL;
      child->end = child->at;
      return;
    case MIGDESC_STATE_ARRAY:
      set_count (fields, field, child);
      return;
    case MIGDESC_STATE_STRING:
      child->at = migdesc_unpack_number (child->at, &child->value);
      child->end = child->at + child->value + 1;
      return;
    case MIGDESC_STATE_BYTES:
      set_count (fields, field, child);
      child->end = child->at + (field->kind == MIGDESC_FIELD_BITMAP ? (child->value + 7) / 8
                                                                    : child->value);
      return;
    default:
      child->end = migdesc_unpack_scalar (child->at, field, &child->value);
      return;
    }
}

static void
set_child (const MigdescFields *fields,
           const MigdescField *field,
           MigdescNode *child)
{
  child->tree = fields->node->tree;
  child->version = fields->node->version;
  child->field = field;
  child->at = child->end = NULL;
  child->index = MIGDESC_NO_ELEMENT;
  if (field->kind == MIGDESC_FIELD_SECTION)
    {
      set_section (fields, field, child);
      return;
    }
  child->kind = is_array (field) ? MIGDESC_STATE_ARRAY : get_value_kind (field);
  if (fields->at == NULL || !is_stored (field, child->version))
    set_fresh (field, child);
  else
    set_place (fields, field, child);
}

/* --- Going through ---------------------------------------------------- */

void
migdesc_fields_init (MigdescFields *fields,
                     const MigdescNode *node)
{
  fields->node = node;
  fields->i = 0;
  fields->at = node->at;
  fields->child = NULL;
  fields->n_counts = 0;
  fields->more_counts = NULL;
}

void
migdesc_fields_clear (MigdescFields *fields)
{
  g_clear_pointer (&fields->more_counts, g_array_unref);
}

static gboolean
is_child (const MigdescNode *node,
          const MigdescField *field)
{
  if (field->kind == MIGDESC_FIELD_UNUSED || field->kind == MIGDESC_FIELD_RELATION)
    return FALSE;
  return field->kind != MIGDESC_FIELD_SECTION
         || (node->field == NULL
             && migdesc_tree_find_section (node->tree, field)->version != 0);
}

/* Goes behind what set_child has found. */
static void
pass_child (MigdescFields *fields,
            const MigdescNode *child)
{
  if (fields->at != NULL && child->at != NULL && child->field->kind != MIGDESC_FIELD_SECTION)
    fields->at = migdesc_node_get_end (child);
}

/* A field that nobody asks for. */
static void
pass_field (MigdescFields *fields,
            const MigdescField *field)
{
  MigdescNode child;
  guint64 value;

  if (fields->at == NULL || !is_stored (field, fields->node->version))
    return;
  if (migdesc_kind_is_scalar ((MigdescFieldKind) field->kind)
      && field->counting == MIGDESC_COUNT_ONE)
    {
      if ((field->flags & MIGDESC_FIELD_COUNTS) == 0)
        {
          fields->at = migdesc_skip_scalar (fields->at, field);
          return;
        }
      fields->at = migdesc_unpack_scalar (fields->at, field, &value);
      add_count (fields, field, value);
      return;
    }
  set_child (fields, field, &child);
  pass_child (fields, &child);
}

static void
pass_last (MigdescFields *fields)
{
  if (fields->child != NULL)
    pass_child (fields, fields->child);
  fields->child = NULL;
}

/* The field at hand becomes the child. */
static void
take_field (MigdescFields *fields,
            MigdescNode *child)
{
  const MigdescField *field = &fields->node->fields[fields->i++];

  set_child (fields, field, child);
  if ((field->flags & MIGDESC_FIELD_COUNTS) != 0 && child->at != NULL)
    add_count (fields, field, child->value);
  fields->child = child;
}

gboolean
migdesc_fields_next (MigdescFields *fields,
                     MigdescNode *child)
{
  pass_last (fields);
  for (; fields->i < fields->node->n_fields; fields->i++)
    if (is_child (fields->node, &fields->node->fields[fields->i]))
      {
        take_field (fields, child);
        return TRUE;
      }
  return FALSE;
}

const guint8 *
migdesc_fields_get_end (const MigdescFields *fields)
{
  return fields->at;
}

/* The child that is a field of the struct. */
static void
get_field (const MigdescNode *node,
           guint i,
           MigdescNode *child)
{
  g_auto (MigdescFields) fields;

  migdesc_fields_init (&fields, node);
  if (node->fields[i].kind != MIGDESC_FIELD_SECTION)
    for (; fields.i < i; fields.i++)
      pass_field (&fields, &node->fields[fields.i]);
  fields.i = i;
  take_field (&fields, child);
}

/* --- Struct nodes ----------------------------------------------------- */

static guint64
count_children (const MigdescNode *node)
{
  guint64 n = 0;

  for (guint i = 0; i < node->n_fields; i++)
    n += is_child (node, &node->fields[i]);
  return n;
}

guint64
migdesc_node_get_n_children (const MigdescNode *node)
{
  if (node->kind == MIGDESC_STATE_ARRAY)
    return node->value;
  return node->kind == MIGDESC_STATE_STRUCT ? count_children (node) : 0;
}

static const MigdescField *
find_field (const MigdescNode *node,
            const char *name,
            gsize length)
{
  for (guint i = 0; i < node->n_fields; i++)
    {
      const MigdescField *field = &node->fields[i];

      if (is_child (node, field) && strncmp (field->name, name, length) == 0
          && field->name[length] == '\0')
        return field;
    }
  return NULL;
}

gboolean
migdesc_node_has (const MigdescNode *node,
                  const char *name)
{
  return find_field (node, name, strlen (name)) != NULL;
}

gboolean
migdesc_node_find (const MigdescNode *node,
                   const char *name,
                   gsize length,
                   MigdescNode *child)
{
  const MigdescField *field = find_field (node, name, length);

  if (field == NULL)
    return FALSE;
  get_field (node, (guint) (field - node->fields), child);
  return TRUE;
}

const guint8 *
migdesc_node_get_struct_end (const MigdescNode *node)
{
  g_auto (MigdescFields) fields;

  migdesc_fields_init (&fields, node);
  for (; fields.i < node->n_fields; fields.i++)
    pass_field (&fields, &node->fields[fields.i]);
  return fields.at;
}

/* A node of an element, where only its place is missing. */
void
migdesc_node_set_element (const MigdescNode *array,
                          guint64 index,
                          MigdescNode *child)
{
  *child = (MigdescNode) { .kind = get_value_kind (array->field), .version = array->version,
                           .tree = array->tree, .field = array->field, .index = index };
  if (child->kind == MIGDESC_STATE_STRUCT)
    set_struct (child);
  else if (array->at == NULL)
    set_fresh (array->field, child);
}

void
migdesc_node_get_field (const MigdescNode *node,
                        guint64 position,
                        MigdescNode *child)
{
  guint i = 0;

  while (!is_child (node, &node->fields[i]) || position-- > 0)
    i++;
  get_field (node, i, child);
}
