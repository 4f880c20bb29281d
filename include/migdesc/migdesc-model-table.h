/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The declaration of a device model, as a table of the program. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-model-params.h>

/**
 * SECTION:migdesc-model-table
 * @title: Model tables
 * @short_description: Parameters, versions and constraints of a device, declared once
 *
 * A device backend declares what it is in `static const` tables, as it declares its state in field
 * tables: its migration parameters, each with the member of a struct that its value goes to; its
 * versions, oldest first; its constraints. #MigdescBackend makes all of the device's migration
 * interface of them.
 *
 * |[<!-- language="C" -->
 * typedef struct
 * {
 *   guint16 num_queues;
 *   gboolean new_feature;
 * } NicConfig;
 *
 * static const MigdescModelParam nic_params[] = {
 *   MIGDESC_PARAM_INT (NicConfig, num_queues, "num-queues", "1-64,128", "4", MIGDESC_OFF ("1")),
 *   MIGDESC_PARAM_BOOL (NicConfig, new_feature, "new-feature", "on", MIGDESC_OFF ("off")),
 * };
 * static const MigdescModelVersion nic_versions[] = {
 *   MIGDESC_MODEL_VERSION ("1", 1, ""),
 *   MIGDESC_MODEL_VERSION ("2", 1, "num-queues=4,new-feature=on"),
 * };
 * static const MigdescModelConstraint nic_constraints[] = {
 *   MIGDESC_MODEL_IF_THEN ("new-feature=on", "num-queues=3-64", "needs three queues"),
 * };
 * MIGDESC_MODEL_TABLE (nic_model, "vendor-a.com/my-nic", NicConfig, nic_params, nic_versions,
 *                      MIGDESC_MODEL_CONSTRAINTS (nic_constraints));
 * ]|
 *
 * Values are text, as in a parameter list: `on` and `off`, digits, the string itself. Sets are text
 * too, as in `1-64,128`. Whether a member has the type that its parameter needs is checked by the
 * compiler; all else by migdesc_backend_new(), which finds all that is wrong at once.
 *
 * What may follow the last argument of a macro are designated initialisers: any of them, in the
 * order in which they are described here, for C++ wants it so.
 */

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_MODEL_VERSION:
 * @name: the version's name
 * @state_version: the state version that devices of this version save, or 0
 * @...: the values in effect, as in `num-queues=4,new-feature=on`: what is not named is off; then
 *   what may follow
 *
 * A version of the model. A published one must not change any more.
 *
 * Since: 1.0
 */
#define MIGDESC_MODEL_VERSION(name, state_version, ...) \
  MIGDESC_MODEL_VERSION_ (name, state_version, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_LOAD_ONLY:
 *
 * Follows a version: devices of it can still be loaded, but no more created.
 *
 * Since: 1.0
 */
#define MIGDESC_LOAD_ONLY .load_only = 1

/**
 * MIGDESC_CREATE_ONLY:
 *
 * Follows a version: devices of it can be created, but not loaded.
 *
 * Since: 1.0
 */
#define MIGDESC_CREATE_ONLY .create_only = 1

/**
 * MIGDESC_SUPPORTED:
 * @support_: a #MigdescSupport
 *
 * Follows a version or a model: in which directions migration is promised.
 *
 * Since: 1.0
 */
#define MIGDESC_SUPPORTED(support_) .support = (guint32) (support_) + 1

/**
 * MIGDESC_UNMIGRATABLE:
 * @reason: a sentence for people
 *
 * Follows a version or a model, in place of %MIGDESC_SUPPORTED: such a device cannot be migrated.
 *
 * Since: 1.0
 */
#define MIGDESC_UNMIGRATABLE(reason) \
  .support = (guint32) MIGDESC_SUPPORT_NONE + 1, .blocker = (reason)

/**
 * MIGDESC_TESTED:
 * @pairs: an array of strings that ends in %NULL: two version names for each pair, of the program
 *   that saved and of the one that loaded
 *
 * Follows a version: what was really tried.
 *
 * Since: 1.0
 */
#define MIGDESC_TESTED(pairs) .tested = (pairs)

/**
 * MIGDESC_MODEL_IF_THEN:
 * @when_: conditions such as `new-feature=on`, several with `;` between them
 * @then_: conditions such as `num-queues=3-64,128`
 * @description_: a sentence for people, or %NULL
 *
 * A constraint: where all of the first conditions hold, all of the second have to.
 *
 * Since: 1.0
 */
#define MIGDESC_MODEL_IF_THEN(when_, then_, description_) \
  {                                                       \
    .when = (when_), .then = (then_), .description = (description_) \
  }

/**
 * MIGDESC_MODEL_FORBID:
 * @when_: conditions such as `rss=on;num-queues=1`
 * @description_: a sentence for people, or %NULL
 *
 * A constraint: the conditions must not all hold.
 *
 * Since: 1.0
 */
#define MIGDESC_MODEL_FORBID(when_, description_) \
  {                                               \
    .when = (when_), .description = (description_) \
  }

/**
 * MIGDESC_MODEL_TABLE:
 * @table: what the table is called
 * @name: the model's name, as in `vendor-a.com/my-nic`
 * @type: the C type of the configuration
 * @params: an array of #MigdescModelParam
 * @...: an array of #MigdescModelVersion, oldest first; then what may follow
 *
 * Makes a static #MigdescModelTable.
 *
 * Since: 1.0
 */
#define MIGDESC_MODEL_TABLE(table, name, type, params, ...) \
  MIGDESC_MODEL_TABLE_ (table, name, type, params, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_MODEL_CONSTRAINTS:
 * @rows: an array of #MigdescModelConstraint
 *
 * Follows the versions of a model table: its constraints.
 *
 * Since: 1.0
 */
#define MIGDESC_MODEL_CONSTRAINTS(rows) .n_constraints = G_N_ELEMENTS (rows), .constraints = (rows)

/**
 * MIGDESC_MODEL_STATE:
 * @table: what %MIGDESC_STRUCT was told to call the table of the device's state
 *
 * Follows the versions of a model table: the state.
 *
 * Since: 1.0
 */
#define MIGDESC_MODEL_STATE(table) .state = &(table)

/**
 * MIGDESC_MODEL_BACKEND:
 * @type: the kind of device, such as `net`, as QEMU's convention for backends names it
 * @features_: an array of strings that ends in %NULL, or %NULL
 *
 * Follows the versions of a model table: what `--print-capabilities` prints.
 *
 * Since: 1.0
 */
#define MIGDESC_MODEL_BACKEND(type, features_) .backend_type = (type), .features = (features_)

#endif
