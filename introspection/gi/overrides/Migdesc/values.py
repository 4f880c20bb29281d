# SPDX-License-Identifier: LGPL-2.1-or-later

"""Native values, mappings of named things, value sets."""

from collections.abc import Mapping

from gi.module import get_introspection_module
from gi.repository import GLib

from .errors import _raising
from .register import override, reduced

Migdesc = get_introspection_module("Migdesc")

def _to_variant(value):
    if isinstance(value, bool):
        return GLib.Variant("b", value)
    if isinstance(value, int):
        if not 0 <= value < 1 << 64:
            raise ValueError(f"{value} is not an integer from 0 to 2^64-1")
        return GLib.Variant("t", value)
    if isinstance(value, str):
        return GLib.Variant("s", value)
    raise TypeError(f"a value is a bool, an int or a str, not {type(value).__name__}")


def _from_variant(variant):
    return None if variant is None else variant.unpack()


def _to_text(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, (int, str)):
        return str(value)
    raise TypeError(f"a value is a bool, an int or a str, not {type(value).__name__}")


def _word(enumerator):
    """The word that documents and answers use for an enumerator."""
    return enumerator.value_nick


class _ByValue:
    """== and hash by value, as the C functions define them."""

    def __eq__(self, other):
        return self.equal(other) if isinstance(other, type(self)) else NotImplemented

    def __ne__(self, other):
        result = self.__eq__(other)
        return result if result is NotImplemented else not result

    def __hash__(self):
        return self.hash()


class _Settings:
    """A mapping of the names of params to their values."""

    model = property(lambda self: self.get_model())
    version = property(lambda self: self.get_version())

    def _lookup(self, name):
        return _from_variant(self.get_value(name))

    def __getitem__(self, name):
        value = self._lookup(name) if isinstance(name, str) else None
        if value is None:
            raise KeyError(name)
        return value

    def __contains__(self, name):
        return isinstance(name, str) and self._lookup(name) is not None

    def __iter__(self):
        return iter(self.dup_names())

    def __len__(self):
        return len(self.dup_names())

    def __bool__(self):
        return True

    def keys(self):
        return self.dup_names()

    def items(self):
        return [(name, self[name]) for name in self]

    def to_dict(self):
        return dict(self.items())


class _Names(Mapping):
    """A mapping over things that have a name, in their order."""

    __slots__ = ("_items", "_lookup")

    def __init__(self, items, lookup):
        self._items = items
        self._lookup = lookup

    def __getitem__(self, name):
        item = self._lookup(name) if isinstance(name, str) else None
        if item is None:
            raise KeyError(name)
        return item

    def __contains__(self, name):
        return isinstance(name, str) and self._lookup(name) is not None

    def __iter__(self):
        return (item.get_name() for item in self._items)

    def __len__(self):
        return self._items.get_n_items()

    def __repr__(self):
        return f"<{', '.join(self)}>"


@override
class ValueSet(_ByValue, Migdesc.ValueSet):
    """ValueSet("1-64,128") of ints, ValueSet(["a", "b"]), ValueSet([False, True]),
    ValueSet([1, 5]), ValueSet.any("int")."""

    def __new__(cls, members=None):
        if isinstance(members, str):
            return _raising(Migdesc.ValueSet.new_from_string)(Migdesc.ValueType.INT, members)
        members = list(members or ())
        if all(isinstance(member, bool) for member in members):
            return Migdesc.ValueSet.new_bools(False in members, True in members)
        if all(isinstance(member, int) for member in members):
            text = ",".join(map(str, members))
            return _raising(Migdesc.ValueSet.new_from_string)(Migdesc.ValueType.INT, text)
        return _raising(Migdesc.ValueSet.new_strings)(members)

    def __init__(self, members=None):
        pass

    @classmethod
    def any(cls, value_type):
        return Migdesc.ValueSet.new_any(_VALUE_TYPES[value_type])

    @property
    def type(self):
        return _word(self.get_value_type())

    @property
    def count(self):
        """How many values; 2^64-1 also stands for more."""
        return self.get_count()

    @property
    def intervals(self):
        return [self.get_interval(i)[1:] for i in range(self.get_n_intervals())]

    def __contains__(self, value):
        return self.contains(_to_variant(value))

    def __bool__(self):
        return not self.is_empty()

    def __and__(self, other):
        return self.intersect(other)

    def __or__(self, other):
        return self.unite(other)

    def __le__(self, other):
        return self.is_subset(other)

    def __ge__(self, other):
        return other.is_subset(self)

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.ValueSet {self.type} {self.to_string()}>"

    def __reduce__(self):
        if self.is_any():
            return reduced(ValueSet, "new_any", int(self.get_value_type()))
        return reduced(ValueSet, "new_from_string", int(self.get_value_type()), self.to_string())


_VALUE_TYPES = {
    "bool": Migdesc.ValueType.BOOL,
    "int": Migdesc.ValueType.INT,
    "str": Migdesc.ValueType.STR,
}
