/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field-arrays.h>
#include <migdesc/migdesc-field-scalars.h>
#include <migdesc/migdesc-field-structs.h>
#include <migdesc/migdesc-field-tables.h>

/* Rows of tables of opaque values: a guest may have set any value, so all are within bounds. */

#define MIGDESC_ANY_U8(type, member) MIGDESC_U8 (type, member, 0, G_MAXUINT8)
#define MIGDESC_ANY_U16(type, member) MIGDESC_U16 (type, member, 0, G_MAXUINT16)
#define MIGDESC_ANY_U32(type, member) MIGDESC_U32 (type, member, 0, G_MAXUINT32)
#define MIGDESC_ANY_U64(type, member) MIGDESC_U64 (type, member, 0, G_MAXUINT64)
