# SPDX-License-Identifier: LGPL-2.1-or-later

"""From one host to another by way of others."""

import json

import pytest

MODEL = "a.b/c"


def document(allowed="1-64", **members):
    return {"migdesc": "1.0", "models": {MODEL: {"params": {"q": {
        "type": "int", "allowed_values": [allowed], "init_value": 4, "off_value": 1, **members}}}}}


@pytest.fixture
def hosts(box):
    """What is fixed at the source can be changed at what is between."""
    box.write("hosts/between.json", document(runtime=True))
    box.write("hosts/few.json", document("1-4"))
    box.write("hosts/many.json", document())
    return box


def ask(box, *arguments, source="many", destination="few"):
    return box.run("path", "--from", source, "--to", destination, *arguments)


def test_over_another_host(hosts):
    answer = ask(hosts, "q=8", "hosts")
    assert (answer.status, answer.err, answer.out) == (0, "", """\
there: 2 steps
STEP AT      CHANGE THEN TO WITH
1    many           between a.b/c?q=8
2    between q=4    few     a.b/c?q=4

back: 1 step
STEP AT  THEN TO WITH
1    few many    a.b/c?q=4
""")


def test_json(hosts):
    answer = ask(hosts, "--json", "q=8", "hosts")
    assert answer.status == 0
    assert answer.json == {
        "from": "many", "to": "few", "verdict": "compatible", "model": MODEL,
        "steps": [{"source": "many", "changes": [], "destination": "between",
                   "list": "a.b/c?q=8", "findings": []},
                  {"source": "between",
                   "changes": [{"param": "q", "from": "8", "to": "4"}],
                   "destination": "few", "list": "a.b/c?q=4", "findings": []}],
        "findings": [], "return_path": {
            "verdict": "compatible", "model": MODEL, "steps": [
                {"source": "few", "changes": [], "destination": "many",
                 "list": "a.b/c?q=4", "findings": []}], "findings": []}}


def test_no_way(hosts):
    answer = ask(hosts, "q=8", "hosts/many.json", "hosts/few.json")
    assert (answer.status, answer.err, answer.out) == (1, "", """\
there: no
  q=8 is not allowed; the destination accepts 1-4
    remedy: restart the source with q <= 4
""")


def test_as_far_as_it_goes(hosts):
    document_of_last = document("1-4")
    document_of_last["models"][MODEL]["params"]["r"] = {"type": "bool", "init_value": True}
    hosts.write("hosts/few.json", document_of_last)
    answer = ask(hosts, "q=8", "hosts")
    assert (answer.status, answer.out) == (1, """\
there: no; the best attempt goes so far
STEP AT   THEN TO WITH
1    many between a.b/c?q=8
  the list leaves out r, which has no off value; the destination accepts any value
    remedy: restart the source with r as one of off,on
""")


def test_a_host_that_cannot_be_used_is_left_out(hosts):
    hosts.write("hosts/bad.json", "[")
    answer = ask(hosts, "--json", "q=8", "hosts")
    assert (answer.status, answer.json["verdict"]) == (0, "compatible")
    assert answer.err == (
        "migdesc: 1 of 4 hosts cannot be used, the first is bad: hosts/bad.json:1:2: "
        "the text ends, expected a value or \"]\"\n")
    assert ask(hosts, "q=8", "hosts", source="bad").status == 3
    assert ask(hosts, "q=8", "hosts", "missing").status == 4


def test_over_a_fleet_of_lines(hosts):
    """A host has several slots: any that has room will do, and the best to reach is the end."""
    def host(name, *slots):
        return json.dumps({"host": name, "slots": [
            {"name": f"slot{number}", "count": count, "descriptor": what}
            for number, (count, what) in enumerate(slots)]})

    hosts.write("fleet.jsonl", "\n".join([
        host("many", (0, document())), host("full", (0, document(runtime=True))),
        host("between", (1, document("1-4")), (2, document(runtime=True))),
        host("few", (1, document("1-4")), (1, document("1-8"))), host("none", (0, document()))]))
    assert ask(hosts, "q=8", "fleet.jsonl").out.splitlines()[:3] == [
        "there: 1 step", "STEP AT   THEN TO WITH", "1    many few     a.b/c?q=8"]
    assert [step["destination"] for step in ask(hosts, "--json", "q=9", "fleet.jsonl").json[
        "steps"]] == ["between", "few"]
    steps = ask(hosts, "--json", "q=9", "fleet.jsonl").json["steps"]
    assert [{name: value for name, value in step.items() if name.endswith("slot")}
            for step in steps] == [{"destination_slot": "slot1"},
                                   {"source_slot": "slot1", "destination_slot": "slot0"}]
    answer = ask(hosts, "q=9", "fleet.jsonl", destination="none")
    assert (answer.status, answer.err) == (2, "migdesc: host 4 has no free slot for a device\n")


def test_undecided(hosts):
    open_document = document()
    del open_document["models"][MODEL]["params"]["q"]["allowed_values"]
    hosts.write("hosts/few.json", open_document)
    answer = ask(hosts, "q=8", "hosts/many.json", "hosts/few.json")
    assert (answer.status, answer.out.splitlines()[0]) == (5, "there: undecided")


@pytest.mark.parametrize("arguments, message", [
    (["q=8", "hosts"], "--from and --to are needed"),
    (["--from", "many", "--to", "none", "q=8", "hosts"],
     "--to: there is no host none"),
    (["--from", "many", "--to", "few", "q=8"], None),
])
def test_usage(hosts, arguments, message):
    answer = hosts.run("path", *arguments)
    assert answer.status == 2
    assert message is None or answer.err == f"migdesc: {message}\n"
