# SPDX-License-Identifier: LGPL-2.1-or-later
"""The table as a page."""

from qemu_descriptors.qmp import Failure

from . import library, machine, pairs, trial
from .explanations import EXPLANATIONS, SURPRISES

COMPATIBLE, INCOMPATIBLE = "compatible", "incompatible"
REFUSED = "refused"

BOTH_YES, BOTH_NO = "both yes", "both no"
SILENT, STRICTER = "silently different", "stricter"
MISSED, MISSED_SILENT = "missed", "missed silently"
# In the order of the summary, with what each means.
KINDS = {
    BOTH_YES: "compatible; QEMU takes it, and the guest sees the same device",
    BOTH_NO: "incompatible; QEMU refuses",
    SILENT: "incompatible; QEMU takes it, and the guest sees another device",
    STRICTER: "incompatible; QEMU takes it, and the guest sees the same device",
    MISSED: "compatible; QEMU refuses",
    MISSED_SILENT: "compatible; QEMU takes it, and the guest sees another device",
}
AGREEING = (BOTH_YES, BOTH_NO)

HEAD = """\
# The library and a real QEMU

This page is made by `scripts/qemu-truth` from the data in `examples/data/qemu-7.2/truth`; a test
compares it with them. {pairs} pairs of devices, {devices}, each moved twice:
before and after feature negotiation. Every QEMU was Debian's unmodified qemu-system-x86 7.2 with
`-M {machine}`, TCG, and the device behind a PCI Express root port, every one of its properties set
explicitly.

* **Library**: the verdict of `check` on the source's migration parameter list against a descriptor
  of the destination, both made from what a QEMU says that it made of the properties. The
  destination has been started, so each of its params allows one value.
* **QEMU**: the guest is played through QEMU's test protocol. *Before*, firmware has placed the
  device. *After*, a driver has accepted all features but bit 30, set up all queues and said
  DRIVER_OK; of e1000e it has set up rings, receiver, transmitter and interrupts. The source is
  saved to a file and loaded into each destination; 25 of the pairs, moved live over a socket, ended
  the same way to the letter.
* What the guest sees was read from the device at the source, and at the destination once it had
  loaded: the configuration space, the features, the queues, the device's own registers. *same*: no
  difference. *now*: something reads differently. *later*: only once the guest reboots, or writes
  where it has not written before.

What was expected of QEMU was written down before the table was run for the first time, and has
not been changed since. Trying out the instrument had shown the outcomes of four pairs: equal sides,
`mrg_rxbuf` and `vectors` turned down, and two addresses of e1000e.

## What the first run changed

* The descriptors. They took every setting for one that counts: 123 of 606 outcomes were *stricter*,
  and 31 *missed* or *missed silently*. Now a setting without effect has its off value: an offload
  that the back end cannot do (QEMU knows what a virtio device really offers), a legacy feature
  without the legacy interface, an interval or an alignment of what is off. A ROM that is not there
  has no size. Two checks that are made once and forgotten, `x-disable-legacy-check` and
  `x-ignore-backend-features`, are the host's. A device that leaves its queues out of the stream
  (`migrate-extra=off`) is one that cannot be migrated.
* The instrument. *later* was looked for by resetting the device and by writing ones everywhere,
  which resets a function half-way and hid what could be written before. Now the VM is rebooted, and
  that bit left alone. The table was run anew as a whole.
"""


def kind(verdict, outcome):
    """How the library's verdict and QEMU's outcome go together."""
    if outcome == REFUSED:
        return MISSED if verdict == COMPATIBLE else BOTH_NO
    if outcome == trial.SAME:
        return BOTH_YES if verdict == COMPATIBLE else STRICTER
    return MISSED_SILENT if verdict == COMPATIBLE else SILENT


def differing(pair):
    """The properties that the sides of a pair set differently."""
    one, other = (pairs.settings(pair.device, side) for side in (pair.source, pair.destination))
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def explained(pair, kinds, table):
    """The numbers of the explanations that are about a pair."""
    names = differing(pair) or set(pairs.changes(pair.source))
    numbers = [number for number, entry in enumerate(table, 1)
               if entry.kind in kinds and names & entry.names
               and entry.device in (pair.device, None)]
    if not numbers:
        raise Failure(f"{pair.name}: nothing explains {', '.join(kinds)} by "
                      + ", ".join(sorted(names)))
    return numbers


def surprise(pair, outcomes):
    """[(state, expected, seen)] of what was expected otherwise."""
    expected = {trial.BEFORE: pair.before, trial.AFTER: pair.after}
    return [(state, expected[state], outcomes[pair.name, state][0]) for state in trial.STATES
            if expected[state] != outcomes[pair.name, state][0]]


