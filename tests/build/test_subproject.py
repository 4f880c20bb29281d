# SPDX-License-Identifier: LGPL-2.1-or-later

"""A parent project takes the library as a Meson subproject."""

import shutil
from pathlib import Path

import pytest
from buildlib import SOURCE, project, run


@pytest.mark.parametrize("default_library", ["shared", "static"])
def test_a_parent_builds_with_the_library_inside(tmp_path, default_library):
    parent = tmp_path / "parent"
    shutil.copytree(Path(__file__).parent / "parent", parent)
    shutil.copy(Path(__file__).parent / "kit" / "lamp-kit.c", parent / "kit.c")
    (parent / "subprojects").mkdir()
    (parent / "subprojects" / "libmigdesc").symlink_to(SOURCE)

    output = run("meson", "setup", "build",
                 "--force-fallback-for=migdesc-1.0,migdesc-testkit-1.0,libmigdesc",
                 f"-Ddefault_library={default_library}", "-Doptimization=0", "-Ddebug=false",
                 "-Dlibmigdesc:introspection=disabled", "-Dlibmigdesc:tool=disabled", cwd=parent)
    run("ninja", "-C", "build", "parent", "parent-kit", cwd=parent)

    assert f"Dependency migdesc-1.0 found: YES {project()['version']} (overridden)" in output
    assert run(parent / "build" / "parent").strip() == project()["version"]
    assert "ok 1 /lamp/round-trip/1\n" in run(parent / "build" / "parent-kit", "-p",
                                              "/lamp/round-trip")
    assert not (parent / "build" / "subprojects" / "libmigdesc" / "tests").exists()
