/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state-samples.h"

#include "state/format.h"
#include "state/stream/manifest-private.h"

/* A format, driven as the streams drive it: a stream of one device. */

#define FORMAT_MANIFEST "{\"devices\":[{\"id\":\"nic0\",\"state\":1,\"params\":{}}]}"
#define FORMAT_DIGEST "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* What comes with the state. */
typedef struct
{
  const char *manifest;
  const char *schema; /* nullable */
} FormatText;

static const FormatText format_plain = { FORMAT_MANIFEST, NULL };

static G_GNUC_UNUSED GBytes *
format_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; hex[0] != '\0'; hex += hex[0] == ' ' ? 1 : 2)
    if (hex[0] != ' ')
      {
        guint8 byte
            = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

        g_byte_array_append (bytes, &byte, 1);
      }
  return g_byte_array_free_to_bytes (bytes);
}

static G_GNUC_UNUSED char *
format_to_hex (GBytes *bytes)
{
  GString *text = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", data[i]);
  return g_string_free (text, FALSE);
}

static MigdescStreamVisitor *
format_visitor (const char *format,
                MigdescVisitorMode mode)
{
  const MigdescFormat *row = migdesc_formats_find (format);

  g_assert_nonnull (row);
  return g_object_new (mode == MIGDESC_VISITOR_SAVE ? row->save_type () : row->load_type (),
                       "mode", mode, NULL);
}

static gboolean
format_save_parts (MigdescStreamVisitor *visitor,
                   const FormatText *text,
                   const MigdescStatePlan *plan,
                   gconstpointer state,
                   GError **error)
{
  MigdescStreamVisitorClass *klass = MIGDESC_STREAM_VISITOR_GET_CLASS (visitor);

  return klass->begin_stream (visitor, text->manifest, strlen (text->manifest), error)
         && (text->schema == NULL
             || klass->write_schema (visitor, FORMAT_DIGEST, text->schema, strlen (text->schema),
                                     error))
         && klass->begin_device (visitor, 0, "nic0", plan, error)
         && migdesc_walk_all (plan, MIGDESC_VISITOR (visitor), (gpointer) state, error)
         && klass->end_device (visitor, error) && klass->end_stream (visitor, error);
}

static G_GNUC_UNUSED GBytes *
format_save (const char *format,
             const FormatText *text,
             const MigdescStatePlan *plan,
             gconstpointer state)
{
  g_autoptr (GObject) object = G_OBJECT (format_visitor (format, MIGDESC_VISITOR_SAVE));
  MigdescStreamVisitor *visitor = MIGDESC_STREAM_VISITOR (object);
  g_autoptr (GError) error = NULL;

  format_save_parts (visitor, text, plan, state, &error);
  g_assert_no_error (error);
  return g_bytes_new (visitor->output->data, visitor->output->len);
}

typedef struct
{
  char *manifest;
  char *schema;
} FormatFound;

static void
format_found_clear (FormatFound *found)
{
  g_clear_pointer (&found->manifest, g_free);
  g_clear_pointer (&found->schema, g_free);
}

static gboolean
format_load_device (MigdescStreamVisitor *visitor,
                    const FormatFound *found,
                    const MigdescStatePlan *plan,
                    gpointer state,
                    GError **error)
{
  MigdescStreamVisitorClass *klass = MIGDESC_STREAM_VISITOR_GET_CLASS (visitor);
  g_autoptr (MigdescManifest) manifest
      = migdesc_manifest_new_from_json (found->manifest, -1, NULL, error);

  if (manifest == NULL)
    return FALSE;
  if (migdesc_manifest_get_n_devices (manifest) != 1)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT, "not one device");
      return FALSE;
    }
  return klass->begin_device (visitor, 0, migdesc_manifest_get_id (manifest, 0), plan, error)
         && migdesc_walk_all (plan, MIGDESC_VISITOR (visitor), state, error)
         && klass->end_device (visitor, error);
}

static gboolean
format_take (MigdescStreamVisitor *visitor,
             MigdescStreamEvent *event,
             FormatFound *found,
             const MigdescStatePlan *plan,
             gpointer state,
             GError **error)
{
  switch (event->kind)
    {
    case MIGDESC_STREAM_MANIFEST:
      g_assert_null (found->manifest);
      found->manifest = g_strndup (event->text, event->length);
      return TRUE;
    case MIGDESC_STREAM_SCHEMA:
      g_free (found->schema);
      found->schema = g_strndup (event->text, event->length);
      return TRUE;
    case MIGDESC_STREAM_DEVICE:
      g_assert_nonnull (found->manifest);
      return format_load_device (visitor, found, plan, state, error);
    default:
      return TRUE;
    }
}