def page(table):
    configurations = library.read()
    outcomes = trial.read()
    verdicts = {pair.name: library.check(pair.device,
                                         configurations[pair.device, pair.source],
                                         configurations[pair.device, pair.destination]).verdict
                for pair in table}
    parts = [HEAD.format(pairs=len(table), machine=machine.MACHINE, devices=_devices(table)),
             _summary(table, verdicts, outcomes), _explanations(table, verdicts, outcomes),
             _surprises(table, outcomes), _rows(table, verdicts, outcomes)]
    return "\n".join(parts)


def _devices(table):
    names = dict.fromkeys(pair.device for pair in table)
    counts = [f"{sum(pair.device == name for pair in table)} of {name}" for name in names]
    return " and ".join(counts)


def _kinds_of(pair, verdicts, outcomes):
    """{kind: None} of a pair in both states, in their order."""
    return dict.fromkeys(kind(verdicts[pair.name], outcomes[pair.name, state][0])
                         for state in trial.STATES)


def _summary(table, verdicts, outcomes):
    columns = [(device, state) for device in dict.fromkeys(pair.device for pair in table)
               for state in trial.STATES]
    lines = ["## Summary\n", "| | " + " | ".join(f"{device}, {state}"
                                                  for device, state in columns) + " | meaning |",
             "|---|" + "--:|" * len(columns) + "---|"]
    for name, meaning in KINDS.items():
        counts = [sum(pair.device == device
                      and kind(verdicts[pair.name], outcomes[pair.name, state][0]) == name
                      for pair in table) for device, state in columns]
        lines.append(f"| {name} | " + " | ".join(map(str, counts)) + f" | {meaning} |")
    return "\n".join(lines) + "\n"


def _explanations(table, verdicts, outcomes):
    used = {number for pair in table for number in _numbers(pair, verdicts, outcomes)}
    lines = ["## Why they do not agree\n"]
    for number, entry in enumerate(EXPLANATIONS, 1):
        if number not in used:
            raise Failure(f"explanation {number} explains nothing")
        names = ", ".join(f"`{name}`" for name in sorted(entry.names))
        lines.append(f"{number}. **{entry.kind}**: {names}. {entry.text}")
    return "\n".join(lines) + "\n"


def _numbers(pair, verdicts, outcomes):
    kinds = [name for name in _kinds_of(pair, verdicts, outcomes) if name not in AGREEING]
    found = []
    for name in kinds:
        found += [number for number in explained(pair, [name], EXPLANATIONS)
                  if number not in found]
    return found


def _surprises(table, outcomes):
    found = [(pair, surprise(pair, outcomes)) for pair in table]
    found = [(pair, differences) for pair, differences in found if differences]
    total = 2 * len(table)
    wrong = sum(len(differences) for _, differences in found)
    lines = ["## Where QEMU did not do what was expected\n",
             f"{total - wrong} of {total} outcomes were as expected. The others:\n",
             "| pair | state | expected | QEMU | why |", "|---|---|---|---|---|"]
    for pair, differences in found:
        [why, *_] = explained(pair, ["surprise"], SURPRISES)
        lines += [f"| {pair.name} | {state} | {expected} | {seen} | {chr(96 + why)} |"
                  for state, expected, seen in differences]
    lines += [""] + [f"* **{chr(96 + number)}**: {entry.text}"
                     for number, entry in enumerate(SURPRISES, 1)]
    return "\n".join(lines) + "\n"


def _rows(table, verdicts, outcomes):
    lines = ["## All pairs\n"]
    for device in dict.fromkeys(pair.device for pair in table):
        lines += [f"### {device}\n",
                  "| pair | source | destination | library | QEMU before | QEMU after | | why |",
                  "|---|---|---|---|---|---|---|---|"]
        lines += [_row(pair, verdicts, outcomes) for pair in table if pair.device == device]
        lines += ["", "What QEMU said, or what the guest saw:\n"]
        lines += [f"* {pair.name}, {state}: {_code(detail)}" for pair in table
                  if pair.device == device for state in trial.STATES
                  for _, detail in [outcomes[pair.name, state]] if detail]
        lines.append("")
    return "\n".join(lines)


def _row(pair, verdicts, outcomes):
    kinds = ", ".join(_kinds_of(pair, verdicts, outcomes))
    numbers = ", ".join(map(str, _numbers(pair, verdicts, outcomes)))
    seen = [outcomes[pair.name, state][0] for state in trial.STATES]
    cells = [pair.name, _side(pair.source), _side(pair.destination), verdicts[pair.name], *seen,
             kinds, numbers]
    return "| " + " | ".join(cells) + " |"


def _side(side):
    return "default" if side == pairs.NOTHING else _code(side)


def _code(text):
    return f"`{text}`"
