/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The hosts of a fleet as two columns, 8 bytes a host: the number of its shape, and where its name
 * begins. Names follow each other in one block and end in NUL. An index by name is made when
 * somebody asks for one, and is let go by migdesc_roster_trim().
 *
 * Shared by reference count: who changes a roster that others hold gets a copy of its own. */

#define MIGDESC_ROSTER_NONE G_MAXUINT32

typedef struct
{
  gatomicrefcount ref_count;
  guint32 n;
  guint32 n_allocated;
  guint32 *shapes;
  guint32 *name_offsets;
  char *names;
  guint32 names_size;
  guint32 names_allocated;
  guint32 names_dead; /* bytes of names of rows that are gone */
  guint64 *index; /* nullable; the name's hash above position + 1; 0: free */
  guint32 n_slots; /* a power of two */
  guint32 n_repeated; /* rows whose name another row had before */
} MigdescRoster;

MigdescRoster *migdesc_roster_new (void);
MigdescRoster *migdesc_roster_ref (MigdescRoster *roster);
void migdesc_roster_unref (MigdescRoster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescRoster, migdesc_roster_unref)

/* Makes *@roster one that nobody else holds, and gives it. */
MigdescRoster *migdesc_roster_own (MigdescRoster **roster);

static inline const char *
migdesc_roster_name (const MigdescRoster *roster, guint32 position)
{
  return roster->names + roster->name_offsets[position];
}

/* The first row of that name, or MIGDESC_ROSTER_NONE. */
guint32 migdesc_roster_find (MigdescRoster *roster, const char *name, gsize length);
/* Whether there is room for one more name. */
gboolean migdesc_roster_has_room (const MigdescRoster *roster, gsize length);
/* The new row's position, where there is room. *@repeated: a row had the name before. */
guint32 migdesc_roster_add (MigdescRoster *roster, const char *name, gsize length, guint32 shape,
                            gboolean *repeated);
/* The last row takes its place. */
void migdesc_roster_remove (MigdescRoster *roster, guint32 position);
/* Gives back what is only there to grow, and the index. */
void migdesc_roster_trim (MigdescRoster *roster);
/* Bytes of the columns with the index, and of the names. */
gsize migdesc_roster_columns_size (const MigdescRoster *roster);
gsize migdesc_roster_names_size (const MigdescRoster *roster);

G_END_DECLS
