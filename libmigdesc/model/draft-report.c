/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The wording of what is wrong with a descriptor. */

#include <string.h>

#include "base/limits-private.h"
#include "base/quote.h"
#include "model/draft-private.h"

gboolean
migdesc_draft_omits (MigdescDraft *draft,
                     MigdescError code)
{
  if (!migdesc_diagnostics_is_full (draft->diagnostics, MIGDESC_SEVERITY_BLOCKER))
    return FALSE;
  migdesc_diagnostics_add (draft->diagnostics, code, MIGDESC_SEVERITY_BLOCKER, MIGDESC_NO_PLACE,
                           NULL, "%s", "");
  return TRUE;
}

static void
append_step (GString *pointer,
             const char *step)
{
  g_string_append_c (pointer, '/');
  for (const char *c = step; *c != '\0'; c++)
    if (*c == '~' || *c == '/')
      g_string_append (pointer, *c == '~' ? "~0" : "~1");
    else
      g_string_append_c (pointer, *c);
}

/* NULL where a byte offset says more. Names need not be UTF-8 if a program gave them. */
static char *
make_pointer (MigdescDraft *draft,
              MigdescPlace place,
              const char *const *path)
{
  g_autoptr (GString) pointer = NULL;

  if (place != MIGDESC_NO_PLACE)
    return NULL;

  pointer = g_string_new ("/models");
  if (draft->models.n > 0)
    append_step (pointer, draft->model->name);
  for (gsize i = 0; path != NULL && path[i] != NULL; i++)
    append_step (pointer, path[i]);
  return g_utf8_make_valid (pointer->str, (gssize) pointer->len);
}

const char *const *
migdesc_draft_path (MigdescDraftPath *path,
                    const char *array,
                    guint32 position,
                    const char *member,
                    const char *param)
{
  g_snprintf (path->digits, sizeof path->digits, "%" G_GUINT32_FORMAT, position);
  path->steps[0] = array;
  path->steps[1] = path->digits;
  path->steps[2] = member;
  path->steps[3] = param;
  path->steps[4] = NULL;
  return path->steps;
}

void
migdesc_draft_report (MigdescDraft *draft,
                      MigdescError code,
                      MigdescPlace place,
                      const char *const *path,
                      const char *format,
                      ...)
{
  g_autofree char *message = NULL;
  g_autofree char *pointer = NULL;
  va_list args;

  if (migdesc_draft_omits (draft, code))
    return;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  pointer = make_pointer (draft, place, path);
  migdesc_diagnostics_add (draft->diagnostics, code, MIGDESC_SEVERITY_BLOCKER, place, pointer, "%s",
                           message);
}

void
migdesc_draft_report_name (MigdescDraft *draft,
                           MigdescError code,
                           MigdescPlace place,
                           const char *const *path,
                           MigdescSlice name,
                           const char *what)
{
  g_autofree char *quoted = NULL;

  if (migdesc_draft_omits (draft, code))
    return;
  quoted = migdesc_quote (name.text, (gssize) name.length);
  migdesc_draft_report (draft, code, place, path, "\"%s\" %s", quoted, what);
}

void
migdesc_draft_report_duplicate (MigdescDraft *draft,
                                MigdescError code,
                                MigdescPlace place,
                                const char *const *path,
                                MigdescSlice name,
                                const char *kind)
{
  g_autofree char *quoted = NULL;

  if (migdesc_draft_omits (draft, code))
    return;
  quoted = migdesc_quote (name.text, (gssize) name.length);
  migdesc_draft_report (draft, code, place, path, "there is more than one %s \"%s\"", kind, quoted);
}

char *
migdesc_draft_describe_value (const char *what,
                              const MigdescParamCore *param,
                              MigdescValue value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GString *subject = g_string_new (what);
  gboolean is_string = param->type == MIGDESC_VALUE_TYPE_STRING;

  migdesc_value_append_text (text, (MigdescValueType) param->type, value);
  g_string_append (subject, is_string ? " \"" : " ");
  migdesc_quote_append (subject, text->str, text->len);
  g_string_append (subject, is_string ? "\" of \"" : " of \"");
  migdesc_quote_append (subject, param->key.text, param->key.length);
  g_string_append_c (subject, '"');
  return g_string_free (subject, FALSE);
}

void
migdesc_draft_report_not_allowed (MigdescDraft *draft,
                                  MigdescError code,
                                  MigdescPlace place,
                                  const char *const *path,
                                  const char *subject,
                                  const MigdescParamCore *param)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  g_autoptr (GString) accepted = g_string_new (NULL);
  MigdescSet set;

  migdesc_param_core_accepted (param, arena, &set);
  migdesc_set_quote (accepted, &set);
  migdesc_draft_report (draft, code, place, path, "%s is not allowed: %s", subject, accepted->str);
}

void
migdesc_draft_report_limit (MigdescDraft *draft,
                            MigdescLimit limit,
                            guint64 value,
                            MigdescPlace place,
                            const char *const *path)
{
  g_autofree char *message = migdesc_limit_to_message (limit, value);

  migdesc_draft_report (draft, MIGDESC_ERROR_LIMIT_EXCEEDED, place, path, "%s", message);
}
