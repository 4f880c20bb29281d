# SPDX-License-Identifier: LGPL-2.1-or-later

"""The sections file of the API reference, made from the public headers.

It is committed, so that the check for undocumented symbols has something to
compare with that a missing header cannot change.
"""

import re
from pathlib import Path

import lintlib
import symbols

FILE = Path("docs") / "migdesc-sections.txt"
TESTKIT = Path("testkit") / "migdesc-testkit.h"


def enum_types(text: str) -> list[str]:
    return re.findall(r"^typedef enum\s*\{.*?\}\s*(Migdesc\w+);", text, re.M | re.S)


def snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def enum_get_types(header: Path) -> list[str]:
    text = lintlib.without_comments(header.read_text())
    return [snake(name) + "_get_type" for name in enum_types(text)]


def opaque_types(text: str) -> list[str]:
    return re.findall(r"^typedef struct _(\w+) \w+;", text, re.M)


def homes(root: Path) -> dict[str, Path]:
    """For each opaque type, the header with its functions, wherever it is declared."""
    headers = sorted((root / "include" / "migdesc").glob("*.h"))
    get_types = {name: header for header in headers for name in symbols.declared(header)}
    found = {}
    for header in headers:
        for name in opaque_types(lintlib.without_comments(header.read_text())):
            found[name] = get_types.get(snake(name) + "_get_type", header)
    return found


def section(header: Path, homes_of_types: dict[str, Path]) -> str:
    """One section: types, functions in the header's order, then what needs no documentation."""
    text = lintlib.without_comments(header.read_text())
    name = header.name.removesuffix(".in").removesuffix(".h")
    classes = re.findall(r"G_DECLARE_\w+_TYPE \(\s*(\w+),\s*(\w+),\s*(\w+),\s*(\w+),", text)
    types = [found[0] for found in classes]
    types += [type_name for type_name, home in homes_of_types.items() if home == header]
    types += enum_types(text)
    types += re.findall(r"^typedef [^;{}]*?\(\*\s*(\w+)\)", text, re.M)
    macros = re.findall(r"^#define (MIGDESC_\w*[^\W_])\b", text, re.M)
    shown = [macro for macro in macros if "_TYPE_" not in macro and not hidden_macro(macro)]
    functions = list(symbols.declared(header))
    get_types = [function for function in functions if function.endswith("_get_type")]
    standard = [macro for macro in macros if "_TYPE_" in macro or hidden_macro(macro)]
    if name == "migdesc-macros":
        standard.append("MIGDESC_INSIDE")
    for _, _, prefix, upper in classes:
        standard += [f"{prefix}_{upper}", f"{prefix}_IS_{upper}"]
    lines = ["<SECTION>", f"<FILE>{name}</FILE>", *dict.fromkeys(types + shown)]
    lines += [function for function in functions if function not in get_types]
    if standard or get_types:
        lines += ["<SUBSECTION Standard>", *dict.fromkeys(standard + get_types)]
    return "\n".join([*lines, "</SECTION>"]) + "\n"


# Macros that need no words: of the headers themselves, and the casts of a derivable class
HIDDEN = re.compile(
    r"MIGDESC_(INSIDE$|(AVAILABLE|DEPRECATED)_IN_\d|(IS_)?VISITOR(_GET)?(_CLASS)?$)")


def hidden_macro(name: str) -> bool:
    return bool(HIDDEN.match(name))


def is_reference(header: Path) -> bool:
    """Not the umbrella, and not a header that gtk-doc is told to leave out."""
    return header.name != "migdesc.h" and "/*< private_header >*/" not in header.read_text()


def testkit_names(root: Path) -> list[str]:
    """What the header of the test kit offers, which is a library of its own and exports nothing."""
    if not (root / TESTKIT).exists():
        return []
    text = lintlib.without_comments((root / TESTKIT).read_text())
    names = opaque_types(text) + re.findall(r"^#define (MIGDESC_\w*[^\W_])\b", text, re.M)
    return names + re.findall(r"^int (migdesc_testkit_\w*[^\W_]) \(", text, re.M)


def testkit_section(root: Path) -> list[str]:
    names = testkit_names(root)
    lines = ["<SECTION>", f"<FILE>{TESTKIT.stem}</FILE>", *names, "<SUBSECTION Standard>",
             "migdesc_testkit_get_", "LLVMFuzzerTestOneInput", "</SECTION>"]
    return ["\n".join(lines) + "\n"] if names else []


def expected(root: Path) -> str:
    headers = [header for header in symbols.public_headers(root) if is_reference(header)]
    homes_of_types = homes(root)
    return "\n".join([section(header, homes_of_types) for header in headers]
                     + testkit_section(root))


def committed(root: Path) -> str:
    path = root / FILE
    return path.read_text() if path.exists() else ""


def write(root: Path) -> None:
    (root / FILE).parent.mkdir(exist_ok=True)
    (root / FILE).write_text(expected(root))
