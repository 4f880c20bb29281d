# SPDX-License-Identifier: LGPL-2.1-or-later

"""Exceptions by kind, for the codes of MIGDESC_ERROR."""

import functools

from gi.module import get_introspection_module
from gi.repository import GLib

Migdesc = get_introspection_module("Migdesc")

class Failure(GLib.Error):
    """A question that could not be answered. `nick` is the stable code."""

    @property
    def nick(self):
        return Migdesc.error_get_nick(self.code)

    def __str__(self):
        return self.message


class DocumentFailure(Failure, ValueError):
    """A document, or a value in one, is malformed. `report` tells everything that is wrong, if it
    was read."""

    report = None


class ListFailure(Failure, ValueError):
    """A migration parameter list is malformed."""


class LimitFailure(Failure, ValueError):
    """Something is larger than its limit."""


class NotFoundFailure(Failure, LookupError):
    """Nothing has that name, or several things could be meant."""


class HostFailure(Failure):
    """Something cannot be read or run."""


class RefusedFailure(Failure, ValueError):
    """Understood and refused. `report` tells why."""

    report = None


_KINDS = (
    ("list-", ListFailure),
    ("limit-", LimitFailure),
    ("model-not-found", NotFoundFailure),
    ("not-unique", NotFoundFailure),
    ("cannot-", HostFailure),
    ("program-", HostFailure),
    ("cancelled", HostFailure),
    ("conversion-", RefusedFailure),
    ("plan-", RefusedFailure),
    ("refused", RefusedFailure),
)


def _failure(error, report=None):
    """The exception for a GLib.Error of ours; any other error is returned as it is."""
    if not error.matches(Migdesc.error_quark(), error.code):
        return error
    nick = Migdesc.error_get_nick(error.code)
    kind = next((kind for prefix, kind in _KINDS if nick.startswith(prefix)), DocumentFailure)
    failure = kind(error.message, error.domain, error.code)
    if report is not None:
        failure.report = report
    return failure


def _raising(function):
    """Makes a function raise exceptions by kind."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except GLib.Error as error:
            raise _failure(error) from None

    return call


def _refused(report):
    failure = RefusedFailure(str(report), "migdesc-error-quark", int(Migdesc.Error.REFUSED))
    failure.report = report
    return failure
