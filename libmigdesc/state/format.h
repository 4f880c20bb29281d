/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/plan/plan.h"
#include "state/visitor/visitor-private.h"

G_BEGIN_DECLS

/* A format of streams is one file: a subclass of this in each direction it has, and a row in the
 * table of formats. Nothing else knows it. A stream is a manifest, maybe schemas, and the state of
 * each device in the manifest's order; the state itself comes through the MigdescVisitor.
 *
 * A call may be blocked: it returns FALSE without an error, having done nothing, and sets
 * visitor->priv->blocked; it is called again when there is more data, or when what was written has
 * been taken. A format that has no need of this reads only once all data are there, and never
 * blocks when it writes. */

typedef enum
{
  MIGDESC_STREAM_MANIFEST, /* text, length: canonical JSON */
  MIGDESC_STREAM_SCHEMA,   /* digest, text, length: canonical JSON, not compared with it yet */
  MIGDESC_STREAM_DEVICE,   /* device: its position in the manifest; its state follows */
  MIGDESC_STREAM_END       /* nothing follows */
} MigdescStreamEventKind;

typedef struct
{
  MigdescStreamEventKind kind;
  guint device;
  char *digest;     /* "sha256:" and 64 hexadecimal digits */
  const char *text; /* not NUL-terminated: it may be where the input is */
  gsize length;
  char *owned; /* nullable: memory of the text */
} MigdescStreamEvent;

void migdesc_stream_event_clear (MigdescStreamEvent *event);
/* Takes a text that is not in the input. */
void migdesc_stream_event_take_text (MigdescStreamEvent *event, char *text, gsize length);

#define MIGDESC_TYPE_STREAM_VISITOR (migdesc_stream_visitor_get_type ())
GType migdesc_stream_visitor_get_type (void);

typedef struct
{
  MigdescVisitor parent_instance;

  /* On load: what has been fed and not been used; not the format's memory, and only there during
   * a call. What it uses it takes off by migdesc_stream_visitor_use_input. */
  const guint8 *input;
  gsize input_length;
  guint64 input_offset;  /* of input in the stream */
  gboolean input_ended;  /* no more will be fed */
  gsize input_wanted;    /* set when blocked: no use calling before there is so much; 0: unknown */
  gsize input_ahead;     /* so much more belongs to the stream for sure */
  /* Set when blocked: where the next bytes are to be put, instead of behind the input; who feeds
   * counts them. NULL: nowhere else. */
  guint8 *direct;
  gsize direct_length;
  gsize direct_done;
  guint64 size_limit;    /* of the stream; who feeds sees to it */

  /* On save: what has been written and not been taken. All of it may be taken when a call was
   * blocked and behind end_device and end_stream. */
  GByteArray *output;
  guint64 output_offset; /* of output in the stream */
  /* Bytes of the state itself that belong into the output, before its byte loan_at: for large
   * buffers, of which no copy is made. NULL: none. */
  const guint8 *loan;
  gsize loan_length;
  gsize loan_at;
} MigdescStreamVisitor;

typedef struct
{
  MigdescVisitorClass parent_class;

  /* All of these return FALSE, and an error, when they fail, or were blocked. */

  /* save, in this order; end_stream last */
  gboolean (*begin_stream) (MigdescStreamVisitor *visitor,
                            const char *manifest,
                            gsize length,
                            GError **error);
  gboolean (*write_schema) (MigdescStreamVisitor *visitor,
                            const char *digest,
                            const char *text,
                            gsize length,
                            GError **error);
  gboolean (*end_stream) (MigdescStreamVisitor *visitor, GError **error);
  /* instead of the rest, after a failure of the source: formats that cannot say so do nothing */
  void (*abort_stream) (MigdescStreamVisitor *visitor, const char *reason);

  /* load: what comes next. A device's state is between its event and end_device */
  gboolean (*next_event) (MigdescStreamVisitor *visitor,
                          MigdescStreamEvent *event,
                          GError **error);

  /* both: the state of the device at that position in the manifest. plan: NULL for a visit
   * function, which cannot be called again when it was blocked: on load, this blocks until all that
   * the function can ask for is there; on save, nothing blocks. With a plan, load knows which
   * sections may come. */
  gboolean (*begin_device) (MigdescStreamVisitor *visitor,
                            guint device,
                            const char *id,
                            const MigdescStatePlan *plan,
                            GError **error);
  gboolean (*end_device) (MigdescStreamVisitor *visitor, GError **error);

  /* load: what a limit of limits (NULL: the defaults) is to the format. Chain up. */
  void (*set_limits) (MigdescStreamVisitor *visitor, const MigdescLimits *limits);

  /* As a new visitor, but keeping its memory. Chain up. */
  void (*reset) (MigdescStreamVisitor *visitor);
} MigdescStreamVisitorClass;

#define MIGDESC_STREAM_VISITOR(object) ((MigdescStreamVisitor *) (object))
/* Without a look at its type. */
#define MIGDESC_STREAM_BASE(object) ((MigdescVisitor *) (object))
#define MIGDESC_STREAM_VISITOR_CLASS(klass) ((MigdescStreamVisitorClass *) (klass))
#define MIGDESC_STREAM_VISITOR_GET_CLASS(object) \
  (G_TYPE_INSTANCE_GET_CLASS ((object), MIGDESC_TYPE_STREAM_VISITOR, MigdescStreamVisitorClass))

/* Whether a visit has failed: error is what it failed with. */
gboolean migdesc_stream_visitor_is_failed (MigdescStreamVisitor *visitor, GError **error);

void migdesc_stream_visitor_set_limits (MigdescStreamVisitor *visitor,
                                        const MigdescLimits *limits);
void migdesc_stream_visitor_use_input (MigdescStreamVisitor *visitor, gsize n);

/* A pass_buffer () of a loader that has looked at all of the input before: the next bytes are those
 * of the buffer. */
gboolean migdesc_stream_visitor_copy_buffer (MigdescVisitor *visitor,
                                             guint8 *data,
                                             gsize length,
                                             GError **error);
/* How much output there is, with what is lent. */
gsize migdesc_stream_visitor_get_n_output (const MigdescStreamVisitor *visitor);
/* Copies what is lent into the output. */
void migdesc_stream_visitor_take_loan (MigdescStreamVisitor *visitor);
/* All of the output has been taken. */
void migdesc_stream_visitor_clear_output (MigdescStreamVisitor *visitor);
/* Sets visitor->priv->blocked. Always FALSE. */
gboolean migdesc_stream_visitor_block (MigdescStreamVisitor *visitor, gsize wanted);

typedef struct
{
  const char *name;        /* "binary", "json", ... */
  const char *description; /* for people, a few words */
  const char *suffix;      /* of files: ".mds" */
  GType (*save_type) (void); /* nullable: cannot be written */
  GType (*load_type) (void); /* nullable: cannot be read */
  /* Whether data that begin so are of this format; at least 16 bytes, or all there are. NULL if it
   * cannot be read. */
  gboolean (*detect) (const guint8 *data, gsize length);
} MigdescFormat;

/* In the order of detection; n is set to their number. */
const MigdescFormat *const *migdesc_formats_list (guint *n);
const MigdescFormat *migdesc_formats_find (const char *name);
const MigdescFormat *migdesc_formats_detect (const guint8 *data, gsize length);

extern const MigdescFormat migdesc_format_binary;
extern const MigdescFormat migdesc_format_json;
extern const MigdescFormat migdesc_format_cbor;
extern const MigdescFormat migdesc_format_der;
extern const MigdescFormat migdesc_format_text;
extern const MigdescFormat migdesc_format_size;

G_END_DECLS
