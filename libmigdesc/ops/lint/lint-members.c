/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of lint that are about members of the document, and about params alone. */

#include <string.h>

#include <migdesc/migdesc-code.h>

#include "base/json-find.h"
#include "base/json-reader.h"
#include "ops/diff/diff-private.h"

/* --- Unknown members -------------------------------------------------- */

static void
say_member (MigdescDiffing *diffing,
            const char *pointer,
            const MigdescJsonString *name)
{
  MigdescFindingCore *finding
      = migdesc_diffing_begin (diffing, MIGDESC_CODE_UNKNOWN_MEMBER, MIGDESC_CATEGORY_NONE);
  g_autofree char *text = NULL;
  GString *place, *message;

  if (finding == NULL)
    return;
  text = g_strndup (name->text, name->length);
  place = g_string_new (pointer);
  migdesc_json_pointer_append (place, name->text, name->length);
  migdesc_diffing_place (finding, g_string_free (place, FALSE), NULL);
  message = g_string_new ("the member ");
  migdesc_words_append_quoted (message, text);
  g_string_append (message, " is not known");
  migdesc_diffing_take (diffing, finding, message, NULL);
}

/* @extra is canonical JSON without its braces; takes over @pointer. */
static void
lint_extra (MigdescDiffing *diffing,
            const char *extra,
            char *pointer)
{
  g_autofree char *taken = pointer;
  g_autofree char *object = NULL;
  g_auto (MigdescJsonReader) json;
  MigdescJsonString name;

  object = g_strdup_printf ("{%s}", extra != NULL ? extra : "");
  migdesc_json_reader_init (&json, object, strlen (object), NULL);
  migdesc_json_reader_begin_object (&json);
  while (migdesc_json_reader_next_member (&json, &name))
    {
      say_member (diffing, taken, &name);
      migdesc_json_reader_skip_value (&json);
    }
}

static void
lint_extras (MigdescDiffing *diffing)
{
  const MigdescModelCore *model = diffing->model;
  const char *name = diffing->model_name;

  if (model->extra != NULL)
    lint_extra (diffing, model->extra, migdesc_pointer_to_member (name, NULL));
  for (guint32 i = 0; i < model->n_params; i++)
    if (model->params[i].extra != NULL)
      lint_extra (diffing, model->params[i].extra,
                  migdesc_pointer_to_param (name, model->params[i].name));
  for (guint32 i = 0; i < model->n_versions; i++)
    if (model->versions[i].more->extra != NULL)
      lint_extra (diffing, model->versions[i].more->extra,
                  migdesc_pointer_to_position (name, "versions", i));
  for (guint32 i = 0; i < model->n_constraints; i++)
    if (model->constraints[i].extra != NULL)
      lint_extra (diffing, model->constraints[i].extra,
                  migdesc_pointer_to_position (name, "constraints", i));
}

/* --- Ignored codes ---------------------------------------------------- */

static void
lint_ignores (MigdescDiffing *diffing,
              const MigdescIgnore *ignores,
              guint32 n,
              const char *pointer)
{
  for (guint32 i = 0; i < n; i++)
    {
      MigdescFindingCore *finding;
      GString *place, *message;

      if (migdesc_code_is_known (ignores[i].code))
        continue;
      finding = migdesc_diffing_begin (diffing, MIGDESC_CODE_IGNORE_UNKNOWN_CODE,
                                       MIGDESC_CATEGORY_NONE);
      if (finding == NULL)
        continue;
      place = g_string_new (pointer);
      migdesc_json_pointer_append (place, ignores[i].code, strlen (ignores[i].code));
      migdesc_diffing_place (finding, g_string_free (place, FALSE), NULL);
      message = g_string_new ("\"ignore\" names ");
      migdesc_words_append_quoted (message, ignores[i].code);
      g_string_append (message, ", which is no code");
      migdesc_diffing_take (diffing, finding, message, NULL);
    }
}

/* --- Params ----------------------------------------------------------- */

static void
say_never_set (MigdescDiffing *diffing,
               const MigdescParamCore *param)
{
  MigdescFindingCore *finding
      = migdesc_diffing_begin (diffing, MIGDESC_CODE_PARAM_NEVER_SET, MIGDESC_CATEGORY_NONE);
  GString *message;

  if (finding == NULL)
    return;
  finding->param = g_strdup (param->name);
  migdesc_diffing_place (finding, migdesc_pointer_to_param (diffing->model_name, param->name),
                         NULL);
  message = g_string_new ("no version sets ");
  migdesc_words_append_name (message, param->name);
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static void
lint_never_set (MigdescDiffing *diffing)
{
  const MigdescModelCore *model = diffing->model;
  g_autofree guint8 *set = NULL;

  if (model->n_versions == 0)
    return;
  set = g_new0 (guint8, model->n_params + 1);
  for (guint32 i = 0; i < model->n_versions; i++)
    for (guint32 k = 0; k < model->versions[i].n_settings; k++)
      set[model->versions[i].settings[k].param] = TRUE;
  for (guint32 i = 0; i < model->n_params; i++)
    if (!set[i])
      say_never_set (diffing, &model->params[i]);
}

static void
lint_init (MigdescDiffing *diffing)
{
  const MigdescModelCore *model = diffing->model;
  MigdescFindingCore *finding;

  if (model->n_versions == 0 || model->version_only)
    return;
  for (guint32 i = 0; i < model->n_versions; i++)
    if (model->versions[i].hash == model->init_hash)
      return;
  finding = migdesc_diffing_begin (diffing, MIGDESC_CODE_INIT_NOT_A_VERSION,
                                   MIGDESC_CATEGORY_NONE);
  if (finding == NULL)
    return;
  migdesc_diffing_place_in_model (diffing, finding, "params");
  migdesc_diffing_take (diffing, finding,
                        g_string_new ("a device that is created without a version is none: no "
                                      "version has all init values"),
                        NULL);
}

void
migdesc_lint_members (MigdescDiffing *diffing)
{
  g_autofree char *place = migdesc_pointer_to_member (diffing->model_name, "ignore");

  lint_extras (diffing);
  lint_ignores (diffing, diffing->model->ignores, diffing->model->n_ignores, place);
  lint_never_set (diffing);
  lint_init (diffing);
}

void
migdesc_lint_document (MigdescDiffing *diffing)
{
  if (diffing->store->extra != NULL)
    lint_extra (diffing, diffing->store->extra, g_strdup (""));
  lint_ignores (diffing, diffing->store->ignores, diffing->store->n_ignores, "/ignore");
}
