/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The version of the library that a program runs with, as opposed to
 * MigdescVersion, a version of a model. */

#pragma once

#if !defined (MIGDESC_INSIDE) && !defined (MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

/**
 * SECTION:migdesc-library-version
 * @title: Version in use
 * @short_description: the library that a program runs with
 *
 * The version of the library that a program runs with, which may be newer than the
 * one it was built with. Within one soname newer versions only add.
 */

#include <glib.h>
#include <migdesc/migdesc-macros.h>

G_BEGIN_DECLS

MIGDESC_AVAILABLE_IN_1_0
guint    migdesc_get_major_version (void);

MIGDESC_AVAILABLE_IN_1_0
guint    migdesc_get_minor_version (void);

MIGDESC_AVAILABLE_IN_1_0
guint    migdesc_get_micro_version (void);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_check_version     (guint major,
                                    guint minor,
                                    guint micro);

G_END_DECLS
