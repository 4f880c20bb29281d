/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-limits.h>
#include "model/core.h"
#include "model/diagnostics.h"

G_BEGIN_DECLS

/* A descriptor while it is being read or built. Whoever feeds it (a dialect's reader, the public
 * builder, a directory tree) only translates; every rule about names, values, sets, versions and
 * constraints is checked here, once, and each breach is reported to the diagnostics with the place
 * that the feeder gave. Only what the feeder alone can see is the feeder's to report: a value that
 * is not of the type, a member of the wrong kind. It then says so with one of the
 * migdesc_draft_break functions, so that no second error is found in what is missing.
 *
 * Order of calls:  begin_model, (begin_param, fields..., end_param)*, then in any order
 * (begin_version, settings, ..., end_version)* and (begin_constraint, conditions, end_constraint)*,
 * and end_model. All params come before the first version, constraint or find.
 *
 * Every begin is followed by its end, whatever was wrong. Slices are copied into the arena, but for
 * those of tested pairs, which have to last until end_model. Strings in values and sets given, and
 * those put into records, have to be in the arena already: migdesc_draft_string,
 * migdesc_draft_value_string, or a set builder. */

typedef struct _MigdescDraft MigdescDraft;

/* Where something stands in the input: a byte offset for text (diagnostics turn offsets into line,
 * column and pointer), or MIGDESC_NO_PLACE, for which the draft gives a JSON pointer made of the
 * names it knows. */
typedef gsize MigdescPlace;
#define MIGDESC_NO_PLACE G_MAXSIZE

MigdescDraft *migdesc_draft_new (gsize size_hint,
                                 const MigdescLimits *limits,
                                 MigdescDiagnostics *diagnostics);
void migdesc_draft_free (MigdescDraft *draft);
MigdescArena *migdesc_draft_get_arena (MigdescDraft *draft);
/* Names of models and of params are members of a JSON object: a second one is
 * json-duplicate-member, not model-duplicate or param-duplicate. */
void migdesc_draft_set_names_are_members (MigdescDraft *draft);

/* Copies into the arena, with a NUL. */
const char *migdesc_draft_string (MigdescDraft *draft, MigdescSlice slice);
/* The same for a value of a string param; takes what is there already if init, off or an allowed
 * value is the same. */
const char *migdesc_draft_value_string (MigdescDraft *draft, guint32 param, MigdescSlice slice);

/* Models */
void migdesc_draft_begin_model (MigdescDraft *draft, MigdescSlice name, MigdescPlace place);
/* The record under construction, for its description, blocker, state, extra and support. */
MigdescModelCore *migdesc_draft_model (MigdescDraft *draft);
/* Checks what concerns the model as a whole (versions and init against constraints, tested
 * names). */
void migdesc_draft_end_model (MigdescDraft *draft);

/* Params. The record to fill in has description, unit, extra, type, allowed, init, has_off and off,
 * affects, runtime, inferred. At first everything is allowed, there is no off value, and it affects
 * both. */
MigdescParamCore *migdesc_draft_begin_param (MigdescDraft *draft,
                                             MigdescSlice name,
                                             MigdescPlace place);
/* The feeder has reported an error in the param under construction: it stays known by name, but
 * what depends on the broken part is not checked again (allowed values against init; settings,
 * conditions and constraints that name it). */
typedef enum
{
  /* missing or unusable: end_param, the init configuration and off-filled versions */
  MIGDESC_BROKEN_INIT = 1 << 0,
  /* type or allowed values: settings of it are ignored, constraints that name it too */
  MIGDESC_BROKEN_VALUES = 1 << 1
} MigdescBroken;
void migdesc_draft_break_param (MigdescDraft *draft, MigdescBroken parts);
/* Places of init and off are for the checks here. An empty set of allowed values is best reported
 * by the feeder, which knows its place; here it is reported at the param, unless broken as
 * VALUES. */
void migdesc_draft_end_param (MigdescDraft *draft, MigdescPlace init_place, MigdescPlace off_place);
/* For lenient reading, between the last end_version and end_model: an init value that end_param did
 * not have (it was broken as INIT till now). Must be a value that is accepted; not checked. */
void migdesc_draft_set_init (MigdescDraft *draft, guint32 param, MigdescValue init);
guint32 migdesc_draft_n_params (MigdescDraft *draft);

/* What a draft begins with, for the inline functions below: where the params are at the moment. */
typedef struct
{
  const MigdescParamCore *params;
  struct _MigdescDraftParam *sides;
} MigdescDraftHead;

