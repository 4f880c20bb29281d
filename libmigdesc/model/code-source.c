/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "version-differs",
    "a param comes out different at the two sides",
    "Both sides expand the list by their own descriptors, and this param gets another value at "
    "each, or is known to one side only, or has another type. The guest would see its device "
    "change. It happens when a published version was changed, or with a list that names a "
    "version whose meaning the sides do not share. Use the complete kind of list, and mend the "
    "version. A model of versions alone has its version as a param, which a model with params "
    "lacks: the two never agree.",
    "$ cat changed.json\n"
    "{\"models\": {\"vendor-a.com/my-nic\": {\n"
    "  \"params\": {\n"
    "    \"num-queues\": {\"type\": \"int\", \"init_value\": 8, \"off_value\": 1},\n"
    "    \"new-feature\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"2\", \"params\": {\"num-queues\": 8, \"new-feature\": true}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc check --source nic.json version=2 changed.json\n"
    "DESTINATION  VERDICT      WHY, AND WHAT WOULD HELP\n"
    "changed.json incompatible num-queues is 4 at the source and 8 at the destination\n"
    "                            remedy: list num-queues=4 beside the version",
  },
  {
    "off-value-differs",
    "a value means off at one side and in effect at the other",
    "The two descriptors have different off values for this param, so that the same value is "
    "the old behaviour at one side and a feature at the other. The sides disagree about what "
    "the param does. Off values never change once they are published; one of the descriptors "
    "has to be mended.",
    "$ cat on.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 4, \"off_value\": 1}}\n"
    "}}}\n"
    "$ cat off.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 4, \"off_value\": 4}}\n"
    "}}}\n"
    "$ migdesc check --source on.json n=4 off.json\n"
    "DESTINATION VERDICT      WHY, AND WHAT WOULD HELP\n"
    "off.json    incompatible n is 4 at the source and 4, which is off, at the\n"
    "                         destination",
  },
  {
    "direction-not-promised",
    "nobody promises that this direction works",
    "Every param fits, but neither implementation promises to load state that the other saves: "
    "a promise of forward covers state of older versions only, and best-effort covers none. A "
    "promise is between versions that one side knows, so that nothing is promised to or from a "
    "side without versions, unless neither has any. It may work all the same. Prefer a "
    "destination that makes the promise.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\"versions\": [\"1\"], \"support\": \"forward\"}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\"versions\": [\"1\", \"2\"], \"support\": \"forward\"}}}\n"
    "$ migdesc check --source new.json version=1 old.json\n"
    "DESTINATION VERDICT    WHY, AND WHAT WOULD HELP\n"
    "old.json    compatible warning: migration from version \"2\" to version \"1\" is not\n"
    "                       promised",
  },
  {
    "direction-not-tested",
    "the promised direction has never been tested",
    "The implementation promises that this direction works, but lists no test between the "
    "newest versions of the two sides. A promise that nobody has tried is often broken by "
    "accident. Run the test, and list the pair under tested; migdesc matrix --run does both.",
    "$ cat old.json\n"
    "{\"models\": {\"a.b/nic\": {\"versions\": [\"1\"], \"support\": \"forward\"}}}\n"
    "$ cat new.json\n"
    "{\"models\": {\"a.b/nic\": {\"versions\": [\"1\", \"2\"], \"support\": \"forward\"}}}\n"
    "$ migdesc check --source old.json version=1 new.json\n"
    "DESTINATION VERDICT    WHY, AND WHAT WOULD HELP\n"
    "new.json    compatible warning: migration from version \"1\" to version \"2\" is\n"
    "                       promised but not tested",
  },
  {
    "source-not-expandable",
    "the source's own descriptor does not explain the list",
    "The source's descriptor lacks the model, or does not allow what the list says, so that the "
    "two sides cannot be compared param by param. The answer rests on the destination's "
    "descriptor alone. Most likely the descriptor is not the one of the implementation that "
    "runs the device.",
    "$ cat source.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-4\"], \"init_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ cat dest.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc check --source source.json n=8 dest.json\n"
    "DESTINATION VERDICT    WHY, AND WHAT WOULD HELP\n"
    "dest.json   compatible warning: what the source says of the list cannot be\n"
    "                       compared: n=8 is not allowed; the source accepts 1-4",
  },
};

const MigdescCodeTopic migdesc_code_topic_source = {
  "Source and destination compared",
  codes,
  G_N_ELEMENTS (codes),
};
