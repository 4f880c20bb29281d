# SPDX-License-Identifier: LGPL-2.1-or-later

"""migdesc state: streams shown, compared, checked, converted and edited."""

import hashlib
import json
import os
import shutil
import subprocess

import pytest

from box import BUILD, NIC, MODEL, ROOT, environment

STREAM = ROOT / "examples" / "data" / "my-nic.mds"

SHOWN = """\
File:   nic.mds
Format: binary
Size:   884 bytes

DEVICE MODEL               STATE PARAMS                        SCHEMA
nic0   vendor-a.com/my-nic 2     num-queues=2, new-feature=off {digest}

nic0:
  link: up
  mac: 6 bytes 52 54 00 12 34 56
  mtu: 1500
  queues: 2 elements
    [0]:
      ring: 65536
      size: 256
      head: 7
    [1]:
      ring: 131072
      size: 256
      head: 0
"""


@pytest.fixture
def nic(box):
    shutil.copy(STREAM, box.folder / "nic.mds")
    return box


def schema_of(box):
    return box.run("state", "schema", "--json", "nic.mds").json


def host(box, name, **changes):
    """nic.json with the state of the stream, or another one."""
    document = json.loads(json.dumps(NIC))
    document["models"][MODEL]["state"] = schema_of(box)["schema"] | changes
    return box.write(name, document)


def test_stream_is_what_the_example_writes(box):
    subprocess.run([BUILD / "examples" / "state" / "save-my-nic", box.folder / "new.mds"],
                   check=True, timeout=60)

    assert (box.folder / "new.mds").read_bytes() == STREAM.read_bytes()


def test_show(nic):
    answer = nic.run("state", "show", "nic.mds")

    digest = schema_of(nic)["digest"][:15]
    size = f"Size:   {STREAM.stat().st_size} bytes"
    assert answer.out == SHOWN.replace("Size:   884 bytes", size).replace("{digest}", digest)
    assert (answer.status, answer.err) == (0, "")
    assert nic.run("state", "show", "nic.mds", "nic0").out == answer.out


def test_show_json(nic):
    answer = nic.run("state", "show", "--json", "nic.mds").json

    assert answer["file"] == "nic.mds"
    assert answer["format"] == "binary"
    assert answer["size"] == STREAM.stat().st_size
    assert answer["manifest"]["devices"][0]["id"] == "nic0"
    assert answer["states"] == {"nic0": {
        "link": "up", "mac": "UlQAEjRW", "mtu": 1500,
        "queues": [{"ring": 65536, "size": 256, "head": 7},
                   {"ring": 131072, "size": 256, "head": 0}]}}


def test_show_standard_input(nic):
    with open(nic.folder / "nic.mds", "rb") as stream:
        answer = nic.run("state", "show", "-", stdin=stream)

    assert answer.out.startswith("File:   -\nFormat: binary\n")


@pytest.mark.parametrize("path, printed", [
    ("queues[0].head", "7\n"),
    ("link", "up\n"),
    ("mac", "RT\x00\x124V"),
    ("queues[1]", '{\n  "ring": 131072,\n  "size": 256,\n  "head": 0\n}\n'),
])
def test_get(nic, path, printed):
    answer = nic.run("state", "get", "nic.mds", "nic0", path)

    assert (answer.status, answer.out, answer.err) == (0, printed, "")


def test_get_json(nic):
    assert nic.run("state", "get", "--json", "nic.mds", "nic0", "queues[0].head").json == {
        "device": "nic0", "path": "queues[0].head", "value": 7}


