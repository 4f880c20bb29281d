/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/select/selector-private.h"

#include <migdesc/migdesc-error.h>

#include "model/handles.h"

/**
 * MigdescSelector:
 *
 * Which devices want a place, and what the manager prefers.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescSelector, migdesc_selector, G_TYPE_OBJECT)

#define DEFAULT_TOP 20

static void
clear_wanted (gpointer data)
{
  MigdescWanted *wanted = data;

  migdesc_param_list_unref (wanted->list);
  g_clear_pointer (&wanted->source, migdesc_store_unref);
}

static void
clear_rule (gpointer data)
{
  MigdescLabelRule *rule = data;

  g_free (rule->name);
  g_free (rule->value);
}

static void
clear_change (gpointer data)
{
  MigdescHostChange *change = data;

  g_free (change->name);
  g_object_unref (change->descriptor);
}

static void
migdesc_selector_finalize (GObject *object)
{
  MigdescSelector *self = MIGDESC_SELECTOR (object);

  g_array_unref (self->devices);
  g_array_unref (self->required);
  g_array_unref (self->excluded);
  g_array_unref (self->weights);
  g_array_unref (self->changes);
  if (self->score_destroy != NULL)
    self->score_destroy (self->score_data);
  G_OBJECT_CLASS (migdesc_selector_parent_class)->finalize (object);
}

static void
migdesc_selector_class_init (MigdescSelectorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_selector_finalize;
}

static GArray *
new_array (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (array, clear);
  return array;
}

static void
migdesc_selector_init (MigdescSelector *self)
{
  self->devices = new_array (sizeof (MigdescWanted), clear_wanted);
  self->required = new_array (sizeof (MigdescLabelRule), clear_rule);
  self->excluded = new_array (sizeof (MigdescLabelRule), clear_rule);
  self->weights = new_array (sizeof (MigdescLabelRule), clear_rule);
  self->changes = new_array (sizeof (MigdescHostChange), clear_change);
  self->top = DEFAULT_TOP;
}

/**
 * migdesc_selector_new:
 *
 * Makes a selector without devices, which wants the best 20 hosts.
 *
 * Returns: (transfer full): a new selector
 *
 * Since: 1.0
 */
MigdescSelector *
migdesc_selector_new (void)
{
  return g_object_new (MIGDESC_TYPE_SELECTOR, NULL);
}

/**
 * migdesc_selector_add_device:
 * @selector: a selector
 * @list: the device's migration parameter list
 * @source: (nullable): what the source publishes, if known: only with it the way back is known
 * @error: return location for a #GError
 *
 * Adds a device that wants a place. Devices have numbers from 0.
 *
 * %MIGDESC_ERROR_LIMIT_EXCEEDED if there are 64 already.
 *
 * Returns: whether it was added
 *
 * Since: 1.0
 */
gboolean
migdesc_selector_add_device (MigdescSelector *selector, const MigdescParamList *list,
                             MigdescDescriptor *source, GError **error)
{
  MigdescWanted wanted;

  g_return_val_if_fail (MIGDESC_IS_SELECTOR (selector), FALSE);
  g_return_val_if_fail (list != NULL, FALSE);
  g_return_val_if_fail (source == NULL || MIGDESC_IS_DESCRIPTOR (source), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (selector->devices->len == MIGDESC_SELECTOR_DEVICES_MAX)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED, "more than %u devices",
                   MIGDESC_SELECTOR_DEVICES_MAX);
      return FALSE;
    }
  wanted.list = migdesc_param_list_ref ((MigdescParamList *) list);
  wanted.source
      = source != NULL ? migdesc_store_ref (migdesc_descriptor_get_store (source)) : NULL;
  g_array_append_val (selector->devices, wanted);
  return TRUE;
}

