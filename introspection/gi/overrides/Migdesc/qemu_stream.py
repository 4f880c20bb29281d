# SPDX-License-Identifier: LGPL-2.1-or-later

"""QEMU's migration streams."""

import os

from gi.module import get_introspection_module
from gi.repository import GLib

from .errors import Failure, _raising
from .register import override
from .values import _word

Migdesc = get_introspection_module("Migdesc")


@override
class QemuSection(Migdesc.QemuSection):
    """A part of a stream; `state` is what a device wrote, None where nothing describes it."""

    kind = property(lambda self: _word(self.get_kind()))
    name = property(lambda self: self.get_name())
    instance = property(lambda self: self.get_instance())
    label = property(lambda self: self.dup_label())
    version = property(lambda self: self.get_version())
    offset = property(lambda self: self.get_offset())
    length = property(lambda self: self.get_length())
    footer = property(lambda self: _word(self.get_footer()))

    @property
    def data(self):
        """The bytes between header and footer; None where they are not kept."""
        data = self.get_data()
        return None if data is None else data.get_data() or b""

    @property
    def state(self):
        return _raising(self.get_state)() if self.has_state() else None

    def __repr__(self):
        return f"<Migdesc.QemuSection {self.label or self.kind} at {self.offset}>"


@override
class QemuStream(Migdesc.QemuStream):
    """A mapping of sections' names to the states of devices: stream["virtio-net"].

    A name is as QEMU has it, with the instance behind a slash; the instance, and all but a part of
    the name, may be left out where only one section can be meant. `description` is another stream,
    or a QemuDescription, for one that has none of its own."""

    machine = property(lambda self: self.get_machine())
    page_size = property(lambda self: self.get_page_size())
    size = property(lambda self: self.get_size())
    report = property(lambda self: self.get_report())
    sections = property(lambda self: list(self.get_sections()))

    def __new__(cls, path, description=None, page_size=0, limits=None):
        return QemuStream.load(path, description, page_size, limits)

    def __init__(self, *args, **kwargs):
        pass

    @staticmethod
    def load(path, description=None, page_size=0, limits=None):
        return _raising(Migdesc.QemuStream.new_from_file)(
            os.fspath(path), _description(description), page_size, limits, None)

    @staticmethod
    def from_bytes(data, description=None, page_size=0, limits=None):
        return _raising(Migdesc.QemuStream.new_from_bytes)(
            GLib.Bytes.new(bytes(data)), _description(description), page_size, limits)

    @property
    def memory(self):
        """The sizes of the blocks of the guest's memory, by name."""
        return {self.get_block_name(block): self.get_block_size(block)
                for block in range(self.get_n_blocks())}

    def find(self, name):
        """The section that is meant."""
        return _raising(self.find_section)(name)

    def keys(self):
        """The labels of what has a state."""
        return [section.label for section in self.sections if section.has_state()]

    def values(self):
        return [section.state for section in self.sections if section.has_state()]

    def items(self):
        return list(zip(self.keys(), self.values()))

    def __getitem__(self, name):
        try:
            state = self.find(name).state
        except Failure as failure:
            raise KeyError(failure.message) from None
        if state is None:
            raise KeyError(f"{name} has no state")
        return state

    def __contains__(self, name):
        try:
            return self[name] is not None
        except KeyError:
            return False

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def __bool__(self):
        return True

    def check(self, rules=(), like=None):
        """Whether a destination takes the values: rules are `SECTION PATH VALUES`, like is a stream
        of a VM as the destination has it."""
        return _raising(self.check_values)(list(rules), like)

    def __repr__(self):
        return f"<Migdesc.QemuStream of {self.machine or 'a machine'}, {len(self)} states>"


def _description(description):
    if isinstance(description, Migdesc.QemuStream):
        return description.get_description()
    return description