/* What is known of a param beside its record; only while its model is under construction. The
 * draft's own. */
typedef struct _MigdescDraftParam
{
  MigdescValue base; /* in a version that does not set it, if has_base */
  guint64 base_term; /* of the hash */
  guint32 place;
  guint32 setting_stamp;  /* the last version that set it */
  guint32 part_stamps[3]; /* by MigdescConstraintPart: the last constraint that named it there */
  guint8 broken;          /* MigdescBroken */
  guint8 has_base;
} MigdescDraftParam;

static inline const MigdescParamCore *
migdesc_draft_param (MigdescDraft *draft,
                     guint32 position)
{
  return &((const MigdescDraftHead *) draft)->params[position];
}

/* Broken as VALUES: don't look at the values that a version or condition has for it. */
static inline gboolean
migdesc_draft_param_is_broken (MigdescDraft *draft,
                               guint32 position)
{
  return (((const MigdescDraftHead *) draft)->sides[position].broken & MIGDESC_BROKEN_VALUES) != 0;
}

/* The position, or MIGDESC_NOT_FOUND; @hint is tried first (versions name params in the same order
 * again and again). */
guint32 migdesc_draft_find_param (MigdescDraft *draft, MigdescSlice name, guint32 hint);

/* Versions */
MigdescVersionCore *migdesc_draft_begin_version (MigdescDraft *draft,
                                                 MigdescSlice name,
                                                 MigdescPlace place);
/* The current version's, made when first asked for. */
MigdescVersionMore *migdesc_draft_version_more (MigdescDraft *draft);
/* As find_param, and reports version-param-unknown; the version is broken then. */
guint32 migdesc_draft_find_setting (MigdescDraft *draft,
                                    MigdescSlice name,
                                    guint32 hint,
                                    MigdescPlace place);
/* FALSE, and nothing is reported: this version has set or broken this param before. */
gboolean migdesc_draft_add_setting (MigdescDraft *draft,
                                    guint32 param,
                                    MigdescValue value,
                                    MigdescPlace place);
/* The version sets this param to something that the feeder reported: constraints that name it are
 * not checked for this version. FALSE as above. */
gboolean migdesc_draft_break_setting (MigdescDraft *draft, guint32 param);
/* A setting could not be read at all: the version is not tested against constraints. */
void migdesc_draft_break_version (MigdescDraft *draft);
void migdesc_draft_add_tested (MigdescDraft *draft,
                               MigdescSlice from,
                               MigdescPlace from_place,
                               MigdescSlice to,
                               MigdescPlace to_place);
void migdesc_draft_end_version (MigdescDraft *draft);

/* Constraints */
typedef enum
{
  MIGDESC_PART_IF,
  MIGDESC_PART_THEN,
  MIGDESC_PART_FORBID
} MigdescConstraintPart;

/* Returns the record to fill in: description, extra. */
MigdescConstraintCore *migdesc_draft_begin_constraint (MigdescDraft *draft, MigdescPlace place);
/* Each part once at most, in any order, and then its conditions. A part without conditions is an
 * error. */
void migdesc_draft_begin_part (MigdescDraft *draft, MigdescConstraintPart part, MigdescPlace place);
/* As find_param, and reports constraint-param-unknown; the constraint is broken then. */
guint32 migdesc_draft_find_condition (MigdescDraft *draft,
                                      MigdescSlice name,
                                      guint32 hint,
                                      MigdescPlace place);
/* FALSE, and nothing is reported: this part has named this param before. An empty set is
 * constraint-empty. */
gboolean migdesc_draft_add_condition (MigdescDraft *draft,
                                      MigdescConstraintPart part,
                                      guint32 param,
                                      const MigdescSet *set,
                                      MigdescPlace place);
/* A condition could not be read: form and emptiness are still checked, no configuration is. */
void migdesc_draft_break_constraint (MigdescDraft *draft);
void migdesc_draft_end_constraint (MigdescDraft *draft);

void migdesc_draft_add_ignore (MigdescDraft *draft,
                               MigdescSlice code,
                               MigdescSlice reason,
                               gboolean on_model);

/* Document-level fields (format_version, extra), before finish. */
MigdescStore *migdesc_draft_store (MigdescDraft *draft);
/* Hands over the finished store, or NULL if the diagnostics hold an error (the draft is spent
 * either way). */
MigdescStore *migdesc_draft_finish (MigdescDraft *draft,
                                    MigdescDialect dialect,
                                    const char *origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescDraft, migdesc_draft_free)

G_END_DECLS
