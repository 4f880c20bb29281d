# SPDX-License-Identifier: LGPL-2.1-or-later
"""A QEMU whose guest is played by this program.

The processors never run (-S); what a guest's firmware and driver would do to the device goes
through QEMU's test protocol, so that nothing but the device itself is in question.
"""

import base64
import contextlib
import ctypes
import fcntl
import os
import socket
import struct

from qemu_descriptors.qmp import GONE, Failure
from qemu_descriptors.vm import Vm

MACHINE = "pc-q35-7.2"
MEMORY = "16M"
REPLY_SECONDS = 30

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TAP = 0x0002
IFF_NO_PI = 0x1000
IFF_MULTI_QUEUE = 0x0100
IFF_VNET_HDR = 0x4000


class Guest:
    """The test protocol: one line for one access, answered by one line."""

    def __init__(self, connection):
        connection.settimeout(REPLY_SECONDS)
        self._stream = connection.makefile("rw")

    def _ask(self, *words):
        try:
            print(*words, file=self._stream, flush=True)
            answer = self._stream.readline().split()
        except OSError as error:
            raise Failure(f"the test protocol: {error}") from None
        if not answer:
            raise Failure(GONE)
        if answer[0] != "OK":
            raise Failure(f"the test protocol refused {' '.join(map(str, words))}")
        return answer[-1]

    def port_in(self, size, port):
        return int(self._ask({1: "inb", 2: "inw", 4: "inl"}[size], hex(port)), 16)

    def port_out(self, size, port, value):
        self._ask({1: "outb", 2: "outw", 4: "outl"}[size], hex(port), hex(value))

    def load(self, size, address):
        command = {1: "readb", 2: "readw", 4: "readl", 8: "readq"}[size]
        return int(self._ask(command, hex(address)), 16)

    def store(self, size, address, value):
        command = {1: "writeb", 2: "writew", 4: "writel", 8: "writeq"}[size]
        self._ask(command, hex(address), hex(value))

    def load_bytes(self, address, count):
        return base64.b64decode(self._ask("b64read", hex(address), count))

    def store_bytes(self, address, data):
        self._ask("b64write", hex(address), len(data), base64.b64encode(data).decode())


def private_network():
    """Makes this process the owner of a network of its own, where anybody may make taps."""
    uid, gid = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        raise Failure(f"no network of its own for taps: {os.strerror(ctypes.get_errno())}")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"),
                       ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def _open_tap(flags, name=b"truth%d"):
    """(fd, name) of a queue of a new tap, or of the one that has the name."""
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_CLOEXEC)
    try:
        answer = fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", name, flags))
    except OSError as error:
        os.close(fd)
        raise Failure(f"/dev/net/tun: {error.strerror}") from None
    return fd, answer[:16].rstrip(b"\0")


# What a NIC is connected to: (flags of a tap, how many queues), or a part of QEMU itself.
TAPS = {
    "tap": (IFF_TAP | IFF_NO_PI | IFF_VNET_HDR, 1),
    "plain-tap": (IFF_TAP | IFF_NO_PI, 1),
    "tap2": (IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | IFF_MULTI_QUEUE, 2),
}


def peer_arguments(kind, stack):
    """(QEMU arguments, fds to pass) of what the NIC is connected to; the stack closes the fds."""
    if kind == "none":
        return [], []
    if kind == "hub":
        return ["-netdev", "hubport,id=n,hubid=0"], []
    flags, queues = TAPS[kind]
    fds, name = [], b"truth%d"
    for _ in range(queues):
        fd, name = _open_tap(flags, name)
        stack.callback(os.close, fd)
        fds.append(fd)
    word = "fd" if queues == 1 else "fds"
    return ["-netdev", f"tap,id=n,{word}={':'.join(map(str, fds))},vhost=off"], fds


def device_argument(device, settings):
    """The -device of one side of a pair. `netdev` names a kind of peer, see peer_arguments()."""
    place = "" if "bus" in settings else ",bus=rp"
    peer = "" if settings.get("netdev") == "none" else ",netdev=n"
    options = "".join(f",{name}={value}" for name, value in settings.items() if name != "netdev")
    return f"{device},id=d{place}{peer}{options}"


@contextlib.contextmanager
def machine(program, device, settings, incoming=None):
    """A stopped VM with one device behind a root port: yields (vm, guest)."""
    with contextlib.ExitStack() as stack:
        ours, theirs = socket.socketpair()
        stack.enter_context(ours)
        stack.enter_context(theirs)
        peer, fds = peer_arguments(settings.get("netdev", "hub"), stack)
        arguments = ["-accel", "tcg", "-m", MEMORY,
                     "-chardev", f"socket,id=qtest,fd={theirs.fileno()}",
                     "-object", "qtest,id=guest,chardev=qtest,log=/dev/null",
                     "-device", "pcie-root-port,id=rp,addr=2,chassis=1",
                     *peer, "-device", device_argument(device, settings)]
        if incoming is not None:
            arguments += ["-incoming", incoming if isinstance(incoming, str)
                          else f"fd:{incoming.fileno()}"]
        pass_fds = [theirs.fileno(), *fds]
        if incoming is not None and not isinstance(incoming, str):
            pass_fds.append(incoming.fileno())
        vm = stack.enter_context(Vm(program, MACHINE, arguments, pass_fds))
        yield vm, Guest(ours)
