/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A network card that can be saved and loaded, as nic-1, nic-2 and nic-3 by the table it is built
 * with. The rest of a card, which moves packets, is left out. */

#include NIC_TABLE

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The device: its state, and what is no state. */
typedef struct
{
  NicState state;
  guint64 packets;
} Nic;

static void
nic_capture (gpointer device, gpointer state)
{
  Nic *card = device;

  memcpy (state, &card->state, sizeof card->state);
}

/* Here a real card would map its rings, and refuse if it cannot. */
static gboolean
nic_prepare (gpointer device G_GNUC_UNUSED, gpointer state G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static void
nic_commit (gpointer device, gpointer state)
{
  Nic *card = device;

  memcpy (&card->state, state, sizeof card->state);
}

static const MigdescDeviceFuncs nic_funcs
    = { .capture = nic_capture, .prepare = nic_prepare, .commit = nic_commit };

static gboolean
save (MigdescDeviceSet *set, const char *path, const char *version, GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = NULL;

  if (version != NULL
      && !migdesc_device_set_set_state_version (set, "nic0", (guint) atoi (version), error))
    return FALSE;
  writer = migdesc_device_set_begin_save (set, NULL, TRUE, error);
  return writer != NULL && migdesc_stream_writer_write_file (writer, path, NULL, error);
}

static gboolean
load (MigdescDeviceSet *set, const char *path, GError **error)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_device_set_begin_load (set, NULL, error);

  return reader != NULL && migdesc_stream_reader_read_file (reader, path, NULL, error)
         && migdesc_device_set_finish_load (set, reader, error);
}

static gboolean
show (MigdescStateType *type, MigdescParamList *params, const Nic *card, GError **error)
{
  g_autoptr (MigdescState) state = migdesc_state_new_from_struct (
      type, migdesc_state_type_get_version (type), params, &card->state, error);
  g_autofree char *text = NULL;

  if (state == NULL)
    return FALSE;
  text = migdesc_state_to_string (state);
  fputs (text, stdout);
  return TRUE;
}

static gboolean
print_schema (MigdescStateType *type, MigdescParamList *params, GError **error)
{
  g_autoptr (MigdescStateType) schema = migdesc_state_type_new_effective (
      type, migdesc_state_type_get_version (type), params, error);
  g_autofree char *json = NULL;

  if (schema == NULL)
    return FALSE;
  json = migdesc_state_type_to_json (schema, FALSE);
  puts (json);
  return TRUE;
}

/* nic-N LIST save FILE [VERSION] | load FILE | schema */
static gboolean
run (int argc, char **argv, GError **error)
{
  Nic card = { .state = nic_new };
  g_autoptr (MigdescParamList) params = migdesc_param_list_new_from_string (argv[1], error);
  g_autoptr (MigdescStateType) type = params == NULL ? NULL : nic_state_type (error);
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();

  if (type == NULL
      || !migdesc_device_set_add (set, "nic0", params, type, &nic_funcs, &card, error))
    return FALSE;
  if (strcmp (argv[2], "schema") == 0)
    return print_schema (type, params, error);
  if (strcmp (argv[2], "save") == 0)
    return save (set, argv[3], argc > 4 ? argv[4] : NULL, error);
  return load (set, argv[3], error) && show (type, params, &card, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_set_prgname ("nic");
  if (argc < 3 || (argc < 4 && strcmp (argv[2], "schema") != 0))
    {
      fprintf (stderr, "usage: nic LIST save FILE [VERSION] | load FILE | schema\n");
      return 2;
    }
  if (run (argc, argv, &error))
    return 0;
  fprintf (stderr, "nic: %s\n", error->message);
  return 1;
}
