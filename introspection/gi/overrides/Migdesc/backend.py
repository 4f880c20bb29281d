# SPDX-License-Identifier: LGPL-2.1-or-later

"""A device's program in Python: its options, its values, its state in a set."""

import json
import os
import sys

from gi.module import get_introspection_module
from gi.repository import GLib

from .builder import DescriptorBuilder
from .descriptor import Descriptor
from .errors import _failure, _raising
from .lists import ParamList
from .register import override
from .values import _Settings

Migdesc = get_introspection_module("Migdesc")


def _to_descriptor(source):
    if isinstance(source, Migdesc.Descriptor):
        return source
    if isinstance(source, Migdesc.DescriptorBuilder):
        return DescriptorBuilder.build(source)
    return Descriptor.from_string(source if isinstance(source, str) else json.dumps(source))


@override
class Backend(_Settings, Migdesc.Backend):
    """Backend(descriptor, limit="2"): the descriptor may be a builder or a document too.

    A mapping of the parameters' names to their values, once the options have been looked at."""

    def __new__(cls, descriptor, model=None, state_type=None, limit=None):
        backend = _raising(Migdesc.Backend.new_from_descriptor)(_to_descriptor(descriptor), model,
                                                                state_type)
        if limit is not None:
            _raising(backend.set_version_limit)(limit)
        return backend

    def __init__(self, descriptor, model=None, state_type=None, limit=None):
        pass

    descriptor = property(lambda self: self.get_descriptor())
    config = property(lambda self: self.get_config())
    params = property(lambda self: self.get_params())
    state_type = property(lambda self: self.get_state_type())
    state_version = property(lambda self: self.get_state_version())
    blocker = property(lambda self: self.get_blocker())
    mistakes = property(lambda self: self.dup_mistakes())

    def dup_names(self):
        config = self.get_config()
        return [] if config is None else config.dup_names()

    def __repr__(self):
        return f"<Backend {self.get_model().get_name()}>"

    def parse(self, args=None):
        """Takes the migration options out of the arguments (those of the program) and returns the
        others. What is wrong is a RefusedFailure, whose `mistakes` has all of it."""
        args = sys.argv[1:] if args is None else args
        try:
            return Migdesc.Backend.parse_args(self, list(args))
        except GLib.Error as error:
            failure = _failure(error)
            failure.mistakes = self.dup_mistakes()
            raise failure from None

    def run(self, args=None):
        """As parse, but prints what is asked for, or what is wrong, and ends the program then."""
        try:
            rest = self.parse(args)
        except GLib.Error as failure:
            program = os.path.basename(sys.argv[0])
            for mistake in failure.mistakes:
                print(f"{program}: {mistake}", file=sys.stderr)
            raise SystemExit(1) from None
        answer = self.dup_answer()
        if answer is not None:
            print(answer)
            raise SystemExit(0)
        return rest

    def configure(self, params=None):
        """Configures the device by a list, as text or as a ParamList, instead of options."""
        if isinstance(params, str):
            params = ParamList(params)
        _raising(Migdesc.Backend.configure)(self, params)

    def add_device(self, devices, name, capture, prepare=None, commit=None, abort=None):
        """Adds the device to a DeviceSet: capture() returns its State; prepare(state) may raise;
        commit(state) takes it; abort() gives back what prepare got."""
        if self.blocker is not None:
            raise _failure(GLib.Error(f"{name} cannot be migrated: {self.blocker}",
                                      "migdesc-error-quark", int(Migdesc.Error.REFUSED)))
        steps = {Migdesc.LoadStep.PREPARE: prepare, Migdesc.LoadStep.COMMIT: commit,
                 Migdesc.LoadStep.ABORT: (lambda state: abort()) if abort else None}

        def load(_name, step, state):
            function = steps[step]
            if function is not None:
                function(state)

        devices.add(name, self.params, self.state_type, lambda *_: capture(), load)
        _raising(devices.set_state_version)(name, self.state_version)
