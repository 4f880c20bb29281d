# SPDX-License-Identifier: LGPL-2.1-or-later

"""Models and what they hold."""

import json

from gi.module import get_introspection_module
from gi.repository import GLib

from .errors import _refused
from .lists import _as_list
from .register import override, reduced
from .values import _ByValue, _from_variant, _Names, _word

Migdesc = get_introspection_module("Migdesc")

@override
class Param(_ByValue, Migdesc.Param):
    name = property(lambda self: self.get_name())
    type = property(lambda self: _word(self.get_value_type()))
    description = property(lambda self: self.get_description())
    unit = property(lambda self: self.get_unit())
    allowed_values = property(lambda self: self.get_allowed_values())
    init_value = property(lambda self: _from_variant(self.get_init_value()))
    off_value = property(lambda self: _from_variant(self.get_off_value()))
    affects = property(lambda self: set(self.get_affects().value_nicks))
    runtime = property(lambda self: self.is_runtime())
    inferred = property(lambda self: self.is_inferred())

    def __repr__(self):
        return f"<Migdesc.Param {self.name} {self.type} {self.allowed_values}>"


@override
class Version(_ByValue, Migdesc.Version):
    name = property(lambda self: self.get_name())
    description = property(lambda self: self.get_description())
    create = property(lambda self: self.can_create())
    load = property(lambda self: self.can_load())
    support = property(lambda self: _word(self.get_support()))
    blocker = property(lambda self: self.get_blocker())

    @property
    def settings(self):
        """The values of the params in effect, as a dict."""
        return {name: _from_variant(self.get_value(name)) for name in self.get_params().dup_names()}

    @property
    def tested(self):
        return [self.get_tested(i)[1:] for i in range(self.get_n_tested())]

    def __repr__(self):
        return f"<Migdesc.Version {self.name}>"


@override
class Constraint(_ByValue, Migdesc.Constraint):
    description = property(lambda self: self.get_description())
    forbid = property(lambda self: self.is_forbid())

    @property
    def if_values(self):
        return {name: self.get_if_values(name) for name in self.dup_if_params()}

    @property
    def then_values(self):
        return {name: self.get_then_values(name) for name in self.dup_then_params()}

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Constraint {self.to_string()}>"


@override
class Model(_ByValue, Migdesc.Model):
    """A mapping of its params' names to its params."""

    name = property(lambda self: self.get_name())
    description = property(lambda self: self.get_description())
    support = property(lambda self: _word(self.get_support()))
    blocker = property(lambda self: self.get_blocker())
    version_only = property(lambda self: self.is_version_only())
    params = property(lambda self: _Names(self.get_params(), self.lookup_param))
    versions = property(lambda self: _Names(self.get_versions(), self.lookup_version))
    latest = property(lambda self: self.get_latest_version())
    constraints = property(lambda self: list(self.get_constraints()))

    @property
    def state_schema(self):
        text = self.dup_state_schema()
        return None if text is None else json.loads(text)

    def __getitem__(self, name):
        return self.params[name]

    def __contains__(self, name):
        return name in self.params

    def __iter__(self):
        return iter(self.params)

    def __len__(self):
        return self.get_n_params()

    def __bool__(self):
        # A model without params is a model all the same.
        return True

    def expand(self, overrides=None, version=None):
        """The configuration of a version, or of a fresh device, with overrides.

        Raises RefusedFailure."""
        overrides = None if overrides is None else _as_list(overrides)
        config, report = Migdesc.Model.expand(self, version, overrides)
        if config is None:
            raise _refused(report)
        return config

    def bind(self, params):
        """The list resolved against this model, for asking again and again."""
        return Migdesc.Model.bind(self, _as_list(params))

    def compare(self, destination, limits=None):
        return Migdesc.Model.compare(self, destination, limits)

    def __repr__(self):
        return f"<Migdesc.Model {self.name}>"

    def __reduce__(self):
        return reduced(Model, "from_descriptor_text", self.get_descriptor().to_string(), self.name)

    @staticmethod
    def from_descriptor_text(text, name):
        return Migdesc.Descriptor.new_from_bytes(GLib.Bytes.new(text.encode())).lookup_model(name)
