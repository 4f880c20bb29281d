/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <migdesc/migdesc-writer.h>

#include "codec/losses.h"
#include "codec/read.h"
#include "codec/write.h"
#include "model/handles.h"

/* What was written, read again: it may be larger than what is accepted from outside. */
static MigdescStore *
read_back (const GString *text,
           MigdescDialect dialect,
           GError **error)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  MigdescReadOptions options = { .dialect = dialect, .limits = limits };
  g_autoptr (GError) reason = NULL;
  MigdescStore *store;

  for (guint i = MIGDESC_LIMIT_DOCUMENT_SIZE; i <= MIGDESC_LIMIT_RANGES; i++)
    migdesc_limits_set (limits, (MigdescLimit) i, G_MAXUINT64);
  store = migdesc_read_text (&options, text->str, text->len, NULL, NULL, &reason);
  if (store == NULL)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_REFUSED,
                 "what the %s dialect makes of the descriptor is not one: %s",
                 migdesc_dialect_to_string (dialect), reason->message);
  return store;
}

static gboolean
accept_losses (const MigdescReport *report,
               MigdescDialect dialect,
               gboolean allow_loss,
               GError **error)
{
  guint n = migdesc_report_get_n_findings (report);
  const MigdescFindingCore *first;

  if (n == 0 || allow_loss)
    return TRUE;
  first = migdesc_report_peek (report, 0);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_LOSS,
               "the %s dialect loses %u %s, the first at %s: %s",
               migdesc_dialect_to_string (dialect), n, n == 1 ? "thing" : "things", first->pointer,
               first->message);
  return FALSE;
}

/**
 * migdesc_descriptor_convert:
 * @descriptor: a descriptor
 * @dialect: what to write
 * @allow_loss: whether to write even if something gets lost
 * @losses: (out) (optional) (transfer full): what is lost, as findings with the code
 * `conversion-loss`
 * @error: return location for a #GError
 *
 * Writes a descriptor in another dialect. What the dialect cannot express is lost: nothing is
 * written then, unless @allow_loss is %TRUE. Either way @losses says what it is, each with a JSON
 * pointer into the native document. What was written is read again to find that out, so that a loss
 * cannot go unnoticed.
 *
 * %MIGDESC_DIALECT_SYSFS, %MIGDESC_DIALECT_SYSFS_2019 and %MIGDESC_DIALECT_MDEVCTL are only read.
 *
 * Returns: (transfer full): the text, or %NULL with @error set: %MIGDESC_ERROR_CONVERSION_LOSS, or
 *   %MIGDESC_ERROR_CONVERSION_REFUSED if the dialect cannot express the descriptor even with losses
 *
 * Since: 1.0
 */
char *
migdesc_descriptor_convert (MigdescDescriptor *descriptor,
                            MigdescDialect dialect,
                            gboolean allow_loss,
                            MigdescReport **losses,
                            GError **error)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GString) text = NULL;
  MigdescStore *store;
  MigdescStore *copy;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (losses != NULL)
    *losses = NULL;
  store = migdesc_descriptor_get_store (descriptor);
  text = migdesc_write_dialect (store, dialect, error);
  if (text == NULL)
    return NULL;
  copy = read_back (text, dialect, error);
  if (copy == NULL)
    return NULL;

  report = migdesc_report_new ();
  migdesc_report_losses (store, copy,
                         allow_loss ? MIGDESC_SEVERITY_WARNING : MIGDESC_SEVERITY_BLOCKER, report);
  migdesc_store_unref (copy);
  if (losses != NULL)
    *losses = migdesc_report_ref (report);
  if (!accept_losses (report, dialect, allow_loss, error))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
