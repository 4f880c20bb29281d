/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/type-private.h"

#include <migdesc/migdesc-error.h>

#include "state/plan/plan-compile.h"
#include "state/table/storage.h"
#include "state/table/table-check.h"

/**
 * MigdescStateType:
 *
 * What a device's state consists of, in every version: a field table, or a schema. Immutable, and
 * safe to share between threads.
 *
 * One that was made by g_object_new() has no fields.
 *
 * Since: 1.0
 */

/* The handle of a table: what is made of it once, and kept. */

typedef struct
{
  guint version;
  char *params; /* the values of those parameters that the table asks for, in its order */
  MigdescStatePlan *plan;
  MigdescStateType *effective; /* nullable: made when it is asked for */
} CachedPlan;

struct _MigdescStateType
{
  GObject parent_instance;

  const MigdescStruct *table;
  MigdescArena *owned; /* nullable: what the table is in */
  char **param_names;  /* parameters that gates and counts ask for */
  GMutex lock;
  GArray *plans; /* CachedPlan, the newest last */
  char *digest;  /* made when it is asked for */

  guint limit; /* the newest version, if that is not the table's */
  /* of a type with transforms or a limit: the type whose table it shares, and the
   * MigdescTransforms */
  MigdescStateType *base;
  GObject *transforms;
};

G_DEFINE_FINAL_TYPE (MigdescStateType, migdesc_state_type, G_TYPE_OBJECT)

/* Plans kept: more than one device ever has configurations at once. */
#define MAX_PLANS 64

static void
cached_plan_clear (gpointer data)
{
  CachedPlan *cached = data;

  g_free (cached->params);
  migdesc_state_plan_unref (cached->plan);
  g_clear_object (&cached->effective);
}

static const MigdescStruct no_table = {
  .struct_size = sizeof (MigdescStruct),
  .field_size = sizeof (MigdescField),
  .name = "none",
  .owner = "none",
  .size = 1,
  .alignment = 1,
  .version = 1,
  .minimum = 1,
};

static void
migdesc_state_type_init (MigdescStateType *type)
{
  type->table = &no_table;
  type->param_names = g_new0 (char *, 1);
  g_mutex_init (&type->lock);
  type->plans = g_array_new (FALSE, FALSE, sizeof (CachedPlan));
  g_array_set_clear_func (type->plans, cached_plan_clear);
}

static void
migdesc_state_type_finalize (GObject *object)
{
  MigdescStateType *type = MIGDESC_STATE_TYPE (object);

  g_array_unref (type->plans);
  g_strfreev (type->param_names);
  g_free (type->digest);
  g_clear_pointer (&type->owned, migdesc_arena_free);
  g_mutex_clear (&type->lock);
  g_clear_object (&type->transforms);
  g_clear_object (&type->base);
  G_OBJECT_CLASS (migdesc_state_type_parent_class)->finalize (object);
}

static void
migdesc_state_type_class_init (MigdescStateTypeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_state_type_finalize;
}

typedef struct
{
  GPtrArray *list;
  GHashTable *seen;
} ParamNames;

static void
add_param_name (ParamNames *names,
                const char *name)
{
  if (g_hash_table_add (names->seen, (gpointer) name))
    g_ptr_array_add (names->list, g_strdup (name));
}

static void
collect_param_names (ParamNames *names,
                     const MigdescField *fields,
                     guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];

      if (field->param != NULL)
        add_param_name (names, field->param);
      if (field->counting == MIGDESC_COUNT_PARAM)
        add_param_name (names, field->other);
      if (field->kind == MIGDESC_FIELD_SECTION)
        collect_param_names (names, field->fields, field->n_fields);
      if (field->kind == MIGDESC_FIELD_STRUCT)
        collect_param_names (names, field->type->fields, field->type->n_fields);
    }
}

