/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-device-set.h>
#include <migdesc/migdesc-limits.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-transfer
 * @title: Transfers
 * @short_description: One save or load of a device set, in the steps that device protocols have
 *
 * A transfer takes the states of a device set out of the program, or into it, by whatever a
 * protocol offers: a file descriptor (vhost-user's SET_DEVICE_STATE_FD), chunks that the other side
 * asks for or brings (libvfio-user's migration callbacks), or memory. Then it is checked, as
 * vhost-user's CHECK_DEVICE_STATE does; a load is committed when the devices are to start, or
 * aborted.
 *
 * |[<!-- language="C" -->
 * g_autoptr (MigdescTransfer) transfer = migdesc_transfer_new_load (set, NULL, error);
 *
 * if (transfer == NULL || !migdesc_transfer_run_fd (transfer, fd, NULL, error)
 *     || !migdesc_transfer_check (transfer, error))
 *   return FALSE;
 * migdesc_transfer_commit (transfer);
 * ]|
 *
 * Where a program has a loop of its own, migdesc_transfer_step_fd() does what can be done without
 * waiting, on a descriptor that does not block.
 *
 * Devices keep what they are until a load is committed: a transfer that is dropped before, or
 * fails, aborts it. A set has one transfer at a time.
 */

/**
 * MigdescTransferStep:
 * @MIGDESC_TRANSFER_FAILED: it failed, and there is an error
 * @MIGDESC_TRANSFER_MORE: there is more to do once the descriptor is ready
 * @MIGDESC_TRANSFER_DONE: all has been written, or read to its end
 *
 * How far a step has come.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_TRANSFER_FAILED,
  MIGDESC_TRANSFER_MORE,
  MIGDESC_TRANSFER_DONE
} MigdescTransferStep;

#define MIGDESC_TYPE_TRANSFER_STEP (migdesc_transfer_step_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_transfer_step_get_type (void) G_GNUC_CONST;

#define MIGDESC_TYPE_TRANSFER (migdesc_transfer_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescTransfer, migdesc_transfer, MIGDESC, TRANSFER, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescTransfer *migdesc_transfer_new_save (MigdescDeviceSet *set,
                                            const char *format,
                                            gboolean embed_schemas,
                                            GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescTransfer *migdesc_transfer_new_load (MigdescDeviceSet *set,
                                            const MigdescLimits *limits,
                                            GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_transfer_is_load (MigdescTransfer *transfer);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_transfer_get_n_bytes (MigdescTransfer *transfer);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_transfer_run_fd (MigdescTransfer *transfer,
                                  int fd,
                                  GCancellable *cancellable,
                                  GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescTransferStep migdesc_transfer_step_fd (MigdescTransfer *transfer, int fd, GError **error);

MIGDESC_AVAILABLE_IN_1_0
gssize migdesc_transfer_get_pending (MigdescTransfer *transfer, GError **error);
MIGDESC_AVAILABLE_IN_1_0
gssize migdesc_transfer_read (MigdescTransfer *transfer,
                              guint8 *data,
                              gsize length,
                              GError **error);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_transfer_read_bytes (MigdescTransfer *transfer, gsize most, GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_transfer_write (MigdescTransfer *transfer,
                                 const guint8 *data,
                                 gsize length,
                                 GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_transfer_check (MigdescTransfer *transfer, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_transfer_commit (MigdescTransfer *transfer);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_transfer_abort (MigdescTransfer *transfer);

G_END_DECLS
