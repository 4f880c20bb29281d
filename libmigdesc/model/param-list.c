/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/hash.h"
#include "model/param-list-private.h"

/**
 * MigdescParamList:
 *
 * A migration parameter list: what a source tells a destination about a device, so that the
 * destination can say whether it takes the device state, and set up a device that does. It consists
 * of a model name, a version name and pairs of a param's name and its value as text; model and
 * version may be missing.
 *
 * There are two kinds, and a param that is not listed means a different thing in each. A list
 * without a version is complete: what is not listed is off. A list with a version is that version
 * plus overrides: what is not listed is as the reader's own descriptor says for that version.
 *
 * The text form is `vendor-a.com/my-nic?version=2,num-queues=8`; the JSON form is
 * `{"model":"vendor-a.com/my-nic","version":"2","params":{"num-queues":"8"}}`. A list needs no
 * descriptor: values are texts, and only a check gives them types.
 *
 * A list is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescParamList,
                     migdesc_param_list,
                     migdesc_param_list_ref,
                     migdesc_param_list_unref)

/**
 * migdesc_param_list_ref:
 * @list: a list
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @list
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_param_list_ref (MigdescParamList *list)
{
  g_return_val_if_fail (list != NULL, NULL);

  g_atomic_ref_count_inc (&list->ref_count);
  return list;
}

/**
 * migdesc_param_list_unref:
 * @list: (transfer full): a list
 *
 * Gives back a reference; the last one frees the list.
 *
 * Since: 1.0
 */
void
migdesc_param_list_unref (MigdescParamList *list)
{
  g_return_if_fail (list != NULL);

  if (g_atomic_ref_count_dec (&list->ref_count))
    g_free (list);
}

/**
 * migdesc_param_list_get_model:
 * @list: a list
 *
 * Gets the name of the device model that the list is for.
 *
 * Returns: (nullable): the name, or %NULL if the list does not say
 *
 * Since: 1.0
 */
const char *
migdesc_param_list_get_model (const MigdescParamList *list)
{
  g_return_val_if_fail (list != NULL, NULL);

  return list->model;
}

/**
 * migdesc_param_list_get_version:
 * @list: a list
 *
 * Gets the name of the version that the list starts from.
 *
 * Returns: (nullable): the name, or %NULL if the list is complete by itself
 *
 * Since: 1.0
 */
const char *
migdesc_param_list_get_version (const MigdescParamList *list)
{
  g_return_val_if_fail (list != NULL, NULL);

  return list->version;
}

/**
 * migdesc_param_list_get_n_params:
 * @list: a list
 *
 * Gets how many params are listed. The version is not one of them.
 *
 * Returns: the number of pairs, at most 4,096
 *
 * Since: 1.0
 */
guint
migdesc_param_list_get_n_params (const MigdescParamList *list)
{
  g_return_val_if_fail (list != NULL, 0);

  return list->n_pairs;
}

/**
 * migdesc_param_list_get_name:
 * @list: a list
 * @position: which pair, from 0
 *
 * Gets the name of a listed param, in the order of the list.
 *
 * Returns: (nullable): the name, or %NULL if there are not that many
 *
 * Since: 1.0
 */
const char *
migdesc_param_list_get_name (const MigdescParamList *list,
                             guint position)
{
  g_return_val_if_fail (list != NULL, NULL);

  return position < list->n_pairs ? list->pairs[position].name : NULL;
}

/**
 * migdesc_param_list_get_value:
 * @list: a list
 * @position: which pair, from 0
 *
 * Gets the value of a listed param, in the order of the list.
 *
 * Returns: (nullable): the value as text, with no comma doubled, or %NULL if there are not that
 * many
 *
 * Since: 1.0
 */
const char *
migdesc_param_list_get_value (const MigdescParamList *list,
                              guint position)
{
  g_return_val_if_fail (list != NULL, NULL);

  return position < list->n_pairs ? list->pairs[position].value : NULL;
}

static const MigdescPair *
find_pair (const MigdescParamList *list,
           const char *name,
           gsize length)
{
  for (guint i = 0; i < list->n_pairs; i++)
    if (list->pairs[i].name_length == length && memcmp (list->pairs[i].name, name, length) == 0)
      return &list->pairs[i];
  return NULL;
}

