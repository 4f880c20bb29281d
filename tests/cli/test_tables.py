# SPDX-License-Identifier: LGPL-2.1-or-later

"""Tables and other answers for people, character by character."""

import re

import pytest

from box import MODEL, environment

LIST = "num-queues=65"


@pytest.fixture
def fleet(box):
    box.variant("hosts/small.json", allowed_values=["1-4"])
    box.variant("hosts/open.json", allowed_values=None)
    box.variant("hosts/wide.json", allowed_values=["1-200"])
    return box


FLEET_80 = """\
DESTINATION      VERDICT      WHY, AND WHAT WOULD HELP
hosts/open.json  undecided    num-queues=65 may be refused: the destination does
                              not say which values of it are allowed
                                remedy: restart the source with num-queues=4
hosts/small.json incompatible num-queues=65 is not allowed; the destination
                              accepts 1-4
                                remedy: restart the source with num-queues <= 4
hosts/wide.json  compatible
nic.json         incompatible num-queues=65 is not allowed; the destination
                              accepts 1-64,128
                                remedy: restart the source with num-queues=64 or
                                num-queues=128
missing.json     error        missing.json: cannot be read: No such file or
                              directory

1 of 5 compatible, 1 undecided, 1 not answered
"""

FLEET_60 = """\
DESTINATION      VERDICT      WHY, AND WHAT WOULD HELP
hosts/open.json  undecided    num-queues=65 may be refused:
                              the destination does not say
                              which values of it are allowed
                                remedy: restart the source
                                with num-queues=4
hosts/small.json incompatible num-queues=65 is not allowed;
                              the destination accepts 1-4
                                remedy: restart the source
                                with num-queues <= 4
hosts/wide.json  compatible
nic.json         incompatible num-queues=65 is not allowed;
                              the destination accepts
                              1-64,128
                                remedy: restart the source
                                with num-queues=64 or
                                num-queues=128
missing.json     error        missing.json: cannot be read:
                              No such file or directory

1 of 5 compatible, 1 undecided, 1 not answered
"""

FLEET_120 = """\
DESTINATION      VERDICT      WHY, AND WHAT WOULD HELP
hosts/open.json  undecided    num-queues=65 may be refused: the destination does not say \
which values of it are allowed
                                remedy: restart the source with num-queues=4
hosts/small.json incompatible num-queues=65 is not allowed; the destination accepts 1-4
                                remedy: restart the source with num-queues <= 4
hosts/wide.json  compatible
nic.json         incompatible num-queues=65 is not allowed; the destination accepts 1-64,128
                                remedy: restart the source with num-queues=64 or num-queues=128
missing.json     error        missing.json: cannot be read: No such file or directory

1 of 5 compatible, 1 undecided, 1 not answered
"""


@pytest.mark.parametrize("columns, expected",
                         [(None, FLEET_80), ("80", FLEET_80), ("60", FLEET_60), ("120", FLEET_120)])
def test_check_in_a_pipe(fleet, columns, expected):
    env = environment(COLUMNS=columns) if columns else environment()
    answer = fleet.run("check", LIST, "hosts", "nic.json", "missing.json", env=env)

    assert (answer.out, answer.err) == (expected, "")


@pytest.mark.parametrize("columns, expected", [(60, FLEET_60), (80, FLEET_80), (120, FLEET_120)])
def test_width_of_a_terminal(fleet, columns, expected):
    shown = fleet.on_terminal("check", LIST, "hosts", "nic.json", "missing.json", columns=columns,
                              NO_COLOR="1")

    assert shown == expected


def test_columns_outdo_the_terminal(fleet):
    shown = fleet.on_terminal("check", LIST, "hosts", "nic.json", "missing.json", COLUMNS="60",
                              NO_COLOR="1")

    assert shown == FLEET_60


