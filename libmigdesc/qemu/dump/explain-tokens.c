/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/explain-private.h"

#include "base/quote.h"
#include "model/codes.h"

/* What is to be said of single tokens. */

typedef const MigdescQemuToken *Token;

void
migdesc_qemu_append_scopes (GString *path,
                            const MigdescQemuScope *scope)
{
  if (scope->outer == NULL)
    return;
  migdesc_qemu_append_scopes (path, scope->outer);
  g_string_append (path, scope->name);
  g_string_append_c (path, '.');
}

static char *
make_path (const MigdescQemuTalk *talk,
           Token token)
{
  GString *path = g_string_new (talk->prefix);

  migdesc_qemu_append_scopes (path, token->scope);
  g_string_append (path, token->shown);
  return g_string_free (path, FALSE);
}

MigdescQemuFinding *
migdesc_qemu_talk_add (MigdescQemuTalk *talk,
                       const MigdescQemuToken *token,
                       const char *code,
                       MigdescQemuVerdict verdict,
                       const char *condition,
                       char *message)
{
  g_autofree char *path = make_path (talk, token);
  MigdescQemuFinding *finding
      = migdesc_qemu_finding_new (talk->explain->section, path, code, verdict, message);

  if (verdict == MIGDESC_QEMU_VERDICT_BREAKS_WHEN)
    finding->condition = g_strdup (condition);
  g_ptr_array_add (talk->findings, finding);
  g_ptr_array_add (talk->descriptions, (gpointer) token->scope->description->name);
  return finding;
}

static gboolean
is_any (Token token)
{
  return token->bytes == MIGDESC_QEMU_ANY_BYTES;
}

/* "4 bytes", "4 elements", "1 byte" */
static char *
count_of (guint64 number,
          const char *what)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %s%s", number, what, number == 1 ? "" : "s");
}

/* --- Tokens that both have -------------------------------------------- */

/* Whose choice it is: the field's, or the struct's around it. NULL: that was said already. */
static Token
find_choice (MigdescQemuTalk *talk,
             guint side,
             Token token)
{
  const MigdescQemuWire *wire = side == 0 ? talk->source : talk->destination;
  gboolean told = talk->told_guards[side] == token->guard;

  if (token->maybe)
    return token;
  talk->told_guards[side] = token->guard;
  return told ? NULL : &wire->tokens[token->guard - 1];
}

static void
talk_of_presence (MigdescQemuTalk *talk,
                  Token source,
                  Token destination)
{
  gboolean may_be_sent = migdesc_qemu_token_is_maybe (source);
  gboolean may_be_read = migdesc_qemu_token_is_maybe (destination);

  Token choice = NULL;

  if (may_be_sent != may_be_read)
    choice = find_choice (talk, may_be_sent ? 0 : 1, may_be_sent ? source : destination);
  if (choice == NULL)
    return;
  if (may_be_sent)
    migdesc_qemu_talk_add (talk, choice, MIGDESC_CODE_QEMU_FIELD_OPTIONAL,
                           MIGDESC_QEMU_VERDICT_BREAKS_WHEN, MIGDESC_QEMU_IS_NOT_SENT,
                           g_strdup ("the source's device decides whether it is sent, and the "
                                     "destination always reads it"));
  else
    migdesc_qemu_talk_add (talk, choice, MIGDESC_CODE_QEMU_FIELD_OPTIONAL,
                           MIGDESC_QEMU_VERDICT_BREAKS_WHEN, MIGDESC_QEMU_IS_NOT_EXPECTED,
                           g_strdup ("always sent, and the destination's device decides whether "
                                     "it is read"));
}

static MigdescQemuVerdict
verdict_if_there (Token source,
                  Token destination)
{
  return migdesc_qemu_token_is_maybe (source) || migdesc_qemu_token_is_maybe (destination)
             ? MIGDESC_QEMU_VERDICT_BREAKS_WHEN
             : MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS;
}

