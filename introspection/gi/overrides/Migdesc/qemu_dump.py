# SPDX-License-Identifier: LGPL-2.1-or-later

"""QEMU's dumps and how two of them compare."""

import collections
import json

from gi.module import get_introspection_module

from .errors import _raising
from .register import override, reduced
from .values import _ByValue, _word

Migdesc = get_introspection_module("Migdesc")

QemuField = collections.namedtuple("QemuField", "name version has_test size count layout")
QemuFinding = collections.namedtuple(
    "QemuFinding", "section path code verdict message condition reason")


@override
class QemuLayout(Migdesc.QemuLayout):
    """The fields and subsections of a section, struct or subsection."""

    name = property(lambda self: self.get_name())
    version = property(lambda self: self.get_version())
    minimum = property(lambda self: self.get_minimum())

    @property
    def fields(self):
        return [QemuField(self.get_field_name(i), self.get_field_version(i),
                          self.has_field_test(i), self.get_field_size(i),
                          None if self.get_field_count(i) < 0 else self.get_field_count(i),
                          self.get_field_layout(i)) for i in range(self.get_n_fields())]

    @property
    def subsections(self):
        return [self.get_subsection(i) for i in range(self.get_n_subsections())]

    def __repr__(self):
        return f"<Migdesc.QemuLayout {self.name} of {self.get_n_fields()} fields>"


@override
class QemuDump(_ByValue, Migdesc.QemuDump):
    """A mapping of device types to their layouts, None for one that the dump does not tell."""

    machine = property(lambda self: self.get_machine())

    def __init__(self, *args):
        pass

    def __new__(cls, text):
        return QemuDump.from_json(text)

    @staticmethod
    def from_json(text, limits=None):
        return _raising(Migdesc.QemuDump.new_from_json)(text, -1, limits)

    @staticmethod
    def from_dict(dump):
        return QemuDump.from_json(json.dumps(dump))

    @staticmethod
    def from_schemas(schemas):
        return _raising(Migdesc.QemuDump.new_from_schemas)(list(schemas))

    def to_json(self, pretty=False):
        return Migdesc.QemuDump.to_json(self, pretty)

    def to_dict(self):
        return json.loads(self.to_json())

    def compare(self, destination, known=None, limits=None):
        """What of this QEMU's states that one can't read."""
        return Migdesc.QemuDump.compare(self, destination, known, limits)

    def schema(self, device_type):
        """A state type with what the dump knows of the device."""
        found, section = self.find(device_type)
        if not found:
            raise KeyError(device_type)
        return _raising(Migdesc.QemuDump.get_section_schema)(self, section)

    def __reduce__(self):
        return reduced(QemuDump, "from_json", self.to_json())

    def __len__(self):
        return self.get_n_sections()

    def __iter__(self):
        return (self.get_section_type(i) for i in range(len(self)))

    def __contains__(self, device_type):
        return isinstance(device_type, str) and self.find(device_type)[0]

    def __getitem__(self, device_type):
        found, section = self.find(device_type) if isinstance(device_type, str) else (False, 0)
        if not found:
            raise KeyError(device_type)
        return self.get_section_layout(section)

    def keys(self):
        return list(self)

    def __repr__(self):
        return f"<Migdesc.QemuDump of {self.machine}: {len(self)} sections>"


@override
class QemuKnown(Migdesc.QemuKnown):
    """Renames and known differences."""

    @staticmethod
    def from_json(text, base=None, limits=None):
        return _raising(Migdesc.QemuKnown.new_from_json)(text, -1, base, limits)

    @staticmethod
    def from_dict(known, base=None):
        return QemuKnown.from_json(json.dumps(known), base)

    def __repr__(self):
        return "<Migdesc.QemuKnown>"


@override
class QemuComparison(Migdesc.QemuComparison):
    """A sequence of findings, true if nothing breaks and nothing is unknown."""

    verdict = property(lambda self: _word(self.get_verdict()))
    omitted = property(lambda self: self.get_n_omitted())

    def verdict_of(self, section):
        return _word(self.get_section_verdict(section))

    def to_dict(self):
        return json.loads(self.to_json())

    def __bool__(self):
        return self.verdict == "ok"

    def __len__(self):
        return self.get_n_findings()

    def __getitem__(self, position):
        if isinstance(position, slice):
            return [self[i] for i in range(*position.indices(len(self)))]
        if position < 0:
            position += len(self)
        if not 0 <= position < len(self):
            raise IndexError(position)
        return QemuFinding(self.get_section(position), self.get_path(position),
                           self.get_code(position), _word(self.get_finding_verdict(position)),
                           self.get_message(position), self.get_condition(position),
                           self.get_reason(position))

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.QemuComparison {self.verdict}: {len(self)} findings>"
