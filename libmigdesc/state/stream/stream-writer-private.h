/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/format.h"
#include "state/stream/manifest-private.h"
#include "state/stream/stream-device.h"
#include "state/stream/stream-old.h"
#include "state/walk/walk-go.h"

G_BEGIN_DECLS

typedef enum
{
  MIGDESC_WRITER_AT_BEGIN,
  MIGDESC_WRITER_AT_DEVICE, /* between devices */
  MIGDESC_WRITER_AT_STATE,  /* within one */
  MIGDESC_WRITER_AT_END,
  MIGDESC_WRITER_FAILED
} MigdescWriterStage;

struct _MigdescStreamWriter
{
  GObject parent_instance;

  const MigdescFormat *format;
  MigdescStreamVisitor *visitor;
  gboolean embed_schemas;
  GPtrArray *devices; /* MigdescStreamDevice */
  MigdescManifest *manifest; /* NULL: to be made */

  MigdescWriterStage stage;
  guint n_done; /* devices */
  MigdescWalk walk;
  GError *error; /* the first: from then on every call fails with it */

  MigdescProgressFunc progress;
  gpointer progress_data;
  GDestroyNotify progress_destroy;
};

/* A device of a type, with neither struct nor tree yet; 0: the newest version. */
MigdescStreamDevice *migdesc_stream_writer_add_typed (MigdescStreamWriter *writer,
                                                      const char *id,
                                                      MigdescParamList *params,
                                                      MigdescStateType *type,
                                                      guint state_version,
                                                      GError **error);
/* It was not added after all. Always FALSE. */
gboolean migdesc_stream_writer_take_back (MigdescStreamWriter *writer,
                                          const char *id,
                                          GError **error);
/* Goes on by at least a step, until there is output to take or the end. */
gboolean migdesc_stream_writer_go (MigdescStreamWriter *writer, GError **error);
/* What it was to save is no more: it has no devices, and fails if it is not finished. */
void migdesc_stream_writer_detach (MigdescStreamWriter *writer);
/* The output has been taken; the array is empty. */
void migdesc_stream_writer_taken (MigdescStreamWriter *writer, gsize n);

G_END_DECLS
