# SPDX-License-Identifier: LGPL-2.1-or-later
"""Values, lists, expand and check of the oracle against answers worked out by hand."""

import pytest

import oracle
from generate_documents import MODEL
from oracle_document import ValueSet
from oracle_lists import Malformed
from selftest_documents import BOOL, EXAMPLE, INT, V4, at, changed, codes, model_of


# Values, sets, lists.

def test_the_example_is_valid():
    assert oracle.problems_of(EXAMPLE) == []


def test_touching_and_overlapping_intervals_merge():
    assert ValueSet.of_json("int", [5, "1-2", 3, {"min": 7, "max": 9}, "8-12"]).to_json() == [
        "1-3", 5, "7-12"]


def test_ints_above_2_to_53_are_written_as_text():
    assert ValueSet.of_json("int", [2 ** 53, str(2 ** 53 + 2)]).to_json() == [
        2 ** 53, "9007199254740994"]


@pytest.mark.parametrize("text, model, version, pairs", [
    ("", None, None, []),
    ("a.b/c?", "a.b/c", None, []),
    ("num-queues=8,new-feature=on", None, None, [("num-queues", "8"), ("new-feature", "on")]),
    ("a.b/c?k=a,,b,l=,version=2", "a.b/c", "2", [("k", "a,b"), ("l", "")]),
    ("k=a=b?c", None, None, [("k", "a=b?c")]),
    ("k=,,,l=x", None, None, [("k", ","), ("l", "x")]),
])
def test_list_text(text, model, version, pairs):
    parsed = oracle.parse_list(text)
    assert (parsed.model, parsed.version, parsed.pairs) == (model, version, pairs)


@pytest.mark.parametrize("text", ["a", "a=1,", ",a=1", "a=1,a=2", "nodot/x?a=1", "a.b?a=1", "a b=1",
                                  "a/b=1", "=1", "a.b/c?x", "version=1,version=1", "model=x"])
def test_malformed_lists(text):
    with pytest.raises(Malformed):
        oracle.parse_list(text)


# Expand, list, short form, version_of.

@pytest.mark.parametrize("version, overrides, queues, feature", [
    (None, [], 4, True), ("1", [], 1, False), ("2", [], 4, True), ("latest", [], 4, True),
    ("1", [("num-queues", "128")], 128, False), ("2", [("new-feature", "false")], 4, False),
    (None, [("version", "1")], 1, False)])
def test_expand(version, overrides, queues, feature):
    assert oracle.expand(EXAMPLE, None, version, overrides) == (
        "ok", {"num-queues": queues, "new-feature": feature})


@pytest.mark.parametrize("version, overrides, problems", [
    ("3", [], [("version-unknown", None)]),
    ("2", [("num-queues", "2")], [("constraint-violated", None)]),
    ("2", [("num-queues", "65")], [("param-value-not-allowed", "num-queues")]),
    ("2", [("num-queues", "x"), ("z", "1")],
     [("param-type", "num-queues"), ("param-unknown", "z")]),
    ("3", [("z", "1")], [("param-unknown", "z"), ("version-unknown", None)])])
def test_expand_refuses_with_all_problems(version, overrides, problems):
    answer = oracle.expand(EXAMPLE, None, version, overrides)
    assert answer[0] == "refused" and sorted(codes(answer), key=str) == problems


def test_create_flag_belongs_to_the_configuration():
    document = model_of(params={"p": INT}, versions=[
        {"name": "1", "params": {"p": 2}, "create": False}, {"name": "2", "params": {"p": 3}}])
    refusal = ("refused", [("version-not-creatable", "blocker", None, None, None,
                            at("versions", "0"))])
    assert oracle.expand(document, None, "1") == refusal
    assert oracle.expand(document, None, None, [("p", "2")]) == refusal
    assert oracle.expand(document, None, "1", [("p", "5")]) == ("ok", {"p": 5})
    assert oracle.expand(document, None, "latest") == ("ok", {"p": 3})
    document["models"][MODEL]["versions"].append({"name": "3", "params": {"p": 2}})
    assert oracle.expand(document, None, "1") == ("ok", {"p": 2})


