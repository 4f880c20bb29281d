#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The exported symbols are the same everywhere.

What the public headers mark MIGDESC_AVAILABLE_IN_x_y is what migdesc.map exports
under MIGDESC_x.y, what `nm -D` shows, and what the GIR lists with that version.
--update writes migdesc.map and the sections of the reference from the headers.
"""

import argparse
import re
import subprocess
import xml.etree.ElementTree as xml
from pathlib import Path

import lintlib
import sections

GIR = "{http://www.gtk.org/introspection/core/1.0}"
C = "{http://www.gtk.org/introspection/c/1.0}"
GLIB = "{http://www.gtk.org/introspection/glib/1.0}"

MARKED = re.compile(
    r"^MIGDESC_(?:AVAILABLE|DEPRECATED)_IN_(\d+)_(\d+)(?:_FOR \(\w+\))?\s+"
    r"(?:G_DECLARE_\w+_TYPE \(\s*\w+,\s*(\w+)"
    r"|[^;{}]*?(\w+)\s*\([^;{}]*?\)[^;{}()]*(?:\([^;]*\))?;)", re.M)
UNMARKED = re.compile(r"^(?!MIGDESC_|#|typedef|static|G_)(?:const )?\w[\w *]*?(migdesc_\w+) *\(",
                      re.M)


def public_headers(root: Path) -> list[Path]:
    """The headers that are listed to be exported, generated ones as templates."""
    folder = root / "include" / "migdesc"
    listed = re.search(r"migdesc_headers = files\((.*?)\)", (folder / "meson.build").read_text(),
                       re.S)
    names = re.findall(r"'([\w.-]+)'", listed.group(1)) if listed else []
    return [folder / name for name in names] + sorted(folder.glob("*.h.in"))


def declared(header: Path) -> dict[str, str]:
    """Each symbol that a header exports, and since which version."""
    found = {}
    for match in MARKED.finditer(lintlib.without_comments(header.read_text())):
        major, minor, type_prefix, function = match.groups()
        found[type_prefix + "_get_type" if type_prefix else function] = f"{major}.{minor}"
    return found


def all_declared(root: Path) -> dict[str, str]:
    return {name: version for header in public_headers(root) for name,
            version in declared(header).items()}


def definitions(root: Path) -> dict[str, Path]:
    """The file that defines each function of the library (return type on a line of its own)."""
    found = {}
    for path in lintlib.files(root, ".c", folders=("libmigdesc",)):
        text = lintlib.without_comments(path.read_text())
        for match in re.finditer(r"^(migdesc_\w+) *\([^;{]*?\)\s*\{", text, re.M):
            found[match.group(1)] = path
        for match in re.finditer(r"^G_DEFINE_\w+ *\(\s*\w+,\s*(migdesc_\w+)", text, re.M):
            found[match.group(1) + "_get_type"] = path
        for match in re.finditer(r"^G_DEFINE_QUARK *\([\w-]+,\s*(migdesc_\w+)", text, re.M):
            found[match.group(1) + "_quark"] = path
    return found


def map_text(symbols: dict[str, str]) -> str:
    """The linker map: a node for each version, each on top of the one before."""
    text, previous = "", ""
    for version in sorted(set(symbols.values()),
                          key=lambda text: [int(part) for part in text.split(".")]):
        names = sorted(name for name, since in symbols.items() if since == version)
        text += f"MIGDESC_{version} {{\n  global:\n" + "".join(f"    {name};\n" for name in names)
        text += f"}} {previous};\n\n" if previous else "  local:\n    *;\n};\n\n"
        previous = f"MIGDESC_{version}"
    return text.rstrip("\n") + "\n"


def map_symbols(root: Path) -> dict[str, str]:
    found, version = {}, ""
    for line in (root / "libmigdesc" / "migdesc.map").read_text().splitlines():
        node = re.match(r"MIGDESC_(\S+) \{", line)
        name = re.match(r"\s+(\w+);$", line)
        if node:
            version = node.group(1)
        elif name:
            found[name.group(1)] = version
    return found


def library_symbols(library: Path) -> dict[str, str]:
    found = {}
    output = subprocess.run(["nm", "-D", "--defined-only", "--with-symbol-versions", library],
                            capture_output=True, text=True, check=True).stdout
    for line in output.splitlines():
        name, _, version = line.split()[2].partition("@")
        if not name.startswith("MIGDESC_"):
            found[name] = version.lstrip("@").removeprefix("MIGDESC_")
    return found


def gir_symbols(gir: Path) -> dict[str, str]:
    """The functions that the GIR lists; a type's own function has no version of its own."""
    found = {}
    for type_node in xml.parse(gir).getroot().find(GIR + "namespace"):
        get_type = type_node.get(GLIB + "get-type")
        if get_type:
            found[get_type] = type_node.get("version", "")
        for node in type_node.iter():
            name = node.get(C + "identifier")
            if name and node.tag.removeprefix(GIR) in ("function", "method", "constructor"):
                found[name] = node.get("version", "")
    return found


