/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/limits-private.h"

typedef struct
{
  const char *nick;
  const char *what; /* more than N of it is too much */
  guint64 initial;
  guint64 maximum;
} Limit;

#define MIB ((guint64) 1 << 20)

static const Limit table[] = {
  [MIGDESC_LIMIT_DOCUMENT_SIZE]
  = { "document-size", "bytes in the document", 4 * MIB, 1024 * MIB },
  [MIGDESC_LIMIT_DEPTH] = { "depth", "objects and arrays inside each other", 32, 256 },
  [MIGDESC_LIMIT_MEMBERS] = { "members", "members in one object", 4096, G_MAXINT32 },
  [MIGDESC_LIMIT_VALUES] = { "values", "values in the document", 262144, G_MAXINT32 },
  [MIGDESC_LIMIT_STRING_LENGTH]
  = { "string-length", "bytes in one string", 65536, G_MAXINT32 },
  [MIGDESC_LIMIT_RANGES] = { "ranges", "ranges in one set", 4096, G_MAXINT32 },
  [MIGDESC_LIMIT_FINDINGS] = { "findings", "findings", 1000, G_MAXINT32 },
  [MIGDESC_LIMIT_STEPS] = { "steps", "steps of one search", 1000000, G_MAXINT32 },
  [MIGDESC_LIMIT_PROGRAM_TIME]
  = { "program-time", "milliseconds for a program", 10000, G_MAXINT32 },
  [MIGDESC_LIMIT_PROGRAM_OUTPUT]
  = { "program-output", "bytes printed by a program", 16 * MIB, G_MAXINT32 },
  [MIGDESC_LIMIT_STATE_SIZE]
  = { "state-size", "bytes in the stream", 1024 * MIB, G_GUINT64_CONSTANT (1) << 62 },
  [MIGDESC_LIMIT_STATE_DEPTH]
  = { "state-depth", "structs and arrays inside each other", 32, 64 },
  [MIGDESC_LIMIT_STATE_ELEMENTS]
  = { "state-elements", "elements in the stream", 1 << 24, G_MAXINT32 },
  [MIGDESC_LIMIT_STATE_BUFFER]
  = { "state-buffer", "bytes in one buffer", 256 * MIB, G_MAXINT32 },
  [MIGDESC_LIMIT_FLEET_SIZE]
  = { "fleet-size", "bytes of different descriptors and shapes in the fleet", 1024 * MIB,
      G_GUINT64_CONSTANT (1) << 62 },
};

struct _MigdescLimits
{
  guint64 values[G_N_ELEMENTS (table)];
  guint set; /* a bit for each that is not left at its default */
};

G_DEFINE_BOXED_TYPE (MigdescLimits, migdesc_limits, migdesc_limits_copy, migdesc_limits_free)

/**
 * migdesc_limits_new: (constructor)
 *
 * Makes limits that are all at their defaults.
 *
 * Returns: (transfer full): new limits
 *
 * Since: 1.0
 */
MigdescLimits *
migdesc_limits_new (void)
{
  MigdescLimits *limits = g_new0 (MigdescLimits, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    limits->values[i] = table[i].initial;
  return limits;
}

/**
 * migdesc_limits_copy:
 * @limits: limits
 *
 * Copies limits; a change to one does not reach the other.
 *
 * Returns: (transfer full): new limits of the same values
 *
 * Since: 1.0
 */
MigdescLimits *
migdesc_limits_copy (const MigdescLimits *limits)
{
  MigdescLimits *copy;

  g_return_val_if_fail (limits != NULL, NULL);

  copy = g_new (MigdescLimits, 1);
  *copy = *limits;
  return copy;
}

/**
 * migdesc_limits_free:
 * @limits: (nullable) (transfer full): limits
 *
 * Frees limits.
 *
 * Since: 1.0
 */
void
migdesc_limits_free (MigdescLimits *limits)
{
  g_free (limits);
}

/**
 * migdesc_limits_get:
 * @limits: (nullable): limits, or %NULL for the defaults
 * @limit: which one
 *
 * Gets the value of a limit, in the unit that #MigdescLimit gives for it.
 *
 * Returns: the value; exactly this much is still allowed
 *
 * Since: 1.0
 */
guint64
migdesc_limits_get (const MigdescLimits *limits,
                    MigdescLimit limit)
{
  g_return_val_if_fail ((gsize) limit < G_N_ELEMENTS (table), 0);

  return limits == NULL ? table[limit].initial : limits->values[limit];
}

/**
 * migdesc_limits_set:
 * @limits: limits
 * @limit: which one
 * @value: the most to allow, in the unit that #MigdescLimit gives for it
 *
 * Sets a limit. A value above the limit's maximum is lowered to it.
 *
 * Since: 1.0
 */
void
migdesc_limits_set (MigdescLimits *limits,
                    MigdescLimit limit,
                    guint64 value)
{
  g_return_if_fail (limits != NULL);
  g_return_if_fail ((gsize) limit < G_N_ELEMENTS (table));

  limits->values[limit] = MIN (value, table[limit].maximum);
  limits->set |= 1u << limit;
}

gboolean
migdesc_limits_is_set (const MigdescLimits *limits,
                       MigdescLimit limit)
{
  return limits != NULL && (limits->set & 1u << limit) != 0;
}

char *
migdesc_limit_to_message (MigdescLimit limit,
                          guint64 value)
{
  return g_strdup_printf ("more than %" G_GUINT64_FORMAT " %s (limit %s)", value,
                          table[limit].what, table[limit].nick);
}
