# SPDX-License-Identifier: LGPL-2.1-or-later

"""Descriptors, and the questions that are put to a destination."""

import json

from gi.module import get_introspection_module
from gi.repository import GLib

from .answers import _VERDICTS
from .errors import _failure, _raising, _refused
from .lists import _as_list
from .register import override, reduced
from .values import _ByValue, _Names, _word

Migdesc = get_introspection_module("Migdesc")

# Looked up once: of a check from Python the calls are what costs.
_check = Migdesc.Descriptor.check
_check_text = Migdesc.Descriptor.check_text


def _reader(dialect=None, lenient=False, strict=False, keep_text=False, limits=None):
    reader = Migdesc.Reader.new()
    if dialect is not None:
        known, value = Migdesc.dialect_from_string(dialect)
        if not known:
            raise ValueError(f"unknown dialect {dialect}")
        reader.set_dialect(value)
    flags = Migdesc.ReadFlags(0)
    if lenient:
        flags |= Migdesc.ReadFlags.LENIENT
    if strict:
        flags |= Migdesc.ReadFlags.STRICT
    if keep_text:
        flags |= Migdesc.ReadFlags.KEEP_TEXT
    reader.set_flags(flags)
    if limits is not None:
        reader.set_limits(limits)
    return reader


@override
class Descriptor(_ByValue, Migdesc.Descriptor):
    """A mapping of its models' names to its models."""

    models = property(lambda self: _Names(self.get_models(), self.lookup_model))
    dialect = property(lambda self: _word(self.get_dialect()))
    origin = property(lambda self: self.get_origin())
    digest = property(lambda self: self.get_digest())

    @staticmethod
    def load(place, **options):
        """The one descriptor at a place: a file, a directory, "-", "exec:PROGRAM ARGS"."""
        return _raising(Migdesc.Descriptor.load)(str(place), _reader(**options), None)

    @staticmethod
    def from_string(text, origin=None, **options):
        data = text.encode() if isinstance(text, str) else bytes(text)
        return Descriptor._read(data, origin, options)

    @staticmethod
    def from_dict(document, origin=None, **options):
        return Descriptor._read(json.dumps(document).encode(), origin, options)

    @staticmethod
    def _read(data, origin, options):
        # One call that fails with the first error; the whole report is made only then.
        if not options and origin is None:
            try:
                return Migdesc.Descriptor.new_from_bytes(GLib.Bytes.new(data))
            except GLib.Error:
                pass
        reader = _reader(**options)
        try:
            return reader.read_bytes(GLib.Bytes.new(data), origin)[0]
        except GLib.Error as error:
            report = reader.validate_bytes(GLib.Bytes.new(data), origin)
            raise _failure(error, report) from None

    def to_dict(self):
        return json.loads(self.to_string())

    def convert(self, dialect, allow_loss=False):
        """The text in another dialect, and the report of what was lost."""
        known, value = Migdesc.dialect_from_string(dialect)
        if not known:
            raise ValueError(f"unknown dialect {dialect}")
        return tuple(_raising(Migdesc.Descriptor.convert)(self, value, allow_loss))

    def __getitem__(self, name):
        return self.models[name]

    def __contains__(self, name):
        return name in self.models

    def __iter__(self):
        return iter(self.models)

    def __len__(self):
        return self.get_n_models()

    def __bool__(self):
        return True

    def check(self, params, source=None, only=None):
        """Can this destination take a device of that list? The report is true if it can."""
        try:
            if source is None and only is None and isinstance(params, str):
                return _check_text(self, params)
            return _check(self, _as_list(params), source, only)
        except GLib.Error as error:
            raise _failure(error) from None

    def check_return_path(self, params, source, only=None):
        return _raising(Migdesc.Descriptor.check_return_path)(self, _as_list(params), source, only)

    def check_all(self, lists):
        """The verdicts of many lists in one call: "compatible", "incompatible", "undecided"."""
        codes = _raising(Migdesc.Descriptor.check_strings)(self, [str(item) for item in lists])
        return [_VERDICTS[code] for code in codes]

    def plan(self, params, force=False):
        """The settings for this destination. Raises RefusedFailure unless the answer is yes or
        `force` is given."""
        plan, report = self.plan_with_report(params, force)
        if plan is None:
            raise _refused(report)
        return plan

    def plan_with_report(self, params, force=False):
        """The plan, or None, and the report of the check that it is based on."""
        try:
            return Migdesc.Descriptor.plan(self, _as_list(params), force)
        except GLib.Error as error:
            raise _failure(error) from None

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Descriptor {', '.join(self)}>"

    def __reduce__(self):
        return reduced(Descriptor, "from_string", self.to_string())
