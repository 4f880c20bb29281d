/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-backend.h>

G_BEGIN_DECLS

/* What the options ask to print instead of going on. */
typedef enum
{
  MIGDESC_PRINT_NOTHING,
  MIGDESC_PRINT_NATIVE,
  MIGDESC_PRINT_V3,
  MIGDESC_PRINT_V4,
  MIGDESC_PRINT_CAPABILITIES
} MigdescPrint;

/* What the options ask to do with a device of test content. */
typedef enum
{
  MIGDESC_TEST_NOTHING,
  MIGDESC_TEST_SAVE,
  MIGDESC_TEST_LOAD
} MigdescTest;

/* A value that an option named, in the order of the command line. */
typedef struct
{
  char *option; /* as it is spelled, without the value: "--m-num-queues"; fit to be shown */
  char *name;
  char *value;
} MigdescOptionValue;

/* What a command line said. */
typedef struct
{
  GPtrArray *values; /* MigdescOptionValue */
  GPtrArray *mistakes;
  char *model;   /* nullable */
  char *version; /* nullable */
  MigdescPrint print;
  MigdescTest test;
} MigdescOptionStore;

struct _MigdescBackend
{
  GObject parent_instance;

  /* as it was given */
  const MigdescModelTable *table; /* nullable */
  MigdescDescriptor *whole;       /* nullable: of one without a table */
  char *model_name;
  MigdescStateType *whole_type; /* nullable */

  /* as it is with the limit */
  guint limit; /* position in the table, or MIGDESC_NO_VERSION_LIMIT */
  MigdescDescriptor *descriptor;
  MigdescModel *model;
  MigdescStateType *type; /* nullable */

  gboolean incoming;
  char *backend_type; /* nullable */
  char **features;    /* nullable */

  MigdescOptionStore options;
  gboolean is_refused; /* the options were: there is no result */
  /* the result; made when it is first asked for, if there were no options */
  char *start; /* nullable: the version that it was made from */
  MigdescConfig *config;
  MigdescParamList *params;
};

/* backend-options.c */
void migdesc_option_store_init (MigdescOptionStore *store);
void migdesc_option_store_clear (MigdescOptionStore *store);
/* Forgets all. */
void migdesc_option_store_reset (MigdescOptionStore *store);
void migdesc_option_store_add_value (MigdescOptionStore *store,
                                     const char *option,
                                     const char *name,
                                     gsize length,
                                     const char *value);
/* NAME=VALUE */
void migdesc_option_store_add_pair (MigdescOptionStore *store, const char *pair);
void migdesc_option_store_set_model (MigdescOptionStore *store, const char *model);
void migdesc_option_store_set_version (MigdescOptionStore *store, const char *version);
/* form: nullable */
void migdesc_option_store_set_print_info (MigdescOptionStore *store, const char *form);
void migdesc_option_store_set_test (MigdescOptionStore *store, const char *test);
/* Takes the arguments that are migration options; the others stay in args, a GPtrArray of texts
 * that are the caller's. */
void migdesc_option_store_scan (MigdescOptionStore *store, GPtrArray *args, gboolean capabilities);

/* backend-config.c: makes the configuration of what the options said. FALSE: there are mistakes. */
gboolean migdesc_backend_apply_options (MigdescBackend *backend);
void migdesc_backend_forget_config (MigdescBackend *backend);

G_END_DECLS
