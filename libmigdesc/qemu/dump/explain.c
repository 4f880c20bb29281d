/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/explain-private.h"

#include "base/quote.h"
#include "model/codes.h"

/* A pair of lists: what differs is told token by token, and what follows from it is settled by the
 * walk through all choices. */

#define IN_SOME_WAYS "what may be left out is not as it has to be"

/* What holds of a list and all below it. */
typedef struct
{
  const MigdescQemuExplain *explain;
  const char *prefix;    /* of paths */
  const char *condition; /* under which the list is sent at all; NULL */
} Place;

static MigdescQemuVerdict explain_lists (const Place *place,
                                         const MigdescQemuWire *source,
                                         const MigdescQemuWire *destination);

/* Of a stream: the devices have decided, and those of the destination will decide the same. */
static MigdescQemuVerdict
verdict_of (const MigdescQemuExplain *explain,
            MigdescQemuFits fits)
{
  if (explain->fitter->is_stream)
    fits.worst = fits.best;
  if (fits.best == MIGDESC_QEMU_FIT_NO)
    return MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS;
  if (fits.worst == MIGDESC_QEMU_FIT_NO)
    return MIGDESC_QEMU_VERDICT_BREAKS_WHEN;
  return fits.worst == MIGDESC_QEMU_FIT_UNSURE ? MIGDESC_QEMU_VERDICT_UNKNOWN
                                               : MIGDESC_QEMU_VERDICT_OK;
}

/* --- Subsections ------------------------------------------------------ */

static MigdescQemuVerdict
take_of_subsection (const Place *place,
                    const char *path,
                    const MigdescQemuDescriptionCore *description,
                    const char *code,
                    char *message)
{
  MigdescQemuVerdict verdict = place->condition != NULL     ? MIGDESC_QEMU_VERDICT_BREAKS_WHEN
                               : place->explain->is_sample ? MIGDESC_QEMU_VERDICT_UNKNOWN
                                                            : MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS;
  MigdescQemuFinding *finding
      = migdesc_qemu_finding_new (place->explain->section, path, code, verdict, message);

  finding->condition = g_strdup (place->condition);
  migdesc_qemu_comparison_take (place->explain->comparison, place->explain->setup->known,
                                description->name, finding);
  return verdict;
}

/* These give the worst that is said of what is below, known or not. */

static MigdescQemuVerdict
explain_subsection (const Place *outer,
                    const MigdescQemuDescriptionCore *source,
                    const MigdescQemuDescriptionCore *parent)
{
  const MigdescQemuDescriptionCore *destination
      = parent == NULL ? NULL : migdesc_qemu_fit_find_subsection (parent, source->name);
  g_autofree char *name = migdesc_quote (source->name, -1);
  g_autofree char *condition
      = outer->condition == NULL ? g_strdup_printf ("the subsection %s is sent", name)
                                 : g_strdup_printf ("%s with %s", outer->condition, name);
  g_autofree char *path = g_strconcat (outer->prefix, source->name, NULL);
  g_autofree char *prefix = g_strconcat (path, ".", NULL);
  const MigdescQemuWireSetup *setup = outer->explain->setup;
  Place place = { outer->explain, prefix, condition };

  if (outer->explain->fitter->is_stream)
    place.condition = NULL;
  if (destination == NULL)
    return take_of_subsection (&place, path, source, MIGDESC_CODE_QEMU_SUBSECTION_MISSING,
                               g_strdup ("the destination does not know the subsection"));
  if (source->version > destination->version || source->version < destination->minimum)
    return take_of_subsection (&place, path, source, MIGDESC_CODE_QEMU_VERSION_RANGE,
                               g_strdup_printf ("version %d is sent, %d to %d can be read",
                                                source->version, destination->minimum,
                                                destination->version));
  if (migdesc_qemu_description_core_equal (source, destination))
    return MIGDESC_QEMU_VERDICT_OK;
  return explain_lists (&place,
                        migdesc_qemu_wire_new (setup, MIGDESC_QEMU_SENT, source, source->version),
                        migdesc_qemu_wire_new (setup, MIGDESC_QEMU_READ, destination,
                                               source->version));
}

