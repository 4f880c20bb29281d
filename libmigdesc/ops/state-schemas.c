/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/state-schemas.h"

#include <string.h>

#include "model/codes.h"
#include "state/schema/resolve.h"

typedef struct
{
  MigdescAnswer *answer;
  gboolean blocked;
} Found;

void
migdesc_state_schemas_take (MigdescAnswer *answer,
                            const char *code,
                            MigdescSeverity severity,
                            const char *message)
{
  MigdescFindingCore *finding;

  if (!migdesc_answer_note (answer, severity))
    return;
  finding = migdesc_answer_start (answer, code, severity);
  finding->pointer = migdesc_pointer_to_member (answer->model_name, "state");
  finding->message = g_strdup (message);
  migdesc_report_take (answer->report, finding);
}

static void
take_found (gpointer data,
            const char *code,
            MigdescSeverity severity,
            gboolean undecided,
            const char *message)
{
  Found *found = data;

  migdesc_state_schemas_take (found->answer, code, severity, message);
  found->blocked |= severity == MIGDESC_SEVERITY_BLOCKER;
  if (undecided)
    migdesc_answer_note_undecided (found->answer);
}

/* Read once for a model: what another thread has kept meanwhile wins. */
MigdescStateType *
migdesc_model_get_state_type (const MigdescModelCore *model,
                              GError **error)
{
  gpointer *kept = (gpointer *) &model->state_type;
  MigdescStateType *type = g_atomic_pointer_get (kept);

  if (type == NULL)
    {
      type = migdesc_state_type_new_from_json (model->state, -1, NULL, error);
      if (type == NULL || g_atomic_pointer_compare_and_exchange (kept, NULL, type))
        return type;
      g_object_unref (type);
      type = g_atomic_pointer_get (kept);
    }
  return type;
}

MigdescStateType *
migdesc_state_schemas_read (MigdescAnswer *answer,
                            const MigdescModelCore *model,
                            const char *side)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_model_get_state_type (model, &error);
  g_autofree char *message = NULL;

  if (type != NULL)
    return type;
  message = g_strdup_printf ("%s's state schema cannot be used: %s", side, error->message);
  migdesc_state_schemas_take (answer, MIGDESC_CODE_STATE_SCHEMA_UNUSABLE, MIGDESC_SEVERITY_WARNING,
                              message);
  migdesc_answer_note_undecided (answer);
  return NULL;
}

/* The member is a number or a string, as canonical JSON. */
guint
migdesc_version_core_get_state_version (const MigdescVersionCore *version)
{
  const char *text = version->more->state_version;
  g_autofree char *digits = NULL;
  guint64 number = 0;

  if (text == NULL)
    return 0;
  digits = text[0] == '"' ? g_strndup (text + 1, strlen (text) - 2) : g_strdup (text);
  g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT32, &number, NULL);
  return (guint) number;
}

static guint
get_state_version (const MigdescModelCore *model,
                   const char *name)
{
  guint32 position = name == NULL ? MIGDESC_NOT_FOUND
                                  : migdesc_model_core_find_version (model, name, strlen (name));

  return position == MIGDESC_NOT_FOUND
             ? 0
             : migdesc_version_core_get_state_version (&model->versions[position]);
}

gboolean
migdesc_state_schemas_resolve (MigdescAnswer *answer,
                               MigdescStateType *writer,
                               MigdescStateType *reader,
                               guint version)
{
  const MigdescResolveVoice voice = { answer->voice->there, answer->voice->here };
  Found found = { answer, FALSE };

  migdesc_state_resolve (writer, reader, version, &voice, take_found, &found);
  return !found.blocked;
}

gboolean
migdesc_check_state_schemas (MigdescAnswer *answer,
                             const MigdescModelCore *source,
                             const char *version)
{
  const MigdescModelCore *destination = answer->model;
  MigdescStateType *writer, *reader;

  if (source->state == NULL || destination->state == NULL || migdesc_answer_is_settled (answer)
      || strcmp (source->state, destination->state) == 0)
    return TRUE;
  writer = migdesc_state_schemas_read (answer, source, answer->voice->there);
  reader = migdesc_state_schemas_read (answer, destination, answer->voice->here);
  if (writer == NULL || reader == NULL)
    return TRUE;
  return migdesc_state_schemas_resolve (answer, writer, reader,
                                        get_state_version (source, version));
}
