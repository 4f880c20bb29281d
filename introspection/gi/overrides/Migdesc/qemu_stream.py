# SPDX-License-Identifier: LGPL-2.1-or-later

"""Migration streams of QEMU as sequences of sections."""

import os

from gi.module import get_introspection_module
from gi.repository import Gio, GLib

from .errors import _raising
from .register import override

Migdesc = get_introspection_module("Migdesc")


@override
class QemuDescription(Migdesc.QemuDescription):
    """What the devices of a stream consist of: a sequence of (name, instance, version)."""

    page_size = property(lambda self: self.get_page_size())

    @staticmethod
    def from_json(text, limits=None):
        if isinstance(text, bytes):
            text = text.decode()
        return _raising(Migdesc.QemuDescription.new_from_json)(text, -1, limits)

    def __len__(self):
        return self.get_n_devices()

    def __getitem__(self, position):
        if not -len(self) <= position < len(self):
            raise IndexError(position)
        position %= len(self)
        return (self.get_device_name(position), self.get_device_instance(position),
                self.get_device_version(position))

    def schema(self, position):
        return _raising(self.get_device_schema)(position)

    def __repr__(self):
        return f"<Migdesc.QemuDescription of {len(self)} devices>"


@override
class QemuSection(Migdesc.QemuSection):
    """A part of a stream. A device's section is a mapping too: section["irq_state"] is that of its
    state."""

    kind = property(lambda self: self.get_kind().value_nick)
    name = property(lambda self: self.get_name())
    label = property(lambda self: self.dup_label())
    instance = property(lambda self: self.get_instance())
    version = property(lambda self: self.get_version())
    id = property(lambda self: self.get_id())
    offset = property(lambda self: self.get_offset())
    length = property(lambda self: self.get_length())
    footer = property(lambda self: self.get_footer().value_nick)
    command = property(lambda self: self.get_command())

    @property
    def data(self):
        data = self.get_data()
        return None if data is None else data.get_data() or b""

    @property
    def state(self):
        return _raising(self.get_state)()

    def __getitem__(self, key):
        return self.state[key]

    def __repr__(self):
        label = f" {self.label}" if self.name is not None else ""
        return f"<Migdesc.QemuSection {self.kind}{label} at {self.offset}>"


@override
class QemuStream(Migdesc.QemuStream):
    """A sequence of sections. By a name, whole or in part, stream["e1000e"] is a section."""

    machine = property(lambda self: self.get_machine())
    page_size = property(lambda self: self.get_page_size())
    size = property(lambda self: self.get_size())
    description = property(lambda self: self.get_description())
    report = property(lambda self: self.get_report())
    xml = property(lambda self: self.get_libvirt_xml())
    cookie = property(lambda self: self.get_libvirt_cookie())
    compression = property(lambda self: self.get_libvirt_compression())
    devices = property(lambda self: [section for section in self if section.kind == "full"])

    @staticmethod
    def load(source, description=None, page_size=0, limits=None, cancellable=None):
        """From the name of a file, a number or file object that is open, or bytes."""
        if isinstance(source, (bytes, bytearray, memoryview)):
            return _raising(Migdesc.QemuStream.new_from_bytes)(
                GLib.Bytes.new(bytes(source)), description, page_size, limits)
        if isinstance(source, Gio.InputStream):
            return _raising(Migdesc.QemuStream.new_from_stream)(
                source, description, page_size, limits, cancellable)
        if isinstance(source, int) or hasattr(source, "fileno"):
            fd = source if isinstance(source, int) else source.fileno()
            return _raising(Migdesc.QemuStream.new_from_fd)(
                fd, description, page_size, limits, cancellable)
        return _raising(Migdesc.QemuStream.new_from_file)(
            os.fspath(source), description, page_size, limits, cancellable)

    def check(self, against, known=None, limits=None):
        """Whether a QEMU takes this stream, by its dump or by a stream that it has saved."""
        method = (Migdesc.QemuStream.check_dump if isinstance(against, Migdesc.QemuDump)
                  else Migdesc.QemuStream.check_stream)
        return method(self, against, known, limits)

    @property
    def memory(self):
        """For each block its name, its size, and how many pages are sent in which way."""
        return [(self.get_block_name(block), self.get_block_size(block),
                 {encoding.value_nick: self.get_block_pages(block, encoding)
                  for encoding in map(Migdesc.QemuPage, range(4))
                  if self.get_block_pages(block, encoding)})
                for block in range(self.get_n_blocks())]

    def __len__(self):
        return self.get_n_sections()

    def __iter__(self):
        return iter(self.get_sections())

    def __contains__(self, name):
        return any(section.label == name for section in self)

    def __getitem__(self, key):
        if isinstance(key, str):
            return _raising(self.find_section)(key)
        return self.get_sections()[key]

    def __repr__(self):
        return f"<Migdesc.QemuStream {self.machine}: {len(self)} sections, {self.size} bytes>"
