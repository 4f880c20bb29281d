# SPDX-License-Identifier: LGPL-2.1-or-later
"""A VM's device begins, is switched off, and on again."""

from . import selection
from .failure import Failure
from .recover import recover, silent


def run(vm, answer, say=silent, style="argv-m"):
    """A new device, where the answer comes from."""
    if vm.ledger.home is not None:
        raise Failure(f"{vm.name} is there already, on {vm.home}")
    selection.check_again(answer, vm.site.timing.ask)
    place = vm.new_place(answer, style)
    vm.site.create(place)
    vm.append("created", place=place.to_dict())
    try:
        selection.check_made(answer, vm.start(place, *vm.site.bus_options(vm.name, place)))
    except Failure:
        vm.end(place)
        vm.append("removed")
        vm.site.remove(place)
        raise
    say(f"{vm.name} runs on {place}")
    return place


def switch_on(vm, say=silent):
    """A device that was off goes on with the state that it had; any other is seen to run."""
    if not vm.ledger.is_on:
        vm.append("on")
    return recover(vm, say)


def switch_off(vm, say=silent):
    """Ends the device; its state stays."""
    home = vm.home
    if vm.ledger.migration is not None:
        recover(vm, say)
        home = vm.home
    if vm.ledger.is_on:
        vm.append("off")
    vm.end(home)
    say(f"{vm.name} is off")