static void
talk_of_count (MigdescQemuTalk *talk,
               Token source,
               Token destination)
{
  g_autofree char *sent = NULL;

  if (source->count < 0 || destination->count < 0)
    {
      migdesc_qemu_talk_add (talk, source, MIGDESC_CODE_QEMU_FIELD_COUNT,
                             MIGDESC_QEMU_VERDICT_UNKNOWN, NULL,
                             g_strdup_printf ("an array of %d elements on one side, and a single "
                                              "or variable one on the other",
                                              MAX (source->count, destination->count)));
      return;
    }
  sent = count_of ((guint64) source->count, "element");
  migdesc_qemu_talk_add (talk, source, MIGDESC_CODE_QEMU_FIELD_COUNT,
                         verdict_if_there (source, destination), MIGDESC_QEMU_IS_SENT,
                         g_strdup_printf ("%s %s sent, %d read", sent,
                                          source->count == 1 ? "is" : "are", destination->count));
}

static void
talk_of_size (MigdescQemuTalk *talk,
              Token source,
              Token destination)
{
  g_autofree char *sent = count_of (source->bytes, "byte");

  if (is_any (source) || is_any (destination))
    migdesc_qemu_talk_add (talk, source, MIGDESC_CODE_QEMU_FIELD_SIZE,
                           MIGDESC_QEMU_VERDICT_UNKNOWN, NULL,
                           g_strdup_printf ("of %" G_GUINT64_FORMAT " bytes on one side, and of a "
                                            "size that another field says on the other",
                                            MIN (source->bytes, destination->bytes)));
  else if (source->bytes == destination->bytes)
    migdesc_qemu_talk_add (talk, source, MIGDESC_CODE_QEMU_FIELD_SIZE,
                           MIGDESC_QEMU_VERDICT_UNKNOWN, NULL,
                           g_strdup_printf ("the same %s in elements of %" G_GUINT64_FORMAT
                                            " and of %" G_GUINT64_FORMAT,
                                            sent, source->size, destination->size));
  else
    migdesc_qemu_talk_add (talk, source, MIGDESC_CODE_QEMU_FIELD_SIZE,
                           verdict_if_there (source, destination), MIGDESC_QEMU_IS_SENT,
                           g_strdup_printf ("%s %s sent, %" G_GUINT64_FORMAT " read", sent,
                                            source->bytes == 1 ? "is" : "are",
                                            destination->bytes));
}

static void
talk_of_name (MigdescQemuTalk *talk,
              Token source,
              Token destination)
{
  g_autofree char *read = NULL;
  gboolean is_known = strcmp (source->name, destination->name) == 0;
  gboolean is_optional = migdesc_qemu_token_is_maybe (source) || is_any (source);
  const char *reason = source->reason != NULL ? source->reason : destination->reason;
  MigdescQemuFinding *finding;

  if (source->is_unused || strcmp (source->shown, destination->shown) == 0)
    return;
  read = migdesc_quote (destination->shown, -1);
  finding = migdesc_qemu_talk_add (
      talk, source, MIGDESC_CODE_QEMU_FIELD_RENAMED,
      is_known      ? MIGDESC_QEMU_VERDICT_OK
      : is_optional ? MIGDESC_QEMU_VERDICT_BREAKS_WHEN
                    : MIGDESC_QEMU_VERDICT_UNKNOWN,
      is_any (source) ? MIGDESC_QEMU_DIFFERS : MIGDESC_QEMU_IS_ONE_SIDED,
      g_strdup_printf (is_known ? "named \"%s\" at the destination"
                                : "read as \"%s\": renamed, or another field",
                       read));
  if (is_known)
    finding->reason = g_strdup (reason);
}

static void
talk_of_leaves (MigdescQemuTalk *talk,
                Token source,
                Token destination)
{
  gboolean same_size = source->size == destination->size;

  talk_of_name (talk, source, destination);
  if (migdesc_qemu_fit_is_as_sent (source, destination))
    ;
  else if (same_size && source->count != destination->count
           && !migdesc_qemu_fit_has_open_count (source, destination))
    talk_of_count (talk, source, destination);
  else if (!same_size)
    talk_of_size (talk, source, destination);
  talk_of_presence (talk, source, destination);
}

