# SPDX-License-Identifier: LGPL-2.1-or-later
"""The configuration of a device in a live VM."""

from . import properties
from .document import DOMAIN
from .qmp import Failure

MACHINE_SUFFIX = "-machine"


def identify(qmp, device_id):
    """(device type, machine type) of a live VM's device."""
    machine = qmp.execute("qom-get", path="/machine", property="type")
    return properties.read_type(qmp, device_id), machine.removesuffix(MACHINE_SUFFIX)


def configuration(qmp, device_id, model):
    """{param: value} of a live device, for every param of its model."""
    settings = properties.read(qmp, device_id)
    params = model["params"]
    unlike = (set(settings) - set(params) - properties.HOST) | (set(params) - set(settings))
    if unlike:
        raise Failure("the descriptor is not of the VM's QEMU: only one of them has "
                      + ", ".join(sorted(unlike)))
    return {name: properties.param_value(settings[name][1], params[name]["type"])
            for name in params}


def expand(model, version):
    """{param: value} of a version: off, then what the version sets."""
    for entry in model["versions"]:
        if entry["name"] == version:
            off = {name: param["off_value"] for name, param in model["params"].items()}
            return off | entry["params"]
    raise Failure(f"the descriptor has no version {version}")


def param_list(device, model, values, version=None):
    """The migration parameter list in text form.

    Without a version it is complete: what is absent is off. With one it is that version and what
    differs from it.
    """
    absent = {name: param["off_value"] for name, param in model["params"].items()}
    pairs = []
    if version is not None:
        absent = expand(model, version)
        pairs = [f"version={_escaped(version)}"]
    pairs += [f"{name}={_escaped(_text(value))}" for name, value in values.items()
              if value != absent[name]]
    return f'{DOMAIN}/{device}?{",".join(pairs)}'


def _text(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def _escaped(text):
    return text.replace(",", ",,")