@pytest.mark.parametrize("operands, status, message", [
    (["get", "nic.mds", "nic0", "queues[9]"], 1,
     "the path \"queues[9]\": queues has 2 elements, none at 9"),
    (["get", "nic.mds", "nic1"], 1, "nic.mds has no device nic1, only nic0"),
    (["get", "nic.mds"], 2, "an operand is missing; usage: migdesc state get"),
    (["show", "missing.mds"], 4, "missing.mds: cannot be read: No such file or directory"),
    (["show", "nic.json"], 3, 'nic.json: the member "migdesc_state" is missing (line 1, column 1)'),
    (["frob"], 2, "there is no verb state frob; migdesc state --help tells which there are"),
    ([], 2, "a verb is missing; migdesc state --help tells which there are"),
    (["convert", "nic.mds"], 2, "--to FORMAT is missing; there are binary, json"),
    (["convert", "--to", "x", "nic.mds"], 2, "there is no format x; there are binary, json"),
    (["check", "nic.mds"], 2, "--against DESCRIPTOR is missing"),
    (["schema", "--model", "m", "nic.json"], 1, "nic.json has no model m, only " + MODEL),
    (["schema", "--model", MODEL, "nic.json"], 1,
     f"nic.json: the model {MODEL} has no state"),
    (["edit", "--set", "x=1", "nic.mds"], 2,
     "--set x=1: that is not DEVICE.PATH=VALUE of a device in nic.mds"),
    (["edit", "-"], 2, "to edit the standard input needs --output and --set"),
    (["diff", "-", "-"], 2, "only one of the streams can be the standard input"),
])
def test_refused(nic, operands, status, message):
    answer = nic.run("state", *operands)
    told = nic.run("state", *operands, "--json")

    assert answer.err.startswith("migdesc: " + message)
    assert (answer.status, answer.out) == (status, "")
    assert (told.status, told.json["error"]["message"].startswith(message)) == (status, True)


def test_every_prefix_is_refused(nic):
    whole = STREAM.read_bytes()
    for length in range(0, len(whole), 37):
        (nic.folder / "part.mds").write_bytes(whole[:length])
        answer = nic.run("state", "show", "part.mds")
        assert (answer.status, answer.out) == (3, ""), length


def test_edit_and_diff(nic):
    edited = nic.run("state", "edit", "--set", "nic0.queues[1].head=30", "--set", "nic0.link=down",
                     "--output", "new.mds", "nic.mds")
    answer = nic.run("state", "diff", "nic.mds", "new.mds")

    assert (edited.status, edited.out, edited.err) == (0, "", "")
    assert answer.status == 1
    assert answer.out == """\
DEVICE PATH           FIRST SECOND
nic0   link           "up"  "down"
nic0   queues[1].head 0     30
"""
    assert nic.run("state", "diff", "--json", "nic.mds", "new.mds").json == {
        "identical": False, "differences": [
            {"device": "nic0", "path": "link", "first": "up", "second": "down"},
            {"device": "nic0", "path": "queues[1].head", "first": 0, "second": 30}]}
    assert (nic.folder / "nic.mds").read_bytes() == STREAM.read_bytes()
    assert (nic.folder / "new.mds").stat().st_mode & 0o777 == 0o600


def test_identical(nic):
    answer = nic.run("state", "diff", "nic.mds", "nic.mds")

    assert (answer.status, answer.out) == (0, "identical\n")


def test_diff_of_very_many_places(box):
    """Two streams of 12 KB: what they cost is bounded by what is listed."""
    schema = SCHEMA | {"fields": [{"name": "a", "type": "u8", "min": 0, "max": 9,
                                   "maximum": 99999}]}
    text = json.dumps(schema, separators=(",", ":"))
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    for value in range(2):
        box.write(f"{value}.json", {
            "migdesc_state": "1.0",
            "manifest": {"devices": [{"id": "p", "state": 1, "params": {}, "schema": digest}]},
            "schemas": {digest: schema}, "devices": {"p": {"a": [value] * 10007}}})
    answer = box.run("state", "diff", "0.json", "1.json")
    found = box.run("state", "diff", "--json", "0.json", "1.json").json

    assert (answer.status, len(answer.out.splitlines())) == (1, 10002)
    assert answer.out.splitlines()[-2:] == ["p      a[9999] 0     1", "and 7 more"]
    assert (found["more"], len(found["differences"])) == (7, 10000)


def test_edit_in_place(nic):
    assert nic.run("state", "edit", "--set", "nic0.mtu=9000", "nic.mds").status == 0
    assert nic.run("state", "get", "nic.mds", "nic0", "mtu").out == "9000\n"
    assert nic.run("state", "edit", "--json", "--set", "nic0.mtu=9000", "nic.mds").json == {
        "changed": False, "devices": []}