static gboolean
format_load (const char *format,
             const MigdescLimits *limits,
             const guint8 *data,
             gsize length,
             const MigdescStatePlan *plan,
             gpointer state,
             FormatFound *found,
             GError **error)
{
  g_autoptr (GObject) object = G_OBJECT (format_visitor (format, MIGDESC_VISITOR_LOAD));
  MigdescStreamVisitor *visitor = MIGDESC_STREAM_VISITOR (object);
  MigdescStreamEvent event = { 0 };

  migdesc_stream_visitor_set_limits (visitor, limits);
  visitor->input = data;
  visitor->input_length = length;
  visitor->input_ended = TRUE;
  do
    {
      gboolean done = MIGDESC_STREAM_VISITOR_GET_CLASS (visitor)->next_event (visitor, &event,
                                                                              error)
                      && format_take (visitor, &event, found, plan, state, error);

      migdesc_stream_event_clear (&event);
      if (!done)
        return FALSE;
    }
  while (event.kind != MIGDESC_STREAM_END);
  g_assert_cmpuint (visitor->input_length, ==, 0);
  g_assert_cmpuint (visitor->input_offset, ==, length);
  return TRUE;
}

/* Loads into a fresh struct: what it saves then, or NULL. */
static G_GNUC_UNUSED GBytes *
format_again (const char *format,
              const guint8 *data,
              gsize length,
              const MigdescStatePlan *plan,
              GError **error)
{
  gpointer state = g_malloc (plan->table->size);
  FormatFound found = { NULL, NULL };
  GBytes *again = NULL;

  migdesc_table_init (plan->table, state);
  if (format_load (format, NULL, data, length, plan, state, &found, error))
    {
      FormatText text = { found.manifest, found.schema };

      sample_settle (plan, state);
      again = format_save (format, &text, plan, state);
    }
  format_found_clear (&found);
  sample_free (plan, state);
  return again;
}

static G_GNUC_UNUSED void
assert_format_round_trip (const char *format,
                          const Sample *sample)
{
  g_autoptr (MigdescStatePlan) plan = sample_plan (sample);
  g_autofree char *lines = sample_lines (sample);
  gpointer state = sample_fill (sample, plan);
  g_autoptr (GBytes) bytes = format_save (format, &format_plain, plan, state);
  g_autoptr (GError) error = NULL;
  FormatFound found = { NULL, NULL };
  gpointer fresh = g_malloc (plan->table->size);

  migdesc_table_init (plan->table, fresh);
  format_load (format, NULL, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), plan, fresh,
               &found, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found.manifest, ==, FORMAT_MANIFEST);
  sample_settle (plan, fresh);
  assert_saved (plan, fresh, lines);
  format_found_clear (&found);
  sample_free (plan, fresh);
  sample_free (plan, state);
}

static G_GNUC_UNUSED void
assert_prefixes_refused (const char *format,
                         const Sample *sample)
{
  g_autoptr (MigdescStatePlan) plan = sample_plan (sample);
  gpointer state = sample_fill (sample, plan);
  g_autoptr (GBytes) bytes = format_save (format, &format_plain, plan, state);

  for (gsize n = 0; n < g_bytes_get_size (bytes); n++)
    {
      g_autofree guint8 *exact = g_memdup2 (g_bytes_get_data (bytes, NULL), n);
      g_autoptr (GError) error = NULL;

      g_assert_null (format_again (format, exact, n, plan, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED);
    }
  sample_free (plan, state);
}

/* An encoding is the only one of its value: what is read is written just so, but for what is not
 * kept: the value of a field that is gone, and a droppable section of a name that is not known. */
static G_GNUC_UNUSED void
assert_changes_refused_or_kept (const char *format,
                                const Sample *sample,
                                guint step)
{
  g_autoptr (MigdescStatePlan) plan = sample_plan (sample);
  gpointer state = sample_fill (sample, plan);
  g_autoptr (GBytes) bytes = format_save (format, &format_plain, plan, state);
  gsize length = g_bytes_get_size (bytes);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

  for (gsize i = 0; i < length; i++)
    for (guint change = 1; change < 256; change += step)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) again = NULL;
        g_autoptr (GBytes) changed = NULL;

        data[i] ^= (guint8) change;
        changed = g_bytes_new (data, length);
        again = format_again (format, data, length, plan, &error);
        data[i] ^= (guint8) change;
        if (again == NULL)
          g_assert_true (error->domain == MIGDESC_ERROR && error->message[0] != '\0');
        else if (!g_bytes_equal (again, changed) && !g_bytes_equal (again, bytes)
                 && (plan->table != &gates_state || g_bytes_get_size (again) >= length))
          g_error ("%s of %s: byte %" G_GSIZE_FORMAT " changed by 0x%02x: %s became %s", format,
                   sample->name, i, change, format_to_hex (changed), format_to_hex (again));
      }
  sample_free (plan, state);
}
