/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-limits.h>
#include "model/core.h"
#include "model/diagnostics.h"

G_BEGIN_DECLS

/* A descriptor while it is being read or built. Whoever feeds it (a dialect's reader, the public builder, a directory
 * tree) only translates; every rule about names, values, sets, versions and constraints is checked here, once, and each
 * breach is reported to the diagnostics with the place that the feeder gave. Records grow in reusable scratch arrays and
 * move to the arena when their model ends, so that the finished store has no slack.
 *
 * Order of calls:  begin_model, (begin_param, fields..., end_param)*, (begin_version, settings, ..., end_version)*,
 * (begin_constraint, conditions, end_constraint)*, end_model. All params come before the first version or constraint.
 * Strings given are copied into the arena unless the name says _static or _interned. */

typedef struct _MigdescDraft MigdescDraft;

/* Where something stands in the input: a byte offset for text (diagnostics turn offsets into line, column and pointer),
 * or MIGDESC_NO_PLACE, for which the draft gives a JSON pointer made of the names it knows. */
typedef gsize MigdescPlace;
#define MIGDESC_NO_PLACE G_MAXSIZE

typedef struct
{
  const char *text;
  gsize length;
} MigdescSlice;

MigdescDraft *migdesc_draft_new (gsize size_hint, const MigdescLimits *limits, MigdescDiagnostics *diagnostics);
void migdesc_draft_free (MigdescDraft *draft);
MigdescArena *migdesc_draft_get_arena (MigdescDraft *draft);

void migdesc_draft_begin_model (MigdescDraft *draft, MigdescSlice name, MigdescPlace place);
/* The model and version fields below are set through the record under construction. */
MigdescModelCore *migdesc_draft_model (MigdescDraft *draft);

/* Returns the record to fill in: description, unit, type, allowed, init, off, flags. Places of init and off are for
 * the checks at end_param. */
MigdescParamCore *migdesc_draft_begin_param (MigdescDraft *draft, MigdescSlice name, MigdescPlace place);
void migdesc_draft_end_param (MigdescDraft *draft, MigdescPlace init_place, MigdescPlace off_place);
/* The feeder has reported an error in the param under construction: it stays known by name, but what depends on the
 * broken part is not checked again (allowed values against init; settings, conditions and constraints that name it). */
typedef enum
{
  MIGDESC_BROKEN_INIT = 1 << 0,  /* missing or unusable: end_param, the init configuration and off-filled versions */
  MIGDESC_BROKEN_VALUES = 1 << 1 /* type or allowed values: settings of it are ignored, constraints that name it too */
} MigdescBroken;
void migdesc_draft_break_param (MigdescDraft *draft, MigdescBroken parts);
/* For lenient reading, between the last end_version and end_model: an init value that end_param did not have (it was
 * broken as INIT till now). Must be a value that is accepted; not checked. */
void migdesc_draft_set_init (MigdescDraft *draft, guint32 param, MigdescValue init);
guint32 migdesc_draft_n_params (MigdescDraft *draft);
/* The position, or G_MAXUINT32; @hint is tried first (versions name params in the same order again and again). */
guint32 migdesc_draft_find_param (MigdescDraft *draft, MigdescSlice name, guint32 hint);
const MigdescParamCore *migdesc_draft_param (MigdescDraft *draft, guint32 position);

/* String values, here and in the records, lie in the arena already (migdesc_draft_string). */
MigdescVersionCore *migdesc_draft_begin_version (MigdescDraft *draft, MigdescSlice name, MigdescPlace place);
void migdesc_draft_add_setting (MigdescDraft *draft, guint32 param, MigdescValue value, MigdescPlace place);
void migdesc_draft_add_tested (MigdescDraft *draft, MigdescSlice from, MigdescPlace from_place, MigdescSlice to, MigdescPlace to_place);
/* A setting could not be read: the version is not tested against constraints. */
void migdesc_draft_break_version (MigdescDraft *draft);
void migdesc_draft_end_version (MigdescDraft *draft);

MigdescConstraintCore *migdesc_draft_begin_constraint (MigdescDraft *draft, MigdescPlace place);
typedef enum { MIGDESC_PART_IF, MIGDESC_PART_THEN, MIGDESC_PART_FORBID } MigdescConstraintPart;
void migdesc_draft_begin_part (MigdescDraft *draft, MigdescConstraintPart part, MigdescPlace place); /* an empty part is an error */
void migdesc_draft_add_condition (MigdescDraft *draft, MigdescConstraintPart part, guint32 param, const MigdescSet *set, MigdescPlace place);
/* A condition could not be read: form and emptiness are still checked, no configuration is. */
void migdesc_draft_break_constraint (MigdescDraft *draft);
void migdesc_draft_end_constraint (MigdescDraft *draft);

void migdesc_draft_add_ignore (MigdescDraft *draft, MigdescSlice code, MigdescSlice reason, gboolean on_model);

/* Checks what concerns the model as a whole (versions and init against constraints, tested names, version-only models). */
void migdesc_draft_end_model (MigdescDraft *draft);

/* Hands over the finished store, or NULL if the diagnostics hold an error (the draft is spent either way). */
MigdescStore *migdesc_draft_finish (MigdescDraft *draft, MigdescDialect dialect, const char *origin);
/* Document-level fields, before finish. */
MigdescStore *migdesc_draft_store (MigdescDraft *draft);

/* Copies into the arena. */
const char *migdesc_draft_string (MigdescDraft *draft, MigdescSlice slice);

G_END_DECLS
