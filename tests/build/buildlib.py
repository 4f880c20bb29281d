# SPDX-License-Identifier: LGPL-2.1-or-later

"""Where the sources and the build tree are, and running programs."""

import fcntl
import json
import os
import subprocess
from pathlib import Path

SOURCE = Path(os.environ["MIGDESC_SRCDIR"])
BUILD = Path(os.environ["MIGDESC_BUILDDIR"])
MAIN_C = Path(__file__).parent / "parent" / "main.c"

# The build tree's own library must not stand in for the one under test.
CLEAN_ENV = {name: value for name, value in os.environ.items()
             if name not in ("LD_LIBRARY_PATH", "GI_TYPELIB_PATH", "PYTHONPATH",
                             "MESON_BUILD_ROOT")}


def run(*command, env=None, **options) -> str:
    """Standard output of a program that must succeed."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                            env={**CLEAN_ENV, **(env or {})}, **options)
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def project() -> dict:
    return json.loads((BUILD / "meson-info" / "intro-projectinfo.json").read_text())


def build_options() -> dict:
    options = json.loads((BUILD / "meson-info" / "intro-buildoptions.json").read_text())
    return {option["name"]: option["value"] for option in options}


def install(destination: Path) -> Path:
    """What `meson install` makes, and its packages, in a place of its own: the prefix."""
    # The API reference is made anew in the build tree, which two at a time cannot do.
    with open(BUILD / "meson-private" / "install.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", destination)
    configured = build_options()["prefix"]
    prefix = destination / configured.lstrip("/")
    for package in (prefix / build_options()["libdir"] / "pkgconfig").glob("migdesc*.pc"):
        text = package.read_text()
        assert text.startswith(f"prefix={configured}\n") and text.count(configured) == 1
        package.write_text(text.replace(configured, str(prefix), 1))
    return prefix
