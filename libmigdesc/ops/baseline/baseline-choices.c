/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/baseline/baseline-choices.h"

#include "ops/list.h"
#include "ops/versions.h"

/* What the hosts say of one param together */
typedef struct
{
  MigdescHosts *hosts;
  const MigdescOccurrence *occurrences;
  guint32 n_occurrences;
  MigdescValueType type;
  gboolean everywhere; /* every host has it, and of one type */
  gboolean can_be_off; /* at every host that has it */
  MigdescSet common;   /* what all accept, if everywhere */
  MigdescSet offs;     /* the off values, if of one type */
  MigdescSet known;    /* what all open params are known to take */
  gboolean any_open;
  gboolean has_off;    /* off is a choice already */
  guint32 n_early;     /* choices before those of the common set, which has none twice */
  GArray *choices;
} Param;

static gboolean
is_open (const MigdescParamCore *param)
{
  return param->allowed.any && param->type != MIGDESC_VALUE_TYPE_BOOL;
}

/* The values that versions set, by param: first counted, then filed. Only for hosts with open
 * params. */
static void
file_version_values (MigdescHosts *hosts,
                     MigdescHost *host)
{
  const MigdescModelCore *model = host->model;
  guint32 *starts = migdesc_arena_alloc0 (hosts->arena, (model->n_params + 2) * sizeof *starts);
  gsize n = 0;

  for (guint32 v = 0; v < model->n_versions; v++)
    for (guint32 i = 0; i < model->versions[v].n_settings; i++, n++)
      starts[model->versions[v].settings[i].param + 2]++;
  for (guint32 i = 0; i < model->n_params; i++)
    starts[i + 2] += starts[i + 1];
  host->version_values = migdesc_arena_alloc (hosts->arena, (n + 1) * sizeof (MigdescValue));
  for (guint32 v = 0; v < model->n_versions; v++)
    for (guint32 i = 0; i < model->versions[v].n_settings; i++)
      {
        const MigdescSetting *setting = &model->versions[v].settings[i];

        host->version_values[starts[setting->param + 1]++] = setting->value;
      }
  host->version_value_starts = starts;
}

/* Init, off and what versions set: an open param is known to take no more. */
static void
find_known (MigdescHosts *hosts,
            const MigdescOccurrence *occurrence,
            MigdescSetBuilder *builder,
            MigdescSet *known)
{
  MigdescHost *host = &hosts->hosts[occurrence->host];
  const MigdescParamCore *param = &host->model->params[occurrence->param];

  if (host->version_values == NULL)
    file_version_values (hosts, host);
  migdesc_set_builder_reset (builder, (MigdescValueType) param->type);
  migdesc_set_builder_add_value (builder, param->init);
  if (param->has_off)
    migdesc_set_builder_add_value (builder, param->off);
  for (guint32 i = host->version_value_starts[occurrence->param];
       i < host->version_value_starts[occurrence->param + 1]; i++)
    migdesc_set_builder_add_value (builder, host->version_values[i]);
  migdesc_set_builder_build (builder, hosts->arena, known);
}

static void
add_open (Param *param,
          const MigdescOccurrence *occurrence)
{
  g_auto (MigdescSetBuilder) builder;
  MigdescSet known;

  migdesc_set_builder_init (&builder);
  find_known (param->hosts, occurrence, &builder, &known);
  if (param->any_open)
    migdesc_set_intersect (&param->known, &known, param->hosts->arena, &param->known);
  else
    param->known = known;
  param->any_open = TRUE;
}

static void
find_common (Param *param)
{
  MigdescArena *arena = param->hosts->arena;

  for (guint32 i = 0; i < param->n_occurrences; i++)
    {
      const MigdescParamCore *core = migdesc_hosts_param (param->hosts, &param->occurrences[i]);
      MigdescSet accepted;

      migdesc_param_core_accepted (core, arena, &accepted);
      if (i == 0)
        param->common = accepted;
      else
        migdesc_set_intersect (&param->common, &accepted, arena, &param->common);
      if (core->has_off)
        migdesc_set_add_value (&param->offs, core->off, arena, &param->offs);
      if (is_open (core))
        add_open (param, &param->occurrences[i]);
    }
}

static void
param_init (Param *param,
            MigdescHosts *hosts,
            guint32 variable)
{
  const MigdescParamCore *first;

  memset (param, 0, sizeof *param);
  param->hosts = hosts;
  param->occurrences = hosts->occurrences + hosts->occurrence_starts[variable];
  param->n_occurrences = hosts->occurrence_starts[variable + 1]
                         - hosts->occurrence_starts[variable];
  first = migdesc_hosts_param (hosts, &param->occurrences[0]);
  param->type = (MigdescValueType) first->type;
  param->offs.type = first->type;
  param->everywhere = param->n_occurrences == hosts->n_hosts;
  param->can_be_off = TRUE;
  for (guint32 i = 0; i < param->n_occurrences; i++)
    {
      const MigdescParamCore *core = migdesc_hosts_param (hosts, &param->occurrences[i]);

      param->everywhere &= core->type == first->type;
      param->can_be_off &= core->has_off;
    }
  param->choices = g_array_new (FALSE, TRUE, sizeof (MigdescChoice));
  if (param->everywhere)
    find_common (param);
}

