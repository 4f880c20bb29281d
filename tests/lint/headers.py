#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Each public header compiles alone, in C and C++, and cannot be included alone by users."""

import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import lintlib
import symbols

COMPILERS = {
    "gcc": ["-xc", "-std=c99"],
    "clang": ["-xc", "-std=c11"],
    "g++": ["-xc++", "-std=c++11"],
    "clang++": ["-xc++", "-std=c++17"],
}
ALONE = "gcc"   # compiles each header by itself, whatever the others say
WARNINGS = ["-Wall", "-Wextra", "-Wshadow", "-Wundef", "-Werror", "-pedantic"]
SINGLE_INCLUDE = "Only <migdesc/migdesc.h> can be included directly."


def dependencies() -> list[str]:
    flags = subprocess.run(["pkg-config", "--cflags", "gio-2.0", "json-glib-1.0"],
                           capture_output=True, text=True, check=True).stdout.split()
    return ["-isystem" + flag[2:] if flag.startswith("-I") else flag for flag in flags]


def compile_line(compiler: str, line: str, flags: list[str]) -> str:
    """What a compiler says about one line of code; nothing when it is content."""
    command = [compiler, *COMPILERS[compiler], *WARNINGS, "-fsyntax-only", *flags, "-"]
    result = subprocess.run(command, input=line + "\nextern int one_declaration;\n",
                            capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stderr or "failed"


def first_error(output: str) -> str:
    return next((line for line in output.splitlines() if "error" in line), output.splitlines()[0])


def include(header: Path) -> str:
    return f"#include <migdesc/{header.name.removesuffix('.in')}>"


def inner(flags: list[str]) -> list[str]:
    """As the library compiles, which may include each header."""
    return [*flags, "-DMIGDESC_COMPILATION"]


def content_with_all(headers: list[Path], flags: list[str]) -> set[str]:
    """The compilers that take all headers, one after another, in one go. What a header needs is
    the same for every compiler: it is enough that one has had each of them alone."""
    lines = "\n".join(map(include, headers))
    return {compiler for compiler in COMPILERS if compiler != ALONE
            and not compile_line(compiler, lines, inner(flags))}


def check_alone(root: Path, header: Path, compilers: list[str], flags: list[str]):
    line = include(header)
    name = str(header.relative_to(root))
    for compiler in compilers:
        output = compile_line(compiler, line, inner(flags))
        if output:
            yield lintlib.Problem(name, 1,
                                  f"not self-contained for {compiler}: {first_error(output)}")
    output = compile_line("gcc", line, flags)
    if header.name == "migdesc.h":
        if output:
            yield lintlib.Problem(name, 1, f"cannot be included: {first_error(output)}")
    elif SINGLE_INCLUDE not in output:
        yield lintlib.Problem(name, 1, "can be included without migdesc.h")


def check_testkit(root: Path, flags: list[str]):
    """Which users include by itself."""
    header = root / "testkit" / "migdesc-testkit.h"
    for compiler in COMPILERS if header.exists() else ():
        output = compile_line(compiler, f"#include <{header.name}>",
                              [*flags, f"-I{header.parent}"])
        if output:
            yield lintlib.Problem(str(header.relative_to(root)), 1,
                                  f"not self-contained for {compiler}: {first_error(output)}")


def include_flags(root: Path, build: Path | None, scratch: str) -> list[str]:
    """Where the headers are. Without a build tree, the generated header gets version 1.0.0."""
    if build:
        return [f"-I{root / 'include'}", f"-I{build / 'include'}", *dependencies()]
    for template in (root / "include" / "migdesc").glob("*.h.in"):
        text = template.read_text().replace("@MIGDESC_MAJOR_VERSION@", "1")
        for part in ("MINOR", "MICRO"):
            text = text.replace(f"@MIGDESC_{part}_VERSION@", "0")
        generated = Path(scratch) / "migdesc" / template.name.removesuffix(".in")
        generated.parent.mkdir(exist_ok=True)
        generated.write_text(text)
    return [f"-I{root / 'include'}", f"-I{scratch}", *dependencies()]


def check(root: Path, build: Path | None = None):
    with tempfile.TemporaryDirectory() as scratch:
        flags = include_flags(root, build, scratch)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            headers = symbols.public_headers(root)
            content = content_with_all(headers, flags)
            compilers = [compiler for compiler in COMPILERS if compiler not in content]
            for problems in pool.map(
                    lambda header: list(check_alone(root, header, compilers, flags)), headers):
                yield from problems
        yield from check_testkit(root, flags)


if __name__ == "__main__":
    lintlib.main(check, "Compiles each public header alone.",
                 lambda parser: parser.add_argument("--build", type=Path))
