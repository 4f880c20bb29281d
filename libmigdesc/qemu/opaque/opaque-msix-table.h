/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/opaque/opaque-fields.h"
#include "qemu/opaque/opaque-msix-types.h"

/* The tables of MSI-X, for whatever has one in it. */

static const MigdescField migdesc_msix_vector_fields[] = {
  MIGDESC_ANY_U64 (MigdescQemuMsixVector, address),
  MIGDESC_ANY_U32 (MigdescQemuMsixVector, data),
  MIGDESC_ANY_U32 (MigdescQemuMsixVector, control),
  MIGDESC_BOOL (MigdescQemuMsixVector, pending),
};
MIGDESC_STRUCT (msix_vector, MigdescQemuMsixVector, 1, 1, migdesc_msix_vector_fields, NULL);

static const MigdescField migdesc_msix_fields[] = {
  MIGDESC_VSTRUCTS (MigdescQemuMsix, vectors, n_vectors, 2048, msix_vector),
};
MIGDESC_STRUCT (msix_state, MigdescQemuMsix, 1, 1, migdesc_msix_fields, NULL);
