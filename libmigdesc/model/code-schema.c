/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "state-schema-unusable",
    "a descriptor's state schema cannot be used",
    "The `state` member of a model is kept as it is when a document is read. Here both sides have "
    "one, and this one is no valid state schema, so that the states cannot be compared. The "
    "message says where in the schema, and what is wrong.",
    "migdesc_descriptor_check (destination, list, source, NULL, &error):\n"
    "the source's state schema cannot be used: 1:1: the schema\n"
    "  has no \"state-schema\"",
  },
  {
    "state-versions-apart",
    "no state version is known to both sides",
    "The source writes states of versions that the destination does not read. Let the source "
    "write an older version, or use a newer implementation on the destination.",
    "migdesc_state_type_resolve (writer, reader):\n"
    "state versions 3 to 4 at the source, 1 to 2 at the destination",
  },
  {
    "state-field-unknown",
    "the destination does not have a field of the source's state",
    "The value would be lost. A section that is declared droppable may be lost, so that it is "
    "only mentioned; of anything else the source has to write a version without the field, or a "
    "transform has to say what becomes of it.",
    "migdesc_state_type_resolve (writer, reader):\n"
    "queues[].offload: the destination does not have this field",
  },
  {
    "state-field-missing",
    "the source's state lacks a field that the destination needs",
    "A field that newer versions have declares a default for states without it, or that it is "
    "required. Here it does neither, or is required.",
    "migdesc_state_type_resolve (writer, reader):\n"
    "mtu: the source does not have this field, and the destination has no default\n"
    "  for it",
  },
  {
    "state-field-type",
    "a field is something else on each side",
    "Both sides have a field of this name, but of another kind, width or count, or with other "
    "words for its values. A change of type needs a new state version, and a transform for the "
    "older ones.",
    "migdesc_state_type_resolve (writer, reader):\n"
    "queues[].size: u32 at the source, u16 at the destination",
  },
  {
    "state-field-values",
    "a field may have values that the destination refuses",
    "The bounds differ. As long as they have something in common this is a warning: a state whose "
    "value is out of the destination's bounds will be refused when it is read. Bounds without a "
    "common value never fit.",
    "migdesc_state_type_resolve (writer, reader):\n"
    "mtu: 68 to 9216 at the source, 68 to 1500 at the destination",
  },
  {
    "state-section-version",
    "the destination does not read this version of a section",
    "A section has versions of its own, and the source writes its newest. Use a newer "
    "implementation on the destination.",
    "migdesc_state_type_resolve (writer, reader):\n"
    "rss: version 2 at the source, 1 to 1 at the destination",
  },
  {
    "state-rule-differs",
    "a rule of the state differs between the sides",
    "The destination has a check, a relation or a gate that the source does not have. What a "
    "function does no schema can say, so that only the device can tell whether a state will do.",
    "migdesc_state_type_resolve (writer, reader):\n"
    "the check is nic_check_v2 at the source, nic_check at the destination",
  },
};

const MigdescCodeTopic migdesc_code_topic_schema = {
  "Two state schemas",
  codes,
  G_N_ELEMENTS (codes),
};
