# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a change breaks, and what is odd: reports, whose truth says that nothing does or is."""

from gi.module import get_introspection_module

from .descriptor import Descriptor
from .errors import _raising

Migdesc = get_introspection_module("Migdesc")


def _flags(show_ignored):
    return Migdesc.DiffFlags.SHOW_IGNORED if show_ignored else Migdesc.DiffFlags.DEFAULT


def diff(old, new, category="full", *, show_ignored=False, rules=0, limits=None):
    """Which migrations it breaks that the new descriptor takes the place of the old one, or of
    each of several old ones. A category is "forward", "backward" or "full"."""
    known, value = Migdesc.category_from_string(category)
    if not known:
        raise ValueError(f"unknown category {category}")
    olds = [old] if isinstance(old, Descriptor) else list(old)
    return _raising(Migdesc.diff_history)(olds, new, value, _flags(show_ignored), rules, limits)


def lint(descriptor, *, show_ignored=False, rules=0, limits=None):
    """What is valid in the descriptor, but hardly meant."""
    return _raising(Migdesc.lint)(descriptor, _flags(show_ignored), rules, limits)
