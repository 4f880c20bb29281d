# SPDX-License-Identifier: LGPL-2.1-or-later

"""The answer in JSON of every verb, member by member."""

import json

import pytest

from box import DIGEST, MODEL, NIC

POINTER = "/models/vendor-a.com~1my-nic/params/num-queues"
NOT_ALLOWED = {
    "code": "param-value-not-allowed", "severity": "blocker", "model": MODEL, "param": "num-queues",
    "source": 65,
    "accepted": ["1-64", 128], "pointer": POINTER,
    "message": "num-queues=65 is not allowed; the destination accepts 1-64,128",
    "remedy": "restart the source with num-queues=64 or num-queues=128",
}
BAD = {"code": "json-syntax",
       "message": "bad.json:1:11: the text ends, expected a value (at /models)",
       "file": "bad.json", "line": 1, "column": 11, "pointer": "/models"}
MISSING = {"code": "cannot-read",
           "message": "missing.json: cannot be read: No such file or directory",
           "file": "missing.json"}
# Canonical: what is left out is what it means anyway.
CANONICAL = json.loads(json.dumps(NIC))
del CANONICAL["models"][MODEL]["versions"][0]["params"]


@pytest.fixture
def fleet(box):
    box.write("bad.json", '{"models":')
    return box


def test_layout(box):
    """Two spaces a level, empty containers in one line, members in order."""
    answer = box.run("list", "--json", "nic.json")

    assert answer.out == """\
{
  "model": "vendor-a.com/my-nic",
  "params": {
    "num-queues": 4,
    "new-feature": true
  }
}
"""
    box.write("v4.txt", "a.b/c:\n1\n")
    assert box.run("list", "--json", "v4.txt", "version=1").out == """\
{
  "model": "a.b/c",
  "version": "1",
  "params": {}
}
"""


def test_show(fleet):
    answer = fleet.run("show", "--json", "nic.json", "bad.json", "missing.json")

    assert answer.json == {"descriptors": [
        {"descriptor": "nic.json", "dialect": "native", "digest": DIGEST, "document": CANONICAL},
        {"descriptor": "bad.json", "error": BAD},
        {"descriptor": "missing.json", "error": MISSING},
    ]}


def test_validate(fleet):
    fleet.write("more.json", '{"models": {"a.b/c": {"params": {}}},\n "more": 1}')
    answer = fleet.run("validate", "--json", "nic.json", "more.json", "bad.json", "missing.json")

    assert answer.json == {"results": [
        {"descriptor": "nic.json", "valid": True, "findings": []},
        {"descriptor": "more.json", "valid": True, "findings": [
            {"code": "document-unknown-member", "severity": "warning", "file": "more.json",
             "line": 2, "column": 2,
             "pointer": "/more", "message": answer.json["results"][1]["findings"][0]["message"]}]},
        {"descriptor": "bad.json", "valid": False, "findings": [
            {"code": "json-syntax", "severity": "blocker", "file": "bad.json", "line": 1,
             "column": 11,
             "pointer": "/models", "message": "the text ends, expected a value"}]},
        {"descriptor": "missing.json", "valid": False, "findings": [], "error": MISSING},
    ]}


def test_validate_tells_all(box):
    """Every finding of a document, and how many more there are than a report keeps."""
    params = {f"p{i}": {"type": "int", "init_value": "x"} for i in range(1005)}
    box.write("many.json", {"models": {"a.b/c": {"params": params}}})
    answer = box.run("validate", "--json", "many.json")

    result = answer.json["results"][0]
    assert (answer.status, len(result["findings"]), result["omitted"]) == (3, 1000, 5)


def test_convert(box):
    answer = box.run("convert", "--json", "--to", "v3", "--allow-loss", "nic.json")
    params = NIC["models"][MODEL]["params"]

    assert answer.json["dialect"] == "v3"
    assert answer.json["document"] == {"models": {MODEL: {"params": params}}}
    assert [(finding["code"], finding["severity"], finding["pointer"])
            for finding in answer.json["findings"]] == [
        ("conversion-loss", "warning", "/models/vendor-a.com~1my-nic/versions/0"),
        ("conversion-loss", "warning", "/models/vendor-a.com~1my-nic/versions/1"),
        ("conversion-loss", "warning", "/models/vendor-a.com~1my-nic/constraints"),
        ("conversion-loss", "warning", "/models/vendor-a.com~1my-nic/support"),
    ]