static MigdescQemuVerdict
explain_subsections (const Place *place,
                     const MigdescQemuPair *pair)
{
  g_autoptr (GString) prefix = g_string_new (place->prefix);
  MigdescQemuVerdict worst = MIGDESC_QEMU_VERDICT_OK;
  Place below = *place;

  migdesc_qemu_append_scopes (prefix, pair->source->scope);
  below.prefix = prefix->str;
  for (guint i = 0; i < pair->source->description->n_subsections; i++)
    {
      MigdescQemuVerdict verdict
          = explain_subsection (&below, &pair->source->description->subsections[i],
                                pair->destination != NULL ? pair->destination->description
                                                          : NULL);

      worst = MAX (worst, verdict);
    }
  return worst;
}

static MigdescQemuVerdict
explain_array (const Place *place,
               const MigdescQemuPair *pair)
{
  g_autoptr (GString) prefix = g_string_new (place->prefix);
  Place below = *place;

  migdesc_qemu_append_scopes (prefix, pair->source->scope);
  g_string_append_printf (prefix, "%s[].", pair->source->shown);
  below.prefix = prefix->str;
  if (migdesc_qemu_token_is_maybe (pair->source) && place->condition == NULL)
    below.condition = "the array is sent";
  return explain_lists (&below, pair->source->element, pair->destination->element);
}

static MigdescQemuVerdict
explain_inner (const Place *place,
               const GArray *pairs)
{
  MigdescQemuVerdict worst = MIGDESC_QEMU_VERDICT_OK;

  for (guint i = 0; i < pairs->len; i++)
    {
      const MigdescQemuPair *pair = &g_array_index (pairs, MigdescQemuPair, i);
      MigdescQemuVerdict verdict = MIGDESC_QEMU_VERDICT_OK;

      if (pair->source == NULL
          || (pair->destination == NULL
              && !(place->explain->is_sample
                   && pair->source->kind == MIGDESC_QEMU_TOKEN_SUBSECTIONS)))
        continue;
      if (pair->source->kind == MIGDESC_QEMU_TOKEN_SUBSECTIONS)
        verdict = explain_subsections (place, pair);
      else if (pair->source->kind == MIGDESC_QEMU_TOKEN_ARRAY)
        verdict = explain_array (place, pair);
      worst = MAX (worst, verdict);
    }
  return worst;
}

/* --- Lists ------------------------------------------------------------ */

static void
collect_lonely (MigdescQemuTalk *talk,
                const GArray *pairs)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const MigdescQemuPair *pair = &g_array_index (pairs, MigdescQemuPair, i);

      if (pair->destination == NULL)
        g_hash_table_add (talk->lonely[0], (gpointer) pair->source->name);
      else if (pair->source == NULL)
        g_hash_table_add (talk->lonely[1], (gpointer) pair->destination->name);
    }
}

static void
talk_of_all (MigdescQemuTalk *talk,
             const GArray *pairs)
{
  const MigdescQemuPair *list = (const MigdescQemuPair *) (gconstpointer) pairs->data;
  guint gap = 0;

  for (guint i = 0; i <= pairs->len; i++)
    {
      if (i < pairs->len && (list[i].source == NULL || list[i].destination == NULL))
        continue;
      if (gap < i)
        migdesc_qemu_talk_gap (talk, list + gap, i - gap);
      if (i < pairs->len)
        migdesc_qemu_talk_pair (talk, &list[i]);
      gap = i + 1;
    }
}

static gboolean
is_of_fields (const MigdescQemuFinding *finding)
{
  return strcmp (finding->code, MIGDESC_CODE_QEMU_SUBSECTION_MISSING) != 0;
}

/* Where the bytes are as many as they have to be, nothing is lacking. */
static void
settle_pieces (MigdescQemuFinding *finding)
{
  gboolean is_sent = strcmp (finding->code, MIGDESC_CODE_QEMU_FIELD_NOT_READ) == 0;

  if (!is_sent && strcmp (finding->code, MIGDESC_CODE_QEMU_FIELD_NOT_SENT) != 0)
    return;
  finding->code = MIGDESC_CODE_QEMU_FIELD_RENAMED;
  g_free (finding->message);
  finding->message = g_strdup (is_sent ? "its bytes are read as other fields"
                                       : "it is read from the bytes of other fields");
}

