/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/formats/json.h"

G_BEGIN_DECLS

/* A JSON text under the eyes of a visitor that asks for members by name.
 *
 * As long as members come in the order in which they are asked for, each is read once. What comes
 * before the one asked for is passed over, and its place kept: what is asked for later is there.
 * What nobody has asked for by the end of its object is an error. */

#define MIGDESC_JSON_IN_DEPTH (MIGDESC_STATE_DEPTH_MAX + 8)

/* Where a stream is, behind its manifest. */
typedef enum
{
  MIGDESC_JSON_STAGE_SCHEMAS,
  MIGDESC_JSON_STAGE_SCHEMA,
  MIGDESC_JSON_STAGE_DEVICES,
  MIGDESC_JSON_STAGE_DEVICE
} MigdescJsonStage;

/* A member that was passed over. */
typedef struct
{
  const char *key;
  guint32 length;
  guint32 offset; /* of the value */
  guint32 key_offset;
  guint values_left;
} MigdescJsonPassed;

typedef struct
{
  gboolean is_object;
  gboolean away;       /* at a member that had been passed over; goes on at the mark */
  gboolean ended;      /* its bracket has been read */
  guint32 start;       /* the opening bracket */
  guint first_passed;  /* of its own among those passed over */
  guint hint;
  guint64 n;           /* elements that have been begun */
  guint64 count;       /* how many there have to be */
  MigdescJsonMark mark;
} MigdescJsonFrame;

typedef struct
{
  MigdescStreamVisitor parent_instance;
  MigdescJsonReader reader;
  gboolean reading; /* reader is in use */
  gsize place;      /* of the value at hand, for errors */
  gboolean absent;  /* the pointer at hand is null */
  MigdescJsonStage stage;
  guint n_devices;
  guint next_device;
  guint depth;
  MigdescJsonFrame frames[MIGDESC_JSON_IN_DEPTH + 1];
  GArray *passed; /* MigdescJsonPassed, of all open objects */
  MigdescLimits *limits;

  /* a buffer under way */
  MigdescJsonString text;
  gsize text_done;
  gsize bytes_left;
  guint n_carried;
  guint8 carried[3];
} MigdescJsonLoader;

/* Reports what the reader has to say. Always FALSE. */
gboolean migdesc_json_in_fail (MigdescJsonLoader *loader, GError **error);

/* To the value of a member, or the next element if name is NULL. */
gboolean migdesc_json_in_enter (MigdescJsonLoader *loader, const char *name, GError **error);
/* The same for what may not be there. FALSE without an error: it is not. */
gboolean migdesc_json_in_enter_optional (MigdescJsonLoader *loader,
                                         const char *name,
                                         GError **error);
/* To the member only if it is the very next one. FALSE: it is not, or the reader has failed. */
gboolean migdesc_json_in_enter_next (MigdescJsonLoader *loader, const char *name);
gboolean migdesc_json_in_open_object (MigdescJsonLoader *loader, GError **error);
gboolean migdesc_json_in_close_object (MigdescJsonLoader *loader, GError **error);
gboolean migdesc_json_in_open_array (MigdescJsonLoader *loader,
                                     gboolean known,
                                     guint64 *count,
                                     GError **error);
gboolean migdesc_json_in_close_array (MigdescJsonLoader *loader, GError **error);

void migdesc_json_loader_class_set_values (MigdescVisitorClass *klass);

/* Of a document in JSON: those of the caller, where they were set. */
MigdescLimits *migdesc_json_in_new_limits (const MigdescLimits *limits);

G_END_DECLS
