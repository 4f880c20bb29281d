/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The control socket: a request a line, an answer a line. What comes in is trusted with nothing. */

#pragma once

#include <gio/gio.h>

#include "nic-request.h"

typedef struct _NicControl NicControl;

/* The way back to who asked: answered once, now or later. */
typedef struct _NicAnswer NicAnswer;

typedef void (*NicControlFunc) (const NicRequest *request, NicAnswer *answer, gpointer data);

NicControl *nic_control_new (const char *path, NicControlFunc run, gpointer data, GError **error);
void nic_control_free (NicControl *control);

/* All of these take the answer; json is the text of a value. */
void nic_answer_return (NicAnswer *answer, const char *json);
void nic_answer_fail (NicAnswer *answer, const GError *error);
void nic_answer_return_then (NicAnswer *answer, const char *json, GSourceFunc then,
                             gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NicControl, nic_control_free)
