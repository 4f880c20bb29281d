/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-command.h"
#include "nic-error.h"

#include <string.h>

static gboolean
check_argument (const NicArgument *argument, const NicRequest *request, GError **error)
{
  g_autoptr (GVariant) value
      = g_variant_lookup_value (request->arguments, argument->name, NULL);

  if (value == NULL && !argument->optional)
    g_set_error (error, NIC_ERROR, NIC_ERROR_BAD_ARGUMENT, "%s: %s is missing", request->command,
                 argument->name);
  else if (value != NULL && strcmp (g_variant_get_type_string (value), argument->type) != 0)
    g_set_error (error, NIC_ERROR, NIC_ERROR_BAD_ARGUMENT, "%s: %s is %s", request->command,
                 argument->name,
                 argument->type[0] == 's'   ? "a string"
                 : argument->type[0] == 't' ? "an integer"
                                            : "true or false");
  else
    return TRUE;
  return FALSE;
}

static gboolean
has_argument (const NicCommand *command, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (command->arguments); i++)
    if (g_strcmp0 (command->arguments[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_names (const NicCommand *command, const NicRequest *request, GError **error)
{
  GVariantIter iter;
  const char *name;

  g_variant_iter_init (&iter, request->arguments);
  while (g_variant_iter_next (&iter, "{&sv}", &name, NULL))
    if (!has_argument (command, name))
      {
        g_set_error (error, NIC_ERROR, NIC_ERROR_BAD_ARGUMENT, "%s has no argument \"%s\"",
                     command->name, name);
        return FALSE;
      }
  return TRUE;
}

gboolean
nic_command_check (const NicCommand *command, const NicRequest *request, NicStatus status,
                   GError **error)
{
  if (!check_names (command, request, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (command->arguments); i++)
    if (command->arguments[i].name != NULL
        && !check_argument (&command->arguments[i], request, error))
      return FALSE;
  if ((command->when & 1U << status) != 0)
    return TRUE;
  g_set_error (error, NIC_ERROR, NIC_ERROR_WRONG_STATUS, "%s: the card is %s", command->name,
               nic_status_get_name (status));
  return FALSE;
}
