/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/resolve.h"

#include "model/codes.h"
#include "state/transform/bind.h"
#include "state/transform/chain.h"
#include "state/transform/foresee.h"

/* Which state version goes from a writer to a reader, and by which ways: each side has it in its
 * table, or by transforms from or to a schema that it keeps. */

typedef struct
{
  const char *code;
  MigdescSeverity severity;
  gboolean undecided;
  char *message;
} Finding;

static void
finding_clear (gpointer data)
{
  g_free (((Finding *) data)->message);
}

/* What was found with one of several schemas. */
typedef struct
{
  GArray *findings; /* Finding */
  guint n_blockers;
  const MigdescStruct *table;
} Attempt;

static void
attempt_clear (Attempt *attempt)
{
  g_clear_pointer (&attempt->findings, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Attempt, attempt_clear)

static void
hear (gpointer data,
      const char *code,
      MigdescSeverity severity,
      gboolean undecided,
      const char *message)
{
  Attempt *attempt = data;
  const Finding finding = { code, severity, undecided, g_strdup (message) };

  g_array_append_val (attempt->findings, finding);
  attempt->n_blockers += severity == MIGDESC_SEVERITY_BLOCKER ? 1 : 0;
}

static void
attempt_begin (Attempt *attempt,
               const MigdescStruct *table)
{
  *attempt = (Attempt) { g_array_new (FALSE, FALSE, sizeof (Finding)), 0, table };
  g_array_set_clear_func (attempt->findings, finding_clear);
}

/* Keeps the one that does better: the first of those that do as well. */
static void
keep_better (Attempt *best,
             Attempt *attempt)
{
  if (best->findings != NULL
      && (best->n_blockers < attempt->n_blockers
          || (best->n_blockers == attempt->n_blockers
              && best->findings->len <= attempt->findings->len)))
    return;
  attempt_clear (best);
  *best = *attempt;
  attempt->findings = NULL;
}

static void
tell (const MigdescResolve *resolve,
      const Attempt *attempt)
{
  for (guint i = 0; i < attempt->findings->len; i++)
    {
      const Finding *finding = &g_array_index (attempt->findings, Finding, i);

      resolve->found (resolve->data, finding->code, finding->severity, finding->undecided,
                      finding->message);
    }
}

static gboolean
has_schema (MigdescStateType *type,
            guint version)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (type);

  return transforms != NULL && migdesc_transforms_find_schema (transforms, version, NULL) != NULL;
}

static gboolean
is_native (MigdescStateType *type,
           guint version)
{
  return migdesc_state_type_check_version (type, version, NULL);
}

static gboolean
can_take (MigdescStateType *type,
          guint version,
          gboolean loading)
{
  return is_native (type, version)
         || (has_schema (type, version)
             && migdesc_state_type_find_native (type, version, loading) != 0);
}

gboolean
migdesc_state_resolve_can_read (MigdescStateType *type,
                                guint version)
{
  return can_take (type, version, TRUE);
}

/* The newest version of a side's schemas that goes both ways; 0: none does. */
static guint
find_kept (MigdescStateType *side,
           MigdescStateType *writer,
           MigdescStateType *reader)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (side);
  MigdescStateType *schema;
  guint best = 0;

  for (guint i = 0; transforms != NULL
                    && (schema = migdesc_transforms_get_schema (transforms, i)) != NULL;
       i++)
    {
      guint version = migdesc_state_type_get_version (schema);

      if (version > best && can_take (writer, version, FALSE) && can_take (reader, version, TRUE))
        best = version;
    }
  return best;
}

/* Without transforms where that can be. */
static guint
choose_version (MigdescStateType *writer,
                MigdescStateType *reader)
{
  guint newest = MIN (migdesc_state_type_get_version (writer),
                      migdesc_state_type_get_version (reader));

  if (is_native (writer, newest) && is_native (reader, newest))
    return newest;
  return MAX (find_kept (writer, writer, reader), find_kept (reader, writer, reader));
}

static MigdescResolve
listen (const MigdescResolve *resolve,
        Attempt *attempt)
{
  MigdescResolve heard = *resolve;

  heard.found = hear;
  heard.data = attempt;
  return heard;
}

