# SPDX-License-Identifier: LGPL-2.1-or-later
"""The virtual machines whose streams the tests read: machine types and device sets."""

import dataclasses

UUID = "6c1f5a1e-2b34-4d5e-8f90-123456789abc"
CLOCK = ["-rtc", "base=2021-02-03T04:05:06,clock=vm"]
HUB = ["-netdev", "hubport,id=n,hubid=0"]
DISK = ["-blockdev", "null-co,node-name=b,size=1048576,read-zeroes=on"]
E1000E = ["-device", "e1000e,id=nic,romfile=,mac=52:54:00:aa:bb:01"]
NET = [*HUB, "-device", "virtio-net-pci,id=net,netdev=n,romfile=,mac=52:54:00:aa:bb:02"]


@dataclasses.dataclass(frozen=True)
class Machine:
    """One QEMU whose stream is taken.

    firmware: the processors run until SeaBIOS gave up booting; seconds: for so long. code: what
    they run, in the file `program`. driver: one of ours sets up the virtio-net `d`. capabilities:
    what is switched on for `migrate`. second: what happens while the migration goes on, RAM written
    again for `xbzrle` or a change to `postcopy`. bitmaps: the disk has dirty bitmaps.
    """

    name: str
    machine: str
    arguments: tuple = ()
    program: str = "qemu-system-x86_64"
    memory: str = "16"
    firmware: bool = False
    seconds: float = 0
    code: bytes = b""
    driver: bool = False
    capabilities: tuple = ()
    second: str = ""
    bitmaps: bool = False

    @property
    def has_return_path(self):
        return "postcopy-ram" in self.capabilities


def _machine(name, machine, *arguments, **more):
    return Machine(name, machine, tuple(arguments), **more)


def _arm(name, machine, *arguments, **more):
    return _machine(name, machine, *arguments, program="qemu-system-aarch64", **more)