MigdescStateType *
migdesc_state_type_new_for_table (const MigdescStruct *table,
                                  MigdescArena *owned)
{
  MigdescStateType *type = g_object_new (MIGDESC_TYPE_STATE_TYPE, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  ParamNames names = { list, seen };

  type->table = table;
  type->owned = owned;
  collect_param_names (&names, table->fields, table->n_fields);
  g_ptr_array_add (list, NULL);
  g_strfreev (type->param_names);
  type->param_names = (char **) g_ptr_array_steal (list, NULL);
  return type;
}

MigdescStateType *
migdesc_state_type_new_bound (MigdescStateType *base,
                              GObject *transforms)
{
  MigdescStateType *type = migdesc_state_type_new_for_table (base->table, NULL);

  type->base = g_object_ref (base);
  type->transforms = g_object_ref (transforms);
  return type;
}

MigdescStateType *
migdesc_state_type_new_up_to (MigdescStateType *type,
                              guint limit)
{
  MigdescStateType *limited = migdesc_state_type_new_for_table (type->table, NULL);

  limited->base = g_object_ref (type);
  limited->limit = limit;
  if (type->transforms != NULL)
    limited->transforms = g_object_ref (type->transforms);
  return limited;
}

guint
migdesc_state_type_get_limit (MigdescStateType *type)
{
  return type->limit;
}

MigdescStateType *
migdesc_state_type_get_whole (MigdescStateType *type)
{
  return type->limit == 0 ? type : type->base;
}

GObject *
migdesc_state_type_get_bound (MigdescStateType *type)
{
  return type->transforms;
}

const MigdescStruct *
migdesc_state_type_get_table (MigdescStateType *type)
{
  return type->table;
}

static const char *
look_up (gpointer data,
         const char *name)
{
  return data == NULL ? NULL : migdesc_param_list_lookup (data, name);
}

static char *
describe_params (MigdescStateType *type,
                 MigdescParamList *params)
{
  GString *text = g_string_new (NULL);

  for (char **name = type->param_names; *name != NULL; name++)
    {
      const char *value = look_up (params, *name);

      /* a value has no control characters */
      g_string_append (text, value == NULL ? "\2" : value);
      g_string_append_c (text, '\1');
    }
  return g_string_free (text, FALSE);
}

gboolean
migdesc_state_type_check_version (MigdescStateType *type,
                                  guint version,
                                  GError **error)
{
  const MigdescStruct *table = type->table;
  guint newest = migdesc_state_type_get_version (type);

  if (version > newest)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TOO_NEW,
                 "state version %u of %s, the newest known is %u", version, table->name, newest);
  else if (version < table->minimum)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TOO_OLD,
                 "state version %u of %s, the oldest known is %u", version, table->name,
                 table->minimum);
  return version >= table->minimum && version <= newest;
}

static CachedPlan *
find_cached (MigdescStateType *type,
             guint version,
             const char *params)
{
  for (guint i = 0; i < type->plans->len; i++)
    {
      CachedPlan *cached = &g_array_index (type->plans, CachedPlan, i);

      if (cached->version == version && strcmp (cached->params, params) == 0)
        return cached;
    }
  return NULL;
}

static MigdescStatePlan *
find_plan (MigdescStateType *type,
           guint version,
           const char *params)
{
  CachedPlan *cached = find_cached (type, version, params);

  return cached == NULL ? NULL : migdesc_state_plan_ref (cached->plan);
}

MigdescStatePlan *
migdesc_state_type_get_plan (MigdescStateType *type,
                             guint version,
                             MigdescParamList *params,
                             GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char *described = NULL;
  MigdescStatePlan *plan;
  CachedPlan cached;

  if (!migdesc_state_type_check_version (type, version, error))
    return NULL;
  described = describe_params (type, params);
  locker = g_mutex_locker_new (&type->lock);
  plan = find_plan (type, version, described);
  if (plan != NULL)
    return plan;
  plan = migdesc_state_plan_new (type->table, version, look_up, params, error);
  if (plan == NULL)
    return NULL;
  if (type->plans->len == MAX_PLANS)
    g_array_remove_index (type->plans, 0);
  cached = (CachedPlan) { version, g_steal_pointer (&described), migdesc_state_plan_ref (plan),
                          NULL };
  g_array_append_val (type->plans, cached);
  return plan;
}

