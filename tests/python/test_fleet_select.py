# SPDX-License-Identifier: LGPL-2.1-or-later

"""Selecting hosts of a fleet from Python, and its baseline."""

import json

import pytest
from gi.repository import Migdesc


def nic(queues, rss=False):
    params = {"queues": {"type": "int", "allowed_values": [f"1-{queues}"], "init_value": 1,
                         "off_value": 1}}
    if rss:
        params["rss"] = {"type": "bool", "init_value": True, "off_value": False}
    return {"models": {"a.b/nic": {"params": params}}}


def host(queues, count=1, **labels):
    return {"labels": labels, "slots": [{"name": "nic", "count": count,
                                         "descriptor": nic(queues)}]}


@pytest.fixture
def fleet():
    return Migdesc.Fleet({"a": host(4, rack=1), "b": host(8, rack=1), "c": host(8, 2, rack=2),
                          "broken": "{"})


def test_hosts_are_ranked(fleet):
    selection = fleet.select("a.b/nic?queues=6")

    assert [(result.name, result.rank) for result in selection] == [
        ("b", "compatible"), ("c", "compatible"), ("a", "near-miss"), ("broken", "not-answered")]
    assert selection[2].remedies == 1
    assert selection[2].report()[0].remedy == "restart the source with queues <= 4"
    assert selection[0].slot() == "nic"
    assert list(selection.ranks) == [3, 1, 1, 5]
    assert list(selection.remedies) == [1, 0, 0, 0]
    assert selection.counts["compatible"] == 2
    assert [reason["hosts"] for reason in selection.reasons] == [1, 1]
    assert selection and repr(selection) == "<Migdesc.Selection of 4 hosts, 4 listed>"


def test_two_devices_need_two_places(fleet):
    selection = fleet.select("a.b/nic?queues=6", "a.b/nic?queues=2", top=1)

    assert [result.name for result in selection] == ["c"]
    assert selection.counts["impossible"] == 2
    assert {reason["code"] for reason in selection.reasons} == {
        "no-free-slot", "param-value-not-allowed", "json-syntax"}


def test_way_back_comes_first():
    fleet = Migdesc.Fleet({"a": nic(8), "b": nic(8)})
    source = Migdesc.Descriptor.from_dict(nic(4))

    assert [result.rank for result in fleet.select("a.b/nic?queues=3", source=source)] == [
        "return", "return"]
    assert fleet.select("a.b/nic?queues=3")[0].return_path() is None
    back = fleet.select("a.b/nic?queues=3", source=source)[0].return_path()
    assert back.verdict == "compatible"


def test_policy_is_the_managers(fleet):
    selector = Migdesc.Selector("a.b/nic?queues=6").prefer("rack", "2", 2.5)
    assert [result.name for result in fleet.select(selector=selector)][:2] == ["c", "b"]
    assert fleet.select(selector=selector)[0].score == 2.5

    assert fleet.select(selector=Migdesc.Selector("a.b/nic?queues=6").require("rack", "2")
                        ).counts["excluded"] == 3
    assert [result.name for result in fleet.select(
        selector=Migdesc.Selector("a.b/nic?queues=6").exclude("rack", "1"))] == ["c", "broken"]

    selector = Migdesc.Selector("a.b/nic?queues=2")
    selector.set_score_func(lambda name, score, *data: {"b": 9.0, "a": float("nan")}.get(name, 1.0))
    assert [result.name for result in fleet.select(selector=selector)] == ["b", "c", "a", "broken"]


def test_what_if_changes_nothing(fleet):
    selector = Migdesc.Selector("a.b/nic?queues=6").what_if(queues=4)
    assert fleet.select(selector=selector)[0].name == "a"
    assert str(selector.get_device(0)) == "a.b/nic?queues=4"

    selector = Migdesc.Selector("a.b/nic?queues=6").what_if(
        hosts={name: Migdesc.Descriptor.from_dict(nic(16)) for name in ("a", "z")})
    assert fleet.select(selector=selector)[0].name == "a"
    assert fleet.select("a.b/nic?queues=6")[0].name == "b"


def test_nothing_to_select_is_an_error(fleet):
    with pytest.raises(Migdesc.Failure, match="there is no device"):
        fleet.select()
    selector = Migdesc.Selector(*["a.b/nic?queues=1"] * 64)
    with pytest.raises(Migdesc.LimitFailure, match="more than 64 devices"):
        selector.add("a.b/nic?queues=1")


def test_front_tells_what_leaving_hosts_gains():
    fleet = Migdesc.Fleet({"a": nic(4, rss=True), "b": nic(8, rss=True), "c": nic(8)})
    baseline = fleet.baseline()

    assert baseline and str(baseline.param_list) == "a.b/nic?"
    assert [(point["hosts"], point["features"], point["names"]) for point in baseline.front] == [
        (3, 1, []), (2, 2, ["c"])]
    assert list(baseline.covered(1)) == [1, 1, 0]
    assert baseline.exact
    assert str(baseline) == (
        "a.b/nic?\nwithout c: a.b/nic?rss=on\n3 hosts, 1 features: a.b/nic?queues=4\n"
        "2 hosts, 2 features: a.b/nic?queues=4,rss=on\n  without c")
    with pytest.raises(Migdesc.NotFoundFailure):
        fleet.baseline("a.b/disk")


def test_kinds_of_hosts_that_cost_something():
    fleet = Migdesc.Fleet({"a": nic(4, rss=True), "b": nic(8), "c": nic(4, rss=True), "d": nic(8)})
    baseline = fleet.baseline()

    assert list(baseline.kinds) == [0, 1, 0, 1]
    assert baseline.costs == [{"name": "b", "hosts": 2, "list_without": "a.b/nic?rss=on"}]
    assert [baseline.get_kind_n_hosts(kind) for kind in range(baseline.get_n_kinds())] == [2, 2]
    assert [str(baseline.get_param_list_without(kind)) for kind in range(2)] == [
        "a.b/nic?", "a.b/nic?rss=on"]
    assert str(baseline).splitlines()[1] == "without b and 1 like it: a.b/nic?rss=on"


def test_front_that_takes_too_long_says_so():
    limits = Migdesc.Limits.new()
    limits.set(Migdesc.Limit.STEPS, 2)
    fleet = Migdesc.Fleet({"a": nic(4, rss=True), "b": nic(8, rss=True), "c": nic(8)})

    assert not fleet.baseline(limits=limits).exact


def test_json_is_what_the_parts_say(fleet):
    answer = fleet.select("a.b/nic?queues=6", top=1).to_dict()

    assert answer["hosts"] == 4
    assert answer["ranks"]["near-miss"] == 1
    assert answer["results"] == [json.loads(json.dumps(
        {"host": "b", "rank": "compatible",
         "devices": [{"slot": "nic", "verdict": "compatible", "findings": []}]}))]
