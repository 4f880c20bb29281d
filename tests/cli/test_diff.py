# SPDX-License-Identifier: LGPL-2.1-or-later

"""diff and lint: each rule by a pair that triggers it and one that nearly does; witnesses; places
and forms of the answer."""

import json
import re
import shutil
import subprocess

import pytest

import diff_cases
from box import MIGDESC, MODEL, NIC, ROOT, environment

DIFF = diff_cases.folders("diff")
LINT = diff_cases.folders("lint")
CASES = [("diff", folder, kind) for folder in DIFF for kind in diff_cases.KINDS] + \
        [("lint", folder, kind) for folder in LINT for kind in diff_cases.KINDS]
# Found only by a search that is given up: that is the unit test's
WITHOUT_PAIR = {"search-too-long"}


def changed(**members):
    """nic.json with other members of num-queues."""
    document = json.loads(json.dumps(NIC))
    document["models"][MODEL]["params"]["num-queues"].update(members)
    return document


@pytest.mark.parametrize("verb, folder, kind", CASES,
                         ids=[f"{verb}-{folder.name}-{kind}" for verb, folder, kind in CASES])
def test_rule(verb, folder, kind):
    found = diff_cases.answer(verb, folder, kind)

    assert found == (folder / f"{kind}.txt").read_text()
    assert (folder.name in diff_cases.codes(found)) == (kind == "trigger")


@pytest.mark.parametrize("verb, known", [("diff", DIFF), ("lint", LINT)])
def test_every_rule_has_its_pairs(box, verb, known):
    box.write("empty.json", {"models": {"a.b/c": {"params": {}}}})
    operands = ["empty.json"] * (2 if verb == "diff" else 1)
    sarif = box.run(verb, "--format", "sarif", *operands).json

    rules = [rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]]
    assert set(rules) - WITHOUT_PAIR == {folder.name for folder in known}


@pytest.mark.parametrize("folder", DIFF, ids=[folder.name for folder in DIFF])
def test_witness_works_on_the_old_side_and_fails_on_the_new(box, folder):
    old, new = (str(folder / name) for name in diff_cases.names("diff", "trigger"))
    findings = box.run("diff", "--json", old, new).json["results"][0]["findings"]

    for finding in findings:
        if "witness" in finding:
            assert box.run("check", "--source", old, finding["witness"], old).status in (0, 5)
            assert box.run("check", "--source", old, finding["witness"], new).status == 1


def test_configuration_rules_have_witnesses():
    rules = ["param-removed", "param-type-changed", "value-no-longer-allowed", "off-value-changed",
             "param-added-without-off", "constraint-tightened", "version-removed",
             "version-changed", "version-load-withdrawn", "blocker-added", "model-kind-changed"]
    for rule in rules:
        text = (diff_cases.DATA / "diff" / rule / "trigger.txt").read_text()
        assert re.search(rf": blocker: {rule}: .*\n  was: .*\n  for example: ", text), rule


# --- Categories -------------------------------------------------------------------------------

@pytest.mark.parametrize("rule, forward, backward", [
    ("model-removed", 1, 0), ("value-no-longer-allowed", 1, 0), ("constraint-tightened", 1, 0),
    ("version-load-withdrawn", 1, 0), ("version-create-withdrawn", 0, 1),
    ("support-lowered", 0, 1), ("param-removed", 1, 0), ("off-value-changed", 1, 1),
    ("version-changed", 1, 1), ("param-added-without-off", 1, 1), ("version-added", 0, 0)])
def test_category(box, rule, forward, backward):
    old, new = (str(diff_cases.DATA / "diff" / rule / name)
                for name in diff_cases.names("diff", "trigger"))

    assert box.run("diff", "--category", "forward", old, new).status == forward
    assert box.run("diff", "--category", "backward", old, new).status == backward
    assert box.run("diff", "--category", "full", old, new).status == (forward or backward)


