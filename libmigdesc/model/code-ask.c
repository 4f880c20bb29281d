/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "model-not-found",
    "the descriptor has no model of that name",
    "The name given with the question is none of the descriptor's models. Names are compared "
    "byte by byte; the message has those that there are.",
    "$ migdesc expand --model vendor-a.com/my-disk nic.json\n"
    "migdesc: nic.json has no model vendor-a.com/my-disk, only vendor-a.com/my-nic",
  },
  {
    "not-unique",
    "the question has more than one answer",
    "Something was left out that would tell which one is meant: the descriptor where a place "
    "holds several, or the model where a descriptor has several. Name it.",
    "$ mkdir hosts; cp nic.json hosts/one.json; cp nic.json hosts/two.json\n"
    ">>> Migdesc.Descriptor.load('hosts')\n"
    "hosts: holds 2 descriptors, not one",
  },
  {
    "refused",
    "understood, and the answer is no",
    "Where a caller wants an error instead of a report, an answer of no becomes this error; the "
    "message tells the first reasons. The report has them all.",
    ">>> Migdesc.Descriptor.load('nic.json')['vendor-a.com/my-nic'].expand({'num-queues': "
    "70})\n"
    "blocker: param-value-not-allowed: num-queues=70 is not allowed; the model accepts "
    "1-64,128\n"
    "  remedy: use num-queues=64 or num-queues=128",
  },
  {
    "invalid-argument",
    "an argument that the caller gave is not usable",
    "A function was called with something that it cannot work with, which is the calling "
    "program's to mend. It is an error and not a warning of the program, since the argument may "
    "have come from outside.",
    ">>> Migdesc.ParamList.new(None, None, ['num-queues'], [])\n"
    "names and values differ in number: 1 and 0",
  },
};

const MigdescCodeTopic migdesc_code_topic_ask = {
  "Asking",
  codes,
  G_N_ELEMENTS (codes),
};