def differences(name: str, headers: dict[str, str], other: dict[str, str]):
    for symbol in sorted(headers.keys() | other.keys()):
        if symbol not in other:
            yield lintlib.Problem(name, 1, f"{symbol} is missing; the headers declare it")
        elif symbol not in headers:
            yield lintlib.Problem(name, 1, f"{symbol} is not declared by a public header")
        elif headers[symbol] != other[symbol]:
            yield lintlib.Problem(
                name, 1,
                f"{symbol} is of version {other[symbol] or 'none'}; "
                f"the headers say {headers[symbol]}")


def unmarked(root: Path):
    for header in public_headers(root):
        text = lintlib.without_comments(header.read_text())
        marked = declared(header)
        for match in UNMARKED.finditer(text):
            if match.group(1) not in marked:
                yield lintlib.Problem(str(header.relative_to(root)),
                                      lintlib.line_of(text, match.start(1)),
                                      f"{match.group(1)} has no MIGDESC_AVAILABLE_IN macro")


def unlisted(root: Path):
    folder = root / "include" / "migdesc"
    umbrella = (folder / "migdesc.h").read_text()
    build = (folder / "meson.build").read_text()
    for header in sorted(folder.glob("*.h")):
        name = str(header.relative_to(root))
        if f"'{header.name}'" not in build:
            yield lintlib.Problem(name, 1, "not listed in meson.build")
    for header in public_headers(root):
        name = header.name.removesuffix(".in")
        if name != "migdesc.h" and f"<migdesc/{name}>" not in umbrella:
            yield lintlib.Problem(str(header.relative_to(root)), 1, "not included by migdesc.h")


def check(root: Path, build: Path | None = None):
    headers = all_declared(root)
    yield from unlisted(root)
    yield from unmarked(root)
    yield from differences("libmigdesc/migdesc.map", headers, map_symbols(root))
    if sections.expected(root) != sections.committed(root):
        yield lintlib.Problem("docs/migdesc-sections.txt", 1,
                              "differs from the headers; run tests/lint/symbols.py --update")
    if build:
        library = build / "libmigdesc" / "libmigdesc-1.0.so.0"
        yield from differences(library.name, headers, library_symbols(library))
        gir = build / "introspection" / "Migdesc-1.0.gir"
        yield from differences(gir.name, headers, gir_symbols(gir))


def update(root: Path) -> None:
    (root / "libmigdesc" / "migdesc.map").write_text(map_text(all_declared(root)))
    sections.write(root)


def show_missing(root: Path) -> None:
    """For each header that is not exported yet, what is not there yet."""
    defined = definitions(root)
    for header in sorted((root / "include" / "migdesc").glob("*.h")):
        enums = sections.enum_get_types(header)
        missing = [name for name in declared(header) if name not in defined and name not in enums]
        if header not in public_headers(root) or missing:
            print(f"{header.name}: {' '.join(missing) or 'complete'}")


def show(root: Path, build: Path | None) -> int:
    problems = list(check(root, build))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--build", type=Path, help="a build tree: compare library and GIR too")
    parser.add_argument("--update", action="store_true",
                        help="write map and sections from the headers")
    parser.add_argument("--missing", action="store_true",
                        help="show what headers declare and no file defines")
    return parser.parse_args()


if __name__ == "__main__":
    options = parse_arguments()
    if options.update:
        update(options.root)
    if options.missing:
        show_missing(options.root)
    else:
        raise SystemExit(show(options.root, options.build))