def test_category_of_a_finding_is_what_was_asked_for(box):
    box.write("new.json", changed(off_value=2))
    for category in ("forward", "backward", "full"):
        answer = box.run("diff", "--json", "--category", category, "nic.json", "new.json").json
        assert {finding["category"] for finding in answer["results"][0]["findings"]} == {category}


# --- Old descriptors --------------------------------------------------------------------------

def test_against_a_file(box):
    box.write("new.json", changed(allowed_values=["1-32"]))
    answer = box.run("diff", "--against", "nic.json", "new.json", "nic.json")

    assert answer.status == 1
    assert answer.out.startswith(
        "new.json:1:66: blocker: value-no-longer-allowed: num-queues: 33-64,128 is no longer "
        "allowed\n  was: nic.json:6:9\n"
        "  for example: vendor-a.com/my-nic?num-queues=33,new-feature=on\n")
    assert answer.out.endswith("\n1 blocker\n")


def test_against_a_directory(box):
    box.write("old/1.json", changed(allowed_values=["1-256"]))
    box.write("old/2.json", changed())
    box.write("new.json", changed())

    assert box.run("diff", "--against", "old", "new.json").status == 0
    answer = box.run("diff", "--against", "old", "--category", "full-transitive", "new.json")
    assert answer.status == 1
    assert "\n  was: old/1.json:1:" in answer.out


def test_what_all_old_descriptors_say_is_said_once(box):
    box.write("old/1.json", changed())
    box.write("old/2.json", changed(description="receive queues"))
    box.write("new.json", changed(allowed_values=["1-4"]))
    answer = box.run("diff", "--against", "old", "--category", "forward-transitive", "new.json")

    assert answer.out.count("value-no-longer-allowed") == 1


def test_an_old_descriptor_that_cannot_be_read(box):
    box.write("old/1.json", "{")
    assert box.run("diff", "--against", "old", "nic.json").status == 3
    answer = box.run("diff", "--json", "--against", "missing.json", "nic.json")
    assert (answer.status, answer.json["error"]["code"]) == (4, "cannot-read")


@pytest.fixture
def repository(box):
    """Three commits of sub/nic.json: 256 queues, 64 queues, gone and back."""
    box.git("init", "-q")
    for document in (changed(allowed_values=["1-256"]), changed()):
        box.write("sub/nic.json", document)
        box.git("add", "sub")
        box.git("commit", "-qm", "nic")
    box.git("rm", "-q", "sub/nic.json")
    box.git("commit", "-qm", "gone")
    box.write("sub/nic.json", changed())
    box.git("add", "sub")
    box.git("commit", "-qm", "back")
    return box


def test_against_git(repository):
    assert repository.run("diff", "--against", "git:HEAD", "sub/nic.json").status == 0
    answer = repository.run("diff", "--against", "git:HEAD~3:sub/nic.json", "sub/nic.json")
    assert answer.status == 1
    assert "\n  was: git:HEAD~3:sub/nic.json:1:" in answer.out


def test_against_the_history_of_git(repository):
    answer = repository.run("diff", "--against", "git:HEAD", "--category", "full-transitive",
                            "sub/nic.json")
    assert answer.status == 1
    assert re.search(r"\n  was: git:[0-9a-f]{40}:sub/nic.json:1:", answer.out)
    # the newest first, without the commit that deleted it
    shown = repository.run("show", "--json", "git-log:HEAD:sub/nic.json").json
    assert len(shown["descriptors"]) == 3


def test_git_finds_files_from_elsewhere(repository):
    place = str(repository.folder / "sub" / "nic.json")
    answer = repository.run("diff", "--against", "git:HEAD", place)
    assert answer.status == 0


