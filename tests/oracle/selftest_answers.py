# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compare, plan and baseline of the oracle against answers worked out by hand."""

import pytest

import oracle
from generate_documents import MODEL
from selftest_documents import BOOL, EXAMPLE, INT, V4, changed, model_of


# Compare.

def test_compare_identical_whatever_the_words():
    other = changed(description="x", constraints=[{**EXAMPLE["models"][MODEL]["constraints"][0],
                                                   "description": "y"}])
    assert oracle.compare(EXAMPLE, other) == {"verdict": "identical", "agreeing": {
        "num-queues": ["1-64", 128], "new-feature": [False, True]}}
    assert oracle.compare(EXAMPLE, changed(support="none")) == {"verdict": "incompatible"}
    stuck = changed(support="none")
    assert oracle.compare(stuck, stuck)["verdict"] == "identical"


def test_compare_conditional_has_the_exact_agreeing_set():
    narrow = model_of(params={"p": {**INT, "allowed_values": ["0-4"]}})
    assert oracle.compare(model_of(params={"p": INT}), narrow) == {
        "verdict": "conditional", "agreeing": {"p": ["0-4"]}}
    assert oracle.compare(narrow, model_of(params={"p": INT})) == {
        "verdict": "compatible", "agreeing": {"p": ["0-4"]}}
    strict = model_of(params={"p": INT}, constraints=[{"forbid": {"p": ["5-9", 0]}}])
    assert oracle.compare(model_of(params={"p": INT}), strict) == {
        "verdict": "conditional", "agreeing": {"p": ["1-4"]}}


def test_compare_undecided_by_an_open_param():
    dest = model_of(params={"p": {"type": "int", "init_value": 1, "off_value": 0}})
    assert oracle.compare(model_of(params={"p": INT}), dest) == {"verdict": "undecided"}
    assert oracle.compare(dest, model_of(params={"p": INT})) == {
        "verdict": "conditional", "agreeing": {"p": ["0-8"]}}


# Plan.

@pytest.mark.parametrize("style, lines", [
    ("argv-m", ["--m-num-queues=8", "--m-new-feature=off"]),
    ("argv-param", ["--param num-queues=8", "--param new-feature=off"]),
    ("argv-version", [f"--migration-model {MODEL}", "--migration-version 2", "--m-num-queues=8",
                      "--m-new-feature=off"]),
    ("sysfs", [f"migration/device_model={MODEL}", "migration/version=1", "migration/num-queues=8",
               "migration/new-feature=off"]),
    ("mdevctl", [f'[{{"migration/device_model":"{MODEL}"}},{{"migration/version":"1"}},'
                 '{"migration/num-queues":"8"},{"migration/new-feature":"off"}]']),
    ("text", [MODEL + "?num-queues=8"])])
def test_plan(style, lines):
    answer = oracle.plan("num-queues=8", EXAMPLE, style)
    if style == "argv-version":
        # one override beside version 1, two beside version 2
        lines = [lines[0], "--migration-version 1", "--m-num-queues=8"]
    assert answer["lines"] == lines


def test_plan_of_an_incompatible_list_has_settings_only_by_force():
    assert oracle.plan("num-queues=65", EXAMPLE)["lines"] is None
    forced = oracle.plan("num-queues=65", EXAMPLE, force=True)
    assert (forced["verdict"], forced["lines"]) == (
        "incompatible", ["--m-num-queues=65", "--m-new-feature=off"])
    assert oracle.plan("num-queues=x", EXAMPLE, force=True)["lines"] is None


def test_plan_by_version_without_versions_sets_every_param():
    document = model_of(params={"p": INT, "q": BOOL})
    assert oracle.plan("p=2", document, "argv-version")["lines"] == [
        f"--migration-model {MODEL}", "--m-p=2", "--m-q=off"]


