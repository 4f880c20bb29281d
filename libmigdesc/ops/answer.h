/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"
#include "model/report-private.h"

G_BEGIN_DECLS

/* How findings speak: of whom the question is, and how its remedies begin. */
typedef struct
{
  const char *here;   /* the side that the findings are about: "the destination" */
  const char *there;  /* the other side: "the source" */
  const char *change; /* how to get another value: "restart the source with" */
} MigdescVoice;

extern const MigdescVoice migdesc_voice_expand;
extern const MigdescVoice migdesc_voice_check;
extern const MigdescVoice migdesc_voice_return;
extern const MigdescVoice migdesc_voice_baseline;

/* An answer in the making. With a report, every rule adds what it finds; without one only the
 * verdict is wanted, and the first blocker settles it. */
typedef struct
{
  const MigdescVoice *voice;
  MigdescReport *report; /* nullable */
  MigdescVerdict verdict;
  MigdescStore *store;           /* of the side that the findings are about */
  const MigdescModelCore *model; /* nullable: that side does not have it */
  const char *model_name;
  guint32 budget; /* what is left for finding near names */
} MigdescAnswer;

void migdesc_answer_init (MigdescAnswer *answer,
                          MigdescStore *store,
                          const MigdescModelCore *model,
                          const char *model_name,
                          const MigdescVoice *voice,
                          MigdescReport *report);

/* Takes a finding into the verdict. TRUE: its words are wanted as well. */
gboolean migdesc_answer_note (MigdescAnswer *answer, MigdescSeverity severity);
void migdesc_answer_note_undecided (MigdescAnswer *answer);

/* Whether no further finding can change what is asked for. */
static inline gboolean
migdesc_answer_is_settled (const MigdescAnswer *answer)
{
  return answer->report == NULL && answer->verdict == MIGDESC_VERDICT_INCOMPATIBLE;
}

/* A finding of this answer, to be filled in and taken by the report. */
MigdescFindingCore *migdesc_answer_start (const MigdescAnswer *answer,
                                          const char *code,
                                          MigdescSeverity severity);

/* Where a finding stands in the document that the answer is about. */
char *migdesc_pointer_to_member (const char *model, const char *member);
char *migdesc_pointer_to_param (const char *model, const char *param);
char *migdesc_pointer_to_position (const char *model, const char *member, guint32 position);

/* The accepted set of a param, or NULL if that is any int or string; shares the param's own set
 * where it can. */
MigdescValueSet *migdesc_accepted_values (MigdescStore *store, const MigdescParamCore *param);
MigdescValueSet *migdesc_version_names (MigdescStore *store, const MigdescModelCore *model);

/* The value that a finding is about, as text. */
void migdesc_finding_set_source (MigdescFindingCore *finding,
                                 MigdescValueType type,
                                 const char *text);

/* Pieces of messages. Text from outside is escaped and cut. */
void migdesc_words_append_quoted (GString *words, const char *text);
void migdesc_words_append_name (GString *words, const char *text);
void migdesc_words_append_value (GString *words, MigdescValueType type, MigdescValue value);
void migdesc_words_append_setting (GString *words,
                                   const MigdescParamCore *param,
                                   MigdescValue value);
void migdesc_words_append_set (GString *words, const MigdescSet *set);
void migdesc_words_append_accepted (GString *words, const MigdescParamCore *param);

G_END_DECLS
