/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The state of the card of examples/nic-backend, as its test kit has it. */

#include "nic-kit.c"
