# SPDX-License-Identifier: LGPL-2.1-or-later

"""What makes libmigdesc feel like Python in Python.

Values are Python's own (bool, int, str), sets of things are mappings and
sequences, answers have a truth value, and errors are exceptions by kind.
Everything of the C interface stays reachable under its own name.
"""

from gi.module import get_introspection_module

from .answers import Baseline, BoundList, Comparison, Finding, Map, Matrix, Path, Plan, Report
from .backend import Backend
from .builder import DescriptorBuilder
from .descriptor import Descriptor
from .devices import DeviceSet
from .diff import diff, lint
from .errors import (DocumentFailure, Failure, HostFailure, LimitFailure, ListFailure,
                     NotFoundFailure, RefusedFailure)
from .fleet import Fleet, FleetCheck
from .lists import Config, ParamList
from .model import Constraint, Model, Param, Version
from .qemu_dump import QemuComparison, QemuDump, QemuKnown, QemuLayout
from .qemu_opaque import qemu_opaque
from .qemu_stream import QemuDescription, QemuSection, QemuStream
from .selection import FleetBaseline, Selection, Selector
from .state import State
from .values import ValueSet
from .vmstate import DBusVMState

Migdesc = get_introspection_module("Migdesc")


def baseline(descriptors, model=None, limits=None):
    """The best configuration that every one of these hosts can both create and load."""
    return Baseline(descriptors, model, limits)


def explain(code):
    """What the code of a finding or error means."""
    if not Migdesc.code_is_known(code):
        raise KeyError(code)
    return Migdesc.code_get_explanation(code)


__all__ = [
    "Backend",
    "Baseline",
    "BoundList",
    "Comparison",
    "Config",
    "Constraint",
    "DBusVMState",
    "Descriptor",
    "DescriptorBuilder",
    "DeviceSet",
    "DocumentFailure",
    "Failure",
    "Finding",
    "Fleet",
    "FleetBaseline",
    "FleetCheck",
    "HostFailure",
    "LimitFailure",
    "ListFailure",
    "Map",
    "Matrix",
    "Model",
    "NotFoundFailure",
    "Param",
    "ParamList",
    "Path",
    "Plan",
    "QemuComparison",
    "QemuDescription",
    "QemuDump",
    "QemuKnown",
    "QemuLayout",
    "QemuSection",
    "QemuStream",
    "RefusedFailure",
    "Report",
    "Selection",
    "Selector",
    "State",
    "ValueSet",
    "Version",
    "baseline",
    "diff",
    "explain",
    "lint",
    "qemu_opaque",
]
