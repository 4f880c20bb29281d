# SPDX-License-Identifier: LGPL-2.1-or-later
"""Why the library and QEMU do not agree on pairs, and why QEMU did not do what was expected."""

import collections

SILENT, STRICTER = "silently different", "stricter"
MISSED, MISSED_SILENT = "missed", "missed silently"
SURPRISE = "surprise"

# Of what kind of disagreement, about which properties, of which device (None: of any).
Explanation = collections.namedtuple("Explanation", "kind names text device", defaults=[None])

# Features of virtio that the driver of this table accepts.
FEATURES = {
    "csum", "ctrl_guest_offloads", "ctrl_mac_addr", "ctrl_rx", "ctrl_rx_extra", "ctrl_vlan",
    "ctrl_vq", "event_idx", "failover", "guest_announce", "guest_csum", "guest_ecn",
    "guest_rsc_ext", "guest_tso4", "guest_tso6", "guest_ufo", "host_ecn", "host_tso4",
    "host_tso6", "host_ufo", "indirect_desc", "iommu_platform", "mq", "mrg_rxbuf", "packed",
    "queue_reset", "rss", "status",
}
# Those that only the legacy interface shows.
LEGACY = {"any_layout", "gso", "notify_on_empty"}
# Which bits of the configuration space can be written.
MASKS = {"x-pcie-deverr-init", "x-pcie-extcap-init", "x-pcie-lnkctl-init", "x-pcie-pm-init"}

EXPLANATIONS = [
    Explanation(SILENT, FEATURES,
                "The stream has the features that the driver accepted, and QEMU compares nothing "
                "else with what the destination offers. So before negotiation everything passes, "
                "and what only the destination has passes always. The guest reads other features "
                "than before."),
    Explanation(SILENT, {"netdev"},
                "A back end that can do offloads brings their features along, which pass like any "
                "that only the destination has. The way back is refused: \"saved image requires "
                "vnet_hdr=on\"."),
    Explanation(SILENT, LEGACY,
                "Only the legacy interface shows these features. A modern driver never accepts "
                "them, so QEMU never compares them; a legacy driver that comes later, of firmware "
                "for instance, sees the difference."),
    Explanation(SILENT, {"duplex", "hash", "host_mtu", "speed"},
                "The device's configuration is not taken from the stream but made from the "
                "destination's properties, so another value or another length is there at once. "
                "`hash` adds to the length even where the back end cannot do it."),
    Explanation(SILENT, {"rx_queue_size"},
                "The stream brings the sizes of the queues, and nothing compares them with the "
                "destination's. After a reboot the guest finds the destination's."),
    Explanation(SILENT, MASKS,
                "They say which bits of the configuration space can be written. QEMU compares the "
                "values of bits that cannot be, never the masks."),
    Explanation(SILENT, {"aer", "ats"},
                "QEMU compares the configuration space where the destination has something "
                "to compare. A destination without the extended capability has nothing there, and "
                "shows the source's registers with nothing behind them."),
    Explanation(SILENT, {"rombar", "romfile"},
                "QEMU refuses a stream with a ROM that the destination lacks, but not the other "
                "way round: a BAR appears."),
    Explanation(SILENT, {"init-vet"},
                "The stream brings the register VET. After a reboot it has the destination's "
                "value."),
    Explanation(SILENT, {"migrate-extra"},
                "Off leaves the state of the modern interface out of the stream. After negotiation "
                "the guest's queues are lost, even between equal sides: they read as never "
                "enabled. QEMU does not say that such a device cannot be moved; its descriptor "
                "does."),
    Explanation(STRICTER, {"migrate-extra"},
                "It says whether the state of the modern interface is in the stream. Before "
                "negotiation there is none to lose, and a destination that doesn't write it reads "
                "it all the same; but nobody knows when the guest will negotiate."),
    Explanation(STRICTER, {"use-disabled-flag", "use-started"},
                "They add a subsection to the stream, which this QEMU reads whatever its own "
                "setting is. An older one doesn't know it: that is what the properties are for."),
    Explanation(STRICTER, {"x-mtu-bypass-backend"},
                "It matters with a vhost back end and a `host_mtu`; there is neither here."),
    Explanation(STRICTER, {"virtio-pci-bus-master-bug-migration"},
                "It makes the destination correct for a guest that runs a driver without bus "
                "mastering, as some old firmware did. Here bus mastering is on."),
    Explanation(STRICTER, {"rsc_interval"},
                "It says how long received segments are held back. No register shows it, but the "
                "guest can measure it."),
    Explanation(STRICTER, {"x-pcie-lnksta-dllla"},
                "A bit of the link's status. QEMU leaves it out of the comparison and takes it "
                "from the stream, and no reset changes it: the guest keeps what it had."),
    Explanation(STRICTER, {"x-pcie-extcap-init"},
                "It is about an empty list of extended capabilities; the list of e1000e is not "
                "empty.", "e1000e"),
    Explanation(MISSED, {"addr", "bus"},
                "Where a device is plugged in belongs to the description of the VM, which a "
                "manager gives to both sides, and is no param. QEMU finds a device's state and "
                "its ROM by that place."),
    Explanation(MISSED, {"mac"},
                "The address is the identity of this one device, which a manager gives to both "
                "sides, and no param. e1000e shows it as its serial number in the configuration "
                "space, which QEMU compares.", "e1000e"),
    Explanation(MISSED_SILENT, {"mac"},
                "As above, but virtio-net takes the address from the stream. After a reboot "
                "the guest has the destination's.", "virtio-net-pci"),
    Explanation(MISSED, {"netdev"},
                "The number of queues is the back end's, and no property of the device says it. "
                "QEMU takes the state of the second pair for something else. A manager has to "
                "give both sides as many queues."),
]

SURPRISES = [
    Explanation(SURPRISE, {"migrate-extra"},
                "It was not thought of that a device that leaves out its state loses it between "
                "equals, too."),
    Explanation(SURPRISE, {"aer", "ats"},
                "Extended capabilities were taken to be compared both ways, as the others are."),
    Explanation(SURPRISE, {"subsys", "subsys_ven"},
                "They were taken to come with the stream, where nothing compares them. e1000e "
                "itself compares them, and says so: \"Cannot migrate while device properties "
                "(subsys/subsys_ven) differ\".", "e1000e"),
]
