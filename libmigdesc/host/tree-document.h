/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-types.h>

#include "host/tree-layout.h"

G_BEGIN_DECLS

/* What the attributes of a type say, as a document of the dialect that their layout belongs to, so
 * that the rules of documents are checked in one place. */

/* From an offset on, the text was made of this attribute; NULL: of the type as such. */
typedef struct
{
  gsize offset;
  char *file;
} MigdescTreePart;

typedef struct
{
  GBytes *text;
  MigdescDialect dialect; /* or AUTO */
  char *origin;           /* the file that the text is, or the type's directory */
  GArray *parts;          /* MigdescTreePart by offset; NULL where the text is a file */
} MigdescTreeDocument;

/* @name is the type's. The text is at most @limit bytes long, or an attribute more. */
MigdescTreeDocument *migdesc_tree_document_new (const MigdescTreeDirectory *root,
                                                const MigdescTreeDirectory *type, const char *name,
                                                MigdescTreeLayout layout, guint64 limit,
                                                GError **error);
void migdesc_tree_document_free (MigdescTreeDocument *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescTreeDocument, migdesc_tree_document_free)

G_END_DECLS
