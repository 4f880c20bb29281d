/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/losses.h"

#include "base/quote.h"
#include "codec/encoder.h"
#include "model/codes.h"

/* What a conversion lost is found by reading what it wrote: nobody has to list by hand what each
 * dialect lacks. */

typedef struct
{
  MigdescReport *report;
  MigdescSeverity severity;
  MigdescEncoder original;
  MigdescEncoder copy;
  GString *original_text;
  GString *copy_text;
  GString *pointer; /* of the object being compared */
  const MigdescParamCore *param; /* nullable */
  MigdescArena *arena;
} Comparison;

static void
append_reference (GString *pointer,
                  const char *name)
{
  g_string_append_c (pointer, '/');
  for (; *name != '\0'; name++)
    if (*name == '~')
      g_string_append (pointer, "~0");
    else if (*name == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, *name);
}

/* @member: nullable; what of the object at the pointer is lost */
static void
report_loss (Comparison *comparison,
             const char *member,
             const char *message)
{
  MigdescFindingCore *finding;
  gsize length = comparison->pointer->len;

  if (migdesc_report_is_full (comparison->report))
    {
      migdesc_report_omit (comparison->report, comparison->severity);
      return;
    }
  if (member != NULL)
    append_reference (comparison->pointer, member);
  finding = migdesc_finding_core_new (MIGDESC_CODE_CONVERSION_LOSS, comparison->severity);
  finding->pointer = g_strdup (comparison->pointer->str);
  if (comparison->original.model != NULL)
    finding->model = g_strdup (comparison->original.model->name);
  if (comparison->param != NULL)
    finding->param = g_strdup (comparison->param->name);
  finding->message = g_strdup (message);
  migdesc_report_take (comparison->report, finding);
  g_string_truncate (comparison->pointer, length);
}

/* FALSE: it has none. */
static gboolean
write_member (MigdescEncoder *encoder,
              const MigdescMember *member,
              gconstpointer record)
{
  g_string_truncate (encoder->json.output, 0);
  migdesc_json_writer_init (&encoder->json, encoder->json.output, FALSE);
  if (record == NULL || !member->is_set (encoder, member, record))
    return FALSE;
  member->write (encoder, member, record);
  return TRUE;
}

static void
compare_texts (Comparison *comparison,
               const char *member,
               gboolean had,
               gboolean has)
{
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;
  g_autofree char *message = NULL;

  if (had == has && (!had || g_string_equal (comparison->original_text, comparison->copy_text)))
    return;
  was = migdesc_quote (comparison->original_text->str, (gssize) comparison->original_text->len);
  is = migdesc_quote (comparison->copy_text->str, (gssize) comparison->copy_text->len);
  if (!has)
    message = g_strdup_printf ("\"%s\" is lost: %s", member, was);
  else if (!had)
    message = g_strdup_printf ("\"%s\" was not there and becomes %s", member, is);
  else
    message = g_strdup_printf ("\"%s\" was %s and becomes %s", member, was, is);
  report_loss (comparison, member, message);
}

static void
compare_extra (Comparison *comparison,
               const MigdescShape *shape,
               gconstpointer original,
               gconstpointer copy)
{
  const char *had = migdesc_shape_get_extra (shape, original);
  const char *has = copy != NULL ? migdesc_shape_get_extra (shape, copy) : NULL;
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;
  g_autofree char *message = NULL;

  if (had == NULL || g_strcmp0 (had, has) == 0)
    return;
  was = migdesc_quote (had, -1);
  is = has != NULL ? migdesc_quote (has, -1) : NULL;
  message = is == NULL ? g_strdup_printf ("unknown members are lost: %s", was)
                       : g_strdup_printf ("unknown members were %s and become %s", was, is);
  report_loss (comparison, NULL, message);
}

/* Members that are compared in another way have their bit in @except. */
static void
compare_members (Comparison *comparison,
                 const MigdescShape *shape,
                 gconstpointer original,
                 gconstpointer copy,
                 guint except)
{
  for (guint i = 0; i < shape->n_members; i++)
    {
      const MigdescMember *member = &shape->members[i];
      gboolean had;
      gboolean has;

      if ((except & (1u << i)) != 0)
        continue;
      had = write_member (&comparison->original, member, original);
      has = write_member (&comparison->copy, member, copy);
      compare_texts (comparison, member->name, had, has);
    }
  compare_extra (comparison, shape, original, copy);
}

static guint
member_bit (const MigdescShape *shape,
            const char *name)
{
  for (guint i = 0; i < shape->n_members; i++)
    if (strcmp (shape->members[i].name, name) == 0)
      return 1u << i;
  return 0;
}

/* What it allows and its off value. All bools are both of them, said or not. */
static void
get_accepted (Comparison *comparison,
              const MigdescParamCore *param,
              MigdescSet *accepted)
{
  migdesc_param_core_accepted (param, comparison->arena, accepted);
  if (accepted->type == MIGDESC_VALUE_TYPE_BOOL && accepted->any)
    {
      accepted->any = FALSE;
      accepted->bools = 3;
    }
}

static void
compare_accepted (Comparison *comparison,
                  const MigdescParamCore *original,
                  const MigdescParamCore *copy,
                  const MigdescMember *member)
{
  MigdescSet had;
  MigdescSet has;
  gboolean had_text;
  gboolean has_text;

  get_accepted (comparison, original, &had);
  get_accepted (comparison, copy, &has);
  if (original->type == copy->type && migdesc_set_equal (&had, &has))
    return;
  had_text = write_member (&comparison->original, member, original);
  has_text = write_member (&comparison->copy, member, copy);
  compare_texts (comparison, member->name, had_text, has_text);
}

