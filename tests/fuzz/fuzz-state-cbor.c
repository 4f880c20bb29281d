/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fuzz-state.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  fuzz_format ("cbor", data, size);
  return 0;
}
