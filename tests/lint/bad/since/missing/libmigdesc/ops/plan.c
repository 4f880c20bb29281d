/**
 * MigdescPlan:
 *
 * Settings for a destination.
 */

/**
 * migdesc_plan_ref:
 * @plan: a plan
 *
 * Takes a reference.
 *
 * Since: 1.0
 */

/**
 * migdesc_plan_apply:
 * @plan: a plan
 *
 * Applies it.
 *
 * Since: 1.0
 */
