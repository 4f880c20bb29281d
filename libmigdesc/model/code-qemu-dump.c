/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "qemu-section-missing",
    "the destination has no device of a type that the source has",
    "A guest with such a device cannot be started at the destination. If the type was only "
    "renamed, a document of known differences can say so.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "cuda: the destination has no such device: breaks when the device is present",
  },
  {
    "qemu-section-unknown",
    "a state of the stream is of no device that the dump has",
    "Most likely it is none of a device: what QEMU registers in other ways is in no dump. If it "
    "is of a device, the destination does not have it, and refuses the stream.",
    "migdesc_qemu_stream_check_dump (stream, dump, NULL, NULL):\n"
    "acme: no device of the dump has a state of this name: unknown",
  },
  {
    "qemu-section-not-sent",
    "a device of the destination gets no state",
    "QEMU loads a stream without it and does not say so; the device stays as it is after a reset. "
    "Start the destination with the devices of the source.",
    "migdesc_qemu_stream_check_stream (stream, other, NULL, NULL):\n"
    "0000:00:04.0/e1000: the destination has a device whose state is not sent: it\n"
    "  stays as it is after a reset, and QEMU does not say so: unknown",
  },
  {
    "qemu-section-renamed",
    "a device type is known to have another name at the destination",
    "The document of known differences says so, with the reason. The two are compared as one "
    "type, and what differs has findings of its own.",
    "migdesc_qemu_dump_compare (source, destination, known, NULL):\n"
    "old-nic: named \"new-nic\" at the destination: ok (known: renamed in 9.0)",
  },
  {
    "qemu-section-name",
    "a device's state has another name at the destination",
    "A stream names each state by the device's place and this name, and QEMU refuses a stream "
    "with a state that it does not know. "
    "Give it the old name back, or let the new machine type alone use it.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: sent as \"nic-state\", and the destination knows \"nic\": breaks always",
  },
  {
    "qemu-version-range",
    "the version that the source sends is none that the destination reads",
    "QEMU always sends the newest version of a state or subsection that it has, and reads those "
    "from its minimum on. Raising a version ends the way back for good.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: version 3 is sent, 1 to 2 can be read: breaks always",
  },
  {
    "qemu-layout-missing",
    "one of the dumps does not tell what a device's state consists of",
    "There is nothing to compare. Whether the state can be read only the device itself can tell.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: the dump of the destination does not tell the fields: unknown",
  },
  {
    "qemu-field-not-read",
    "the source sends bytes that the destination does not read",
    "All that follows is read at the wrong place. Where the device of the source decides whether "
    "it sends the field, it breaks only then.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: mtu: 2 bytes are sent that the destination does not read: breaks always",
  },
  {
    "qemu-field-not-sent",
    "the destination reads bytes that the source does not send",
    "It takes what follows for them, or finds the end. Where the device of the destination "
    "decides whether it reads the field, it breaks only then: most likely that is when the "
    "machine type is a new one.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: mtu: the destination reads 2 bytes that are not sent: breaks always",
  },
  {
    "qemu-field-moved",
    "a field is at another place in the destination's order",
    "Nothing in a stream says which field is which, so that the destination reads one field as "
    "the other. "
    "Put new fields behind all others, or into a subsection.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: mtu: sent at another place than it is read: breaks always",
  },
  {
    "qemu-field-size",
    "a field is not as large at the destination",
    "More or fewer bytes are read than were sent. Where one side takes the size from another "
    "field, or has the same bytes in other pieces, the dump does not tell.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: config: 256 bytes are sent, 4096 read: breaks always",
  },
  {
    "qemu-field-count",
    "an array has not as many elements at the destination",
    "QEMU's own checker does not look at counts. Dumps tell them since QEMU 8.1; if one of the "
    "two does not, they are not compared.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: queues: 4 elements are sent, 8 read: breaks always",
  },
  {
    "qemu-field-optional",
    "a field may be left out on one side only",
    "The device of that side decides, and a dump does not tell how. It works where it decides "
    "for the field.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: rss: always sent, and the destination's device decides whether it is\n"
    "  read: breaks when it is not expected",
  },
  {
    "qemu-field-renamed",
    "a field is read as one of another name",
    "Names are not in a stream: if it is the same field with another name all is well, and if it "
    "is another field the guest gets a wrong value. Whoever finds out can write it into a "
    "document of known differences.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: rxbuf: read as \"rx_buffer\": renamed, or another field: unknown",
  },
  {
    "qemu-field-dropped",
    "what the source sends is read as padding",
    "The destination does without the value. That is how QEMU removes a field without changing "
    "the version.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: mtu: the destination reads it as padding: ok",
  },
  {
    "qemu-field-zero",
    "the destination reads padding as a value",
    "The source has given the field up and sends zeros in its place. Whether the destination's "
    "device can do with them a dump does not tell.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: mtu: the source sends padding for it: the destination gets zeros:\n"
    "  unknown",
  },
  {
    "qemu-fields-differ",
    "what is sent does not become what is read",
    "The fields together do not fit, though no single one of them can be blamed. Look at both "
    "dumps: most likely several structs may be left out, and not in the same way.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: what is sent does not become what is read: breaks when what may be left\n"
    "  out is not as it has to be",
  },
  {
    "qemu-subsection-missing",
    "the destination does not know a subsection",
    "QEMU refuses a stream with a subsection that it does not know. A subsection is sent only "
    "when the source's device needs it, such as when the guest has used a feature.",
    "migdesc_qemu_dump_compare (source, destination, NULL, NULL):\n"
    "nic: nic/rss: the destination does not know the subsection: breaks when the\n"
    "  subsection nic/rss is sent",
  },
  {
    "qemu-too-different",
    "two layouts are too different to be compared",
    "Their fields differ in so many places, or so many may be left out, that the limit for "
    "searches was reached. Raise it, or look at the dumps.",
    "migdesc_qemu_dump_compare (source, destination, NULL, limits):\n"
    "nic: too many fields may be left out to try all ways: unknown",
  },
  {
    "qemu-machine",
    "the machines of two streams are not the same",
    "QEMU compares the machine type's name, the UUID where it is sent, and what of the migration "
    "is in the stream, before it loads any device. Start the destination with the machine type of "
    "the source, by its name with the version.",
    "migdesc_qemu_stream_check_stream (stream, other, NULL, NULL):\n"
    "configuration: name: the machine is pc-i440fx-7.1, the destination's is\n"
    "  pc-i440fx-7.2: breaks always",
  },
  {
    "qemu-block",
    "a block of memory is not the same at the destination",
    "The guest's memory is sent block by block, by name. QEMU refuses one that the destination "
    "does not have, or has of another size: memory, but also ROMs of cards, whose files are part "
    "of what has to be the same.",
    "migdesc_qemu_stream_check_stream (stream, other, NULL, NULL):\n"
    "ram: pc.ram: the block of memory has 33554432 bytes, the destination's has\n"
    "  16777216: breaks always",
  },
  {
    "qemu-not-compared",
    "a state could not be compared",
    "Of one side there are only bytes: the stream has no description, or the description does not "
    "fit. A description of another stream may help: --description OTHER.",
    "migdesc_qemu_stream_check_dump (stream, dump, NULL, NULL):\n"
    "nic: it is not decoded, and so its fields are not compared: unknown",
  },
};

const MigdescCodeTopic migdesc_code_topic_qemu_dump = {
  "Dumps of QEMU",
  codes,
  G_N_ELEMENTS (codes),
};
