/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A line of the control socket, read. */

#pragma once

#include <glib.h>

typedef struct
{
  char *command;
  GVariant *arguments; /* a{sv}: texts (s), integers (t), truth values (b) */
} NicRequest;

NicRequest *nic_request_new_from_line (const char *line, gsize length, GError **error);
void nic_request_free (NicRequest *request);

gboolean nic_request_get_text (const NicRequest *request, const char *name, const char **value);
gboolean nic_request_get_number (const NicRequest *request, const char *name, guint64 *value);
gboolean nic_request_get_truth (const NicRequest *request, const char *name, gboolean *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NicRequest, nic_request_free)
