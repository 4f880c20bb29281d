/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which symbols are exported, and since which version.
 *
 * A release that adds symbols, say 1.2, adds MIGDESC_VERSION_1_2 and the block
 * of MIGDESC_AVAILABLE_IN_1_2 at the end of this file.
 */

#pragma once

#if !defined (MIGDESC_INSIDE) && !defined (MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

/**
 * SECTION:migdesc-macros
 * @title: Version macros
 * @short_description: keep to what a given series offers
 *
 * A program that must also build with an older libmigdesc asks the compiler for help:
 *
 * |[<!-- language="C" -->
 * #define MIGDESC_VERSION_MAX_ALLOWED MIGDESC_VERSION_1_0
 * #include <migdesc/migdesc.h>
 * ]|
 *
 * Whatever came later than 1.0 now gives a warning.
 */

#include <glib.h>
#include <migdesc/migdesc-version-numbers.h>

#ifndef _MIGDESC_PUBLIC
#if defined (MIGDESC_COMPILATION) && defined (__GNUC__)
#define _MIGDESC_PUBLIC __attribute__ ((visibility ("default"))) extern
#else
#define _MIGDESC_PUBLIC extern
#endif
#endif

/**
 * MIGDESC_VERSION_1_0:
 *
 * The 1.0 series, for %MIGDESC_VERSION_MIN_REQUIRED and
 * %MIGDESC_VERSION_MAX_ALLOWED.
 *
 * Since: 1.0
 */
#define MIGDESC_VERSION_1_0 (G_ENCODE_VERSION (1, 0))

/* The series that this copy of the headers belongs to. */
#define _MIGDESC_VERSION_SERIES \
  (G_ENCODE_VERSION (MIGDESC_MAJOR_VERSION, MIGDESC_MINOR_VERSION))

/**
 * MIGDESC_VERSION_MIN_REQUIRED:
 *
 * The oldest series that a program wants to build with, such as
 * %MIGDESC_VERSION_1_0. Define it before including the header.
 *
 * What was deprecated in that series or before gives a compiler warning; what was
 * deprecated later does not. The series of the headers when not defined.
 *
 * Since: 1.0
 */
#ifndef MIGDESC_VERSION_MIN_REQUIRED
#define MIGDESC_VERSION_MIN_REQUIRED _MIGDESC_VERSION_SERIES
#elif MIGDESC_VERSION_MIN_REQUIRED == 0
#undef MIGDESC_VERSION_MIN_REQUIRED
#define MIGDESC_VERSION_MIN_REQUIRED _MIGDESC_VERSION_SERIES
#endif

/**
 * MIGDESC_VERSION_MAX_ALLOWED:
 *
 * The newest series whose symbols a program wants to use, such as
 * %MIGDESC_VERSION_1_0. Define it before including the header.
 *
 * Use of a newer symbol gives a compiler warning. The series of the headers when
 * not defined.
 *
 * Since: 1.0
 */
#ifndef MIGDESC_VERSION_MAX_ALLOWED
#define MIGDESC_VERSION_MAX_ALLOWED _MIGDESC_VERSION_SERIES
#elif MIGDESC_VERSION_MAX_ALLOWED == 0
#undef MIGDESC_VERSION_MAX_ALLOWED
#define MIGDESC_VERSION_MAX_ALLOWED _MIGDESC_VERSION_SERIES
#endif

#if MIGDESC_VERSION_MIN_REQUIRED < MIGDESC_VERSION_1_0
#error "MIGDESC_VERSION_MIN_REQUIRED must be MIGDESC_VERSION_1_0 or newer"
#endif
#if MIGDESC_VERSION_MAX_ALLOWED < MIGDESC_VERSION_MIN_REQUIRED
#error "MIGDESC_VERSION_MAX_ALLOWED must not be older than MIGDESC_VERSION_MIN_REQUIRED"
#endif
#if MIGDESC_VERSION_MIN_REQUIRED > _MIGDESC_VERSION_SERIES
#error "MIGDESC_VERSION_MIN_REQUIRED asks for a newer libmigdesc than the one installed"
#endif

#ifdef MIGDESC_DISABLE_DEPRECATION_WARNINGS
#define _MIGDESC_DEPRECATED(replacement)
#define _MIGDESC_UNAVAILABLE(major, minor)
#else
#define _MIGDESC_DEPRECATED(replacement) G_DEPRECATED_FOR (replacement)
#define _MIGDESC_UNAVAILABLE(major, minor) G_UNAVAILABLE (major, minor)
#endif

#if MIGDESC_VERSION_MIN_REQUIRED >= MIGDESC_VERSION_1_0
#define MIGDESC_DEPRECATED_IN_1_0_FOR(replacement) \
  _MIGDESC_DEPRECATED (replacement) _MIGDESC_PUBLIC
#else
#define MIGDESC_DEPRECATED_IN_1_0_FOR(replacement) _MIGDESC_PUBLIC
#endif

#if MIGDESC_VERSION_MAX_ALLOWED < MIGDESC_VERSION_1_0
#define MIGDESC_AVAILABLE_IN_1_0 _MIGDESC_UNAVAILABLE (1, 0) _MIGDESC_PUBLIC
#else
#define MIGDESC_AVAILABLE_IN_1_0 _MIGDESC_PUBLIC
#endif
