# SPDX-License-Identifier: LGPL-2.1-or-later

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402


def test_the_library_is_the_one_of_the_typelib():
    assert Migdesc.check_version(
        Migdesc.MAJOR_VERSION, Migdesc.MINOR_VERSION, Migdesc.MICRO_VERSION)


def test_the_override_is_found_in_the_source_tree():
    from gi.overrides import Migdesc as override
    assert override.__file__.endswith("introspection/gi/overrides/Migdesc/__init__.py")
