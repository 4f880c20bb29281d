/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The start of a backend with 20 parameters: declaration, options, configuration. */

#include <migdesc/migdesc.h>

typedef struct
{
  guint32 sizes[10];
  gboolean features[10];
} Config;

#define SIZE(i) \
  MIGDESC_PARAM_RANGE (Config, sizes[i], "size-" #i, 0, 65535, "64", MIGDESC_OFF ("0"))
#define FEATURE(i) \
  MIGDESC_PARAM_BOOL (Config, features[i], "feature-" #i, "on", MIGDESC_OFF ("off"))

static const MigdescModelParam params[] = {
  SIZE (0),    SIZE (1),    SIZE (2),    SIZE (3),    SIZE (4),
  SIZE (5),    SIZE (6),    SIZE (7),    SIZE (8),    SIZE (9),
  FEATURE (0), FEATURE (1), FEATURE (2), FEATURE (3), FEATURE (4),
  FEATURE (5), FEATURE (6), FEATURE (7), FEATURE (8), FEATURE (9),
};
static const MigdescModelVersion versions[] = {
  MIGDESC_MODEL_VERSION ("1", 1, "size-0=64"),
  MIGDESC_MODEL_VERSION ("2", 1, "size-0=64,size-1=64,feature-0=on"),
  MIGDESC_MODEL_VERSION ("3", 1, "size-0=64,size-1=64,feature-0=on,feature-1=on"),
  MIGDESC_MODEL_VERSION ("4", 1, "size-0=64,size-1=64,feature-0=on,feature-1=on,feature-2=on"),
};
static const MigdescModelConstraint constraints[] = {
  MIGDESC_MODEL_IF_THEN ("feature-0=on", "size-0=2-65535", NULL),
};
static const MigdescField fields[] = {
  MIGDESC_ARRAY (Config, sizes, U32, 0, 65535),
};
MIGDESC_STRUCT (state, Config, 1, 1, fields, NULL);
MIGDESC_MODEL_TABLE (model, "example.org/device", Config, params, versions,
                     MIGDESC_MODEL_CONSTRAINTS (constraints), MIGDESC_MODEL_STATE (state));

int
main (int argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescBackend) backend = migdesc_backend_new (&model, NULL, &error);
  Config config;
  int status;

  g_assert_no_error (error);
  status = migdesc_backend_run_options (backend, &argc, &argv);
  if (status >= 0)
    return status;
  migdesc_backend_read_config (backend, &config);
  return config.sizes[0] == 64 ? 0 : 2;
}
