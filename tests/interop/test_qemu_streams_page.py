# SPDX-License-Identifier: LGPL-2.1-or-later
"""docs/qemu-streams.md says what is so: its examples are run, with streams of the real QEMU."""

import doctest
import os
import pathlib
import re
import struct
import subprocess

import gi
import pytest

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "qemu-streams.md").read_text()
QUEUE = struct.pack(">IQ", 256, 0x200000)


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


@pytest.fixture(scope="module")
def folder(captures, tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    data = captures["q35-modern"].data
    assert data.count(QUEUE) == 1
    (folder / "vm.qemu").write_bytes(data)
    (folder / "larger.qemu").write_bytes(
        data.replace(QUEUE, struct.pack(">IQ", 1024, 0x200000)))
    (folder / "old.qemu").write_bytes(captures["i440fx-2.1"].data)
    (folder / "described.qemu").write_bytes(captures["i440fx-2.3"].data)
    return folder


def steps():
    return [step for session in blocks("console")
            for step in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.M)]


def pattern(wanted):
    """A line of `...` is any lines; in a line it is any text."""
    return "".join(r"(?:.*\n)*?" if line == "...\n" else re.escape(line).replace(r"\.\.\.", ".*")
                   for line in wanted.splitlines(keepends=True))


@pytest.mark.parametrize("command, wanted", steps(), ids=[command for command, _ in steps()])
def test_a_command_of_the_page_prints_what_stands_there(folder, command, wanted):
    program = pathlib.Path(os.environ["MIGDESC_QEMU_QUEUES"])
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    assert re.fullmatch(pattern(wanted), done.stdout), done.stdout


def test_the_python_of_the_page_is_true(folder, monkeypatch):
    monkeypatch.chdir(folder)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {"Migdesc": Migdesc},
                                               "qemu-streams", "docs/qemu-streams.md", 0)
    output = []
    result = doctest.DocTestRunner().run(test, out=output.append)
    assert result.failed == 0, "".join(output)
    assert result.attempted > 12


def test_the_c_of_the_page_is_the_example_s():
    source = (ROOT / "examples" / "qemu-queues" / "qemu-queues.c").read_text()
    [block] = blocks("c")
    assert block in source
