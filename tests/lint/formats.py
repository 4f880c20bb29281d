#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A format that can be left out is a plug-in: nothing outside of its files knows it.

What a plug-in's files are its name says: `state/formats/NAME.c` and `NAME-*.[ch]`. Only they
include the library that it stands on, or each other; what is known elsewhere is its row in the
table of formats, and to the build.
"""

import re
from pathlib import Path

import lintlib

FOLDER = Path("libmigdesc", "state", "formats")
TABLE = {Path("libmigdesc", "state", name) for name in ("format.c", "format.h")}
# plug-in: the header and the names of its library
PLUGINS = {
    "cbor": ("cbor.h", r"\bcbor_\w+"),
    "der": ("libtasn1.h", r"\b(?:asn1|ASN1)_\w+"),
}


def owns(plugin: str, name: Path) -> bool:
    return name.parent == FOLDER and re.fullmatch(plugin + r"(-.*)?\.[ch]", name.name) is not None


def names_of(plugin: str, name: Path) -> re.Pattern:
    """What a file may not mention."""
    own = rf"\bmigdesc_{plugin}_\w+|\bMIGDESC_{plugin.upper()}_\w+"
    row = rf"|\bmigdesc_format_{plugin}\b|\bMIGDESC_HAVE_{plugin.upper()}\b"
    return re.compile(PLUGINS[plugin][1] + "|" + own + ("" if name in TABLE else row))


def check_file(plugin: str, name: Path, path: Path):
    header = PLUGINS[plugin][0]
    for include in lintlib.includes(path):
        ours = include.name.startswith("state/formats/" + plugin)
        if ours or (include.name == header and not include.quoted):
            yield lintlib.Problem(str(name), include.line,
                                  f"{include.name}: only the format {plugin} may include it")
    code = lintlib.code_only(path.read_text())
    for match in names_of(plugin, name).finditer(code):
        yield lintlib.Problem(str(name), lintlib.line_of(code, match.start()),
                              f"{match.group()}: only the format {plugin} may know it")


def check(root: Path):
    for path in lintlib.files(root, ".c", ".h", folders=("include", "libmigdesc", "testkit",
                                                         "tools", "examples")):
        name = path.relative_to(root)
        for plugin in PLUGINS:
            if not owns(plugin, name):
                yield from check_file(plugin, name, path)


if __name__ == "__main__":
    lintlib.main(check, __doc__)
