# SPDX-License-Identifier: LGPL-2.1-or-later

"""MIGDESC_VERSION_MIN_REQUIRED and MIGDESC_VERSION_MAX_ALLOWED do what they say."""

import subprocess

import pytest
from buildlib import BUILD, CLEAN_ENV, SOURCE, run

NEWER = """
#include <migdesc/migdesc.h>
#if MIGDESC_VERSION_MAX_ALLOWED < G_ENCODE_VERSION (1, 2)
#define MIGDESC_AVAILABLE_IN_1_2 _MIGDESC_UNAVAILABLE (1, 2) _MIGDESC_PUBLIC
#else
#define MIGDESC_AVAILABLE_IN_1_2 _MIGDESC_PUBLIC
#endif
MIGDESC_AVAILABLE_IN_1_2
void migdesc_newer (void);
MIGDESC_DEPRECATED_IN_1_0_FOR (migdesc_newer)
void migdesc_older (void);
void user (void);
void user (void) { CALL (); }
"""


def compile_error(source: str, *defines: str) -> str:
    """The first error of the compiler, or nothing."""
    flags = run("pkg-config", "--cflags", "gio-2.0", "json-glib-1.0").split()
    result = subprocess.run(
        ["gcc", "-xc", "-Wall", "-Werror", "-fsyntax-only", f"-I{SOURCE}/include",
         f"-I{BUILD}/include", *flags, *defines, "-"],
        input=source, capture_output=True, text=True, env={**CLEAN_ENV, "LC_ALL": "C"})
    errors = [line for line in result.stderr.splitlines() if "error:" in line]
    return errors[0].split("error: ", 1)[1] if errors else ""


@pytest.mark.parametrize("defines, error", [
    ([], ""),
    (["-DMIGDESC_VERSION_MIN_REQUIRED=MIGDESC_VERSION_1_0"], ""),
    (["-DMIGDESC_VERSION_MAX_ALLOWED=MIGDESC_VERSION_1_0"], ""),
    (["-DMIGDESC_VERSION_MIN_REQUIRED=G_ENCODE_VERSION(0,9)"],
     '#error "MIGDESC_VERSION_MIN_REQUIRED must be MIGDESC_VERSION_1_0 or newer"'),
    (["-DMIGDESC_VERSION_MAX_ALLOWED=G_ENCODE_VERSION(0,9)"],
     '#error "MIGDESC_VERSION_MAX_ALLOWED must not be older than MIGDESC_VERSION_MIN_REQUIRED"'),
    (["-DMIGDESC_VERSION_MIN_REQUIRED=G_ENCODE_VERSION(9,0)",
      "-DMIGDESC_VERSION_MAX_ALLOWED=G_ENCODE_VERSION(9,0)"],
     '#error "MIGDESC_VERSION_MIN_REQUIRED asks for a newer libmigdesc than the one installed"'),
])
def test_ranges_of_versions(defines, error):
    assert compile_error("#include <migdesc/migdesc.h>\n", *defines) == error


def test_what_is_newer_than_allowed_warns():
    assert compile_error(NEWER, "-DCALL=migdesc_newer") == (
        "'migdesc_newer' is deprecated: Not available before 1.2 [-Werror=deprecated-declarations]")


def test_what_is_allowed_does_not_warn():
    assert compile_error(NEWER, "-DCALL=migdesc_newer",
                         "-DMIGDESC_VERSION_MAX_ALLOWED=G_ENCODE_VERSION(1,2)") == ""


def test_what_is_deprecated_warns_and_names_its_replacement():
    assert compile_error(NEWER, "-DCALL=migdesc_older") == (
        "'migdesc_older' is deprecated: Use 'migdesc_newer' instead "
        "[-Werror=deprecated-declarations]")


def test_warnings_can_be_turned_off():
    for call in ("migdesc_newer", "migdesc_older"):
        assert compile_error(NEWER, f"-DCALL={call}", "-DMIGDESC_DISABLE_DEPRECATION_WARNINGS") == (
            "")
