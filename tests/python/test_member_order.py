# SPDX-License-Identifier: LGPL-2.1-or-later

"""Members may come in any order: what a document says does not depend on it."""

import json
import os
import random
from pathlib import Path

import gi
import pytest

gi.require_version("Migdesc", "1.0")

from gi.repository import Migdesc  # noqa: E402

VALID = Path(os.environ["MIGDESC_DATADIR"]) / "valid"
# Only what can be read without flags, and has no numbers that Python would write in another way
NAMES = ("all-members", "constraint-order", "dialect-minmax", "dialect-v1", "dialect-v3",
         "dialect-v4", "example",
         "params-last", "values-ints", "values-off-not-allowed", "values-strings",
         "versions-only-objects")
ROUNDS = 30

# The members of these objects are in an order of their own: names of models, params and codes, and
# what is not ours
ORDERED = {"models", "params", "if", "then", "forbid", "ignore", "state"}


def shuffled(rng: random.Random, value, name: str = "", inside_version: bool = False):
    """The same value with the members of each object that has a fixed set of them in another
    order."""
    if isinstance(value, list):
        return [shuffled(rng, item, name, name == "versions") for item in value]
    if not isinstance(value, dict) or name.startswith("x-"):
        return value
    members = list(value.items())
    if name not in ORDERED or inside_version:
        known = [pair for pair in members if not pair[0].startswith("x-")]
        rng.shuffle(known)
        members = known + [pair for pair in members if pair[0].startswith("x-")]
    return {key: shuffled_member(rng, key, member, inside_version) for key, member in members}


def shuffled_member(rng: random.Random, key: str, member, inside_version: bool):
    if key in ("state", "ignore", "if", "then", "forbid"):
        return member
    if key == "params" and inside_version and isinstance(member, dict):
        pairs = list(member.items())
        rng.shuffle(pairs)
        return dict(pairs)
    if key in ("models", "params") and isinstance(member, dict):
        return {name: shuffled(rng, item) for name, item in member.items()}
    return shuffled(rng, member, key)


@pytest.mark.parametrize("name", NAMES)
def test_order_of_members_does_not_matter(name):
    text = (VALID / f"{name}.json").read_text()
    expected = Migdesc.Descriptor.new_from_string(text, -1).to_string()
    document = json.loads(text)
    rng = random.Random(name)
    for _ in range(ROUNDS):
        other = json.dumps(shuffled(rng, document))
        assert Migdesc.Descriptor.new_from_string(other, -1).to_string() == expected, other