/* With one set of the writer's gated fields: to each of the schemas that it keeps. */
static void
try_to_leave (const MigdescResolve *resolve,
              MigdescStateType *writer,
              guint version,
              gboolean gated,
              Attempt *best)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (writer);
  const MigdescForesight foresight
      = { transforms, migdesc_state_type_get_table (writer),
          migdesc_state_type_find_native (writer, version, FALSE), version, gated };
  g_auto (Attempt) steps = { NULL, 0, NULL };
  g_auto (MigdescEnds) ends = { NULL, NULL };
  MigdescStateType *schema;
  MigdescResolve heard;
  gboolean through;

  attempt_begin (&steps, NULL);
  heard = listen (resolve, &steps);
  through = migdesc_foresee (&heard, &foresight, &ends);
  for (guint i = 0; (schema = migdesc_transforms_get_schema (transforms, i)) != NULL; i++)
    {
      g_auto (Attempt) attempt = { NULL, 0, NULL };

      if (migdesc_state_type_get_version (schema) != version)
        continue;
      attempt_begin (&attempt, migdesc_state_type_get_table (schema));
      heard = listen (resolve, &attempt);
      tell (&heard, &steps);
      if (through)
        migdesc_foresee_compare (&heard, &ends, attempt.table, version);
      keep_better (best, &attempt);
    }
}

/* What the writer sends: its own table, or the kept schema that its transforms lead to. */
static const MigdescStruct *
leave (const MigdescResolve *resolve,
       MigdescStateType *writer,
       guint version)
{
  g_auto (Attempt) best = { NULL, 0, NULL };

  if (is_native (writer, version))
    return migdesc_state_type_get_table (writer);
  try_to_leave (resolve, writer, version, FALSE, &best);
  try_to_leave (resolve, writer, version, TRUE, &best);
  tell (resolve, &best);
  return best.table;
}

/* The kept schema that is most like what is sent, and from there to the reader's table. */
static void
arrive (const MigdescResolve *resolve,
        const MigdescStruct *sent,
        MigdescStateType *reader,
        guint version)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (reader);
  g_auto (Attempt) best = { NULL, 0, NULL };
  guint native = migdesc_state_type_find_native (reader, version, TRUE);
  MigdescForesight foresight = { transforms, NULL, version, native, TRUE };
  g_auto (MigdescEnds) ends = { NULL, NULL };
  MigdescStateType *schema;

  for (guint i = 0; (schema = migdesc_transforms_get_schema (transforms, i)) != NULL; i++)
    {
      g_auto (Attempt) attempt = { NULL, 0, NULL };
      MigdescResolve heard;

      if (migdesc_state_type_get_version (schema) != version)
        continue;
      attempt_begin (&attempt, migdesc_state_type_get_table (schema));
      heard = listen (resolve, &attempt);
      heard.configured = TRUE;
      migdesc_resolve_tables (&heard, sent, attempt.table, version);
      keep_better (&best, &attempt);
    }
  tell (resolve, &best);
  foresight.from = best.table;
  if (migdesc_foresee (resolve, &foresight, &ends))
    migdesc_foresee_compare (resolve, &ends, migdesc_state_type_get_table (reader), native);
}

static void
say_apart (const MigdescResolve *resolve,
           MigdescStateType *writer,
           MigdescStateType *reader,
           guint version)
{
  const MigdescStruct *one = migdesc_state_type_get_table (writer);

  if (version != 0 && !can_take (writer, version, FALSE))
    migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_VERSIONS_APART, MIGDESC_SEVERITY_BLOCKER,
                         FALSE, NULL, "state version %u is asked for, %s's schema has %u to %u",
                         version, resolve->voice->there, one->minimum,
                         migdesc_state_type_get_version (writer));
  else
    migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_VERSIONS_APART, MIGDESC_SEVERITY_BLOCKER,
                         FALSE, NULL, "state versions %u to %u at %s, %u to %u at %s",
                         version != 0 ? version : one->minimum,
                         version != 0 ? version : migdesc_state_type_get_version (writer),
                         resolve->voice->there, migdesc_state_type_get_minimum_version (reader),
                         migdesc_state_type_get_version (reader), resolve->voice->here);
}

void
migdesc_state_resolve (MigdescStateType *writer,
                       MigdescStateType *reader,
                       guint version,
                       const MigdescResolveVoice *voice,
                       MigdescResolveFunc found,
                       gpointer data)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const MigdescResolve resolve = { found, data, voice, path, FALSE };
  guint wanted = version != 0 ? version : choose_version (writer, reader);
  const MigdescStruct *sent;

  if (wanted == 0 || !can_take (writer, wanted, FALSE) || !can_take (reader, wanted, TRUE))
    {
      say_apart (&resolve, writer, reader, version);
      return;
    }
  sent = leave (&resolve, writer, wanted);
  if (is_native (reader, wanted))
    migdesc_resolve_tables (&resolve, sent, migdesc_state_type_get_table (reader), wanted);
  else
    arrive (&resolve, sent, reader, wanted);
}
