/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/schema/resolve-field.h"
#include "state/schema/type-private.h"

G_BEGIN_DECLS

/* version: the state version that the writer writes; 0 for the newest that both have. */
void migdesc_state_resolve (MigdescStateType *writer,
                            MigdescStateType *reader,
                            guint version,
                            const MigdescResolveVoice *voice,
                            MigdescResolveFunc found,
                            gpointer data);

/* Whether the type reads that version, by its table or by transforms. */
gboolean migdesc_state_resolve_can_read (MigdescStateType *type, guint version);

/* The writer's table and the reader's, which both have that version. */
void migdesc_resolve_tables (const MigdescResolve *resolve,
                             const MigdescStruct *writer,
                             const MigdescStruct *reader,
                             guint version);

G_END_DECLS
