# SPDX-License-Identifier: LGPL-2.1-or-later

"""Schemas as a user of Python sees them; the page about them says what is so."""

import hashlib
import json
import os
import re
from pathlib import Path

import pytest
from gi.repository import GLib, Migdesc

PAGE = (Path(os.environ["MIGDESC_SRCDIR"]) / "docs" / "state-schema.md").read_text()
EXAMPLE = re.search(r"```json\n(.*?)```", PAGE, re.S)[1]


def read(schema) -> Migdesc.StateType:
    text = schema if isinstance(schema, str) else json.dumps(schema)
    return Migdesc.StateType.new_from_json(text, -1, None)


def canonical(schema) -> str:
    return json.dumps(schema, separators=(",", ":"), ensure_ascii=False)


def test_the_example_is_canonical_but_for_white_space():
    state_type = read(EXAMPLE)

    assert state_type.to_json(False) == canonical(json.loads(EXAMPLE))
    assert (state_type.get_name(), state_type.get_version(), state_type.get_minimum_version()) == (
        "nic_state", 3, 1)


def test_the_digest_is_that_of_the_canonical_text():
    state_type = read(EXAMPLE)

    assert state_type.get_digest() == "sha256:" + hashlib.sha256(
        state_type.to_json(False).encode()).hexdigest()


def test_the_order_of_members_is_free():
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    assert read(turned(json.loads(EXAMPLE))).equal(read(EXAMPLE))


def test_effective():
    effective = json.loads(read(EXAMPLE).new_effective(1, None).to_json(False))

    assert (effective["version"], effective["minimum"]) == (1, 1)
    assert [field["name"] for field in effective["fields"]] == [
        "link", "eeprom", "queues", "active", "timer", "rss"]
    assert not re.search("since|until|default|required|if-param", json.dumps(effective))


def test_every_type_of_the_page_is_known():
    rows = re.findall(r"^\| (`[a-z].*?) \|", re.search(r"\| `type` .*?\n\n", PAGE, re.S)[0], re.M)
    words = {word for row in rows for word in re.findall(r"`(\w+)`", row)} - {"type"}

    assert len(words) > 20
    for word in words:
        with pytest.raises(GLib.Error) as caught:
            read({"fields": [{"type": word}]})
        assert "there is no type" not in caught.value.message


@pytest.mark.parametrize("change, code", [
    ({"version": 0}, Migdesc.Error.STATE_TYPE),
    ({"more": 1}, Migdesc.Error.DOCUMENT_UNKNOWN_MEMBER),
    ({"state-schema": 2}, Migdesc.Error.DOCUMENT_VERSION),
])
def test_refusals(change, code):
    with pytest.raises(GLib.Error) as caught:
        read(json.loads(EXAMPLE) | change)
    assert caught.value.matches(Migdesc.error_quark(), code)


def test_resolve():
    older = json.loads(EXAMPLE)
    older["structs"][0]["fields"][1]["max"] = 256
    report = read(EXAMPLE).resolve(read(older))

    assert report.verdict == "compatible"
    assert [(finding.code, finding.message) for finding in report] == [
        ("state-field-values",
         "queues[].size: 1 to 32768 at the source, 1 to 256 at the destination")]


def test_descriptors_are_checked_by_it():
    def host(schema):
        return Migdesc.Descriptor.from_dict({"migdesc": "1.0", "models": {"a.b/c": {
            "params": {"p": {"type": "int", "init_value": 1}}, "state": schema}}})

    other = json.loads(EXAMPLE)
    other["fields"][2]["count"] = 32
    report = host(other).check("a.b/c?p=1", source=host(json.loads(EXAMPLE)))

    assert report.verdict == "incompatible"
    assert [(finding.code, finding.message) for finding in report] == [
        ("state-field-type",
         "eeprom: an array of 64 at the source, an array of 32 at the destination")]
