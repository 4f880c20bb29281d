# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the manager's tutorial and README say is so: their code is run, with real network cards."""

import doctest
import re
import subprocess
import sys

import pytest

from manager_fleet import CARDS, ROOT, CardFleet

TUTORIAL = ROOT / "docs" / "manager-tutorial.md"
README = ROOT / "examples" / "manager" / "README.md"


def code_of(page):
    return re.findall(r"^```python\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path):
    fleet = CardFleet(tmp_path, {})
    yield fleet
    fleet.end()


def test_the_tutorial_is_true(folder):
    test = doctest.DocTestParser().get_doctest(
        "\n".join(code_of(TUTORIAL)), {"folder": folder.folder, "programs": CARDS},
        TUTORIAL.name, str(TUTORIAL), 0)
    output = []
    result = doctest.DocTestRunner().run(test, out=output.append)

    assert result.failed == 0, "".join(output)
    assert result.attempted > 20


def test_the_example_moves_a_device(folder):
    [example] = code_of(README)
    assert len(example.splitlines()) <= 20
    folder.add_host("alpha", CARDS / "nic-backend-4")
    folder.add_host("beta", CARDS / "nic-backend-2")
    assert folder.manager("run", "web", "--params", folder.params).status == 0
    done = subprocess.run([sys.executable, "-c", example, folder.folder], capture_output=True,
                          text=True, timeout=60, cwd=ROOT / "examples")

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:2] == ["alpha: yes, with nic", "beta: yes, with nic"]
    assert lines[-1] == "web is running on beta"
    assert folder.doubled == ""