/**
 * migdesc_selector_get_n_devices:
 * @selector: a selector
 *
 * Counts the devices.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_selector_get_n_devices (MigdescSelector *selector)
{
  g_return_val_if_fail (MIGDESC_IS_SELECTOR (selector), 0);

  return selector->devices->len;
}

/**
 * migdesc_selector_get_device:
 * @selector: a selector
 * @device: a device's number
 *
 * Gets the list of a device, with what migdesc_selector_change_param() changed.
 *
 * Returns: (transfer full): the list
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_selector_get_device (MigdescSelector *selector, guint device)
{
  g_return_val_if_fail (MIGDESC_IS_SELECTOR (selector), NULL);
  g_return_val_if_fail (device < selector->devices->len, NULL);

  return migdesc_param_list_ref (g_array_index (selector->devices, MigdescWanted, device).list);
}

/**
 * migdesc_selector_set_top:
 * @selector: a selector
 * @top: how many hosts to list, or 0 for all
 *
 * Sets how many of the hosts are listed, the best first. All of them are ranked and counted.
 *
 * Since: 1.0
 */
void
migdesc_selector_set_top (MigdescSelector *selector, guint top)
{
  g_return_if_fail (MIGDESC_IS_SELECTOR (selector));

  selector->top = top;
}

static void
add_rule (GArray *rules, const char *name, const char *value, double weight)
{
  MigdescLabelRule rule = { g_strdup (name), g_strdup (value), weight };

  g_array_append_val (rules, rule);
}

/**
 * migdesc_selector_require_label:
 * @selector: a selector
 * @name: a label
 * @value: (nullable): what it has to say, or %NULL for anything
 *
 * Keeps out the hosts that do not have a label. All that are required have to be there.
 *
 * Since: 1.0
 */
void
migdesc_selector_require_label (MigdescSelector *selector, const char *name, const char *value)
{
  g_return_if_fail (MIGDESC_IS_SELECTOR (selector));
  g_return_if_fail (name != NULL);

  add_rule (selector->required, name, value, 0);
}

/**
 * migdesc_selector_exclude_label:
 * @selector: a selector
 * @name: a label
 * @value: (nullable): what it says, or %NULL for anything
 *
 * Keeps out the hosts that have a label.
 *
 * Since: 1.0
 */
void
migdesc_selector_exclude_label (MigdescSelector *selector, const char *name, const char *value)
{
  g_return_if_fail (MIGDESC_IS_SELECTOR (selector));
  g_return_if_fail (name != NULL);

  add_rule (selector->excluded, name, value, 0);
}

/**
 * migdesc_selector_add_weight:
 * @selector: a selector
 * @name: a label
 * @value: (nullable): what it says, or %NULL for anything
 * @weight: what it adds to the score of a host that has it; may be negative
 *
 * Prefers hosts that have a label: among hosts of one rank and as many remedies, the one with the
 * higher score comes first, and of equal ones the first by name.
 *
 * Since: 1.0
 */
void
migdesc_selector_add_weight (MigdescSelector *selector, const char *name, const char *value,
                             double weight)
{
  g_return_if_fail (MIGDESC_IS_SELECTOR (selector));
  g_return_if_fail (name != NULL);

  add_rule (selector->weights, name, value, weight);
}

/**
 * migdesc_selector_set_score_func:
 * @selector: a selector
 * @func: (nullable) (scope notified) (closure user_data) (destroy destroy): scores a host, or %NULL
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 *
 * Sets a function that scores hosts. It is called for every host that is not kept out, from the
 * thread that selects, and so may cost more than all the rest.
 *
 * Since: 1.0
 */
void
migdesc_selector_set_score_func (MigdescSelector *selector, MigdescScoreFunc func,
                                 gpointer user_data, GDestroyNotify destroy)
{
  g_return_if_fail (MIGDESC_IS_SELECTOR (selector));

  if (selector->score_destroy != NULL)
    selector->score_destroy (selector->score_data);
  selector->score_func = func;
  selector->score_data = user_data;
  selector->score_destroy = destroy;
}

