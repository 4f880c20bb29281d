/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-fleet.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-selector
 * @title: Selecting hosts
 * @short_description: which hosts of a fleet can take these devices, ranked
 *
 * A #MigdescSelector says which devices want a place and what the manager prefers;
 * migdesc_fleet_select() ranks the hosts of a fleet: those that can take all devices and give them
 * back first, then those that can take them, then those of which nobody knows, then near misses by
 * the fewest remedies.
 *
 * Devices are matched one to one with what the slots of a host can take, so that as many as can be
 * find a place at once, and of the ways in which all do, the best is taken.
 */

/**
 * MigdescRank:
 * @MIGDESC_RANK_RETURN: all devices can go there and come back
 * @MIGDESC_RANK_COMPATIBLE: all devices can go there
 * @MIGDESC_RANK_UNDECIDED: for some device nobody knows
 * @MIGDESC_RANK_NEAR_MISS: all devices could go there, were some started otherwise
 * @MIGDESC_RANK_IMPOSSIBLE: whatever the devices are set to, some have no place
 * @MIGDESC_RANK_NOT_ANSWERED: the host cannot be used, or could not be asked
 * @MIGDESC_RANK_EXCLUDED: its labels keep it out
 *
 * How well a host does, from good to bad.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_RANK_RETURN,
  MIGDESC_RANK_COMPATIBLE,
  MIGDESC_RANK_UNDECIDED,
  MIGDESC_RANK_NEAR_MISS,
  MIGDESC_RANK_IMPOSSIBLE,
  MIGDESC_RANK_NOT_ANSWERED,
  MIGDESC_RANK_EXCLUDED
} MigdescRank;

#define MIGDESC_TYPE_RANK (migdesc_rank_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_rank_get_type (void) G_GNUC_CONST;

#define MIGDESC_TYPE_SELECTOR (migdesc_selector_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescSelector, migdesc_selector, MIGDESC, SELECTOR, GObject)

/**
 * MigdescScoreFunc:
 * @host: the host's name
 * @score: its score so far: the sum of the weights of its labels
 * @user_data: what was given with the function
 *
 * Scores a host for migdesc_selector_set_score_func(). Among hosts of one rank and as many
 * remedies, the higher score comes first.
 *
 * Returns: the score to use; one that is not a number counts as 0
 *
 * Since: 1.0
 */
typedef double (*MigdescScoreFunc) (const char *host, double score, gpointer user_data);

MIGDESC_AVAILABLE_IN_1_0
MigdescSelector *migdesc_selector_new (void);

/* What wants a place */
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_selector_add_device (MigdescSelector *selector, const MigdescParamList *list,
                                      MigdescDescriptor *source, GError **error);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_selector_get_n_devices (MigdescSelector *selector);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_selector_get_device (MigdescSelector *selector, guint device);

/* What the manager prefers */
MIGDESC_AVAILABLE_IN_1_0
void migdesc_selector_set_top (MigdescSelector *selector, guint top);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_selector_require_label (MigdescSelector *selector, const char *name,
                                     const char *value);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_selector_exclude_label (MigdescSelector *selector, const char *name,
                                     const char *value);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_selector_add_weight (MigdescSelector *selector, const char *name, const char *value,
                                  double weight);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_selector_set_score_func (MigdescSelector *selector, MigdescScoreFunc func,
                                      gpointer user_data, GDestroyNotify destroy);

/* What if */
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_selector_change_param (MigdescSelector *selector, guint device, const char *name,
                                        const char *value, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_selector_change_host (MigdescSelector *selector, const char *name,
                                   MigdescDescriptor *descriptor);

G_END_DECLS
