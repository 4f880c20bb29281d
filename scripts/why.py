#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""why.py NAME LOG: the few lines of a failed step's log that say what is wrong.

Each begins with NAME. What a test printed and what a compiler, a sanitizer or a fuzzer says is
known by its form; of a log without any such line, the last three are shown.
"""

import re
import sys
from pathlib import Path

MOST = 10
WIDTH = 240

# Which test failed; then what failed in it
FAILED_TEST = re.compile(r"^ *\d+/\d+ .* (FAIL|ERROR|TIMEOUT|INTERRUPT|UNEXPECTEDPASS|SKIP)\b")
REASON = re.compile("|".join([
    r"^E   ",                            # pytest, of an assertion or an exception
    r"^Bail out!|^not ok ",              # TAP
    r"\b(fatal )?error: ",               # compilers, and linkers of clang
    r"undefined reference to|multiple definition of",
    r"ERROR: (Address|Leak)Sanitizer|runtime error: ",
    r"^SUMMARY: |^== .*: found something",
    r"^(E|ERROR|Error|meson.build:\d+:\d+: ERROR): ",
    r"^==\d+== (Invalid|Conditional|Use of|Syscall|Process terminat|.*definitely lost)",
    r"instructions, at most \d+: too many",
    r"^Traceback|^\w*(Error|Exception): ",
]))
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def cut(line: str) -> str:
    """A line that fits into a list."""
    line = " ".join(line.split())
    return line if len(line) <= WIDTH else line[:WIDTH - 3] + "..."


def unique(lines) -> list[str]:
    return list(dict.fromkeys(lines))


def reasons(text: str) -> list[str]:
    """The lines of any output that say why something failed."""
    return unique(cut(line) for line in text.splitlines() if REASON.search(line))


def why(text: str) -> list[str]:
    """Failed tests first, each once, then what is said about them; at most MOST lines."""
    text = COLOUR.sub("", text)
    tests = unique(cut(re.sub(r"^ *\d+/\d+ ", "", line)) for line in text.splitlines()
                   if FAILED_TEST.match(line))
    # Tests have the better part of the room, but never all: a name alone is no reason.
    said = reasons(text)
    tests = tests[:MOST - min(len(said), 3)]
    found = tests + said[:MOST - len(tests)]
    return found or [cut(line) for line in text.splitlines() if line.strip()][-3:] or ["no output"]


if __name__ == "__main__":
    name, log = sys.argv[1:]
    for line in why(Path(log).read_text(errors="replace")):
        print(f"{name}: {line}")
