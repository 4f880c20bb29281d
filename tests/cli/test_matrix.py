# SPDX-License-Identifier: LGPL-2.1-or-later

"""The test matrix of documents; programs are run by interop/test_matrix.py."""

import json
from xml.etree import ElementTree

import pytest

from box import environment

MODEL = "a.b/c"


def document(*versions, support="forward", **members):
    return {"migdesc": "1.0", "models": {MODEL: {
        "params": {"f": {"type": "bool", "init_value": True, "off_value": False}},
        "versions": list(versions), "support": support}}, **members}


def version(name, *tested, **members):
    return {"name": name, **members, **(
        {"tested": [dict(zip(("from", "to"), pair)) for pair in tested]} if tested else {})}


@pytest.fixture
def fleet(box):
    box.write("three.json", document(version("1"), version("2", "12", "21"),
                                     version("3", support="bidirectional")))
    box.write("done.json", document(version("1"), version("2", "12")))
    return box


def test_table(fleet):
    answer = fleet.run("matrix", "three.json")
    assert (answer.status, answer.err, answer.out) == (1, "", """\
FROM TO PROMISED            TESTED
1    2  forward             yes
1    3  bidirectional, by 3 no
2    1  no                  yes
2    3  bidirectional, by 3 no
3    1  bidirectional, by 3 no
3    2  bidirectional, by 3 no

1 of 5 pairs tested
""")


def test_missing(fleet):
    assert fleet.run("matrix", "--missing", "three.json").out.splitlines()[0::3] == [
        "FROM TO PROMISED            TESTED", "3    1  bidirectional, by 3 no",
        "1 of 5 pairs tested"]
    done = fleet.run("matrix", "--missing", "done.json")
    assert (done.status, done.out, done.err) == (0, "1 of 1 pairs tested\n", "")


def test_json(fleet):
    answer = fleet.run("matrix", "--json", "three.json")
    assert answer.status == 1
    assert answer.json == {"model": MODEL, "promised": 5, "missing": 4, "pairs": [
        {"from": "1", "to": "2", "promise": "forward", "tested": True},
        {"from": "1", "to": "3", "promise": "bidirectional", "promised_by": "3", "tested": False},
        {"from": "2", "to": "1", "tested": True},
        {"from": "2", "to": "3", "promise": "bidirectional", "promised_by": "3", "tested": False},
        {"from": "3", "to": "1", "promise": "bidirectional", "promised_by": "3", "tested": False},
        {"from": "3", "to": "2", "promise": "bidirectional", "promised_by": "3", "tested": False},
    ]}
    missing = fleet.run("matrix", "--json", "--missing", "three.json").json
    assert missing["pairs"] == [pair for pair in answer.json["pairs"] if not pair["tested"]]


def test_nothing_promised(fleet):
    """Then nothing is missing."""
    answer = fleet.run("matrix", "nic.json")
    assert (answer.status, answer.out) == (1, """\
FROM TO PROMISED      TESTED
1    2  bidirectional no
2    1  bidirectional no

0 of 2 pairs tested
""")
    fleet.write("none.json", document(version("1"), version("2"), support="none"))
    answer = fleet.run("matrix", "none.json")
    assert (answer.status, answer.out) == (0, "0 of 0 pairs tested\n")


def test_several_descriptors(fleet):
    """A test that any of them lists counts."""
    fleet.write("other.json", document(version("1"), version("2", "12"), support="best-effort"))
    fleet.write("one.json", document(version("1"), version("2")))
    assert fleet.run("matrix", "one.json").status == 1
    assert fleet.run("matrix", "one.json", "other.json").status == 0
    answer = fleet.run("matrix", "one.json", "missing.json")
    assert (answer.status, answer.out, answer.err) == (
        4, "", "migdesc: missing.json: cannot be read: No such file or directory\n")


def test_models(fleet):
    fleet.write("two.json", {"models": {"a.b/c": {"params": {}}, "a.b/d": {"params": {}}}})
    assert fleet.run("matrix", "two.json").status == 2
    assert fleet.run("matrix", "--model", "a.b/d", "two.json").out == "0 of 0 pairs tested\n"
    answer = fleet.run("matrix", "--model", "a.b/e", "two.json")
    assert (answer.status, answer.err) == (
        1, 'migdesc: no descriptor has a model "a.b/e"\n')


