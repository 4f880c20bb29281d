# SPDX-License-Identifier: LGPL-2.1-or-later

"""org.qemu.VMState1 from Python, called by somebody who does as QEMU does."""

import hashlib
import itertools
import os
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from vmstate_helper import Caller, GLib, Helper, Migdesc

from qemu_migration.bus import PrivateBus

CALL = """
import sys
from gi.repository import Gio, GLib
address, owner, method = sys.argv[1:]
flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
         | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
data = GLib.Variant.new_tuple(GLib.Variant("ay", b"")) if method == "Load" else None
try:
    bus.call_sync(owner, "/org/qemu/VMState1", "org.qemu.VMState1", method, data, None, 0, -1, None)
except GLib.Error as error:
    print(error.message)
"""


@pytest.fixture
def bus():
    with PrivateBus() as bus:
        yield bus


@pytest.fixture
def caller(bus):
    caller = Caller(bus.address)
    yield caller
    caller.close()


def test_round_trip(bus, caller):
    with Helper(bus.address, "nic0", 7, b"abc") as source, Helper(bus.address, "nic1") as other:
        assert caller.helpers().keys() == {"nic0", "nic1"}
        caller.load("nic1", caller.save("nic0"))
        assert source.log == ["saved"] and other.log == ["prepared"] and other.level == 0
        other.commit()
        assert other.state == {"level": 7, "memory": b"abc"}
        assert other.log == ["prepared", "unprepared"] and not other.prepared
        with pytest.raises(Migdesc.DocumentFailure, match="^nic1: no state has been loaded$"):
            other.commit()


def test_the_page_about_it(bus, caller):
    """The Python of docs/qemu.md, for the devices of a helper that is on no bus yet."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "qemu.md").read_text()
    code = text.partition("```python\n")[2].partition("```")[0]
    said = []
    with Helper(bus.address, "other", 3) as helper:
        names = {"Migdesc": Migdesc, "devices": helper.set, "address": bus.address,
                 "pause": lambda: said.append("pause"), "complain": said.append}
        helper.do(lambda: exec(code, names))
        assert names["parts"] == 1 and names["size"] > 100
        caller.save("nic0")
        with pytest.raises(GLib.Error):
            caller.load("nic0", b"")
        helper.do(names["vmstate"].unexport)
    assert said == ["pause", "nic0: not a part of a state"]


def test_parts_describe_themselves(bus, caller):
    with Helper(bus.address, "nic0", 1, os.urandom(2 << 20), n_parts=3) as source:
        size, needed = source.do(source.vmstate.measure)
        assert needed == 3 and source.vmstate.ids == ["nic0", "nic0.2", "nic0.3"]
        chunks = [caller.save(id) for id in source.vmstate.ids]
        whole = b"".join(chunk[64:] for chunk in chunks)
        assert len(whole) == size and len(chunks[0]) == len(chunks[1]) == 1 << 20
        for number, chunk in enumerate(chunks, 1):
            assert struct.unpack(">8sIIIIQ32s", chunk[:64]) == (
                b"MIGDPART", 1, number, 3, len(chunk) - 64, size, hashlib.sha256(whole).digest())


def test_parts_in_every_order(bus, caller):
    with Helper(bus.address, "nic0", 1, os.urandom(2 << 20), n_parts=3) as source, \
            Helper(bus.address, "other", n_parts=3) as other:
        ids = dict(zip(source.vmstate.ids, other.vmstate.ids))
        for order in itertools.permutations(ids):
            for count, id in enumerate(order):
                with pytest.raises(Migdesc.DocumentFailure) as caught:
                    other.commit()
                missing = sorted(int(id.partition(".")[2] or 1) for id in order[count:])
                assert str(caught.value) == (
                    f"other: not loaded yet: parts {', '.join(map(str, missing))} of 3" if count
                    else "other: no state has been loaded")
                caller.load(ids[id], caller.save(id))
            other.commit()
            assert other.state == source.state
            source.state["level"] += 1


def test_too_large(bus, caller):
    with Helper(bus.address, "nic0", memory=bytes(1 << 20)) as helper:
        with pytest.raises(Migdesc.LimitFailure, match="needs 2 parts of up to 1048512; there are "
                                                       "1$"):
            helper.do(helper.vmstate.measure)
        with pytest.raises(GLib.Error, match="org.libmigdesc.Error.LimitExceeded: nic0: the state "
                                             "has [0-9]+ bytes, which needs 2 parts"):
            caller.save("nic0")


def test_a_refusal_is_told_to_both(bus, caller):
    with Helper(bus.address, "nic0", 5) as source, Helper(bus.address, "nic1", 6) as other:
        other.refuses = "out of queues"
        with pytest.raises(GLib.Error, match="Error.Refused: nic1: card: refuses the state: "
                                             ".*out of queues"):
            caller.load("nic1", caller.save("nic0"))
        assert "out of queues" in other.log[0] and other.level == 6 and not other.prepared
        source.on_capture = lambda: 1 / 0
        with pytest.raises(GLib.Error, match="Error.Refused: card: cannot be captured: "):
            caller.save("nic0")


def test_a_hanging_capture_is_answered_in_time(bus, caller):
    with Helper(bus.address, "nic0", deadline=1000) as helper:
        helper.on_capture = lambda: time.sleep(4)
        start = time.monotonic()
        with pytest.raises(GLib.Error, match="TimedOut: nic0: Save took longer than 1000 ms"):
            caller.save("nic0")
        assert time.monotonic() - start < 3.9
        helper.on_capture = None
        helper.do(lambda: helper.vmstate.set_deadline(20000))
        assert caller.save("nic0")
        assert helper.log == ["nic0: took longer than 1000 ms, and QEMU was told so", "saved"]


def test_an_id_that_is_there_twice_is_not_exported(bus, caller):
    with Helper(bus.address, "nic0"):
        with pytest.raises(Migdesc.NotFoundFailure, match="^nic0: another helper on the bus has "
                                                          "this Id, and QEMU would abort$"):
            Helper(bus.address, "nic0")
        assert caller.helpers().keys() == {"nic0"}
    with Helper(bus.address, "nic0"):
        pass


def test_a_bus_that_gives_no_other_name():
    """Where the policy is as strict as QEMU's documentation asks, Ids are asked for."""
    with PrivateBus(names="org.qemu.VMState1") as bus, Helper(bus.address, "nic0"):
        with pytest.raises(Migdesc.NotFoundFailure, match="^nic0: another helper"):
            Helper(bus.address, "nic0")
        with Helper(bus.address, "nic1"):
            pass