static void
lower (MigdescQemuFinding *finding,
       MigdescQemuVerdict verdict)
{
  finding->verdict = verdict;
  if (verdict != MIGDESC_QEMU_VERDICT_BREAKS_WHEN)
    g_clear_pointer (&finding->condition, g_free);
  else if (finding->condition == NULL)
    finding->condition = g_strdup (IN_SOME_WAYS);
  if (verdict == MIGDESC_QEMU_VERDICT_UNKNOWN)
    settle_pieces (finding);
}

/* Something has to be to blame for what breaks always. */
static void
raise_first (const MigdescQemuTalk *talk)
{
  for (guint i = 0; i < talk->findings->len; i++)
    {
      MigdescQemuFinding *finding = talk->findings->pdata[i];

      if (finding->verdict == MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS)
        return;
    }
  for (guint i = 0; i < talk->findings->len; i++)
    {
      MigdescQemuFinding *finding = talk->findings->pdata[i];

      if (finding->verdict == MIGDESC_QEMU_VERDICT_OK || !is_of_fields (finding))
        continue;
      finding->verdict = MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS;
      g_clear_pointer (&finding->condition, g_free);
      return;
    }
}

/* What the walk found holds for the list as a whole. Differences that do not matter at all, such as
 * how padding is cut, are none; nor, of a stream, is what its devices had to decide. */
static void
settle (const MigdescQemuTalk *talk,
        MigdescQemuVerdict verdict)
{
  for (guint i = talk->findings->len; i-- > 0;)
    {
      MigdescQemuFinding *finding = talk->findings->pdata[i];

      gboolean is_decided = talk->explain->fitter->is_stream
                            && finding->verdict == MIGDESC_QEMU_VERDICT_BREAKS_WHEN;

      if (finding->verdict <= verdict && !is_decided)
        continue;
      if (verdict != MIGDESC_QEMU_VERDICT_OK && !is_decided)
        lower (finding, verdict);
      else
        {
          migdesc_qemu_finding_free (finding);
          g_ptr_array_remove_index (talk->findings, i);
          g_ptr_array_remove_index (talk->descriptions, i);
        }
    }
  if (verdict == MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS)
    raise_first (talk);
}

/* What breaks always in a list that is sent at times breaks at times. */
static void
limit (const Place *place,
       MigdescQemuFinding *finding)
{
  char *condition = finding->condition;

  if (place->condition == NULL || finding->verdict < MIGDESC_QEMU_VERDICT_BREAKS_WHEN)
    return;
  finding->verdict = MIGDESC_QEMU_VERDICT_BREAKS_WHEN;
  finding->condition = condition == NULL
                           ? g_strdup (place->condition)
                           : g_strdup_printf ("%s, and %s", place->condition, condition);
  g_free (condition);
}

/* The destination is a sample: another field's value may say that a field is not there, and only in
 * the sample it is not. What has another size is another field in any case. */
static void
limit_of_sample (const Place *place,
                 MigdescQemuFinding *finding)
{
  static const char *const codes[]
      = { MIGDESC_CODE_QEMU_FIELD_NOT_READ, MIGDESC_CODE_QEMU_FIELD_NOT_SENT,
          MIGDESC_CODE_QEMU_FIELDS_DIFFER };

  if (!place->explain->is_sample || finding->verdict <= MIGDESC_QEMU_VERDICT_UNKNOWN)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (finding->code, codes[i]) == 0)
      {
        finding->verdict = MIGDESC_QEMU_VERDICT_UNKNOWN;
        g_clear_pointer (&finding->condition, g_free);
      }
}

static MigdescQemuVerdict
publish (const Place *place,
         MigdescQemuTalk *talk)
{
  MigdescQemuVerdict worst = MIGDESC_QEMU_VERDICT_OK;

  for (guint i = 0; i < talk->findings->len; i++)
    {
      MigdescQemuFinding *finding = talk->findings->pdata[i];

      worst = MAX (worst, finding->verdict);
      limit (place, finding);
      limit_of_sample (place, finding);
      migdesc_qemu_comparison_take (place->explain->comparison, place->explain->setup->known,
                                    talk->descriptions->pdata[i], finding);
    }
  return worst;
}

