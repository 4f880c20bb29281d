/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/json-reader.h"
#include "base/json-writer.h"
#include "model/core.h"

G_BEGIN_DECLS

typedef struct _MigdescDecoder MigdescDecoder;
typedef struct _MigdescEncoder MigdescEncoder;
typedef struct _MigdescMember MigdescMember;

/* The dialects that are JSON objects. A document starts by fitting all of them, and each member
 * that it has leaves those that have this member: what is left in the end is what the document
 * is. */
typedef enum
{
  MIGDESC_IN_NATIVE = 1 << 0,
  MIGDESC_IN_V3 = 1 << 1,
  MIGDESC_IN_MINMAX = 1 << 2,
  MIGDESC_IN_V4 = 1 << 3,
  MIGDESC_IN_V1 = 1 << 4,
  MIGDESC_IN_V3_LIKE = MIGDESC_IN_NATIVE | MIGDESC_IN_V3 | MIGDESC_IN_MINMAX,
  MIGDESC_IN_OBJECTS = MIGDESC_IN_V3_LIKE | MIGDESC_IN_V4
} MigdescDialects;

/* The JSON that a member wants. */
typedef enum
{
  MIGDESC_WANT_ANY,
  MIGDESC_WANT_STRING,
  MIGDESC_WANT_BOOL,
  MIGDESC_WANT_ARRAY,
  MIGDESC_WANT_OBJECT,
  MIGDESC_WANT_NUMBER_OR_STRING
} MigdescWant;

/* One member of one kind of object: the only place that knows its name. Reading, writing and
 * finding out what a conversion lost all walk these tables. Records are those of model/core.h. */
struct _MigdescMember
{
  const char *name;
  guint8 length;
  guint8 want;     /* MigdescWant */
  guint8 dialects; /* MigdescDialects */
  guint16 needs;   /* members to be read before, a bit for each position in the table */
  guint16 offset;  /* of the record's field, for those that share their functions */
  void (*read) (MigdescDecoder *decoder, const MigdescMember *member, gpointer record);
  gboolean (*is_set) (const MigdescEncoder *encoder,
                      const MigdescMember *member,
                      gconstpointer record);
  void (*write) (MigdescEncoder *encoder, const MigdescMember *member, gconstpointer record);
};

#define MIGDESC_MEMBER_NAME(text) (text), sizeof (text) - 1

#define MIGDESC_SHAPE_MEMBERS_MAX 12

typedef struct
{
  const char *what; /* "param", for messages */
  const MigdescMember *members; /* in canonical order */
  guint8 n_members;
  guint16 required; /* bits by position */
  guint16 extra_offset; /* of the record's unknown members */
  /* if not 0, the extra is in a second record that the first points to here, */
  guint16 more_offset;
  gpointer (*get_more) (MigdescDecoder *decoder); /* and that this one makes */
} MigdescShape;

extern const MigdescShape migdesc_document_shape;
extern const MigdescShape migdesc_model_shape;
extern const MigdescShape migdesc_param_shape;
extern const MigdescShape migdesc_version_shape;
extern const MigdescShape migdesc_constraint_shape;

/* The position in the table, or n_members; @expected is tried first, since members mostly come in
 * the table's order. */
static inline guint
migdesc_shape_find (const MigdescShape *shape,
                    const MigdescJsonString *key,
                    guint expected)
{
  const MigdescMember *members = shape->members;
  guint n = shape->n_members;

  for (guint tried = 0, i = expected; tried < n; tried++, i++)
    {
      if (i >= n)
        i = 0;
      if (members[i].length == key->length
          && migdesc_bytes_equal (members[i].name, key->text, key->length))
        return i;
    }
  return n;
}

G_END_DECLS
