# SPDX-License-Identifier: LGPL-2.1-or-later
"""The pairs of the table, and what was expected of them."""

import collections
import csv
import pathlib
import random

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

from qemu_descriptors import document

DATA = pathlib.Path(__file__).resolve().parents[1] / "data" / "qemu-7.2"
PAIRS = DATA / "truth" / "pairs.tsv"
NOTHING = "-"

# The properties that no descriptor has, set as explicitly as all others.
OWN = {
    "virtio-net-pci": {"mac": "52:54:00:12:34:56", "romfile": "efi-virtio.rom"},
    "e1000e": {"mac": "52:54:00:12:34:56", "romfile": "efi-e1000e.rom"},
}
# What reads as empty when nobody set it cannot be set to that.
UNSETTABLE = {"duplex"}

# `library` is the verdict of the library; `before` and `after` are what QEMU was expected to do
# before and after feature negotiation: refused, or what the guest then sees.
Pair = collections.namedtuple("Pair", "name device source destination library before after")


def read(path=PAIRS):
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Pair(*row) for row in rows]


def model(device):
    """The kept model of a device, which knows the types and the defaults of its properties."""
    kept = Migdesc.Descriptor.load(str(DATA / f"{device}.json"))
    return kept[document.model_name(device)]


def base(device):
    """Every property of a device as text: what the newest machine type has."""
    kept = model(device)
    values = kept.expand(version=list(kept.versions)[-1]).to_dict()
    texts = {name: _text(value) for name, value in values.items() if name not in UNSETTABLE}
    return texts | OWN[device]


def _text(value):
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)


def settings(device, side):
    """{property: text} of a side of a pair: everything, explicitly."""
    return base(device) | changes(side)


def changes(side):
    """What a side of a pair sets otherwise than the newest machine type."""
    if side == NOTHING:
        return {}
    return dict(change.split("=", 1) for change in side.split(","))


def needs_tap(pair):
    """Whether a side is connected to a tap, which needs a network of its own."""
    return any("tap" in changes(side).get("netdev", "") for side in (pair.source, pair.destination))


def sample(pairs, count, seed):
    """A few pairs in the order of the table, the same ones for the same seed."""
    chosen = set(random.Random(seed).sample([pair.name for pair in pairs], count))
    return [pair for pair in pairs if pair.name in chosen]
