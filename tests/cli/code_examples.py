#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The examples of the catalogue of codes: reads them from the C tables, runs them, and with
--update writes what they really print back into the tables.

An example is what a shell shows: `$ cat FILE` and the lines of the file, `$ COMMAND` and what it
prints, or `>>> EXPRESSION` in Python and the message of the error. Other examples are prose."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(os.environ.get("MIGDESC_SRCDIR", Path(__file__).parents[2]))
TABLES = sorted((ROOT / "libmigdesc" / "model").glob("code-*.c"))
STANDARD_FILES = [ROOT / "examples" / "data" / f"my-nic.{kind}" for kind in ("json", "mds")]
COLUMNS = 100

LITERAL = r'"(?:[^"\\]|\\.)*"'
TEXT = rf"{LITERAL}(?:\s+{LITERAL})*"
ENTRY = re.compile(rf"  \{{\n    ({TEXT}),\n    ({TEXT}),\n    ({TEXT}),\n    ({TEXT}),\n  \}},\n")

PYTHON = """
import gi
gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc
try:
    {}
except GLib.Error as error:
    print({})
"""
MESSAGE = "error.message"
CODE = "Migdesc.Error(error.code).value_nick"


def unescape(literal: str) -> str:
    def character(match):
        code = match[1]
        return {"n": "\n"}.get(code) or (chr(int(code, 8)) if code[0] in "01234567" else code)

    pieces = re.findall(LITERAL, literal)
    return "".join(re.sub(r"\\([0-7]{3}|.)", character, piece[1:-1]) for piece in pieces)


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def literal(text: str) -> str:
    """A C literal: a piece a line of the text, and long lines broken before a word."""
    room = COLUMNS - len('    "",') - 3
    pieces = []
    for line in text.splitlines(keepends=True):
        piece = ""
        for word in re.findall(r"\S+\s*|\s+", line):
            if piece and len(escape((piece + word).rstrip(" "))) > room:
                pieces.append(piece)
                piece = ""
            piece += word
        pieces.append(piece)
    return "\n    ".join(f'"{escape(piece)}"' for piece in pieces)


def entries() -> dict[str, str]:
    """The example of each code."""
    found = {}
    for table in TABLES:
        for match in ENTRY.finditer(table.read_text()):
            found[unescape(match[1])] = unescape(match[4])
    return found


def is_run(example: str) -> bool:
    return example.startswith(("$ ", ">>> "))


def shell(command: str, folder: str) -> list[str]:
    done = subprocess.run(["sh", "-c", command], cwd=folder, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                          env={**os.environ, "COLUMNS": "80", "LC_ALL": "C.UTF-8"})
    return done.stdout.splitlines()


def python(expression: str, folder: str, shown: str = MESSAGE) -> list[str]:
    done = subprocess.run([sys.executable, "-c", PYTHON.format(expression, shown)], cwd=folder,
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    if done.returncode != 0:
        raise RuntimeError(done.stdout)
    return done.stdout.splitlines()


def steps(example: str) -> list[list[str]]:
    """The lines, grouped: each group starts with what is typed."""
    groups = []
    for line in example.splitlines():
        if line.startswith(("$ ", ">>> ")):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def run(example: str, codes: bool = False) -> str:
    """The example with what is really printed, or with answers that name the codes."""
    shown = []
    with tempfile.TemporaryDirectory() as folder:
        for file in STANDARD_FILES:
            Path(folder, "nic" + file.suffix).write_bytes(file.read_bytes())
        for typed, *printed in steps(example):
            if typed.startswith("$ cat "):
                Path(folder, typed.removeprefix("$ cat ")).write_text("\n".join(printed) + "\n")
            elif typed.startswith(">>> "):
                printed = python(typed.removeprefix(">>> "), folder, CODE if codes else MESSAGE)
            else:
                command = typed.removeprefix("$ ")
                if codes:
                    command = re.sub(r"\b(migdesc (?:state |qemu )?\w+)", r"\1 --json", command)
                printed = shell(command, folder)
            shown += [typed, *printed]
    return "\n".join(shown)


def update() -> None:
    def renew(match):
        example = unescape(match[4])
        renewed = run(example) if is_run(example) else example
        if renewed != example:
            print(unescape(match[1]))
        return match[0].replace(match[4], literal(renewed))

    for table in TABLES:
        table.write_text(ENTRY.sub(renew, table.read_text()))


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit("usage: scripts/env tests/cli/code_examples.py --update, then ninja update-codes")
    update()