def test_the_bus_ends_while_saving():
    with PrivateBus() as bus, Helper(bus.address, "nic0", 3) as helper:
        caller = Caller(bus.address)
        helper.on_capture = bus.kill
        with pytest.raises(GLib.Error):
            caller.save("nic0")
        until = time.monotonic() + 10
        while not any("the connection was closed" in text for text in helper.log):
            assert time.monotonic() < until, helper.log
            time.sleep(0.01)
        assert helper.level == 3


def call_as(uid, bus, owner, method):
    command = [sys.executable, "-c", CALL, bus.address, owner, method]
    if uid is not None:
        command = ["setpriv", f"--reuid={uid}", "--clear-groups", *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def test_another_user_may_not():
    """As root really as another user, else by allowing another one."""
    uid = 65534 if os.geteuid() == 0 else None
    shown = os.geteuid() if uid is None else uid
    with PrivateBus(every_user=True) as bus, Helper(bus.address, "nic0") as helper:
        caller = Caller(bus.address)
        owner = caller.helpers()["nic0"]
        if uid is None:
            helper.do(lambda: helper.vmstate.set_allowed_uid(shown + 1))
        for method in ("Save", "Load"):
            assert call_as(uid, bus, owner, method) == (
                "GDBus.Error:org.freedesktop.DBus.Error.AccessDenied: "
                f"nic0: {method}: uid {shown} may not\n")
        helper.do(lambda: helper.vmstate.set_allowed_uid(shown))
        assert call_as(uid, bus, owner, "Save") == ""
        assert helper.log == [f"nic0: Save: uid {shown} may not",
                              f"nic0: Load: uid {shown} may not", "saved"]
        if uid is not None:
            with pytest.raises(GLib.Error, match="nic0: Save: uid 0 may not"):
                caller.save("nic0")
        caller.close()
