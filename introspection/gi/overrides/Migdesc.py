# SPDX-License-Identifier: LGPL-2.1-or-later

"""What makes libmigdesc feel like Python in Python."""

from gi.module import get_introspection_module

Migdesc = get_introspection_module("Migdesc")

__all__ = []