static void
add_off (Param *param)
{
  MigdescChoice choice = { .off = 1, .classes = MIGDESC_BASE_DECIDED };

  if (param->has_off || !param->can_be_off)
    return;
  param->has_off = TRUE;
  g_array_append_val (param->choices, choice);
}

static gboolean
is_early (const Param *param,
          MigdescValue value)
{
  for (guint32 i = 0; i < param->n_early; i++)
    {
      const MigdescChoice *choice = &g_array_index (param->choices, MigdescChoice, i);

      if (!choice->off && migdesc_value_equal (param->type, choice->value, value))
        return TRUE;
    }
  return FALSE;
}

/* A value that is in effect, at every host or at none */
static void
add_in_effect (Param *param,
               MigdescValue value)
{
  MigdescChoice choice = { .value = value, .classes = MIGDESC_BASE_DECIDED };

  if (!param->everywhere || !migdesc_set_contains (&param->common, value)
      || migdesc_set_contains (&param->offs, value) || is_early (param, value))
    return;
  if (param->any_open && !migdesc_set_contains (&param->known, value))
    {
      choice.classes = MIGDESC_BASE_OPEN;
      param->hosts->any_open = TRUE;
    }
  g_array_append_val (param->choices, choice);
}

/* A value of the common set: where all have one off value it may be off, else it is in effect. */
static void
add_common (Param *param,
            MigdescValue value)
{
  MigdescSet off = { .type = param->offs.type };

  if (!migdesc_set_contains (&param->offs, value))
    {
      add_in_effect (param, value);
      return;
    }
  migdesc_set_add_value (&off, value, param->hosts->arena, &off);
  if (migdesc_set_equal (&off, &param->offs))
    add_off (param);
}

static void
add_value_of (Param *param,
              const MigdescParamCore *core,
              MigdescValue value)
{
  param->n_early = param->choices->len;
  if (migdesc_param_is_off (core, value))
    add_off (param);
  else
    add_in_effect (param, value);
  param->n_early = param->choices->len;
}

static void
add_preferred (Param *param)
{
  const MigdescModelCore *first = param->hosts->hosts[0].model;

  for (guint32 i = 0; i < param->n_occurrences; i++)
    {
      const MigdescParamCore *core = migdesc_hosts_param (param->hosts, &param->occurrences[i]);

      add_value_of (param, core, core->init);
    }
  if (param->occurrences[0].host == 0 && first->n_versions > 0)
    {
      guint32 position = param->occurrences[0].param;
      const MigdescSetting *setting = migdesc_version_find_setting (
          &first->versions[first->n_versions - 1], position);

      /* What the version does not set has no value of its own: off has its turn later. */
      if (setting != NULL)
        add_value_of (param, &first->params[position], setting->value);
    }
}

/* An int that nobody limits has the ends of all ints: no host refuses them for sure. */
static void
add_ends (Param *param)
{
  if (param->common.any)
    {
      add_common (param, (MigdescValue) { .number = G_MAXUINT64 });
      add_common (param, (MigdescValue) { .number = 0 });
    }
  for (guint32 i = param->common.n; i > 0; i--)
    {
      const MigdescInterval *interval = &param->common.members.intervals[i - 1];

      add_common (param, (MigdescValue) { .number = interval->max });
      if (interval->min < interval->max)
        add_common (param, (MigdescValue) { .number = interval->min });
    }
}

static void
add_members (Param *param)
{
  if (param->type == MIGDESC_VALUE_TYPE_BOOL)
    for (guint64 i = 0; i < 2; i++)
      add_common (param, (MigdescValue) { .number = i });
  else if (param->type == MIGDESC_VALUE_TYPE_STRING)
    for (guint32 i = 0; i < param->common.n; i++)
      add_common (param, (MigdescValue) { .string = param->common.members.strings[i] });
}

static void
make_choices (MigdescHosts *hosts,
              guint32 position)
{
  MigdescVariable *variable = &hosts->variables[position];
  gsize size;
  Param param;

  param_init (&param, hosts, position);
  add_preferred (&param);
  if (param.everywhere && param.type == MIGDESC_VALUE_TYPE_INT)
    add_ends (&param);
  add_off (&param);
  if (param.everywhere)
    add_members (&param);

  size = param.choices->len * sizeof (MigdescChoice);
  variable->n_choices = param.choices->len;
  variable->choices = migdesc_arena_alloc (hosts->arena, size + 1);
  if (size > 0)
    memcpy (variable->choices, param.choices->data, size);
  g_array_unref (param.choices);
}

void
migdesc_hosts_make_choices (MigdescHosts *hosts)
{
  hosts->variables = migdesc_arena_alloc0 (hosts->arena,
                                           (hosts->n_variables + 1) * sizeof (MigdescVariable));
  for (guint32 v = 0; v < hosts->n_variables; v++)
    make_choices (hosts, v);
}
