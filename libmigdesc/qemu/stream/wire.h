/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/dump/dump-core.h"
#include "qemu/dump/known-core.h"

G_BEGIN_DECLS

/* What of a description is on the wire, in order, and what may be.
 *
 * A struct leaves no trace in a stream: its fields follow each other as if they were the parent's,
 * and its version is not sent. So a description is a flat list of tokens, in which the names of the
 * fields without parts are all that tells who is who. A struct that the device may leave out is a
 * guard in front of its fields; an array of structs, where the dump tells its count, is a token of
 * its own. */

#define MIGDESC_QEMU_ANY_BYTES G_MAXUINT64

typedef enum
{
  MIGDESC_QEMU_TOKEN_LEAF,
  MIGDESC_QEMU_TOKEN_GUARD,      /* what follows up to `end` is there or not */
  MIGDESC_QEMU_TOKEN_ARRAY,      /* of structs */
  MIGDESC_QEMU_TOKEN_SUBSECTIONS /* the place where those of `description` may come */
} MigdescQemuTokenKind;

typedef struct _MigdescQemuScope MigdescQemuScope;
struct _MigdescQemuScope
{
  const MigdescQemuScope *outer; /* NULL: the list's own description */
  const char *name;              /* of the field that the struct is; NULL for the list's own */
  const MigdescQemuDescriptionCore *description;
};

typedef struct _MigdescQemuWire MigdescQemuWire;

typedef struct
{
  MigdescQemuTokenKind kind;
  gboolean maybe;     /* a leaf or array: the device decides */
  gboolean is_unused; /* padding */
  gboolean is_actual; /* as in MigdescQemuFieldCore */
  gboolean is_open;
  gboolean is_shared; /* a leaf: the other side has one of this name */
  gint32 count;       /* -1: of a single or variable one, or not told */
  gboolean is_countless; /* nothing tells counts on this side: it may be several */
  guint end;          /* of a guard: the token behind what it guards */
  guint guard;        /* the innermost guard around, as its position plus 1; 0: none */
  guint64 size;
  guint64 bytes;      /* in all; MIGDESC_QEMU_ANY_BYTES: another field says */
  const char *name;   /* by which it is compared, after renames */
  const char *shown;  /* as the dump has it */
  const char *reason; /* of the rename; NULL */
  const MigdescQemuScope *scope;
  const MigdescQemuDescriptionCore *description; /* of a guard or subsections */
  const MigdescQemuWire *element;                /* of an array */
  gboolean is_never_empty; /* an array: some of its bytes are there for sure */
} MigdescQemuToken;

/* A field that is left out since the version is too old for it. */
typedef struct
{
  const char *name;
  gint32 version;
} MigdescQemuGated;

struct _MigdescQemuWire
{
  const MigdescQemuDescriptionCore *description;
  const MigdescQemuToken *tokens;
  guint n_tokens;
  const MigdescQemuGated *gated;
  guint n_gated;
};

/* What all lists of a comparison share. */
typedef struct
{
  MigdescArena *arena;
  const MigdescQemuKnownCore *known; /* NULL */
  gboolean has_counts[2];            /* of the source, of the destination */
  /* The source is what a stream has. Then a struct that is not in it may be an array without
   * elements; and names have numbers that dumps do not have. */
  gboolean is_for_stream;
} MigdescQemuWireSetup;

typedef enum
{
  MIGDESC_QEMU_SENT,
  MIGDESC_QEMU_READ
} MigdescQemuSide;

/* What is sent, or read, of a description in one of its versions. */
const MigdescQemuWire *migdesc_qemu_wire_new (const MigdescQemuWireSetup *setup,
                                              MigdescQemuSide side,
                                              const MigdescQemuDescriptionCore *description,
                                              gint32 version);
/* Sets is_shared in both. Once for a pair. */
void migdesc_qemu_wire_relate (const MigdescQemuWire *source,
                               const MigdescQemuWire *destination);
/* Whether a token is there or not for reasons of its own or of a guard around it. */
static inline gboolean
migdesc_qemu_token_is_maybe (const MigdescQemuToken *token)
{
  return token->maybe || token->guard != 0;
}

/* Without the numbers that tell fields of one name apart: "config[1]", "dev[1..5]" */
const char *migdesc_qemu_plain_name (const char *name, MigdescArena *arena);
/* Since which version the field is read; 0: it is not gated. */
gint32 migdesc_qemu_wire_find_gate (const MigdescQemuWire *wire, const char *name);

G_END_DECLS
