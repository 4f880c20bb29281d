/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/json-reader.h"
#include "qemu/description/shape-build.h"
#include "qemu/device.h"

G_BEGIN_DECLS

typedef struct
{
  MigdescJsonReader *reader;
  MigdescQemuShapes *shapes;
  /* what is read */
  guint32 page_size;  /* 0: not said */
  GArray *devices;    /* MigdescQemuDevice */
  const MigdescQemuShape *configuration; /* nullable */
} MigdescQemuRead;

/* A struct's own members, as they come: of a device, a field or a subsection. */
typedef struct
{
  const char *name; /* vmsd_name; nullable */
  guint32 version;
  guint seen;
  GArray *fields;         /* MigdescQemuField; nullable */
  GPtrArray *subsections; /* MigdescQemuShape; nullable */
} MigdescQemuBody;

/* Whether the key is one of a body; if so *taken says whether it could be read. */
gboolean migdesc_qemu_body_read (MigdescQemuRead *read,
                                 MigdescQemuBody *body,
                                 const MigdescJsonString *key,
                                 gboolean *taken);
/* What was read becomes a shape, and the body empty. NULL: the reader has failed. */
const MigdescQemuShape *migdesc_qemu_body_finish (MigdescQemuRead *read, MigdescQemuBody *body);
void migdesc_qemu_body_clear (MigdescQemuBody *body);

gboolean migdesc_qemu_read_name (MigdescQemuRead *read, const char **name);
gboolean migdesc_qemu_read_uint32 (MigdescQemuRead *read, guint32 *number);

/* All of a description. FALSE: the reader has failed. */
gboolean migdesc_qemu_description_read (MigdescQemuRead *read);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescQemuBody, migdesc_qemu_body_clear)

G_END_DECLS
