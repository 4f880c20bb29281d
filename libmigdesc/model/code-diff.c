/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "model-removed",
    "a model is gone",
    "The old descriptor has a model that the new one lacks, so that its devices find no "
    "destination any more. Keep the model as long as somebody may run it. That no new device "
    "may be one is said by \"create\": false in its versions.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "},\n"
    "\"a.b/disk\": {\n"
    "  \"versions\": [\"1\"]\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:1:2: blocker: model-removed: the model \"a.b/disk\" was removed\n"
    "  was: old.json:7:1\n"
    "  remedy: keep it, with \"create\": false in its versions if no new device may be one\n"
    "1 blocker",
  },
  {
    "model-added",
    "a model is new",
    "The new descriptor has a model that the old one lacks. That breaks nothing and is told for "
    "the record.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "},\n"
    "\"a.b/disk\": {\n"
    "  \"versions\": [\"1\"]\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:7:1: info: model-added: the model \"a.b/disk\" was added\n"
    "  was: old.json:1:2\n"
    "1 note",
  },
  {
    "model-kind-changed",
    "a model of versions alone got params, or lost them",
    "A model that has versions and no params compares its version, as if that were a param. One "
    "with params compares those. A device of the one kind is never a device of the other. "
    "Publish the other kind as a model of another name.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"versions\": [\"1\"]\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"1\", \"params\": {\"n\": 4}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:1:13: blocker: model-kind-changed: had versions alone, and has params\n"
    "  was: old.json:1:13\n"
    "  for example: a.b/nic?version=1\n"
    "  remedy: publish the other kind as a model of another name\n"
    "1 blocker",
  },
  {
    "param-removed",
    "a param is gone",
    "Sources list the param whenever it is in effect, and a destination that does not know it "
    "refuses the list. Backward it breaks nothing as long as the old side can take the param "
    "for off. Keep the param, and publish a version that leaves it off. There is no finding if "
    "no configuration could have the param in effect.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1},\n"
    "    \"x\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false}\n"
    "  }\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:2:3: blocker: param-removed: x was removed, and can be any value\n"
    "  was: old.json:5:5\n"
    "  for example: a.b/nic?n=4,x=on\n"
    "  remedy: keep x and publish a version that leaves it off\n"
    "1 blocker",
  },
  {
    "param-type-changed",
    "a param is of another type",
    "A value of one type is never a value of another, also where both are written the same. Add "
    "a param of another name for the new type, and give the old one its off value.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"str\", \"allowed_values\": [\"4\", \"1\"], \"init_value\": "
    "\"4\",\n"
    "          \"off_value\": \"1\"}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:3:5: blocker: param-type-changed: n was of type int and is of type str\n"
    "  was: old.json:3:5\n"
    "  for example: a.b/nic?n=4\n"
    "  remedy: add a param of another name for the new type\n"
    "1 blocker",
  },
  {
    "value-no-longer-allowed",
    "a value that devices may have is no longer allowed",
    "Some configuration that the old model takes has a value that the new one refuses. The "
    "example is such a configuration. Whoever runs it is stranded on the old hosts. Keep the "
    "value allowed; a new version can set the param to another.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-6\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:3:5: blocker: value-no-longer-allowed: n: 7-8 is no longer allowed\n"
    "  was: old.json:3:5\n"
    "  for example: a.b/nic?n=7\n"
    "  remedy: keep the values allowed and publish a version with another n\n"
    "1 blocker",
  },
  {
    "off-value-changed",
    "a param's off value is another, or was added or removed",
    "A param that is off is not listed, and each side takes its own off value for it. If these "
    "differ, the guest would see another device. Off values never change once they are "
    "published. Keep it, and add a param for what is new.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 2}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:3:5: blocker: off-value-changed: n: the off value was 1 and is 2\n"
    "  was: old.json:3:5\n"
    "  for example: a.b/nic?\n"
    "  remedy: keep the off value and add a param for what is new\n"
    "1 blocker",
  },
  {
    "init-value-changed",
    "a param's init value is another",
    "A device that is created without a version is no longer what it was. Running ones are not "
    "touched, for their lists say what they are. Where a param has no off value, versions that "
    "do not set it change with it, which is a finding of its own. Better leave init values "
    "alone and publish a version.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"1\", \"params\": {\"n\": 4}}\n"
    "  ]\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 8,\n"
    "          \"off_value\": 1}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"1\", \"params\": {\"n\": 4}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:3:5: warning: init-value-changed: n: the init value was 4 and is 8\n"
    "  was: old.json:3:5\n"
    "  remedy: publish a version with the new value: a device that is created without one is no "
    "longer what it was\n"
    "1 warning",
  },
  {
    "unit-changed",
    "a param's unit is another",
    "The numbers stayed and mean something else, which no check of values will ever find. Add a "
    "param of another name for the new unit.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1, \"unit\": \"KiB\"}\n"
    "  }\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1, \"unit\": \"MiB\"}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:3:5: warning: unit-changed: n was in \"KiB\" and is in \"MiB\"\n"
    "  was: old.json:3:5\n"
    "  remedy: add a param of another name for the new unit\n"
    "1 warning",
  },
  {
    "runtime-withdrawn",
    "a param can no longer change while the device is open",
    "Managers may count on changing the param in a running device, to reach a host that does "
    "not take its present value. Such a way is closed now.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1, \"runtime\": true}\n"
    "  }\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:3:5: warning: runtime-withdrawn: n could be changed while the device is open, and "
    "no longer can\n"
    "  was: old.json:3:5\n"
    "1 warning",
  },
  {
    "param-added-without-off",
    "a new param has no off value",
    "Lists of older devices do not name the param, and nothing says what they are in its terms, "
    "so that every one of them is refused. Backward, every list names the param and the old "
    "side does not know it. Give it the off value that means what devices did before.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1},\n"
    "    \"m\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:5:5: blocker: param-added-without-off: m was added without an off value, so that "
    "no older device has it\n"
    "  was: old.json:2:3\n"
    "  for example: a.b/nic?n=4\n"
    "  remedy: give it the off value that means what devices did before\n"
    "1 blocker",
  },
  {
    "param-added",
    "a param is new",
    "The new model has a param that the old one lacks, and that is off in all older devices. "
    "That breaks nothing and is told for the record.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1},\n"
    "    \"m\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:5:5: info: param-added: m was added; it is off as 1\n"
    "  was: old.json:2:3\n"
    "1 note",
  },
  {
    "constraint-tightened",
    "a constraint forbids what was allowed",
    "Some configuration that the old model takes breaks a constraint of the new one. The "
    "example is such a configuration; each of its values by itself is still allowed. Make the "
    "constraint depend on a new param that is off in older devices. Constraints that are only "
    "worded otherwise are no finding, whatever they look like.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1},\n"
    "    \"x\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false}\n"
    "  },\n"
    "  \"constraints\": [\n"
    "    {\"if\": {\"x\": [true]}, \"then\": {\"n\": [\"3-8\"]}}\n"
    "  ]\n"
    "}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1},\n"
    "    \"x\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false}\n"
    "  },\n"
    "  \"constraints\": [\n"
    "    {\"if\": {\"x\": [true]}, \"then\": {\"n\": [\"4-8\"]}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc diff old.json new.json\n"
    "new.json:8:5: blocker: constraint-tightened: forbids what was allowed: if x=on then "
    "n=4-8\n"
    "  was: old.json:7:3\n"
    "  for example: a.b/nic?n=3,x=on\n"
    "  remedy: add a param, off on older devices, and make it a condition of the constraint\n"
    "1 blocker",
  },
};

const MigdescCodeTopic migdesc_code_topic_diff = {
  "Changes of models, params and constraints",
  codes,
  G_N_ELEMENTS (codes),
};
