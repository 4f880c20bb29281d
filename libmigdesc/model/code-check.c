/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "model-not-supported",
    "the destination does not have the model",
    "The source's device is of a model that the destination does not implement, so that it "
    "could not make sense of a single byte of its state. Models are compared byte by byte. The "
    "remedy names the nearest of the names that the destination has, which helps with a slip of "
    "the pen.",
    "$ migdesc check 'vendor-a.com/my-nik?num-queues=4' nic.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "nic.json    incompatible the destination has no model \"vendor-a.com/my-nik\"; the\n"
    "                         nearest that it has: \"vendor-a.com/my-nic\"\n"
    "                           remedy: did you mean \"vendor-a.com/my-nic\"?",
  },
  {
    "param-unknown",
    "the destination does not know a listed param",
    "The source has something in effect that the destination has never heard of, so that the "
    "guest would lose it. A param at its off value is not listed, and does no harm. Turn it off "
    "at the source, or use a newer implementation on the destination.",
    "$ migdesc check 'num-queues=4,rss=on' nic.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "nic.json    incompatible the destination has no param \"rss\"",
  },
  {
    "param-type",
    "a listed value is not of the destination's type",
    "The destination has a param of that name, but of another type, and cannot read the value. "
    "Two implementations then mean different things by one name, which one of them has to mend.",
    "$ migdesc check 'num-queues=many' nic.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "nic.json    incompatible num-queues is an int (0 to 18446744073709551615), and\n"
    "                         \"many\" is not\n"
    "                           remedy: restart the source with num-queues as one of\n"
    "                           1-64,128",
  },
  {
    "param-value-not-allowed",
    "the destination does not allow a listed value",
    "The value is of the right type but outside of what the destination accepts. The finding "
    "has the accepted set, and the remedy the nearest value that is in it. Start the device "
    "with such a value at the source, or choose a destination that has it.",
    "$ migdesc check 'num-queues=65' nic.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "nic.json    incompatible num-queues=65 is not allowed; the destination accepts\n"
    "                         1-64,128\n"
    "                           remedy: restart the source with num-queues=64 or\n"
    "                           num-queues=128",
  },
  {
    "param-required",
    "a param that cannot be off is missing from the list",
    "A list without a version is complete, and what it does not name is off. This param of the "
    "destination has no off value, so that the device cannot be as the source says. The "
    "source's implementation is older than the param, and the destination cannot do without it.",
    "$ cat fixed.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1}}\n"
    "}}}\n"
    "$ migdesc check 'a.b/nic?' fixed.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "fixed.json  incompatible the list leaves out n, which has no off value; the\n"
    "                         destination accepts any value",
  },
  {
    "constraint-violated",
    "the configuration breaks a constraint of the destination",
    "Each value is allowed by itself, but not all of them together. The message has the "
    "constraint, with its description if it has one. Change one of the params that it names.",
    "$ migdesc check 'num-queues=2,new-feature=on' nic.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "nic.json    incompatible if new-feature=on then num-queues=3-64 is violated\n"
    "                         (new-feature=on, num-queues=2): needs three queues\n"
    "                           remedy: restart the source with num-queues >= 3",
  },
  {
    "version-required",
    "the model consists of versions, and the list has none",
    "A model with versions and no params is described by its version alone. A list for it is "
    "version=V, and one without leaves everything open.",
    "$ cat v4.json\n"
    "{\"models\": {\"a.b/nic\": {\"versions\": [\"1\", \"2\"]}}}\n"
    "$ migdesc check 'a.b/nic?' v4.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "v4.json     incompatible the model has versions and no params, and the list\n"
    "                         names no version\n"
    "                           remedy: name a version, such as version=2",
  },
  {
    "version-unknown",
    "the destination does not know the version",
    "A list that names a version leaves it to the reader's own descriptor what that version "
    "means. This one has no version of that name; it may be older than the version. Use the "
    "complete kind of list, which needs no version, or a newer implementation.",
    "$ migdesc check 'version=3' nic.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "nic.json    incompatible the destination has no version \"3\"; its newest is \"2\"\n"
    "                           remedy: the destination needs version \"3\"",
  },
  {
    "version-not-creatable",
    "no device of that version can be created any more",
    "A version can be kept to load state saved long ago, without new devices of it. The "
    "configuration asked for equals such a version and none that can be created. Ask for a "
    "newer version.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"versions\": [{\"name\": \"1\", \"create\": false}, \"2\"]\n"
    "}}}\n"
    "$ migdesc expand --version 1 old.json\n"
    "migdesc: blocker: version-not-creatable: the configuration is that of version \"1\", which "
    "cannot be created\n"
    "migdesc:   remedy: use version=2",
  },
  {
    "version-not-loadable",
    "state of that version cannot be loaded",
    "The destination knows the version but does not load device state that was saved as it. A "
    "device that was migrated in can have no other version, so that the only remedy is another "
    "destination.",
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"versions\": [{\"name\": \"1\", \"load\": false}, \"2\"]\n"
    "}}}\n"
    "$ migdesc check version=1 new.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "new.json    incompatible the configuration is that of version \"1\", which the\n"
    "                         destination cannot load\n"
    "                           remedy: restart the source with version=2",
  },
  {
    "unmigratable",
    "the device is not migratable at all",
    "The implementation, or this version of it, declares support: none, and often says why in "
    "blocker. Whatever the params, its state cannot be saved or loaded. Detach the device "
    "before the migration, or wait for an implementation that supports it.",
    "$ cat none.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"versions\": [\"1\"],\n"
    "  \"support\": \"none\",\n"
    "  \"blocker\": \"its firmware cannot save state\"\n"
    "}}}\n"
    "$ migdesc check version=1 none.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "none.json   incompatible model \"a.b/nic\" cannot be migrated, by what the\n"
    "                         destination says: its firmware cannot save state",
  },
  {
    "value-undecided",
    "the device may still refuse a listed value",
    "The destination's descriptor does not say which values of this param it allows, and the "
    "value is neither its init nor its off value nor one of a version. Nothing speaks against "
    "it, but only the device itself knows. Ask whoever publishes the descriptor for "
    "allowed_values.",
    "$ cat open.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"mtu\": {\"type\": \"int\", \"init_value\": 1500}}\n"
    "}}}\n"
    "$ migdesc check mtu=9000 open.json\n"
    "DESTINATION VERDICT   WHY, AND WHAT WOULD HELP\n"
    "open.json   undecided mtu=9000 may be refused: the destination does not say\n"
    "                      which values of it are allowed\n"
    "                        remedy: restart the source with mtu=1500",
  },
};

const MigdescCodeTopic migdesc_code_topic_check = {
  "Can the destination take the device",
  codes,
  G_N_ELEMENTS (codes),
};
