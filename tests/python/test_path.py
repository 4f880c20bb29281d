# SPDX-License-Identifier: LGPL-2.1-or-later

"""Paths and maps as Python has them."""

import json
from xml.etree import ElementTree

import pytest
from gi.repository import Migdesc

MODEL = "a.b/c"


def read(allowed, **members):
    return Migdesc.Descriptor.from_dict({"models": {MODEL: {"params": {"q": {
        "type": "int", "allowed_values": allowed, "init_value": 4, "off_value": 1, **members}}}}})


@pytest.fixture
def hosts():
    return [read(["1-64"]), read(["1-4"]), read(["1-64"], runtime=True)]


def test_path(hosts):
    path = Migdesc.Path(hosts, {"q": 8}, 0, 1)
    assert path and path.verdict == "compatible" and len(path) == 2
    assert path.model == MODEL
    assert list(path) == [
        {"source": 0, "changes": {}, "destination": 2, "list": "a.b/c?q=8", "findings": []},
        {"source": 2, "changes": {"q": "4"}, "destination": 1, "list": "a.b/c?q=4",
         "findings": []}]
    assert path[-1]["destination"] == 1
    assert path.to_dict()["steps"][1]["changes"] == [{"param": "q", "from": "8", "to": "4"}]
    assert str(path).splitlines()[0] == "compatible"
    assert repr(path) == "<Migdesc.Path compatible, 2 steps>"
    assert [step["destination"] for step in path.return_path] == [0]


def test_no_path(hosts):
    path = Migdesc.Path(hosts[:2], "q=8", 0, 1)
    assert not path and len(path) == 0
    assert [finding.code for finding in path.report] == ["param-value-not-allowed"]
    assert path.return_path is None
    with pytest.raises(Migdesc.Failure):
        Migdesc.Path(hosts, "q=8", 0, 3)
    limits = Migdesc.Limits()
    limits.set(Migdesc.Limit.STEPS, 2)
    assert Migdesc.Path(hosts, "q=8", 0, 1, limits).verdict == "undecided"


def test_map(hosts):
    chart = Migdesc.Map(hosts, ["a", "b", "c"])
    assert list(chart) == ["a", "b", "c"] and len(chart) == 3
    assert chart.items() == [("a", 1), ("b", 1), ("c", 1)]
    assert [chart.relation(0, to) for to in range(3)] == ["identical", "conditional", "identical"]
    assert ElementTree.fromstring(chart._repr_svg_()).get("width") == "1200"
    assert chart.to_dict() == json.loads(chart.to_json())
    assert repr(chart) == "<Migdesc.Map of a.b/c, 3 groups>"
    with pytest.raises(Migdesc.Failure):
        Migdesc.Map(hosts, ["a"])


def test_of_a_fleet(hosts):
    fleet = Migdesc.Fleet(dict(zip("abc", hosts)))
    path = fleet.path("q=8", "a", "b")
    assert [fleet.host(step["destination"]).name for step in path] == ["c", "b"]
    assert fleet.path("q=8", "a", "a").verdict == "compatible"
    assert fleet.map().items() == [("a", 1), ("b", 1), ("c", 1)]
    assert len(fleet.matrix()) == 0
    with pytest.raises(KeyError):
        fleet.path("q=8", "a", "d")
