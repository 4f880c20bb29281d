#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Counts what really ran: test points of GLib programs, cases of pytest, other programs.

    count-tests.py BUILD [FILE]

Reads meson-logs/testlog.json and junit/*.xml of a build tree, shows the output of each test that
failed, then prints `counts PASSED FAILED`. What was skipped, timed out, crashed or is not in
the logs at all has failed. FILE gets a line for each failure: what failed, and why.
"""

import json
import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path
from typing import NamedTuple

from why import cut, reasons

TAP_LINE = re.compile(r"^(ok|not ok) \d+(?: - | )?(.*)$", re.M)


class Result(NamedTuple):
    name: str
    passed: bool
    reason: str = ""


def tap_results(output: str):
    """Each test point and whether it passed; a skip did not."""
    for status, name in TAP_LINE.findall(output):
        skipped = re.search(r"#\s*(skip|todo)", name, re.I)
        yield Result(name, status == "ok" and not skipped)


def junit_results(path: Path):
    """Each case of a pytest file and whether it passed."""
    for case in xml.parse(path).iter("testcase"):
        wrong = [child for child in case if child.tag in ("failure", "error", "skipped")]
        reason = " ".join(f"{child.tag}: {child.get('message') or ''}" for child in wrong)
        yield Result(f"{case.get('classname')}::{case.get('name')}", not wrong, cut(reason))


def junit_file(build: Path, command: list[str]) -> Path | None:
    if "pytest" not in command:
        return None
    return build / "junit" / (Path(command[-1]).stem + ".xml")


def program_reason(test: dict) -> str:
    """Why a program failed, as far as its output tells: how it ended, and one line."""
    output = (test.get("stdout") or "") + "\n" + (test.get("stderr") or "")
    status = test.get("returncode", 0)
    how = f"exit status {status}" if status >= 0 else f"ended by signal {-status}"
    how += f" after {test.get('duration', 0):.0f} s"
    said = reasons(output) or [cut(line) for line in output.splitlines() if line.strip()][-1:]
    return ": ".join([how, *said[:1]])


def results(build: Path, test: dict):
    """What one entry of Meson's log stands for."""
    path = junit_file(build, test["command"])
    found = []
    if path and path.exists():
        found = list(junit_results(path))
    elif not path:
        found = list(tap_results(test.get("stdout") or ""))
    succeeded = test["result"] == "OK"
    if not found or (not succeeded and all(result.passed for result in found)):
        found.append(Result(f"as a program: {test['result']}", succeeded and not path,
                            program_reason(test)))
    return found


def failures_of(build: Path, test: dict, found: list[Result]):
    """A line for each failure of a test."""
    for result in found:
        if not result.passed:
            reason = result.reason or program_reason(test)
            yield f"{test['name']}: {result.name}: {reason}"


def count(build: Path) -> tuple[int, list[str]]:
    """How many passed, and what did not."""
    passed = 0
    failures = []
    registered = json.loads((build / "meson-info" / "intro-tests.json").read_text())
    lines = (build / "meson-logs" / "testlog.json").read_text().splitlines()
    entries = [json.loads(line) for line in lines]
    for test in entries:
        found = results(build, test)
        wrong = list(failures_of(build, test, found))
        passed += len(found) - len(wrong)
        failures += wrong
        for line in wrong:
            print(f"FAILED {line}")
        if wrong:
            print((test.get("stdout") or "")[-4000:], (test.get("stderr") or "")[-2000:], sep="\n")
    missing = len(registered) - len(entries)
    failures += ["a registered test did not run"] * missing
    return passed, failures


def main() -> None:
    passed, failures = count(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text("".join(f"{line}\n" for line in failures))
    print("counts", passed, len(failures))


if __name__ == "__main__":
    main()