@pytest.mark.parametrize("arguments, message", [
    (["--all"], "--all, --output and --timeout need --run"),
    (["--output", "x.json"], "--all, --output and --timeout need --run"),
    (["--timeout", "3"], "--all, --output and --timeout need --run"),
    (["--run", "--timeout", "-1"], "--timeout needs a number of seconds from 1 to 3600"),
    (["--run", "--timeout", "3601"], "--timeout needs a number of seconds from 1 to 3600"),
    (["--run", "--output", "x.json", "more.json"],
     "--output: the first descriptor has no version 4"),
])
def test_usage(fleet, arguments, message):
    fleet.write("more.json", document(*map(version, "1234")))
    answer = fleet.run("matrix", "three.json", *arguments)
    assert (answer.status, answer.out, answer.err) == (2, "", f"migdesc: {message}\n")
    assert not (fleet.folder / "x.json").exists()


def test_a_file_is_no_program(fleet):
    answer = fleet.run("matrix", "--run", "--output", "x.json", "three.json",
                       env=environment(COLUMNS="100"))
    assert answer.status == 1
    assert answer.out.splitlines()[2] == (
        "1    3  bidirectional, by 3 failed there is no program whose newest version is 1")
    # Nothing has passed; the rest is there.
    assert fleet.run("compare", "three.json", "x.json").out == "identical\n"


UNKNOWN = """{"migdesc": "1.0", "x-number": 18446744073709551616.5e3,
 "models": {"a.b/0": {"params": {}},
 "a.b/c": {"versions": ["1", {"name": "2", "x-y": [1, {"z": null}]}],
 "support": "forward"}}}"""


def test_output_keeps_what_it_does_not_know(fleet):
    fleet.write("unknown.json", UNKNOWN)
    answer = fleet.run("matrix", "--run", "--model", MODEL, "--output", "x.json", "unknown.json")
    assert answer.status == 1
    written = (fleet.folder / "x.json").read_text()
    assert json.loads(written) == json.loads(UNKNOWN)
    assert "18446744073709551616.5e3" in written


def test_output_that_cannot_be_written(fleet):
    answer = fleet.run("matrix", "--run", "--output", "no/x.json", "three.json")
    assert answer.status == 4
    assert answer.err.startswith("migdesc: no/x.json: cannot be written: ")


def test_badge(fleet):
    answer = fleet.run("matrix", "--badge", "text", "three.json")
    assert (answer.status, answer.out) == (1, "1 of 5 promised migrations tested\n")
    assert fleet.run("matrix", "--badge", "json", "done.json").json == {
        "schemaVersion": 1, "label": "migrations tested", "message": "1 of 1", "color": "green"}
    root = ElementTree.fromstring(fleet.run("matrix", "--badge", "svg", "three.json").out)
    assert int(root.get("height")) == 20 and 150 < int(root.get("width")) < 250
    assert [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")] == [
        "migrations tested", "1 of 5"]


@pytest.mark.parametrize("arguments, message", [
    (["--badge", "png"], "--badge needs svg, json or text"),
    (["--badge", "svg", "--missing"], "--badge excludes --run, --missing and --json"),
    (["--badge", "svg", "--json"], "--badge excludes --run, --missing and --json"),
])
def test_badges_that_cannot_be(fleet, arguments, message):
    answer = fleet.run("matrix", *arguments, "three.json")
    assert answer.status == 2
    assert message in answer.err


def test_fleet(fleet):
    """The strictest of what all hosts promise."""
    forward = document(version("1"), version("2"))
    both = document(version("1"), version("2", "12"), support="bidirectional")
    fleet.write("hosts.jsonl", "\n".join(
        [json.dumps({"host": f"h{number}", "slots": [
            {"name": "nic", "count": 1, "descriptor": both if number == 7 else forward}]})
         for number in range(20)] + ["{"]))
    answer = fleet.run("matrix", "--fleet", "hosts.jsonl")
    assert answer.status == 1
    assert answer.err == (
        "migdesc: 1 of 21 hosts cannot be used, the first is hosts.jsonl:21: "
        "hosts.jsonl:21:2: the text ends, expected a member's name or \"}\"\n")
    assert answer.out.splitlines()[1:3] == ["1    2  bidirectional yes", "2    1  bidirectional no"]
    assert fleet.run("matrix", "--fleet", "--run", "hosts.jsonl").status == 2
