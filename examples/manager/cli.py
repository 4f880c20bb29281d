# SPDX-License-Identifier: LGPL-2.1-or-later
"""The command line of the manager.

Exit status: 0 done; 1 refused or failed, and the device runs where it did; 2 syntax; 5 it takes
`manager recover` to have the device run.
"""

import argparse
import sys
from dataclasses import replace

from gi.repository import Migdesc

from . import (Failure, Fleet, Timing, Unfinished, ask, choose, migrate, recover, run, switch_off,
               switch_on)
from .fleet import STATE_LIMIT
from .hosts import Backend
from .ledger import Ledger

STYLES = ("argv-m", "argv-param", "argv-version")


def parse_arguments(arguments):
    summary, _, details = __doc__.partition("\n\n")
    parser = argparse.ArgumentParser(prog="manager", description=summary, epilog=details,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fleet", metavar="FOLDER", default=".", help="default: %(default)s")
    parser.add_argument("--style", choices=STYLES, default=STYLES[0],
                        help="how backends are told their parameters; default: %(default)s")
    parser.add_argument("--deadline", metavar="SECONDS", type=float,
                        help="for each answer of a device, and its state, each way; default: "
                             f"{Timing.answer} s, and {Timing.transfer} s for the state")
    parser.add_argument("--start-deadline", metavar="SECONDS", type=float,
                        help="for what a backend says of itself, and until it listens; default: "
                             f"{Timing.ask} s, and {Timing.start} s until it listens")
    parser.add_argument("--state-limit", metavar="BYTES", type=int, default=STATE_LIMIT,
                        help="the largest state that is moved; default: %(default)s")
    parser.add_argument("--bus", metavar="ADDRESS",
                        help="a D-Bus that carries the state; devices that run on are put on it")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, function in VERBS.items():
        command = verbs.add_parser(verb, help=function.__doc__)
        command.set_defaults(function=function)
        command.add_argument("vm", nargs="*" if verb in ("status", "recover") else None,
                             help="its name" + ("; default: all" if verb != "run" else ""))
        if verb in ("run", "migrate"):
            command.add_argument("--host", help="this one; default: the first that says yes")
        if verb == "run":
            command.add_argument("--params", metavar="LIST",
                                 help="of a new device, its model in front")
    return parser.parse_args(arguments)


def fleet_of(options):
    timing = Timing()
    if options.deadline is not None:
        timing = replace(timing, answer=options.deadline, transfer=options.deadline)
    if options.start_deadline is not None:
        timing = replace(timing, ask=options.start_deadline, start=options.start_deadline)
    return Fleet(options.fleet, timing, options.state_limit, options.bus)


def _run(fleet, options):
    """start a VM's device, a new one or one that is off"""
    with fleet.vm(options.vm, is_new=bool(options.params)) as vm:
        if vm.ledger.home is not None:
            if options.params or options.host:
                raise Failure(f"{vm.name} is there already, on {vm.home}")
            switch_on(vm, print)
            return
        answers = ask(fleet.hosts, options.params, seconds=fleet.timing.ask, is_new=True)
        run(vm, choose(answers, host=options.host), print, options.style)


def _stop(fleet, options):
    """end a VM's device and keep its state"""
    with fleet.vm(options.vm) as vm:
        switch_off(vm, print)


def _migrate(fleet, options):
    """move a VM's device to another host"""
    with fleet.vm(options.vm) as vm:
        if vm.ledger.migration is not None:
            recover(vm, print)
        status, source = vm.query(), vm.home
        print(f"{vm.name} runs on {source}: {status['params']}")
        ours = Backend(source.host, source.program).asked(fleet.timing.ask).descriptor
        others = [host for host in fleet.hosts if host.name != source.host]
        answers = ask(others, status["params"], ours, fleet.timing.ask)
        for answer in answers:
            print("\n".join(answer.lines))
        migrate(vm, _chosen(answers, status, source, options.host), print, options.style)


def _chosen(answers, status, source, host):
    """The reasons of a no are printed already."""
    if host == source.host:
        raise Failure(f"it is on {host} already")
    if host is not None and host not in {answer.host for answer in answers}:
        raise Failure(f"{host}: there is no such host")
    if not any(answer.is_yes and host in (None, answer.host) for answer in answers):
        no = f"{host} can't" if host else "no host can"
        raise Failure(f"{no} take {status['params']}; it runs on {source}, as before")
    return choose(answers, host=host)


def _status(fleet, options):
    """tell where VMs are"""
    for name in options.vm or fleet.names:
        print(f"{name}: {_told(*fleet.look(name))}")


def _told(ledger: Ledger, status):
    if ledger.home is None:
        return "there is no such VM"
    if ledger.migration is not None:
        return (f"on its way from {ledger.migration.source} to {ledger.migration.destination}, "
                f"which was cut short after {ledger.migration.step!r}, if no manager is at work")
    word = (status or {}).get("status", "not running")
    if not ledger.is_on and status is None:
        word = "off"
    process = f", process {ledger.process(ledger.home).pid}" if status else ""
    last = f"; the last migration was undone: {ledger.reason}" if ledger.reason else ""
    return f"{word} on {ledger.home}{process}{last}"


def _recover(fleet, options):
    """finish or undo what was cut short, and see that devices run"""
    unfinished = []
    for name in options.vm or fleet.names:
        try:
            with fleet.vm(name) as vm:
                recover(vm, print)
        except (Failure, OSError) as failure:
            unfinished.append(str(failure))
    if unfinished:
        raise Unfinished("\n".join(unfinished))


VERBS = {"run": _run, "migrate": _migrate, "status": _status, "recover": _recover, "stop": _stop}


def main(arguments=None):
    options = parse_arguments(arguments)
    try:
        options.function(fleet_of(options), options)
    except Unfinished as failure:
        return _failed(failure, 5)
    except (Failure, Migdesc.Failure, OSError) as failure:
        return _failed(failure, 1)
    except KeyboardInterrupt:
        return _failed("interrupted; `manager recover` finishes or undoes what was going on", 5)
    return 0


def _failed(reason, status):
    print(f"manager: {reason}", file=sys.stderr)
    return status