/* There is a difference that no token could be blamed for, or none at all was looked for. */
static void
say_whole (const Place *place,
           const MigdescQemuWire *source,
           const char *code,
           MigdescQemuVerdict verdict,
           const char *message)
{
  g_autofree char *path = g_strndup (place->prefix, MAX (strlen (place->prefix), 1) - 1);
  MigdescQemuFinding *finding = migdesc_qemu_finding_new (place->explain->section, path, code,
                                                          verdict, g_strdup (message));

  if (verdict == MIGDESC_QEMU_VERDICT_BREAKS_WHEN)
    finding->condition = g_strdup (IN_SOME_WAYS);
  limit (place, finding);
  limit_of_sample (place, finding);
  migdesc_qemu_comparison_take (place->explain->comparison, place->explain->setup->known,
                                source->description->name, finding);
}

static MigdescQemuVerdict
explain_pairs (const Place *place,
               const GArray *pairs,
               const MigdescQemuWire *source,
               const MigdescQemuWire *destination,
               MigdescQemuFits fits)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new ();
  g_autoptr (GPtrArray) descriptions = g_ptr_array_new ();
  g_autoptr (GHashTable) sent = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) read = g_hash_table_new (g_str_hash, g_str_equal);
  MigdescQemuTalk talk = { place->explain, place->prefix, source,         destination,
                           findings,       descriptions,  { sent, read }, { 0 } };
  MigdescQemuVerdict verdict = verdict_of (place->explain, fits);
  MigdescQemuVerdict said;
  MigdescQemuVerdict said_below;

  collect_lonely (&talk, pairs);
  talk_of_all (&talk, pairs);
  if (!place->explain->fitter->gave_up)
    settle (&talk, verdict);
  said = publish (place, &talk);
  said_below = explain_inner (place, pairs);
  if (place->explain->fitter->gave_up)
    say_whole (place, source, MIGDESC_CODE_QEMU_TOO_DIFFERENT, MIGDESC_QEMU_VERDICT_UNKNOWN,
               "too many fields may be left out to try all ways");
  else if (verdict > MAX (said, said_below)
           && !(place->explain->is_sample && MAX (said, said_below) > MIGDESC_QEMU_VERDICT_OK))
    say_whole (place, source, MIGDESC_CODE_QEMU_FIELDS_DIFFER, verdict,
               "what is sent does not become what is read");
  return verdict;
}

static MigdescQemuVerdict
explain_lists (const Place *place,
               const MigdescQemuWire *source,
               const MigdescQemuWire *destination)
{
  g_autoptr (GArray) pairs = NULL;
  MigdescQemuVerdict verdict = MIGDESC_QEMU_VERDICT_UNKNOWN;
  MigdescQemuFits fits;

  migdesc_qemu_wire_relate (source, destination);
  fits = migdesc_qemu_fit (place->explain->fitter, source, destination);
  pairs = migdesc_qemu_align (source, destination);
  if (pairs != NULL)
    return explain_pairs (place, pairs, source, destination, fits);
  if (!place->explain->fitter->gave_up)
    verdict = MAX (verdict, verdict_of (place->explain, fits));
  say_whole (place, source, MIGDESC_CODE_QEMU_TOO_DIFFERENT, verdict,
             "too many fields differ to tell which is which");
  return verdict;
}

void
migdesc_qemu_explain (const MigdescQemuExplain *explain,
                      const MigdescQemuDescriptionCore *source,
                      const MigdescQemuDescriptionCore *destination)
{
  const Place place = { explain, "", NULL };

  if (!migdesc_qemu_description_core_equal (source, destination))
    explain_lists (&place,
                   migdesc_qemu_wire_new (explain->setup, MIGDESC_QEMU_SENT, source,
                                          source->version),
                   migdesc_qemu_wire_new (explain->setup, MIGDESC_QEMU_READ, destination,
                                          source->version));
}
