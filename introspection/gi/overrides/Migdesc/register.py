# SPDX-License-Identifier: LGPL-2.1-or-later

"""How the classes of this package take the place of those that introspection makes."""

import operator

from gi import overrides


def override(cls):
    """Like gi.overrides.override, for classes that live in modules of a package.

    They say that they are of gi.repository.Migdesc, where users find them, and so does pickle."""
    cls.__module__ = "gi.overrides.Migdesc"
    overrides.override(cls)
    cls.__module__ = "gi.repository.Migdesc"
    return cls


def reduced(cls, method, *arguments):
    """What __reduce__ returns to have an equal value made by cls.method(*arguments)."""
    return operator.methodcaller(method, *arguments), (cls,)