static void
compare_params (Comparison *comparison,
                const MigdescModelCore *copy)
{
  const MigdescModelCore *original = comparison->original.model;
  const MigdescShape *shape = &migdesc_param_shape;
  guint allowed = member_bit (shape, "allowed_values");
  gsize length = comparison->pointer->len;

  for (guint i = 0; i < original->n_params; i++)
    {
      const MigdescParamCore *param = &original->params[i];
      guint32 position = migdesc_model_core_find_param (copy, param->name, param->key.length);

      comparison->param = param;
      g_string_append (comparison->pointer, "/params");
      append_reference (comparison->pointer, param->name);
      if (position == MIGDESC_NOT_FOUND)
        report_loss (comparison, NULL, "the param is lost");
      else
        {
          guint except = allowed | (param->inferred ? 0 : member_bit (shape, "inferred"));

          compare_accepted (comparison, param, &copy->params[position],
                            &shape->members[g_bit_nth_lsf (allowed, -1)]);
          compare_members (comparison, shape, param, &copy->params[position], except);
        }
      g_string_truncate (comparison->pointer, length);
    }
  comparison->param = NULL;
}

/* Whether the version sets every param that both know to the same value, said or not. */
static gboolean
settings_are_kept (Comparison *comparison,
                   guint32 original_version,
                   guint32 copy_version)
{
  const MigdescModelCore *original = comparison->original.model;
  const MigdescModelCore *copy = comparison->copy.model;
  g_autofree MigdescValue *values = g_new (MigdescValue, original->n_params);
  g_autofree MigdescValue *copies = g_new (MigdescValue, copy->n_params);

  migdesc_model_core_fill_off (original, values);
  migdesc_model_core_apply_version (original, original_version, values);
  migdesc_model_core_fill_off (copy, copies);
  migdesc_model_core_apply_version (copy, copy_version, copies);
  for (guint i = 0; i < original->n_params; i++)
    {
      const MigdescParamCore *param = &original->params[i];
      guint32 position = migdesc_model_core_find_param (copy, param->name, param->key.length);

      if (position == MIGDESC_NOT_FOUND)
        continue; /* reported already */
      g_string_truncate (comparison->original_text, 0);
      g_string_truncate (comparison->copy_text, 0);
      migdesc_value_append_text (comparison->original_text, (MigdescValueType) param->type,
                                 values[i]);
      migdesc_value_append_text (comparison->copy_text,
                                 (MigdescValueType) copy->params[position].type, copies[position]);
      if (!g_string_equal (comparison->original_text, comparison->copy_text))
        return FALSE;
    }
  return TRUE;
}

static void
compare_versions (Comparison *comparison,
                  const MigdescModelCore *copy)
{
  const MigdescModelCore *original = comparison->original.model;
  guint params = member_bit (&migdesc_version_shape, "params");
  gsize length = comparison->pointer->len;

  for (guint i = 0; i < original->n_versions; i++)
    {
      const MigdescVersionCore *version = &original->versions[i];
      guint32 position = migdesc_model_core_find_version (copy, version->name, version->key.length);

      g_string_append_printf (comparison->pointer, "/versions/%u", i);
      if (position == MIGDESC_NOT_FOUND)
        report_loss (comparison, NULL, "the version is lost");
      else
        {
          if (!settings_are_kept (comparison, i, position))
            report_loss (comparison, "params", "\"params\" of the version change");
          compare_members (comparison, &migdesc_version_shape, version, &copy->versions[position],
                           params);
        }
      g_string_truncate (comparison->pointer, length);
    }
}

static void
compare_models (Comparison *comparison,
                const MigdescStore *original,
                const MigdescStore *copy)
{
  guint except = member_bit (&migdesc_model_shape, "params")
                 | member_bit (&migdesc_model_shape, "versions");

  for (guint i = 0; i < original->n_models; i++)
    {
      const MigdescModelCore *model = &original->models[i];
      const MigdescModelCore *other = migdesc_store_find_model (copy, model->name,
                                                                model->key.length);

      comparison->original.model = model;
      comparison->copy.model = other;
      g_string_assign (comparison->pointer, "/models");
      append_reference (comparison->pointer, model->name);
      if (other == NULL)
        {
          report_loss (comparison, NULL, "the model is lost");
          continue;
        }
      compare_params (comparison, other);
      compare_versions (comparison, other);
      compare_members (comparison, &migdesc_model_shape, model, other, except);
    }
  comparison->original.model = NULL;
  g_string_truncate (comparison->pointer, 0);
}

void
migdesc_report_losses (const MigdescStore *original,
                       const MigdescStore *copy,
                       MigdescSeverity severity,
                       MigdescReport *report)
{
  g_autoptr (GString) original_text = g_string_new (NULL);
  g_autoptr (GString) copy_text = g_string_new (NULL);
  g_autoptr (GString) pointer = g_string_new (NULL);
  g_autoptr (MigdescArena) arena = migdesc_arena_new (4096);
  Comparison comparison = { .report = report, .severity = severity, .original_text = original_text,
                            .copy_text = copy_text, .pointer = pointer, .arena = arena };

  migdesc_encoder_init (&comparison.original, original, MIGDESC_IN_NATIVE, original_text);
  migdesc_encoder_init (&comparison.copy, copy, MIGDESC_IN_NATIVE, copy_text);
  compare_models (&comparison, original, copy);
  compare_members (&comparison, &migdesc_document_shape, original, copy,
                   member_bit (&migdesc_document_shape, "models"));
  migdesc_encoder_clear (&comparison.original);
  migdesc_encoder_clear (&comparison.copy);
}
