/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state-fill.h"

#include "state/table/storage.h"

/* A device in a stream, and how it fares when it is read. */

typedef struct
{
  const MigdescStruct *table;
  guint version;
  const char *params; /* as text: nullable */
  gpointer state;
} Device;

/* The table of arrays lets a count go further than its array, for tests of walks: not here. */
static G_GNUC_UNUSED const MigdescStruct *
stream_arrays (void)
{
  static MigdescField fields[G_N_ELEMENTS (array_fields)];
  static MigdescStruct table;

  memcpy (fields, array_fields, sizeof fields);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].name, "n_told") == 0)
      fields[i].max = 5;
  table = arrays_state;
  table.fields = fields;
  return &table;
}

static G_GNUC_UNUSED MigdescStateType *
stream_type (const MigdescStruct *table)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new (table, &error);

  g_assert_no_error (error);
  return type;
}

static G_GNUC_UNUSED MigdescParamList *
stream_params (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescParamList *params
      = text == NULL ? NULL : migdesc_param_list_new_from_string (text, &error);

  g_assert_no_error (error);
  return params;
}

static G_GNUC_UNUSED void
stream_unref_params (MigdescParamList *params)
{
  if (params != NULL)
    migdesc_param_list_unref (params);
}

static G_GNUC_UNUSED MigdescStreamWriter *
stream_writer (const Device *device)
{
  g_autoptr (MigdescStateType) type = stream_type (device->table);
  g_autoptr (GError) error = NULL;
  MigdescParamList *params = stream_params (device->params);
  MigdescStreamWriter *writer = migdesc_stream_writer_new (NULL, &error);

  g_assert_no_error (error);
  migdesc_stream_writer_add_struct (writer, "dev0", params, type, device->version, device->state,
                                    &error);
  g_assert_no_error (error);
  stream_unref_params (params);
  return writer;
}

static G_GNUC_UNUSED GBytes *
stream_save (const Device *device)
{
  g_autoptr (MigdescStreamWriter) writer = stream_writer (device);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = migdesc_stream_writer_to_bytes (writer, &error);

  g_assert_no_error (error);
  g_assert_true (migdesc_stream_writer_is_finished (writer));
  return bytes;
}

/* Into a fresh struct, by the device's table and parameters. */
static G_GNUC_UNUSED MigdescStreamReader *
stream_reader (const Device *device,
               gpointer fresh)
{
  g_autoptr (MigdescStateType) type = stream_type (device->table);
  g_autoptr (GError) error = NULL;
  MigdescParamList *params = stream_params (device->params);
  MigdescStreamReader *reader = migdesc_stream_reader_new (NULL, NULL, &error);

  g_assert_no_error (error);
  migdesc_state_type_init_struct (type, fresh);
  migdesc_stream_reader_expect_struct (reader, "dev0", params, type, fresh, &error);
  g_assert_no_error (error);
  stream_unref_params (params);
  return reader;
}

/* In pieces of so many bytes, each in memory of its own. */
static G_GNUC_UNUSED gboolean
stream_feed (MigdescStreamReader *reader,
             const guint8 *data,
             gsize length,
             gsize piece,
             GError **error)
{
  for (gsize i = 0; i < length; i += piece)
    {
      gsize n = MIN (piece, length - i);
      g_autofree guint8 *copy = g_memdup2 (data + i, n);

      if (!migdesc_stream_reader_feed (reader, copy, n, error))
        return FALSE;
    }
  return migdesc_stream_reader_finish (reader, error);
}

/* What it comes to: NULL, or the error. The struct is freed. */
static G_GNUC_UNUSED GError *
stream_load (const Device *device,
             const guint8 *data,
             gsize length,
             gsize piece)
{
  g_autofree guint8 *fresh = g_malloc (device->table->size);
  g_autoptr (MigdescStreamReader) reader = stream_reader (device, fresh);
  g_autoptr (MigdescStateType) type = stream_type (device->table);
  GError *error = NULL;

  g_assert_cmpint (stream_feed (reader, data, length, piece, &error), ==, error == NULL);
  g_assert_cmpint (migdesc_stream_reader_is_finished (reader), ==, error == NULL);
  migdesc_state_type_clear_struct (type, fresh);
  return error;
}

static G_GNUC_UNUSED void
stream_assert_error (const Device *device,
                     const guint8 *data,
                     gsize length,
                     int code,
                     const char *message)
{
  g_autoptr (GError) error = stream_load (device, data, length, length + 1);
  g_autoptr (GError) again = stream_load (device, data, length, 1);

  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, MIGDESC_ERROR, code);
  g_assert_error (again, MIGDESC_ERROR, code);
  g_assert_cmpstr (again->message, ==, message);
}

/* Saved, loaded in pieces and saved again it is the same. */
static G_GNUC_UNUSED void
stream_assert_round_trip (const Device *device,
                          gsize piece)
{
  g_autoptr (GBytes) bytes = stream_save (device);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (MigdescStateType) type = stream_type (device->table);
  g_autofree guint8 *fresh = g_malloc (device->table->size);
  g_autoptr (MigdescStreamReader) reader = stream_reader (device, fresh);
  g_autoptr (GError) error = NULL;
  Device loaded = *device;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  stream_feed (reader, data, length, piece, &error);
  g_assert_no_error (error);
  loaded.state = fresh;
  again = stream_save (&loaded);
  g_assert_true (g_bytes_equal (again, bytes));
  migdesc_state_type_clear_struct (type, fresh);
}
