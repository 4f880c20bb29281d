# SPDX-License-Identifier: LGPL-2.1-or-later
"""The oracle against itself, on generated documents and lists."""

from itertools import combinations

from hypothesis import HealthCheck, given, settings, strategies

import oracle
from adapter import OracleAdapter
from cases import ask, generated, labels
from generate import documents, lists_for, pairs
from generate_documents import MODEL
from oracle_check import check_models, named_list
from oracle_compare import permits_exactly, try_all, universe
from oracle_document import load
from oracle_lists import complete_list, format_list, overrides_of, short_list

QUIET = settings(deadline=None, max_examples=60, derandomize=True, database=None,
                 suppress_health_check=list(HealthCheck))


def configurations(model, most=64):
    """Some configurations that the model's allowed values and constraints permit."""
    return (universe(model, model) or [])[:most]


def outcome_of(document, line):
    """What the text of a list expands to on its own model, without flags."""
    plist = named_list(line, document)
    return check_models(plist, document[plist.model]).config


@QUIET
@given(documents())
def test_generated_documents_are_valid(document):
    assert oracle.problems_of(document) == []


@QUIET
@given(documents())
def test_the_list_of_a_configuration_expands_to_it(document):
    loaded = load(document)
    for model in loaded.values():
        for config in configurations(model):
            assert outcome_of(loaded, format_list(complete_list(model, config))) == config
            assert outcome_of(loaded, format_list(short_list(model, config))) == config


@QUIET
@given(documents())
def test_no_shorter_list_with_a_version_expands_to_the_configuration(document):
    """Brute force over all subsets of overrides, those of the short form's length less one."""
    model = load(document)[MODEL]
    if model.is_v4 or not model.versions:
        return
    for config in configurations(model, 12):
        short = short_list(model, config)
        for version in model.versions:
            always = {name for name, _ in overrides_of(model, version, config)
                      if config[name] == model.expansions[version.name][name]}
            for size in range(len(short.pairs)):
                for names in combinations(model.params, size):
                    if always <= set(names):
                        tried = {**model.expansions[version.name],
                                 **{name: config[name] for name in names}}
                        assert tried != config


@QUIET
@given(pairs())
def test_compare_says_what_the_checks_say(pair):
    source, dest = (load(document) for document in pair)
    if MODEL not in source or MODEL not in dest:
        return
    verdict = oracle.compare(source, dest, MODEL)["verdict"]
    for config in configurations(source[MODEL]):
        line = format_list(complete_list(source[MODEL], config))
        answer = oracle.check(line, dest, source)["verdict"]
        if verdict == "compatible":
            assert answer == "compatible"
        elif verdict == "incompatible":
            assert answer == "incompatible"


@QUIET
@given(documents())
def test_compare_with_itself_is_identical(document):
    assert oracle.compare(document, document, MODEL)["verdict"] == "identical"


@QUIET
@given(pairs())
def test_the_agreeing_set_is_exact(pair):
    source, dest = (load(document) for document in pair)
    if MODEL not in source or MODEL not in dest:
        return
    answer = oracle.compare(source, dest, MODEL)
    if answer["verdict"] == "conditional":
        got = OracleAdapter().compare(source, dest, MODEL)["agreeing"]
        tried = try_all(source[MODEL], dest[MODEL])
        assert permits_exactly(got, source[MODEL], dest[MODEL], tried)


@QUIET
@given(documents(), documents(), strategies.data())
def test_a_compatible_list_has_a_plan_with_a_setting_for_every_param(source, dest, data):
    line = data.draw(lists_for(source, dest))
    answer = oracle.plan(line, dest)
    if answer.get("verdict") in ("compatible", "undecided"):
        model = load(dest)[oracle.parse_list(line).model or next(iter(dest["models"]))]
        assert [name for name, _ in answer["settings"]] == list(model.seen)
        text = oracle.plan(line, dest, "text")["lines"][0]
        assert oracle.check(text, dest)["verdict"] == answer["verdict"]


@QUIET
@given(pairs())
def test_every_host_creates_and_loads_the_baseline(pair):
    answer = oracle.baseline(list(pair), MODEL)
    for document in pair:
        if answer["list"] is not None:
            assert oracle.check(answer["list"], document)["verdict"] == "compatible"


def test_every_verdict_and_code_occurs():
    """The seeded generator reaches all of them: rarer than this, a run of 100,000 proves little."""
    seen = set()
    for _, _, loaded, kind, arguments in generated(12000, 1):
        seen.update(labels(kind, ask(kind, arguments, loaded)))
    verdicts = {"check": "compatible incompatible undecided",
                "compare": "identical compatible conditional incompatible undecided",
                "plan": "compatible incompatible undecided",
                "baseline": "compatible incompatible undecided", "expand": "ok refused error"}
    wanted = {f"{kind}: {verdict}" for kind, text in verdicts.items() for verdict in text.split()}
    wanted |= {f"check: {code}" for code in (
        "model-not-supported param-unknown param-type param-value-not-allowed param-required "
        "constraint-violated version-unknown version-not-loadable version-required unmigratable "
        "version-differs off-value-differs value-undecided direction-not-promised "
        "direction-not-tested source-not-expandable").split()}
    wanted |= {f"expand: refused, {code}" for code in (
        "version-unknown version-not-creatable version-required param-unknown param-type "
        "param-value-not-allowed constraint-violated model-not-supported").split()}
    assert wanted - seen == set()
