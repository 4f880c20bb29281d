# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the house rules share: which files there are, reading them, reporting.

A rule is a program with a `check(root)` that yields problems. It takes a source
tree, so that its bad examples in `bad/` are small source trees.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Iterator, NamedTuple

FOLDERS = ("include", "libmigdesc", "introspection", "tools", "examples", "docs", "testkit",
           "tests", "scripts", ".ci")
BAD_EXAMPLES = ("tests", "lint", "bad")


class Problem(NamedTuple):
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


def files(root: Path, *suffixes: str, folders=FOLDERS) -> Iterator[Path]:
    """Files below the folders of a tree, in a fixed order."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            parts = path.relative_to(root).parts
            if parts[:3] == BAD_EXAMPLES or "__pycache__" in parts or not path.is_file():
                continue
            if not suffixes or path.suffix in suffixes:
                yield path


def blank(match: re.Match) -> str:
    """As many lines as the match, with nothing on them."""
    return "\n" * match.group().count("\n") or " "


COMMENT_OR_LITERAL = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def without_comments(text: str) -> str:
    """C text without comments; line numbers stay."""
    return COMMENT_OR_LITERAL.sub(
        lambda match: blank(match) if match.group()[0] == "/" else match.group(), text)


def code_only(text: str) -> str:
    """C text without comments and literals; line numbers stay."""
    return COMMENT_OR_LITERAL.sub(
        lambda match: blank(match) if match.group()[0] == "/" else '""', text)


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


class Include(NamedTuple):
    line: int
    name: str
    quoted: bool


def includes(path: Path) -> Iterator[Include]:
    text = without_comments(path.read_text())
    for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]', text, re.M):
        yield Include(line_of(text, match.start()), match.group(2), match.group(1) == '"')


def resolve(root: Path, source: Path, include: Include) -> Path | None:
    """The project's file behind an include."""
    bases = [root / "include", root / "libmigdesc"]
    if include.quoted:
        bases.insert(0, source.parent)
    for base in bases:
        path = (base / include.name).resolve()
        if path.is_file():
            return path
    template = root / "include" / (include.name + ".in")
    return template if template.is_file() else None


def main(check, description: str, arguments=lambda parser: None) -> None:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2],
                        help="the source tree (default: this one)")
    arguments(parser)
    options = parser.parse_args()
    extra = {name: value for name, value in vars(options).items() if name != "root"}
    problems = list(check(options.root.resolve(), **extra))
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
