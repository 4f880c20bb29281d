/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-config.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-device-set.h>
#include <migdesc/migdesc-model-table.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-state-type.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-backend
 * @title: Backends
 * @short_description: The migration interface of a device's program
 *
 * A program that is a device, or has one, makes a backend of its declaration (see
 * %MIGDESC_MODEL_TABLE) or of a descriptor, and gets its whole migration interface from it: the
 * options on its command line, what it prints about itself, the configuration as values, and the
 * state type and parameter list with which the device's state goes into a #MigdescDeviceSet.
 *
 * |[<!-- language="C" -->
 * int
 * main (int argc, char **argv)
 * {
 *   g_autoptr (MigdescBackend) backend = migdesc_backend_new (&nic_model, NULL, NULL);
 *   int status = migdesc_backend_run_options (backend, &argc, &argv);
 *   NicConfig config;
 *
 *   if (status >= 0)
 *     return status;
 *   migdesc_backend_read_config (backend, &config);
 *   ...
 * ]|
 *
 * These options are understood, in any order and mixed with those of the program:
 *
 * - `--m-NAME=VALUE` or `--m-NAME VALUE`: a parameter
 * - `--param NAME=VALUE` or `--param=NAME=VALUE`: the same, any number of times
 * - `--migration-version VERSION`: the version to start from; without it all parameters have their
 *   init values. What the options above name comes on top
 * - `--migration-model MODEL`: has to be the model that this is
 * - `--migration-test save` or `load`: see migdesc_backend_run_test()
 * - `--print-migration-info-json`: prints the descriptor; with `=v3` or `=v4` as that revision of
 *   the proposal wants it
 * - `--print-capabilities`: prints what QEMU's convention for backends asks for
 *
 * A backend opens no file, needs no main loop and starts no thread: it works before and after a
 * program has locked itself into a sandbox. It is for use by one thread at a time.
 */

#define MIGDESC_TYPE_BACKEND (migdesc_backend_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescBackend, migdesc_backend, MIGDESC, BACKEND, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescBackend *migdesc_backend_new (const MigdescModelTable *table,
                                     MigdescStateType *type,
                                     GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescBackend *migdesc_backend_new_from_descriptor (MigdescDescriptor *descriptor,
                                                     const char *model,
                                                     MigdescStateType *type,
                                                     GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_backend_set_version_limit (MigdescBackend *backend,
                                            const char *version,
                                            GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_backend_set_incoming (MigdescBackend *backend, gboolean incoming);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_backend_set_capabilities (MigdescBackend *backend,
                                       const char *type,
                                       const char *const *features);

MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_backend_get_descriptor (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
MigdescModel *migdesc_backend_get_model (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_backend_get_state_type (MigdescBackend *backend);

MIGDESC_AVAILABLE_IN_1_0
int migdesc_backend_run_options (MigdescBackend *backend, int *argc, char ***argv);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_backend_parse_args (MigdescBackend *backend,
                                   const char *const *args,
                                   GError **error);
MIGDESC_AVAILABLE_IN_1_0
GOptionGroup *migdesc_backend_get_option_group (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_backend_dup_mistakes (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_backend_dup_answer (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_backend_configure (MigdescBackend *backend,
                                    const MigdescParamList *list,
                                    GError **error);

MIGDESC_AVAILABLE_IN_1_0
MigdescConfig *migdesc_backend_get_config (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_backend_read_config (MigdescBackend *backend, gpointer config);
MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_backend_get_value (MigdescBackend *backend, const char *param);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_backend_get_params (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_backend_get_version (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_backend_get_state_version (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_backend_get_blocker (MigdescBackend *backend);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_backend_add_device (MigdescBackend *backend,
                                     MigdescDeviceSet *set,
                                     const char *id,
                                     const MigdescDeviceFuncs *funcs,
                                     gpointer device,
                                     GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_backend_wants_test (MigdescBackend *backend);
MIGDESC_AVAILABLE_IN_1_0
int migdesc_backend_run_test (MigdescBackend *backend, MigdescDeviceSet *set);

G_END_DECLS
