# SPDX-License-Identifier: LGPL-2.1-or-later

"""examples/qemu-migration: a VM and its card really move, or the source goes on."""

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from nic_process import FOLDER

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SECONDS = 120

THERE_AND_BACK = """\
  3 frames come in: 3 in all
from nic-backend-2 to nic-backend-4:
  nic-backend-4 can take it, with --m-num-queues=2 --m-rx-filter-size=16 --m-direct=off \
--m-jumbo=on --m-rss=off
  QEMU says completed; the card at the destination is prepared
  moved; 2 of 2 counters are as they were
  3 frames come in: 6 in all
from nic-backend-4 to nic-backend-2:
  nic-backend-2 can take it, with --m-num-queues=2 --m-rx-filter-size=16 --m-direct=off --m-jumbo=on
  QEMU says completed; the card at the destination is prepared
  moved; 2 of 2 counters are as they were
  3 frames come in: 9 in all
"""

REFUSED = """\
  3 frames come in: 3 in all
from nic-backend-4 to nic-backend-2:
  refused before it starts:
  param-unknown: the destination has no param "rss"
  state-transform: some states will be refused: transform 4 to 3, retype queues[].size to q: \
1048576 cannot be that exactly
  the source runs
"""


class Run:
    """The example, and all that it started, by a mark in their environment."""

    def __init__(self, *arguments):
        self._mark = f"MIGDESC_TEST_RUN={uuid.uuid4()}".encode()
        name, _, value = self._mark.decode().partition("=")
        self.process = subprocess.Popen([EXAMPLES / "qemu-migration", *map(str, arguments)],
                                        env={**os.environ, name: value}, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self):
        """(status, output); nothing is left of it."""
        out, err = self.process.communicate(timeout=SECONDS)
        assert err == "" and self.wait_for(lambda: not self.left()), (err, self.left())
        return self.process.returncode, out

    def left(self):
        """Names of the processes with its mark that run."""
        names = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if self._mark in (folder / "environ").read_bytes().split(b"\0"):
                    names.append((folder / "comm").read_text().strip())
            except OSError:
                pass
        return names

    def wait_for(self, condition):
        until = time.monotonic() + 30
        while not condition() and time.monotonic() < until:
            time.sleep(0.02)
        return condition()


def backend(version):
    return FOLDER / f"nic-backend-{version}"


def wrapped(folder, change):
    """A backend of version 4 that says what it can be, and is started as something else."""
    program = folder / "nic-backend-4"
    program.write_text(f"""#!{sys.executable}
import os, sys
arguments = sys.argv[1:]
if "--socket" in arguments:
    {change}
os.execv({str(backend(4))!r}, ["nic-backend-4", *arguments])
""")
    program.chmod(0o755)
    return program


def test_there_and_back():
    assert Run(backend(2), backend(4), "--m-num-queues=2").finish() == (0, THERE_AND_BACK)


def test_what_the_check_refuses_is_not_started():
    assert Run(backend(4), backend(2)).finish() == (1, REFUSED)


@pytest.mark.parametrize("change, reason", [
    # another card than the plan asked for: the destination refuses the state
    ('arguments = [text.replace("queues=2", "queues=3") for text in arguments]',
     "Failed to Load: GDBus.Error:org.libmigdesc.Error.StateConfigMismatch: nic0: nic0: the "
     "parameter num-queues is 2 in the stream, and 3 here "),
    # not on the bus: QEMU misses its Id
    ('at = arguments.index("--dbus"); del arguments[at:at + 4]',
     "Required VMState Id are missing: nic0"),
], ids=["other-card", "no-helper"])
def test_what_fails_later_leaves_the_source_running(tmp_path, change, reason):
    status, out = Run(backend(2), wrapped(tmp_path, change), "--m-num-queues=2").finish()
    assert status == 1 and out.endswith("\n  the source runs\n")
    assert "\n  the migration failed, the card is incoming\n  QEMU: " in out and reason in out


def test_a_backend_that_ends_leaves_the_source_running(tmp_path):
    run = Run(backend(2), wrapped(tmp_path, "sys.exit('no more memory')"), "--m-num-queues=2")
    status, out = run.finish()
    assert status == 1 and out.endswith("\n  the source runs\n")
    assert "nic-backend-4: does not listen: no more memory" in out


def test_killed_it_leaves_nothing_behind():
    run = Run(backend(2), backend(4), "--m-num-queues=2")
    assert run.wait_for(lambda: run.left().count("nic-backend-2") + run.left().count(
        "qemu-system-x86") >= 2)
    run.process.send_signal(signal.SIGKILL)
    run.process.communicate(timeout=SECONDS)
    assert run.wait_for(lambda: not run.left()), run.left()
