#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Functions that the library must not call, and where each may be called after all."""

import re
from pathlib import Path

import lintlib

OUTSIDE_WORLD = "only host/ touches the world"
LOCALE = "depends on the locale"
OVERFLOW = "does not bound what it writes"
LENIENT = "accepts blanks, signs or garbage"
PRINTS = "a library does not print"
ENDS = "a library does not end the program"
NULL_DATA = "NULL where there are no bytes, migdesc_bytes_peek() is not"

# function: why not
BANNED = {
    **dict.fromkeys(("strtod", "strtof", "strtold", "atof", "g_strtod", "setlocale", "uselocale",
                     "strcoll",
                     "isalpha", "isdigit", "isspace", "isalnum", "isprint", "tolower", "toupper",
                     "strcasecmp", "strncasecmp", "scanf", "sscanf", "fscanf"), LOCALE),
    **dict.fromkeys(("atoi", "atol", "atoll", "strtol", "strtoul", "strtoll", "strtoull",
                     "g_ascii_strtoull", "g_ascii_strtoll"), LENIENT),
    **dict.fromkeys(("sprintf", "vsprintf", "strcpy", "strcat", "stpcpy", "gets", "strncpy",
                     "strncat",
                     "g_stpcpy", "alloca", "g_alloca", "g_newa", "strtok"), OVERFLOW),
    **dict.fromkeys(("printf", "fprintf", "vprintf", "puts", "putchar", "perror", "g_print",
                     "g_printerr"),
                    PRINTS),
    **dict.fromkeys(("exit", "_exit", "abort", "g_error", "assert"), ENDS),
    **dict.fromkeys(("rand", "srand", "random", "tmpnam", "mktemp", "system", "popen"), "unsafe"),
    "g_bytes_get_data": NULL_DATA,
    **dict.fromkeys(("fopen", "open", "openat", "opendir", "fdopen", "getenv", "g_getenv", "fork",
                     "execv",
                     "g_file_new_for_path", "g_file_get_contents", "g_file_set_contents",
                     "g_mapped_file_new", "g_dir_open", "g_spawn_sync", "g_spawn_async",
                     "g_subprocess_new",
                     "g_subprocess_newv", "g_bus_get_sync", "g_bus_get", "g_build_filename"),
                    OUTSIDE_WORLD),
}
FLOAT_FORMAT = re.compile(r'"(?:\\.|[^"\\\n])*%[-+ #0-9.*]*[aAeEfFgG](?:\\.|[^"\\\n])*"')


def is_allowed(name: Path, reason: str):
    return (reason == OUTSIDE_WORLD and name.parts[1] == "host"
            or reason == NULL_DATA and name.parts[1:] == ("base", "bytes.h"))


def check(root: Path):
    for path in lintlib.files(root, ".c", ".h", folders=("libmigdesc", "include")):
        name, text = path.relative_to(root), path.read_text()
        code = lintlib.code_only(text)
        for match in re.finditer(r"\b(\w+) *\(", code):
            reason = BANNED.get(match.group(1))
            if reason and not is_allowed(name, reason):
                yield lintlib.Problem(str(name), lintlib.line_of(code, match.start()),
                                      f"{match.group(1)}: {reason}")
        for match in re.finditer(r"\bgoto\b", code):
            yield lintlib.Problem(str(name), lintlib.line_of(code, match.start()), "goto")
        code = lintlib.without_comments(text)
        for match in FLOAT_FORMAT.finditer(code):
            yield lintlib.Problem(str(name), lintlib.line_of(code, match.start()),
                                  f"{match.group()}: {LOCALE}")


if __name__ == "__main__":
    lintlib.main(check, __doc__)
