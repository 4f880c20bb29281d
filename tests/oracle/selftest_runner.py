# SPDX-License-Identifier: LGPL-2.1-or-later
"""The differential runner has to notice a library that is wrong, and only such a one."""

import pytest

import oracle
from adapter import OracleAdapter
from agreement import same_comparison, settings_in
from cases import generated
from differential import Run

MODEL = "vendor-a.com/my-nic"


class AlwaysCompatible(OracleAdapter):
    def check(self, *arguments, **more):
        return {**super().check(*arguments, **more), "verdict": "compatible"}


class ForgetsAFinding(OracleAdapter):
    def check(self, *arguments, **more):
        answer = super().check(*arguments, **more)
        return {**answer, "findings": answer["findings"][:1]}


class AcceptedWithoutOff(OracleAdapter):
    def check(self, *arguments, **more):
        answer = super().check(*arguments, **more)
        findings = [(*entry[:4], entry[4][1:] if entry[4] else entry[4])
                    for entry in answer["findings"]]
        return {**answer, "findings": findings}


class TextInsteadOfTyped(OracleAdapter):
    def check(self, *arguments, **more):
        answer = super().check(*arguments, **more)
        findings = [(*entry[:3], str(entry[3]) if entry[3] is not None else None, entry[4])
                    for entry in answer["findings"]]
        return {**answer, "findings": findings}


class NoReturnPath(OracleAdapter):
    def check(self, *arguments, **more):
        answer = super().check(*arguments, **more)
        return {name: value for name, value in answer.items() if name != "return_path"}


class PlanLosesASetting(OracleAdapter):
    def plan(self, *arguments, **more):
        answer = super().plan(*arguments, **more)
        return {**answer, "lines": answer["lines"] and answer["lines"][:-1]}


class ListInsteadOfShort(OracleAdapter):
    def short(self, *arguments):
        return self.list(*arguments)


class ExpandsBoolToInt(OracleAdapter):
    def expand(self, *arguments):
        status, answer = super().expand(*arguments)
        if status == "ok":
            answer = {name: int(value) if value is True else value
                      for name, value in answer.items()}
        return status, answer


class AgreesTooWidely(OracleAdapter):
    def compare(self, *arguments):
        answer = super().compare(*arguments)
        if "agreeing" in answer:
            params = oracle.load(arguments[0])[arguments[2]].params.values()
            answer["agreeing"] = {param.name: param.accepted.to_json() for param in params
                                  if param.accepted.items is not None}
        return answer


class BaselineOfTheFirst(OracleAdapter):
    def baseline(self, docs, model):
        return super().baseline(docs[:1], model)


class Crashes(OracleAdapter):
    def version_of(self, *arguments):
        raise ValueError("broken")


def run_of(adapter, count=3000, search=True):
    run = Run(adapter, 0, search)
    for case in generated(count, 7):
        run.judge(*case)
    return run


@pytest.mark.parametrize("adapter, kind", [
    (AlwaysCompatible, "check"), (ForgetsAFinding, "check"), (AcceptedWithoutOff, "check"),
    (TextInsteadOfTyped, "check"), (NoReturnPath, "check"), (PlanLosesASetting, "plan"),
    (ListInsteadOfShort, "short"), (ExpandsBoolToInt, "expand"), (AgreesTooWidely, "compare"),
    (BaselineOfTheFirst, "baseline"), (Crashes, "version_of")])
def test_a_wrong_library_is_noticed(adapter, kind):
    assert run_of(adapter(), search=False).wrong[kind] > 0


def test_the_oracle_agrees_with_itself():
    run = run_of(OracleAdapter())
    assert not run.wrong and not run.readings and not run.missing


def test_another_reading_is_told_from_a_mistake():
    run = run_of(OracleAdapter("direction-no-versions"))
    assert not run.wrong and set(run.readings) == {"direction-no-versions"}


def test_what_an_adapter_cannot_ask_is_reported_as_missing():
    class Partly(OracleAdapter):
        def plan(self, *arguments, **more):
            raise NotImplementedError
    assert run_of(Partly(), 600).missing == {"plan"}


def test_both_forms_of_an_agreeing_set_are_exact():
    """A param's own set, with the constraint beside it, or the projection; not a narrower one."""
    member = {"params": {"p": {"type": "int", "allowed_values": ["0-8"], "init_value": 1}}}
    strict = {**member, "constraints": [{"forbid": {"p": ["5-8"]}}]}
    source, dest = (oracle.load({"models": {MODEL: entry}})[MODEL] for entry in (member, strict))
    expected = oracle.compare({MODEL: source}, {MODEL: dest}, MODEL)
    for values, exact in ((["0-4"], True), (["0-8"], True), (["0-3"], False), ([0], False)):
        got = {"verdict": "conditional", "agreeing": {"p": values}}
        assert same_comparison(expected, got, source, dest) == exact


@pytest.mark.parametrize("line, pairs", [
    ("migration/p=a=b", [("migration/p", "a=b")]),
    ('{"attrs":[{"migration/p":"1"},{"migration/q":""}]}', [("migration/p", "1"),
                                                            ("migration/q", "")])])
def test_settings_are_read_from_a_rendering(line, pairs):
    assert settings_in(line) == pairs