def test_latest_goes_by_the_configuration():
    document = model_of(params={"p": INT}, versions=[
        {"name": "1", "params": {"p": 2}}, {"name": "2", "params": {"p": 3}},
        {"name": "3", "params": {"p": 2}, "create": False},
        {"name": "4", "params": {"p": 4}, "create": False}])
    assert oracle.expand(document, None, "latest") == ("ok", {"p": 2})


def test_version_without_off_value_starts_at_init():
    document = model_of(params={"p": {"type": "int", "init_value": 7}}, versions=[
        {"name": "1", "params": {}}])
    assert oracle.expand(document, None, "1") == ("ok", {"p": 7})


def test_lists_of_the_example():
    assert oracle.list_line(EXAMPLE) == ("ok", MODEL + "?num-queues=4,new-feature=on")
    assert oracle.list_line(EXAMPLE, version="1") == ("ok", MODEL + "?")
    assert oracle.short_line(EXAMPLE) == ("ok", MODEL + "?version=2")
    assert oracle.short_line(EXAMPLE, overrides=[("new-feature", "off")]) == (
        "ok", MODEL + "?version=2,new-feature=off")
    assert oracle.short_line(EXAMPLE, version="1", overrides=[("num-queues", "3")]) == (
        "ok", MODEL + "?version=1,num-queues=3")


def test_short_form_always_lists_what_has_no_off_value_and_the_version_leaves_open():
    document = model_of(params={"p": {"type": "int", "init_value": 7}}, versions=[
        {"name": "1", "params": {}}])
    assert oracle.short_line(document, version="1") == ("ok", MODEL + "?version=1,p=7")


def test_then_is_a_conjunction():
    document = model_of(params={"p": INT, "q": INT, "r": INT}, constraints=[
        {"if": {"p": [2]}, "then": {"q": [3], "r": [4]}}])
    for queues, rings, holds in (("3", "4", True), ("3", "5", False), ("5", "4", False)):
        overrides = [("p", "2"), ("q", queues), ("r", rings)]
        assert (oracle.expand(document, None, None, overrides)[0] == "ok") == holds
        assert codes(oracle.check(f"p=2,q={queues},r={rings}", document)) == (
            [] if holds else [("constraint-violated", None)])


def test_version_of():
    assert oracle.version_of(EXAMPLE, MODEL, {"num-queues": 1, "new-feature": False}) == "1"
    assert oracle.version_of(EXAMPLE, MODEL, {"num-queues": 2, "new-feature": False}) is None


# Check.

@pytest.mark.parametrize("text, verdict, findings", [
    ("num-queues=4,new-feature=on", "compatible", []),
    ("", "compatible", []),
    (MODEL + "?num-queues=128", "compatible", []),
    ("version=2", "compatible", []),
    ("version=2,num-queues=3", "compatible", []),
    ("new-feature=on", "incompatible", [("constraint-violated", None)]),
    ("num-queues=65", "incompatible", [("param-value-not-allowed", "num-queues")]),
    ("num-queues=on,x=1", "incompatible", [("param-type", "num-queues"), ("param-unknown", "x")]),
    ("version=3,x=1", "incompatible", [("param-unknown", "x"), ("version-unknown", None)]),
    ("a.b/c?num-queues=4", "incompatible", [("model-not-supported", None)])])
def test_check_of_the_example(text, verdict, findings):
    answer = oracle.check(text, EXAMPLE)
    assert answer["verdict"] == verdict
    assert sorted(codes(answer), key=str) == sorted(findings, key=str)


def test_a_refused_value_comes_typed_and_with_the_accepted_set():
    document = changed(params={"num-queues": {"type": "int", "allowed_values": ["2-64", 128],
                                              "init_value": 4, "off_value": 1}},
                       versions=[], constraints=[])
    assert oracle.check("num-queues=65", document)["findings"] == [
        ("param-value-not-allowed", "blocker", "num-queues", 65, ["1-64", 128],
         at("params", "num-queues"))]


