#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""No file over 500 lines, function over 60, line over 100 columns; each file names its licence."""

import ast
import re
from pathlib import Path

import lintlib

FILE_LINES = 500
FUNCTION_LINES = 60
COLUMNS = 100
LICENCE = "SPDX-License-Identifier: LGPL-2.1-or-later"
CODE = (".c", ".h", ".py", ".sh", ".vala", ".js", ".mjs", ".in")
PROGRAM_FOLDERS = ("scripts", ".ci", "examples")


def c_functions(text: str):
    """Name, first and last line of each function, in the house style: braces at the margin."""
    lines = lintlib.code_only(text).splitlines()
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{" and number > 1 and lines[number - 2].endswith(")"):
            start = number
        elif line == "}" and start:
            yield function_name(lines, start), start, number
            start = None


def function_name(lines: list[str], brace: int) -> str:
    for line in reversed(lines[:brace - 1]):
        found = re.match(r"(\w+) *\(", line)
        if found:
            return found.group(1)
    return "?"


def python_functions(text: str):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def is_program(root: Path, path: Path) -> bool:
    if path.suffix in CODE or path.name == "meson.build":
        return True
    in_folder = path.relative_to(root).parts[0] in PROGRAM_FOLDERS
    return in_folder and not path.suffix and path.read_bytes().startswith(b"#!")


def functions(path: Path, text: str):
    if path.suffix in (".c", ".h"):
        return c_functions(text)
    if path.suffix == ".py" or text.startswith(("#!/usr/bin/python3", "#!/usr/bin/env python3")):
        return python_functions(text)
    return ()


def check(root: Path):
    for path in lintlib.files(root):
        if not is_program(root, path):
            continue
        name, text = str(path.relative_to(root)), path.read_text(encoding="utf-8")
        lines = text.splitlines()
        if not any(LICENCE in line for line in lines[:3]):
            yield lintlib.Problem(name, 1, f"does not begin with {LICENCE}")
        if len(lines) > FILE_LINES:
            yield lintlib.Problem(name, FILE_LINES + 1, f"{len(lines)} lines; at most {FILE_LINES}")
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS:
                yield lintlib.Problem(name, number, f"{len(line)} columns; at most {COLUMNS}")
        for function, first, last in functions(path, text):
            if last - first + 1 > FUNCTION_LINES:
                yield lintlib.Problem(name, first, f"{function} has {last - first + 1} lines; "
                                                   f"at most {FUNCTION_LINES}")


if __name__ == "__main__":
    lintlib.main(check, __doc__)
