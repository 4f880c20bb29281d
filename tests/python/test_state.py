# SPDX-License-Identifier: LGPL-2.1-or-later

import json
import pickle

import pytest
from gi.repository import Gio, GLib, Migdesc

SCHEMA = {
    "state-schema": 1, "name": "nic", "version": 2, "minimum": 2,
    "structs": [
        {"name": "queue", "fields": [
            {"name": "ring", "type": "u64", "min": 0, "max": "18446744073709551615"},
            {"name": "head", "type": "u16", "min": 0, "max": 32767}]},
        {"name": "timer", "fields": [{"name": "expires", "type": "timer"}]},
    ],
    "fields": [
        {"name": "mtu", "type": "u16", "min": 68, "max": 9216},
        {"name": "link", "type": "enum8", "words": ["down", "up"]},
        {"name": "real", "type": "f64", "min": -1, "max": 1},
        {"name": "up", "type": "bool"},
        {"name": "queues", "type": "struct", "struct": "queue", "maximum": 4},
        {"name": "samples", "type": "u8", "min": 0, "max": 9, "count": 3},
        {"name": "rx", "type": "bytes", "maximum": 100},
        {"name": "label", "type": "string", "maximum": 10},
        {"name": "timer", "type": "struct", "struct": "timer", "nullable": True},
        {"name": "rss", "type": "section", "version": 3, "minimum": 3,
         "fields": [{"name": "key", "type": "bytes", "count": 2}],
         "needed": "has_rss", "droppable": True},
    ],
}

STATE = {
    "mtu": 1500, "link": 1, "real": 0.5, "up": True,
    "queues": [{"ring": 2**64 - 1, "head": 5}, {"ring": 0, "head": 6}],
    "samples": [1, 2, 3], "rx": b"\x01\x02", "label": "eth0", "timer": None,
    "rss": {"@version": 3, "key": b"ab"},
}


@pytest.fixture
def schema():
    return Migdesc.StateType.new_from_json(json.dumps(SCHEMA), -1, None)


@pytest.fixture
def state(schema):
    return Migdesc.State(schema, STATE)


def test_parts(state):
    assert state["mtu"] == 1500
    assert state["queues"][1]["head"] == 6
    assert state["queues[1].head"] == 6
    assert state["queues"][-1]["head"] == 6
    assert state["queues"][0]["ring"] == 2**64 - 1
    assert state["real"] == 0.5 and state["up"] is True and state["label"] == "eth0"
    assert state["rx"] == b"\x01\x02" and state["timer"] is None
    assert list(state["samples"]) == [1, 2, 3] and state["samples"][1:] == [2, 3]
    assert state["queues"][1].path == "queues[1]"
    assert state["rss"]["key"] == b"ab"


def test_mapping(state):
    assert list(state) == ["mtu", "link", "real", "up", "queues", "samples", "rx", "label",
                           "timer", "rss"]
    assert len(state) == 10 and len(state["queues"]) == 2
    assert "mtu" in state and "x" not in state and 3 in state["samples"]
    assert state.get("x", 7) == 7 and dict(state)["mtu"] == 1500
    assert [queue["head"] for queue in state["queues"]] == [5, 6]


def test_errors(state, schema):
    with pytest.raises(KeyError, match='the path "x": the state has no "x"'):
        state["x"]
    with pytest.raises(IndexError, match="2 of 2 elements"):
        state["queues"][2]
    with pytest.raises(TypeError):
        state[0]
    with pytest.raises(TypeError):
        state["queues"].keys()
    with pytest.raises(Migdesc.DocumentFailure, match="^mtu: 67 is not in 68 to 9216$") as caught:
        Migdesc.State(schema, {**STATE, "mtu": 67})
    assert caught.value.nick == "state-range"
    with pytest.raises(Migdesc.DocumentFailure, match='^the member "more" is not known$'):
        Migdesc.State(schema, {**STATE, "more": 1})
    with pytest.raises(Migdesc.DocumentFailure, match="^mtu: -1 is negative$"):
        Migdesc.State(schema, {**STATE, "mtu": -1})


def test_round_trips(state, schema):
    assert state.to_dict() == STATE
    assert Migdesc.State(schema, state.to_dict()) == state
    assert Migdesc.State.from_json(schema, state.to_json(True)) == state
    assert pickle.loads(pickle.dumps(state)) == state
    assert hash(pickle.loads(pickle.dumps(state))) == hash(state)
    without = {name: value for name, value in STATE.items() if name != "rss"}
    assert Migdesc.State(schema, without).to_dict() == without


def test_edit_and_diff(state, schema):
    edited = state.to_dict()
    edited["queues"][1]["head"] = 7
    edited["timer"] = {"expires": 9}
    del edited["rss"]
    other = Migdesc.State(schema, edited)
    assert other != state
    diff = state.diff(other)
    assert diff["queues[1].head"] == (6, 7)
    assert diff["timer"][0] is None and diff["timer"][1].to_dict() == {"expires": 9}
    assert diff["rss"][1] is None and len(diff) == 3


def test_text(state):
    assert repr(state) == ('<Migdesc.State '
                           '{"mtu":1500,"link":"up","real":0.5,"up":true,"queues":[{"...>')
    assert str(state["queues"][1]) == "ring: 0\nhead: 6\n"


class Waiter:
    """What an operation in a thread comes to, on the default main context."""

    def __init__(self):
        self.loop = GLib.MainLoop()

    def keep(self, _, result):
        self.result = result
        self.loop.quit()

    def wait(self):
        self.loop.run()
        return self.result


def test_files_in_a_thread(schema, state, tmp_path):
    path = str(tmp_path / "nic.mds")
    writer, reader, waiter = Migdesc.StreamWriter.new(None), Migdesc.StreamReader.new(), Waiter()
    seen = []
    reader.add_schema(schema)
    reader.set_progress(seen.append)
    writer.add_state("nic0", None, state)
    writer.write_file_async(path, GLib.PRIORITY_DEFAULT, None, waiter.keep)
    assert writer.write_file_finish(waiter.wait())
    reader.read_file_async(path, GLib.PRIORITY_DEFAULT, None, waiter.keep)
    assert reader.read_file_finish(waiter.wait())
    assert reader.get_state("nic0") == state
    assert seen[-1] == (tmp_path / "nic.mds").stat().st_size


def test_a_file_in_a_thread_is_cancelled(tmp_path):
    waiter, cancellable, reader = Waiter(), Gio.Cancellable(), Migdesc.StreamReader.new()
    (tmp_path / "nic.mds").write_bytes(b"none")
    cancellable.cancel()
    reader.read_file_async(str(tmp_path / "nic.mds"), 0, cancellable, waiter.keep)
    with pytest.raises(GLib.Error) as error:
        reader.read_file_finish(waiter.wait())
    assert error.value.matches(Migdesc.error_quark(), Migdesc.Error.CANCELLED)
