# SPDX-License-Identifier: LGPL-2.1-or-later
"""The state over D-Bus: what QEMU's dbus-vmstate asks a helper, a manager can ask it too.

Helpers own the name org.qemu.VMState1, one after another, so they are told apart by their process.
"""

import threading
from contextlib import contextmanager

from gi.repository import Gio, GLib

from .failure import Failure, printable

VMSTATE = "org.qemu.VMState1"
PATH = "/org/qemu/VMState1"
STATE_MAX = 1024 * 1024  # what QEMU takes, and so what helpers give
BUS = "org.freedesktop.DBus"


class Bus:
    """A connection to the bus at an address; ends with the with block."""

    def __init__(self, address, deadline):
        self._deadline = deadline
        with self._failures("can't be reached"), self._in_time() as cancellable:
            self._connection = Gio.DBusConnection.new_for_address_sync(
                address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, cancellable)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close(None, None)

    def has(self, process):
        return self._find(process) is not None

    def save(self, place, process):
        """The bytes of the state of the process's device."""
        name = self._helper(place, process)
        saved = self._call(name, PATH, VMSTATE, "Save", None, "(ay)").get_child_value(0)
        data = saved.get_data_as_bytes().get_data() or b""
        if len(data) > STATE_MAX:
            raise Failure(f"{place}: its state is larger than {STATE_MAX} bytes, which is what an "
                          "Id has room for")
        return data

    def load(self, place, process, data):
        state = GLib.Variant.new_from_bytes(GLib.VariantType("ay"), GLib.Bytes.new(data), True)
        arguments = GLib.Variant.new_tuple(state)
        self._call(self._helper(place, process), PATH, VMSTATE, "Load", arguments, None)

    def _helper(self, place, process):
        name = self._find(process)
        if name is None:
            raise Failure(f"{place}: process {process.pid} is not on the bus as {VMSTATE}")
        return name

    def _find(self, process):
        """The connection of the process, which may have several; the first is the device's."""
        if not self._ask("NameHasOwner", "(b)", VMSTATE):
            return None
        for name in self._ask("ListQueuedOwners", "(as)", VMSTATE):
            if self._ask("GetConnectionUnixProcessID", "(u)", name) == process.pid:
                return name
        return None

    def _ask(self, method, reply, argument):
        return self._call(BUS, "/org/freedesktop/DBus", BUS, method,
                          GLib.Variant("(s)", (argument,)), reply).unpack()[0]

    def _call(self, name, path, interface, method, arguments, reply):
        milliseconds = max(1, int(1000 * self._deadline.left))
        with self._failures(method):
            return self._connection.call_sync(
                name, path, interface, method, arguments, reply and GLib.VariantType(reply),
                Gio.DBusCallFlags.NO_AUTO_START, milliseconds, None)

    @contextmanager
    def _failures(self, what):
        try:
            yield
        except GLib.Error as error:
            if error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED) \
                    or error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.TIMED_OUT):
                raise Failure(f"the bus: {what}: no answer within {self._deadline.seconds:g} s"
                              ) from None
            name = Gio.DBusError.get_remote_error(error)
            said = error.message.removeprefix(f"GDBus.Error:{name}: ")
            raise Failure(f"the bus: {what}: {printable(said)}") from None

    @contextmanager
    def _in_time(self):
        cancellable = Gio.Cancellable()
        timer = threading.Timer(self._deadline.left, cancellable.cancel)
        timer.start()
        try:
            yield cancellable
        finally:
            timer.cancel()
