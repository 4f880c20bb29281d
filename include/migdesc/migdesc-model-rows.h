/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the tables of a device model are made of: nothing here is for use. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-field-checks.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-model-rows
 * @title: Rows of model tables
 * @short_description: The structs that the macros of model tables fill
 *
 * See %MIGDESC_MODEL_TABLE.
 */

typedef struct _MigdescModelParam MigdescModelParam;
typedef struct _MigdescModelVersion MigdescModelVersion;
typedef struct _MigdescModelConstraint MigdescModelConstraint;
typedef struct _MigdescModelTable MigdescModelTable;

#ifndef __GI_SCANNER__

/**
 * MigdescModelParam: (skip)
 *
 * A migration parameter of a model table. Made by the macros alone: its members are not for use.
 *
 * Since: 1.0
 */
struct _MigdescModelParam
{
  /*< private >*/
  const char *name _MIGDESC_ZERO;
  const char *owner _MIGDESC_ZERO;  /* the C name of the struct */
  const char *member _MIGDESC_ZERO; /* and of the member */
  guint32 kind _MIGDESC_ZERO;
  guint32 offset _MIGDESC_ZERO;
  guint32 width _MIGDESC_ZERO;
  guint32 n_words _MIGDESC_ZERO;
  const char *allowed _MIGDESC_ZERO; /* nullable: of an int, min to max */
  guint64 min _MIGDESC_ZERO;
  guint64 max _MIGDESC_ZERO;
  const char *const *words _MIGDESC_ZERO; /* of an enum */
  const char *init _MIGDESC_ZERO;
  /* what may follow */
  const char *off _MIGDESC_ZERO;   /* nullable: cannot be turned off */
  const char *since _MIGDESC_ZERO; /* nullable: the first version has it */
  const char *description _MIGDESC_ZERO;
  const char *unit _MIGDESC_ZERO;
  guint32 affects _MIGDESC_ZERO; /* MigdescAffects; 0: both */
  guint32 runtime _MIGDESC_ZERO;
  gpointer reserved_[4] _MIGDESC_ZERO;
  int end_ _MIGDESC_ZERO;
};

/**
 * MigdescModelVersion: (skip)
 *
 * A version of a model table. Made by the macros alone: its members are not for use.
 *
 * Since: 1.0
 */
struct _MigdescModelVersion
{
  /*< private >*/
  const char *name _MIGDESC_ZERO;
  const char *values _MIGDESC_ZERO;
  guint32 state_version _MIGDESC_ZERO; /* 0: not said */
  /* what may follow */
  guint32 load_only _MIGDESC_ZERO;
  guint32 create_only _MIGDESC_ZERO;
  guint32 support _MIGDESC_ZERO; /* MigdescSupport + 1; 0: not said */
  const char *blocker _MIGDESC_ZERO;
  const char *const *tested _MIGDESC_ZERO; /* from, to, from, to, ..., NULL */
  const char *description _MIGDESC_ZERO;
  gpointer reserved_[4] _MIGDESC_ZERO;
  int end_ _MIGDESC_ZERO;
};

/**
 * MigdescModelConstraint: (skip)
 *
 * A constraint of a model table. Made by the macros alone: its members are not for use.
 *
 * Since: 1.0
 */
struct _MigdescModelConstraint
{
  /*< private >*/
  const char *when _MIGDESC_ZERO;
  const char *then _MIGDESC_ZERO; /* NULL: @when is forbidden */
  const char *description _MIGDESC_ZERO;
  gpointer reserved_[4] _MIGDESC_ZERO;
};

/**
 * MigdescModelTable: (skip)
 *
 * A device model, as %MIGDESC_MODEL_TABLE makes it. Its members are not for use.
 *
 * Since: 1.0
 */
struct _MigdescModelTable
{
  /*< private >*/
  /* of these structs, as the table was compiled */
  guint16 table_size _MIGDESC_ZERO;
  guint16 param_size _MIGDESC_ZERO;
  guint16 version_size _MIGDESC_ZERO;
  guint16 constraint_size _MIGDESC_ZERO;
  const char *name _MIGDESC_ZERO;
  const char *owner _MIGDESC_ZERO; /* the C name of the configuration's struct */
  guint32 size _MIGDESC_ZERO;      /* and its size */
  guint32 n_params _MIGDESC_ZERO;
  const MigdescModelParam *params _MIGDESC_ZERO;
  const MigdescModelVersion *versions _MIGDESC_ZERO;
  guint32 n_versions _MIGDESC_ZERO;
  guint32 n_constraints _MIGDESC_ZERO;
  const MigdescModelConstraint *constraints _MIGDESC_ZERO;
  /* what may follow */
  const MigdescStruct *state _MIGDESC_ZERO;
  guint32 support _MIGDESC_ZERO; /* MigdescSupport + 1; 0: not said */
  const char *blocker _MIGDESC_ZERO;
  const char *backend_type _MIGDESC_ZERO;
  const char *const *features _MIGDESC_ZERO; /* nullable; NULL-terminated */
  const char *description _MIGDESC_ZERO;
  gpointer reserved_[4] _MIGDESC_ZERO;
  int end_ _MIGDESC_ZERO;
};

#endif

G_END_DECLS