@pytest.fixture
def two(nic):
    """A stream of nic0 and nic1, which are alike."""
    document = json.loads(nic.run("state", "convert", "--to", "json", "nic.mds").out)
    entry = document["manifest"]["devices"][0]
    document["manifest"]["devices"].append(entry | {"id": "nic1"})
    document["devices"]["nic1"] = document["devices"]["nic0"]
    (nic.folder / "two.json").write_text(json.dumps(document))
    assert nic.run("state", "convert", "--to", "binary", "--output", "two.mds",
                   "two.json").status == 0
    return nic


def test_edit_several_devices(two):
    before = (two.folder / "two.mds").read_bytes()
    edited = two.run("state", "edit", "--json", "--set", "nic0.mtu=9000", "--set",
                     "nic1.link=down", "--set", "nic0.queues[0].head=8", "--output", "new.mds",
                     "two.mds")
    answer = two.run("state", "diff", "two.mds", "new.mds")

    assert (edited.status, edited.err) == (0, "")
    assert edited.json == {"changed": True, "devices": ["nic0", "nic1"]}
    assert answer.out == """\
DEVICE PATH           FIRST SECOND
nic0   mtu            1500  9000
nic0   queues[0].head 7     8
nic1   link           "up"  "down"
"""
    assert (two.folder / "two.mds").read_bytes() == before


def test_edit_several_in_place(two):
    edited = two.run("state", "edit", "--json", "--set", "nic1.mtu=9000", "--set",
                     "nic0.mtu=1500", "two.mds")

    assert edited.json == {"changed": True, "devices": ["nic1"]}
    assert two.run("state", "get", "two.mds", "nic0", "mtu").out == "1500\n"
    assert two.run("state", "get", "two.mds", "nic1", "mtu").out == "9000\n"
    assert (two.folder / "two.mds").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("last, status, message", [
    ("nic1.mtu=67", 3, "--set nic1.mtu=67: mtu: 67 is not in 68 to 9216"),
    ("nic2.mtu=68", 2, "--set nic2.mtu=68: that is not DEVICE.PATH=VALUE of a device in two.mds"),
])
def test_edit_all_or_nothing(two, last, status, message):
    before = (two.folder / "two.mds").read_bytes()
    answer = two.run("state", "edit", "--set", "nic0.mtu=9000", "--set", last, "two.mds")

    assert answer.status == status
    assert answer.err.startswith("migdesc: " + message)
    assert (two.folder / "two.mds").read_bytes() == before
    assert sorted(os.listdir(two.folder)) == ["nic.json", "nic.mds", "two.json", "two.mds"]


@pytest.mark.parametrize("setting, message", [
    ("queues[1].head=300", "queues[1].head: 300 is not less than size, which is 256"),
    ("mtu=67", "mtu: 67 is not in 68 to 9216"),
])
def test_edit_refused(nic, setting, message):
    answer = nic.run("state", "edit", "--set", "nic0." + setting, "nic.mds")

    assert (answer.status, answer.err) == (3, f"migdesc: --set nic0.{setting}: {message}\n")
    assert (nic.folder / "nic.mds").read_bytes() == STREAM.read_bytes()


SCHEMA = {
    "state-schema": 1, "name": "port", "version": 1, "minimum": 1, "fields": [
        {"name": "speed", "type": "enum8", "words": ["1G", "2.5G(cu)"]},
        {"name": "gain", "type": "f64", "non-finite": True},
        {"name": "label", "type": "string", "maximum": 20},
        {"name": "lanes", "type": "u8", "min": 0, "max": 9, "maximum": 4},
        {"name": "error/counters", "type": "section", "version": 3, "minimum": 3, "fields": [
            {"name": "lost", "type": "u32", "min": 0, "max": 5}],
         "needed": "f", "droppable": True}]}


@pytest.fixture
def port(box):
    """A stream whose state has what is not as easy to write as a number."""
    text = json.dumps(SCHEMA, separators=(",", ":"))
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    state = {"speed": "1G", "gain": 0.5, "label": "left", "lanes": [1, 2],
             "error/counters": {"@version": 3, "@droppable": True, "lost": 1}}
    box.write("port.json", {
        "migdesc_state": "1.0",
        "manifest": {"devices": [{"id": "p", "state": 1, "params": {}, "schema": digest}]},
        "schemas": {digest: SCHEMA}, "devices": {"p": state}})
    return box