@pytest.mark.parametrize("columns", ["0", "-1", "x", "", "99999999999999999999"])
def test_columns_that_are_no_width(fleet, columns):
    answer = fleet.run("check", LIST, "hosts", "nic.json", "missing.json",
                       env=environment(COLUMNS=columns))

    assert answer.out == FLEET_80


def test_narrowest_table(fleet):
    answer = fleet.run("check", LIST, "hosts", env=environment(COLUMNS="1"))

    assert max(map(len, answer.out.splitlines())) == 40


COLOURS = {"compatible": "\x1b[32m", "incompatible": "\x1b[31m", "undecided": "\x1b[1;33m",
           "error": "\x1b[31m"}


def test_colours_on_a_terminal(fleet):
    shown = fleet.on_terminal("check", LIST, "hosts", "nic.json", "missing.json")

    assert re.sub(r" *\x1b\[[0-9;]*m", "", shown).replace(" ", "") == FLEET_80.replace(" ", "")
    coloured = re.findall(r"(\x1b\[[0-9;]+m)(\w+) *\x1b\[0m", shown)
    assert [word for _, word in coloured] == (
        ["undecided", "incompatible", "compatible", "incompatible", "error"])
    assert all(COLOURS[word] == colour for colour, word in coloured)


@pytest.mark.parametrize("changes", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours(fleet, changes):
    assert "\x1b" not in fleet.on_terminal("check", LIST, "hosts", **changes)


def test_empty_no_color_means_nothing(fleet):
    assert "\x1b" in fleet.on_terminal("check", LIST, "hosts", NO_COLOR="")


def test_no_colours_in_a_pipe(fleet):
    assert "\x1b" not in fleet.run("check", LIST, "hosts").out


def test_one_destination(box):
    assert box.run("check", "num-queues=8,new-feature=on", "nic.json").out == """\
DESTINATION VERDICT
nic.json    compatible
"""


def test_twenty_destinations(box):
    for i in range(20):
        box.variant(f"hosts/rack-{i // 10}/host-{i:02}.json", allowed_values=["1-4"] if i % 7 == 0
                    else ["1-200"])
    lines = box.run("check", LIST, "hosts/rack-0", "hosts/rack-1").out.splitlines()

    assert lines[0] == "DESTINATION               VERDICT      WHY, AND WHAT WOULD HELP"
    assert lines[2] == "                                       destination accepts 1-4"
    assert lines[5] == "hosts/rack-0/host-01.json compatible"
    assert lines[-1] == "17 of 20 compatible"
    assert max(map(len, lines)) <= 80


def test_return_path_is_a_row_below(box):
    box.variant("small.json", allowed_values=["1-4"])
    answer = box.run("check", "--source", "small.json", "--return-path",
                     "num-queues=4,new-feature=on", "nic.json")

    assert [line.split("  ")[0] for line in answer.out.splitlines()[:1]] == ["DESTINATION VERDICT"]
    assert re.search(r"^  and back  +compatible", answer.out, re.M)


def test_warnings_are_told_from_reasons(box):
    box.variant("other.json", init_value=5)
    document = {"models": {MODEL: {"params": {}, "support": "forward"}}}
    box.write("untested.json", document)
    document["models"][MODEL] = {"params": {"x": {"type": "bool", "init_value": True,
                                                  "off_value": False}},
                                 "versions": [{"name": "1", "params": {}}], "support": "forward"}
    box.write("old.json", document)
    document["models"][MODEL]["versions"].append({"name": "2", "params": {"x": True}})
    box.write("new.json", document)

    assert box.run("check", "--source", "old.json", "", "new.json").out == """\
DESTINATION VERDICT    WHY, AND WHAT WOULD HELP
new.json    compatible warning: migration from version "1" to version "2" is
                       promised but not tested
"""


def test_long_words_are_broken_behind_commas(box):
    values = [f"value-{i:03}" for i in range(30)]
    box.write("long.json", {"models": {"a.b/c": {"params": {"x": {
        "type": "str", "allowed_values": values, "init_value": values[0]}}}}})
    lines = box.run("show", "long.json").out.splitlines()

    assert lines[7] == "PARAM TYPE INIT      ALLOWED"
    assert lines[8] == "x     str  value-000 value-000,value-001,value-002,value-003,value-004,"
    assert all(line.endswith(",") for line in lines[8:-1])
    assert max(map(len, lines)) <= 80


def test_words_without_any_place_to_break(box):
    box.write("long.json",
              {"models": {"a.b/c": {"params": {"x": {"type": "str", "init_value": "y" * 200}}}}})
    answer = box.run("show", "long.json")

    assert answer.out.split("PARAM")[1].count("y") == 201  # and one in "any value"
    assert max(map(len, answer.out.splitlines()[7:])) <= 80


def test_wide_characters(box):
    """An ideograph takes two columns."""
    box.write("wide.json", {"models": {"a.b/c": {"params": {
        "x": {"type": "str", "init_value": "\u65e5\u672c"},
        "y": {"type": "str", "init_value": "ab"}}}}})
    lines = box.run("show", "wide.json").out.splitlines()

    assert lines[7:10] == ["PARAM TYPE INIT ALLOWED", "x     str  \u65e5\u672c any value",
                           "y     str  ab   any value"]


def test_show(box):
    assert box.run("show", "nic.json").out == """\
File:    nic.json
Dialect: native
Digest:  bccb4fa3ae9248ad9cb8d3d1180246dca0caf000dc3c2facfa216ef24389dc73

Model:   vendor-a.com/my-nic
Support: bidirectional

PARAM       TYPE INIT OFF ALLOWED
num-queues  int  4    1   1-64,128
new-feature bool on   off any value

VERSION SETTINGS, WHERE CHANGED
1
2       num-queues=4, new-feature=on

Constraint: if new-feature=on then num-queues=3-64
"""


def test_show_tells_what_changed_and_what_versions_are_for(box):
    param = {"type": "bool", "init_value": True, "off_value": False}
    box.write("many.json", {"models": {"a.b/c": {
        "description": "a card", "support": "none", "blocker": "holds secrets",
        "params": {"x": param, "y": param},
        "versions": [{"name": "1", "params": {"x": True}, "create": False},
                     {"name": "2", "params": {"x": True, "y": True}},
                     {"name": "3", "params": {"y": False}, "load": False},
                     {"name": "4", "params": {"y": False}, "create": False, "load": False}]}}})

    assert box.run("show", "many.json").out.split("\n\n", 1)[1] == """\
Model:   a.b/c, a card
Support: none: holds secrets

PARAM TYPE INIT OFF ALLOWED
x     bool on   off any value
y     bool on   off any value

VERSION USE         SETTINGS, WHERE CHANGED
1       load only   x=on
2                   y=on
3       create only y=off, x not set
4       none
"""


def test_show_several(box):
    box.write("v4.txt", "a.b/c:\n1\n2\n")
    blocks = box.run("show", "v4.txt", "v4.txt").out

    assert blocks.count("File:    v4.txt\nDialect: v4-text\n") == 2
    assert blocks.endswith("\n\nVERSION\n1\n2\n")
    assert "\n\nFile:" in blocks


def test_validate(box):
    box.write("bad.json",
              '{"models": {"a.b/c": {"params": {\n"x": {"type": "int", "init_value": true},\n'
                          '"y": {"type": "int"}}}}, "more": 1}')
    answer = box.run("validate", "nic.json", "bad.json", "missing.json")

    assert answer.out == """\
bad.json:2:36: blocker: value-type: expected an int, found true
bad.json:3:1: blocker: init-missing: a param needs an "init_value"
bad.json:3:26: warning: document-unknown-member: unknown member "more" of a document
"""
    assert answer.err == "migdesc: missing.json: cannot be read: No such file or directory\n"


def test_expand(box):
    assert box.run("expand", "nic.json", "num-queues=8").out == "num-queues=8\nnew-feature=on\n"


def test_list(box):
    assert box.run("list", "nic.json").out == "vendor-a.com/my-nic?num-queues=4,new-feature=on\n"
    assert box.run("list", "--short", "nic.json").out == "vendor-a.com/my-nic?version=2\n"


def test_refusal(box):
    answer = box.run("list", "nic.json", "num-queues=65", "no-such=1")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err == """\
migdesc: blocker: param-value-not-allowed: num-queues=65 is not allowed; the model accepts 1-64,128
migdesc:   remedy: use num-queues=64 or num-queues=128
migdesc: blocker: param-unknown: the model has no param "no-such"
"""


def test_compare(box):
    box.variant("small.json", allowed_values=["1-4"])

    assert box.run("compare", "nic.json", "nic.json").out == "identical\n"
    assert box.run("compare", "nic.json", "small.json").out == """\
conditional: yes while num-queues is 1-4
blocker: param-value-not-allowed: of num-queues=1-64,128 the destination accepts 1-4
"""


def test_baseline(box):
    box.variant("small.json", allowed_values=["1-4"], init_value=3)
    box.variant("other.json", param="new-feature", allowed_values=[True, False])
    answer = box.run("baseline", "nic.json", "small.json", "other.json")

    assert answer.out == """\
vendor-a.com/my-nic?num-queues=4,new-feature=on

HOST       THE BASELINE WITHOUT IT
nic.json   the same
small.json the same
other.json the same
"""


def test_baseline_of_one_host_has_no_costs(box):
    assert box.run("baseline", "nic.json").out == (
        "vendor-a.com/my-nic?num-queues=4,new-feature=on\n")


def test_no_baseline(box):
    box.write("other.json", {"models": {"a.b/c": {"params": {}}}})
    answer = box.run("baseline", "nic.json", "other.json")

    assert answer.out == """\
HOST       THE BASELINE WITHOUT IT
nic.json   no baseline either
other.json vendor-a.com/my-nic?num-queues=4,new-feature=on
"""
    assert answer.err == (
        "migdesc: other.json: blocker: model-not-supported: other.json has no such model\n")


def test_explain(box):
    answer = box.run("explain", "param-value-not-allowed")

    assert answer.out.startswith(
        "param-value-not-allowed: the destination does not allow a listed value\n\n")
    assert "\n\nExample:\n    $ migdesc check " in answer.out
    assert max(map(len, answer.out.splitlines())) <= 84


def test_explain_lists_all_codes(box):
    lines = box.run("explain").out.splitlines()

    assert lines[0].split() == ["CODE", "MEANING"]
    assert max(map(len, lines)) <= 80
    assert not any(line.endswith(" ") for line in lines)


def test_stream_that_ends_before_any_section(box):
    (box.folder / "cut").write_bytes(b"QEVM\0\0\0\3\x08\0\7\0\4\xff\xff\xff\xff")
    done = box.run("qemu", "show", "cut")

    assert done.status == 1
    assert done.out.splitlines()[-1] == (
        "blocker: qemu-truncated: the stream ends without an end mark (byte 17)")


def test_file_of_no_hosts_is_a_host_that_cannot_be_used(box):
    (box.folder / "none").write_bytes(b"")
    done = box.run("select", "a.b/c?x=1", "none")

    assert (done.status, done.out.splitlines()[0]) == (1, "1 host: 1 not answered")


def test_empty_file_is_no_dump_and_no_schema(box):
    (box.folder / "none").write_bytes(b"")

    for command in (["qemu", "dump-diff", "none", "none"],
                    ["state", "show", "--schema", "none", "none"]):
        done = box.run(*command)
        assert done.status == 3
        assert done.err == "migdesc: none:1:1: the text ends, expected an object\n"
