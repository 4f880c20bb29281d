/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "search-too-long",
    "the search was given up",
    "Whether all configurations of one side are accepted by the other, or which configuration "
    "suits all hosts, is found by trying them. After 1,000,000 of them, or what the caller allows, "
    "the answer is undecided, so that no descriptor can keep a manager busy for ever. Constraints "
    "over fewer params, or smaller sets of values in them, make the search shorter.",
    "migdesc compare, with constraints over dozens of params:\n"
    "the search was given up after 1000000 configurations",
  },
  {
    "no-common-config",
    "no configuration suits every host",
    "The hosts have nothing in common that each of them could both create and load: a model, a "
    "value or a version that one of them needs is missing at another. The table of the answer "
    "tells what leaving out each host would gain.",
    "$ cat one.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [1], \"init_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ cat two.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [2], \"init_value\": 2}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc baseline one.json two.json\n"
    "migdesc: blocker: no-common-config: no value of n suits all hosts: 1 at one.json, 2 at "
    "two.json\n"
    "HOST     THE BASELINE WITHOUT IT\n"
    "one.json a.b/nic?n=2\n"
    "two.json a.b/nic?n=1",
  },
  {
    "no-free-slot",
    "a host of a fleet has no slot left for a device",
    "A host takes as many devices as its slots say. Either no slot of it has a count above 0, or "
    "there are fewer than there are devices to be placed, once each is where it can be. The other "
    "findings tell of slots that would do but for what a device is set to.",
    "migdesc select, of a host with two slots for three devices:\n"
    "the host has slots for 2 of the 3 devices",
  },
};

const MigdescCodeTopic migdesc_code_topic_search = {
  "Comparing and searching",
  codes,
  G_N_ELEMENTS (codes),
};
