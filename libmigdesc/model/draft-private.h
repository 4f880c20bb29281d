/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/draft.h"
#include "model/records.h"

G_BEGIN_DECLS

/* No more evaluations of conditions than this are spent on one model, so that no document can take
 * long. */
#define MIGDESC_DRAFT_MAX_STEPS (G_GUINT64_CONSTANT (1) << 24)

/* A value that a version would have if it were not wrong; or a version that is wrong as a whole (no
 * param). */
typedef struct
{
  guint32 version;
  guint32 param;
} MigdescBrokenSetting;

typedef struct
{
  const char *from;
  const char *to;
  guint32 from_length;
  guint32 to_length;
  guint32 from_place;
  guint32 to_place;
  guint32 version;
} MigdescDraftTested;

struct _MigdescDraft
{
  MigdescDraftHead head;
  MigdescArena *arena;
  MigdescDiagnostics *diagnostics; /* the feeder's */
  MigdescStore *store;
  guint32 members_limit;
  guint32 ranges_limit;
  gboolean names_are_members;
  MigdescRecords models;
  MigdescRecords model_places;
  MigdescRecords ignores; /* of the document */

  /* The model under construction. Places are packed. */
  MigdescModelCore *model;
  MigdescRecords params;
  MigdescRecords param_sides; /* MigdescDraftParam */
  gboolean sealed;            /* the params are in their final place */
  MigdescRecords versions;
  MigdescRecords version_places;
  MigdescRecords broken_settings;
  MigdescRecords tested;
  MigdescRecords constraints;
  MigdescRecords constraint_places;
  MigdescRecords broken_constraints; /* positions */
  MigdescRecords model_ignores;
  gboolean rehash; /* an init value came after the versions */
  guint32 stamp;

  /* The version under construction */
  MigdescVersionCore *version;
  MigdescRecords settings;
  gboolean settings_sorted;
  guint32 last_setting; /* param of it */
  MigdescVersionMore *more; /* NULL: none so far */

  /* The constraint under construction */
  MigdescRecords when;
  MigdescRecords then;
  MigdescConstraintPart part; /* begun last */
  guint8 parts_begun;         /* bits of MigdescConstraintPart */
  guint8 parts_filled;        /* those that some condition was given for, right or wrong */
  gboolean is_broken;
  guint32 part_places[3];
};

/* Places are offsets below the greatest limit of a document, 1 GiB. */
static inline guint32
migdesc_place_pack (MigdescPlace place)
{
  return place >= G_MAXUINT32 ? G_MAXUINT32 : (guint32) place;
}

static inline MigdescPlace
migdesc_place_unpack (guint32 packed)
{
  return packed == G_MAXUINT32 ? MIGDESC_NO_PLACE : packed;
}

static inline MigdescDraftParam *
migdesc_draft_side (MigdescDraft *draft,
                    guint32 param)
{
  return &draft->head.sides[param];
}

/* What names params names them in their order as a rule, and skips some: as many as this are looked
 * at. */
#define MIGDESC_DRAFT_MAX_SKIPPED 4

static inline guint32
migdesc_draft_find_sealed (const MigdescDraft *draft,
                           MigdescSlice name,
                           guint32 hint)
{
  const MigdescModelCore *model = draft->model;
  guint32 n_left = hint < model->n_params ? model->n_params - hint : 0;
  guint32 end = hint + MIN (n_left, MIGDESC_DRAFT_MAX_SKIPPED + 1);

  for (guint32 i = hint; i < end; i++)
    {
      const MigdescName *key = &model->params[i].key;

      if (key->length == name.length && migdesc_bytes_equal (key->text, name.text, name.length))
        return i;
    }
  return migdesc_model_core_find_param (model, name.text, name.length);
}

static inline void
migdesc_draft_add_place (MigdescRecords *places,
                         MigdescPlace place)
{
  *(guint32 *) migdesc_records_add (places) = migdesc_place_pack (place);
}

static inline MigdescPlace
migdesc_draft_get_place (const MigdescRecords *places,
                         guint32 position)
{
  return migdesc_place_unpack (*(const guint32 *) migdesc_records_get (places, position));
}

typedef struct
{
  char digits[12];
  const char *steps[5];
} MigdescDraftPath;

/* draft-report.c: errors. The path has the steps below the model, up to a NULL, for input without
 * places; before anything is made for it or for the message, ask migdesc_draft_omits, which counts
 * what a full report leaves out. */
gboolean migdesc_draft_omits (MigdescDraft *draft, MigdescError code);
/* That path, to a param in a member of an element of an array; the last two may be NULL. */
const char *const *migdesc_draft_path (MigdescDraftPath *path,
                                       const char *array,
                                       guint32 position,
                                       const char *member,
                                       const char *param);
void migdesc_draft_report (MigdescDraft *draft,
                           MigdescError code,
                           MigdescPlace place,
                           const char *const *path,
                           const char *format,
                           ...) G_GNUC_PRINTF (5, 6);
/* `"NAME" WHAT` */
void migdesc_draft_report_name (MigdescDraft *draft,
                                MigdescError code,
                                MigdescPlace place,
                                const char *const *path,
                                MigdescSlice name,
                                const char *what);
/* A name that records of this kind ("model", "param", "version") may have once only. */
void migdesc_draft_report_duplicate (MigdescDraft *draft,
                                     MigdescError code,
                                     MigdescPlace place,
                                     const char *const *path,
                                     MigdescSlice name,
                                     const char *kind);
/* SUBJECT, like `init value 200 of "num-queues"`, is not allowed: the accepted set. */
void migdesc_draft_report_not_allowed (MigdescDraft *draft,
                                       MigdescError code,
                                       MigdescPlace place,
                                       const char *const *path,
                                       const char *subject,
                                       const MigdescParamCore *param);
/* "init value 200 of \"num-queues\"" */
char *migdesc_draft_describe_value (const char *what,
                                    const MigdescParamCore *param,
                                    MigdescValue value);
void migdesc_draft_report_limit (MigdescDraft *draft,
                                 MigdescLimit limit,
                                 guint64 value,
                                 MigdescPlace place,
                                 const char *const *path);

/* draft-param.c: after this the params stay where they are. */
void migdesc_draft_seal_params (MigdescDraft *draft);
/* Their hashes and values in versions anew, after set_init. */
void migdesc_draft_set_bases (MigdescDraft *draft);

/* draft-versions.c: moves the versions to their final place, resolves tested pairs, sets the flags
 * about all of them. */
void migdesc_draft_finish_versions (MigdescDraft *draft);

/* draft-check.c */
void migdesc_draft_check_constraints (MigdescDraft *draft);

G_END_DECLS
