/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/remedy.h"

#include "ops/near.h"

static void
append_names (GString *text,
              const MigdescNear *near,
              const char *separator,
              const char *last_separator)
{
  for (guint i = 0; i < near->n; i++)
    {
      if (i > 0)
        g_string_append (text, i + 1 == near->n ? last_separator : separator);
      migdesc_words_append_quoted (text, near->names[i]);
    }
}

static void
append_did_you_mean (GString *text,
                     const MigdescNear *near)
{
  g_string_append (text, "did you mean ");
  append_names (text, near, ", ", " or ");
  g_string_append_c (text, '?');
}

static char *
did_you_mean (const MigdescNear *near)
{
  GString *text;

  if (near->n == 0)
    return NULL;
  text = g_string_new (NULL);
  append_did_you_mean (text, near);
  return g_string_free (text, FALSE);
}

static void
near_models (MigdescNear *near,
             const MigdescStore *store,
             const char *name,
             gboolean however_far,
             guint32 *budget)
{
  near->n = 0;
  if (store != NULL && store->n_models > 0)
    migdesc_near_names (near, &store->models->key, sizeof (MigdescModelCore), store->n_models,
                        name, however_far, budget);
}

void
migdesc_remedy_append_nearest_models (GString *message,
                                      MigdescStore *store,
                                      const char *name,
                                      guint32 *budget)
{
  MigdescNear near;

  near_models (&near, store, name, TRUE, budget);
  if (near.n == 0)
    return;
  g_string_append (message, "; the nearest that it has: ");
  append_names (message, &near, ", ", ", ");
}

char *
migdesc_remedy_for_model (MigdescStore *store,
                          const char *name,
                          guint32 *budget)
{
  MigdescNear near;

  near_models (&near, store, name, FALSE, budget);
  return did_you_mean (&near);
}

char *
migdesc_remedy_for_param (const MigdescVoice *voice,
                          const MigdescModelCore *model,
                          const char *name,
                          const MigdescParamCore *source,
                          guint32 *budget)
{
  MigdescNear near = { .n = 0 };
  GString *text;

  if (source != NULL && source->has_off)
    {
      text = g_string_new (voice->change);
      g_string_append_c (text, ' ');
      migdesc_words_append_setting (text, source, source->off);
      return g_string_free (text, FALSE);
    }
  if (model->n_params > 0)
    migdesc_near_names (&near, &model->params->key, sizeof (MigdescParamCore), model->n_params,
                        name, FALSE, budget);
  return did_you_mean (&near);
}

char *
migdesc_remedy_for_version (const MigdescVoice *voice,
                            const MigdescModelCore *model,
                            const char *version,
                            guint32 *budget)
{
  MigdescNear near = { .n = 0 };
  GString *text;

  if (model->n_versions > 0)
    migdesc_near_names (&near, &model->versions->key, sizeof (MigdescVersionCore),
                        model->n_versions, version, FALSE, budget);
  if (voice == &migdesc_voice_expand)
    return did_you_mean (&near);

  text = g_string_new (voice->here);
  g_string_append (text, " needs version ");
  migdesc_words_append_quoted (text, version);
  if (near.n > 0)
    g_string_append (text, "; ");
  if (near.n > 0)
    append_did_you_mean (text, &near);
  return g_string_free (text, FALSE);
}

char *
migdesc_remedy_for_other_version (const MigdescVoice *voice,
                                  const MigdescModelCore *model,
                                  guint32 version)
{
  GString *text;

  if (version == MIGDESC_NOT_FOUND)
    return NULL;
  text = g_string_new (voice->change);
  g_string_append (text, " version=");
  migdesc_words_append_name (text, model->versions[version].name);
  return g_string_free (text, FALSE);
}

static GString *
begin_with_name (const MigdescVoice *voice,
                 const MigdescParamCore *param)
{
  GString *text = g_string_new (voice->change);

  g_string_append_c (text, ' ');
  migdesc_words_append_name (text, param->name);
  return text;
}

