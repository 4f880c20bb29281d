# SPDX-License-Identifier: LGPL-2.1-or-later
"""The configuration of a device in a live VM."""

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

from . import properties
from .qmp import Failure

MACHINE_SUFFIX = "-machine"


def identify(qmp, device_id):
    """(device type, machine type) of a live VM's device."""
    machine = qmp.execute("qom-get", path="/machine", property="type")
    return properties.read_type(qmp, device_id), machine.removesuffix(MACHINE_SUFFIX)


def configuration(qmp, device_id, model):
    """{param: value} of a live device, for every param of its model."""
    settings = properties.read(qmp, device_id)
    unlike = (set(settings) - set(model) - properties.HOST) | (set(model) - set(settings))
    if unlike:
        raise Failure("the descriptor is not of the VM's QEMU: only one of them has "
                      + ", ".join(sorted(unlike)))
    return {name: properties.param_value(settings[name][1], param.type)
            for name, param in model.params.items()}


def param_list(model, values, version=None):
    """The migration parameter list of a configuration, which the model need not allow.

    Without a version it is complete: what is absent is off. With one it is that version and what
    differs from it.
    """
    if version is None:
        absent = {name: param.off_value for name, param in model.params.items()}
    elif version in model.versions:
        absent = model.expand(version=version)
    else:
        raise Failure(f"the descriptor has no version {version}")
    pairs = {name: value for name, value in values.items() if value != absent[name]}
    return Migdesc.ParamList(pairs, model=model.name, version=version)