void
migdesc_qemu_talk_pair (MigdescQemuTalk *talk,
                        const MigdescQemuPair *pair)
{
  if (pair->source->kind == MIGDESC_QEMU_TOKEN_LEAF)
    talk_of_leaves (talk, pair->source, pair->destination);
  else if (pair->source->kind == MIGDESC_QEMU_TOKEN_ARRAY)
    {
      if (pair->source->count != pair->destination->count)
        talk_of_count (talk, pair->source, pair->destination);
      talk_of_presence (talk, pair->source, pair->destination);
    }
}

/* --- Tokens that only one has ----------------------------------------- */

static gboolean
is_moved (const MigdescQemuTalk *talk,
          guint side,
          Token token)
{
  return !token->is_unused && g_hash_table_contains (talk->lonely[1 - side], token->name);
}

static void
talk_of_moved (MigdescQemuTalk *talk,
               Token token)
{
  migdesc_qemu_talk_add (talk, token, MIGDESC_CODE_QEMU_FIELD_MOVED,
                         migdesc_qemu_token_is_maybe (token) ? MIGDESC_QEMU_VERDICT_BREAKS_WHEN
                                                             : MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
                         MIGDESC_QEMU_IS_SENT,
                         g_strdup ("sent at another place than it is read"));
}

/* Whether it breaks for sure that only one side has it, and if not, when. */
static MigdescQemuVerdict
verdict_alone (Token token,
               gboolean is_sent,
               const char **condition)
{
  if (migdesc_qemu_token_is_maybe (token))
    *condition = is_sent ? MIGDESC_QEMU_IS_SENT : MIGDESC_QEMU_IS_EXPECTED;
  else if (is_any (token) && !token->is_never_empty)
    *condition = MIGDESC_QEMU_IS_NOT_EMPTY;
  else
    return MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS;
  return MIGDESC_QEMU_VERDICT_BREAKS_WHEN;
}

static void
talk_of_not_read (MigdescQemuTalk *talk,
                  Token token)
{
  gint32 gate = migdesc_qemu_wire_find_gate (talk->destination, token->shown);
  g_autofree char *bytes = count_of (token->bytes, "byte");
  g_autofree char *since
      = gate > 0 ? g_strdup_printf (" in a version below %d", gate) : g_strdup ("");
  const char *condition = NULL;
  MigdescQemuVerdict verdict = verdict_alone (token, TRUE, &condition);
  char *message;

  if (is_any (token))
    message = g_strdup_printf ("it is sent, and the destination does not read it%s", since);
  else
    message = g_strdup_printf ("%s %s sent that the destination does not read%s", bytes,
                               token->bytes == 1 ? "is" : "are", since);
  migdesc_qemu_talk_add (talk, token, MIGDESC_CODE_QEMU_FIELD_NOT_READ, verdict, condition,
                         message);
}

static void
talk_of_not_sent (MigdescQemuTalk *talk,
                  Token token)
{
  g_autofree char *bytes = is_any (token) ? g_strdup ("what") : count_of (token->bytes, "byte");
  const char *condition = NULL;
  MigdescQemuVerdict verdict = verdict_alone (token, FALSE, &condition);

  migdesc_qemu_talk_add (talk, token, MIGDESC_CODE_QEMU_FIELD_NOT_SENT, verdict, condition,
                         g_strdup_printf ("the destination reads %s%s not sent", bytes,
                                          is_any (token)        ? " is"
                                          : token->bytes == 1 ? " that is"
                                                                : " that are"));
}

static void
talk_of_lonely_subsections (MigdescQemuTalk *talk,
                            Token token)
{
  for (guint i = 0; i < token->description->n_subsections; i++)
    {
      const char *name = token->description->subsections[i].name;
      g_autofree char *shown = migdesc_quote (name, -1);
      g_autofree char *condition = g_strdup_printf ("the subsection %s is sent", shown);
      MigdescQemuToken place = *token;

      place.kind = MIGDESC_QEMU_TOKEN_LEAF;
      place.shown = name;
      migdesc_qemu_talk_add (
          talk, &place, MIGDESC_CODE_QEMU_SUBSECTION_MISSING, MIGDESC_QEMU_VERDICT_BREAKS_WHEN,
          condition, g_strdup ("the destination does not know the subsection"));
    }
}