static MigdescParamList *
change_list (const MigdescParamList *list, const char *name, const char *value, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  gboolean found = FALSE;

  for (guint i = 0; i < migdesc_param_list_get_n_params (list); i++)
    {
      const char *listed = migdesc_param_list_get_name (list, i);
      gboolean same = g_str_equal (listed, name);

      found |= same;
      if (same && value == NULL)
        continue;
      g_ptr_array_add (names, (gpointer) listed);
      g_ptr_array_add (values,
                       (gpointer) (same ? value : migdesc_param_list_get_value (list, i)));
    }
  if (!found && value != NULL)
    {
      g_ptr_array_add (names, (gpointer) name);
      g_ptr_array_add (values, (gpointer) value);
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (values, NULL);
  return migdesc_param_list_new (migdesc_param_list_get_model (list),
                                 migdesc_param_list_get_version (list),
                                 (const char *const *) names->pdata,
                                 (const char *const *) values->pdata, error);
}

/**
 * migdesc_selector_change_param:
 * @selector: a selector
 * @device: a device's number
 * @name: a param
 * @value: (nullable): its value, or %NULL to leave it out
 * @error: return location for a #GError
 *
 * Asks what if a device were started otherwise: changes its list.
 *
 * The errors are those of migdesc_param_list_new().
 *
 * Returns: whether it was changed
 *
 * Since: 1.0
 */
gboolean
migdesc_selector_change_param (MigdescSelector *selector, guint device, const char *name,
                               const char *value, GError **error)
{
  MigdescWanted *wanted;
  MigdescParamList *list;

  g_return_val_if_fail (MIGDESC_IS_SELECTOR (selector), FALSE);
  g_return_val_if_fail (device < selector->devices->len, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  wanted = &g_array_index (selector->devices, MigdescWanted, device);
  list = change_list (wanted->list, name, value, error);
  if (list == NULL)
    return FALSE;
  migdesc_param_list_unref (wanted->list);
  wanted->list = list;
  return TRUE;
}

/**
 * migdesc_selector_change_host:
 * @selector: a selector
 * @name: a host's name
 * @descriptor: what its devices would publish
 *
 * Asks what if a host were upgraded: all of its slots are taken to publish @descriptor. The fleet
 * stays as it is. A name that the fleet does not have changes nothing.
 *
 * Since: 1.0
 */
void
migdesc_selector_change_host (MigdescSelector *selector, const char *name,
                              MigdescDescriptor *descriptor)
{
  MigdescHostChange change;

  g_return_if_fail (MIGDESC_IS_SELECTOR (selector));
  g_return_if_fail (name != NULL);
  g_return_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor));

  change = (MigdescHostChange) { g_strdup (name), g_object_ref (descriptor) };
  g_array_append_val (selector->changes, change);
}

static gboolean
has_label (const MigdescShape *shape, const MigdescLabelRule *rule)
{
  const char *value = migdesc_shape_find_label (shape, rule->name);

  return value != NULL && (rule->value == NULL || g_str_equal (rule->value, value));
}

gboolean
migdesc_selector_admits (const MigdescSelector *selector, const MigdescShape *shape)
{
  for (guint i = 0; i < selector->required->len; i++)
    if (!has_label (shape, &g_array_index (selector->required, MigdescLabelRule, i)))
      return FALSE;
  for (guint i = 0; i < selector->excluded->len; i++)
    if (has_label (shape, &g_array_index (selector->excluded, MigdescLabelRule, i)))
      return FALSE;
  return TRUE;
}

double
migdesc_selector_weigh (const MigdescSelector *selector, const MigdescShape *shape)
{
  double score = 0;

  for (guint i = 0; i < selector->weights->len; i++)
    {
      const MigdescLabelRule *rule = &g_array_index (selector->weights, MigdescLabelRule, i);

      if (has_label (shape, rule))
        score += rule->weight;
    }
  return score;
}
