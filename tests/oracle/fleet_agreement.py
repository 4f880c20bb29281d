#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fleets asked by the library and by slow, obvious Python: checks, selections with their matching
and remedies, and what hosts cover with which features.

    fleet_agreement.py [ROUNDS] [SEED]

Matching and remedies are found by trying everything. Of single checks the library's own answer is
taken: that these are right is what differential.py is for."""

import itertools
import json
import random
import sys

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

RANKS = ("return", "compatible", "undecided", "near-miss", "impossible", "not-answered", "excluded")
MODEL = "a.b/nic"


# --- Generated fleets -------------------------------------------------------------------------

def make_param(rng, kind):
    if kind == "bool":
        param = {"type": "bool", "init_value": rng.random() < 0.5}
        if rng.random() < 0.8:
            param["off_value"] = False
        return param
    low, high = sorted(rng.sample(range(1, 7), 2))
    param = {"type": "int", "init_value": low}
    if rng.random() < 0.92:
        param["allowed_values"] = [f"{low}-{high}"]
    if rng.random() < 0.7:
        param["off_value"] = rng.randint(0, 1)
    return param


def make_constraint(rng, params):
    one, other = rng.sample(sorted(params), 2)

    def condition(name):
        if params[name]["type"] == "bool":
            return {name: [rng.random() < 0.5]}
        return {name: [f"{rng.randint(0, 3)}-{rng.randint(3, 6)}"]}

    if rng.random() < 0.5:
        return {"forbid": {**condition(one), **condition(other)}}
    return {"if": condition(one), "then": condition(other)}


def make_descriptor(rng):
    """A text; a few are broken."""
    if rng.random() < 0.04:
        return rng.choice(["{", "{}", "[1]", '{"models": {"x": {}}}'])
    kinds = {"queues": "int", "rings": "int", "rss": "bool", "tso": "bool"}
    names = [name for name in kinds if rng.random() < 0.85] or ["queues"]
    params = {name: make_param(rng, kinds[name]) for name in names}
    model = {"params": params}
    if len(params) > 1 and rng.random() < 0.5:
        model["constraints"] = [make_constraint(rng, params) for _ in range(rng.randint(1, 2))]
    if rng.random() < 0.05:
        model["support"] = "none"
    name = MODEL if rng.random() < 0.93 else "a.b/disk"
    return json.dumps({"models": {name: model}})


def is_document(text):
    try:
        Migdesc.Descriptor.from_string(text)
    except Migdesc.DocumentFailure:
        return False
    return True


def make_texts(rng):
    texts = [make_descriptor(rng) for _ in range(rng.randint(2, 6))]
    return [text for text in texts if text.startswith("{") and text.count("{") > 2] or ["{"]


def make_host(rng, number, texts):
    slots = [{"name": f"s{i}", "count": rng.choice([0, 1, 1, 1, 2, 2]), "descriptor": text}
             for i, text in enumerate(rng.choices(texts, k=rng.choice([0, 1, 2, 2, 3, 3])))]
    labels = {"rack": str(rng.randint(1, 3))} if rng.random() < 0.6 else {}
    return {"host": f"h{number:03}", "labels": labels, "slots": slots}


def as_line(host):
    slots = [{**slot, "descriptor": json.loads(slot["descriptor"])
              if is_json(slot["descriptor"]) else slot["descriptor"]} for slot in host["slots"]]
    return json.dumps({**host, "slots": slots})


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def make_list(rng, texts):
    """Mostly one that some descriptor takes."""
    if rng.random() < 0.7:
        models = json.loads(rng.choice(texts))["models"] if texts != ["{"] else {}
        params = next(iter(models.values()), {}).get("params", {})
        return {name: text_of(rng, param) for name, param in params.items()
                if "off_value" not in param or rng.random() < 0.7}
    pairs = {"queues": str(rng.randint(0, 7)), "rings": str(rng.randint(0, 7)),
             "rss": rng.choice(["on", "off"]), "tso": rng.choice(["on", "off"])}
    return {name: pairs[name] for name in pairs if rng.random() < 0.75}


def text_of(rng, param):
    if param["type"] == "bool":
        return rng.choice(["on", "on", "off"])
    if "allowed_values" not in param:
        return str(rng.choice([param["init_value"], 7]))
    low, high = map(int, param["allowed_values"][0].split("-"))
    return str(rng.randint(low, high))


def as_list(pairs):
    return Migdesc.ParamList.new(MODEL, None, list(pairs), list(pairs.values()))


# --- What single descriptors say --------------------------------------------------------------

class World:
    """Descriptors by their text, and checks of them, each once."""

    def __init__(self):
        self.read, self.checked, self.needed = {}, {}, {}

    def descriptor(self, text):
        if text not in self.read:
            self.read[text] = (Migdesc.Descriptor.from_string(text) if is_document(text) else None)
        return self.read[text]

    def verdict(self, pairs, text, source=None):
        key = tuple(pairs.items()), text, source
        if key not in self.checked:
            descriptor = self.descriptor(text)
            given = None if source is None else self.descriptor(source)
            self.checked[key] = descriptor.check(as_list(pairs), source=given).verdict
        return self.checked[key]

    def returns(self, pairs, text, source):
        if source is None:
            return False
        report = self.descriptor(text).check_return_path(as_list(pairs), self.descriptor(source))
        return report.verdict == "compatible"

    def remedies(self, pairs, text):
        """The fewest params that are set otherwise, left out or added, so that it is not refused;
        None: whatever they are."""
        key = tuple(pairs.items()), text
        if key not in self.needed:
            self.needed[key] = self.find_remedies(pairs, text)
        return self.needed[key]

    def find_remedies(self, pairs, text):
        descriptor = self.descriptor(text)
        if MODEL not in descriptor:
            return None
        names = sorted(set(pairs) | set(descriptor[MODEL].params))
        for n in range(len(names) + 1):
            for changed in itertools.combinations(names, n):
                options = [[None] + (["on", "off"] if name in ("rss", "tso")
                                     else [str(value) for value in range(9)]) for name in changed]
                for values in itertools.product(*options):
                    changes = dict(zip(changed, values))
                    if self.is_taken({**pairs, **changes}, text):
                        return n
        return None

    def is_taken(self, pairs, text):
        given = {name: value for name, value in pairs.items() if value is not None}
        return self.verdict(given, text) != "incompatible"


# --- Selections -------------------------------------------------------------------------------

def edge(world, device, slot):
    """(rank of this device at this slot, remedies), or None."""
    pairs, source = device
    text = slot["descriptor"]
    verdict = world.verdict(pairs, text, source)
    if verdict == "compatible":
        return (0 if world.returns(pairs, text, source) else 1), 0
    if verdict == "undecided":
        return 2, 0
    if source is not None:
        return None  # what rule 8 asks for is no remedy that trying values finds
    remedies = world.remedies(pairs, text)
    return None if remedies is None else (3, remedies)


def best_placement(world, devices, slots):
    """Every way to put devices into places, tried. -> (rank, remedies)"""
    places = [i for i, slot in enumerate(slots) for _ in range(slot["count"])]
    best = None
    for chosen in set(itertools.permutations(places, len(devices))):
        edges = [edge(world, device, slots[place]) for device, place in zip(devices, chosen)]
        if None in edges:
            continue
        worst = max(rank for rank, _ in edges), sum(remedies for _, remedies in edges)
        if best is None or worst < best:
            best = worst
    return best or (4, 0)


def expected_row(world, devices, host, rules):
    labels = host["labels"]
    broken = any(world.descriptor(slot["descriptor"]) is None for slot in host["slots"])
    labels = {} if broken else labels
    if rules["require"] is not None and labels.get("rack") != rules["require"]:
        return 6, 0
    if rules["exclude"] is not None and labels.get("rack") == rules["exclude"]:
        return 6, 0
    return (5, 0) if broken else best_placement(world, devices, host["slots"])


def expected_order(rows, hosts, rules, top):
    def key(number):
        rank, remedies = rows[number]
        broken = rank == 5
        score = 0 if broken else rules["weights"].get(hosts[number]["labels"].get("rack"), 0)
        return rank, remedies, -score, hosts[number]["host"]

    listed = sorted((i for i, row in enumerate(rows) if row[0] < 6), key=key)
    return listed[:top] if top else listed


def make_rules(rng):
    return {"require": rng.choice([None] * 9 + ["1"]),
            "exclude": rng.choice([None] * 4 + ["2"]),
            "weights": {"1": rng.choice([0, 1.5]), "3": rng.choice([0, -2])}}


def ask_library(fleet, world, devices, rules, top):
    selector = Migdesc.Selector.new()
    for pairs, source in devices:
        selector.add_device(as_list(pairs), None if source is None else world.descriptor(source))
    selector.set_top(top)
    if rules["require"] is not None:
        selector.require_label("rack", rules["require"])
    if rules["exclude"] is not None:
        selector.exclude_label("rack", rules["exclude"])
    for value, weight in rules["weights"].items():
        selector.add_weight("rack", value, weight)
    selection = fleet.select(selector=selector)
    ranks = list(selection.dup_ranks().get_data() or b"")
    remedies = list(memoryview(selection.dup_remedies().get_data() or b"").cast("I"))
    order = [selection.get_position(i) for i in range(selection.get_n_results())]
    return selection, list(zip(ranks, remedies)), order


def check_counts(selection, rows):
    for number, word in enumerate(RANKS):
        assert selection.count(Migdesc.Rank(number)) == sum(row[0] == number for row in rows), word


def check_slots(selection, devices, hosts, order):
    """No slot takes more than it can, and a device is where its slot says so."""
    for result, position in enumerate(order):
        if selection.get_rank(result) > 3:
            continue
        taken = [selection.get_slot(result, i) for i in range(len(devices))]
        counts = {slot["name"]: slot["count"] for slot in hosts[position]["slots"]}
        assert None not in taken
        for name in taken:
            assert taken.count(name) <= counts[name]


def check_verdicts(fleet, world, device, hosts):
    pairs, source = device
    check = fleet.check(as_list(pairs),
                        source=None if source is None else world.descriptor(source))
    worth = ("compatible", "undecided", "incompatible")
    for position, host in enumerate(hosts):
        texts = [slot["descriptor"] for slot in host["slots"]]
        if any(world.descriptor(text) is None for text in texts):
            assert check[position] == "not answered"
            continue
        said = [world.verdict(pairs, slot["descriptor"], source) for slot in host["slots"]
                if slot["count"] > 0]
        assert check[position] == min(said, key=worth.index, default="incompatible")
    assert sum(check.counts.values()) == len(hosts)


# --- Fronts of baselines ----------------------------------------------------------------------

def hosts_with_model(world, hosts):
    """The descriptor that each host stands with: its first slot's that has the model."""
    for host in hosts:
        if any(world.descriptor(slot["descriptor"]) is None for slot in host["slots"]):
            continue
        texts = [slot["descriptor"] for slot in host["slots"]
                 if slot["count"] > 0 and MODEL in world.descriptor(slot["descriptor"])]
        if texts:
            yield texts[0]


