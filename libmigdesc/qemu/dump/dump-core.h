/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-qemu-dump.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/json-reader.h"
#include "base/json-writer.h"

G_BEGIN_DECLS

/* What a dump consists of, as plain records in the dump's arena. Versions are signed, since QEMU
 * holds them in an int. */

typedef struct _MigdescQemuFieldCore MigdescQemuFieldCore;
typedef struct _MigdescQemuDescriptionCore MigdescQemuDescriptionCore;

struct _MigdescQemuFieldCore
{
  const char *name;
  const MigdescQemuDescriptionCore *description; /* of a struct; NULL */
  guint64 size;       /* of an element, in bytes, in memory; 0: another field says */
  gint32 version;     /* in the description's versions from this one on */
  gint32 count;       /* of a fixed array; -1: not told */
  gboolean has_test;  /* "field_exists": the device decides, and the version does not count */
  /* Of what a stream has, never of a dump: */
  gboolean is_actual; /* the size is what was sent */
  gboolean is_open;   /* a size that dumps have another idea of */
};

struct _MigdescQemuDescriptionCore
{
  const char *name;
  gint32 version;
  gint32 minimum;
  guint n_fields;
  guint n_subsections;
  const MigdescQemuFieldCore *fields;
  const MigdescQemuDescriptionCore *subsections;
  gboolean lists_fields;      /* an empty list is written as one */
  gboolean lists_subsections;
};

typedef struct
{
  MigdescName name; /* of the QOM type, the member's; first, for the index */
  const char *type; /* "Name", which says the same again */
  gint32 version;
  gint32 minimum;
  const MigdescQemuDescriptionCore *description; /* NULL: none is given */
} MigdescQemuSectionCore;

typedef struct
{
  const char *machine; /* NULL */
  const MigdescQemuSectionCore *sections;
  guint n_sections;
  guint machine_position; /* the number of sections written before it */
  MigdescIndex index;     /* of the sections */
  gboolean has_counts;    /* some field tells its count: QEMU 8.1 and newer */
} MigdescQemuDumpCore;

/* FALSE: the reader has failed. */
gboolean migdesc_qemu_dump_read (MigdescJsonReader *reader,
                                 MigdescArena *arena,
                                 MigdescQemuDumpCore *core);
void migdesc_qemu_dump_write (const MigdescQemuDumpCore *core, MigdescJsonWriter *writer);
gboolean migdesc_qemu_description_core_equal (const MigdescQemuDescriptionCore *description,
                                              const MigdescQemuDescriptionCore *other);
gboolean migdesc_qemu_dump_core_equal (const MigdescQemuDumpCore *core,
                                       const MigdescQemuDumpCore *other);

/* As JSON; whether it is a valid schema its reader tells. */
char *migdesc_qemu_description_to_schema (const MigdescQemuDescriptionCore *description);

/* Takes the arena, which the core is in. */
MigdescQemuDump *migdesc_qemu_dump_new_for_core (MigdescArena *arena,
                                                 const MigdescQemuDumpCore *core);
const MigdescQemuDumpCore *migdesc_qemu_dump_get_core (MigdescQemuDump *dump);
const MigdescQemuSectionCore *migdesc_qemu_dump_core_find (const MigdescQemuDumpCore *core,
                                                           const char *name);

G_END_DECLS
