# SPDX-License-Identifier: LGPL-2.1-or-later

"""A parent project takes the library as a Meson subproject."""

import shutil
from pathlib import Path

import pytest
from buildlib import SOURCE, project, run


@pytest.fixture(scope="module")
def parent(tmp_path_factory):
    """One for all: of another kind of library only what differs is built again."""
    folder = tmp_path_factory.mktemp("parent") / "parent"
    shutil.copytree(Path(__file__).parent / "parent", folder)
    shutil.copy(Path(__file__).parent / "kit" / "lamp-kit.c", folder / "kit.c")
    (folder / "subprojects").mkdir()
    (folder / "subprojects" / "libmigdesc").symlink_to(SOURCE)
    return folder


@pytest.mark.parametrize("default_library", ["shared", "static"])
def test_a_parent_builds_with_the_library_inside(parent, default_library):
    again = ["--reconfigure"] if (parent / "build").exists() else []
    output = run("meson", "setup", *again, "build",
                 "--force-fallback-for=migdesc-1.0,migdesc-testkit-1.0,libmigdesc",
                 f"-Ddefault_library={default_library}",
                 f"-Dlibmigdesc:default_library={default_library}",
                 "-Doptimization=0", "-Ddebug=false",
                 "-Dlibmigdesc:introspection=disabled", "-Dlibmigdesc:tool=disabled", cwd=parent)
    run("ninja", "-C", "build", "parent", "parent-kit", cwd=parent)

    assert f"Dependency migdesc-1.0 found: YES {project()['version']} (overridden)" in output
    assert run(parent / "build" / "parent").strip() == project()["version"]
    assert "ok 1 /lamp/round-trip/1\n" in run(parent / "build" / "parent-kit", "-p",
                                              "/lamp/round-trip")
    assert not (parent / "build" / "subprojects" / "libmigdesc" / "tests").exists()
    needed = run("readelf", "--dynamic", parent / "build" / "parent")
    assert ("Shared library: [libmigdesc-1.0.so.0]" in needed) == (default_library == "shared")
