# SPDX-License-Identifier: LGPL-2.1-or-later

"""A helper with a device, in a thread of the test, and a caller who does as QEMU does."""

import json
import sys
import threading
from pathlib import Path

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Gio, GLib, Migdesc  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))

SECONDS = 60
PATH = "/org/qemu/VMState1"
INTERFACE = "org.qemu.VMState1"
SCHEMA = {
    "state-schema": 1, "name": "card", "version": 1, "minimum": 1, "structs": [],
    "fields": [{"name": "level", "type": "u32", "min": 0, "max": 1000},
               {"name": "memory", "type": "bytes", "maximum": 64 << 20}],
}


class Helper:
    """A device with a level and some memory. Its calls are answered in a thread of its own."""

    def __init__(self, address, id="nic0", level=0, memory=b"", n_parts=1, deadline=None):
        self.state = {"level": level, "memory": memory}
        self._log = []
        self.refuses = None
        self.on_capture = None
        self._context = GLib.MainContext()
        self._loop = GLib.MainLoop.new(self._context, False)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        try:
            self.do(lambda: self._export(address, id, n_parts, deadline))
        except BaseException:
            self._end()
            raise

    def _run(self):
        self._context.push_thread_default()
        self._loop.run()
        self._context.pop_thread_default()

    def do(self, function):
        """Runs a function in the helper's thread, and gives what it returns or raises."""
        done = threading.Event()
        result = []

        def run():
            try:
                result.append((function(), None))
            except BaseException as error:
                result.append((None, error))
            done.set()
            return GLib.SOURCE_REMOVE

        source = GLib.idle_source_new()
        source.set_callback(lambda *_: run())
        source.attach(self._context)
        assert done.wait(SECONDS), "the helper hangs"
        value, error = result[0]
        if error is not None:
            raise error
        return value

    def _export(self, address, id, n_parts, deadline):
        self.type = Migdesc.StateType.new_from_json(json.dumps(SCHEMA), -1, None)
        self.set = Migdesc.DeviceSet()
        self.set.add("card", None, self.type, self._capture, self._load)
        self.vmstate = Migdesc.DBusVMState(self.set, id, n_parts)
        if deadline is not None:
            self.vmstate.set_deadline(deadline)
        self.vmstate.connect("saved", lambda _, size: self._log.append("saved"))
        self.vmstate.connect("failed", lambda _, error: self._log.append(error.message))
        self.vmstate.connect("notify::prepared", lambda vmstate, _: self._log.append(
            "prepared" if vmstate.prepared else "unprepared"))
        self.vmstate.export_address(address)

    def _capture(self, id, *_):
        if self.on_capture is not None:
            self.on_capture()
        return Migdesc.State(self.type, self.state)

    def _load(self, id, step, state, *_):
        if step == Migdesc.LoadStep.PREPARE and self.refuses:
            raise GLib.Error(self.refuses)
        if step == Migdesc.LoadStep.COMMIT:
            self.state = state.to_dict()
        return True

    # What the object has said, once it has said all that it is about to
    log = property(lambda self: self.do(lambda: list(self._log)))
    prepared = property(lambda self: self.do(lambda: self.vmstate.prepared))
    level = property(lambda self: self.state["level"])

    def commit(self):
        self.do(self.vmstate.commit)

    def discard(self):
        self.do(self.vmstate.discard)

    def resumed(self):
        self.do(self.vmstate.resumed)

    def close(self):
        self.do(self._close)
        self._end()

    def _close(self):
        self.vmstate.unexport()
        self.vmstate = self.set = None

    def _end(self):
        self._loop.quit()
        self._thread.join(SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Naive(Helper):
    """A helper of another make, that has an Id, asks nobody, and saves its memory as it is."""

    def _export(self, address, id, *_):
        node = Gio.DBusNodeInfo.new_for_xml(
            f"<node><interface name='{INTERFACE}'>"
            "<property name='Id' type='s' access='read'/>"
            "<method name='Save'><arg type='ay' direction='out'/></method></interface></node>")
        self.connection = connect(address)
        self.connection.register_object(PATH, node.interfaces[0], self._save,
                                        lambda *_: GLib.Variant("s", id), None)
        dbus = "org.freedesktop.DBus"
        self.connection.call_sync(dbus, "/org/freedesktop/DBus", dbus, "RequestName",
                                  GLib.Variant("(su)", (INTERFACE, 0)), None,
                                  Gio.DBusCallFlags.NONE, SECONDS * 1000, None)

    def _save(self, *arguments):
        data = GLib.Variant.new_from_bytes(GLib.VariantType("ay"),
                                           GLib.Bytes.new(self.state["memory"]), True)
        arguments[-1].return_value(GLib.Variant.new_tuple(data))

    def _close(self):
        self.connection.close_sync(None)


def connect(address):
    flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
             | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


class Caller:
    """Finds the helpers of a bus by their Ids and calls them, one after another, as QEMU does."""

    def __init__(self, address):
        self._connection = connect(address)

    def _call(self, owner, path, interface, method, arguments=None):
        return self._connection.call_sync(owner, path, interface, method, arguments, None,
                                          Gio.DBusCallFlags.NO_AUTO_START, SECONDS * 1000, None)

    def helpers(self):
        """{Id: owner}"""
        dbus = "org.freedesktop.DBus"
        owners = self._call(dbus, "/org/freedesktop/DBus", dbus, "ListQueuedOwners",
                            GLib.Variant("(s)", (INTERFACE,))).unpack()[0]
        return {self._call(owner, PATH, dbus + ".Properties", "Get",
                           GLib.Variant("(ss)", (INTERFACE, "Id"))).unpack()[0]: owner
                for owner in owners}

    def save(self, id):
        reply = self._call(self.helpers()[id], PATH, INTERFACE, "Save")
        return bytes(reply.get_child_value(0).get_data_as_bytes().get_data())

    def load(self, id, chunk):
        self._call(self.helpers()[id], PATH, INTERFACE, "Load",
                   GLib.Variant.new_tuple(GLib.Variant.new_from_bytes(
                       GLib.VariantType("ay"), GLib.Bytes(chunk), True)))

    def close(self):
        self._connection.close_sync(None)
