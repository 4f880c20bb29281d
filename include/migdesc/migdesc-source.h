/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-reader.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-source
 * @title: Sources
 * @short_description: find descriptors in files, directories, programs and device trees
 *
 * A place is a file, a directory, `-` for standard input, `exec:PROGRAM`, or the root of a device
 * tree; it may hold several descriptors, which are read one by one.
 */

/* A descriptor that can be had at a place: a file, a directory, standard input, a program, a device
 * tree. */

#define MIGDESC_TYPE_SOURCE (migdesc_source_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescSource, migdesc_source, MIGDESC, SOURCE, GObject)

MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_source_list (const char      *place,
                                 MigdescDialect   dialect,
                                 GCancellable    *cancellable,
                                 GError         **error);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_source_get_name (MigdescSource *source);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_source_dup_program (MigdescSource *source);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_source_read (MigdescSource  *source,
                                        MigdescReader  *reader,
                                        GCancellable   *cancellable,
                                        MigdescReport **report,
                                        GError        **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_source_read_async (MigdescSource       *source,
                                MigdescReader       *reader,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_source_read_finish (MigdescSource  *source,
                                               GAsyncResult   *result,
                                               MigdescReport **report,
                                               GError        **error);

MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_descriptor_load (const char    *place,
                                            MigdescReader *reader,
                                            GCancellable  *cancellable,
                                            GError       **error);

MIGDESC_AVAILABLE_IN_1_0
char **migdesc_instance_list (const char    *place,
                              GCancellable  *cancellable,
                              GError       **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_instance_load (const char    *place,
                                         const char    *uuid,
                                         GCancellable  *cancellable,
                                         GError       **error);

G_END_DECLS
