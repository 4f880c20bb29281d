/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The version that the program is built as. A backend has no such thing, and only its newest
 * version: this is here so that old programs can be built of one source. What was not there yet is
 * left out. */

#pragma once

#if NIC_VERSION >= 2
#define NIC_SINCE_2(...) __VA_ARGS__
#else
#define NIC_SINCE_2(...)
#endif

#if NIC_VERSION >= 3
#define NIC_SINCE_3(...) __VA_ARGS__
#define NIC_UNTIL_2(...)
#else
#define NIC_SINCE_3(...)
#define NIC_UNTIL_2(...) __VA_ARGS__
#endif

#if NIC_VERSION >= 4
#define NIC_SINCE_4(...) __VA_ARGS__
#define NIC_UNTIL_3(...)
#else
#define NIC_SINCE_4(...)
#define NIC_UNTIL_3(...) __VA_ARGS__
#endif

/* What tests/interop/test_nic_versions.py moves: from the first program to the second. */
#if NIC_VERSION >= 2
static const char *const nic_tested_2[] = { "1", "2", "2", "1", NULL };
#endif
#if NIC_VERSION >= 3
static const char *const nic_tested_3[] = { "1", "3", "2", "3", "3", "1", "3", "2", NULL };
#endif
#if NIC_VERSION >= 4
static const char *const nic_tested_4[]
    = { "1", "4", "2", "4", "3", "4", "4", "1", "4", "2", "4", "3", NULL };
#endif
