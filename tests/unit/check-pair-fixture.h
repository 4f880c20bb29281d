/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tests of two sides ask: lists checked between models a.b/c of these members. */

#include "ops-check.h"

static inline MigdescDescriptor *
read_body (const char *body)
{
  g_autofree char *document = g_strdup_printf ("{'models': {'a.b/c': {%s}}}", body);

  return ops_read (document);
}

static inline char *
check_only (const char *list_text,
            const char *source_body,
            const char *destination_body,
            const char *only_text)
{
  g_autoptr (MigdescDescriptor) source = read_body (source_body);
  g_autoptr (MigdescDescriptor) destination = read_body (destination_body);
  g_autoptr (MigdescParamList) list = ops_list (list_text);
  g_auto (GStrv) only = only_text != NULL ? g_strsplit (only_text, ",", -1) : NULL;
  g_autoptr (GError) error = NULL;
  MigdescReport *report;

  report = migdesc_descriptor_check (destination, list, source, (const char *const *) only, &error);
  g_assert_no_error (error);
  return ops_report (report);
}

static inline char *
check (const char *list_text,
       const char *source_body,
       const char *destination_body)
{
  return check_only (list_text, source_body, destination_body, NULL);
}

#define INT(name, allowed, init, off)                                                              \
  "'" name "': {'type': 'int', 'allowed_values': [" allowed "], 'init_value': " init               \
  ", 'off_value': " off "}"
#define INT_ON(name, allowed, init) \
  "'" name "': {'type': 'int', 'allowed_values': [" allowed "], 'init_value': " init "}"
#define BOOL(name) "'" name "': {'type': 'bool', 'init_value': true, 'off_value': false}"
#define PARAMS(params) "'params': {" params "}"
#define VERSIONS(versions) ", 'versions': [" versions "]"
#define V(name, more) "{'name': '" name "', 'params': {}" more "}"