def test_convert_to_a_text(box):
    box.write("v4.txt", "a.b/c:\n1\n2\n")

    assert box.run("convert", "--json", "--to", "v4-text", "v4.txt").json == \
        {"dialect": "v4-text", "text": "a.b/c:\n1\n2\n", "findings": []}


def test_convert_that_would_lose_something(box):
    answer = box.run("convert", "--json", "--to", "v4", "nic.json")

    assert set(answer.json) == {"error", "findings"}
    assert answer.json["error"] == {
        "code": "conversion-loss", "file": "nic.json",
        "message": f"the v4 dialect loses 4 things, the first at {POINTER}: the param is lost"}
    assert [finding["severity"] for finding in answer.json["findings"]] == ["blocker"] * 4


def test_convert_that_is_refused(box):
    box.write("v4.txt", "a.b/c:\n1\n")

    assert box.run("convert", "--json", "--to", "v3", "v4.txt").json == {"error": {
        "code": "conversion-refused", "file": "v4.txt",
        "message": 'model "a.b/c" has versions and no params, which this dialect cannot express'}}


def test_expand(box):
    assert box.run("expand", "--json", "--version", "1", "nic.json", "num-queues=8").json == \
        {"model": MODEL, "params": {"num-queues": 8, "new-feature": False}}


def test_list(box):
    assert box.run("list", "--json", "nic.json", "num-queues=1", "new-feature=off").json == \
        {"model": MODEL, "params": {}}
    assert box.run("list", "--json", "--short", "nic.json", "num-queues=8").json == \
        {"model": MODEL, "version": "2", "params": {"num-queues": 8}}


def test_expand_and_list_of_what_is_refused(box):
    refused = NOT_ALLOWED | {"message": "num-queues=65 is not allowed; the model accepts 1-64,128",
                             "remedy": "use num-queues=64 or num-queues=128"}
    for verb in ("expand", "list"):
        assert box.run(verb, "--json", "nic.json", "num-queues=65").json == \
            {"verdict": "incompatible", "findings": [refused]}


def test_ints_that_others_would_round(box):
    box.write("wide.json",
              {"models": {"a.b/c": {"params": {"x": {"type": "int", "init_value": 2**53}}}}})

    assert box.run("list", "--json", "wide.json").json["params"] == {"x": 2**53}
    assert box.run("list", "--json", "wide.json", f"x={2**53 + 1}").json["params"] == (
        {"x": str(2**53 + 1)})
    assert box.run("plan", "--json", f"x={2**64 - 1}", "wide.json").json["params"] == (
        {"x": str(2**64 - 1)})


def test_unknown_members_keep_their_numbers(box):
    box.write("more.json",
              '{"models":{"a.b/c":{"params":{}}},"more":[18446744073709551615,1e400,-0.10]}')
    answer = box.run("show", "--json", "more.json")

    assert "18446744073709551615,\n" in answer.out
    assert "1e400,\n" in answer.out
    assert "-0.10\n" in answer.out


def test_list_of_an_instance(box):
    box.write("dump.json",
              [{"p": [{"u": {"attrs": [{"migration/x": "1"}, {"migration/version": "2"}]}}]}])

    assert box.run("list", "--json", "--instance", "u", "dump.json").json == \
        {"version": "2", "params": {"x": "1"}}


def test_check(fleet):
    answer = fleet.run("check", "--json", "num-queues=65,new-feature=on", "nic.json", "bad.json",
                       "missing.json")

    assert answer.json == {"results": [
        {"destination": "nic.json", "digest": DIGEST, "verdict": "incompatible",
         "findings": [NOT_ALLOWED]},
        {"destination": "bad.json", "error": BAD},
        {"destination": "missing.json", "error": MISSING},
    ]}


def test_check_with_the_return_path(box):
    answer = box.run("check", "--json", "--source", "nic.json", "--return-path",
                     "num-queues=8,new-feature=on",
                     "nic.json")

    assert answer.json == {"results": [
        {"destination": "nic.json", "digest": DIGEST, "verdict": "compatible", "findings": [],
         "return_path": {"verdict": "compatible", "findings": []}}]}


