# SPDX-License-Identifier: LGPL-2.1-or-later

"""Test matrices: against a slow model of their rules, against check, and as Python has them."""

import json
import random

import pytest
from gi.repository import Migdesc

MODEL = "a.b/c"
SUPPORTS = [None, "best-effort", "forward", "bidirectional", "none"]
STRENGTH = {None: 0, "best-effort": 0, "forward": 1, "bidirectional": 2}


def read(model):
    return Migdesc.Descriptor.from_string(json.dumps({"models": {MODEL: model}}))


def make_model(dice, names):
    """A model of these versions that promises what it likes."""
    versions = []
    for name in names:
        version = {"name": name, "params": {}}
        support = dice.choice(SUPPORTS)
        if support:
            version["support"] = support
        for flag in ("create", "load"):
            if dice.random() < 0.2:
                version[flag] = False
        version["tested"] = [{"from": dice.choice(names), "to": dice.choice(names)}
                             for _ in range(dice.randrange(3))]
        versions.append(version)
    model = {"params": {"f": {"type": "bool", "init_value": True, "off_value": False}},
             "versions": versions}
    support = dice.choice(SUPPORTS[:4] + SUPPORTS[:4] + ["none"])
    if support:
        model["support"] = support
    return model


def find(model, name):
    return next((version for version in model["versions"] if version["name"] == name), None)


def is_none(model, version):
    return "none" in (model.get("support"), version.get("support"))


def promise(models, source, destination):
    """What anybody promises for a pair, with who; slowly, and word for word from the page."""
    best = (0, None)
    for name in (source, destination):
        for model in models:
            if find(model, name) and is_none(model, find(model, name)):
                return best
    for model in models:
        names = [version["name"] for version in model["versions"]]
        if source == destination or source not in names or destination not in names:
            continue
        forward = names.index(source) < names.index(destination)
        newer, older = (destination, source) if forward else (source, destination)
        own, all_versions = (STRENGTH[holder.get("support")]
                             for holder in (find(model, newer), model))
        strength = max(own, all_versions)
        if strength == 0 or (strength == 1 and not forward):
            continue
        programs = {}
        for other in reversed(models):
            programs[other["versions"][-1]["name"]] = other
        at_source = programs.get(source, None if forward else model)
        at_destination = programs.get(destination, model if forward else None)
        device = find(at_source, older) if at_source else None
        if device and not device.get("create", True) and not device.get("load", True):
            continue
        device = find(at_destination, older) if at_destination else None
        if device and not device.get("load", True):
            continue
        best = max(best, (strength, newer if own > all_versions else None), key=lambda it: it[0])
    return best


def expected_pairs(models):
    names = {version["name"] for model in models for version in model["versions"]}
    tested = {(pair["from"], pair["to"]) for model in models for version in model["versions"]
              for pair in version["tested"]}
    pairs = {}
    for source in names:
        for destination in names:
            strength, by_version = promise(models, source, destination)
            if strength or (source, destination) in tested:
                pairs[source, destination] = (strength, by_version,
                                              (source, destination) in tested)
    return pairs


def test_many_matrices_are_as_the_rules_say():
    dice = random.Random(1)
    sizes = set()
    for _ in range(600):
        names = [str(number) for number in range(1, dice.randrange(2, 7))]
        models = []
        for _ in range(dice.randrange(1, 4)):
            some = names[:dice.randrange(1, len(names) + 1)]
            if dice.random() < 0.2:
                some = some[dice.randrange(len(some)):]
            models.append(make_model(dice, some))
        matrix = Migdesc.Matrix([read(model) for model in models])
        found = {(pair["from"], pair["to"]): (STRENGTH[pair.get("promise")],
                                              pair.get("promised_by"), pair["tested"])
                 for pair in matrix}
        assert found == expected_pairs(models), models
        promised = [value for value in found.values() if value[0]]
        assert matrix.get_n_promised() == len(promised)
        assert matrix.get_n_missing() == sum(not tested for *_, tested in promised)
        sizes.add(len(promised))
    assert sizes >= set(range(7))


def test_check_says_the_same_of_each_pair():
    """Of programs as they were when each version was the newest."""
    dice = random.Random(2)
    for _ in range(200):
        names = [str(number) for number in range(1, 6)]
        model = make_model(dice, names)
        for version in model["versions"]:
            version.pop("create", None)
            version.pop("load", None)
            if version.get("support") == "none":
                del version["support"]
        pairs = {(pair["from"], pair["to"]): pair for pair in Migdesc.Matrix([read(model)])}
        # An older program knows what is published of its time.
        programs = {}
        for count, name in enumerate(names, 1):
            older = json.loads(json.dumps(model))
            older["versions"] = older["versions"][:count]
            known = names[:count]
            for version in older["versions"]:
                version["tested"] = [pair for pair in version["tested"]
                                     if pair["from"] in known and pair["to"] in known]
            programs[name] = read(older)
        for source in names:
            for destination in names:
                report = programs[destination].check("", source=programs[source])
                codes = {finding.code for finding in report}
                pair = pairs.get((source, destination), {})
                if source != destination:
                    assert ("direction-not-promised" in codes) == ("promise" not in pair)
                # The last one may list tests of the two that they cannot know themselves.
                if "promise" in pair and not pair["tested"]:
                    assert "direction-not-tested" in codes


@pytest.fixture
def model():
    return {"params": {}, "support": "forward", "versions": [
        {"name": "1"}, {"name": "2", "tested": [{"from": "1", "to": "2"}]},
        {"name": "3", "support": "bidirectional"}]}


def test_as_python_has_it(model):
    descriptor = read(model)
    matrix = Migdesc.Matrix([descriptor])
    assert len(matrix) == 5 and not matrix
    assert matrix.model == MODEL
    assert [(pair["from"], pair["to"]) for pair in matrix] == [
        ("1", "2"), ("1", "3"), ("2", "3"), ("3", "1"), ("3", "2")]
    assert matrix.missing[0] == {"from": "1", "to": "3", "promise": "bidirectional",
                                 "promised_by": "3", "tested": False}
    assert str(matrix).splitlines()[-1] == "1 of 5 pairs tested"
    assert repr(matrix) == "<Migdesc.Matrix of a.b/c, 4 missing>"
    more = descriptor.new_with_tested(MODEL, [pair["from"] for pair in matrix.missing],
                                      [pair["to"] for pair in matrix.missing])
    assert Migdesc.Matrix([more]) and more != descriptor
    with pytest.raises(Migdesc.NotFoundFailure):
        Migdesc.Matrix([descriptor], "a.b/d")
