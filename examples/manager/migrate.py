# SPDX-License-Identifier: LGPL-2.1-or-later
"""The migration: until `committed` is in the journal the source has the device, then the other.

Whatever fails before that ends the destination and leaves the source running; whatever fails
after it is finished by recover. The source's process is dead before `committed` is written, so
that at no time two processes live that could run the device: not even one that wakes up late and
finds old commands in its socket.
"""

from . import recover, selection
from .failure import Failure, Unfinished


# A larger state is only compared by its digest: as text it would be many times that.
SHOWN_MAX = 8 * 1024 * 1024


def migrate(vm, answer, say=recover.silent, style="argv-m"):
    """Moves the device to where the answer comes from; returns its new place.

    After a Failure it runs where it was; after Unfinished, it takes recover to have it run.
    """
    source, status = vm.home, vm.query()
    if vm.ledger.migration is not None or not vm.ledger.is_on or status["status"] != "running":
        raise Unfinished(f"{vm.name} is {status['status']} on {source}; `manager recover` comes "
                         "first")
    recover.tidy(vm)
    destination = vm.new_place(answer, style)
    vm.reserve()
    vm.append("begin", source=source.number, destination=destination.to_dict(),
              params=answer.params, digest=answer.backend.descriptor.digest)
    try:
        _bring_over(vm, answer, status, say)
        vm.append("committed")
    except Unfinished:
        raise
    except (Failure, OSError) as reason:
        _undo(vm, str(reason))
    say("committed: from here on the device is the destination's")
    return _finish(vm, say)


def _bring_over(vm, answer, status, say):
    """All that can still be undone."""
    source, destination = vm.ledger.migration.source, vm.ledger.migration.destination
    selection.check_again(answer, vm.site.timing.ask)
    vm.site.create(destination)
    made = vm.start(destination, "--incoming", *vm.site.bus_options(vm.name, destination))
    selection.check_made(answer, made)
    say(f"{destination}: {answer.backend.name} waits for the state, process "
        f"{vm.process(destination).pid}")

    over_bus = bool(vm.site.bus) and vm.site.is_on_bus(vm.process(source))
    vm.call("stop", source)
    vm.append("stopped")
    # What a bus carries is for helpers on a bus; the file, for whoever recovers without one.
    carried = vm.site.save_over_bus(source, vm.process(source)) if over_bus else None
    spool = vm.site.save(source, vm.process(source), vm.spool(destination),
                         **_state_version(status, made))
    saved = vm.site.state_identity(source)
    vm.append("transferred", spool=spool)
    say(f"{source}: stopped, {spool['bytes']} bytes of state saved"
        + (", and over the bus" if over_bus else ""))

    if over_bus:
        vm.site.load_over_bus(destination, vm.process(destination), carried)
    else:
        vm.site.load(destination, vm.process(destination), vm.spool(destination), spool)
    shown = spool["bytes"] <= SHOWN_MAX
    if shown:
        verify(vm, source, destination)
    vm.append("prepared")
    say(f"{destination}: has read and checked the state" + (", and shows the same" if shown else
                                                            ""))

    vm.end(source)
    if vm.site.state_identity(source) != saved:
        raise Failure(f"{source}: the device went on after its state was saved")
    vm.append("source-ended")


def _state_version(source, destination):
    """An older destination is sent what it reads."""
    ours, theirs = source.get("state-version"), destination.get("state-version")
    if isinstance(ours, int) and isinstance(theirs, int) and theirs < ours:
        return {"state-version": theirs}
    return {}


def verify(vm, source, destination):
    """What both devices have, they show with the same value."""
    before, after = (dict(leaves(vm.call("get", place).get("state"))) for place in
                     (source, destination))
    for path in before.keys() & after.keys():
        if before[path] != after[path]:
            raise Failure(f"{destination}: shows {path}={after[path]!r} after loading; "
                          f"{source} had {before[path]!r}")
    if not before.keys() & after.keys():
        raise Failure(f"{destination}: shows nothing of the state after loading")


def leaves(state, path=""):
    if isinstance(state, dict):
        for name, value in state.items():
            yield from leaves(value, f"{path}.{name}" if path else name)
    elif isinstance(state, list):
        for position, value in enumerate(state):
            yield from leaves(value, f"{path}[{position}]")
    else:
        yield path, state


def _undo(vm, reason):
    source = vm.ledger.migration.source
    try:
        recover.undo(vm, reason)
    except (Failure, OSError) as second:
        raise Unfinished(f"{reason}\n{source} does not run on: {second}; `manager recover` tries "
                         "again") from None
    raise Failure(f"{reason}\n{vm.name} runs on {source}, as before") from None


def _finish(vm, say):
    destination = vm.ledger.migration.destination
    try:
        return recover.finish(vm, say)
    except (Failure, OSError) as reason:
        raise Unfinished(f"{reason}\n{vm.name} is committed to {destination}; `manager recover` "
                         "finishes it") from None