static gboolean
is_single (const MigdescSet *set)
{
  if (set->type == MIGDESC_VALUE_TYPE_BOOL)
    return set->bools == MIGDESC_SET_OFF || set->bools == MIGDESC_SET_ON;
  if (set->type == MIGDESC_VALUE_TYPE_INT)
    return set->n == 1 && set->members.intervals[0].min == set->members.intervals[0].max;
  return set->n == 1;
}

char *
migdesc_remedy_for_set (const MigdescVoice *voice,
                        const MigdescParamCore *param,
                        const MigdescSet *set)
{
  GString *text;

  if (set->any)
    return NULL;
  text = begin_with_name (voice, param);
  g_string_append (text, is_single (set) ? "=" : " as one of ");
  migdesc_words_append_set (text, set);
  return g_string_free (text, FALSE);
}

char *
migdesc_remedy_for_accepted (const MigdescVoice *voice,
                             const MigdescParamCore *param,
                             const MigdescValueSet *accepted)
{
  return accepted != NULL ? migdesc_remedy_for_set (voice, param, &accepted->set) : NULL;
}

/* `num-queues <= 4` for a set that is one interval, else the nearest members: `num-queues=4 or
 * num-queues=8` */
static char *
for_int (const MigdescVoice *voice,
         const MigdescParamCore *param,
         const MigdescSet *set,
         guint64 value)
{
  gboolean single = set->n == 1 && set->members.intervals[0].min != set->members.intervals[0].max;
  GString *text;
  guint64 below, above;
  gboolean has_below = migdesc_near_below (set, value, &below);
  gboolean has_above = migdesc_near_above (set, value, &above);

  if (!has_below && !has_above)
    return NULL;
  text = begin_with_name (voice, param);
  if (has_below)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, single ? " <= " : "=", below);
  if (has_below && has_above)
    {
      g_string_append (text, " or ");
      migdesc_words_append_name (text, param->name);
    }
  if (has_above)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, single ? " >= " : "=", above);
  return g_string_free (text, FALSE);
}

static char *
for_string (const MigdescVoice *voice,
            const MigdescParamCore *param,
            const MigdescSet *set,
            const char *string,
            guint32 *budget)
{
  MigdescNear near;
  GString *text;

  migdesc_near_strings (&near, set, string, budget);
  if (near.n == 0)
    return migdesc_remedy_for_set (voice, param, set);
  text = begin_with_name (voice, param);
  g_string_append_c (text, '=');
  migdesc_words_append_name (text, near.names[0]);
  return g_string_free (text, FALSE);
}

char *
migdesc_remedy_for_value (const MigdescVoice *voice,
                          const MigdescParamCore *param,
                          const MigdescValueSet *accepted,
                          MigdescValue value,
                          guint32 *budget)
{
  const MigdescSet *set = &accepted->set;

  if (param->type == MIGDESC_VALUE_TYPE_INT)
    return for_int (voice, param, set, value.number);
  if (param->type == MIGDESC_VALUE_TYPE_STRING)
    return for_string (voice, param, set, value.string, budget);
  return migdesc_remedy_for_set (voice, param, set);
}

static char *
for_condition_not_met (const MigdescVoice *voice,
                       const MigdescParamCore *param,
                       const MigdescSet *set,
                       MigdescValue value)
{
  if (param->type == MIGDESC_VALUE_TYPE_INT && !set->any)
    return for_int (voice, param, set, value.number);
  return migdesc_remedy_for_set (voice, param, set);
}

/* An implication is mended by its first broken consequence, a forbidden combination by leaving it
 * at its last param. */
char *
migdesc_remedy_for_constraint (const MigdescVoice *voice,
                               const MigdescModelCore *model,
                               const MigdescConstraintCore *constraint,
                               const MigdescValue *values)
{
  const MigdescCondition *last = &constraint->when[constraint->n_when - 1];
  GString *text;

  for (guint32 i = 0; i < constraint->n_then; i++)
    {
      const MigdescCondition *then = &constraint->then[i];

      if (!migdesc_set_contains (&then->set, values[then->param]))
        return for_condition_not_met (voice, &model->params[then->param], &then->set,
                                      values[then->param]);
    }
  text = begin_with_name (voice, &model->params[last->param]);
  g_string_append (text, " outside ");
  migdesc_words_append_set (text, &last->set);
  return g_string_free (text, FALSE);
}
