# SPDX-License-Identifier: LGPL-2.1-or-later
"""However examples/qemu-descriptors ends, it leaves no QEMU behind."""

import pathlib
import signal
import subprocess
import sys
import time

import pytest

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
PROGRAM = EXAMPLES / "qemu-descriptors"

sys.path.insert(0, str(EXAMPLES))
from qemu_descriptors import qmp, vm  # noqa: E402


def hanging_qemu(folder):
    """A program that says something, notes its process id and then hangs."""
    program = folder / "qemu"
    program.write_text(f"#!/bin/sh\necho $$ > {folder}/pid\necho I hang >&2\nexec sleep 60\n")
    program.chmod(0o755)
    return program


def runs(pid):
    """A process that nobody reaps has ended, too."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def ended(pid):
    deadline = time.monotonic() + 20
    while runs(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not runs(pid)


def test_a_qemu_that_hangs_is_ended_and_quoted(tmp_path, monkeypatch):
    monkeypatch.setattr(qmp, "REPLY_SECONDS", 0.5)
    program = hanging_qemu(tmp_path)
    with pytest.raises(qmp.Failure, match="said nothing for 0.5 s.*\nI hang$"):
        vm.machine_types(str(program), "pc-i440fx")
    assert not runs(int((tmp_path / "pid").read_text()))


def wait_for_pid(path):
    deadline = time.monotonic() + 20
    while not (path.exists() and path.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return int(path.read_text())


def test_terminating_the_program_ends_its_qemu(tmp_path):
    with subprocess.Popen([PROGRAM, "--qemu", hanging_qemu(tmp_path)]) as process:
        pid = wait_for_pid(tmp_path / "pid")
        process.terminate()
        assert process.wait(20) == 128 + signal.SIGTERM
    assert not runs(pid)


def test_killing_the_program_ends_its_qemu(tmp_path):
    with subprocess.Popen([PROGRAM, "--qemu", hanging_qemu(tmp_path)]) as process:
        pid = wait_for_pid(tmp_path / "pid")
        process.kill()
        assert process.wait(20) == -signal.SIGKILL
    assert ended(pid)


def children(pid):
    """Those of all its threads"""
    return [int(child) for path in pathlib.Path(f"/proc/{pid}/task").glob("*/children")
            for child in path.read_text().split()]


def test_killing_the_program_ends_every_real_qemu():
    with subprocess.Popen([PROGRAM, "--jobs", "2", "virtio-net-pci"],
                          stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 20
        while len(started := children(process.pid)) < 2 and time.monotonic() < deadline:
            pass
        process.kill()
        assert process.wait(20) == -signal.SIGKILL
    assert started
    assert all(map(ended, started))