@pytest.mark.parametrize("place, status, message", [
    ("git:HEAD~3:", 2, "git:HEAD~3:: is not of the form git:REVISION:PATH"),
    ("git::x", 2, "git::x: is not of the form git:REVISION:PATH"),
    ("git:--help:x", 2, "git:--help:x: is not of the form git:REVISION:PATH"),
    ("git:--output=x", 2, "git:--output=x:nic.json: is not of the form git:REVISION:PATH"),
    ("git:nothing:nic.json", 4, "git:nothing:nic.json: ended with status 128: fatal: "),
    ("git:HEAD:missing.json", 4, "git:HEAD:missing.json: ended with status 128: fatal: "),
])
def test_places_of_git_that_are_none(repository, place, status, message):
    answer = repository.run("diff", "--against", place, "nic.json")
    assert (answer.status, answer.out) == (status, "")
    assert answer.err.startswith(f"migdesc: {message}")


def test_no_shell_sees_the_place(repository):
    repository.run("show", "git:HEAD;touch x:sub/nic.json")
    repository.run("show", "git:HEAD:sub/$(touch x)")
    assert not (repository.folder / "x").exists()


# --- Ignoring ---------------------------------------------------------------------------------

@pytest.mark.parametrize("where", ["document", "model"])
def test_ignored(box, where):
    document = changed(allowed_values=["1-32"])
    place = document if where == "document" else document["models"][MODEL]
    place["ignore"] = {"value-no-longer-allowed": "nobody has more"}
    box.write("new.json", document)

    answer = box.run("diff", "nic.json", "new.json")
    assert (answer.status, answer.out) == (0, "nothing found\n")
    shown = box.run("diff", "--show-ignored", "nic.json", "new.json")
    assert shown.status == 0
    assert ": info: value-no-longer-allowed: " in shown.out
    assert "\n  ignored: nobody has more\n" in shown.out


def test_ignored_for_another_model(box):
    document = changed(allowed_values=["1-32"])
    document["models"]["a.b/c"] = {"params": {}, "ignore": {"value-no-longer-allowed": "x"}}
    box.write("new.json", document)
    assert box.run("diff", "nic.json", "new.json").status == 1


def test_what_the_old_document_ignores_counts_no_more(box):
    box.write("old.json", {**NIC, "ignore": {"value-no-longer-allowed": "x"}})
    box.write("new.json", changed(allowed_values=["1-32"]))
    assert box.run("diff", "old.json", "new.json").status == 1


def test_rule_sets(box):
    box.write("new.json", changed(allowed_values=["1-32"]))
    newest = box.run("diff", "nic.json", "new.json")
    assert box.run("diff", "--rules", "1", "nic.json", "new.json").out == newest.out


# --- Forms ------------------------------------------------------------------------------------

def test_json(box):
    box.write("new.json", changed(allowed_values=["1-32"]))
    answer = box.run("diff", "--json", "nic.json", "new.json")

    assert answer.status == 1
    assert answer.json == {"results": [{
        "descriptor": "new.json", "verdict": "incompatible", "findings": [{
            "code": "value-no-longer-allowed", "severity": "blocker", "model": MODEL,
            "param": "num-queues", "accepted": ["1-32"], "file": "new.json", "line": 1,
            "column": 66, "pointer": "/models/vendor-a.com~1my-nic/params/num-queues",
            "message": "num-queues: 33-64,128 is no longer allowed",
            "remedy": "keep the values allowed and publish a version with another num-queues",
            "category": "forward", "old_file": "nic.json", "old_line": 6, "old_column": 9,
            "old_pointer": "/models/vendor-a.com~1my-nic/params/num-queues",
            "witness": "vendor-a.com/my-nic?num-queues=33,new-feature=on"}]}]}
    assert box.run("diff", "--format", "json", "nic.json", "new.json").out == answer.out


def test_github(box):
    document = changed(allowed_values=["1-32"])
    box.write("a,b:%.json", document)
    answer = box.run("diff", "--format", "github", "nic.json", "a,b:%.json")

    assert answer.out == (
        "::error file=a%2Cb%3A%25.json,line=1,col=66,title=value-no-longer-allowed::num-queues: "
        "33-64,128 is no longer allowed%0Afor example: "
        "vendor-a.com/my-nic?num-queues=33,new-feature=on%0A"
        "remedy: keep the values allowed and publish a version with another num-queues\n")
    assert box.run("lint", "--format", "github", "nic.json").out.startswith(
        "::warning file=nic.json,line=9,col=7,title=promise-untested::of 2 promised pairs 2 ")


