# SPDX-License-Identifier: LGPL-2.1-or-later
"""The differential runner has to notice a library that is wrong, and only such a one."""

import pytest

import oracle
from adapter import OracleAdapter
from agreement import same_comparison
from cases import generated
from differential import Run
from oracle_findings import accepted_of

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
        findings = [(*entry[:4], entry[4][1:] if entry[4] else entry[4], entry[5])
                    for entry in answer["findings"]]
        return {**answer, "findings": findings}


class TextInsteadOfTyped(OracleAdapter):
    def check(self, *arguments, **more):
        answer = super().check(*arguments, **more)
        findings = [(*entry[:3], str(entry[3]) if entry[3] is not None else None, *entry[4:])
                    for entry in answer["findings"]]
        return {**answer, "findings": findings}


class PointsElsewhere(OracleAdapter):
    def check(self, *arguments, **more):
        answer = super().check(*arguments, **more)
        return {**answer, "findings": [(*entry[:5], "/models") for entry in answer["findings"]]}


class SaysAFindingTwice(OracleAdapter):
    def check(self, *arguments, **more):
        answer = super().check(*arguments, **more)
        return {**answer, "findings": answer["findings"] + answer["findings"][:1]}


class LosesAWarning(OracleAdapter):
    def check(self, *arguments, **more):
        answer = super().check(*arguments, **more)
        return {**answer, "findings": [entry for entry in answer["findings"]
                                       if entry[0] != "direction-not-tested"]}


class RefusesWithoutCodes(OracleAdapter):
    def list(self, *arguments):
        status, answer = super().list(*arguments)
        return (status, []) if status == "refused" else (status, answer)


class NoReturnPath(OracleAdapter):
    def check(self, *arguments, **more):
        answer = super().check(*arguments, **more)
        return {name: value for name, value in answer.items() if name != "return_path"}


class PlanLosesASetting(OracleAdapter):
    def plan(self, *arguments, **more):
        answer = super().plan(*arguments, **more)
        return {**answer, "lines": answer["lines"] and answer["lines"][:-1]}


class PlanEquals(OracleAdapter):
    def plan(self, *arguments, **more):
        answer = super().plan(*arguments, **more)
        lines = answer["lines"]
        if isinstance(lines, list):
            lines = [line.replace("--migration-model ", "--migration-model=") for line in lines]
        return {**answer, "lines": lines}


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
        if answer["verdict"] == "conditional":
            params = oracle.load(arguments[0])[arguments[2]].seen
            answer["agreeing"]["params"] = {name: accepted_of(param)
                                            for name, param in params.items()}
        return answer


class AgreesWithoutConstraints(OracleAdapter):
    def compare(self, *arguments):
        answer = super().compare(*arguments)
        answer.get("agreeing", {}).pop("constraints", None)
        return answer


class CostsNothing(OracleAdapter):
    def baseline(self, docs, model):
        answer = super().baseline(docs, model)
        return {**answer, "without": [(answer["verdict"], answer["list"])] * len(answer["without"])}


class BaselineOfTheFirst(OracleAdapter):
    def baseline(self, docs, model):
        return {**super().baseline(docs, model), "list": super().baseline(docs[:1], model)["list"]}


class Crashes(OracleAdapter):
    def version_of(self, *arguments):
        raise ValueError("broken")


def run_of(adapter, count=3000, only=None):
    run = Run(adapter, 0)
    for case in generated(count, 7):
        if only in (None, case[3]):
            run.judge(*case)
    return run


@pytest.mark.parametrize("adapter, kind", [
    (AlwaysCompatible, "check"), (ForgetsAFinding, "check"), (AcceptedWithoutOff, "check"),
    (TextInsteadOfTyped, "check"), (NoReturnPath, "check"), (PointsElsewhere, "check"),
    (SaysAFindingTwice, "check"), (LosesAWarning, "check"), (RefusesWithoutCodes, "list"),
    (PlanLosesASetting, "plan"), (PlanEquals, "plan"), (ListInsteadOfShort, "short"),
    (ExpandsBoolToInt, "expand"), (AgreesTooWidely, "compare"),
    (AgreesWithoutConstraints, "compare"), (BaselineOfTheFirst, "baseline"),
    (CostsNothing, "baseline"), (Crashes, "version_of")])
def test_a_wrong_library_is_noticed(adapter, kind):
    assert run_of(adapter(), only=kind).wrong[kind] > 0


def test_the_oracle_agrees_with_itself():
    run = run_of(OracleAdapter())
    assert not run.wrong and not run.missing


def test_what_an_adapter_cannot_ask_is_reported_as_missing():
    class Partly(OracleAdapter):
        def plan(self, *arguments, **more):
            raise NotImplementedError
    assert run_of(Partly(), 600).missing == {"plan"}


def test_an_agreeing_set_is_exact():
    """The values that pass, and what constraints forbid; neither more nor less."""
    member = {"params": {"p": {"type": "int", "allowed_values": ["0-8"], "init_value": 1},
                         "q": {"type": "bool", "init_value": False}}}
    strict = {**member, "constraints": [{"forbid": {"p": ["5-8"]}},
                                        {"forbid": {"p": [0], "q": [True]}}]}
    source, dest = (oracle.load({"models": {MODEL: entry}})[MODEL] for entry in (member, strict))
    expected = oracle.compare({MODEL: source}, {MODEL: dest}, MODEL)
    q = [False, True]
    for values, forbidden, right in (
            (["0-4"], {"p": [0], "q": [True]}, True), (["0-8"], {"p": [0], "q": [True]}, False),
            (["0-4"], {"p": [0]}, False), (["0-4"], {"p": ["1-2"], "q": [True]}, False),
            (["1-4"], {"p": [0], "q": [True]}, False), (["0-4"], {"q": [True]}, False)):
        got = {"verdict": "conditional", "agreeing": {"params": {"p": values, "q": q},
                                                      "constraints": [{"forbid": forbidden}]}}
        assert same_comparison(expected, got, source, dest) == right
