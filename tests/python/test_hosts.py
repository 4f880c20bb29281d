# SPDX-License-Identifier: LGPL-2.1-or-later

"""Ranking the hosts of a fleet, against a slow way that asks host by host."""

import json
import random

import pytest
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
        line = json.dumps({"host": f"host-{number}", **dice.choice(shapes)})
        lines.append("{" if dice.random() < 0.02 else line)
    return "\n".join(lines) + "\n"


def slowly(fleet, source, labels):
    """Every host by itself, and all that the answer says of it."""
    rows = []
    check = fleet.check(QUESTION, source)
    for position in range(len(fleet)):
        host = fleet.host(position)
        if any(host.labels.get(name) != value for name, value in labels.items()):
            continue
        verdict, back, findings = check[position], None, []
        if verdict != "not answered":
            findings = check.report(position).to_dict()["findings"]
        if verdict == "compatible" and source:
            taking = [slot for slot in host.slots if slot.count
                      and slot.descriptor.check(QUESTION, source).verdict == "compatible"]
            back = taking[0].descriptor.check_return_path(QUESTION, source).verdict
        blockers = sum(finding["severity"] == "blocker" for finding in findings)
        order = {"compatible": 1, "undecided": 2, "incompatible": 3, "not answered": 4}[verdict]
        rank = (0 if back == "compatible" else order, blockers if order == 3 else 0)
        rows.append((rank, position, host.name, verdict, findings))
    return sorted(rows, key=lambda row: row[:2])


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("labels", [{}, {"zone": "a"}])
def test_as_slowly(seed, labels):
    dice = random.Random(seed)
    fleet = Migdesc.Fleet()
    fleet.add_lines(make_lines(dice, 300))
    source = Migdesc.Descriptor.from_dict(descriptor(random.Random(seed + 100)))
    source = source if seed % 3 else None
    rows = slowly(fleet, source, labels)
    answer = hosts.select(fleet, QUESTION, source, top=40, labels=labels)
    assert answer["hosts"] == len(rows)
    assert [(host["host"], host["verdict"], host["findings"]) for host in answer["best"]] == [
        row[2:] for row in rows[:40]]
    assert answer["verdicts"] == {verdict: sum(row[3] == verdict for row in rows)
                                  for verdict in sorted({row[3] for row in rows})}
    for reason in answer["reasons"]:
        assert reason["hosts"] == sum(
            any(finding["code"] == reason["code"] and finding["message"] == reason["message"]
                and finding.get("param") == reason.get("param") for finding in row[4])
            for row in rows)
    assert [reason["hosts"] for reason in answer["reasons"]] == sorted(
        (reason["hosts"] for reason in answer["reasons"]), reverse=True)


def test_parts_make_the_same_answer():
    dice = random.Random(77)
    lines = make_lines(dice, 200).splitlines(keepends=True)
    whole = Migdesc.Fleet()
    whole.add_lines("".join(lines))
    question = hosts.Question(QUESTION, None, 30)
    parts = []
    for start, end in ((0, 17), (17, 18), (18, 140), (140, 200)):
        fleet = Migdesc.Fleet()
        fleet.add_lines("".join(lines[start:end]))
        parts.append(hosts.ask_part(fleet, question))
    assert hosts.merge(parts, question) == hosts.select(whole, QUESTION, top=30)


def test_an_empty_fleet():
    assert hosts.select(Migdesc.Fleet(), QUESTION) == {
        "hosts": 0, "verdicts": {}, "reasons": [], "best": []}


def test_what_is_no_list():
    with pytest.raises(Migdesc.ListFailure):
        hosts.Question("=")