def test_workflow_commands_cannot_be_smuggled_in(box):
    document = changed()
    document["models"][MODEL]["params"]["x"] = {
        "type": "str", "init_value": "a", "unit": "\u2028::error::x"}
    box.write("new.json", document)
    for line in box.run("diff", "--format", "github", "nic.json", "new.json").out.splitlines():
        assert line.startswith(("::error file=", "::notice file=", "::warning file="))


# What SARIF 2.1.0 demands of the objects that are used here, written down from the standard
SARIF = {
    "type": "object", "required": ["version", "runs"], "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {
            "type": "object", "required": ["tool"], "additionalProperties": False, "properties": {
                "tool": {"type": "object", "required": ["driver"], "properties": {
                    "driver": {"type": "object", "required": ["name"], "properties": {
                        "name": {"type": "string"}, "version": {"type": "string"},
                        "rules": {"type": "array", "uniqueItems": True, "items": {
                            "type": "object", "required": ["id"], "properties": {
                                "id": {"type": "string"},
                                "shortDescription": {"$ref": "#/$defs/text"},
                                "fullDescription": {"$ref": "#/$defs/text"}},
                            "additionalProperties": False}}},
                        "additionalProperties": False}}},
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}}}}}},
    "additionalProperties": False,
    "$defs": {
        "text": {"type": "object", "required": ["text"], "additionalProperties": False,
                 "properties": {"text": {"type": "string", "minLength": 1}}},
        "location": {"type": "object", "additionalProperties": False, "properties": {
            "physicalLocation": {
                "type": "object", "required": ["artifactLocation"], "additionalProperties": False,
                "properties": {
                    "artifactLocation": {
                        "type": "object", "additionalProperties": False,
                        "properties": {"uri": {"type": "string", "format": "uri-reference",
                                               "pattern": "^[A-Za-z0-9_.~/:%-]+$"}}},
                    "region": {
                        "type": "object", "additionalProperties": False, "properties": {
                            "startLine": {"type": "integer", "minimum": 1},
                            "startColumn": {"type": "integer", "minimum": 1}}}}},
            "logicalLocations": {"type": "array", "uniqueItems": True, "items": {
                "type": "object", "additionalProperties": False,
                "properties": {"fullyQualifiedName": {"type": "string"}}}},
            "message": {"$ref": "#/$defs/text"}}},
        "result": {
            "type": "object", "required": ["message"], "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"$ref": "#/$defs/text"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "relatedLocations": {"type": "array", "uniqueItems": True,
                                     "items": {"$ref": "#/$defs/location"}},
                "suppressions": {"type": "array", "uniqueItems": True, "items": {
                    "type": "object", "required": ["kind"], "additionalProperties": False,
                    "properties": {"kind": {"enum": ["inSource", "external"]},
                                   "justification": {"type": "string"}}}},
                "properties": {"type": "object"}}}}}


@pytest.mark.parametrize("verb, folder, kind", CASES,
                         ids=[f"{verb}-{folder.name}-{kind}" for verb, folder, kind in CASES])
def test_sarif_is_valid(box, verb, folder, kind):
    import jsonschema

    names = [str(folder / name) for name in diff_cases.names(verb, kind)]
    sarif = box.run(verb, "--format", "sarif", *names).json

    jsonschema.Draft202012Validator(SARIF).validate(sarif)
    rules = {rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]}
    found = [result["ruleId"] for result in sarif["runs"][0]["results"]]
    assert set(found) <= rules
    assert (folder.name in found) == (kind == "trigger")


