# SPDX-License-Identifier: LGPL-2.1-or-later

"""Each house rule catches its bad examples, and says exactly what is wrong.

A bad example is a small source tree, `bad/RULE/CASE`, with the `expected` output;
a line of it that ends in `...` gives the beginning of a line.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("bad/*/*/expected"))
RULES = {path.stem for path in HERE.glob("*.py")} - {"lintlib", "sections", "test_lint"}


def build_library(tree: Path) -> None:
    folder = tree / "build" / "libmigdesc"
    subprocess.run(["gcc", "-shared", "-fPIC", "library.c", "-o", "libmigdesc-1.0.so.0",
                    "-Wl,--version-script=library.map"], cwd=folder, check=True)


def run_rule(rule: str, tree: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, HERE / f"{rule}.py", "--root", tree]
    if (tree / "build").exists():
        build_library(tree)
        command += ["--build", tree / "build"]
    return subprocess.run(command, capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})


def matches(line: str, expected: str) -> bool:
    if expected.endswith("..."):
        return line.startswith(expected[:-3])
    return line == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_a_bad_example_is_caught(case, tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(case, tree)
    result = run_rule(case.parent.name, tree)
    expected = (case / "expected").read_text().splitlines()
    lines = result.stdout.splitlines()
    assert result.returncode == 1, result.stderr
    assert len(lines) == len(expected) and all(map(matches, lines, expected)), result.stdout


def test_every_rule_has_a_bad_example():
    assert {case.parent.name for case in CASES} == RULES
