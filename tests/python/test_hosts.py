# SPDX-License-Identifier: LGPL-2.1-or-later

"""Answers about parts of a fleet make that about all of it."""

import json
import random
import re

import pytest
from gi.module import get_introspection_module
from gi.repository import Migdesc
from migdesc import hosts

MODEL = "a.b/c"
QUESTION = f"{MODEL}?q=4,f=on"


def descriptor(dice):
    params = {"q": {"type": "int", "allowed_values": [f"1-{dice.randrange(1, 9)}"],
                    "init_value": 1, "off_value": 0}}
    if dice.random() < 0.7:
        params["f"] = {"type": "bool", "init_value": True, "off_value": False}
    if dice.random() < 0.2:
        del params["q"]["allowed_values"]
    if dice.random() < 0.2:
        params["extra"] = {"type": "bool", "init_value": True}
    return {"models": {MODEL if dice.random() < 0.9 else "a.b/other": {"params": params}}}


def make_lines(dice, count):
    shapes = [{"labels": {"zone": dice.choice("ab")},
               "slots": [{"name": f"slot{number}", "count": dice.randrange(3),
                          "descriptor": descriptor(dice)} for number in range(dice.randrange(3))]}
              for _ in range(12)]
    lines = []
    for number in range(count):
        host = {"host": f"host-{number}", **dice.choice(shapes)}
        if dice.random() < 0.02:
            host["slots"] = [{"name": "nic", "count": 1, "descriptor": {"models": {}}}]
        lines.append(json.dumps(host))
    return "\n".join(lines) + "\n"


def of_the_library(fleet, devices, source, top, require=None, weight=None):
    """Its own answer about a whole fleet"""
    selector = Migdesc.Selector.new()
    for params in devices:
        selector.add_device(Migdesc.ParamList(params), source)
    selector.set_top(top)
    for name, value in (require or {}).items():
        selector.require_label(name, value)
    for (name, value), number in (weight or {}).items():
        selector.add_weight(name, value, number)
    selection = get_introspection_module("Migdesc").Fleet.select(fleet, selector, None)
    return json.loads(selection.to_json())


def without_places(answer):
    """Lines are counted in each part by itself, so that those of two parts may be the same."""
    answer = json.loads(re.sub(r'": "[^"]*\d+:\d+: in the', '": "LINE: in the',
                               json.dumps(answer)))
    for reason in answer["reasons"]:
        if reason["message"].startswith("LINE"):
            del reason["ways"]
    return answer


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("devices", [[QUESTION], [QUESTION, f"{MODEL}?q=2"]])
def test_parts_make_the_same_answer(seed, devices):
    """However a fleet is parted"""
    dice = random.Random(seed)
    lines = make_lines(dice, 300).splitlines(keepends=True)
    whole = Migdesc.Fleet()
    whole.add_lines("".join(lines))
    source = Migdesc.Descriptor.from_dict(descriptor(random.Random(seed + 100)))
    source = source if seed % 3 else None
    require = {"zone": "a"} if seed % 2 else {}
    weights = {("zone", "b"): 2.5} if seed % 4 == 0 else {}
    expected = of_the_library(whole, devices, source, 40, require, weights)
    question = hosts.Question(devices, source, 40, require=require, weights=weights)
    for cuts in ([0, 300], [0, 1, 300], sorted({0, 300, *(dice.randrange(300) for _ in range(6))})):
        parts = []
        for start, end in zip(cuts, cuts[1:]):
            fleet = Migdesc.Fleet()
            fleet.add_lines("".join(lines[start:end]))
            parts.append(hosts.ask_part(fleet, question))
        assert without_places(hosts.merge(parts, question)) == without_places(expected)
    assert hosts.select(whole, devices, source, 40, require=require, weights=weights) == expected


def test_reasons_are_told_in_words_of_the_most():
    """The wordings of all parts count, not the first of each."""
    def fleet(**hosts_of):
        made = Migdesc.Fleet()
        for name, most in hosts_of.items():
            made[name] = {"models": {MODEL: {"params": {"q": {
                "type": "int", "allowed_values": [f"1-{most}"], "init_value": 1}}}}}
        return made

    question = hosts.Question(f"{MODEL}?q=9")
    parts = [hosts.ask_part(part, question) for part in (
        fleet(a=2, b=2, c=3), fleet(d=4, e=4, f=3), fleet(g=3))]
    reason, = hosts.merge(parts, question)["reasons"]
    assert (reason["hosts"], reason["ways"]) == (7, 3)
    assert reason["message"] == "q=9 is not allowed; the destination accepts 1-3"


def test_an_empty_fleet():
    answer = hosts.select(Migdesc.Fleet(), QUESTION)
    assert (answer["hosts"], answer["reasons"], answer["results"]) == (0, [], [])


def test_what_is_no_list():
    with pytest.raises(Migdesc.ListFailure):
        hosts.Question("=")
