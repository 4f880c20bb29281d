/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>

/* A network card of four versions, declared as a backend does it. */

typedef struct
{
  guint16 num_queues;
  guint32 mtu;
  gboolean new_feature;
  gboolean rss;
  guint8 offload;
  const char *label;
  guint64 memory;
} NicConfig;

typedef struct
{
  guint32 link;
  guint16 mtu;
  guint8 key[4];
} NicState;

static const MigdescField nic_rss_fields[] = {
  MIGDESC_BYTES (NicState, key),
};

static const MigdescField nic_state_fields[] = {
  MIGDESC_U32 (NicState, link, 0, 1),
  MIGDESC_U16 (NicState, mtu, 68, 9216, MIGDESC_SINCE (2), MIGDESC_DEFAULT (1500)),
  MIGDESC_SECTION ("rss", nic_rss_fields, MIGDESC_SINCE (3), MIGDESC_IF ("rss"),
                   MIGDESC_DEFAULT (0)),
};
MIGDESC_STRUCT (nic_state, NicState, 3, 1, nic_state_fields, NULL);

static const char *const nic_offloads[] = { "none", "checksum", "tso" };

static const MigdescModelParam nic_params[] = {
  MIGDESC_PARAM_INT (NicConfig, num_queues, "num-queues", "1-64", "4", MIGDESC_OFF ("1"),
                     MIGDESC_DESCRIPTION ("receive queues"), MIGDESC_UNIT ("queues")),
  MIGDESC_PARAM_INT (NicConfig, num_queues, "num-queues", "1-64,128", "8", MIGDESC_OFF ("1"),
                     MIGDESC_SINCE_VERSION ("3"), MIGDESC_DESCRIPTION ("receive queues"),
                     MIGDESC_UNIT ("queues")),
  MIGDESC_PARAM_RANGE (NicConfig, mtu, "mtu", 68, 9216, "1500"),
  MIGDESC_PARAM_BOOL (NicConfig, new_feature, "new-feature", "on", MIGDESC_OFF ("off")),
  MIGDESC_PARAM_BOOL (NicConfig, rss, "rss", "on", MIGDESC_OFF ("off"),
                      MIGDESC_SINCE_VERSION ("3")),
  MIGDESC_PARAM_ENUM (NicConfig, offload, "offload", nic_offloads, "tso", MIGDESC_OFF ("none"),
                      MIGDESC_SINCE_VERSION ("2")),
  MIGDESC_PARAM_STR (NicConfig, label, "label", "", MIGDESC_OFF (""), MIGDESC_RUNTIME),
  MIGDESC_PARAM_RANGE (NicConfig, memory, "memory", 0, G_MAXUINT64, "0", MIGDESC_OFF ("0"),
                       MIGDESC_AFFECTS (MIGDESC_AFFECTS_HARDWARE)),
};

static const char *const nic_tested[] = { "3", "2", "2", "3", NULL };

static const MigdescModelVersion nic_versions[] = {
  MIGDESC_MODEL_VERSION ("1", 1, "", MIGDESC_LOAD_ONLY),
  MIGDESC_MODEL_VERSION ("2", 2, "num-queues=4,new-feature=on,offload=checksum"),
  MIGDESC_MODEL_VERSION ("3", 3, "num-queues=8,new-feature=on,rss=on,offload=tso",
                         MIGDESC_SUPPORTED (MIGDESC_SUPPORT_BIDIRECTIONAL),
                         MIGDESC_TESTED (nic_tested)),
  MIGDESC_MODEL_VERSION ("debug", 3, "num-queues=1,memory=4096",
                         MIGDESC_UNMIGRATABLE ("its trace buffer stays in the host"),
                         MIGDESC_DESCRIPTION ("for its developers")),
};

static const MigdescModelConstraint nic_constraints[] = {
  MIGDESC_MODEL_IF_THEN ("new-feature=on", "num-queues=3-64,128", "needs three queues"),
  MIGDESC_MODEL_FORBID ("rss=on;offload=none", NULL),
};

static const char *const nic_features[] = { "mq", NULL };

MIGDESC_MODEL_TABLE (nic_model, "vendor-a.com/my-nic", NicConfig, nic_params, nic_versions,
                     MIGDESC_MODEL_CONSTRAINTS (nic_constraints), MIGDESC_MODEL_STATE (nic_state),
                     MIGDESC_MODEL_BACKEND ("net", nic_features));

static inline MigdescBackend *
nic_backend (const char *limit)
{
  g_autoptr (GError) error = NULL;
  MigdescBackend *backend = migdesc_backend_new (&nic_model, NULL, &error);

  g_assert_no_error (error);
  if (limit != NULL)
    migdesc_backend_set_version_limit (backend, limit, &error);
  g_assert_no_error (error);
  return backend;
}
