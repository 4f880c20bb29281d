# SPDX-License-Identifier: LGPL-2.1-or-later

"""Diff and lint from Python; what the rules are is tested by tests/cli/test_diff.py."""

import json
import pickle

import pytest
from gi.repository import Migdesc

MODEL = "a.b/c"


def document(allowed="1-8", **members):
    return {"models": {MODEL: {"params": {
        "n": {"type": "int", "allowed_values": [allowed], "init_value": 4, "off_value": 1}},
        **members}}}


def descriptor(*arguments, **members):
    return Migdesc.Descriptor.from_dict(document(*arguments, **members), "new.json",
                                        keep_text=True)


OLD = Migdesc.Descriptor.from_dict(document(), "old.json", keep_text=True)


def test_diff():
    report = Migdesc.diff(OLD, descriptor("1-6"))

    assert not report
    assert report.verdict == "incompatible"
    (finding,) = report
    assert (finding.code, finding.severity, finding.category) == (
        "value-no-longer-allowed", "blocker", "forward")
    assert (finding.model, finding.param, str(finding.accepted)) == (MODEL, "n", "1-6")
    assert finding.pointer == finding.old_pointer == "/models/a.b~1c/params/n"
    assert (finding.origin, finding.old_origin) == ("new.json", "old.json")
    assert (finding.line, finding.column, finding.old_line, finding.old_column) == (1, 34, 1, 34)
    assert finding.witness == "a.b/c?n=7"
    assert finding.reason is None
    assert OLD.check(finding.witness, OLD)
    assert not descriptor("1-6").check(finding.witness, OLD)


def test_nothing_breaks():
    report = Migdesc.diff(OLD, descriptor("1-9"))
    assert report and len(report) == 0


def test_categories():
    assert Migdesc.diff(OLD, descriptor("1-6"), "backward")
    assert not Migdesc.diff(OLD, descriptor("1-6"), "forward")
    with pytest.raises(ValueError, match="unknown category upward"):
        Migdesc.diff(OLD, OLD, "upward")


def test_history():
    oldest = Migdesc.Descriptor.from_dict(document("1-20"), "oldest.json")
    report = Migdesc.diff([OLD, oldest], descriptor("1-8"))
    (finding,) = report
    assert (finding.old_origin, finding.old_line) == ("oldest.json", None)
    assert Migdesc.diff([], descriptor("1-8"))


def test_without_texts_there_are_no_lines():
    new = Migdesc.Descriptor.from_dict(document("1-6"))
    (finding,) = Migdesc.diff(Migdesc.Descriptor.from_dict(document()), new)
    assert (finding.line, finding.old_line, finding.old_origin) == (None, None, None)


def test_texts_of_other_dialects_have_none():
    text = json.dumps([{"model": MODEL, "params": ["n"],
                        "versions": [{"name": "1", "params": ["n=1"]}]}])
    old = Migdesc.Descriptor.from_string(text, keep_text=True)
    for finding in Migdesc.diff(old, descriptor()):
        assert finding.old_line is None


def test_ignored():
    new = descriptor("1-6", ignore={"value-no-longer-allowed": "nobody has more"})
    assert len(Migdesc.diff(OLD, new)) == 0
    report = Migdesc.diff(OLD, new, show_ignored=True)
    assert report and [(finding.severity, finding.reason) for finding in report] == [
        ("info", "nobody has more")]


def test_rule_sets():
    assert not Migdesc.diff(OLD, descriptor("1-6"), rules=1)
    for question in (lambda: Migdesc.diff(OLD, OLD, rules=2), lambda: Migdesc.lint(OLD, rules=2)):
        with pytest.raises(Migdesc.Failure, match="there is no rule set 2; the newest is 1"):
            question()
    assert Migdesc.diff_list_codes(1) == Migdesc.diff_list_codes(0)
    assert "param-removed" in Migdesc.diff_list_codes(0)
    assert "promise-untested" in Migdesc.lint_list_codes(0)


@pytest.mark.parametrize("members", [
    {"text": "to_json"}, {"text": "to_dict"}, {"text": "pickle"}])
def test_a_report_survives(members):
    report = Migdesc.diff(OLD, descriptor("1-6"))
    again = {"to_json": lambda: Migdesc.Report.from_json(report.to_json()),
             "to_dict": lambda: Migdesc.Report.from_dict(report.to_dict()),
             "pickle": lambda: pickle.loads(pickle.dumps(report))}[members["text"]]()

    assert again == report and hash(again) == hash(report)
    assert again.to_dict() == report.to_dict()
    assert again[0].witness == "a.b/c?n=7"


@pytest.mark.parametrize("member, value", [
    ("witness", "a.b/c?n=8"), ("old_line", 2), ("old_file", "x"), ("category", "full"),
    ("old_pointer", "/x"), ("reason", "y"), ("old_column", 9)])
def test_each_member_counts_for_equality(member, value):
    report = Migdesc.diff(OLD, descriptor("1-6"))
    changed = report.to_dict()
    changed["findings"][0][member] = value
    assert Migdesc.Report.from_dict(changed) != report


def test_a_report_with_a_category_that_is_none():
    answer = Migdesc.diff(OLD, descriptor("1-6")).to_dict()
    answer["findings"][0]["category"] = "sideways"
    with pytest.raises(Migdesc.Failure, match='"sideways" is not a category'):
        Migdesc.Report.from_dict(answer)


def pigeons(holes):
    """One pigeon more than holes: that one of them has none no search of this kind finds soon."""
    names = [[f"p{pigeon}in{hole}" for hole in range(holes)] for pigeon in range(holes + 1)]
    params = {name: {"type": "bool", "init_value": False, "off_value": False}
              for row in names for name in row}
    params["all"] = {"type": "bool", "init_value": False, "off_value": False}
    clashes = [{"forbid": {names[one][hole]: [True], names[other][hole]: [True]}}
               for hole in range(holes) for one in range(holes + 1) for other in range(one)]
    homeless = [{"forbid": {"all": [True], **{name: [False] for name in row}}} for row in names]
    return params, clashes + homeless


def test_undecided():
    params, constraints = pigeons(10)
    old, new = (Migdesc.Descriptor.from_dict({"models": {MODEL: {
        "params": params, "constraints": constraints + more}}})
        for more in ([], [{"forbid": {"all": [True]}}]))
    report = Migdesc.diff(old, new)

    assert report.verdict == "undecided" and not report
    assert [finding.code for finding in report] == ["search-too-long"]
    assert report[0].pointer == f"/models/a.b~1c/constraints/{len(constraints)}"
    assert report[0].message.startswith("whether the constraint forbids what was allowed: the "
                                        "search was given up after 1000000 configurations")
    few = Migdesc.Limits.new()
    few.set(Migdesc.Limit.STEPS, 10)
    assert Migdesc.diff(old, new, limits=few).verdict == "undecided"
    # what is small is decided
    params, constraints = pigeons(4)
    old, new = (Migdesc.Descriptor.from_dict({"models": {MODEL: {
        "params": params, "constraints": constraints + more}}})
        for more in ([], [{"forbid": {"all": [True]}}]))
    assert Migdesc.diff(old, new).verdict == "compatible"
    assert {finding.param for finding in Migdesc.lint(old)
            if finding.code == "value-never-possible"} == {"all"}


def test_lint():
    report = Migdesc.lint(descriptor(blocker="loses packets"))
    assert report.verdict == "compatible"
    (finding,) = report
    assert (finding.code, finding.severity, finding.category, finding.old_pointer) == (
        "blocker-without-effect", "warning", "none", None)
    assert finding.pointer == "/models/a.b~1c/blocker"