def test_a_missing_param_without_off_value_is_required_unless_a_version_is_named():
    document = model_of(params={"p": {"type": "int", "init_value": 7}}, versions=["1"])
    document["models"][MODEL]["versions"] = [{"name": "1"}]
    assert codes(oracle.check("", document)) == [("param-required", "p")]
    assert oracle.check("version=1", document)["verdict"] == "compatible"


def test_load_flag_belongs_to_the_configuration():
    document = model_of(params={"p": INT}, versions=[
        {"name": "1", "params": {"p": 2}, "load": False}])
    assert codes(oracle.check("version=1", document)) == [("version-not-loadable", None)]
    assert codes(oracle.check("p=2", document)) == [("version-not-loadable", None)]
    assert codes(oracle.check("version=1,p=3", document)) == []


def test_a_destination_that_loads_is_not_tested_for_create():
    document = model_of(params={"p": INT}, versions=[{"name": "1", "params": {}, "create": False}])
    assert oracle.check("version=1", document)["verdict"] == "compatible"


def test_undecided_is_an_open_param_at_a_value_nobody_named():
    document = model_of(params={"p": {"type": "int", "init_value": 1, "off_value": 0}},
                        versions=[{"name": "1", "params": {"p": 5}}])
    verdicts = [oracle.check(f"p={value}", document)["verdict"] for value in (0, 1, 5, 6)]
    assert verdicts == ["compatible", "compatible", "compatible", "undecided"]
    assert oracle.check("p=6", document)["findings"] == [
        ("value-undecided", "warning", "p", 6, None, at("params", "p"))]
    assert oracle.check("p=6", document, only=["q"])["verdict"] == "compatible"
    assert oracle.check("p=6,q=1", document)["verdict"] == "incompatible"


def test_none_blocks_where_the_list_names_it_or_the_configuration_equals_it():
    document = model_of(params={"p": INT}, versions=[{"name": "1", "params": {"p": 2},
                                                      "support": "none"}])
    for text in ("version=1", "p=2", "version=1,p=3"):
        assert codes(oracle.check(text, document)) == [("unmigratable", None)]
    assert codes(oracle.check("p=3", document)) == []
    assert codes(oracle.check("p=2", model_of(params={"p": INT}), document)) == [
        ("unmigratable", None), ("direction-not-promised", None)]


def test_each_none_is_a_finding_and_only_the_destinations_have_a_place():
    document = model_of(params={"p": INT}, support="none", versions=[
        {"name": "1", "params": {"p": 2}, "support": "none"}, {"name": "2", "params": {"p": 3}},
        {"name": "3", "params": {"p": 2}, "support": "none"}])
    findings = [finding for finding in oracle.check("version=1", document, document)["findings"]
                if finding[0] == "unmigratable"]
    assert [finding[5] for finding in findings] == [
        "/models/vendor-a.com~1my-nic", at("versions", "0"), at("versions", "2"), None, None, None]


def test_a_name_at_its_off_value_at_the_source_is_left_out_if_unknown():
    source = model_of(params={"p": INT, "q": BOOL})
    dest = model_of(params={"p": INT})
    assert codes(oracle.check("p=1,q=off", dest)) == [("param-unknown", "q")]
    assert codes(oracle.check("p=1,q=off", dest, source)) == []
    assert codes(oracle.check("p=1,q=on", dest, source)) == [("param-unknown", "q")]


def test_a_version_that_means_something_else_is_version_differs():
    source = model_of(params={"p": INT}, versions=[{"name": "1", "params": {"p": 2}}])
    dest = model_of(params={"p": INT}, versions=[{"name": "1", "params": {"p": 3}}])
    answer = oracle.check("version=1", dest, source)
    assert answer["findings"] == [
        ("version-differs", "blocker", "p", 2, ["0-8"], at("params", "p"))]
    assert oracle.check("version=1,p=4", dest, source)["findings"] == []


