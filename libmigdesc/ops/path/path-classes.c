/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Hosts with equal descriptors, and the values that any of them tells apart */

#include "ops/path/path-search.h"

#include <string.h>

#include "base/hash.h"

/* --- Classes ---------------------------------------------------------- */

static guint
hash_store (gconstpointer store)
{
  return (guint) migdesc_store_hash (store);
}

static gboolean
stores_equal (gconstpointer store,
              gconstpointer other)
{
  return store == other || migdesc_store_equal (store, other);
}

static guint32
find_class (MigdescPathSearch *search,
            GHashTable *known,
            guint32 host,
            const char *model)
{
  MigdescStore *store = search->hosts[host].store;
  MigdescPathClass class = { .store = store, .host = host };
  gpointer found;

  if (g_hash_table_lookup_extended (known, store, NULL, &found))
    return GPOINTER_TO_UINT (found);
  class.model = migdesc_store_find_model (store, model, strlen (model));
  g_hash_table_insert (known, store, GUINT_TO_POINTER (search->classes->len));
  g_array_append_val (search->classes, class);
  return search->classes->len - 1;
}

void
migdesc_path_find_classes (MigdescPathSearch *search,
                           guint32 n_hosts,
                           const char *model)
{
  g_autoptr (GHashTable) known = g_hash_table_new (hash_store, stores_equal);
  guint32 source = search->source;
  guint32 destination = search->destination;

  for (guint32 i = 0; i < n_hosts; i++)
    {
      guint32 class = find_class (search, known, i, model);

      if (i == source)
        search->source = class;
      if (i == destination)
        search->destination = class;
    }
}

/* --- Variables -------------------------------------------------------- */

typedef struct
{
  const char *name;
  guint8 type;
} Key;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return (guint) migdesc_hash (key->name, strlen (key->name)) + key->type;
}

static gboolean
keys_equal (gconstpointer data,
            gconstpointer other_data)
{
  const Key *key = data;
  const Key *other = other_data;

  return key->type == other->type && strcmp (key->name, other->name) == 0;
}

static void
add_variable (MigdescPathSearch *search,
              GHashTable *numbers,
              const MigdescParamCore *param)
{
  const Key key = { param->name, param->type };
  MigdescPathVariable variable = { .name = param->name, .type = param->type };
  Key *kept;

  if (g_hash_table_contains (numbers, &key))
    return;
  kept = migdesc_arena_alloc (search->arena, sizeof *kept);
  *kept = key;
  migdesc_cells_init (&variable.cells, (MigdescValueType) param->type, search->arena);
  g_hash_table_insert (numbers, kept, GUINT_TO_POINTER (search->variables->len));
  g_array_append_val (search->variables, variable);
}

static void
number_params (MigdescPathSearch *search,
               GHashTable *numbers,
               MigdescPathClass *class)
{
  const MigdescModelCore *model = class->model;

  class->variables = migdesc_arena_alloc (search->arena, (model->n_params + 1) * sizeof (guint32));
  for (guint32 i = 0; i < model->n_params; i++)
    {
      const Key key = { model->params[i].name, model->params[i].type };
      gpointer found;

      class->variables[i] = MIGDESC_NOT_FOUND;
      if (g_hash_table_lookup_extended (numbers, &key, NULL, &found))
        class->variables[i] = GPOINTER_TO_UINT (found);
    }
}

/* What is known of a variable before its values are looked at */
typedef struct
{
  const MigdescParamCore *first;
  guint32 n;         /* classes that have it */
  gboolean off_told; /* some differ in what is off, or refuse it but for being off */
} Sight;

static void
look (Sight *sight,
      const MigdescParamCore *param)
{
  const MigdescParamCore *first = sight->first;

  if (first == NULL)
    first = sight->first = param;
  sight->n++;
  sight->off_told |= param->has_off != first->has_off;
  if (param->has_off)
    sight->off_told |= !migdesc_set_contains (&param->allowed, param->off)
                       || !first->has_off
                       || !migdesc_value_equal ((MigdescValueType) param->type, param->off,
                                                first->off);
}

static Sight *
look_at_all (const MigdescPathSearch *search)
{
  Sight *sights = g_new0 (Sight, search->variables->len + 1);
  guint32 n_models = 0;

  for (guint c = 0; c < search->classes->len; c++)
    {
      const MigdescPathClass *class = migdesc_path_class (search, c);

      n_models += class->model != NULL;
      for (guint32 i = 0; class->model != NULL && i < class->model->n_params; i++)
        if (class->variables[i] != MIGDESC_NOT_FOUND)
          look (&sights[class->variables[i]], &class->model->params[i]);
    }
  for (guint v = 0; v < search->variables->len; v++)
    sights[v].off_told |= sights[v].n < n_models;
  return sights;
}

