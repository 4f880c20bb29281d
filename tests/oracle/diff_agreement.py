#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Diff and lint against the oracle, on generated pairs of documents.

    diff_agreement.py [PAIRS] [SEED]

Of each pair every finding has to be the oracle's, and the verdicts of the categories what trying
all configurations says; each witness has to work on the old side and to be refused by the new one,
as the oracle's check sees it."""

import json
import sys
from collections import Counter

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

import oracle_diff  # noqa: E402
from generate_choosers import SeededChooser  # noqa: E402
from generate_documents import a_document  # noqa: E402
from generate_relatives import a_relative  # noqa: E402
from oracle_check import check_models  # noqa: E402
from oracle_compare import classes_of  # noqa: E402
from oracle_document import load  # noqa: E402
from oracle_lists import parse_list  # noqa: E402

MOST_CONFIGS = 4000
WORDS_ALONE = ("unit-changed", "runtime-withdrawn", "promise-untested", "blocker-without-effect",
               "document-unknown-member")
SAID_BY_PROMISES = ("support-lowered", "version-create-withdrawn")


def size(*models):
    product = 1
    for param in models[0].params.values():
        product *= max(1, len(classes_of(param, models)))
    return product


def place(pointer):
    """What follows the model's name"""
    return "/".join(pointer.split("/")[3:])


def about(finding, new):
    code, pointer = finding["code"], finding["pointer"]
    if code == "version-added" or "is a configuration that could be" in finding["message"]:
        return f"new {new.versions[int(place(pointer).split('/')[1])].name}"
    if code == "constraint-tightened":
        return place(pointer)
    if code in ("support-lowered", "blocker-added") and place(pointer) == "support":
        return "model"
    if code in ("tested-pair-dropped", "model-kind-changed"):
        return ""
    if code.startswith(("version-", "support-", "blocker-")):
        return place(finding["old_pointer"])
    return finding["param"]


def said_by_library(findings, new):
    return {(finding["code"], about(finding, new), finding["severity"]) for finding in findings
            if finding["code"] not in WORDS_ALONE and finding["severity"] != "unknown"}


def report(old, new, category="full"):
    return Migdesc.diff(old, new, category).to_dict()


def verdict_of(findings):
    """Of what migrations do, not of what is promised about them"""
    return any(finding["severity"] == "blocker" and finding["code"] not in SAID_BY_PROMISES
               for finding in findings)


class Run:
    def __init__(self):
        self.counts, self.wrong = Counter(), 0

    def note(self, what, texts, *details):
        self.wrong += 1
        if self.wrong <= 5:
            print(what, *details, *texts, sep="\n  ", flush=True)

    def witness(self, finding, old, new, texts):
        plist = parse_list(finding["witness"])
        if check_models(plist, old, old, True).verdict == "incompatible" or (
                check_models(plist, new, old, True).verdict != "incompatible"):
            self.note("a witness that is none", texts, finding)
        self.counts["witnesses"] += 1

    def models(self, old, new, findings, texts):
        """One model that both documents have"""
        said = said_by_library(findings, new)
        expected = oracle_diff.diff_models(old, new)
        if said != expected:
            self.note("findings differ", texts, f"library alone: {sorted(said - expected)}",
                      f"oracle alone: {sorted(expected - said)}")
        for code, _, severity in expected:
            self.counts[f"{code} ({severity})"] += 1
        for finding in findings:
            if "witness" in finding:
                self.witness(finding, old, new, texts)

    def verdicts(self, descriptors, old, new, name, texts):
        for category, breaks in (("forward", oracle_diff.breaks_forward(old, new)),
                                 ("backward", oracle_diff.breaks_backward(old, new))):
            answer = report(*descriptors, category)
            findings = [finding for finding in answer["findings"] if finding["model"] == name]
            says = verdict_of(findings) if category == "forward" else (
                answer["verdict"] == "incompatible")
            # backward there are rules besides: a param that no version sets, of its own
            # what is another model altogether is a break even if no device of it ever worked
            if says and not breaks and not oracle_diff.ever_worked(old, new):
                continue
            if says != breaks and (category == "forward" or breaks):
                self.note(f"{category} differs", texts, f"oracle: {breaks}", findings)
            self.counts[f"{category} {'breaks' if breaks else 'works'}"] += 1

    def pair(self, texts):
        models = [load(text) for text in texts]
        descriptors = [Migdesc.Descriptor.from_string(text) for text in texts]
        common = [name for name in models[0] if name in models[1]]
        if any(size(models[0][name], models[1][name]) > MOST_CONFIGS for name in common):
            self.counts["too many configurations"] += 1
            return
        answer = report(*descriptors)
        for name in common:
            findings = [finding for finding in answer["findings"] if finding["model"] == name]
            old, new = models[0][name], models[1][name]
            self.models(old, new, findings, texts)
            self.verdicts(descriptors, old, new, name, texts)
        for code, here, there in (("model-removed", 0, 1), ("model-added", 1, 0)):
            said = {finding["model"] for finding in answer["findings"]
                    if finding["code"] == code}
            if said != models[here].keys() - models[there].keys():
                self.note(code, texts)
        self.counts["pairs"] += 1

    def lint(self, text):
        members = json.loads(text)["models"]
        found = Migdesc.lint(Migdesc.Descriptor.from_string(text)).to_dict()["findings"]
        for name, model in load(text).items():
            params = members[name].get("params", {})
            if size(model) > MOST_CONFIGS:
                continue
            runtime = {key for key, param in params.items() if param.get("runtime")}
            expected = oracle_diff.lint_model(model, runtime)
            said = {(finding["code"], finding.get("param") or place(finding["pointer"]))
                    for finding in found if finding["model"] == name
                    and finding["code"] not in WORDS_ALONE}
            if said != expected:
                self.note("lint differs", [text], f"library alone: {sorted(said - expected)}",
                          f"oracle alone: {sorted(expected - said)}")
            for code, _ in expected:
                self.counts[f"lint {code}"] += 1


# What has to have come up, so that the run means something
NEEDED = ["pairs", "witnesses", "forward breaks", "forward works", "backward breaks",
          "backward works", "constraint-tightened (blocker)", "value-no-longer-allowed (blocker)",
          "off-value-changed (blocker)", "version-changed (blocker)", "version-changed (info)",
          "version-load-withdrawn (blocker)", "blocker-added (blocker)",
          "support-lowered (blocker)", "lint constraint-never-bites", "lint value-never-possible",
          "lint constraint-never-holds", "lint version-unreachable", "lint version-redundant"]


def main(pairs=2000, seed=1):
    run = Run()
    for number in range(int(pairs)):
        choose = SeededChooser(f"diff {seed} {number}")
        first = a_document(choose)
        second = a_relative(choose, first)
        texts = [json.dumps(document, ensure_ascii=False) for document in (first, second)]
        run.pair(texts)
        run.lint(texts[1])
    for what, count in sorted(run.counts.items()):
        print(f"{count:7} {what}")
    missing = [what for what in NEEDED if not run.counts[what]]
    print(f"{run.wrong} wrong; never seen: {missing}")
    return 1 if run.wrong or missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