def test_a_value_that_is_off_on_one_side_only_is_off_value_differs():
    source = model_of(params={"p": INT})
    dest = model_of(params={"p": {**INT, "off_value": 3}})
    assert codes(oracle.check("p=3", dest, source)) == [("off-value-differs", "p")]
    assert codes(oracle.check("p=4", dest, source)) == []
    # absent is 0 at the source and 3 at the destination: it comes out different
    assert codes(oracle.check("", dest, source)) == [("version-differs", "p")]


def test_a_param_that_one_side_sets_and_the_other_lacks_is_version_differs():
    source = model_of(params={"p": INT}, versions=[{"name": "1", "params": {}}])
    dest = model_of(params={"p": INT, "q": BOOL}, versions=[{"name": "1", "params": {"q": True}}])
    assert codes(oracle.check("version=1", dest, source)) == [("version-differs", "q")]
    assert codes(oracle.check("version=1", source, dest)) == [("version-differs", "q")]
    assert codes(oracle.check("", dest, source)) == []


def test_a_source_that_cannot_expand_the_list_gets_a_warning():
    source = model_of(params={"p": {**INT, "allowed_values": ["0-2"]}})
    dest = model_of(params={"p": INT})
    answer = oracle.check("p=5", dest, source)
    assert answer["verdict"] == "compatible"
    assert answer["findings"] == [("source-not-expandable", "warning", None, None, None, None)]


def versions_of(*names, **newest):
    return model_of(params={"p": INT}, versions=[
        *({"name": name} for name in names[:-1]), {"name": names[-1], **newest}])


@pytest.mark.parametrize("source, dest, code", [
    (versions_of("1"), versions_of("1"), None),
    (versions_of("1"), versions_of("1", "2"), "direction-not-promised"),
    (versions_of("1"), versions_of("1", "2", support="forward"), "direction-not-tested"),
    (versions_of("1"), versions_of("1", "2", support="forward", tested=[{"from": "1", "to": "2"}]),
     None),
    (versions_of("1", "2", support="forward"), versions_of("1"), "direction-not-promised"),
    (versions_of("1", "2", support="bidirectional"), versions_of("1"), "direction-not-tested"),
    (versions_of("1", "2", support="bidirectional", tested=[{"from": "2", "to": "1"}]),
     versions_of("1"), None),
    (versions_of("1"), versions_of("2", support="bidirectional"), "direction-not-promised"),
    # nobody knows the newest version of a side that has none
    (versions_of("1"), model_of(params={"p": INT}, support="bidirectional"),
     "direction-not-promised"),
    (model_of(params={"p": INT}), model_of(params={"p": INT}), None),
    # where both know both, either may promise, and either may have tested
    (versions_of("1", "2", tested=[{"from": "2", "to": "1"}]),
     versions_of("2", "1", support="forward"), None),
    (versions_of("1", "2", support="bidirectional"), versions_of("2", "1"),
     "direction-not-tested")])
def test_direction(source, dest, code):
    assert codes(oracle.check("", dest, source)) == ([] if code is None else [(code, None)])


def test_the_strongest_promise_of_model_and_version_holds():
    dest = versions_of("1", "2", tested=[{"from": "1", "to": "2"}])
    dest["models"][MODEL]["support"] = "forward"
    assert codes(oracle.check("", dest, versions_of("1"))) == []


def test_only_drops_findings_and_constraints_that_name_others():
    assert codes(oracle.check("new-feature=on,x=1", EXAMPLE, only=["new-feature"])) == []
    assert codes(oracle.check("new-feature=on,x=1", EXAMPLE, only=["x"])) == [
        ("param-unknown", "x")]
    assert codes(oracle.check("new-feature=on", EXAMPLE, only=["new-feature", "num-queues"])) == [
        ("constraint-violated", None)]


