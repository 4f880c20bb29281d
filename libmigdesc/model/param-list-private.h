/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-param-list.h>

G_BEGIN_DECLS

/* Limits of a list, whatever it is read from; for values see MIGDESC_VALUE_MAX_LENGTH. */
#define MIGDESC_LIST_MAX_TEXT (4 * 1024 * 1024)
#define MIGDESC_LIST_MAX_PARAMS 4096
#define MIGDESC_LIST_MAX_NAME 255
#define MIGDESC_LIST_MAX_VERSION 65536 /* as any string of a document */

/* Texts are NUL-terminated and live in the list's own block; a pair keeps its lengths so that
 * binding needs no strlen. */
typedef struct
{
  const char *name;
  const char *value;
  guint32 name_length;
  guint32 value_length;
} MigdescPair;

struct _MigdescParamList
{
  gatomicrefcount ref_count;
  guint32 n_pairs;
  const char *model;   /* nullable */
  const char *version; /* nullable */
  guint32 model_length;
  guint32 version_length;
  MigdescPair pairs[]; /* then the text */
};

/* The text form from @length bytes that need not end in NUL; the errors of
 * migdesc_param_list_new_from_string(). */
MigdescParamList *migdesc_param_list_parse (const char *text, gsize length, GError **error);

/* A list of names and texts that are known to be right: nothing is checked, all is copied into one
 * block. @model and @version are nullable; the texts of @pairs need not end in NUL. */
MigdescParamList *migdesc_param_list_new_from_pairs (const char *model, gsize model_length,
                                                     const char *version, gsize version_length,
                                                     const MigdescPair *pairs, guint n_pairs);

/* What each part of a list may be; the error has no place, for only the caller knows it. */
gboolean migdesc_list_check_model (const char *text, gsize length, GError **error);
gboolean migdesc_list_check_version (const char *text, gsize length, GError **error);
gboolean migdesc_list_check_name (const char *text, gsize length, GError **error);
gboolean migdesc_list_check_value (const char *text, gsize length, GError **error);

G_END_DECLS