MigdescStateType *
migdesc_state_type_keep_effective (MigdescStateType *type,
                                   guint version,
                                   MigdescParamList *params,
                                   MigdescStateType *made)
{
  g_autofree char *described = describe_params (type, params);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&type->lock);
  CachedPlan *cached = find_cached (type, version, described);

  if (cached != NULL && cached->effective == NULL && made != NULL)
    cached->effective = g_object_ref (made);
  return cached == NULL || cached->effective == NULL ? NULL : g_object_ref (cached->effective);
}

const char *
migdesc_state_type_ensure_digest (MigdescStateType *type)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&type->lock);
  g_autofree char *text = NULL, *sum = NULL;

  if (type->digest != NULL)
    return type->digest;
  text = migdesc_state_type_to_json (type, FALSE);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  type->digest = g_strconcat ("sha256:", sum, NULL);
  return type->digest;
}

/**
 * migdesc_state_type_new: (skip)
 * @table: a table made by %MIGDESC_STRUCT; it has to outlive the type
 * @error: return location for a #GError
 *
 * Makes a state type of a field table, and checks what the compiler could not see.
 *
 * Fails with %MIGDESC_ERROR_STATE_TYPE when the table cannot be used; the message names the field.
 *
 * Returns: (transfer full): the type, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_state_type_new (const MigdescStruct *table,
                        GError **error)
{
  g_return_val_if_fail (table != NULL, NULL);

  if (!migdesc_table_check (table, error))
    return NULL;
  return migdesc_state_type_new_for_table (table, NULL);
}

/**
 * migdesc_state_type_get_name:
 * @type: a state type
 *
 * Asks for the name of the table or schema.
 *
 * Returns: (transfer none): the name
 *
 * Since: 1.0
 */
const char *
migdesc_state_type_get_name (MigdescStateType *type)
{
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), NULL);

  return type->table->name;
}

/**
 * migdesc_state_type_get_version:
 * @type: a state type
 *
 * Asks for the newest state version.
 *
 * Returns: the version, from 1
 *
 * Since: 1.0
 */
guint
migdesc_state_type_get_version (MigdescStateType *type)
{
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), 0);

  return type->limit == 0 ? type->table->version : type->limit;
}

/**
 * migdesc_state_type_get_minimum_version:
 * @type: a state type
 *
 * Asks for the oldest state version that can be loaded.
 *
 * Returns: the version, from 1
 *
 * Since: 1.0
 */
guint
migdesc_state_type_get_minimum_version (MigdescStateType *type)
{
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), 0);

  return type->table->minimum;
}

/**
 * migdesc_state_type_init_struct: (skip)
 * @type: a state type
 * @state: memory of the struct's size, with nothing in it
 *
 * Makes a fresh struct, as every load needs one: zero, and the defaults of gated fields.
 *
 * Since: 1.0
 */
void
migdesc_state_type_init_struct (MigdescStateType *type,
                                gpointer state)
{
  g_return_if_fail (MIGDESC_IS_STATE_TYPE (type));
  g_return_if_fail (state != NULL);

  migdesc_table_init (type->table, state);
}

/**
 * migdesc_state_type_clear_struct: (skip)
 * @type: a state type
 * @state: a struct that was initialised, and maybe loaded since
 *
 * Frees what the fields of a struct own, and makes it fresh again.
 *
 * Since: 1.0
 */
void
migdesc_state_type_clear_struct (MigdescStateType *type,
                                 gpointer state)
{
  g_return_if_fail (MIGDESC_IS_STATE_TYPE (type));
  g_return_if_fail (state != NULL);

  migdesc_table_clear (type->table, state);
}
