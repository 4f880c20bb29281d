# SPDX-License-Identifier: LGPL-2.1-or-later

"""Values that QEMU's descriptions only name."""

from gi.module import get_introspection_module
from gi.repository import GLib

from .errors import _raising

Migdesc = get_introspection_module("Migdesc")


def qemu_opaque(type, data, section=None):
    """The state that the bytes of such a value are: qemu_opaque("virtio", data)."""
    return _raising(Migdesc.qemu_opaque_read)(type, section, GLib.Bytes.new(bytes(data)))
