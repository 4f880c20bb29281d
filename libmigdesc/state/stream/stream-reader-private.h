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
  MIGDESC_READER_AT_EVENT,  /* what comes next is not known */
  MIGDESC_READER_AT_DEVICE, /* a device, its state has not begun */
  MIGDESC_READER_AT_STATE,  /* within one */
  MIGDESC_READER_BEHIND,    /* its fields are read */
  MIGDESC_READER_AT_END
} MigdescReaderStage;

struct _MigdescStreamReader
{
  GObject parent_instance;

  const MigdescFormat *format; /* NULL: to be found out */
  gboolean is_made;            /* by migdesc_stream_reader_new */
  gboolean detects;            /* format was not given */
  MigdescStreamVisitor *visitor;
  MigdescStreamVisitor *last_visitor; /* before a restart: its memory is used again */
  MigdescLimits *limits;
  guint64 size_limit;
  GPtrArray *expected; /* MigdescStreamDevice */
  GPtrArray *trees;    /* the same, of states that are read because nothing is expected */
  MigdescManifest *manifest; /* NULL: not read yet */
  MigdescManifest *last_manifest; /* of the stream before a restart */
  GHashTable *named;   /* the digests in the manifest; NULL: not asked for yet */
  GHashTable *schemas; /* digest to canonical JSON: those in the stream */
  GHashTable *made;    /* digest to MigdescStateType: by which states are read */
  guint64 n_fields; /* of the schemas that were made */
  GPtrArray *types; /* MigdescStateType: those that were added */

  GByteArray *pending; /* fed and not used */
  guint reserved_at; /* in pending */
  guint64 fed;
  gboolean has_ended;

  MigdescReaderStage stage;
  guint n_done; /* devices */
  MigdescStreamDevice *target; /* of the device at hand */
  MigdescWalk walk;
  GError *error; /* the first: from then on every call fails with it */

  MigdescProgressFunc progress;
  gpointer progress_data;
  GDestroyNotify progress_destroy;
};

/* Goes on as far as the visitor's input goes. */
gboolean migdesc_stream_reader_go (MigdescStreamReader *reader, GError **error);
/* Has a device that is expected loaded into a tree, if its state is of the newest version: what
 * takes little in a stream may be much as a struct. Else the struct is loaded, and no tree. */
void migdesc_stream_reader_prefer_tree (MigdescStreamReader *reader, const char *id);
MigdescState *migdesc_stream_reader_dup_tree (MigdescStreamReader *reader, const char *id);
/* What it was to load into is no more: it expects nothing, and fails if it is not finished. */
void migdesc_stream_reader_detach (MigdescStreamReader *reader);
/* What a manifest or a schema is to the devices that are expected. */
gboolean migdesc_stream_reader_take_manifest (MigdescStreamReader *reader,
                                              const char *text,
                                              gsize length,
                                              GError **error);
gboolean migdesc_stream_reader_take_schema (MigdescStreamReader *reader,
                                            const MigdescStreamEvent *event,
                                            GError **error);

/* Who takes the state of a device in the manifest: the device that is expected, or a new tree. */
MigdescStreamDevice *migdesc_stream_reader_find_target (MigdescStreamReader *reader,
                                                        guint device,
                                                        GError **error);

/* How many bytes to read before the next call makes sense; 0: the stream is complete. */
gsize migdesc_stream_reader_get_wanted (MigdescStreamReader *reader);
/* Where so many bytes as are wanted can be read into. */
guint8 *migdesc_stream_reader_reserve (MigdescStreamReader *reader, gsize wanted);
/* n of the bytes reserved were read, at the end none; -1: nothing happened. */
void migdesc_stream_reader_keep (MigdescStreamReader *reader, gssize n);
/* What was kept is used: n bytes; 0: the end. */
gboolean migdesc_stream_reader_commit (MigdescStreamReader *reader, gsize n, GError **error);

G_END_DECLS
