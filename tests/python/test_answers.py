# SPDX-License-Identifier: LGPL-2.1-or-later

import copy
import pickle

import pytest
from conftest import DOCUMENT, NIC
from gi.repository import Migdesc

GOOD = f"{NIC}?num-queues=8,new-feature=on,mode=safe"


class TestReport:
    def test_yes_is_true(self, host):
        report = host.check(GOOD)
        assert report and report.verdict == "compatible" and len(report) == 0 and list(report) == []

    def test_no_is_false_and_says_why(self, host):
        report = host.check(f"{NIC}?num-queues=65,mode=safe,newfeature=on")
        assert not report and report.verdict == "incompatible"
        assert [finding.code for finding in report] == ["param-value-not-allowed", "param-unknown"]
        assert "param-unknown" in report and "param-type" not in report
        assert report[-1].code == "param-unknown"
        assert [f.code for f in report[:1]] == ["param-value-not-allowed"]
        with pytest.raises(IndexError):
            report[2]

    def test_forms(self, host):
        report = host.check(f"{NIC}?num-queues=65,mode=safe")
        assert report.to_dict()["findings"][0]["accepted"] == ["1-64", 128]
        assert str(report).startswith("blocker: param-value-not-allowed: ")
        again = host.check(f"{NIC}?num-queues=65,mode=safe")
        assert report == again and hash(report) == hash(again) and report != host.check(GOOD)
        assert pickle.loads(pickle.dumps(report)) == report

    def test_question_that_cannot_be_answered(self, host):
        with pytest.raises(Migdesc.ListFailure) as caught:
            host.check("num-queues=4")
        assert caught.value.nick == "list-model-needed"

    def test_source_and_return_path(self, host):
        other = copy.deepcopy(DOCUMENT)
        other["models"][NIC]["params"]["num-queues"]["allowed_values"] = ["1-4"]
        other["models"][NIC]["constraints"] = []
        small = Migdesc.Descriptor.from_dict(other)
        params = f"{NIC}?num-queues=3,new-feature=on,mode=fast"
        assert small.check(params, source=host)
        assert small.check_return_path(params, host)

    def test_only(self, host):
        assert host.check(f"{NIC}?num-queues=65,mode=safe", only=["mode"])

    def test_many_in_one_call(self, host):
        assert host.check_all([GOOD, f"{NIC}?num-queues=65,mode=safe"]) == (
            ["compatible", "incompatible"])

    def test_undecided(self):
        host = Migdesc.Descriptor.from_dict(
            {"models": {"a.b/c": {"params": {"n": {"type": "int", "init_value": 1,
                                                   "off_value": 0}}}}})
        assert host.check("n=7").verdict == "undecided" and not host.check("n=7")


class TestFinding:
    def test_fields(self, host):
        finding = host.check(f"{NIC}?num-queues=65,mode=safe")[0]
        assert (finding.code, finding.severity, finding.model, finding.param) == (
            "param-value-not-allowed", "blocker", NIC, "num-queues")
        assert (finding.source, str(finding.accepted)) == (65, "1-64,128")
        assert finding.pointer == "/models/vendor-a.com~1my-nic/params/num-queues"
        assert "num-queues" in finding.message and "64" in finding.remedy
        assert finding.line is None and finding.origin is None


class TestBoundList:
    def test_asked_again_and_again(self, nic):
        bound = nic.bind("num-queues=8,new-feature=on,mode=safe")
        assert bound and bound.verdict == "compatible" and bound.check()
        assert not nic.bind("num-queues=65,mode=safe")


class TestComparison:
    def test_identical(self, nic):
        comparison = nic.compare(Migdesc.Descriptor.from_dict(DOCUMENT)[NIC])
        assert comparison and comparison.relation == "identical"

    def test_conditional(self, nic):
        other = copy.deepcopy(DOCUMENT)
        other["models"][NIC]["params"]["num-queues"]["allowed_values"] = ["1-4"]
        comparison = nic.compare(Migdesc.Descriptor.from_dict(other)[NIC])
        assert not comparison and comparison.relation == "conditional"
        assert {name: str(values) for name, values in comparison.agreeing_values.items()} == {
            "num-queues": "1-4", "new-feature": "off,on", "mode": "fast,safe"}
        assert comparison.to_dict()["relation"] == "conditional"


class TestPlan:
    def test_is_a_mapping_of_all_settings(self, host):
        plan = host.plan(f"{NIC}?num-queues=8,mode=fast")
        assert dict(plan) == {"num-queues": 8, "new-feature": False, "mode": "fast"}
        assert plan.items() == [("num-queues", 8), ("new-feature", False), ("mode", "fast")]
        assert plan.model == NIC
        assert plan.render("argv-m") == ["--m-num-queues=8", "--m-new-feature=off", "--m-mode=fast"]

    def test_refusal_has_a_report(self, host):
        with pytest.raises(Migdesc.RefusedFailure) as caught:
            host.plan(f"{NIC}?num-queues=65,mode=fast")
        assert [finding.code for finding in caught.value.report] == ["param-value-not-allowed"]

    def test_force(self, host):
        assert dict(host.plan(f"{NIC}?num-queues=65,mode=fast", force=True))["num-queues"] == 65

    def test_unknown_style(self, host):
        with pytest.raises(ValueError):
            host.plan(GOOD).render("telepathy")


class TestBaseline:
    def test_best_of_two(self, host):
        other = copy.deepcopy(DOCUMENT)
        del other["models"][NIC]["versions"][1]
        other["models"][NIC]["versions"][0]["create"] = True
        other["models"][NIC]["params"]["num-queues"].update(allowed_values=["1-3"], init_value=3)
        small = Migdesc.Descriptor.from_dict(other)
        best = Migdesc.baseline([host, small], NIC)
        assert best and best.verdict == "compatible"
        assert host.check(best.param_list) and small.check(best.param_list)
        assert str(best.without(1)) != str(best.param_list)

    def test_none(self, host):
        other = Migdesc.Descriptor.from_dict({"models": {"a.b/c": {"params": {}}}})
        best = Migdesc.baseline([host, other], NIC)
        assert not best and best.param_list is None

    def test_limit_of_steps(self):
        documents = [{"models": {"a.b/c": {"params": {"n": {
            "type": "int", "allowed_values": ["1-9"], "init_value": init}}}}} for init in (1, 2)]
        hosts = [Migdesc.Descriptor.from_dict(document) for document in documents]
        limits = Migdesc.Limits.new()
        verdicts = []
        for steps in (0, 1):
            limits.set(Migdesc.Limit.STEPS, steps)
            verdicts.append((Migdesc.baseline(hosts, None, limits).verdict,
                             hosts[0]["a.b/c"].compare(hosts[1]["a.b/c"], limits).relation))
        assert verdicts == [("undecided", "undecided"), ("compatible", "undecided")]


class TestExplain:
    def test_known_and_unknown(self):
        assert "param" in Migdesc.explain("param-unknown")
        with pytest.raises(KeyError):
            Migdesc.explain("no-such-code")