/* --- Padding ---------------------------------------------------------- */

static gboolean
is_plain (Token token)
{
  return token == NULL
         || (token->kind == MIGDESC_QEMU_TOKEN_LEAF && !migdesc_qemu_token_is_maybe (token)
             && !is_any (token) && (token->is_unused || !token->is_shared));
}

static guint64
divisor_of (guint64 first,
            guint64 second)
{
  while (second != 0)
    {
      guint64 rest = first % second;

      first = second;
      second = rest;
    }
  return first;
}

/* Whether some number of elements of unit bytes makes up for what is lacking; 0: none are. */
static gboolean
may_fill (guint64 has,
          guint64 needs,
          guint64 unit)
{
  return unit > 0 && has < needs && (needs - has) % unit == 0;
}

/* Whether what has no match is as large on both sides, or may be, and goes into or comes out of
 * padding. */
static gboolean
is_padding (const MigdescQemuPair *pairs,
            guint n_pairs,
            gboolean *is_sure)
{
  guint64 sums[2] = { 0, 0 };
  gboolean names[2] = { FALSE, FALSE };
  guint64 units[2] = { 0, 0 };

  for (guint i = 0; i < n_pairs; i++)
    for (guint side = 0; side < 2; side++)
      {
        Token token = side == 0 ? pairs[i].source : pairs[i].destination;

        if (!is_plain (token))
          return FALSE;
        if (token == NULL)
          continue;
        sums[side] += token->bytes;
        names[side] |= !token->is_unused;
        if (!token->is_unused && token->is_countless)
          units[side] = divisor_of (token->size, units[side]);
      }
  *is_sure = sums[0] == sums[1];
  return !(names[0] && names[1])
         && (*is_sure || may_fill (sums[0], sums[1], units[0])
             || may_fill (sums[1], sums[0], units[1]));
}

static void
talk_of_padding (MigdescQemuTalk *talk,
                 const MigdescQemuPair *pairs,
                 guint n_pairs,
                 gboolean is_sure)
{
  for (guint i = 0; i < n_pairs; i++)
    {
      Token source = pairs[i].source;
      Token destination = pairs[i].destination;

      if (source != NULL && !source->is_unused)
        migdesc_qemu_talk_add (talk, source, MIGDESC_CODE_QEMU_FIELD_DROPPED,
                               is_sure ? MIGDESC_QEMU_VERDICT_OK : MIGDESC_QEMU_VERDICT_UNKNOWN,
                               NULL,
                               g_strdup (is_sure ? "the destination reads it as padding"
                                                 : "the destination reads it as padding, if it "
                                                   "has as many elements: the dump does not "
                                                   "tell"));
      if (destination != NULL && !destination->is_unused)
        migdesc_qemu_talk_add (talk, destination, MIGDESC_CODE_QEMU_FIELD_ZERO,
                               MIGDESC_QEMU_VERDICT_UNKNOWN, NULL,
                               g_strdup (is_sure ? "the source sends padding for it: the "
                                                   "destination gets zeros"
                                                 : "the source sends padding for it, if it has as "
                                                   "many elements: the destination gets zeros"));
    }
}

void
migdesc_qemu_talk_gap (MigdescQemuTalk *talk,
                       const MigdescQemuPair *pairs,
                       guint n_pairs)
{
  gboolean is_sure;

  if (is_padding (pairs, n_pairs, &is_sure))
    {
      talk_of_padding (talk, pairs, n_pairs, is_sure);
      return;
    }
  for (guint i = 0; i < n_pairs; i++)
    {
      Token source = pairs[i].source;
      Token destination = pairs[i].destination;

      if (source != NULL && source->kind == MIGDESC_QEMU_TOKEN_SUBSECTIONS)
        talk_of_lonely_subsections (talk, source);
      else if (source != NULL && is_moved (talk, 0, source))
        talk_of_moved (talk, source);
      else if (source != NULL)
        talk_of_not_read (talk, source);
      if (destination != NULL && destination->kind != MIGDESC_QEMU_TOKEN_SUBSECTIONS
          && !is_moved (talk, 1, destination))
        talk_of_not_sent (talk, destination);
    }
}
