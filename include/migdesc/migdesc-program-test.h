/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <gio/gio.h>

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-limits.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-program-test
 * @title: Testing programs with each other
 * @short_description: save with one program, load with another, compare
 *
 * Whether programs of two versions can exchange the state of a device is known when they have done
 * so. A program is started twice over, once to save and once to load, with these options behind its
 * own:
 *
 * - `--migration-model MODEL --migration-version VERSION`: what the device is
 * - `--migration-test=save`: give the device a content for tests, print its state on standard
 *   output, and end
 * - `--migration-test=load`: load the device from standard input, print its state as it is then on
 *   standard output, and end
 *
 * States are streams that have the schemas of their states, of the state version that a device of
 * that version is saved as. As both programs print the same state version, what they print can be
 * compared value by value, whatever a newer program has renamed or added since. A program made with
 * #MigdescBackend does all this by migdesc_backend_run_test().
 *
 * Standard input is an open file that has no name, so that nothing is left behind, whatever
 * happens. Programs have a time limit and an output limit (%MIGDESC_LIMIT_PROGRAM_TIME,
 * %MIGDESC_LIMIT_PROGRAM_OUTPUT), and what they have started in their process group ends with them.
 */

MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_program_test_save (const char *const *argv,
                                   const char *model,
                                   const char *version,
                                   const MigdescLimits *limits,
                                   GCancellable *cancellable,
                                   GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_program_test_load (const char *const *argv,
                                    const char *model,
                                    const char *version,
                                    GBytes *state,
                                    const MigdescLimits *limits,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
