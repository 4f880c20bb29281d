# SPDX-License-Identifier: LGPL-2.1-or-later

"""Transforms whose steps are Python, on the source and on the destination, and sets of devices."""

import json

import pytest
from gi.repository import GLib, Migdesc


def schema(version, minimum, *fields) -> Migdesc.StateType:
    return Migdesc.StateType.new_from_json(json.dumps({
        "state-schema": 1, "name": "lamp", "version": version, "minimum": minimum,
        "fields": [{"name": name, "type": kind, "min": 0, "max": maximum}
                   for name, kind, maximum in fields]}), -1, None)


OLD = schema(1, 1, ("percent", "u8", 100))
NEW = schema(2, 2, ("level", "u16", 1000))


def multiply(state):
    values = state.unpack()
    return GLib.Variant("a{sv}", {"level": GLib.Variant("q", values["percent"] * 10)})


def divide(state):
    level = state.unpack()["level"]
    if level % 10:
        raise GLib.Error(f"{level} is between two percents")
    return GLib.Variant("a{sv}", {"percent": GLib.Variant("y", level // 10)})


def state(of, **values) -> Migdesc.State:
    return Migdesc.State.new_from_json(of, json.dumps(values), -1, None)


@pytest.fixture
def transforms():
    made = Migdesc.Transforms.new()
    made.add_function(1, 2, "multiply", multiply)
    made.add_function(2, 1, "divide", divide)
    made.add_schema(OLD)
    return made


def test_a_function_is_a_step(transforms):
    assert transforms.has_path(1, 2)
    assert transforms.apply(state(OLD, percent=7), NEW).to_dict() == {"level": 70}
    assert transforms.apply(state(NEW, level=70), OLD).to_dict() == {"percent": 7}


def test_what_a_function_says_is_the_error(transforms):
    with pytest.raises(GLib.Error) as error:
        transforms.apply(state(NEW, level=75), OLD)
    assert error.value.message == "transform 2 to 1, call divide: 75 is between two percents"
    assert error.value.matches(Migdesc.error_quark(), Migdesc.Error.STATE_TRANSFORM)


def test_the_result_of_a_function_is_checked(transforms):
    small = schema(2, 2, ("level", "u16", 60))
    with pytest.raises(GLib.Error) as error:
        transforms.apply(state(OLD, percent=7), small)
    assert error.value.message == "level: 70 is not in 0 to 60"


class Lamp:
    """A device: what is done with it goes into the log of all."""

    def __init__(self, log, name, level, of=NEW):
        self.log, self.name, self.level, self.of = log, name, level, of
        self.refuses = None

    def capture(self, name):
        self.log.append((self.name, "capture"))
        assert name == self.name
        if self.refuses == "capture":
            raise GLib.Error("the lamp is hot")
        return state(self.of, level=self.level)

    def load(self, name, step, loaded):
        self.log.append((self.name, step.value_nick))
        assert name == self.name
        if step == Migdesc.LoadStep.PREPARE and self.refuses == "prepare":
            raise GLib.Error("the bulb is broken")
        if step == Migdesc.LoadStep.COMMIT:
            self.level = loaded["level"]
        return step != Migdesc.LoadStep.PREPARE or self.refuses != "silently"


PARAMS = Migdesc.ParamList.new_from_string("example.org/lamp?colour=red")


def room(*lamps, of=NEW) -> Migdesc.DeviceSet:
    made = Migdesc.DeviceSet.new()
    for lamp in lamps:
        made.add(lamp.name, PARAMS, of, lamp.capture, lamp.load)
    return made


def lamps(*levels):
    log = []
    return log, [Lamp(log, f"lamp{i}", level) for i, level in enumerate(levels)]


def test_a_set_loads_all(transforms):
    log, source = lamps(10, 20)
    stream = room(*source).save(None)
    assert log == [("lamp0", "capture"), ("lamp1", "capture")]
    log, destination = lamps(1, 2)
    room(*destination).load(stream)
    assert [lamp.level for lamp in destination] == [10, 20]
    assert log == [(name, step) for step in ("prepare", "commit") for name in ("lamp0", "lamp1")]


def test_a_set_loads_none(transforms):
    stream = room(*lamps(10, 20, 30)[1]).save(None)
    log, destination = lamps(1, 2, 3)
    destination[2].refuses = "prepare"
    with pytest.raises(GLib.Error) as error:
        room(*destination).load(stream)
    assert error.value.message == "lamp2: refuses the state: the bulb is broken"
    assert error.value.matches(Migdesc.error_quark(), Migdesc.Error.REFUSED)
    assert [lamp.level for lamp in destination] == [1, 2, 3]
    assert log[:5] == [("lamp0", "prepare"), ("lamp1", "prepare"), ("lamp2", "prepare"),
                   ("lamp1", "abort"), ("lamp0", "abort")]
    destination[2].refuses = "silently"
    with pytest.raises(GLib.Error) as error:
        room(*destination).load(stream)
    assert error.value.message == "lamp2: refuses the state: it did not say why"


def test_a_device_may_not_be_captured():
    _, source = lamps(10, 20)
    source[1].refuses = "capture"
    with pytest.raises(GLib.Error) as error:
        room(*source).save(None)
    assert error.value.message == "lamp1: cannot be captured: the lamp is hot"


def test_a_set_goes_through_transforms(transforms):
    both = Migdesc.StateType.new_with_transforms(NEW, transforms)
    _, (lamp,) = lamps(70)
    newer = room(lamp, of=both)
    newer.set_state_version("lamp0", 1)
    stream = newer.export(None)

    reader = Migdesc.StreamReader.new(None, None)
    reader.read_bytes(stream)
    assert reader.get_state("lamp0").to_dict() == {"percent": 7}

    lamp.level = 0
    newer.load(stream)
    assert lamp.level == 70

    lamp.level = 75
    with pytest.raises(GLib.Error) as error:
        newer.save(None)
    assert error.value.message == (
        "lamp0: transform 2 to 1, call divide: 75 is between two percents")


def test_a_set_is_made_from_its_stream():
    stream = room(*lamps(10, 20)[1]).export(None)
    log, made = [], []

    def create(devices, name, params):
        assert params.get_model() == "example.org/lamp"
        made.append(Lamp(log, name, 0))
        return devices.add(name, params, NEW, made[-1].capture, made[-1].load)

    devices = Migdesc.DeviceSet.new()
    devices.import_(stream, create)
    assert [(lamp.name, lamp.level) for lamp in made] == [("lamp0", 10), ("lamp1", 20)]
