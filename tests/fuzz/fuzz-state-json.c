/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fuzz-stream.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  fuzz_table ("json", data, size);
  return 0;
}