def test_sarif_of_what_is_ignored(box):
    document = changed(allowed_values=["1-32"])
    document["ignore"] = {"value-no-longer-allowed": "nobody has more"}
    box.write("new.json", document)
    sarif = box.run("diff", "--format", "sarif", "--show-ignored", "nic.json", "new.json").json

    (result,) = sarif["runs"][0]["results"]
    assert result["level"] == "note"
    assert result["suppressions"] == [{"kind": "inSource", "justification": "nobody has more"}]


def test_lint_of_several(box):
    box.write("fine.json", {"models": {"a.b/c": {"params": {}}}})
    answer = box.run("lint", "fine.json", "nic.json")
    assert answer.status == 1
    assert box.run("lint", "fine.json").out == "nothing found\n"


# --- The page and the examples for CIs --------------------------------------------------------

PAGE = (ROOT / "docs" / "compatibility-ci.md").read_text()


def sessions():
    for block in re.findall(r"^```console\n(.*?)^```", PAGE, re.M | re.S):
        yield from re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M)


@pytest.mark.parametrize("typed, printed", sessions())
def test_page_shows_what_is_printed(box, typed, printed):
    folder = diff_cases.DATA / "diff" / "value-no-longer-allowed"
    for side in ("old", "new"):
        box.write(f"{side}.json", (folder / f"trigger-{side}.json").read_text())

    assert box.shell(typed).out == printed


def test_what_the_page_ignores_is_ignored(box):
    (document,) = re.findall(r"^```json\n(.*?)^```", PAGE, re.M | re.S)
    box.write("new.json", document)
    old = diff_cases.DATA / "diff" / "value-no-longer-allowed" / "trigger-old.json"
    assert box.run("diff", str(old), "new.json").status == 0


def test_options_that_the_page_names(box):
    known = box.run("diff", "--help").out
    for option in set(re.findall(r"migdesc (?:diff|lint)[^`|\n]*?(--[a-z-]+)", PAGE)):
        assert option in known


def commit(box, message):
    env = environment(PATH=f"{MIGDESC.parent}:/usr/bin:/bin", GIT_AUTHOR_NAME="a",
                      GIT_AUTHOR_EMAIL="a@b.c", GIT_COMMITTER_NAME="a",
                      GIT_COMMITTER_EMAIL="a@b.c")
    return subprocess.run(["git", "commit", "-qam", message], cwd=box.folder, env=env,
                          capture_output=True, text=True, timeout=60)


def test_pre_commit_hook(box):
    box.git("init", "-q")
    shutil.copy(ROOT / "examples" / "ci" / "pre-commit", box.folder / ".git" / "hooks")
    box.write("descriptors/nic.json", changed())
    box.git("add", "descriptors")
    assert commit(box, "first").returncode == 0

    box.write("descriptors/nic.json", changed(allowed_values=["1-32"]))
    refused = commit(box, "fewer queues")
    assert refused.returncode == 1
    assert "descriptors/nic.json:1:66: blocker: value-no-longer-allowed: " in refused.stderr
    assert "\n  was: git:HEAD:" in refused.stderr

    # what is staged counts, not the work tree
    box.write("descriptors/nic.json", changed(allowed_values=["1-256"]))
    box.git("add", "descriptors")
    assert commit(box, "more queues").returncode == 0, refused.stderr


def test_commands_of_the_workflow(repository):
    """With the file that is there, and the branch."""
    text = (ROOT / "examples" / "ci" / "compatibility.yml").read_text()
    text = text.replace("\\\n            ", "").replace("descriptors/*.json", "sub/*.json")
    text = text.replace("origin/${{ github.base_ref }}", "HEAD")
    commands = re.findall(r"^ +(?:run: )?(migdesc .*)", text, re.M)

    assert len(commands) == 2
    answers = [repository.shell(command) for command in commands]
    assert [answer.status for answer in answers] == [1, 1]
    assert answers[0].out.startswith("::error file=sub/nic.json,line=1,col=66,title=value-no-")
    assert answers[1].out.startswith("::warning file=sub/nic.json,")
