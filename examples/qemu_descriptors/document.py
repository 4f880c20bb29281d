# SPDX-License-Identifier: LGPL-2.1-or-later
"""The answers of many machine types as one descriptor."""

import concurrent.futures
import json

from . import properties
from .qmp import Failure
from .vm import Vm, machine_types, migration_blocker

DOMAIN = "qemu.org"
FORMAT = "1.0"


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


def model(program, device, machines, jobs=2):
    """A device as a model: one version for each of the machine types, which are oldest first."""
    observed = ask(program, device, machines, jobs)
    with Vm(program, machines[-1][0], properties.device_arguments(device)) as vm:
        described = properties.descriptions(vm.qmp, device)
        blocker = migration_blocker(vm.qmp)
    columns = _columns(device, observed)
    params = {name: _param(columns[name], described.get(name)) for name in columns}
    made = {"params": params,
            "versions": [_version(params, columns, row, *machine)
                         for row, machine in enumerate(machines)]}
    if blocker is not None:
        made.update(support="none", blocker=blocker)
    return made


def document(program, devices, family, jobs=2):
    """The descriptor of several devices as a JSON document."""
    machines = machine_types(program, family)
    return {"migdesc": FORMAT,
            "models": {f"{DOMAIN}/{device}": model(program, device, machines, jobs)
                       for device in devices}}


def _columns(device, observed):
    """{name: [(QOM type, value) of each machine type]} of all that become parameters.

    A host setting is one all the same if it differs between machine types: then it is no choice
    of the user's but part of the version, like the serial number of usb-tablet up to 3.1.
    """
    names = set(observed[-1])
    for settings in observed:
        if set(settings) != names:
            some = ", ".join(sorted(names ^ set(settings)))
            raise Failure(f"{device}: not every machine type has the properties {some}")
    columns = {name: [settings[name] for settings in observed] for name in sorted(names)}
    return {name: column for name, column in columns.items()
            if name not in properties.HOST or len(set(column)) > 1}


def _param(column, description):
    """Off is the oldest machine type's value, init the newest's, allowed what was seen."""
    kind = properties.param_type(column)
    values = [properties.param_value(value, kind) for _, value in column]
    param = {"type": kind,
             "allowed_values": [False, True] if kind == "bool" else sorted(set(values)),
             "init_value": values[-1],
             "off_value": values[0]}
    if description is not None:
        param["description"] = description
    return param


def _version(params, columns, row, name, deprecated):
    """What differs from off is what is in effect in a version."""
    values = {param: properties.param_value(column[row][1], params[param]["type"])
              for param, column in columns.items()}
    version = {"name": name,
               "params": {param: value for param, value in values.items()
                          if value != params[param]["off_value"]}}
    if deprecated:
        version["description"] = "deprecated"
    return version


def load(path):
    """A document that this program wrote."""
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise Failure(f"{path}: {error}") from None


def layout(made):
    """The text of a document: a line for each parameter and each version."""
    models = ",\n".join(_layout_model(name, body) for name, body in made["models"].items())
    return f'{{\n  "migdesc": {_inline(made["migdesc"])},\n  "models": {{\n{models}\n  }}\n}}\n'


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
