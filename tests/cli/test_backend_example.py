# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the tutorial for backend authors shows is so."""

import os
import re
import subprocess
from pathlib import Path

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ["MIGDESC_BUILDDIR"])
PAGE = (ROOT / "docs" / "backend-tutorial.md").read_text()
EXAMPLES = ROOT / "examples"
SOURCE = (EXAMPLES / "backend" / "my-nic.c").read_text()
KIT = {"c": (EXAMPLES / "nic-backend" / "nic-kit.c").read_text(),
       "meson": (EXAMPLES / "nic-backend" / "meson.build").read_text()}


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def test_the_page_shows_the_code_as_it_is():
    assert len(blocks("c")) == 7
    for block in blocks("c"):
        for part in block.split("\n\n"):
            assert part.strip("\n") in (KIT["c"] if "estkit" in block else SOURCE)


def test_the_test_kit_takes_five_lines_of_a_build_file():
    lines, = blocks("meson")
    assert lines in KIT["meson"] and lines.count("\n") == 5


def test_the_page_shows_what_the_programs_print(tmp_path):
    path = ":".join([f"{BUILD}/examples/backend", f"{BUILD}/examples/nic-backend",
                     f"{BUILD}/tools", os.environ["PATH"]])
    steps = [step for session in blocks("console")
             for step in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.M)]
    assert len(steps) == 27
    for command, printed in steps:
        done = subprocess.run(["sh", "-c", command], cwd=tmp_path, text=True, timeout=60,
                              env={**os.environ, "PATH": path}, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        assert done.stdout == printed, command


def test_the_python_of_the_page_runs():
    for block in blocks("python"):
        exec(compile(block, "backend-tutorial.md", "exec"), {"Migdesc": Migdesc})


def test_the_declaration_is_short():
    lines = SOURCE[SOURCE.index("/* what the device is */"):SOURCE.index("} Nic;")].splitlines()
    assert len(lines) < 60
