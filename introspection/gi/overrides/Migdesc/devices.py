# SPDX-License-Identifier: LGPL-2.1-or-later

"""Device sets whose devices are Python."""

from gi.module import get_introspection_module

from .errors import _raising
from .register import override

Migdesc = get_introspection_module("Migdesc")


@override
class DeviceSet(Migdesc.DeviceSet):
    def add(self, id, params, type, capture, load):
        """Adds a device: capture(id) returns its State, load(id, step, state) does a step of a
        load. It refuses by raising an error, or by returning False."""

        def step(name, step, state, *_):
            return load(name, step, state) is not False

        # the data of a function that is not the last has to be a tuple
        return _raising(super().add)(id, params, type, capture, (), step)
