/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-descriptor-builder.h>
#include "model/draft.h"

G_BEGIN_DECLS

/* What a descriptor builder was told, kept until it is built. The draft wants params before
 * versions; callers need not care. */

typedef struct
{
  char *name;
  char *description; /* nullable */
  char *unit;        /* nullable */
  MigdescValueType type;
  MigdescValueSet *allowed; /* nullable: any */
  GVariant *init;
  GVariant *off;            /* nullable: none */
  MigdescAffects affects;
  gboolean runtime;
} MigdescParamPart;

typedef struct
{
  char *param;
  GVariant *value;
} MigdescSettingPart;

typedef struct
{
  char *from;
  char *to;
} MigdescTestedPart;

typedef struct
{
  char *name;
  char *description; /* nullable */
  char *blocker;     /* nullable */
  MigdescSupport support;
  gboolean can_create;
  gboolean can_load;
  guint state_version; /* 0: not said */
  GPtrArray *settings; /* MigdescSettingPart */
  GPtrArray *tested;   /* MigdescTestedPart */
} MigdescVersionPart;

typedef struct
{
  MigdescConditionRole role;
  char *param;
  MigdescValueSet *values;
} MigdescConditionPart;

typedef struct
{
  char *description;     /* nullable */
  GPtrArray *conditions; /* MigdescConditionPart */
} MigdescConstraintParts;

typedef struct
{
  char *name;
  char *description; /* nullable */
  char *blocker;     /* nullable */
  MigdescSupport support;
  char *state; /* nullable: the state schema as JSON */
  GPtrArray *params;      /* MigdescParamPart */
  GPtrArray *versions;    /* MigdescVersionPart */
  GPtrArray *constraints; /* MigdescConstraintParts */
} MigdescModelPart;

typedef struct
{
  GPtrArray *models;    /* MigdescModelPart */
  GPtrArray *misplaced; /* messages about calls that came too early */
} MigdescParts;

void migdesc_parts_init (MigdescParts *parts);
void migdesc_parts_clear (MigdescParts *parts);

/* What was added last, all but models to the last model. NULL if there is none, which @call, a
 * function of the builder, needs: a message is kept. */
MigdescModelPart *migdesc_parts_last_model (MigdescParts *parts, const char *call);
MigdescParamPart *migdesc_parts_last_param (MigdescParts *parts, const char *call);
MigdescVersionPart *migdesc_parts_last_version (MigdescParts *parts, const char *call);
MigdescConstraintParts *migdesc_parts_last_constraint (MigdescParts *parts, const char *call);

/* Each has the new part at the end of the array, which frees its parts. */
MigdescModelPart *migdesc_parts_add_model (MigdescParts *parts,
                                           const char *name,
                                           const char *description);
MigdescParamPart *migdesc_model_part_add_param (MigdescModelPart *model,
                                                const char *name,
                                                MigdescValueType type);
MigdescVersionPart *migdesc_model_part_add_version (MigdescModelPart *model,
                                                    const char *name,
                                                    const char *description);
MigdescConstraintParts *migdesc_model_part_add_constraint (MigdescModelPart *model,
                                                           const char *description);
void migdesc_version_part_add_setting (MigdescVersionPart *version,
                                       const char *param,
                                       GVariant *value);
void migdesc_version_part_add_tested (MigdescVersionPart *version,
                                      const char *from,
                                      const char *to);
void migdesc_constraint_part_add (MigdescConstraintParts *constraint,
                                  MigdescConditionRole role,
                                  const char *param,
                                  const MigdescValueSet *values);

/* builder-feed.c: gives all models to the draft, and reports what only the builder can see. */
void migdesc_parts_feed (const MigdescParts *parts, MigdescDraft *draft);

G_END_DECLS
