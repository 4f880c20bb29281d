# SPDX-License-Identifier: LGPL-2.1-or-later

"""The command line itself: help, and status 2 for what is wrong with it."""

import re

import pytest

VERBS = ["show", "validate", "convert", "expand", "list", "check", "compare", "plan", "baseline",
         "diff", "lint", "explain"]
OPERANDS = {"show": ["x"], "validate": ["x"], "convert": ["x"], "expand": ["x"], "list": ["x"],
            "check": ["x", "y"], "compare": ["x", "y"], "plan": ["x", "y"], "baseline": ["x"],
            "diff": ["x", "y"], "lint": ["x"], "explain": ["x"]}

HELP = """\
Usage: migdesc VERB ...

Can a virtual device be migrated there, why not, and how must it be set up?

  show      Show what descriptors say
  validate  Tell all that is wrong with descriptors
  convert   Write a descriptor in another dialect
  expand    Tell the value of every param
  list      Print the migration parameter list
  check     Tell which destinations can take a device, and why not
  compare   Tell how two models relate
  plan      Print the settings for the destination
  baseline  Find the best configuration that all hosts can run
  select    Rank the hosts that can take devices, and why not
  path      Find the way from one host to another, over others if need be
  map       Show which hosts can exchange devices
  diff      Tell which migrations a changed descriptor breaks
  lint      Tell what is odd in descriptors
  matrix    Tell which pairs of versions are promised and tested, and test them
  state     Look into streams of saved states
  qemu      Look into QEMU's migration streams
  explain   Explain the code of a finding or error

migdesc VERB --help tells the options of a verb, migdesc(1) all the rest.
"""

CHECK_HELP = """\
Usage:
  migdesc check [OPTION\u2026] [--source DESCRIPTOR [--return-path]] [--only NAMES] \
LIST DESTINATION...

Tell which destinations can take a device, and why not

Options:
  --source=DESCRIPTOR     The source's descriptor
  --return-path           Tell also whether it can come back
  --only=NAMES            Look at these params only
  --json                  Answer in JSON
  --dialect=DIALECT       Read descriptors as this dialect
  --lenient               Read descriptors leniently
  -h, --help              Tell the options

"""


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help(box, option):
    answer = box.run(option)

    assert (answer.status, answer.out, answer.err) == (0, HELP, "")


def test_help_of_a_verb(box):
    answer = box.run("check", "--help")

    assert (answer.status, answer.out, answer.err) == (0, CHECK_HELP, "")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(box, verb):
    answer = box.run(verb, "-h")

    assert answer.status == 0
    assert answer.out.startswith(f"Usage:\n  migdesc {verb} [OPTION\u2026]")
    assert all(option in answer.out for option in ("--json", "--dialect=DIALECT", "--lenient"))


def test_version(box):
    answer = box.run("--version")

    assert (answer.status, answer.err) == (0, "")
    assert re.fullmatch(r"migdesc \d+\.\d+\.\d+\n", answer.out)


def assert_usage_error(answer, message):
    assert (answer.status, answer.out, answer.err) == (2, "", f"migdesc: {message}\n")


def test_no_verb(box):
    assert_usage_error(box.run(), "a verb is missing; migdesc --help tells which there are")


def test_unknown_verb(box):
    assert_usage_error(box.run("migrate", "x"),
                       "there is no verb migrate; migdesc --help tells which there are")


@pytest.mark.parametrize("verb", VERBS)
def test_unknown_option(box, verb):
    assert_usage_error(box.run(verb, "--frobnicate", *OPERANDS[verb]),
                       f"Unknown option --frobnicate; migdesc {verb} --help tells the options")


@pytest.mark.parametrize("operands", [["nic.json"], ["nic.json"] * 3])
def test_diff_needs_two_or_a_place(box, operands):
    assert_usage_error(box.run("diff", *operands), "diff needs OLD and NEW, or --against")


def test_unknown_words_of_diff(box):
    assert_usage_error(box.run("diff", "--category", "none", "x", "y"),
                       "there is no category none, only forward, backward and full, each also "
                       "with -transitive")
    assert_usage_error(box.run("diff", "--format", "xml", "x", "y"),
                       "there is no format xml, only text, json, sarif and github")
    for rules in ("2", "-1"):
        assert_usage_error(box.run("lint", "--rules", rules, "x"),
                           f"there is no rule set {rules}; the newest is 1")


def test_option_of_another_verb(box):
    assert_usage_error(box.run("show", "--only", "x", "nic.json"),
                       "Unknown option --only; migdesc show --help tells the options")


def test_option_without_its_value(box):
    assert_usage_error(box.run("check", "x=1", "nic.json", "--source"),
                       "Missing argument for --source; migdesc check --help tells the options")


def test_option_value_that_is_not_utf8(box):
    answer = box.run("list", "--model", b"\xff", "nic.json")

    assert answer.status == 2
    assert "--help tells the options" in answer.err


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ("diff", "explain")])
def test_missing_operand(box, verb):
    answer = box.run(verb, *OPERANDS[verb][1:])

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"migdesc: an operand is missing; usage: migdesc {verb} ")


