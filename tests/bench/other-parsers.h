/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <dlfcn.h>
#include <json-glib/json-glib.h>

/* What others take to parse a JSON text, and check nothing else. */

static inline void
parse_with_json_glib (const char *text,
                      gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  g_assert_true (json_parser_load_from_data (parser, text, (gssize) length, NULL));
}

/* jansson and json-glib export functions of the same names, so one of them is loaded by hand. */
static gpointer (*jansson_load) (const char *text, gsize length, gsize flags, gpointer error);
static void (*jansson_delete) (gpointer root);

#define JANSSON_REJECT_DUPLICATES 0x1

static inline void
load_jansson (void)
{
  gpointer library = dlopen ("libjansson.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);

  g_assert_nonnull (library);
  jansson_load = dlsym (library, "json_loadb");
  jansson_delete = dlsym (library, "json_delete");
  g_assert_true (jansson_load != NULL && jansson_delete != NULL);
}

static inline void
parse_with_jansson (const char *text,
                    gsize length)
{
  gpointer root = jansson_load (text, length, JANSSON_REJECT_DUPLICATES, NULL);

  g_assert_nonnull (root);
  jansson_delete (root);
}

static inline void
parse_with_cjson (const char *text,
                  gsize length)
{
  cJSON *root = cJSON_ParseWithLength (text, length);

  g_assert_nonnull (root);
  cJSON_Delete (root);
}
