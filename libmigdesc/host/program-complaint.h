/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a program printed on stderr, kept for the message about its failure: the end of it, bounded.
 */

#define MIGDESC_COMPLAINT_KEPT 4096

typedef struct
{
  GString *text;
  gboolean cut; /* the beginning is not there any more */
} MigdescComplaint;

void migdesc_complaint_init (MigdescComplaint *complaint);
void migdesc_complaint_clear (MigdescComplaint *complaint);
void migdesc_complaint_append (MigdescComplaint *complaint, const char *text, gsize length);
/* One escaped line: all of it if that is short; else its first and its last line, where programs
 * say what is wrong. Empty if there is nothing but white space. */
char *migdesc_complaint_to_string (const MigdescComplaint *complaint);

G_END_DECLS