def spell(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def covered(world, pairs, text):
    """Off here and in effect there is another device."""
    params = json.loads(text)["models"][MODEL]["params"]
    for name, value in pairs.items():
        off = params.get(name, {}).get("off_value")
        if off is not None and spell(off) == value:
            return False
    return world.verdict(pairs, text) == "compatible"


def expected_front(world, texts):
    """Every configuration, tried. -> {(hosts, features)} that none is better than"""
    names = sorted({name for text in texts
                    for name in json.loads(text)["models"][MODEL]["params"]})
    options = [[None] + (["on", "off"] if name in ("rss", "tso")
                         else [str(value) for value in range(8)]) for name in names]
    points = set()
    for values in itertools.product(*options):
        pairs = {name: value for name, value in zip(names, values) if value is not None}
        n_hosts = sum(covered(world, pairs, text) for text in texts)
        if n_hosts > 0:
            points.add((n_hosts, len(pairs)))
    return {point for point in points
            if not any(other != point and other[0] >= point[0] and other[1] >= point[1]
                       for other in points)}


def check_front(fleet, world, hosts):
    texts = list(hosts_with_model(world, hosts))
    if not texts:
        return 0
    baseline = fleet.baseline(MODEL)
    points = [(baseline.get_point_n_hosts(i), baseline.get_point_n_features(i))
              for i in range(baseline.get_n_points())]
    assert baseline.get_n_hosts() == len(texts)
    assert baseline.is_exact()
    assert points == sorted(points, reverse=True)
    assert set(points) == expected_front(world, texts), (points, texts)
    for i, (n_hosts, n_features) in enumerate(points):
        plist = baseline.get_point_list(i)
        pairs = {plist.get_name(k): plist.get_value(k) for k in range(plist.get_n_params())}
        assert len(pairs) == n_features
        assert sum(covered(world, pairs, text) for text in texts) == n_hosts
        assert sum(baseline.dup_point_covered(i).get_data()) == n_hosts
    return len(points)


def one_round(rng):
    world = World()
    texts = make_texts(rng)
    hosts = [make_host(rng, number, texts) for number in range(rng.randint(0, 12))]
    sources = [None] * 2 + [text for text in texts if world.descriptor(text) is not None]
    devices = [(make_list(rng, texts), rng.choice(sources)) for _ in range(rng.randint(1, 3))]
    rules, top = make_rules(rng), rng.choice([0, 0, 1, 3])
    fleet = Migdesc.Fleet()
    fleet.add_lines("\n".join(as_line(host) for host in hosts))
    assert list(fleet) == [host["host"] for host in hosts]
    check_verdicts(fleet, world, devices[0], hosts)
    selection, rows, order = ask_library(fleet, world, devices, rules, top)
    expected = [expected_row(world, devices, host, rules) for host in hosts]
    compare_rows(rows, expected, devices)
    check_counts(selection, rows)
    assert order == expected_order(rows, hosts, rules, top), (order, rows)
    check_slots(selection, devices, hosts, order)
    if rng.random() < 0.2:
        check_front(fleet, world, hosts)
    return rows


def compare_rows(rows, expected, devices):
    """Remedies for what rule 8 asks are not modelled: there a near miss may be impossible."""
    sourced = any(source is not None for _, source in devices)
    for got, wanted in zip(rows, expected):
        if sourced and {got[0], wanted[0]} <= {3, 4}:
            continue
        assert got == wanted, (got, wanted, rows, expected)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    seen = dict.fromkeys(RANKS, 0)
    for number in range(rounds):
        try:
            for rank, _ in one_round(random.Random(f"{seed}-{number}")):
                seen[RANKS[rank]] += 1
        except AssertionError:
            print(f"round {number} of seed {seed} differs")
            raise
    print(f"{rounds} fleets agree: " + ", ".join(f"{n} {rank}" for rank, n in seen.items()))
    if rounds >= 500:
        assert all(seen.values()), "some rank never came up"


if __name__ == "__main__":
    main()
