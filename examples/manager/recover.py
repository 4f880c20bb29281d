# SPDX-License-Identifier: LGPL-2.1-or-later
"""Brings about what the journal says: one device runs, where the records say that it may."""

from .failure import Failure, Unfinished

CUT_SHORT = "the manager was ended in the middle of it"


def silent(_):
    pass


def recover(vm, say=silent):
    """Whatever was going on when the last manager ended is finished or undone."""
    ledger = vm.ledger
    home = vm.home
    if ledger.migration is not None and ledger.migration.is_committed:
        say(f"{vm.name}: the migration to {ledger.migration.destination} is committed")
        return finish(vm, say)
    if ledger.migration is not None:
        say(f"{vm.name}: the migration to {ledger.migration.destination} is undone")
        return undo(vm, CUT_SHORT, say)
    if not ledger.is_on:
        vm.end(home)
        say(f"{vm.name} is off")
        return None
    ensure_running(vm, home)
    tidy(vm)
    say(f"{vm.name} runs on {home}")
    return home


def undo(vm, reason, say=silent):
    """Not committed: the source runs on, the destination ends."""
    source, destination = vm.ledger.migration.source, vm.ledger.migration.destination
    try:
        vm.append("aborted", reason=str(reason))
    except Unfinished:
        raise
    except Failure:
        pass  # without the record it is undone as well: the next manager will read as much
    ensure_running(vm, source)
    say(f"{vm.name} runs on {source}")
    vm.end(destination)
    if vm.ledger.migration is None:
        tidy(vm)
    return source


def finish(vm, say=silent):
    """Committed: the source ends, the destination runs."""
    migration = vm.ledger.migration
    vm.end(migration.source)
    ensure_running(vm, migration.destination, migration.spool)
    if vm.ledger.migration.step == "committed":
        vm.append("started")
    vm.append("done")
    tidy(vm)
    say(f"{vm.name} runs on {migration.destination}")
    return migration.destination


def ensure_running(vm, place, spool=None):
    """The device of a place that may run does, from what it wrote last, or else from the spool.

    Whoever calls this has read in the journal that it may, and has ended any other.
    """
    if _go_on(vm, place):
        return
    # Dead, or of no use; a second process must not come to life beside it.
    vm.end(place)
    if spool is None or vm.site.has_state(place):
        status = vm.start(place).get("status")
        if status != "running":
            raise Unfinished(f"{place}: the backend was started again and is {status}")
        return
    status = vm.start(place, "--incoming")
    vm.site.load(place, vm.process(place), vm.spool(place), spool)
    vm.call("start", place)


def _go_on(vm, place):
    """Does the process that is there run, or is it brought to?"""
    status = (vm.status(place) or {}).get("status")
    command = {"paused": "cont", "prepared": "start"}.get(status)
    if command is None:
        return status == "running"
    try:
        vm.call(command, place)
    except Failure:
        return False
    return True


def tidy(vm):
    """The place that the last migration left, and the file, are of no use any more."""
    left = vm.ledger.left
    if left is not None:
        # The source was ended before the commit, and a destination can't start without one.
        vm.end(left)
        vm.site.remove(left)
    vm.layout.remove_spools(vm.name)
