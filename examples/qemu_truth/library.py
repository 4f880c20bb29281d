# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the library says about a pair.

The configurations are what QEMU made of the properties, as qemu-descriptors reads them. A source
is a migration parameter list; a destination that has been started can be one thing only, so its
descriptor allows one value of every param.
"""

import json

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

from qemu_descriptors import document, effect, properties

from . import pairs
from .machine import machine

CONFIGURATIONS = pairs.DATA / "truth" / "configurations.json"


def describe(program, device, side):
    """{param: value} of a device that was made for a side of a pair."""
    model = pairs.model(device)
    with machine(program, device, pairs.settings(device, side)) as (vm, _):
        found = {name: properties.param_value(value, model[name].type)
                 for name, (_, value) in properties.read(vm.qmp).items()
                 if name in model and name not in properties.HOST}
        return effect.in_effect(vm.qmp, found, model)


def check(device, source, destination):
    """The report on a list of the one configuration against a descriptor of the other."""
    name = document.model_name(device)
    blocker = effect.blocker(destination)
    builder = Migdesc.DescriptorBuilder().model(name, support="none" if blocker else None,
                                                blocker=blocker)
    for param, value in destination.items():
        builder.param(param, value, None, [value])
    return builder.build().check(Migdesc.ParamList(source, model=name))


def sides(table):
    """All (device, side) of pairs, each once."""
    return list(dict.fromkeys((pair.device, side) for pair in table
                              for side in (pair.source, pair.destination)))


def write(found, path=CONFIGURATIONS):
    """Keeps configurations {(device, side): {param: value}}, each but the first as what differs."""
    kept = {}
    for (device, side), values in found.items():
        entry = kept.setdefault(device, {"default": found[device, pairs.NOTHING], "others": {}})
        differing = {name: value for name, value in values.items()
                     if value != entry["default"][name]}
        if side != pairs.NOTHING:
            entry["others"][side] = differing
    lines = []
    for device, entry in kept.items():
        others = ",\n".join(f"      {json.dumps(side)}: {json.dumps(differing)}"
                            for side, differing in entry["others"].items())
        lines.append(f'  {json.dumps(device)}: {{\n    "default": {json.dumps(entry["default"])},\n'
                     f'    "others": {{\n{others}\n    }}\n  }}')
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def read(path=CONFIGURATIONS):
    found = {}
    for device, entry in json.loads(path.read_text(encoding="utf-8")).items():
        found[device, pairs.NOTHING] = entry["default"]
        for side, differing in entry["others"].items():
            found[device, side] = entry["default"] | differing
    return found
