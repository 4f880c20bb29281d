/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-request.h"
#include "nic-error.h"
#include "nic-scanner.h"

#include <string.h>

typedef gboolean (*ReadMember) (NicScanner *scanner, const char *name, gpointer data,
                                GError **error);

/* An object: its members are read by a function. */
static gboolean
read_object (NicScanner *scanner, ReadMember read_member, gpointer data, GError **error)
{
  if (!nic_scanner_take (scanner, '{'))
    return nic_scanner_fail (scanner, error, "an object is expected");
  if (nic_scanner_take (scanner, '}'))
    return TRUE;
  do
    {
      g_autofree char *name = nic_scanner_read_string (scanner, error);

      if (name == NULL)
        return FALSE;
      if (!nic_scanner_take (scanner, ':'))
        return nic_scanner_fail (scanner, error, "a colon is expected");
      if (!read_member (scanner, name, data, error))
        return FALSE;
    }
  while (nic_scanner_take (scanner, ','));
  return nic_scanner_take (scanner, '}')
         || nic_scanner_fail (scanner, error, "a comma or the object's end is expected");
}

static gboolean
read_argument (NicScanner *scanner, const char *name, gpointer data, GError **error)
{
  GVariantDict *arguments = data;
  GVariant *value;

  if (g_variant_dict_contains (arguments, name))
    return nic_scanner_fail (scanner, error, "the argument is there twice");
  value = nic_scanner_read_value (scanner, error);
  if (value == NULL)
    return FALSE;
  g_variant_dict_insert_value (arguments, name, value);
  return TRUE;
}

static gboolean
read_member (NicScanner *scanner, const char *name, gpointer data, GError **error)
{
  NicRequest *request = data;

  if (strcmp (name, "execute") == 0 && request->command == NULL)
    {
      request->command = nic_scanner_read_string (scanner, error);
      return request->command != NULL;
    }
  if (strcmp (name, "arguments") == 0 && request->arguments == NULL)
    {
      g_auto (GVariantDict) arguments = G_VARIANT_DICT_INIT (NULL);

      if (!read_object (scanner, read_argument, &arguments, error))
        return FALSE;
      request->arguments = g_variant_ref_sink (g_variant_dict_end (&arguments));
      return TRUE;
    }
  return nic_scanner_fail (scanner, error, "a request has execute and arguments, once each");
}

static gboolean
read_request (NicScanner *scanner, NicRequest *request, GError **error)
{
  if (!g_utf8_validate_len (scanner->text, scanner->length, NULL))
    return nic_scanner_fail (scanner, error, "the line is not UTF-8, or has a NUL");
  if (!read_object (scanner, read_member, request, error))
    return FALSE;
  if (nic_scanner_peek (scanner) != '\0')
    return nic_scanner_fail (scanner, error, "there is more behind the request");
  return request->command != NULL
         || nic_scanner_fail (scanner, error, "execute is missing");
}

NicRequest *
nic_request_new_from_line (const char *line, gsize length, GError **error)
{
  g_autoptr (NicRequest) request = g_new0 (NicRequest, 1);
  NicScanner scanner = { line, length, 0 };

  if (!read_request (&scanner, request, error))
    return NULL;
  if (request->arguments == NULL)
    request->arguments = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  return g_steal_pointer (&request);
}

void
nic_request_free (NicRequest *request)
{
  g_free (request->command);
  g_clear_pointer (&request->arguments, g_variant_unref);
  g_free (request);
}

/* Valid as long as the request. */
gboolean
nic_request_get_text (const NicRequest *request, const char *name, const char **value)
{
  return g_variant_lookup (request->arguments, name, "&s", value);
}

gboolean
nic_request_get_number (const NicRequest *request, const char *name, guint64 *value)
{
  return g_variant_lookup (request->arguments, name, "t", value);
}

gboolean
nic_request_get_truth (const NicRequest *request, const char *name, gboolean *value)
{
  return g_variant_lookup (request->arguments, name, "b", value);
}
