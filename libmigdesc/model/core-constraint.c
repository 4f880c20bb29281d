/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/quote.h"
#include "model/core.h"

static void
append_conditions (GString *text,
                   const MigdescModelCore *model,
                   const MigdescCondition *conditions,
                   guint32 n,
                   gsize most)
{
  for (guint32 i = 0; i < n && text->len <= most; i++)
    {
      if (i > 0)
        g_string_append (text, " and ");
      g_string_append (text, model->params[conditions[i].param].name);
      g_string_append_c (text, '=');
      migdesc_set_append_start (text, &conditions[i].set, most);
    }
}

/* Stops soon after most bytes. */
static void
append_start (GString *text,
              const MigdescModelCore *model,
              const MigdescConstraintCore *constraint,
              gsize most)
{
  if (constraint->n_when == 0)
    return;
  g_string_append (text, constraint->forbid ? "never " : "if ");
  append_conditions (text, model, constraint->when, constraint->n_when, most);
  if (constraint->forbid)
    return;
  g_string_append (text, " then ");
  append_conditions (text, model, constraint->then, constraint->n_then, most);
}

void
migdesc_constraint_core_append_text (GString *text,
                                     const MigdescModelCore *model,
                                     const MigdescConstraintCore *constraint)
{
  append_start (text, model, constraint, G_MAXSIZE);
}

void
migdesc_constraint_core_quote (GString *message,
                               const MigdescModelCore *model,
                               const MigdescConstraintCore *constraint)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (constraint->description != NULL)
    {
      g_string_append_c (message, '"');
      migdesc_quote_append (message, constraint->description, strlen (constraint->description));
      g_string_append (message, "\": ");
    }
  append_start (text, model, constraint, MIGDESC_QUOTE_MAX * 4);
  migdesc_quote_append (message, text->str, text->len);
}
