# SPDX-License-Identifier: LGPL-2.1-or-later
"""Backend programs found by drop-ins, from Python."""

import json

import gi
import pytest

gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc  # noqa: E402

DOCUMENT = {"models": {"a.b/nic": {"params": {"n": {"type": "int", "init_value": 1}}}}}


@pytest.fixture
def folder(tmp_path):
    program = tmp_path / "nic"
    program.write_text(f"#!/bin/sh\necho '{json.dumps(DOCUMENT)}'\n")
    program.chmod(0o700)
    drop_ins = tmp_path / "drop-ins"
    drop_ins.mkdir()
    drop_in = drop_ins / "50-nic.json"
    drop_in.write_text(json.dumps({"binary": str(program), "type": "net", "tags": ["fast"]}))
    drop_in.chmod(0o600)
    return drop_ins


def test_a_program_is_found_and_asked(folder):
    (program,) = Migdesc.BackendProgram.list([str(folder)], None, None)
    assert program.get_name() == "50-nic.json"
    assert program.get_device_type() == "net"
    assert program.get_tags() == ["fast"]
    assert program.get_argv() == [str(folder.parent / "nic")]
    descriptor = program.ask(None)
    assert list(descriptor) == ["a.b/nic"]
    assert program.verify(descriptor.get_digest(), None) == descriptor


def test_one_that_cannot_be_used_says_why(folder):
    (folder / "50-nic.json").write_text("{}")
    (program,) = Migdesc.BackendProgram.list([str(folder)], None, None)
    with pytest.raises(GLib.Error) as raised:
        program.is_usable()
    assert raised.value.message == f"{folder}/50-nic.json:1:1: a drop-in needs a member \"binary\""


def test_a_changed_program_is_refused(folder):
    (program,) = Migdesc.BackendProgram.list([str(folder)], None, None)
    with pytest.raises(GLib.Error) as raised:
        program.verify("sha256:other", None)
    assert Migdesc.Error(raised.value.code).value_nick == "descriptor-changed"
