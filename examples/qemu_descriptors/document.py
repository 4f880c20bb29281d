# SPDX-License-Identifier: LGPL-2.1-or-later
"""The answers of many machine types as one descriptor."""

import concurrent.futures
import json

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

from . import properties
from .qmp import Failure
from .vm import Vm, machine_types, migration_blocker

DOMAIN = "qemu.org"


def ask(program, device, machines, jobs):
    """What each of the machine types makes of a device: a list of properties.read()."""
    arguments = properties.device_arguments(device)

    def ask_one(machine):
        with Vm(program, machine, arguments) as vm:
            return properties.read(vm.qmp)

    pool = concurrent.futures.ThreadPoolExecutor(jobs)
    try:
        return list(pool.map(ask_one, (name for name, _ in machines)))
    finally:
        pool.shutdown(cancel_futures=True)


def add_model(builder, program, device, machines, jobs):
    """A device as a model: one version for each of the machine types, which are oldest first."""
    observed = ask(program, device, machines, jobs)
    with Vm(program, machines[-1][0], properties.device_arguments(device)) as vm:
        described = properties.descriptions(vm.qmp, device)
        blocker = migration_blocker(vm.qmp)
    columns = _columns(device, observed)
    builder.model(model_name(device), support="none" if blocker else None, blocker=blocker)
    for name, values in columns.items():
        _add_param(builder, name, values, described.get(name))
    for row, (machine, deprecated) in enumerate(machines):
        builder.version(machine, _settings(columns, row), "deprecated" if deprecated else None)


def descriptor(program, devices, family, jobs=2):
    """The descriptor of several devices."""
    machines = machine_types(program, family)
    builder = Migdesc.DescriptorBuilder()
    for device in devices:
        add_model(builder, program, device, machines, jobs)
    return builder.build()


def model_name(device):
    return f"{DOMAIN}/{device}"


def _columns(device, observed):
    """{name: [its value on each machine type]} of all that become parameters.

    A host setting is one all the same if it differs between machine types: then it is no choice
    of the user's but part of the version, like the serial number of usb-tablet up to 3.1.
    """
    names = set(observed[-1])
    for settings in observed:
        if set(settings) != names:
            some = ", ".join(sorted(names ^ set(settings)))
            raise Failure(f"{device}: not every machine type has the properties {some}")
    columns = {}
    for name in sorted(names):
        column = [settings[name] for settings in observed]
        if name not in properties.HOST or len(set(column)) > 1:
            kind = properties.param_type(column)
            columns[name] = [properties.param_value(value, kind) for _, value in column]
    return columns


def _add_param(builder, name, values, description):
    """Off is the oldest machine type's value, init the newest's, allowed what was seen."""
    allowed = [False, True] if isinstance(values[0], bool) else sorted(set(values))
    builder.param(name, values[-1], values[0], allowed, description)


def _settings(columns, row):
    """What differs from off is what is in effect in a version."""
    return {name: values[row] for name, values in columns.items() if values[row] != values[0]}


def layout(made):
    """The text of a descriptor: canonical, but for a line for each parameter and each version."""
    members = made.to_dict()
    models = ",\n".join(_layout_model(name, body) for name, body in members["models"].items())
    return f'{{\n  "migdesc": {_inline(members["migdesc"])},\n  "models": {{\n{models}\n  }}\n}}\n'


def _layout_model(name, body):
    members = []
    for member, value in body.items():
        if member == "params":
            lines = ",\n".join(f"        {_inline(param)}: {_inline(value[param])}"
                               for param in value)
            members.append(f'      "params": {{\n{lines}\n      }}')
        elif member == "versions":
            lines = ",\n".join(f"        {_inline(version)}" for version in value)
            members.append(f'      "versions": [\n{lines}\n      ]')
        else:
            members.append(f"      {_inline(member)}: {_inline(value)}")
    text = ",\n".join(members)
    return f"    {_inline(name)}: {{\n{text}\n    }}"


def _inline(value):
    return json.dumps(value, ensure_ascii=False)
