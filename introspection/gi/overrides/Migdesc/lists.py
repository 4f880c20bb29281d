# SPDX-License-Identifier: LGPL-2.1-or-later

"""Parameter lists and configurations."""

import json

from gi.module import get_introspection_module
from gi.repository import GLib

from .errors import _failure, _raising
from .register import override, reduced
from .values import _ByValue, _Settings, _to_text

Migdesc = get_introspection_module("Migdesc")

def _as_list(params):
    if isinstance(params, Migdesc.ParamList):
        return params
    return ParamList(params)


@override
class ParamList(_ByValue, _Settings, Migdesc.ParamList):
    """ParamList("m?a=1,b=on"), or ParamList({"a": 1, "b": True}, model="m", version="2").
    A mapping of names to texts."""

    def __new__(cls, params="", model=None, version=None):
        try:
            if isinstance(params, str) and model is None and version is None:
                return Migdesc.ParamList.new_from_string(params)
            if isinstance(params, str):
                raise TypeError("model and version go with a dict, or into the text")
            names = list(params)
            return Migdesc.ParamList.new(model, version, names,
                                         [_to_text(params[name]) for name in names])
        except GLib.Error as error:
            raise _failure(error) from None

    def __init__(self, params="", model=None, version=None):
        pass

    @staticmethod
    def from_dict(document):
        return ParamList.from_json(json.dumps(document))

    @staticmethod
    def from_json(text):
        return _raising(Migdesc.ParamList.new_from_json)(text, -1)

    def to_dict(self):
        return json.loads(self.to_json())

    def _lookup(self, name):
        return self.lookup(name)

    def __len__(self):
        return self.get_n_params()

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.ParamList {self.to_string()}>"

    def __reduce__(self):
        return reduced(ParamList, "from_json", self.to_json())


@override
class Config(_ByValue, _Settings, Migdesc.Config):
    """A mapping of all params' names to their values."""

    param_list = property(lambda self: self.to_param_list())
    short_param_list = property(lambda self: self.to_short_param_list())

    def __len__(self):
        return self.get_n_params()

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
        values = {name: param.off_value for name, param in model.params.items()
                  if param.has_off_value()}
        values.update(params.items())
        return model.expand(values, version=params.version)
