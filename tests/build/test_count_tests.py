# SPDX-License-Identifier: LGPL-2.1-or-later

"""scripts/count-tests.py counts what ran, and takes nothing else for a pass."""

import json

import pytest
from buildlib import SOURCE, run

TAP = "TAP version 13\nok 1 /one\nok 2 /two\n1..2\n"
JUNIT = '<testsuites><testsuite>{}</testsuite></testsuites>'


def entry(result="OK", command=("program",), stdout=""):
    return {"name": "example", "result": result, "command": list(command), "stdout": stdout,
            "stderr": ""}


def counted(folder, entries, junit=None, registered=None) -> str:
    """The last line that the program prints for a made-up build tree."""
    (folder / "meson-logs").mkdir()
    (folder / "meson-info").mkdir()
    (folder / "junit").mkdir()
    (folder / "meson-logs" / "testlog.json").write_text("\n".join(map(json.dumps, entries)))
    (folder / "meson-info" / "intro-tests.json").write_text(
        json.dumps([{}] * (len(entries) if registered is None else registered)))
    if junit is not None:
        (folder / "junit" / "test_example.xml").write_text(JUNIT.format(junit))
    return run("/usr/bin/python3", SOURCE / "scripts" / "count-tests.py", folder).splitlines()[-1]


@pytest.mark.parametrize("result, stdout, line", [
    ("OK", TAP, "counts 2 0"),
    ("FAIL", TAP.replace("ok 2", "not ok 2"), "counts 1 1"),
    ("OK", TAP.replace("/two", "/two # SKIP no tool"), "counts 1 1"),
    ("ERROR", TAP, "counts 2 1"),
    ("TIMEOUT", "TAP version 13\nok 1 /one\n", "counts 1 1"),
    ("OK", "", "counts 1 0"),
    ("FAIL", "", "counts 0 1"),
    ("SKIP", "", "counts 0 1"),
    ("TIMEOUT", "", "counts 0 1"),
])
def test_programs(tmp_path, result, stdout, line):
    assert counted(tmp_path, [entry(result, stdout=stdout)]) == line


@pytest.mark.parametrize("result, junit, line", [
    ("OK", "<testcase/><testcase/><testcase/>", "counts 3 0"),
    ("FAIL", "<testcase/><testcase><failure/></testcase>", "counts 1 1"),
    ("OK", "<testcase/><testcase><skipped/></testcase>", "counts 1 1"),
    ("FAIL", "<testcase><error/></testcase>", "counts 0 1"),
    ("TIMEOUT", "<testcase/>", "counts 1 1"),
    ("OK", "", "counts 0 1"),
    ("OK", None, "counts 0 1"),
])
def test_pytest_files(tmp_path, result, junit, line):
    command = ("/usr/bin/python3", "-m", "pytest", "-q", "/somewhere/test_example.py")
    assert counted(tmp_path, [entry(result, command)], junit) == line


def test_a_registered_test_that_did_not_run_has_failed(tmp_path):
    assert counted(tmp_path, [entry()], registered=2) == "counts 1 1"
