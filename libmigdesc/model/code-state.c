/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "state-type",
    "a field table or state schema is not valid",
    "What the compiler cannot see of a field table is checked when it is made a state type: "
    "two fields over the same bytes, two of one name, a count behind its array, a missing "
    "maximum. A schema in JSON is checked by the same rules.",
    "migdesc_state_type_new (&nic_state, &error):\n"
    "nic_state.active: there is no array \"queues\" that it could be a position in",
  },
  {
    "state-config",
    "the configuration does not fit the state",
    "The size of an array is a migration parameter, and the configuration does not have it, "
    "or its value is no number that the array has room for. Pass the parameter list that "
    "the device was created with.",
    "migdesc_stream_writer_add_struct (writer, \"nic0\", NULL, type, 3, &nic,\n"
    "  &error):\n"
    "queues: its count is the parameter \"num-queues\", which the configuration\n"
    "  does not have",
  },
  {
    "state-range",
    "a value of a state is out of its bounds",
    "Every field has bounds, and a value outside of them is neither written nor read: a "
    "device that used it might read or write where it must not. On save the device has a "
    "fault; on load the stream is damaged, hostile, or of a device that allows more.",
    "$ migdesc state edit --set nic0.mtu=67 nic.mds\n"
    "migdesc: --set nic0.mtu=67: mtu: 67 is not in 68 to 9216",
  },
  {
    "state-count",
    "a state has too many elements or bytes",
    "A count or length is above the field's maximum, or is not what both sides know it to "
    "be. It is refused before any memory is got for it.",
    "$ migdesc state edit --set nic0.mac=UlQA nic.mds\n"
    "migdesc: --set nic0.mac=UlQA: mac: 3 bytes, not the 6 that have to be there",
  },
  {
    "state-index",
    "a position in an array is behind its end",
    "An index names an array of the same struct and has to be below the number of its "
    "elements. The index of a damaged state would be used at some later time, far from its "
    "cause.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "active: 5 is not a position in queues, which has 4 elements (byte 210)",
  },
  {
    "state-relation",
    "what must hold between two values does not",
    "A relation of the field table is broken: each value is within its own bounds, but "
    "together they make no sense. A device that took it would fail later, far from the "
    "cause.",
    "$ migdesc state edit --set nic0.queues[0].head=300 nic.mds\n"
    "migdesc: --set nic0.queues[0].head=300: queues[0].head: 300 is not less than size, which "
    "is 256",
  },
  {
    "state-constant",
    "a constant is another one",
    "Both sides must have the same number here. Most likely the data are of another device, "
    "or of a build with other constants.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "magic: 7 is not the constant 4660 (byte 120)",
  },
  {
    "state-string",
    "a text in a state is not UTF-8",
    "Texts in states are UTF-8 and hold no NUL byte. A device that prints or compares one "
    "relies on that.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "name: not UTF-8 from byte 3 of the text on (byte 88)",
  },
  {
    "state-check",
    "the device's own check refuses the state",
    "The check function of the field table says what no bound and no relation can. Its own "
    "words are part of the message.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "nic_check refuses it: the receive ring overlaps the transmit ring (byte\n"
    "  2048)",
  },
  {
    "state-missing",
    "a field or section that has to be there is not",
    "A section that is not optional, a required field of a newer version, or a member of a "
    "state in JSON is lacking. On load the state is incomplete.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "rss: the section is missing (byte 512)",
  },
  {
    "state-unknown",
    "a field, section or device that is not known",
    "The state has something that the reader has no name for, and that it must not skip. A "
    "newer device has saved it; load it with a device that knows it, or save it with an "
    "older state version.",
    "$ cat odd.json\n"
    "{\"migdesc_state\": \"1.0\", \"manifest\": {\"devices\": [\n"
    " {\"id\": \"a\", \"state\": 1, \"params\": {}}]}, \"devices\": {\"a\": {}}}\n"
    "$ migdesc state get odd.json a\n"
    "migdesc: odd.json: a: the state was written without a schema: only its device can read it",
  },
  {
    "state-too-new",
    "a state version newer than the newest known",
    "The device that saved was newer. Save with the newest version that both know: `migdesc "
    "check` with both descriptors says which.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "nic0: state version 4 of nic_state, the newest known is 3",
  },
  {
    "state-too-old",
    "a state version older than the oldest known",
    "The device that loads has given up that version. A device between the two in age may "
    "load it and save it anew.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "nic0: state version 1 of nic_state, the oldest known is 2",
  },
  {
    "state-format",
    "data that are not of the format",
    "The data are not what a stream, or a state in that format, can consist of. Name the "
    "right format, or look at the file itself.",
    "$ echo hello there, streams | migdesc state show -\n"
    "migdesc: -: not a stream of states in any known format (byte 0)",
  },
  {
    "state-version",
    "data of a version of the format that is not known",
    "The stream is of a newer format, or says that a reader must know a feature that this "
    "one does not. Nothing of it has been loaded.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "byte 8: format version 2, this library reads 1",
  },
  {
    "state-truncated",
    "data that end too early",
    "The stream breaks off. What was read of it has not been given to any device.",
    "$ head -c 400 nic.mds | migdesc state show -\n"
    "migdesc: -: the stream ends within a record (byte 400)",
  },
  {
    "state-damaged",
    "data whose hash is not theirs",
    "A record was changed, repeated, left out or moved on the way. The hash finds "
    "accidents; it is no protection against somebody who wants to deceive.",
    "$ sed 's/off/oof/' nic.mds | migdesc state show -\n"
    "migdesc: -: a record is damaged or not in its place: its hash is another (byte 28)",
  },
  {
    "state-aborted",
    "the source gave up while it saved",
    "The source has ended the stream itself, and says why. It still has its device: let it "
    "go on there.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "byte 2048: the source gave up: the guest was shut down",
  },
  {
    "state-schema",
    "a state schema is not the one that its digest names",
    "The manifest names the schema of each state by its digest. The device at hand has "
    "another schema for this version and configuration: it is of another build, or the "
    "schema was changed without a new version.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "nic0: the stream has schema sha256:00.., the device's for state version 3 is\n"
    "  sha256:ff..",
  },
  {
    "state-config-mismatch",
    "the state belongs to a device of another configuration",
    "A state can only be loaded into a device that was created with the same migration "
    "parameters. The manifest says which: create the device anew with those.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "nic0: the state is of a device with num-queues=8, this one has num-queues=4",
  },
  {
    "state-transform",
    "a transform cannot be applied",
    "A step from one state version to the next does not find what it should change, or "
    "makes a value that the new version does not allow. Nothing of it has been loaded.",
    "migdesc_device_set_load (set, bytes, &error):\n"
    "transform 1 to 2, rename queues[].len to size: there is no len",
  },
  {
    "state-path",
    "a path that leads nowhere in a state",
    "A path is names with dots between, and positions in brackets, as in queues[3].head. "
    "Here a name or position of it is not in the state.",
    "$ migdesc state get nic.mds nic0 queues[9].head\n"
    "migdesc: the path \"queues[9].head\": queues has 2 elements, none at 9",
  },
};

const MigdescCodeTopic migdesc_code_topic_state = {
  "States",
  codes,
  G_N_ELEMENTS (codes),
};
