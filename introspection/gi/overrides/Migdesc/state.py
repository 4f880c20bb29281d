# SPDX-License-Identifier: LGPL-2.1-or-later

"""States as Python values."""

from gi.module import get_introspection_module
from gi.repository import GLib

from .errors import _failure, _raising
from .register import override, reduced
from .values import _ByValue

Migdesc = get_introspection_module("Migdesc")

_SHOWN = 60


def _to_variant(value):
    """What Python has no type for is left to the schema: integers are as wide as they must be."""
    if value is None:
        return GLib.Variant.new_maybe(GLib.VariantType("a{sv}"), None)
    if isinstance(value, bool):
        return GLib.Variant("b", value)
    if isinstance(value, int):
        return GLib.Variant("t" if value >= 0 else "x", value)
    if isinstance(value, float):
        return GLib.Variant("d", value)
    if isinstance(value, str):
        return GLib.Variant("s", value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        # GLib.Variant("ay", ...) takes half a minute for each MiB
        data = GLib.Bytes.new(bytes(value))
        return GLib.Variant.new_from_bytes(GLib.VariantType("ay"), data, True)
    if isinstance(value, State):
        return value.to_variant()
    if isinstance(value, dict):
        return GLib.Variant("a{sv}", {name: _to_variant(item) for name, item in value.items()})
    return GLib.Variant("av", [_to_variant(item) for item in value])


@override
class State(_ByValue, Migdesc.State):
    """A struct is a mapping of names, an array a sequence; values are Python's own, bytes for
    buffers and bitmaps, None for a struct that is absent. A name may be a path as well:
    state["queues"][3]["head"] is state["queues[3].head"]."""

    schema = property(lambda self: self.get_schema())
    path = property(lambda self: self.dup_path())

    def __new__(cls, schema, value):
        return State.from_dict(schema, value)

    def __init__(self, *args):
        pass

    @staticmethod
    def from_dict(schema, value):
        try:
            return Migdesc.State.new_from_variant(schema, _to_variant(value))
        except GLib.Error as error:
            raise _failure(error) from None

    @staticmethod
    def from_json(schema, text):
        return _raising(Migdesc.State.new_from_json)(schema, text, -1, None)

    def _is(self, kind):
        return self.get_kind() == kind

    def _value(self):
        """Itself, or what Python has for it."""
        getter = _GETTERS.get(self.get_kind())
        return self if getter is None else getter(self)

    def _at(self, position):
        part = self.get_child(position)
        return part._value()

    def __getitem__(self, key):
        if isinstance(key, str):
            try:
                return self.lookup(key)._value()
            except GLib.Error as error:
                raise KeyError(error.message) from None
        if not self._is(Migdesc.StateKind.ARRAY):
            raise TypeError("only arrays have positions")
        if isinstance(key, slice):
            return [self._at(i) for i in range(*key.indices(len(self)))]
        position = key + len(self) if key < 0 else key
        if not 0 <= position < len(self):
            raise IndexError(f"{key} of {len(self)} elements")
        return self._at(position)

    def __len__(self):
        return self.get_n_children()

    def __bool__(self):
        return True

    def keys(self):
        if not self._is(Migdesc.StateKind.STRUCT):
            raise TypeError("only structs have names")
        return [self.get_child_name(i) for i in range(len(self))]

    def values(self):
        return [self._at(i) for i in range(len(self))]

    def items(self):
        return list(zip(self.keys(), self.values()))

    def get(self, name, default=None):
        return self[name] if name in self else default

    def __iter__(self):
        return iter(self.keys() if self._is(Migdesc.StateKind.STRUCT) else self.values())

    def __contains__(self, item):
        if self._is(Migdesc.StateKind.STRUCT):
            return item in self.keys()
        return item in self.values()

    def to_dict(self):
        """Dicts, lists and values all the way down, as from_dict() takes them."""
        if self._is(Migdesc.StateKind.ARRAY):
            return [value.to_dict() if isinstance(value, State) else value for value in self]
        values = {}
        variant = self.to_variant()
        version = variant.lookup_value("@version", None)
        if version is not None:
            values["@version"] = version.get_uint16()
        for name, value in self.items():
            values[name] = value.to_dict() if isinstance(value, State) else value
        return values

    def diff(self, other):
        """What differs, as a dict of paths to pairs of values; None for what is not there."""
        diff = Migdesc.StateDiff.new(self, other)

        def value(part):
            return None if part is None else part._value()

        return {diff.get_path(i): (value(diff.get_source(i)), value(diff.get_destination(i)))
                for i in range(diff.get_n_places())}

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        text = self.to_json(False)
        return f"<Migdesc.State {text if len(text) <= _SHOWN else text[:_SHOWN - 3] + '...'}>"

    def __reduce__(self):
        if self.path != "":
            raise TypeError("only a whole state can be pickled")
        return reduced(State, "_from_texts", self.schema.to_json(False), self.to_json(False))

    @staticmethod
    def _from_texts(schema, text):
        return State.from_json(Migdesc.StateType.new_from_json(schema, -1, None), text)


_GETTERS = {
    Migdesc.StateKind.NULL: lambda state: None,
    Migdesc.StateKind.BOOL: Migdesc.State.get_bool,
    Migdesc.StateKind.UINT: Migdesc.State.get_uint,
    Migdesc.StateKind.INT: Migdesc.State.get_int,
    Migdesc.StateKind.DOUBLE: Migdesc.State.get_double,
    Migdesc.StateKind.STRING: Migdesc.State.get_string,
    Migdesc.StateKind.BYTES: lambda state: state.get_bytes().get_data() or b"",
}
