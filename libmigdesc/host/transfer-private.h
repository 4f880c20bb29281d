/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-transfer.h>

G_BEGIN_DECLS

struct _MigdescTransfer
{
  GObject parent_instance;

  MigdescDeviceSet *set;
  MigdescStreamWriter *writer; /* of a save */
  MigdescStreamReader *reader; /* of a load */
  GBytes *chunk;               /* nullable: taken from the writer, and not gone yet */
  gsize used;                  /* bytes of it that are */
  guint64 n_bytes;
  gboolean is_done;    /* written, or read, to the end */
  gboolean is_checked; /* and found good */
  GError *error;       /* the first: from then on every call fails with it */
};

/* Makes sure that there is a chunk with bytes. FALSE: an error. At the end there is none. */
gboolean migdesc_transfer_fill (MigdescTransfer *transfer, GError **error);
/* n bytes of the chunk have gone. */
void migdesc_transfer_use (MigdescTransfer *transfer, gsize n);
/* Keeps the error, and gives it. Always FALSE. */
gboolean migdesc_transfer_fail (MigdescTransfer *transfer, GError *taken, GError **error);
/* FALSE: it has failed before. */
gboolean migdesc_transfer_is_good (MigdescTransfer *transfer, GError **error);

G_END_DECLS
