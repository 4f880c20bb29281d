#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Every public function, type and macro is documented, with the version it came in."""

import re
from pathlib import Path

import lintlib
import sections
import symbols

BLOCK = re.compile(r"/\*\*\n \* (?:SECTION:)?(\w+):?.*?\*/", re.S)
SINCE = re.compile(r"^ \* Since: *(\S+)$", re.M)


def blocks(root: Path) -> dict[str, tuple[Path, int, str]]:
    """Each documentation block by its symbol."""
    found = {}
    for path in lintlib.files(root, ".c", ".h", ".in",
                              folders=("include", "libmigdesc", "testkit")):
        text = path.read_text()
        for match in BLOCK.finditer(text):
            found[match.group(1)] = (path, lintlib.line_of(text, match.start()), match.group())
    return found


def public_names(header: Path, homes_of_types: dict[str, Path]):
    """What a header offers, each with the version of its macro when it has one."""
    text = lintlib.without_comments(header.read_text())
    for name, version in symbols.declared(header).items():
        if not name.endswith("_get_type"):
            yield name, version
    for name in re.findall(r"G_DECLARE_\w+_TYPE \(\s*(\w+)", text):
        yield name, None
    for name in sections.enum_types(text):
        yield name, None
    for name, home in homes_of_types.items():
        if home == header:
            yield name, None
    for name in re.findall(r"^#define (MIGDESC_\w*[^\W_])\b", text, re.M):
        if "_TYPE_" not in name and not sections.hidden_macro(name):
            yield name, None


def all_names(root: Path):
    """Each header with what it offers, and the version of that."""
    homes_of_types = sections.homes(root)
    for header in symbols.public_headers(root):
        yield header, dict(public_names(header, homes_of_types))
    yield root / sections.TESTKIT, dict.fromkeys(sections.testkit_names(root))


def check(root: Path):
    documented = blocks(root)
    for header, names in all_names(root):
        for name, version in names.items():
            if name not in documented:
                yield lintlib.Problem(str(header.relative_to(root)), 1, f"{name} is not documented")
                continue
            path, line, text = documented[name]
            place = str(path.relative_to(root))
            since = SINCE.search(text)
            if not since:
                yield lintlib.Problem(place, line, f"{name} has no Since")
            elif version and since.group(1) != version:
                yield lintlib.Problem(place, line, f"{name} is since {since.group(1)}; "
                                                   f"its header says {version}")


if __name__ == "__main__":
    lintlib.main(check, __doc__)
