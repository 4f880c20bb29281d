# SPDX-License-Identifier: LGPL-2.1-or-later

"""Parameter lists and configurations."""

import json

from gi.module import get_introspection_module
from gi.repository import GLib

from .errors import _failure, _raising
from .register import override, reduced
from .values import _ByValue, _to_text

Migdesc = get_introspection_module("Migdesc")

def _as_list(params):
    if isinstance(params, Migdesc.ParamList):
        return params
    return ParamList(params)


@override
class ParamList(_ByValue, Migdesc.ParamList):
    """ParamList("m?a=1,b=on"), or ParamList({"a": 1, "b": True}, model="m", version="2"). A mapping of names to texts."""

    def __new__(cls, params="", model=None, version=None):
        try:
            if isinstance(params, str) and model is None and version is None:
                return Migdesc.ParamList.new_from_string(params)
            if isinstance(params, str):
                raise TypeError("model and version go with a dict, or into the text")
            names = list(params)
            return Migdesc.ParamList.new(model, version, names, [_to_text(params[name]) for name in names])
        except GLib.Error as error:
            raise _failure(error) from None

    def __init__(self, params="", model=None, version=None):
        pass

    model = property(lambda self: self.get_model())
    version = property(lambda self: self.get_version())

    @staticmethod
    def from_dict(document):
        return ParamList.from_json(json.dumps(document))

    @staticmethod
    def from_json(text):
        return _raising(Migdesc.ParamList.new_from_json)(text, -1)

    def to_dict(self):
        return json.loads(self.to_json())

    def __getitem__(self, name):
        value = self.lookup(name) if isinstance(name, str) else None
        if value is None:
            raise KeyError(name)
        return value

    def __contains__(self, name):
        return isinstance(name, str) and self.lookup(name) is not None

    def __iter__(self):
        return iter(self.dup_names())

    def __len__(self):
        return self.get_n_params()

    def __bool__(self):
        return True

    def keys(self):
        return self.dup_names()

    def items(self):
        return [(name, self.lookup(name)) for name in self.dup_names()]

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.ParamList {self.to_string()}>"

    def __reduce__(self):
        return reduced(ParamList, "from_json", self.to_json())


@override
class Config(_ByValue, Migdesc.Config):
    """A mapping of all params' names to their values."""

    model = property(lambda self: self.get_model())
    version = property(lambda self: self.get_version())
    param_list = property(lambda self: self.to_param_list())
    short_param_list = property(lambda self: self.to_short_param_list())

    def to_dict(self):
        return {name: self[name] for name in self}

    def __getitem__(self, name):
        value = self.get_value(name) if isinstance(name, str) else None
        if value is None:
            raise KeyError(name)
        return value.unpack()

    def __contains__(self, name):
        return isinstance(name, str) and self.get_value(name) is not None

    def __iter__(self):
        return iter(self.dup_names())

    def __len__(self):
        return self.get_n_params()

    def __bool__(self):
        return True

    def keys(self):
        return self.dup_names()

    def items(self):
        return list(self.to_dict().items())

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Config {self.to_param_list().to_string()}>"

    def __reduce__(self):
        return reduced(Config, "of_model", self.model, self.to_param_list())

    @staticmethod
    def of_model(model, params):
        """The configuration that a complete list stands for."""
        # What it leaves out is off, not at its init value.
        values = {name: param.off_value for name, param in model.params.items() if param.has_off_value()}
        values.update(params.items())
        return model.expand(values, version=params.version)
