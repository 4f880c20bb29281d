# SPDX-License-Identifier: LGPL-2.1-or-later

"""Fleets as Python sees them."""

import json

import pytest
from gi.repository import GLib, Migdesc


def nic(queues):
    return {"models": {"a.b/nic": {"params": {
        "queues": {"type": "int", "allowed_values": [f"1-{queues}"], "init_value": 1,
                   "off_value": 1}}}}}


@pytest.fixture
def fleet():
    return Migdesc.Fleet({"a": nic(4), "b": nic(8), "c": nic(4), "broken": "{"})


def test_fleet_is_a_mapping_of_names_to_hosts(fleet):
    assert len(fleet) == 4
    assert list(fleet) == ["a", "b", "c", "broken"]
    assert "b" in fleet and "z" not in fleet and 3 not in fleet
    assert fleet["b"].position == 1
    assert fleet.host(-1).name == "broken"
    with pytest.raises(KeyError):
        fleet["z"]
    with pytest.raises(IndexError):
        fleet.host(4)
    assert repr(fleet) == "<Migdesc.Fleet of 4 hosts in 3 shapes>"
    assert not Migdesc.Fleet()


def test_host_tells_what_it_is(fleet):
    fleet["d"] = {"labels": {"rack": 7}, "slots": [
        {"name": "nic", "count": 2, "descriptor": nic(4)}]}
    host = fleet["d"]

    assert host.labels == {"rack": "7"}
    assert [(slot.name, slot.count) for slot in host.slots] == [("nic", 2)]
    assert host.slots[0].descriptor == Migdesc.Descriptor.from_dict(nic(4))
    assert host.to_dict()["slots"][0]["count"] == 2
    assert host.error is None
    assert fleet["broken"].error == "1:2: the text ends, expected a member's name or \"}\""
    assert fleet.n_errors == 1
    assert fleet.n_descriptors == 2


def test_hosts_are_replaced_and_removed(fleet):
    fleet["a"] = Migdesc.Descriptor.from_dict(nic(8))

    assert list(fleet.shapes) == [1, 1, 0, 2]
    del fleet["b"]
    assert list(fleet) == ["a", "broken", "c"]
    with pytest.raises(KeyError):
        del fleet["b"]


def test_answers_are_columns(fleet):
    check = fleet.check("a.b/nic?queues=5")

    assert list(check.verdicts) == [1, 0, 1, 3]
    assert list(check) == ["incompatible", "compatible", "incompatible", "not answered"]
    assert check[-3] == "compatible"
    assert check.counts == {"compatible": 1, "incompatible": 2, "undecided": 0, "not answered": 1}
    assert list(check.first_reasons) == [0, -1, 0, 1]
    assert [list(column) for column in check.shape_reasons] == [[0, 1, 1, 2], [0, 1]]
    assert check.reasons[0] == {
        "code": "param-value-not-allowed", "param": "queues", "hosts": 2, "ways": 1,
        "message": "queues=5 is not allowed; the destination accepts 1-4"}
    assert check and len(check) == 4
    assert repr(check) == "<Migdesc.FleetCheck 1 of 4 compatible>"


def test_report_of_one_host(fleet):
    check = fleet.check({"queues": 5})

    assert check.report(0) == fleet["a"].slots[0].descriptor.check({"queues": 5})
    with pytest.raises(Migdesc.DocumentFailure, match="the text ends"):
        check.report(3)


def test_source_and_only_matter():
    fleet = Migdesc.Fleet({"a": nic(4)})
    source = Migdesc.Descriptor.from_dict(nic(8))

    assert fleet.check("a.b/nic?queues=2,rss=on")[0] == "incompatible"
    assert fleet.check("a.b/nic?queues=2,rss=on", only=["queues"])[0] == "compatible"
    assert fleet.check("a.b/nic?queues=2", source=source)[0] == "compatible"


def test_lines_and_places(tmp_path):
    hosts = "".join(json.dumps({"host": f"h{i}", "slots": [
        {"name": "nic", "descriptor": nic(4)}]}) + "\n" for i in range(3))
    (tmp_path / "lines.jsonl").write_text(hosts)
    (tmp_path / "single.json").write_text(json.dumps(nic(2)))
    fleet = Migdesc.Fleet(tmp_path)

    assert list(fleet) == ["h0", "h1", "h2", "single"]
    fleet.add_lines(hosts.replace("h", "g"))
    assert len(fleet) == 7
    assert fleet.memory.columns >= 56
    with pytest.raises(Migdesc.HostFailure):
        fleet.load(tmp_path / "none")


def test_loading_goes_on_in_the_background(tmp_path):
    (tmp_path / "single.json").write_text(json.dumps(nic(2)))
    fleet, loop, done = Migdesc.Fleet(), GLib.MainLoop(), []

    def finish(fleet, result):
        done.append(fleet.load_finish(result))
        loop.quit()

    fleet.load_async(str(tmp_path), None, finish)
    loop.run()

    assert done == [True]
    assert list(fleet) == ["single"]
