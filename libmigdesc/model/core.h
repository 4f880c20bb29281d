/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-types.h>
#include "base/arena.h"
#include "base/index.h"
#include "value/value-set-private.h"

G_BEGIN_DECLS

/* The compact core of a descriptor: plain records in one arena, made once, never changed, shared by
 * reference count. The public GObjects are handles on these records; questions (ops/) walk the
 * records and never the handles. Records refer to params and versions by their position in the
 * model.
 *
 * A record that an index finds starts with its key: the name, its length and its hash. */

#define MIGDESC_NOT_FOUND G_MAXUINT32

typedef struct
{
  guint32 param;
  MigdescValue value;
} MigdescSetting;

typedef struct
{
  union
  {
    MigdescName key;
    const char *name; /* the text of the key */
  };
  const char *description; /* nullable */
  const char *unit;        /* nullable */
  const char *extra;       /* nullable: unknown members as canonical JSON text `"x":1,"y":[]` */
  MigdescSet allowed;
  MigdescValue init;
  MigdescValue off; /* if has_off */
  guint8 type;      /* MigdescValueType */
  guint8 affects;   /* MigdescAffects, never 0 */
  guint8 has_off : 1;
  guint8 runtime : 1;
  guint8 inferred : 1;
} MigdescParamCore;

typedef struct
{
  guint32 from; /* version positions */
  guint32 to;
} MigdescTested;

/* What few versions have. */
typedef struct
{
  const char *description;   /* nullable */
  const char *blocker;       /* nullable */
  /* nullable; canonical JSON text of the member (a number or a string) */
  const char *state_version;
  const char *extra;         /* nullable: unknown members */
  const MigdescTested *tested;
  guint32 n_tested;
} MigdescVersionMore;

/* Kept small: a document may have a quarter of a million versions. */
typedef struct
{
  union
  {
    MigdescName key;
    const char *name;
  };
  const MigdescSetting *settings; /* ordered by param position */
  const MigdescVersionMore *more; /* never NULL; shared by all versions that have none of it */
  guint64 hash;                   /* migdesc_model_core_hash_values of its full expansion */
  guint32 n_settings;
  guint8 support; /* MigdescSupport; BEST_EFFORT when absent, and not written back */
  guint8 can_create;
  guint8 can_load;
} MigdescVersionCore;

typedef struct
{
  guint32 param;
  MigdescSet set;
} MigdescCondition;

typedef struct
{
  const char *description; /* nullable */
  const char *extra;       /* nullable */
  const MigdescCondition *when; /* `if`, or `forbid` */
  const MigdescCondition *then; /* none for forbid */
  guint32 n_when;
  guint32 n_then;
  guint8 forbid;
} MigdescConstraintCore;

typedef struct
{
  const char *code;
  const char *reason;
} MigdescIgnore;

typedef struct
{
  union
  {
    MigdescName key;
    const char *name;
  };
  const char *description; /* nullable */
  const char *blocker;     /* nullable */
  const char *state;       /* nullable: the state schema as canonical JSON text */
  gpointer state_type; /* nullable: a GObject made of state, kept by compare and exchange */
  const char *extra;       /* nullable */
  const MigdescParamCore *params;
  const MigdescValue *off_values; /* of each param the off value, or init where it has none */
  const guint64 *required;        /* nullable: a bit a param, those without an off value */
  const MigdescVersionCore *versions; /* oldest first */
  const MigdescConstraintCore *constraints;
  const MigdescIgnore *ignores;
  guint32 n_params;
  guint32 n_versions;
  guint32 n_constraints;
  guint32 n_ignores;
  MigdescIndex param_index;
  MigdescIndex version_index;
  /* hash of the configuration with every param off, or init where it has no off value */
  guint64 off_hash;
  guint64 init_hash; /* hash of the init configuration */
  guint8 support; /* as of a version */
  guint8 version_only;   /* versions and no params: RFC v4 */
  guint8 any_uncreatable; /* some version has create: false */
  guint8 any_unloadable;
  guint8 any_unmigratable; /* some version has support: none */
} MigdescModelCore;

typedef struct _MigdescStore
{
  gatomicrefcount ref_count;
  MigdescArena *arena;
  struct _MigdescBlock *blocks; /* arrays of records too long for the arena */
  struct _MigdescStore *base;   /* nullable: whose records most of these are */
  const MigdescModelCore *models;
  guint32 n_models;
  MigdescIndex model_index;
  const char *format_version; /* nullable: the `migdesc` member as written, "1.0" */
  const char *extra;          /* nullable */
  const MigdescIgnore *ignores;
  guint32 n_ignores;
  const char *origin; /* nullable */
  GBytes *text;       /* nullable: what it was read from, if somebody asked for it to be kept */
  guint8 dialect;     /* MigdescDialect it was read from */
} MigdescStore;

MigdescStore *migdesc_store_ref (MigdescStore *store);
void migdesc_store_unref (MigdescStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescStore, migdesc_store_unref)
void migdesc_store_release (gpointer store); /* the same as a GDestroyNotify */

const MigdescModelCore *migdesc_store_find_model (const MigdescStore *store,
                                                  const char *name,
                                                  gsize length);
gboolean migdesc_store_equal (const MigdescStore *store, const MigdescStore *other);
guint64 migdesc_store_hash (const MigdescStore *store);
/* All bytes that the store holds. */
gsize migdesc_store_size (const MigdescStore *store);
/* Equal if and only if the canonical texts are; versions and constraints of two models are compared
 * by names. */
