# SPDX-License-Identifier: LGPL-2.1-or-later
"""The streams that other tests read are of the real QEMU, and are what their names say."""

import pytest
import qemu_capture
import qemu_machines

NAMES = [machine.name for machine in qemu_machines.MACHINES]
# A command's type and number
ADVISE, PACKAGED = b"\x08\0\x03", b"\x08\0\x07"


def test_there_are_enough_machines():
    of_x86 = {machine.name for machine in qemu_machines.MACHINES
              if machine.program == "qemu-system-x86_64"}
    programs = {machine.program for machine in qemu_machines.MACHINES}
    assert len(of_x86) >= 12 and len(programs) >= 3
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_stream_is_there_and_the_machine_has_told_of_itself(captures, name):
    capture = captures[name]
    truth = capture.truth
    assert capture.data[:8] == b"QEVM\0\0\0\3"
    assert truth["migration"]["status"] == "completed"
    assert truth["status"] in ("prelaunch", "paused", "guest-panicked")
    if name != "none":
        assert truth["registers"] and all(truth["registers"]) and truth["ram"]


def test_old_machine_types_write_no_configuration_and_no_description(captures):
    assert captures["i440fx"].data[8:9] == b"\x07"
    for name in ("i440fx-2.1", "i440fx-2.3"):
        assert captures[name].data[8:9] == b"\x01"
    assert b'{"page_size"' not in captures["i440fx-2.1"].data
    assert b'{"page_size"' in captures["i440fx-2.3"].data


def test_capabilities_leave_their_marks(captures):
    assert b"\x18configuration/uuid\0\0\0\1"[1:] in captures["uuid"].data
    assert b"configuration/capabilities" in captures["shared"].data
    assert b"\x0cdirty-bitmap" in captures["bitmaps"].data
    assert ADVISE in captures["postcopy-advised"].data[:200]
    assert PACKAGED in captures["postcopy"].data
    assert captures["xbzrle"].truth["migration"]["xbzrle-cache"]["pages"] > 0
    assert captures["compress"].truth["migration"]["compression"]["pages"] > 0


@pytest.mark.parametrize("name, arguments, words", qemu_machines.REFUSED)
def test_qemu_says_what_it_does_not_migrate(tmp_path, name, arguments, words):
    machine = qemu_machines.Machine(name, "pc", arguments)
    with qemu_capture.running(machine, tmp_path) as (vm, guest):
        with pytest.raises(qemu_capture.Refused) as refused:
            qemu_capture.migrate(vm.qmp, machine, tmp_path / "stream", guest)
    assert str(refused.value) == words
