/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/rule.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "model/codes.h"
#include "model/report-private.h"
#include "state/tree/state-private.h"

#define WHITE " \t"
#define BITS "bits"

void
migdesc_qemu_rule_clear (MigdescQemuRule *rule)
{
  g_clear_pointer (&rule->text, g_free);
  g_clear_pointer (&rule->section, g_free);
  g_clear_pointer (&rule->path, g_free);
  g_clear_pointer (&rule->accepted, migdesc_value_set_unref);
}

static gboolean
parse_bits (MigdescQemuRule *rule,
            const char *text)
{
  const char *digits = text + strspn (text, WHITE);
  guint base = 10;

  if (g_str_has_prefix (digits, "0x"))
    {
      base = 16;
      digits += 2;
    }
  return g_ascii_string_to_unsigned (digits, base, 0, G_MAXUINT64, &rule->bits, NULL);
}

/* The next word, cut off; *rest begins behind it. */
static char *
cut_word (const char **rest)
{
  gsize length;
  char *word;

  *rest += strspn (*rest, WHITE);
  length = strcspn (*rest, WHITE);
  word = g_strndup (*rest, length);
  *rest += length;
  return word;
}

static gboolean
parse (MigdescQemuRule *rule,
       const char *text)
{
  const char *rest = text;

  rule->text = g_strdup (text);
  rule->section = cut_word (&rest);
  rule->path = cut_word (&rest);
  rest += strspn (rest, WHITE);
  if (*rule->path == '\0' || *rest == '\0')
    return FALSE;
  if (g_str_has_prefix (rest, BITS))
    return parse_bits (rule, rest + strlen (BITS));
  rule->accepted = migdesc_value_set_new_from_string (MIGDESC_VALUE_TYPE_INT, rest, NULL);
  return rule->accepted != NULL;
}

gboolean
migdesc_qemu_rule_parse (MigdescQemuRule *rule,
                         const char *text,
                         GError **error)
{
  g_auto (MigdescQemuRule) parsed = { NULL };
  g_autofree char *quoted = NULL;

  if (parse (&parsed, text))
    {
      *rule = parsed;
      memset (&parsed, 0, sizeof parsed);
      return TRUE;
    }
  quoted = migdesc_quote (text, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
               "%s: a rule is SECTION PATH VALUES, with values such as 2-256,512 or bits 0x1f",
               quoted);
  return FALSE;
}

typedef struct
{
  const MigdescQemuRule *rule;
  const char *section;
  guint64 offset;
  MigdescReport *report;
  guint64 n; /* numbers that were looked at */
} Check;

static gboolean
is_accepted (const MigdescQemuRule *rule,
             const MigdescNode *node)
{
  guint64 value = node->value;
  g_autoptr (GVariant) variant = NULL;

  if (rule->accepted == NULL)
    return (value & ~rule->bits) == 0;
  if (node->kind == MIGDESC_STATE_INT && (gint64) value < 0)
    return FALSE;
  variant = g_variant_ref_sink (g_variant_new_uint64 (value));
  return migdesc_value_set_contains (rule->accepted, variant);
}

static char *
describe_accepted (const MigdescQemuRule *rule)
{
  if (rule->accepted == NULL)
    return g_strdup_printf ("only the bits 0x%" G_GINT64_MODIFIER "x", rule->bits);
  return migdesc_value_set_to_string (rule->accepted);
}

static void
note (const Check *check,
      const char *path,
      const MigdescNode *node)
{
  MigdescFindingCore *finding
      = migdesc_finding_core_new (MIGDESC_CODE_QEMU_VALUE, MIGDESC_SEVERITY_BLOCKER);
  g_autofree char *section = migdesc_quote (check->section, -1);
  g_autofree char *accepted = describe_accepted (check->rule);
  guint64 value = node->value;

  finding->offset = (gint64) check->offset;
  finding->model = g_strdup (check->section);
  finding->param = g_strdup (path);
  finding->has_source = TRUE;
  finding->source_type = MIGDESC_VALUE_TYPE_INT;
  finding->source = node->kind == MIGDESC_STATE_INT
                        ? g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) value)
                        : g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  if (check->rule->accepted != NULL)
    finding->accepted = migdesc_value_set_ref (check->rule->accepted);
  finding->message = g_strdup_printf ("%s: %s is %s, accepted is %s", section, path,
                                      finding->source, accepted);
  migdesc_report_take (check->report, finding);
}

static gboolean
check_place (const char *path,
             const MigdescNode *node,
             gpointer data)
{
  Check *check = data;

  if (node->kind != MIGDESC_STATE_UINT && node->kind != MIGDESC_STATE_INT
      && node->kind != MIGDESC_STATE_BOOL)
    return TRUE;
  check->n++;
  if (is_accepted (check->rule, node))
    return TRUE;
  if (migdesc_report_is_full (check->report))
    migdesc_report_omit (check->report, MIGDESC_SEVERITY_BLOCKER);
  else
    note (check, path, node);
  return TRUE;
}

guint64
migdesc_qemu_rule_check (const MigdescQemuRule *rule,
                         const char *section,
                         guint64 offset,
                         MigdescState *state,
                         MigdescReport *report)
{
  Check check = { rule, section, offset, report, 0 };

  if (!g_pattern_match_simple (rule->section, section))
    return 0;
  migdesc_qemu_rule_walk (rule->path, &migdesc_state_get_tree (state)->root, check_place, &check);
  return check.n;
}