/* Whether it matters which version a configuration is */
static gboolean
tells_versions (const MigdescModelCore *model)
{
  if (model->any_unloadable || model->any_unmigratable)
    return TRUE;
  for (guint32 i = 0; i < model->n_versions; i++)
    if (model->versions[i].more->state_version != NULL)
      return TRUE;
  return FALSE;
}

static MigdescCells *
cells_of (const MigdescPathSearch *search,
          const MigdescPathClass *class,
          guint32 param)
{
  guint32 variable = class->variables[param];

  if (variable == MIGDESC_NOT_FOUND)
    return NULL;
  return &g_array_index (search->variables, MigdescPathVariable, variable).cells;
}

static void
mention_param (const MigdescPathSearch *search,
               const MigdescPathClass *class,
               guint32 position,
               const Sight *sights)
{
  const MigdescParamCore *param = &class->model->params[position];
  MigdescCells *cells = cells_of (search, class, position);

  if (cells == NULL)
    return;
  migdesc_cells_mention_set (cells, &param->allowed);
  if (param->allowed.any)
    migdesc_cells_mention_value (cells, param->init);
  if (param->has_off && (param->allowed.any || sights[class->variables[position]].off_told))
    migdesc_cells_mention_value (cells, param->off);
}

static void
mention_conditions (const MigdescPathSearch *search,
                    const MigdescPathClass *class,
                    const MigdescCondition *conditions,
                    guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      MigdescCells *cells = cells_of (search, class, conditions[i].param);

      if (cells != NULL)
        migdesc_cells_mention_set (cells, &conditions[i].set);
    }
}

static void
mention_version (const MigdescPathSearch *search,
                 const MigdescPathClass *class,
                 const MigdescVersionCore *version,
                 gboolean all)
{
  for (guint32 i = 0; i < version->n_settings; i++)
    {
      const MigdescSetting *setting = &version->settings[i];
      MigdescCells *cells = cells_of (search, class, setting->param);

      if (cells != NULL && (all || class->model->params[setting->param].allowed.any))
        migdesc_cells_mention_value (cells, setting->value);
    }
}

/* What a version does not set is off, or as it starts. */
static void
mention_starts (const MigdescPathSearch *search,
                const MigdescPathClass *class)
{
  for (guint32 i = 0; i < class->model->n_params; i++)
    {
      MigdescCells *cells = cells_of (search, class, i);

      if (cells != NULL)
        migdesc_cells_mention_value (cells, class->model->off_values[i]);
    }
}

static void
mention (const MigdescPathSearch *search,
         const MigdescPathClass *class,
         const Sight *sights)
{
  const MigdescModelCore *model = class->model;
  gboolean versions = tells_versions (model);

  for (guint32 i = 0; i < model->n_params; i++)
    mention_param (search, class, i, sights);
  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &model->constraints[i];

      mention_conditions (search, class, constraint->when, constraint->n_when);
      mention_conditions (search, class, constraint->then, constraint->n_then);
    }
  for (guint32 i = 0; i < model->n_versions; i++)
    mention_version (search, class, &model->versions[i], versions);
  if (versions)
    mention_starts (search, class);
}

static void
find_runtime (MigdescPathSearch *search,
              MigdescPathClass *class)
{
  const MigdescModelCore *model = class->model;

  class->runtime = migdesc_arena_alloc (search->arena, (model->n_params + 1) * sizeof (guint32));
  for (guint32 i = 0; i < model->n_params; i++)
    if (model->params[i].runtime && migdesc_cells_get_n (cells_of (search, class, i)) > 1)
      class->runtime[class->n_runtime++] = i;
}

void
migdesc_path_find_variables (MigdescPathSearch *search)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (hash_key, keys_equal);
  g_autofree Sight *sights = NULL;

  for (guint c = 0; c < search->classes->len; c++)
    {
      const MigdescModelCore *model = migdesc_path_class (search, c)->model;

      for (guint32 i = 0; model != NULL && i < model->n_params; i++)
        if (model->params[i].runtime)
          add_variable (search, numbers, &model->params[i]);
    }
  for (guint c = 0; c < search->classes->len; c++)
    if (migdesc_path_class (search, c)->model != NULL)
      number_params (search, numbers, migdesc_path_class (search, c));
  sights = look_at_all (search);
  for (guint c = 0; c < search->classes->len; c++)
    if (migdesc_path_class (search, c)->model != NULL)
      mention (search, migdesc_path_class (search, c), sights);
  for (guint v = 0; v < search->variables->len; v++)
    {
      MigdescPathVariable *variable
          = &g_array_index (search->variables, MigdescPathVariable, v);
      const MigdescSet all = { .type = variable->type, .any = TRUE };

      migdesc_cells_build (&variable->cells, &all);
    }
  for (guint c = 0; c < search->classes->len; c++)
    if (migdesc_path_class (search, c)->model != NULL)
      find_runtime (search, migdesc_path_class (search, c));
}
