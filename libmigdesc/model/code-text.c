/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "list-syntax",
    "a text is not a migration parameter list",
    "A parameter list is NAME=VALUE pairs with commas between them, with the name of the model "
    "and a question mark in front where it is given. A comma that belongs to a value is "
    "doubled. The message names the place in characters, and what is wrong there: an argument "
    "without an equals sign, or a name that cannot be one.",
    "$ migdesc check 'num-queues=4,new-feature' nic.json\n"
    "migdesc: column 14: \"new-feature\" has no \"=\": expected NAME=VALUE",
  },
  {
    "list-duplicate",
    "a list names a param twice",
    "Each param has one value. Which of two would win differs between programs, so that none "
    "does. Remove one of them; version too may stand only once.",
    "$ migdesc check 'num-queues=4,num-queues=8' nic.json\n"
    "migdesc: column 14: \"num-queues\" is listed twice",
  },
  {
    "list-model-needed",
    "a list has to name its model",
    "A list without a model is for a destination that has one model only. This one has several, "
    "and guessing would check the wrong device. Put the name of the model and a question mark "
    "in front of the list.",
    "$ cat two.json\n"
    "{\"models\": {\n"
    "  \"a.b/disk\": {\"versions\": [\"1\"]},\n"
    "  \"a.b/nic\": {\"versions\": [\"1\"]}\n"
    "}}\n"
    "$ migdesc check version=1 two.json\n"
    "DESTINATION VERDICT WHY, AND WHAT WOULD HELP\n"
    "two.json    error   the list names no model, and the destination has 2",
  },
  {
    "text-syntax",
    "a text is not of the v4-text dialect",
    "In this dialect a line that ends in a colon names a model, and every line after it is a "
    "version of that model. Here a version stands before any model, or a name is none. A text "
    "that should be JSON has to start with { or [.",
    "$ cat bad.txt\n"
    "4GB-v1\n"
    "$ migdesc validate bad.txt\n"
    "bad.txt:1:1: blocker: text-syntax: expected a model, as in \"vendor.com/model:\", found "
    "\"4GB-v1\"",
  },
  {
    "tree-invalid",
    "a directory tree is not of a known layout",
    "Device types and instances publish attributes in sysfs, one layout for each revision of "
    "the proposal. Here an attribute is missing, is no regular file, or holds what it should "
    "not. Symbolic links inside of the tree are not followed, since they could lead anywhere.",
    "$ mkdir -p tree/mdev_supported_types/nic\n"
    "$ ln -s /etc/passwd tree/mdev_supported_types/nic/migration_info.json\n"
    "$ migdesc show tree\n"
    "migdesc: tree/mdev_supported_types/nic/migration_info.json: is a symbolic link",
  },
  {
    "tree-unsafe-name",
    "a name in a directory tree cannot be used safely",
    "Names of types, instances and attributes become parts of paths. Only letters, digits and . "
    "_ : - are taken, and no name may be . or .. or start with a dash, so that nothing outside "
    "of the tree can be reached.",
    "$ mkdir -p tree/mdev_supported_types/-nic\n"
    "$ migdesc show tree\n"
    "migdesc: tree/mdev_supported_types/-nic: is not a safe name: 1 to 255 of A-Z, a-z, 0-9, "
    "\".\", \"_\", \":\" and \"-\", not \".\" or \"-\" first",
  },
};

const MigdescCodeTopic migdesc_code_topic_text = {
  "Lists, texts and trees",
  codes,
  G_N_ELEMENTS (codes),
};