def test_only_holds_at_the_source_too():
    source = model_of(params={"p": {**INT, "allowed_values": ["0-2"]}, "q": INT},
                      constraints=[{"forbid": {"p": [2], "q": [2]}}])
    dest = model_of(params={"p": INT, "q": {**INT, "off_value": 5}})
    warning = ("source-not-expandable", None)
    assert codes(oracle.check("p=5,q=5", dest, source)) == [warning]
    assert codes(oracle.check("p=5,q=5", dest, source, only=["q"])) == [("off-value-differs", "q")]
    assert codes(oracle.check("p=2,q=2", dest, source)) == [warning]
    assert codes(oracle.check("p=2,q=2", dest, source, only=["q"])) == []


def test_the_return_path_is_the_same_list():
    source = model_of(params={"p": {"type": "int", "allowed_values": ["0-8"], "init_value": 1}})
    dest = model_of(params={"p": INT})
    answer = oracle.check("p=0", dest, source, return_path=True)
    # p is off at the destination, which would leave it out of a list of its own
    assert codes(answer) == codes(answer["return_path"]) == [("off-value-differs", "p")]


def test_the_return_path_has_a_verdict_of_its_own():
    source = model_of(params={"p": INT}, versions=[
        {"name": "1", "params": {"p": 2}, "load": False}])
    dest = model_of(params={"p": INT}, versions=[{"name": "1", "params": {"p": 2}}])
    answer = oracle.check("version=1", dest, source, return_path=True)
    assert answer["verdict"] == "compatible"
    assert answer["return_path"]["verdict"] == "incompatible"
    assert codes(answer["return_path"]) == [("version-not-loadable", None)]


def test_a_list_without_a_model_needs_one_model_at_the_destination():
    two = {"models": {**EXAMPLE["models"], "a.b/c": {"params": {}}}}
    assert oracle.check("", two) == {"error": "malformed"}
    assert oracle.check(MODEL + "?", two)["verdict"] == "compatible"


# A model with versions and no params.

def test_v4_model():
    assert oracle.expand(V4, None, "a") == ("ok", {"version": "a"})
    assert oracle.expand(V4) == ("refused", [
        ("version-required", "blocker", None, None, ["a", "b", "c"], at("versions"))])
    assert codes(oracle.expand(V4, None, "b")) == [("version-not-creatable", None)]
    assert oracle.expand(V4, None, "latest") == ("ok", {"version": "c"})
    assert oracle.list_line(V4, version="a") == ("ok", MODEL + "?version=a")
    assert oracle.short_line(V4, version="a") == ("ok", MODEL + "?version=a")
    assert codes(oracle.check("version=b", V4)) == []
    assert codes(oracle.check("version=c", V4)) == [("version-not-loadable", None)]
    assert codes(oracle.check("version=d", V4)) == [("version-unknown", None)]
    assert codes(oracle.check("x=1", V4)) == [("version-required", None), ("param-unknown", "x")]


def test_v4_against_params_differs_in_the_version():
    """Its version behaves "in every rule as if" it were a param, which the other side lacks."""
    other = model_of(params={"q": BOOL}, versions=[{"name": "a"}])
    assert oracle.check("version=a", other, V4)["findings"][0] == (
        "version-differs", "blocker", "version", "a", None, at("params"))
    assert oracle.check("version=a", V4, other)["findings"][0] == (
        "version-differs", "blocker", "version", None, ["a", "b", "c"], at("versions"))
    assert oracle.compare(V4, other) == {"verdict": "incompatible"}
    assert oracle.baseline([V4, other])["verdict"] == "incompatible"


def test_v4_compare_and_baseline():
    other = model_of(versions=["b", "a"])
    assert oracle.compare(V4, other) == {
        "verdict": "conditional", "agreeing": {"version": ["a", "b"]}}
    # b cannot be created by the first
    assert oracle.baseline([V4, other])["list"] == MODEL + "?version=a"
