# SPDX-License-Identifier: LGPL-2.1-or-later

"""scripts/count-tests.py counts what ran, and takes nothing else for a pass. Of what failed it,
and scripts/why.py, tell the reason in a line."""

import json
import re
import subprocess

import pytest
from buildlib import CLEAN_ENV, SOURCE, run

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
    return count(folder)[0]


def count(folder):
    """The last line that the program prints, and what it has to say about failures."""
    failures = folder / "failures"
    output = run("/usr/bin/python3", SOURCE / "scripts" / "count-tests.py", folder, failures)
    return output.splitlines()[-1], failures.read_text().splitlines()


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


SHELL_TESTS = {
    "bus-error": "kill -BUS $$",
    "fails": "echo the reason; exit 1",
    "hangs": "exec sleep 60",
    "passes": "true",
    "skips": "exit 77",
}
TAP_TESTS = {
    "tap-aborts": "ok 1 /one\\nBail out! ERROR:a.c:7:f: (1 == 2)\\n1..2\\n'; kill -ABRT $$ '",
    "tap-ends-early": "1..2\\nok 1 /one\\n",
    "tap-skips": "1..1\\nok 1 /one # SKIP no tool\\n",
    "tap-skips-all": "1..0 # SKIP no tool\\n",
}
PYTEST_TESTS = {
    "crashes": "import os\ndef test_one(): pass\ndef test_two(): os.abort()\n",
    "is_wrong": "import pytest\ndef test_one(): assert 1 == 2, 'no'\n"
                "def test_two(): pytest.skip('no tool')\n",
}


def write_project(folder):
    """A project of Meson's with tests that end in each way."""
    text = "project('example')\n"
    for name, command in SHELL_TESTS.items():
        text += f"test('{name}', find_program('sh'), args: ['-c', '{command}'], timeout: 2)\n"
    for name, output in TAP_TESTS.items():
        (folder / name).write_text(f"#!/bin/sh\nprintf 'TAP version 13\\n{output}'\n")
        (folder / name).chmod(0o755)
        text += f"test('{name}', files('{name}'), protocol: 'tap')\n"
    for name, cases in PYTEST_TESTS.items():
        (folder / f"test_{name}.py").write_text(cases)
        text += (f"test('{name}', find_program('/usr/bin/python3'), args: ['-m', 'pytest', '-q', "
                 f"'-p', 'no:cacheprovider', files('test_{name}.py')])\n")
    (folder / "meson.build").write_text(text)
    (folder / "conftest.py").write_text((SOURCE / "tests" / "conftest.py").read_text())


def test_what_meson_says_of_tests_that_fail_is_understood(tmp_path):
    write_project(tmp_path)
    build = tmp_path / "build"
    run("meson", "setup", build, cwd=tmp_path)
    ended = subprocess.run(["meson", "test", "-C", build], capture_output=True,
                           env=CLEAN_ENV | {"MIGDESC_JUNIT_DIR": str(build / "junit")}, check=False)
    assert ended.returncode != 0

    counts, failures = count(build)
    failures = sorted(re.sub(r" after \d s", "", line) for line in failures)
    assert counts == f"counts 3 {len(failures)}"
    assert failures == [
        "bus-error: as a program: FAIL: ended by signal 7",
        "crashes: as a program: FAIL: ended by signal 6: Fatal Python error: Aborted",
        "fails: as a program: FAIL: exit status 1: the reason",
        "hangs: as a program: TIMEOUT: ended by signal 15",
        "is_wrong: test_is_wrong::test_one: failure: AssertionError: no assert 1 == 2",
        "is_wrong: test_is_wrong::test_two: skipped: no tool",
        "skips: as a program: SKIP: exit status 77",
        "tap-aborts: as a program: ERROR: ended by signal 6: Bail out! ERROR:a.c:7:f: (1 == 2)",
        "tap-ends-early: as a program: ERROR: exit status 0: ok 1 /one",
        "tap-skips-all: as a program: SKIP: exit status 0: 1..0 # SKIP no tool",
        "tap-skips: /one # SKIP no tool: exit status 0: ok 1 /one # SKIP no tool",
    ]


def why(tmp_path, text):
    log = tmp_path / "log"
    log.write_text(text)
    return run("/usr/bin/python3", SOURCE / "scripts" / "why.py", "step", log).splitlines()


def test_why_compiling_failed(tmp_path):
    assert why(tmp_path, """\
[1/2] Compiling C object a.c.o
FAILED: a.c.o
gcc -o a.c.o
\x1b[01m../a.c:1:5: error: unknown type\x1b[0m
    1 | in a;
ninja: build stopped: subcommand failed.
""") == ["step: ../a.c:1:5: error: unknown type"]


def test_why_a_step_of_tests_failed(tmp_path):
    assert why(tmp_path, """\
  1/3 project:unit / good  OK   0.01s
>>> A=1 ./bad
  2/3 project:unit / bad   FAIL 0.02s   exit status 1
../a.c:7:3: runtime error: signed integer overflow
SUMMARY: UndefinedBehaviorSanitizer: undefined-behavior ../a.c:7:3 in
../a.c:7:3: runtime error: signed integer overflow
  3/3 project:cli / slow   TIMEOUT 60.00s   killed by signal 15 SIGTERM

Summary of Failures:

2/3 project:unit / bad   FAIL 0.02s   exit status 1
3/3 project:cli / slow   TIMEOUT 60.00s   killed by signal 15 SIGTERM
""") == [
        "step: project:unit / bad FAIL 0.02s exit status 1",
        "step: project:cli / slow TIMEOUT 60.00s killed by signal 15 SIGTERM",
        "step: ../a.c:7:3: runtime error: signed integer overflow",
        "step: SUMMARY: UndefinedBehaviorSanitizer: undefined-behavior ../a.c:7:3 in",
    ]


def test_why_is_never_long_and_never_nothing(tmp_path):
    many = "".join(f"{i}/99 project / t{i} FAIL 0.1s\nE   {i}\n" for i in range(1, 99))
    lines = why(tmp_path, many)
    assert len(lines) == 10
    assert [line for line in lines if "FAIL" not in line] == ["step: E 1", "step: E 2", "step: E 3"]
    assert why(tmp_path, "a\n\nb\nc\nd\n") == ["step: b", "step: c", "step: d"]
    assert why(tmp_path, "") == ["step: no output"]
    [long] = why(tmp_path, "E   " + 1000 * "x")
    assert len(long) == len("step: ") + 240 and long.endswith("xxx...")