MACHINES = [
    _machine("none", "none", memory="0"),
    _machine("isapc", "isapc", *CLOCK, "-device", "ne2k_isa,mac=52:54:00:aa:bb:07,id=isanic",
             firmware=True),
    _machine("i440fx", "pc-i440fx-7.2", *CLOCK, *NET, *E1000E, *DISK,
             "-device", "virtio-blk-pci,id=blk,drive=b", "-vga", "none",
             firmware=True),
    # Without a configuration, footers and a description
    _machine("i440fx-2.1", "pc-i440fx-2.1", *CLOCK, *HUB,
             "-device", "virtio-net-pci,id=net,netdev=n,romfile=,mac=52:54:00:aa:bb:02",
             "-device", "e1000,id=nic,romfile=,mac=52:54:00:aa:bb:01"),
    # The same with a description; still without a configuration and footers
    _machine("i440fx-2.3", "pc-i440fx-2.3", *CLOCK, *HUB,
             "-device", "virtio-net-pci,id=net,netdev=n,romfile=,mac=52:54:00:aa:bb:02",
             "-device", "e1000,id=nic,romfile=,mac=52:54:00:aa:bb:01"),
    _machine("q35", "pc-q35-7.2", *CLOCK, "-smp", "4", *NET, *DISK,
             "-device", "pcie-root-port,id=rp,chassis=1",
             "-device", "e1000e,id=nic,bus=rp,romfile=,mac=52:54:00:aa:bb:01",
             "-device", "qemu-xhci,id=xhci", "-device", "usb-tablet,id=tablet",
             "-device", "usb-kbd,id=kbd", "-device", "ide-hd,drive=b,bus=ide.0",
             firmware=True),
    _machine("q35-4.0", "pc-q35-4.0", *CLOCK, *NET,
             "-device", "virtio-scsi-pci,id=scsi", "-device", "virtio-balloon-pci,id=balloon",
             "-device", "virtio-rng-pci,id=rng", "-device", "virtio-serial-pci,id=serial"),
    _machine("q35-modern", "pc-q35-7.2", "-device", "pcie-root-port,id=rp,addr=2,chassis=1", *HUB,
             "-device", "virtio-net-pci,id=d,netdev=n,bus=rp,romfile=,mac=52:54:00:aa:bb:03",
             driver=True),
    _machine("q35-legacy", "pc-q35-7.2", "-device", "pcie-root-port,id=rp,addr=2,chassis=1", *HUB,
             "-device", "virtio-net-pci,id=d,netdev=n,bus=rp,romfile=,mac=52:54:00:aa:bb:03,"
             "disable-legacy=off,disable-modern=on",
             driver=True),
    _machine("q35-scsi", "pc-q35-7.2", *CLOCK, *DISK,
             "-device", "virtio-scsi-pci,id=scsi,disable-legacy=on,num_queues=3",
             "-device", "scsi-hd,drive=b,bus=scsi.0", "-device", "virtio-serial-pci,id=serial",
             "-chardev", "null,id=c", "-device", "virtserialport,chardev=c,name=org.example.port",
             "-device", "virtio-keyboard-pci,id=keyboard", "-device", "virtio-balloon-pci",
             "-device", "virtio-rng-pci,id=rng", firmware=True),
    _machine("q35-packed", "pc-q35-7.2", *HUB, *DISK, "-device",
             "virtio-net-pci,id=net,netdev=n,romfile=,mac=52:54:00:aa:bb:09,mq=on,rss=on,packed=on",
             "-device", "virtio-blk-pci,id=blk,drive=b,num-queues=4,packed=on", firmware=True),
    _machine("q35-others", "pc-q35-7.2", "-device", "virtio-gpu-pci", "-device",
             "virtio-iommu-pci", "-fsdev", "local,id=f,path={folder},security_model=none",
             "-device", "virtio-9p-pci,fsdev=f,mount_tag=tag", "-device", "virtio-mouse-pci",
             "-device", "virtio-rng-pci-transitional"),
    _machine("microvm", "microvm", *HUB, *DISK,
             "-global", "virtio-mmio.force-legacy=false",
             "-device", "virtio-net-device,id=net,netdev=n,mac=52:54:00:aa:bb:04",
             "-device", "virtio-blk-device,id=blk,drive=b"),
    _machine("uuid", "pc-i440fx-7.2", *CLOCK, "-uuid", UUID, capabilities=("validate-uuid",)),
    _machine("shared", "q35",
             "-object", "memory-backend-file,id=m,size=16M,share=on,mem-path={folder}/ram",
             "-numa", "node,memdev=m", capabilities=("x-ignore-shared",)),
    _machine("bitmaps", "q35", *DISK, "-device", "virtio-blk-pci,drive=b,id=blk",
             capabilities=("dirty-bitmaps",), bitmaps=True),
    _machine("postcopy-advised", "q35", capabilities=("postcopy-ram",)),
    _machine("postcopy", "q35", *CLOCK, capabilities=("postcopy-ram",), second="postcopy"),
    _machine("xbzrle", "q35", capabilities=("xbzrle",), second="xbzrle"),
    _machine("compress", "q35", capabilities=("compress",), firmware=True),
    # MOVZ X1, #0x1234, and a branch to itself
    _arm("virt", "virt", *HUB, "-cpu", "cortex-a57", "-smp", "2", "-bios", "{folder}/program",
         "-device", "virtio-net-pci,id=net,netdev=n,romfile=,mac=52:54:00:aa:bb:05",
         "-device", "qemu-xhci,id=xhci", seconds=0.2, code=bytes.fromhex("814682d200000014")),
    _machine("s390x", "s390-ccw-virtio-7.2", "-action", "panic=pause", *HUB, *DISK, "-smp", "2",
             "-device", "virtio-net-ccw,id=net,netdev=n,mac=52:54:00:aa:bb:06",
             "-device", "virtio-blk-ccw,id=blk,drive=b", program="qemu-system-s390x",
             seconds=0.5),
    _machine("pseries", "pseries-7.2", *HUB, "-device",
             "spapr-vlan,id=nic,netdev=n,mac=52:54:00:aa:bb:08", "-vga", "none",
             program="qemu-system-ppc64", memory="256", seconds=0.5),
]

# What QEMU does not migrate: (name, arguments, how its words begin)
REFUSED = [
    ("nvme", ("-device", "nvme,id=d,serial=1"),
     "State blocked by non-migratable device '0000:00:02.0/nvme'"),
    ("crypto", ("-object", "cryptodev-backend-builtin,id=c",
                "-device", "virtio-crypto-pci,cryptodev=c"),
     "State blocked by non-migratable device '0000:00:02.0/virtio-crypto'"),
]