@pytest.mark.parametrize("path, value, told", [
    ("error/counters.lost", "2", 2),
    ("error/counters", '{"@version":3,"@droppable":true,"lost":5}', {"lost": 5}),
    ("gain", "-Infinity", "-Infinity"),
    ("gain", "-1", -1),
    ("speed", "2.5G(cu)", "2.5G(cu)"),
    ("speed", '"2.5G(cu)"', "2.5G(cu)"),
    ("label", 'a" ]}', 'a" ]}'),
    ("lanes", "[3]", [3]),
    ("lanes[1]", "9", 9),
])
def test_edit_any_kind(port, path, value, told):
    edited = port.run("state", "edit", "--set", f"p.{path}={value}", "--output", "new.json",
                      "port.json")
    document = json.loads((port.folder / "new.json").read_text())["devices"]["p"]

    assert (edited.status, edited.err) == (0, "")
    found = port.run("state", "get", "--json", "new.json", "p", path).json["value"]
    assert (found | told if isinstance(told, dict) else told) == found
    assert document["error/counters"].keys() == {"@version", "@droppable", "lost"}


@pytest.mark.parametrize("setting, message", [
    ("lanes[0]=1,2", "that is not one value"),
    ('lanes[1]=2],"lanes":[1', "that is not one value"),
    ("lanes[0]=[1", "that is not one value"),
    ('lanes="', "that is not one value"),
    ("lanes[0]=1 2", 'lanes: unexpected "2", expected "," or "]"'),
    ("speed=x (line y", "speed: x (line y is none of 1G, 2.5G(cu)"),
])
def test_edit_to_what_is_no_value(port, setting, message):
    answer = port.run("state", "edit", "--set", "p." + setting, "port.json")

    assert (answer.status, answer.err) == (3, f"migdesc: --set p.{setting}: {message}\n")


def test_editor(nic):
    env = environment(EDITOR="sed -i s/1500/1600/", TMPDIR=str(nic.folder))
    answer = nic.run("state", "edit", "nic.mds", env=env)

    assert (answer.status, answer.out, answer.err) == (0, "", "")
    assert nic.run("state", "get", "nic.mds", "nic0", "mtu").out == "1600\n"
    assert sorted(os.listdir(nic.folder)) == ["nic.json", "nic.mds"]


def test_editor_that_fails(nic):
    env = environment(EDITOR="false", TMPDIR=str(nic.folder))
    answer = nic.run("state", "edit", "nic.mds", env=env)

    assert answer.status == 4
    assert answer.err == "migdesc: the editor false failed, nothing was changed\n"
    assert sorted(os.listdir(nic.folder)) == ["nic.json", "nic.mds"]
    assert (nic.folder / "nic.mds").read_bytes() == STREAM.read_bytes()


def test_editor_with_a_mistake(nic):
    """The work of the user is kept; the place in it is told."""
    env = environment(EDITOR="sed -i s/1500/15/", TMPDIR=str(nic.folder))
    answer = nic.run("state", "edit", "nic.mds", env=env)

    draft, = nic.folder.glob("migdesc-*.json")
    assert answer.status == 3
    assert answer.err.startswith(f"migdesc: {draft}:4:10: mtu: 15 is not in 68 to 9216")
    assert answer.err.endswith(f"migdesc: nothing was changed; what you wrote is kept in {draft}\n")
    assert draft.stat().st_mode & 0o777 == 0o600
    assert (nic.folder / "nic.mds").read_bytes() == STREAM.read_bytes()


@pytest.mark.parametrize("form", ["json", "cbor", "der"])
def test_convert_and_back(nic, form):
    there = nic.run("state", "convert", "--to", form, "--output", "other", "nic.mds")
    back = nic.run("state", "convert", "--to", "binary", "--output", "back.mds", "other")

    assert (there.status, back.status) == (0, 0)
    assert (nic.folder / "back.mds").read_bytes() == STREAM.read_bytes()


def test_convert_json(nic):
    document = json.loads(nic.run("state", "convert", "--to", "json", "nic.mds").out)

    assert document["devices"]["nic0"]["mtu"] == 1500
    assert nic.run("state", "convert", "--to", "json", "--json", "nic.mds").status == 2
    assert nic.run("state", "convert", "--to", "json", "--json", "--output", "o", "nic.mds").json \
        == {"format": "json", "output": "o"}


