/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The one header to include. */

#pragma once

#define MIGDESC_INSIDE

#include <migdesc/migdesc-backend.h>
#include <migdesc/migdesc-baseline.h>
#include <migdesc/migdesc-check.h>
#include <migdesc/migdesc-code.h>
#include <migdesc/migdesc-compare.h>
#include <migdesc/migdesc-config.h>
#include <migdesc/migdesc-constraint.h>
#include <migdesc/migdesc-dbus-vmstate.h>
#include <migdesc/migdesc-descriptor-builder.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-device-set.h>
#include <migdesc/migdesc-discovery.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-expand.h>
#include <migdesc/migdesc-field-arrays.h>
#include <migdesc/migdesc-field-checks.h>
#include <migdesc/migdesc-field-gates.h>
#include <migdesc/migdesc-field-scalars.h>
#include <migdesc/migdesc-field-structs.h>
#include <migdesc/migdesc-field-tables.h>
#include <migdesc/migdesc-field.h>
#include <migdesc/migdesc-finding.h>
#include <migdesc/migdesc-fleet.h>
#include <migdesc/migdesc-fleet-check.h>
#include <migdesc/migdesc-fleet-load.h>
#include <migdesc/migdesc-library-version.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-macros.h>
#include <migdesc/migdesc-manifest.h>
#include <migdesc/migdesc-manifest-check.h>
#include <migdesc/migdesc-map.h>
#include <migdesc/migdesc-matrix.h>
#include <migdesc/migdesc-model-checks.h>
#include <migdesc/migdesc-model-params.h>
#include <migdesc/migdesc-model-rows.h>
#include <migdesc/migdesc-model-table.h>
#include <migdesc/migdesc-model.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-param.h>
#include <migdesc/migdesc-path.h>
#include <migdesc/migdesc-plan.h>
#include <migdesc/migdesc-program-test.h>
#include <migdesc/migdesc-qemu-compare.h>
#include <migdesc/migdesc-qemu-description.h>
#include <migdesc/migdesc-qemu-dump.h>
#include <migdesc/migdesc-qemu-file.h>
#include <migdesc/migdesc-qemu-known.h>
#include <migdesc/migdesc-qemu-opaque.h>
#include <migdesc/migdesc-qemu-section.h>
#include <migdesc/migdesc-qemu-stream.h>
#include <migdesc/migdesc-reader.h>
#include <migdesc/migdesc-report.h>
#include <migdesc/migdesc-source.h>
#include <migdesc/migdesc-state-type.h>
#include <migdesc/migdesc-state.h>
#include <migdesc/migdesc-stream.h>
#include <migdesc/migdesc-stream-file.h>
#include <migdesc/migdesc-text.h>
#include <migdesc/migdesc-transfer.h>
#include <migdesc/migdesc-transforms.h>
#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-value-set.h>
#include <migdesc/migdesc-version-entry.h>
#include <migdesc/migdesc-version-numbers.h>
#include <migdesc/migdesc-visit-inline.h>
#include <migdesc/migdesc-visitor.h>
#include <migdesc/migdesc-writer.h>

#undef MIGDESC_INSIDE