@pytest.mark.parametrize("verb", ["convert", "compare", "plan", "explain"])
def test_too_many_operands(box, verb):
    answer = box.run(verb, *OPERANDS[verb], "more")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"migdesc: too many operands; usage: migdesc {verb} ")


@pytest.mark.parametrize("verb", VERBS)
def test_unknown_dialect(box, verb):
    assert_usage_error(box.run(verb, "--dialect", "v9", *OPERANDS[verb]), "there is no dialect v9")


def test_convert_needs_a_dialect(box):
    assert_usage_error(box.run("convert", "nic.json"), "--to DIALECT is missing")


def test_convert_to_an_unknown_dialect_is_told_before_reading(box):
    assert_usage_error(box.run("convert", "--to", "v9", "missing.json"), "there is no dialect v9")


def test_unknown_style_is_told_before_reading(box):
    assert_usage_error(box.run("plan", "--style", "argv", "x=1", "missing.json"),
                       "there is no style argv")


def test_unknown_code(box):
    assert_usage_error(box.run("explain", "no-such-code"),
                       "there is no code no-such-code; migdesc explain lists all")


def test_version_given_twice(box):
    for verb in ("expand", "list"):
        assert_usage_error(box.run(verb, "--version", "1", "nic.json", "version=2"),
                           "the version is given twice: --version and version=")
        # which is told before a model that is not there, as a bad argument is
        answer = box.run(verb, "--version", "1", "--model", "a.b/c", "nic.json", "version=2")
        assert_usage_error(answer,
                           "the version is given twice: --version and version=")
        assert box.run(verb, "--model", "a.b/c", "nic.json", "version").status == 3
        assert box.run(verb, "--model", "a.b/c", "nic.json", "version=2").status == 1


def test_return_path_needs_the_source(box):
    assert_usage_error(box.run("check", "--return-path", "x=1", "nic.json"),
                       "--return-path needs --source")


def test_only_needs_a_name(box):
    assert_usage_error(box.run("check", "--only", "", "x=1", "nic.json"),
                       "--only needs the name of a param")


@pytest.mark.parametrize("more", [["x=1"], ["--short"], ["--model", "a.b/c"], ["--version", "1"]])
def test_instance_stands_alone(box, more):
    assert_usage_error(box.run("list", "--instance", "u", "tree", *more),
                       "with --instance there is one operand and no other option: "
                       "migdesc list --instance UUID TREE")


def test_several_models_need_a_choice(box):
    box.write("two.json", {"models": {"a.b/c": {"params": {}}, "a.b/d": {"params": {}}}})
    for verb in ("expand", "list"):
        assert_usage_error(box.run(verb, "two.json"),
                           "--model is needed: two.json has the models a.b/c, a.b/d")
    assert_usage_error(box.run("compare", "two.json", "two.json"),
                       "--model is needed: two.json has the models a.b/c, a.b/d")


def test_one_descriptor_where_a_directory_has_several(box):
    box.variant("hosts/a.json")
    box.variant("hosts/b.json")
    for arguments in (["list", "hosts"], ["convert", "--to", "v3", "hosts"],
                      ["plan", "x=1", "hosts"],
                      ["compare", "nic.json", "hosts"],
                      ["check", "--source", "hosts", "x=1", "nic.json"]):
        assert_usage_error(box.run(*arguments), "hosts: holds 2 descriptors, not one")


@pytest.mark.parametrize("arguments", [["--json"], ["frobnicate", "--json"], ["check", "--json"],
                                       ["check", "--frobnicate", "--json"],
                                       ["check", "--json", "--frobnicate"]])
def test_usage_error_in_json(box, arguments):
    answer = box.run(*arguments)

    assert answer.status == 2
    assert answer.json["error"] == {"code": "invalid-argument",
                                    "message": answer.err.removeprefix("migdesc: ").rstrip("\n")}


@pytest.mark.parametrize("arguments", [
    ["list", "--", "nic.json", "num-queues=8"],
    ["list", "nic.json", "--", "num-queues=8"],
    ["list", "nic.json", "num-queues=8", "--"],
])
def test_two_dashes_end_the_options(box, arguments):
    assert box.run(*arguments).out == "vendor-a.com/my-nic?num-queues=8,new-feature=on\n"


def test_operand_that_starts_with_a_dash(box):
    box.variant("-x.json")
    for arguments in (["list", "--", "-x.json"], ["list", "--json", "--", "-x.json"]):
        assert box.run(*arguments).status == 0
    answer = box.run("list", "nic.json", "--", "-x=1")
    assert (answer.status, answer.out) == (1, "")
    assert box.run("list", "-x.json").status == 2


def test_options_may_follow_operands(box):
    assert box.run("list", "nic.json", "num-queues=8", "--short").out == \
        "vendor-a.com/my-nic?version=2,num-queues=8\n"