def test_binary_is_nothing_for_a_terminal(nic):
    assert nic.on_terminal("state", "convert", "--to", "binary", "nic.mds") == (
        "migdesc: binary is nothing for a terminal; name a file with --output\n")


def test_check(nic):
    host(nic, "same.json")
    answer = nic.run("state", "check", "nic.mds", "--against", "same.json", "nic.json")

    assert answer.status == 0
    assert answer.out == """\
DEVICE DESTINATION VERDICT
nic0   same.json   compatible
nic0   nic.json    compatible
"""


def test_check_refused(nic):
    host(nic, "newer.json", version=4, minimum=3)
    nic.variant("small.json", allowed_values=["3-8"])
    answer = nic.run("state", "check", "--json", "nic.mds", "--against", "newer.json",
                     "--against", "small.json", "missing.json")

    found = [(result["device"], result["destination"],
              [finding["code"] for finding in result.get("findings", [])])
             for result in answer.json["results"]]
    assert answer.status == 4
    assert found == [("nic0", "newer.json", ["state-versions-apart"]),
                     ("nic0", "small.json", ["param-value-not-allowed"]),
                     ("nic0", "missing.json", [])]


def test_check_names_what_differs(nic):
    schema = schema_of(nic)["schema"]
    fields = [field | {"max": 1400} if field.get("name") == "mtu" else field
              for field in schema["fields"]]
    host(nic, "other.json", fields=fields)
    answer = nic.run("state", "check", "--json", "nic.mds", "--against", "other.json")

    codes = [finding["code"] for finding in answer.json["results"][0]["findings"]]
    assert answer.status == 1
    assert codes == ["state-schema", "state-field-values"]


def newest(nic, maximum: int, *more) -> dict:
    """Version 3 of the nic alone, where the mtu has another name; version 2 goes by transforms."""
    old = schema_of(nic)["schema"]
    fields = [field | {"name": "size", "max": maximum} if field.get("name") == "mtu" else field
              for field in old["fields"]]
    rename = {"from": 2, "to": 3, "change": "rename", "path": "mtu", "target": "size"}
    return {"version": 3, "minimum": 3, "fields": fields,
            "transforms": {"schemas": [old], "changes": [rename, *more]}}


def checked(nic, against: str):
    """The exit status, the verdict, and (severity, code, message) of each finding."""
    answer = nic.run("state", "check", "--json", "nic.mds", "--against", against)
    result, = answer.json["results"]
    return answer.status, result["verdict"], [
        (finding["severity"], finding["code"], finding["message"])
        for finding in result.get("findings", [])]


def test_check_with_transforms(nic):
    host(nic, "wide.json", **newest(nic, 9216))
    host(nic, "narrow.json", **newest(nic, 1400))
    host(nic, "call.json", **newest(nic, 9216, {"from": 2, "to": 3, "change": "call",
                                                "path": "tidy"}))
    host(nic, "bad.json", **newest(nic, 9216, {"from": 2, "to": 3, "change": "drop",
                                               "path": "size"}))

    assert checked(nic, "wide.json") == (0, "compatible", [])
    assert checked(nic, "narrow.json") == (0, "compatible", [
        ("warning", "state-field-values",
         "size: 68 to 9216 at the source, 68 to 1400 at the destination")])
    assert checked(nic, "call.json") == (5, "undecided", [
        ("warning", "state-rule-differs",
         "the transform from state version 2 to 3 calls tidy, and only the device can tell what "
         "that makes of a state")])
    assert checked(nic, "bad.json") == (1, "incompatible", [
        ("blocker", "state-field-missing",
         "size: no transform makes this field, and the destination needs it")])


def test_schema_of_a_model(nic):
    host(nic, "host.json")

    assert nic.run("state", "schema", "--model", MODEL, "host.json").out \
        == nic.run("state", "schema", "nic.mds").out


def test_schema_from_a_file(nic):
    nic.write("schema.json", schema_of(nic)["schema"])

    assert nic.run("state", "show", "--schema", "schema.json", "nic.mds").status == 0
    nic.write("bad.json", "{\n  7")
    answer = nic.run("state", "show", "--schema", "bad.json", "nic.mds")
    assert (answer.status, answer.err[:22]) == (3, "migdesc: bad.json:2:3:")
