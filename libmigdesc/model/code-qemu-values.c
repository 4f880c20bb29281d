/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "qemu-value",
    "a value in a stream is not accepted",
    "A rule says what values a destination takes, and the stream has another. QEMU compares such "
    "values in its code, not in what it describes, and refuses the device when it loads it. Create "
    "the source's device with the values that both take.",
    "migdesc qemu values --rule '*virtio-net virtio.queues[*].num 2-256' STREAM:\n"
    "blocker: qemu-value: 0000:00:03.0/virtio-net: virtio.queues[0].num\n"
    "  is 1024, accepted is 2-256",
  },
  {
    "qemu-value-absent",
    "a rule is about nothing in the stream",
    "No section has the name, or none of them the path. Without a value there is no answer: look "
    "for a mistake in the rule, at what sections there are, or whether they are described.",
    "migdesc qemu values --rule '*virtio-net queues[*].num 2-256' STREAM:\n"
    "warning: qemu-value-absent: nothing in the stream is *virtio-net\n"
    "  queues[*].num",
  },
  {
    "qemu-room",
    "the destination's device has no room for a value",
    "The destination was created with smaller queues, fewer vectors or without what the source's "
    "guest uses, and refuses the device when it loads it. Create both alike; where versions differ "
    "in what is the default, say what it is.",
    "migdesc qemu values --like DESTINATION STREAM:\n"
    "blocker: qemu-room: 0000:00:03.0/virtio-net: virtio.queues[0].num\n"
    "  is 1024, the destination has room for 256",
  },
  {
    "qemu-opaque",
    "a value that QEMU only names is not as its table says",
    "Some values QEMU writes by hand, and their layout is known here by tables. This one does not "
    "fit: a newer version may have changed it, or the stream is damaged. It is shown as bytes, and "
    "so are all such values of its section.",
    "migdesc qemu show STREAM:\n"
    "warning: qemu-opaque: section 31, 0000:00:03.0/virtio-net/0: virtio:\n"
    "  its 600 bytes end within what is a virtio (byte 4711)",
  },
};

const MigdescCodeTopic migdesc_code_topic_qemu_values = {
  "Values in QEMU's streams",
  codes,
  G_N_ELEMENTS (codes),
};
