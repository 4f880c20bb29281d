# SPDX-License-Identifier: LGPL-2.1-or-later

"""Exit statuses, alone and over several destinations."""

import itertools
import json
import os
import subprocess

import pytest

from box import MIGDESC, MODEL, environment

LIST = "num-queues=8,new-feature=on"

# A destination for each status of check
DESTINATIONS = {0: "nic.json", 1: "small.json", 3: "bad.json", 4: "missing.json", 5: "open.json"}
# The later wins.
RANK = [0, 5, 1, 3, 4]


@pytest.fixture
def fleet(box):
    box.variant("small.json", allowed_values=["1-4"])
    box.variant("open.json", allowed_values=None)
    box.write("bad.json", '{"models":')
    return box


@pytest.mark.parametrize("status", DESTINATIONS)
def test_one_destination(fleet, status):
    assert fleet.run("check", LIST, DESTINATIONS[status]).status == status


@pytest.mark.parametrize("statuses", list(itertools.permutations(DESTINATIONS, 2)))
def test_the_worse_of_two_destinations_wins(fleet, statuses):
    answer = fleet.run("check", LIST, *(DESTINATIONS[status] for status in statuses))

    assert answer.status == max(statuses, key=RANK.index)


@pytest.mark.parametrize("order", [[0, 5, 1, 3, 4], [4, 3, 1, 5, 0], [1, 4, 0, 3, 5]])
def test_all_destinations_are_answered(fleet, order):
    answer = fleet.run("check", "--json", LIST, *(DESTINATIONS[status] for status in order))

    verdicts = {0: "compatible", 1: "incompatible", 5: "undecided", 3: None, 4: None}
    assert answer.status == 4
    assert [result.get("verdict") for result in answer.json["results"]] == (
        [verdicts[status] for status in order])
    assert ["error" in result for result in answer.json["results"]] == (
        [status in (3, 4) for status in order])


def test_return_path_leaves_the_status_alone(fleet):
    """The destination's list of the wider source does not pass back, which is not asked."""
    arguments = ["check", "--source", "small.json", "num-queues=4,new-feature=on", "nic.json"]

    assert fleet.run(*arguments).status == 0
    answer = fleet.run(*arguments, "--return-path", "--json")
    assert answer.status == 0
    assert answer.json["results"][0]["return_path"]["verdict"] in ("compatible", "incompatible")


def test_source_that_is_unreadable(fleet):
    assert fleet.run("check", "--source", "missing.json", LIST, "nic.json").status == 4
    assert fleet.run("check", "--source", "bad.json", LIST, "nic.json").status == 3


@pytest.mark.parametrize("text", [
    "num-queues", "=1", "a=1,a=2", "version=1,version=2", "nic?num-queues=8", "a/b=1", ",",
    "num-queues=8,", "a=\n",
])
def test_malformed_list(box, text):
    assert box.run("check", text, "nic.json").status == 3
    assert box.run("plan", text, "nic.json").status == 3


def test_list_that_is_not_utf8(box):
    answer = box.run("check", b"num-queues=\xff", "nic.json")

    assert answer.status == 3
    assert "\\xff" in answer.err


def test_list_without_model_where_there_are_several(box):
    box.write("two.json", {"models": {"a.b/c": {"params": {}}, "a.b/d": {"params": {}}}})

    assert box.run("check", "x=1", "two.json").status == 3
    assert box.run("check", "x=1", "two.json", "nic.json").status == 3
    assert box.run("plan", "x=1", "two.json").status == 3
    assert box.run("check", "a.b/c?", "two.json").status == 0


def test_malformed_list_is_told_before_destinations_are_read(box):
    answer = box.run("check", "num-queues", "missing.json")

    assert answer.status == 3
    assert "missing.json" not in answer.err


@pytest.mark.parametrize("verb", ["expand", "list"])
@pytest.mark.parametrize("status, arguments", [
    (0, ["nic.json"]),
    (0, ["--version", "latest", "nic.json", "num-queues=8"]),
    (1, ["nic.json", "num-queues=65"]),
    (1, ["nic.json", "no-such=1"]),
    (1, ["--version", "3", "nic.json"]),
    (1, ["--model", "a.b/c", "nic.json"]),
    (1, ["nic.json", "num-queues=2"]),
    (3, ["nic.json", "num-queues"]),
    (3, ["nic.json", "a/b=1"]),
    (3, ["bad.json"]),
    (4, ["missing.json"]),
])
def test_expand_and_list(fleet, verb, status, arguments):
    answer = fleet.run(verb, *arguments)

    assert answer.status == status
    assert (answer.out == "") == (status != 0)
    assert (answer.err == "") == (status == 0)


@pytest.mark.parametrize("status, arguments", [
    (0, ["nic.json"]), (0, ["nic.json", "small.json"]), (3, ["bad.json"]), (4, ["missing.json"]),
    (4, ["bad.json", "missing.json", "nic.json"]),
])
def test_validate_and_show(fleet, status, arguments):
    assert fleet.run("validate", *arguments).status == status
    assert fleet.run("show", *arguments).status == status


def test_validate_strict(box):
    box.write("more.json", {"models": {"a.b/c": {"params": {}}}, "more": 1})

    assert box.run("validate", "more.json").status == 0
    assert box.run("validate", "--strict", "more.json").status == 3


def test_convert(box):
    assert box.run("convert", "--to", "native", "nic.json").status == 0
    assert box.run("convert", "--to", "v4", "nic.json").status == 1
    assert box.run("convert", "--to", "v4", "--allow-loss", "nic.json").status == 0
    assert box.run("convert", "--to", "sysfs", "nic.json").status == 1
    assert box.run("convert", "--to", "mdevctl", "nic.json").status == 1


