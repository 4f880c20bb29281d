/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What programs have answered, a file each in a folder of the user's own. An entry is of one
 * program with its arguments on one host, and replaced by its next answer; it is good as long as
 * the program's file has this size and time of change, until the next boot. Whatever is wrong with
 * an entry, it is as if there were none. */

/* At most so many entries are kept: when another one is, the oldest goes. */
#define MIGDESC_ANSWERS_MAX 1024

/* What an answer depends on; NULL where its file cannot be looked at. */
char *migdesc_answer_cache_make_key (const char *const *argv);
/* NULL: there is none. */
GBytes *migdesc_answer_cache_load (const char *folder,
                                   const char *const *argv,
                                   const char *key);
/* Makes the folder too. That an answer cannot be kept is no reason to refuse it. */
void migdesc_answer_cache_store (const char *folder,
                                 const char *const *argv,
                                 const char *key,
                                 GBytes *answer);

G_END_DECLS
