/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "version-unreachable",
    "no device can be this version",
    "The version can be neither created nor loaded, and no other version is the same "
    "configuration. Nor is there a configuration that could be created and would become it by "
    "changes of its runtime params. Nothing uses it; remove it if it never was published, or "
    "let it be loaded.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"1\", \"params\": {\"n\": 2}, \"create\": false, \"load\": false},\n"
    "    {\"name\": \"2\", \"params\": {\"n\": 4}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:7:5: warning: version-unreachable: version \"1\" can neither be created nor "
    "loaded, nor does a device become it by changes of its runtime params\n"
    "1 warning",
  },
  {
    "version-redundant",
    "two versions are the same configuration",
    "A configuration is compared, never a name, so that the two cannot be told apart: a device "
    "of either is said to be the later one. One of the two is likely not what was meant.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"1\", \"params\": {}},\n"
    "    {\"name\": \"2\", \"params\": {\"n\": 1}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:2:3: info: init-not-a-version: a device that is created without a version is "
    "none: no version has all init values\n"
    "odd.json:8:5: warning: version-redundant: version \"2\" is the same configuration as "
    "\"1\"\n"
    "1 warning, 1 note",
  },
  {
    "constraint-never-bites",
    "a constraint forbids nothing",
    "No configuration that the allowed values and the other constraints permit breaks it. It "
    "may say what another one says, or have conditions that never hold together. It is safe to "
    "remove, and worth a look whether it says what was meant.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1},\n"
    "    \"x\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false}\n"
    "  },\n"
    "  \"constraints\": [\n"
    "    {\"if\": {\"x\": [true]}, \"then\": {\"n\": [\"3-8\"]}},\n"
    "    {\"forbid\": {\"x\": [true], \"n\": [2]}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:9:5: warning: constraint-never-bites: never bites: never x=on and n=2\n"
    "1 warning",
  },
  {
    "constraint-never-holds",
    "a constraint's conditions and what follows exclude each other",
    "No configuration meets the conditions and what the constraint demands of it then, in view "
    "of all the others. It acts as if it forbade its conditions. If that is meant, \"forbid\" "
    "says it plainly.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1},\n"
    "    \"x\": {\"type\": \"bool\", \"init_value\": false, \"off_value\": false}\n"
    "  },\n"
    "  \"constraints\": [\n"
    "    {\"if\": {\"x\": [true]}, \"then\": {\"n\": [\"3-8\"]}},\n"
    "    {\"if\": {\"x\": [true]}, \"then\": {\"n\": [\"1-2\"]}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:5:5: warning: value-never-possible: x=on is allowed, but the constraints let no "
    "configuration have it\n"
    "odd.json:8:5: warning: constraint-never-holds: no configuration meets its conditions and "
    "what follows from them: if x=on then n=3-8\n"
    "odd.json:9:5: warning: constraint-never-holds: no configuration meets its conditions and "
    "what follows from them: if x=on then n=1-2\n"
    "3 warnings",
  },
  {
    "value-never-possible",
    "an allowed value that no configuration can have",
    "The value is allowed by itself, and the constraints together leave no configuration with "
    "it. A host that reads only the allowed values takes it for possible. Mend the constraints "
    "or the allowed values.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1},\n"
    "    \"x\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false}\n"
    "  },\n"
    "  \"constraints\": [\n"
    "    {\"if\": {\"n\": [\"7-8\"]}, \"then\": {\"x\": [true]}},\n"
    "    {\"forbid\": {\"x\": [true], \"n\": [\"8\"]}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:3:5: warning: value-never-possible: n=8 is allowed, but the constraints let no "
    "configuration have it\n"
    "1 warning",
  },
  {
    "promise-untested",
    "a promised migration was never tested",
    "The support promise covers pairs of versions that no entry of \"tested\" lists, so that "
    "nobody knows whether it can be kept. migdesc matrix shows all such pairs. With --run it has "
    "programs really save and load for each other.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"1\", \"params\": {\"n\": 2}},\n"
    "    {\"name\": \"2\", \"params\": {\"n\": 4}, \"support\": \"forward\"}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:6:3: warning: promise-untested: of 1 promised pairs 1 were never tested: \"1\" to "
    "\"2\"\n"
    "  remedy: test them: migdesc matrix --run\n"
    "1 warning",
  },
  {
    "blocker-without-effect",
    "a blocker's text blocks nothing",
    "\"blocker\" says why something cannot be migrated, and only \"support\": \"none\" says "
    "that it cannot. One of the two is missing here or is a leftover.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  },\n"
    "  \"blocker\": \"loses packets\"\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:6:3: warning: blocker-without-effect: the blocker \"loses packets\" blocks "
    "nothing, for \"support\" is not \"none\"\n"
    "1 warning",
  },
  {
    "ignore-unknown-code",
    "a document ignores what is no code",
    "The member switches off findings by their codes, and there is no such code, so that "
    "nothing is switched off. It may be a slip of the pen. migdesc explain lists all codes.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  }\n"
    "}},\n"
    "\"ignore\": {\"param-remove\": \"never used\"}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:7:12: warning: ignore-unknown-code: \"ignore\" names \"param-remove\", which is "
    "no code\n"
    "1 warning",
  },
  {
    "state-version-unknown",
    "a version is of a state version that the schema lacks",
    "The version says by \"state_version\" what it saves, and the state schema neither reads "
    "nor writes that. Streams of it can't be described or checked. Mend the number, or the "
    "schema's version and minimum.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"1\", \"params\": {\"n\": 2}, \"state_version\": 2}\n"
    "  ],\n"
    "  \"state\": {\"state-schema\": 1, \"name\": \"nic\", \"version\": 1, \"minimum\": 1,\n"
    "            \"fields\": [\n"
    "    {\"name\": \"mtu\", \"type\": \"u16\", \"min\": 0, \"max\": 9}\n"
    "  ]}\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:2:3: info: init-not-a-version: a device that is created without a version is "
    "none: no version has all init values\n"
    "odd.json:7:5: warning: state-version-unknown: version \"1\" is of state version 2, and the "
    "schema has 1 to 1\n"
    "1 warning, 1 note",
  },
  {
    "param-never-set",
    "no version sets the param",
    "All versions leave the param off, or at its init value. That is fine for what each device "
    "is given by itself, such as a size. It is told for the record.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1},\n"
    "    \"x\": {\"type\": \"bool\", \"init_value\": false, \"off_value\": false}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"1\", \"params\": {\"n\": 4}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:5:5: info: param-never-set: no version sets x\n"
    "1 note",
  },
  {
    "init-not-a-version",
    "the init values are no version",
    "A device that is created without a version has all init values, and no version has. Tools "
    "will show it as a version with overrides. It is told for the record.",
    "$ cat odd.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"], \"init_value\": 4,\n"
    "          \"off_value\": 1}\n"
    "  },\n"
    "  \"versions\": [\n"
    "    {\"name\": \"1\", \"params\": {\"n\": 2}}\n"
    "  ]\n"
    "}}}\n"
    "$ migdesc lint odd.json\n"
    "odd.json:2:3: info: init-not-a-version: a device that is created without a version is "
    "none: no version has all init values\n"
    "1 note",
  },
};

const MigdescCodeTopic migdesc_code_topic_lint = {
  "Oddities of a document",
  codes,
  G_N_ELEMENTS (codes),
};
