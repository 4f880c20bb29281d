/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "conversion-loss",
    "the conversion would lose something",
    "The dialect asked for cannot say all that the descriptor says, and whoever reads the "
    "result would see a device with fewer promises, values or params. All losses are listed, "
    "not only the first. Allow the loss if the reader does not need what is lost.",
    "$ cat unit.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1, \"unit\": \"queues\"}}\n"
    "}}}\n"
    "$ migdesc convert --to v3 unit.json\n"
    "migdesc: /models/a.b~1nic/params/n/unit: \"unit\" is lost: \"queues\"\n"
    "migdesc: the v3 dialect loses 1 thing, the first at /models/a.b~1nic/params/n/unit: "
    "\"unit\" is lost: \"queues\"",
  },
  {
    "conversion-refused",
    "the document cannot be written in that dialect at all",
    "Some descriptors have no form in some dialects, even with loss allowed: models that "
    "consist of versions alone in the third revision, or a version whose name would read as a "
    "model in v4-text. Choose another dialect.",
    "$ cat v4.json\n"
    "{\"models\": {\"a.b/nic\": {\"versions\": [\"1\"]}}}\n"
    "$ migdesc convert --to v3 --allow-loss v4.json\n"
    "migdesc: model \"a.b/nic\" has versions and no params, which this dialect cannot express",
  },
  {
    "plan-unsafe-name",
    "a name cannot be rendered safely in the style asked for",
    "A setting of a plan goes to a command line, a sysfs file or another program's document, "
    "and each has characters with a meaning of their own. Where a name would need an escape "
    "that the receiver may not know, it is refused. Choose another style.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"..\": {\"type\": \"int\", \"init_value\": 1}}\n"
    "}}}\n"
    "$ migdesc plan --style sysfs ..=1 odd.json\n"
    "migdesc: param \"..\" cannot be written safely in the style sysfs: an attribute is named "
    "with letters, digits and ._:- and begins with none of . and -",
  },
};

const MigdescCodeTopic migdesc_code_topic_write = {
  "Converting and writing",
  codes,
  G_N_ELEMENTS (codes),
};