def test_compare(fleet):
    fleet.variant("wide.json", allowed_values=["1-200"])
    fleet.write("apart.json", {"models": {MODEL: {"params": {
        "num-queues": {"type": "int", "allowed_values": ["300-400"], "init_value": 300}}}}})
    fleet.write("other.json", {"models": {"a.b/c": {"params": {}}}})

    assert fleet.run("compare", "nic.json", "nic.json").status == 0
    assert fleet.run("compare", "nic.json", "wide.json").status == 0
    assert fleet.run("compare", "nic.json", "small.json").status == 1
    assert fleet.run("compare", "nic.json", "apart.json").status == 1
    assert fleet.run("compare", "nic.json", "open.json").status == 5
    assert fleet.run("compare", "nic.json", "other.json").status == 1
    assert fleet.run("compare", "--model", "a.b/c", "nic.json", "nic.json").status == 1
    assert fleet.run("compare", "bad.json", "nic.json").status == 3
    assert fleet.run("compare", "nic.json", "missing.json").status == 4


def test_plan(fleet):
    assert fleet.run("plan", LIST, "nic.json").status == 0
    refused = fleet.run("plan", LIST, "small.json")
    assert (refused.status, refused.out) == (1, "")
    forced = fleet.run("plan", "--force", LIST, "small.json")
    assert (forced.status, forced.out) == (1, "--m-num-queues=8\n--m-new-feature=on\n")
    undecided = fleet.run("plan", LIST, "open.json")
    assert (undecided.status, undecided.out) == (5, "--m-num-queues=8\n--m-new-feature=on\n")
    assert fleet.run("plan", LIST, "bad.json").status == 3
    assert fleet.run("plan", LIST, "missing.json").status == 4


def test_baseline(fleet):
    fleet.write("other.json", {"models": {"a.b/c": {"params": {}}}})

    assert fleet.run("baseline", "nic.json", "small.json").status == 0
    assert fleet.run("baseline", "nic.json", "other.json").status == 1
    assert fleet.run("baseline", "nic.json", "bad.json").status == 3
    assert fleet.run("baseline", "nic.json", "bad.json", "missing.json").status == 4
    assert fleet.run("baseline", "--model", MODEL, "nic.json").status == 0


def test_baseline_tells_all_that_cannot_be_read(fleet):
    answer = fleet.run("baseline", "--json", "missing.json", "nic.json", "bad.json")

    assert answer.status == 4
    assert [line.split(":")[1].strip() for line in answer.err.splitlines()] == (
        ["missing.json", "bad.json"])
    assert answer.json["error"]["code"] == "cannot-read"


def test_explain(box):
    assert box.run("explain").status == 0
    assert box.run("explain", "param-required").status == 0


@pytest.mark.parametrize("arguments", [
    ["--help"], ["--version"], ["check", "--help"], ["show", "nic.json"], ["validate", "bad.json"],
    ["explain"],
    ["convert", "--to", "native", "nic.json"], ["list", "nic.json"],
    ["expand", "--json", "nic.json"],
    ["check", LIST, "nic.json"], ["compare", "nic.json", "nic.json"], ["plan", LIST, "nic.json"],
    ["baseline", "nic.json"],
])
def test_answer_that_cannot_be_written(fleet, arguments):
    with open("/dev/full", "w") as full:
        done = subprocess.run([MIGDESC, *arguments], cwd=fleet.folder, stdout=full,
                              stderr=subprocess.PIPE, env=environment(), text=True, timeout=60)

    assert done.returncode == 4
    assert done.stderr.splitlines()[-1].startswith("migdesc: the answer cannot be written")


def test_closed_standard_output(box):
    answer = box.shell("migdesc list nic.json >&-")

    assert (answer.status, answer.err) == (
        (4, "migdesc: the answer cannot be written: Bad file descriptor\n"))


def test_closed_standard_files_do_not_change_the_answer(box):
    answer = box.shell("migdesc check 'num-queues=8' 'exec:cat nic.json' <&- 2>&-")

    assert answer.status == 0
    assert "compatible" in answer.out


def test_reader_that_has_enough(box):
    assert box.shell("migdesc explain | head -n 1").out == \
        box.run("explain").out.splitlines(keepends=True)[0]


def test_many_destinations(box):
    names = [box.variant(f"hosts/{i:03}.json", description=str(i)) for i in range(300)]
    answer = box.run("check", "--json", LIST, "hosts")

    assert answer.status == 0
    assert [result["destination"] for result in answer.json["results"]] == names


def test_interrupted(box, tmp_path):
    """What was started ends with the command."""
    process = subprocess.Popen([MIGDESC, "show",
                                f"exec:sh -c 'echo $$ >{tmp_path}/pid; exec sleep 60'"],
                               stdout=subprocess.DEVNULL, env=environment())
    pid = tmp_path / "pid"
    while not (pid.exists() and pid.read_text().strip()):
        assert process.poll() is None
    process.terminate()
    assert process.wait(timeout=10) == -15
    for _ in range(1000):
        if not is_running(int(pid.read_text())):
            return
        os.sched_yield()
        subprocess.run(["sleep", "0.01"], check=True)
    assert False, "the program still runs"


def is_running(pid: int) -> bool:
    """Zombies that nobody reaps do not run."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_json_is_the_answer_of_every_status(fleet):
    for status, name in DESTINATIONS.items():
        answer = fleet.run("show", "--json", name)
        assert set(json.loads(answer.out)) == {"descriptors"}