def test_check_that_cannot_be_asked(box):
    box.write("two.json", {"models": {"a.b/c": {"params": {}}, "a.b/d": {"params": {}}}})
    result = box.run("check", "--json", "x=1", "two.json").json["results"][0]

    assert set(result) == {"destination", "digest", "error"}
    assert (result["error"]["code"], result["error"]["file"]) == ("list-model-needed", "two.json")


def test_compare(box):
    box.variant("small.json", allowed_values=["1-4"])
    answer = box.run("compare", "--json", "nic.json", "small.json")

    assert (answer.json["relation"], answer.json["model"]) == ("conditional", MODEL)
    assert answer.json["agreeing"]["params"]["num-queues"] == ["1-4"]
    assert [finding["code"] for finding in answer.json["findings"]] == ["param-value-not-allowed"]


def test_plan(box):
    assert box.run("plan", "--json", "num-queues=8,new-feature=on", "nic.json").json == {
        "verdict": "compatible", "model": MODEL, "version": "2",
        "params": {"num-queues": 8, "new-feature": True},
        "lines": ["--m-num-queues=8", "--m-new-feature=on"], "findings": []}


def test_plan_that_is_refused(box):
    refused = {"verdict": "incompatible", "findings": [NOT_ALLOWED]}

    assert box.run("plan", "--json", "num-queues=65", "nic.json").json == refused
    forced = box.run("plan", "--json", "--force", "--style", "text", "num-queues=65", "nic.json")
    assert (forced.status, forced.json) == (1, refused | {
        "model": MODEL, "version": "1", "params": {"num-queues": 65, "new-feature": False},
        "lines": [f"{MODEL}?num-queues=65"]})


def test_baseline(box):
    box.variant("small.json", allowed_values=["1-4"])
    line = f"{MODEL}?num-queues=4,new-feature=on"
    host = {"verdict_without": "compatible", "list_without": line, "gain": False}

    assert box.run("baseline", "--json", "nic.json", "small.json").json == {
        "verdict": "compatible", "model": MODEL, "list": line, "findings": [],
        "hosts": [{"host": "nic.json"} | host, {"host": "small.json"} | host]}


def test_explain(box):
    codes = box.run("explain", "--json").json["codes"]
    answer = box.run("explain", "--json", "param-required").json

    assert "param-required" in codes and "json-syntax" in codes
    assert list(answer) == ["code", "summary", "explanation", "example"]
    assert (answer["code"], answer["summary"]) == \
        ("param-required", "a param that cannot be off is missing from the list")


ERRORS = [
    (["show", "missing.json"], None),
    (["convert", "--to", "v3", "bad.json"], BAD),
    (["expand", "bad.json"], BAD),
    (["list", "missing.json"], MISSING),
    (["compare", "nic.json", "bad.json"], BAD),
    (["plan", "x=1", "bad.json"], BAD),
    (["baseline", "nic.json", "bad.json"], BAD),
    (["check", "--source", "missing.json", "x=1", "nic.json"], MISSING),
    (["list", "--instance", "u", "missing.json"], MISSING),
    (["list", "--model", "a.b/c", "nic.json"],
     {"code": "model-not-found", "message": "nic.json has no model a.b/c, only vendor-a.com/my-nic",
      "file": "nic.json"}),
    (["list", "nic.json", "x"],
     {"code": "list-syntax", "message": 'argument 1: "x" has no "=": expected NAME=VALUE'}),
    (["check", "@missing.json", "nic.json"], MISSING),
]


@pytest.mark.parametrize("arguments, error", [case for case in ERRORS if case[1]])
def test_error(fleet, arguments, error):
    answer = fleet.run(*arguments, "--json")

    assert answer.json == {"error": error}
    assert answer.err == f"migdesc: {error['message']}\n"


@pytest.mark.parametrize("text, code, message, line, column", [
    ('{"params":\n {"x": 1, "x": 2}}', "json-duplicate-member", None, 2, 11),
    ("{", "json-syntax", None, 1, 2),
    ("", "json-syntax", None, 1, 1),
    ("[]", "document-type", None, 1, 1),
])
def test_error_in_a_list_of_a_file(box, text, code, message, line, column):
    box.write("list.json", text)
    error = box.run("check", "--json", "@list.json", "nic.json").json["error"]

    assert (error["code"], error["file"], error["line"], error["column"]) == (
        (code, "list.json", line, column))
    assert error["message"].startswith(f"list.json:{line}:{column}: ")
