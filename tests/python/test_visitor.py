# SPDX-License-Identifier: LGPL-2.1-or-later

import pytest
from gi.repository import GLib, Migdesc


class Lines(Migdesc.Visitor):
    """A format in Python: a list of values."""

    def __init__(self, mode, values):
        super().__init__(mode=mode)
        self.values = values

    def _pass(self, value):
        if self.is_loading():
            return True, self.values.pop(0)
        self.values.append(value)
        return True, value

    def do_pass_uint(self, name, width, value):
        return self._pass(value)

    def do_pass_int(self, name, width, value):
        return self._pass(value)

    def do_pass_double(self, name, value):
        return self._pass(value)

    def do_pass_string(self, name, value):
        return self._pass(value)

    def do_read_bytes(self, name):
        return GLib.Bytes.new(self.values.pop(0))

    def do_write_bytes(self, name, data):
        self.values.append(data.get_data())
        return True


def visit(visitor, state):
    """One function for both directions, as in C."""
    _, state["mtu"] = visitor.visit_uint16("mtu", state["mtu"], 68, 9216)
    _, state["delta"] = visitor.visit_int32("delta", state["delta"], -9, 9)
    _, state["real"] = visitor.visit_double("real", state["real"], -1.0, 1.0)
    _, state["up"] = visitor.visit_bool("up", state["up"])
    _, state["link"] = visitor.visit_enum("link", state["link"], ["down", "up"])
    _, state["label"] = visitor.visit_string("label", state["label"], 10)
    _, count = visitor.begin_array("queues", len(state["queues"]), 4)
    queues = state["queues"] + [0] * (count - len(state["queues"]))
    state["queues"] = [visitor.visit_uint64(None, head, 0, 2**64 - 1)[1]
                       for head in queues[:count]]
    visitor.end_array()


STATE = {"mtu": 1500, "delta": -7, "real": 0.5, "up": True, "link": 1, "label": "eth0",
         "queues": [3, 2**64 - 1]}
VALUES = [1500, -7, 0.5, 1, 1, "eth0", 2, 3, 2**64 - 1]
EMPTY = {"mtu": 0, "delta": 0, "real": 0.0, "up": False, "link": 0, "label": "", "queues": []}


def save(state):
    values = []
    visit(Lines(Migdesc.VisitorMode.SAVE, values), state)
    return values


def load(values):
    state = dict(EMPTY)
    visit(Lines(Migdesc.VisitorMode.LOAD, list(values)), state)
    return state


def test_save():
    assert save(dict(STATE)) == VALUES


def test_load():
    assert load(VALUES) == STATE


@pytest.mark.parametrize("position, value, message", [
    (0, 67, "mtu: 67 is not in 68 to 9216"),
    (1, -10, "delta: -10 is not in -9 to 9"),
    (4, 2, "link: 2 is not in 0 to 1"),
    (6, 5, "queues: 5 elements, at most 4 are allowed"),
])
def test_bounds(position, value, message):
    values = list(VALUES)
    values[position] = value
    with pytest.raises(GLib.Error) as caught:
        load(values)
    assert caught.value.message == message


def test_exceptions(capsys):
    """A Python exception is no crash, and no value either."""
    class Broken(Lines):
        def do_pass_uint(self, name, width, value):
            raise ValueError("broken")

    with pytest.raises(GLib.Error) as caught:
        visit(Broken(Migdesc.VisitorMode.LOAD, list(VALUES)), dict(EMPTY))
    assert caught.value.message.startswith("mtu: the format ")
    assert caught.value.message.endswith(" failed and did not say why")


def test_own_errors():
    class Failing(Lines):
        def do_pass_int(self, name, width, value):
            raise GLib.Error("no more data", "migdesc-error-quark",
                             int(Migdesc.Error.STATE_TRUNCATED))

    visitor = Failing(Migdesc.VisitorMode.LOAD, list(VALUES))
    with pytest.raises(GLib.Error) as caught:
        visit(visitor, dict(EMPTY))
    assert caught.value.message == "delta: no more data"
    assert caught.value.matches(Migdesc.error_quark(), Migdesc.Error.STATE_TRUNCATED)
    with pytest.raises(GLib.Error, match="delta: no more data"):
        visitor.visit_bool("up", True)


def test_end_of_data():
    with pytest.raises(GLib.Error):
        load(VALUES[:3])