/**
 * migdesc_param_list_lookup:
 * @list: a list
 * @name: the name of a param
 *
 * Gets the value of a param by its name.
 *
 * Returns: (nullable): the value as text, with no comma doubled, or %NULL if the param is not
 * listed
 *
 * Since: 1.0
 */
const char *
migdesc_param_list_lookup (const MigdescParamList *list,
                           const char *name)
{
  const MigdescPair *pair;

  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  pair = find_pair (list, name, strlen (name));
  return pair != NULL ? pair->value : NULL;
}

/**
 * migdesc_param_list_dup_names:
 * @list: a list
 *
 * Gets the names of all listed params, in the order of the list.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names
 *
 * Since: 1.0
 */
char **
migdesc_param_list_dup_names (const MigdescParamList *list)
{
  char **names;

  g_return_val_if_fail (list != NULL, NULL);

  names = g_new (char *, list->n_pairs + 1);
  for (guint i = 0; i < list->n_pairs; i++)
    names[i] = g_strdup (list->pairs[i].name);
  names[list->n_pairs] = NULL;
  return names;
}

static gboolean
text_equal (const char *text,
            gsize length,
            const char *other,
            gsize other_length)
{
  return length == other_length && (text == NULL) == (other == NULL)
         && (length == 0 || memcmp (text, other, length) == 0);
}

static int
compare_names (gconstpointer first,
               gconstpointer second)
{
  const MigdescPair *pair = first;
  const MigdescPair *other = second;

  return strcmp (pair->name, other->name);
}

/* Names are unique, so that equal sets of pairs sort alike. */
static MigdescPair *
sort_pairs (const MigdescParamList *list)
{
  MigdescPair *pairs = g_memdup2 (list->pairs, list->n_pairs * sizeof *pairs);

  qsort (pairs, list->n_pairs, sizeof *pairs, compare_names);
  return pairs;
}

static gboolean
pairs_equal (const MigdescPair *pairs,
             const MigdescPair *others,
             guint n_pairs)
{
  for (guint i = 0; i < n_pairs; i++)
    if (!text_equal (pairs[i].name, pairs[i].name_length, others[i].name, others[i].name_length)
        || !text_equal (pairs[i].value, pairs[i].value_length, others[i].value,
                        others[i].value_length))
      return FALSE;
  return TRUE;
}

static gboolean
pairs_equal_in_any_order (const MigdescParamList *list,
                          const MigdescParamList *other)
{
  g_autofree MigdescPair *pairs = sort_pairs (list);
  g_autofree MigdescPair *others = sort_pairs (other);

  return pairs_equal (pairs, others, list->n_pairs);
}

/**
 * migdesc_param_list_equal:
 * @list: a list
 * @other: another list
 *
 * Tells whether two lists say the same: same model, same version, same pairs, byte by byte. A list
 * is a set of pairs, so their order does not count. As a list knows no types, `on` and `true` are
 * different values here.
 *
 * Returns: %TRUE if they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_param_list_equal (const MigdescParamList *list,
                          const MigdescParamList *other)
{
  g_return_val_if_fail (list != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (list == other)
    return TRUE;
  if (list->n_pairs != other->n_pairs
      || !text_equal (list->model, list->model_length, other->model, other->model_length)
      || !text_equal (list->version, list->version_length, other->version, other->version_length))
    return FALSE;

  return pairs_equal (list->pairs, other->pairs, list->n_pairs)
         || pairs_equal_in_any_order (list, other);
}

/**
 * migdesc_param_list_hash:
 * @list: a list
 *
 * Gives a hash of the list's value: equal lists have equal hashes, in one process. It is another
 * number in the next.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_param_list_hash (const MigdescParamList *list)
{
  guint64 sum;

  g_return_val_if_fail (list != NULL, 0);

  sum = list->n_pairs;
  if (list->model != NULL)
    sum += 3 * migdesc_hash (list->model, list->model_length);
  if (list->version != NULL)
    sum += 5 * migdesc_hash (list->version, list->version_length);
  /* a sum, since the order does not count; the factor ties a value to its name */
  for (guint i = 0; i < list->n_pairs; i++)
    sum += migdesc_hash (list->pairs[i].name, list->pairs[i].name_length)
           * (2 * migdesc_hash (list->pairs[i].value, list->pairs[i].value_length) + 1);
  return migdesc_hash_fold (sum);
}
