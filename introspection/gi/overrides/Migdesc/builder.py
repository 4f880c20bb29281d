# SPDX-License-Identifier: LGPL-2.1-or-later

"""The builder, with native values."""

from gi.module import get_introspection_module
from gi.repository import GLib

from .errors import _failure
from .register import override
from .values import _VALUE_TYPES, ValueSet, _to_variant

Migdesc = get_introspection_module("Migdesc")

@override
class DescriptorBuilder(Migdesc.DescriptorBuilder):
    """Takes native values, and returns itself so that calls chain."""

    def model(self, name, description=None, support=None, blocker=None, state=None):
        """state: what the state consists of, a StateType or its schema"""
        self.add_model(name, description)
        if state is not None:
            self.set_state_schema(state if isinstance(state, str) else state.to_json(False))
        if support is not None or blocker is not None:
            self.set_support(_SUPPORT[support or "best-effort"], blocker)
        return self

    def param(self, name, init_value, off_value=None, allowed_values=None, description=None,
              unit=None, affects=("hardware", "state"), runtime=False):
        init = _to_variant(init_value)
        off = None if off_value is None else _to_variant(off_value)
        if allowed_values is not None and not isinstance(allowed_values, Migdesc.ValueSet):
            allowed_values = ValueSet(allowed_values)
        value_type = {"b": "bool", "t": "int", "s": "str"}[init.get_type_string()]
        self.add_param(name, _VALUE_TYPES[value_type], allowed_values, init, off)
        flags = Migdesc.Affects(0)
        for word in affects:
            flags |= {"hardware": Migdesc.Affects.HARDWARE, "state": Migdesc.Affects.STATE}[word]
        self.set_param_info(description, unit, flags, runtime)
        return self

    def version(self, name, settings=None, description=None, create=True, load=True, support=None,
                blocker=None, state_version=0):
        self.add_version(name, description)
        self.set_version_state_version(state_version)
        for param, value in (settings or {}).items():
            self.set_version_value(param, _to_variant(value))
        self.set_version_flags(create, load)
        if support is not None or blocker is not None:
            self.set_version_support(_SUPPORT[support or "best-effort"], blocker)
        return self

    def tested(self, source, destination):
        self.add_tested(source, destination)
        return self

    def constraint(self, if_values=None, then_values=None, forbid=None, description=None):
        self.add_constraint(description)
        roles = Migdesc.ConditionRole
        for role, conditions in ((roles.IF, if_values), (roles.THEN, then_values),
                                 (roles.FORBID, forbid)):
            for param, values in (conditions or {}).items():
                self.add_condition(role, param, values if isinstance(values, Migdesc.ValueSet)
                                   else ValueSet(values))
        return self

    def build(self):
        try:
            return Migdesc.DescriptorBuilder.build(self)[0]
        except GLib.Error as error:
            raise _failure(error) from None


_SUPPORT = {
    "best-effort": Migdesc.Support.BEST_EFFORT,
    "none": Migdesc.Support.NONE,
    "forward": Migdesc.Support.FORWARD,
    "bidirectional": Migdesc.Support.BIDIRECTIONAL,
}
