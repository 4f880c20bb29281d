#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Counts what really ran: test points of GLib programs, cases of pytest, other programs.

Reads meson-logs/testlog.json and junit/*.xml of a build tree, shows each failure, and
prints `counts PASSED FAILED`. What was skipped, timed out, crashed or is not in
the logs at all has failed.
"""

import json
import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

TAP_LINE = re.compile(r"^(ok|not ok) \d+(?: - | )?(.*)$", re.M)


def tap_results(output: str):
    """Each test point and whether it passed; a skip did not."""
    for status, name in TAP_LINE.findall(output):
        skipped = re.search(r"#\s*(skip|todo)", name, re.I)
        yield name, status == "ok" and not skipped


def junit_results(path: Path):
    """Each case of a pytest file and whether it passed."""
    for case in xml.parse(path).iter("testcase"):
        wrong = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
        yield f"{case.get('classname')}::{case.get('name')}", not wrong


def junit_file(build: Path, command: list[str]) -> Path | None:
    if "pytest" not in command:
        return None
    return build / "junit" / (Path(command[-1]).stem + ".xml")


def results(build: Path, test: dict):
    """What one entry of Meson's log stands for."""
    path = junit_file(build, test["command"])
    found = []
    if path and path.exists():
        found = list(junit_results(path))
    elif not path:
        found = list(tap_results(test.get("stdout") or ""))
    succeeded = test["result"] == "OK"
    if not found or (not succeeded and all(passed for _, passed in found)):
        found.append((f"as a program: {test['result']}", succeeded and not path))
    return found


def count(build: Path) -> tuple[int, int]:
    passed = failed = 0
    registered = json.loads((build / "meson-info" / "intro-tests.json").read_text())
    lines = (build / "meson-logs" / "testlog.json").read_text().splitlines()
    entries = [json.loads(line) for line in lines]
    for test in entries:
        found = results(build, test)
        wrong = [name for name, good in found if not good]
        passed += len(found) - len(wrong)
        failed += len(wrong)
        for name in wrong:
            print(f"FAILED {test['name']}: {name}")
        if wrong:
            print((test.get("stdout") or "")[-4000:], (test.get("stderr") or "")[-2000:], sep="\n")
    for _ in range(len(registered) - len(entries)):
        print("FAILED: a registered test did not run")
        failed += 1
    return passed, failed


if __name__ == "__main__":
    print("counts", *count(Path(sys.argv[1])))
