/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The pieces of JSON that a request is made of, read strictly: a request has no arrays, no
 * fractions and two levels, so that nothing in it can nest, and nothing needs a general parser. */

#pragma once

#include <glib.h>

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
} NicScanner;

gboolean nic_scanner_fail (const NicScanner *scanner, GError **error, const char *what);
char nic_scanner_peek (NicScanner *scanner);
gboolean nic_scanner_take (NicScanner *scanner, char wanted);
char *nic_scanner_read_string (NicScanner *scanner, GError **error);
GVariant *nic_scanner_read_value (NicScanner *scanner, GError **error);