gboolean migdesc_model_core_equal (const MigdescModelCore *model, const MigdescModelCore *other);
guint64 migdesc_model_core_hash (const MigdescModelCore *model);
gboolean migdesc_param_core_equal (const MigdescParamCore *param, const MigdescParamCore *other);
gboolean migdesc_version_core_equal (const MigdescModelCore *model,
                                     const MigdescVersionCore *version,
                                     const MigdescModelCore *other_model,
                                     const MigdescVersionCore *other);
gboolean migdesc_constraint_core_equal (const MigdescModelCore *model,
                                        const MigdescConstraintCore *constraint,
                                        const MigdescModelCore *other_model,
                                        const MigdescConstraintCore *other);

/* The position, or MIGDESC_NOT_FOUND. */
guint32 migdesc_model_core_find_param (const MigdescModelCore *model,
                                       const char *name,
                                       gsize length);
guint32 migdesc_model_core_find_version (const MigdescModelCore *model,
                                         const char *name,
                                         gsize length);
guint32 migdesc_model_core_latest_creatable (const MigdescModelCore *model);

/* Configurations as arrays of n_params values. The hash is a sum over params, so that one changed
 * value costs O(1): hash - term (old) + term (new). There is a key of this process in it, so that
 * nobody can choose configurations that collide. */
static inline guint64
migdesc_param_core_hash_term (const MigdescParamCore *param,
                              guint32 position,
                              MigdescValue value)
{
  guint64 bits = migdesc_value_hash ((MigdescValueType) param->type, value)
                 + migdesc_hash_keys->sip[0]
                 + (position + G_GUINT64_CONSTANT (1)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  bits ^= bits >> 32;
  bits *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  bits ^= bits >> 32;
  bits *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return bits ^ bits >> 32;
}

guint64 migdesc_model_core_hash_values (const MigdescModelCore *model, const MigdescValue *values);
gboolean migdesc_model_core_values_equal (const MigdescModelCore *model,
                                          const MigdescValue *values,
                                          const MigdescValue *other);
/* off, or init where there is no off value */
void migdesc_model_core_fill_off (const MigdescModelCore *model, MigdescValue *values);
void migdesc_model_core_fill_init (const MigdescModelCore *model, MigdescValue *values);
void migdesc_model_core_apply_version (const MigdescModelCore *model,
                                       guint32 version,
                                       MigdescValue *values);
/* The version that equals these values, or MIGDESC_NOT_FOUND; the latest where several do. @hash is
 * theirs. Not for version-only models, whose versions all have the same values, none; nor the two
 * below. */
guint32 migdesc_model_core_version_of (const MigdescModelCore *model,
                                       const MigdescValue *values,
                                       guint64 hash);
/* Whether the configuration equals a version whose flag is false and none whose flag is true. */
gboolean migdesc_model_core_is_uncreatable (const MigdescModelCore *model,
                                            const MigdescValue *values,
                                            guint64 hash);
gboolean migdesc_model_core_is_unloadable (const MigdescModelCore *model,
                                           const MigdescValue *values,
                                           guint64 hash);

/* Whether the value is allowed, or the off value. */
static inline gboolean
migdesc_param_core_accepts (const MigdescParamCore *param,
                            MigdescValue value)
{
  return migdesc_set_contains (&param->allowed, value)
         || (param->has_off
             && migdesc_value_equal ((MigdescValueType) param->type, param->off, value));
}

/* allowed plus off, the accepted set of findings */
void migdesc_param_core_accepted (const MigdescParamCore *param,
                                  MigdescArena *arena,
                                  MigdescSet *result);

static inline gboolean
migdesc_conditions_hold (const MigdescCondition *conditions,
                         guint32 n,
                         const MigdescValue *values)
{
  for (guint32 i = 0; i < n; i++)
    if (!migdesc_set_contains (&conditions[i].set, values[conditions[i].param]))
      return FALSE;
  return TRUE;
}

static inline gboolean
migdesc_constraint_core_holds (const MigdescConstraintCore *constraint,
                               const MigdescValue *values)
{
  if (!migdesc_conditions_hold (constraint->when, constraint->n_when, values))
    return TRUE;
  return !constraint->forbid
         && migdesc_conditions_hold (constraint->then, constraint->n_then, values);
}

/* The rule as people read it: `if new-feature=on then num-queues=3-64`, `never a=on and b=1-3`. Not
 * escaped. */
void migdesc_constraint_core_append_text (GString *text,
                                          const MigdescModelCore *model,
                                          const MigdescConstraintCore *constraint);
/* The same for messages, with the description before it if there is one: escaped, and each cut
 * after MIGDESC_QUOTE_MAX characters. `"needs three queues": if new-feature=on then
 * num-queues=3-64` */
void migdesc_constraint_core_quote (GString *message,
                                    const MigdescModelCore *model,
                                    const MigdescConstraintCore *constraint);

/* The names' rules, for documents, builders, lists and trees alike; @length bytes. The problem is
 * NULL for a good name, else a clause for a message: `"=" is not allowed`. */
const char *migdesc_model_name_problem (const char *text, gsize length);
const char *migdesc_param_name_problem (const char *text, gsize length);
const char *migdesc_version_name_problem (const char *text, gsize length);
gboolean migdesc_is_model_name (const char *text, gsize length);
gboolean migdesc_is_param_name (const char *text, gsize length);
gboolean migdesc_is_version_name (const char *text, gsize length);

G_END_DECLS
