/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/resolve-field.h"
#include "state/type-private.h"

G_BEGIN_DECLS

/* version: the state version that the writer writes; 0 for the newest that both have. */
void migdesc_state_resolve (MigdescStateType *writer,
                            MigdescStateType *reader,
                            guint version,
                            const MigdescResolveVoice *voice,
                            MigdescResolveFunc found,
                            gpointer data);

G_END_DECLS
