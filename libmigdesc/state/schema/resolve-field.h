/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field.h>

G_BEGIN_DECLS

/* What is found when a state of the writer's type is to be read as one of the reader's. The message
 * begins with the path. undecided: only the device can tell. */
typedef void (*MigdescResolveFunc) (gpointer data,
                                    const char *code,
                                    MigdescSeverity severity,
                                    gboolean undecided,
                                    const char *message);

/* What the sides are called. */
typedef struct
{
  const char *there; /* the writer's: "the source" */
  const char *here;  /* the reader's: "the destination" */
} MigdescResolveVoice;

typedef struct
{
  MigdescResolveFunc found;
  gpointer data;
  const MigdescResolveVoice *voice;
  GString *path; /* "queues[].", of the struct at hand */
  gboolean configured; /* the reader is a schema of one configuration: it has no gates */
} MigdescResolve;

void migdesc_resolve_say (const MigdescResolve *resolve,
                          const char *code,
                          MigdescSeverity severity,
                          gboolean undecided,
                          const char *leaf,
                          const char *format,
                          ...) G_GNUC_PRINTF (6, 7);

/* Two fields of one name, but for what they nest. FALSE: they are of different kinds. */
gboolean migdesc_resolve_field (const MigdescResolve *resolve,
                                const MigdescField *writer,
                                const MigdescField *reader);

G_END_DECLS
