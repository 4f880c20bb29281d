#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Counts the processor's instructions of one run of an operation, which don't drift with the
machine's load.

    instructions.py NAME LIMIT PROGRAM [ARGUMENT...]

The program gets `--only N` before its arguments and does the operation N times. The difference of
two such runs leaves out what is done once. More than LIMIT instructions is a failure.
"""

import re
import subprocess
import sys

FEW, MANY = 2, 66  # each of the 64 texts of a benchmark once


def count(program: str, times: int, arguments: list[str]) -> int:
    """Instructions of the whole program, as callgrind counts them."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
               program, "--only", str(times), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not found:
        sys.exit(run.stderr)
    return int(found.group(1))


def main() -> int:
    name, limit, program, *arguments = sys.argv[1:]
    each = (count(program, MANY, arguments) - count(program, FEW, arguments)) // (MANY - FEW)
    verdict = "" if each <= int(limit) else ": too many"
    print(f"{name}: {each} instructions, at most {limit}{verdict}")
    return 1 if verdict else 0


if __name__ == "__main__":
    sys.exit(main())
