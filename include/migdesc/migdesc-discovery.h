/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <gio/gio.h>

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-discovery
 * @title: Discovery
 * @short_description: find the backend programs of a host, and ask them once
 *
 * A package that brings a backend program also brings a small file that points at it, a drop-in
 * with a name such as `50-nic.json`:
 *
 * |[
 * {
 *   "description": "The network card of our house",
 *   "type": "net",
 *   "binary": "/usr/libexec/my-nic",
 *   "arguments": ["--quiet"],
 *   "tags": ["fast"]
 * }
 * ]|
 *
 * Only `binary` has to be there, and is an absolute path. Drop-ins are read from three directories,
 * by the rules that backends of vhost-user devices follow too: `migdesc/backends` below the data
 * directory, `/etc/migdesc/backends`, and `migdesc/backends` below the user's configuration
 * directory. A file in a later one of them stands in for the file of the same name in an earlier
 * one; an empty file, or a link to `/dev/null`, hides it. What is left is sorted by name.
 *
 * A drop-in and the program it names run with the rights of whoever asks, so both have to belong to
 * root or to the user who asks, and nobody else may be able to write them.
 *
 * To find out what a program offers it is run, with `--print-migration-info-json` at the end of its
 * arguments. That takes milliseconds; with a cache it is done once for each program, as long as the
 * program's file, its arguments, the host and its boot are the same. What was answered from a cache
 * or some time ago is asked again by migdesc_backend_program_verify() before a device is created.
 */

#define MIGDESC_TYPE_BACKEND_PROGRAM (migdesc_backend_program_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescBackendProgram, migdesc_backend_program, MIGDESC, BACKEND_PROGRAM,
                      GObject)

MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_backend_program_list (const char *const *directories,
                                          const char *cache_directory,
                                          GCancellable *cancellable,
                                          GError **error);

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_backend_program_get_name (MigdescBackendProgram *program);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_backend_program_get_path (MigdescBackendProgram *program);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_backend_program_is_usable (MigdescBackendProgram *program, GError **error);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_backend_program_get_description (MigdescBackendProgram *program);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_backend_program_get_device_type (MigdescBackendProgram *program);
MIGDESC_AVAILABLE_IN_1_0
const char *const *migdesc_backend_program_get_tags (MigdescBackendProgram *program);
MIGDESC_AVAILABLE_IN_1_0
const char *const *migdesc_backend_program_get_argv (MigdescBackendProgram *program);

MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_backend_program_ask (MigdescBackendProgram *program,
                                                GCancellable *cancellable,
                                                GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_backend_program_verify (MigdescBackendProgram *program,
                                                   const char *digest,
                                                   GCancellable *cancellable,
                                                   GError **error);

G_END_DECLS