def test_force_past_an_unknown_version_needs_every_param_listed():
    assert oracle.plan("version=9,num-queues=8", EXAMPLE, force=True)["lines"] is None
    assert oracle.plan("version=9,num-queues=8,new-feature=off", EXAMPLE, force=True)["lines"] == [
        "--m-num-queues=8", "--m-new-feature=off"]
    assert oracle.plan("version=9", V4, force=True)["lines"] == ["--m-version=9"]
    assert oracle.plan("", V4, force=True)["lines"] is None


@pytest.mark.parametrize("name, unsafe", [
    ("-p", ["argv-param", "mdevctl", "sysfs"]), ("device_model", ["mdevctl", "sysfs"]),
    (".p", ["mdevctl", "sysfs"]), ("a:b.c_d-e", []), ("é", ["mdevctl", "sysfs"])])
def test_names_that_a_style_cannot_carry(name, unsafe):
    document = model_of(params={name: BOOL})
    assert sorted(style for style in oracle.STYLES if oracle.plan("", document, style)["lines"]
                  == "plan-unsafe-name") == unsafe


# Baseline.

def test_baseline_is_the_newest_common_version_with_equal_expansion():
    older = changed(versions=EXAMPLE["models"][MODEL]["versions"][:1])
    answer = oracle.baseline([EXAMPLE, EXAMPLE, older])
    assert (answer["verdict"], answer["list"]) == ("compatible", MODEL + "?")
    # without the older host version 2 would do
    assert [line for _, line in answer["without"]] == [
        MODEL + "?", MODEL + "?", MODEL + "?num-queues=4,new-feature=on"]


def test_baseline_without_versions_goes_param_by_param():
    first = model_of(params={"p": {**INT, "init_value": 7}, "q": {**BOOL, "init_value": True}})
    second = model_of(params={"p": {**INT, "allowed_values": ["2-5"], "init_value": 2}})
    # 7 is not allowed by the second, 2 is; q is missing there, so it is off
    assert oracle.baseline([first, second])["list"] == MODEL + "?p=2"
    third = model_of(params={"p": {**INT, "allowed_values": ["3-4"], "init_value": 4}},
                     constraints=[{"forbid": {"p": [2]}}])
    assert oracle.baseline([second, third, first])["list"] == MODEL + "?p=4"


def test_baseline_interval_ends_downwards_then_off():
    def host(allowed, init):
        return model_of(params={"p": {**INT, "allowed_values": allowed, "init_value": init}})
    assert oracle.baseline([host(["1-4", "6-8"], 1), host(["2-7"], 5)])["list"] == MODEL + "?p=7"
    assert oracle.baseline([host([1], 1), host([2], 2)])["list"] == MODEL + "?"


def test_baseline_off_is_off_whatever_the_value():
    def host(off, **more):
        return model_of(params={"p": {**INT, "off_value": off, **more}}, versions=[{"name": "1"}])
    assert oracle.baseline([host(0), host(5)])["list"] == MODEL + "?"
    # a value that is off at its own host means off; one that is off elsewhere is no candidate
    versions = {"versions": [{"name": "1", "params": {"p": 3}}]}
    first = model_of(params={"p": {**INT, "init_value": 3, "off_value": 3}}, **versions)
    assert oracle.baseline([first, host(5, init_value=7)])["list"] == MODEL + "?"
    bound = {"type": "int", "allowed_values": [0, 4], "init_value": 4}
    assert oracle.baseline([host(0, init_value=0), model_of(params={"p": bound})])["list"] == (
        MODEL + "?p=4")


def test_baseline_takes_from_the_newest_version_only_what_it_sets():
    other = model_of(params={"p": {**INT, "allowed_values": ["5-7", 20], "init_value": 20}})

    def first(**values):
        return model_of(params={"p": {**INT, "init_value": 2}},
                        versions=[{"name": "1", "params": values}])
    assert oracle.baseline([first(), other])["list"] == MODEL + "?p=7"
    assert oracle.baseline([first(p=0), other])["list"] == MODEL + "?"


def test_baseline_of_ints_that_nobody_limits_is_undecided():
    def host(**more):
        return model_of(params={"p": {"type": "int", "init_value": 4, **more}})
    assert oracle.baseline([host(), host(off_value=4)])["verdict"] == "undecided"
