/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/report-private.h"
#include "qemu/stream/input.h"
#include "qemu/stream/item.h"

G_BEGIN_DECLS

/* Going through a stream. Where a device's section ends only its footer tells, until the
 * description has come, which is behind all of them. So memory and what else has an end of its own
 * is passed at once, and the bytes of devices, with all that is between them, are held as spans;
 * when the description is known the spans are gone through again. */

typedef enum
{
  MIGDESC_QEMU_LIVE_OPAQUE,
  MIGDESC_QEMU_LIVE_RAM,
  MIGDESC_QEMU_LIVE_BITMAP
} MigdescQemuLiveKind;

/* What is sent in parts. */
typedef struct
{
  guint32 id;
  guint32 instance;
  MigdescQemuLiveKind kind;
  char *name;
  char *raw_name;
} MigdescQemuLive;

typedef enum
{
  MIGDESC_QEMU_FOOTERS_UNKNOWN,
  MIGDESC_QEMU_FOOTERS_THERE,
  MIGDESC_QEMU_FOOTERS_NONE
} MigdescQemuFooters;

typedef struct
{
  MigdescQemuInput *input;
  gboolean collecting; /* the first time: devices become spans */
  GPtrArray *items;    /* MigdescQemuItem */
  GPtrArray *findings; /* MigdescFindingCore */
  guint max_findings;
  guint64 n_omitted;
  gboolean omitted_blocker;
  gboolean is_undescribed; /* a section at least */
  GHashTable *live;    /* MigdescQemuLive by id */
  GPtrArray *blocks;   /* MigdescQemuBlock */
  GHashTable *block_names;
  MigdescQemuBlock *block; /* nullable: of the page before */
  MigdescQemuDescription *description; /* nullable */
  GHashTable *used; /* MigdescQemuDevice: how many times a section was of it */
  MigdescQemuFooters footers;
  guint32 page_size; /* 0: not known yet */
  guint64 search_limit; /* bytes of a section, or between two */
  char *machine;     /* nullable */
  gboolean ended;    /* the end mark was there */
  gboolean cut;      /* the end was in the middle of something */
  guint64 description_offset; /* of the text; 0: not seen */
  guint64 description_size;
} MigdescQemuScan;

void migdesc_qemu_scan_init (MigdescQemuScan *scan);
void migdesc_qemu_scan_clear (MigdescQemuScan *scan);

/* Takes what comes next. FALSE: there is nothing more, or no going on. */
gboolean migdesc_qemu_scan_next (MigdescQemuScan *scan);

/* The parts. Each is at the byte that says what it is. FALSE: no going on. */
gboolean migdesc_qemu_scan_header (MigdescQemuScan *scan, GError **error);
gboolean migdesc_qemu_scan_configuration (MigdescQemuScan *scan);
gboolean migdesc_qemu_scan_command (MigdescQemuScan *scan);
gboolean migdesc_qemu_scan_section (MigdescQemuScan *scan, MigdescQemuSectionKind kind);
/* A chunk of memory or of bitmaps, behind the section's header. FALSE: it is not as it has to be;
 * then a finding says what. */
gboolean migdesc_qemu_scan_ram (MigdescQemuScan *scan, MigdescQemuItem *item);
gboolean migdesc_qemu_scan_bitmap (MigdescQemuScan *scan, MigdescQemuItem *item);
/* The data of a device, behind the header: how many bytes they are. */
guint64 migdesc_qemu_scan_find_end (MigdescQemuScan *scan,
                                    const MigdescQemuItem *item,
                                    const MigdescQemuDevice *device);
/* Looks for a footer, from n bytes on: of the section id, or of any (G_MAXUINT64). TRUE: *at bytes
 * from here, and something plausible follows it. */
gboolean migdesc_qemu_scan_find_footer (MigdescQemuScan *scan, guint64 id, gsize n, gsize *at);
/* Whether something that can follow a section is at so many bytes from here. */
gboolean migdesc_qemu_scan_is_plausible (MigdescQemuScan *scan, gsize at);
/* What a description says of an item that has its data. */
void migdesc_qemu_scan_describe (MigdescQemuScan *scan,
                                 MigdescQemuItem *item,
                                 const MigdescQemuDevice *device);
const MigdescQemuDevice *migdesc_qemu_scan_take_device (MigdescQemuScan *scan,
                                                        const MigdescQemuItem *item);

MigdescQemuItem *migdesc_qemu_scan_add (MigdescQemuScan *scan, MigdescQemuSectionKind kind);
/* The item ends here; hold whether its data are kept. */
void migdesc_qemu_scan_set_data (MigdescQemuScan *scan, MigdescQemuItem *item, gsize length);

/* A finding: item is nullable. FALSE always. */
gboolean migdesc_qemu_scan_find (MigdescQemuScan *scan,
                                 const char *code,
                                 MigdescSeverity severity,
                                 const MigdescQemuItem *item,
                                 guint64 offset,
                                 const char *format,
                                 ...) G_GNUC_PRINTF (6, 7);
/* The stream ends within the item: a finding. Always FALSE. */
gboolean migdesc_qemu_scan_fail_end (MigdescQemuScan *scan, const MigdescQemuItem *item);

guint migdesc_qemu_hash_name (gconstpointer name);

/* As UTF-8, with what is none escaped; or the whole as text for messages. */
char *migdesc_qemu_make_name (const guint8 *bytes, gsize length);
gboolean migdesc_qemu_is_name (const guint8 *bytes, gsize length);

G_END_DECLS
