# SPDX-License-Identifier: LGPL-2.1-or-later

"""States that QEMU carries."""

from gi.module import get_introspection_module

from .errors import _raising
from .register import override

Migdesc = get_introspection_module("Migdesc")


@override
class DBusVMState(Migdesc.DBusVMState):
    """DBusVMState(set, id, n_parts=1) is on no bus yet. `ids` are for QEMU's id-list."""

    def __new__(cls, *args, **kwargs):
        if not args and not kwargs:
            raise TypeError("DBusVMState(set, id, n_parts=1)")
        return cls._make(*args, **kwargs)

    def __init__(self, *args, **kwargs):
        pass

    @staticmethod
    def _make(device_set, id, n_parts=1):
        return _raising(Migdesc.DBusVMState.new)(device_set, id, n_parts)

    id = property(lambda self: self.get_id())
    ids = property(lambda self: self.dup_ids())
    prepared = property(lambda self: self.is_prepared())

    def measure(self):
        """(bytes of the state, parts that it needs)"""
        return tuple(_raising(Migdesc.DBusVMState.measure)(self)[1:])

    commit = _raising(Migdesc.DBusVMState.commit)
    export = _raising(Migdesc.DBusVMState.export)

    def export_address(self, address, cancellable=None):
        _raising(Migdesc.DBusVMState.export_address)(self, address, cancellable)
