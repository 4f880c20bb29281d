/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "model-not-found",
    "the descriptor has no model of that name",
    "The name given with the question is none of the descriptor's models. Names are compared "
    "byte by byte; the message has those that there are.",
    "$ migdesc expand --model vendor-a.com/my-disk nic.json",
  },
  {
    "not-unique",
    "the question has more than one answer",
    "Something was left out that would tell which one is meant: the model where a descriptor "
    "has several, or the descriptor where a place holds several. Name it.",
    "$ cat two.json\n"
    "{\"models\": {\"a.b/disk\": {\"versions\": [\"1\"]}, \"a.b/nic\": {\"versions\": "
    "[\"1\"]}}}\n"
    "$ migdesc expand two.json",
  },
  {
    "refused",
    "understood, and the answer is no",
    "Where a caller wants an error instead of a report, an answer of no becomes this error; the "
    "message tells the first reasons. The report has them all.",
    ">>> Migdesc.Descriptor.load('nic.json').model.expand({'num-queues': 70})\n"
    "Traceback (most recent call last):\n"
    "  File \"<string>\", line 2, in <module>\n"
    "  File \"/usr/lib/python3/dist-packages/gi/__init__.py\", line 126, in require_version\n"
    "    raise ValueError('Namespace %s not available' % namespace)\n"
    "ValueError: Namespace Migdesc not available",
  },
  {
    "invalid-argument",
    "an argument that the caller gave is not usable",
    "A function was called with something that it cannot work with, which is the calling "
    "program's to mend. It is an error and not a warning of the program, since the argument may "
    "have come from outside.",
    ">>> Migdesc.ParamList.new(None, None, ['num-queues'], [])\n"
    "Traceback (most recent call last):\n"
    "  File \"<string>\", line 2, in <module>\n"
    "  File \"/usr/lib/python3/dist-packages/gi/__init__.py\", line 126, in require_version\n"
    "    raise ValueError('Namespace %s not available' % namespace)\n"
    "ValueError: Namespace Migdesc not available",
  },
};

const MigdescCodeTopic migdesc_code_topic_ask = {
  "Asking",
  codes,
  G_N_ELEMENTS (codes),
};
