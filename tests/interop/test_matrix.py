# SPDX-License-Identifier: LGPL-2.1-or-later

"""The test matrix of the card's programs, run with them, and with programs that do it wrong."""

import json
import os
import subprocess
import sys

import pytest
from nic_process import BUILD, FOLDER, SOURCE, run

MIGDESC = BUILD / "tools" / "migdesc"
MODEL = "example.org/nic"
ALL = (1, 2, 3, 4)
PAIRS = [(source, to) for source in ALL for to in ALL if source != to]

# What asks it gets a descriptor without tests; what tests it gets what is at {test}.
WRAPPER = """\
#!/bin/sh
case "$*" in
*--print-migration-info-json*) exec cat "{document}" ;;
*--migration-test=load) {load} ;;
*) exec {program} "$@" ;;
esac
"""


class Fleet:
    """The programs of the card, behind scripts; what is written is in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.places = [self.wrap(version) for version in ALL]

    def wrap(self, version, load='exec {program} "$@"'):
        """A place of a program that has tested nothing; its loading may be sabotaged."""
        document = json.loads(run(version, "--print-migration-info-json")[1])
        for entry in document["models"][MODEL]["versions"]:
            if isinstance(entry, dict):
                entry.pop("tested", None)
        (self.folder / f"nic-{version}.json").write_text(json.dumps(document))
        program = FOLDER / f"nic-backend-{version}"
        script = self.folder / f"nic-{version}"
        script.write_text(WRAPPER.format(program=program, load=load.format(
            program=program, migdesc=MIGDESC, folder=self.folder),
            document=self.folder / f"nic-{version}.json"))
        script.chmod(0o755)
        return f"exec:{script} --print-migration-info-json"

    @staticmethod
    def command(version, test="load", of=1):
        return f"nic-{version} --migration-version {of} --migration-test={test}"

    def matrix(self, *arguments):
        done = subprocess.run([MIGDESC, "matrix", *arguments], capture_output=True, text=True,
                              cwd=self.folder, timeout=120, check=False,
                              env={**os.environ, "COLUMNS": "200"})
        assert done.stderr == ""
        return done.returncode, done.stdout

    def pairs(self, *arguments):
        status, output = self.matrix("--json", *arguments)
        return status, {(int(pair["from"]), int(pair["to"])): pair
                        for pair in json.loads(output)["pairs"]}


@pytest.fixture
def fleet(tmp_path):
    return Fleet(tmp_path)


def list_tested(path):
    versions = json.loads(path.read_text())["models"][MODEL]["versions"]
    return {(int(pair["from"]), int(pair["to"])): entry["name"] for entry in versions
            if isinstance(entry, dict) for pair in entry.get("tested", [])}


def test_all_that_is_promised_is_run_and_written(fleet):
    document = fleet.folder / "nic-4.json"
    before = json.loads(document.read_text())
    document.chmod(0o640)
    assert fleet.matrix("nic-4.json")[0] == 1
    status, pairs = fleet.pairs("nic-4.json", *fleet.places, "--run", "--output", "nic-4.json")
    assert status == 0
    assert list(pairs) == PAIRS
    assert all(pair["passed"] and pair["tested"] for pair in pairs.values())
    assert list_tested(document) == {(source, to): str(max(source, to)) for source, to in PAIRS}
    assert document.stat().st_mode & 0o777 == 0o640
    # Nothing else of it has changed.
    after = json.loads(document.read_text())
    for entry in after["models"][MODEL]["versions"]:
        if isinstance(entry, dict):
            entry.pop("tested", None)
    assert subprocess.run([MIGDESC, "compare", "-", "nic-4.json"], cwd=fleet.folder, text=True,
                          input=json.dumps(before), capture_output=True).returncode == 0
    assert after["models"][MODEL]["state"] == before["models"][MODEL]["state"]
    assert fleet.matrix("--missing", "nic-4.json") == (0, "12 of 12 pairs tested\n")
    # And nothing is left to run.
    status, pairs = fleet.pairs("nic-4.json", *fleet.places, "--run")
    assert status == 0 and not any("passed" in pair for pair in pairs.values())
    assert sorted(path.name for path in fleet.folder.iterdir()) == sorted(
        [f"nic-{version}" for version in ALL] + [f"nic-{version}.json" for version in ALL])


def test_the_programs_keep_what_they_say_they_have_tested(fleet):
    places = [f"exec:{FOLDER}/nic-backend-{version} --print-migration-info-json"
              for version in ALL]
    status, pairs = fleet.pairs("--run", "--all", *places)
    assert status == 0 and all(pair["passed"] for pair in pairs.values())
    assert list(pairs) == PAIRS


def test_a_table_says_what_was_run(fleet):
    assert fleet.matrix("--run", "nic-2.json", *fleet.places[:2]) == (0, """\
FROM TO PROMISED      TESTED
1    2  bidirectional passed
2    1  bidirectional passed

2 of 2 pairs tested
""")


def test_programs_are_found_by_drop_ins(fleet):
    drop_ins = fleet.folder / "drop-ins"
    drop_ins.mkdir()
    for version in ALL[:3]:
        (drop_ins / f"10-nic-{version}.json").write_text(json.dumps(
            {"binary": str(fleet.folder / f"nic-{version}")}))
    status, pairs = fleet.pairs("--run", f"backends:{drop_ins}")
    assert status == 0 and len(pairs) == 6
    assert all(pair["passed"] for pair in pairs.values())


def test_the_card_in_python_is_tested_with_the_ones_in_c(fleet):
    python = (f"exec:{sys.executable} {SOURCE}/nic_backend.py "
              "--limit-version={} --print-migration-info-json")
    status, pairs = fleet.pairs("--run", "--all", fleet.places[0], python.format(2),
                                fleet.places[2], python.format(4))
    assert status == 0 and all(pair["passed"] for pair in pairs.values())
    assert list(pairs) == PAIRS


def test_a_pair_without_a_program_stays_missing(fleet):
    status, pairs = fleet.pairs("--run", "--output", "nic-3.json", "nic-3.json",
                                fleet.places[0], fleet.places[2])
    assert status == 1
    assert pairs[1, 3]["passed"] and pairs[3, 1]["passed"]
    assert pairs[1, 2]["error"] == {
        "code": "cannot-run", "message": "there is no program whose newest version is 2"}
    assert pairs[2, 1]["error"] == pairs[1, 2]["error"]
    assert list_tested(fleet.folder / "nic-3.json") == {(1, 3): "3", (3, 1): "3"}


ALTER = ('{program} "$@" >{folder}/loaded && '
         '{migdesc} state edit --set {change} {folder}/loaded && exec cat {folder}/loaded')

SABOTAGE = {
    "alters": (ALTER.replace("{change}", "nic0.interrupts=7"), "refused",
               "nic0: interrupts is 11400714819323198485 where it was saved, and 7 where it was "
               "loaded"),
    "alters-two": (ALTER.replace("{change}", "nic0.clock=7 --set nic0.link_state=up"), "refused",
                   "nic0: clock is 952587467329934921 where it was saved, and 7 where it was "
                   "loaded; 2 places differ"),
    "hangs": ("sleep 60", "program-timeout", "{command}: did not end within 1000 ms (limit "
                                             "program-time)"),
    "hangs-behind": ("sleep 60 & exit 0", "program-timeout",
                     "{command}: ended, but what it started kept its output open for 1000 ms "
                     "(limit program-time)"),
    "garbage": ("echo garbage", "state-format",
                "{command}: what it printed is no state: not a stream of states in any known "
                "format (byte 0)"),
    "nothing": ("exit 0", "state-format",
                "{command}: what it printed is no state: not a stream of states in any known "
                "format (byte 0)"),
    "cut": ('{program} "$@" | head -c 500', "state-truncated",
            "{command}: what it printed is no state: the stream ends within a record (byte 500)"),
    "fails": ("echo no memory >&2; exit 3", "program-failed",
              "{command}: ended with status 3: no memory"),
    "dies": ("kill -ABRT $$", "program-failed", "{command}: ended by signal 6"),
    "floods": ("exec head -c 1000000000 /dev/zero", "program-output",
               "{command}: printed more than 16777216 bytes (limit program-output)"),
}


@pytest.mark.parametrize("name", SABOTAGE)
def test_a_program_that_does_it_wrong_is_told(fleet, name):
    load, code, message = SABOTAGE[name]
    broken = fleet.wrap(2, load)
    before = (fleet.folder / "nic-2.json").read_bytes()
    status, pairs = fleet.pairs("--run", "--timeout", "1", "--output", "new.json", "nic-2.json",
                                fleet.places[0], broken)
    assert status == 1
    assert pairs[1, 2]["error"] == {"code": code,
                                    "message": message.format(command=fleet.command(2))}
    assert not pairs[1, 2]["passed"] and not pairs[1, 2]["tested"]
    # It saves all right, so that the other direction is known.
    assert list_tested(fleet.folder / "new.json") == {(2, 1): "2"}
    assert (fleet.folder / "nic-2.json").read_bytes() == before


def test_what_fails_by_now_is_no_longer_listed(fleet):
    listed = fleet.folder / "listed.json"
    fleet.matrix("--run", "--output", listed, "nic-2.json", *fleet.places[:2])
    assert set(list_tested(listed)) == {(1, 2), (2, 1)}
    broken = fleet.wrap(2, SABOTAGE["dies"][0])
    status, pairs = fleet.pairs("--run", "--all", "--output", listed, listed, fleet.places[0],
                                broken)
    assert status == 1
    assert pairs[2, 1]["passed"] and not pairs[1, 2]["passed"]
    assert list_tested(listed) == {(2, 1): "2"}


def test_a_program_that_does_not_know_of_tests(fleet):
    """As any other would, it refuses the option."""
    (fleet.folder / "nic-1").write_text(f"""#!/bin/sh
case "$*" in
*--print-migration-info-json) exec cat "{fleet.folder}/nic-1.json" ;;
*) echo "$5: not understood" >&2; exit 1 ;;
esac
""")
    status, pairs = fleet.pairs("--run", *fleet.places[:2])
    assert status == 1
    assert pairs[1, 2]["error"]["message"] == (
        f"{fleet.command(1, 'save')}: ended with status 1: --migration-test=save: not understood")
    assert pairs[2, 1]["error"]["message"] == (
        f"{fleet.command(1)}: ended with status 1: --migration-test=load: not understood")


def test_no_field_is_left_as_a_fresh_card_has_it():
    """Else a value that is lost might come back by chance."""
    saved = subprocess.run([FOLDER / "nic-backend-4", "--migration-version", "4",
                            "--migration-test=save"], capture_output=True, check=True).stdout
    again = subprocess.run([FOLDER / "nic-backend-4", "--migration-version=4",
                            "--migration-test", "save"], capture_output=True, check=True).stdout
    assert saved == again
    shown = subprocess.run([MIGDESC, "state", "show", "--json", "-"], input=saved, check=True,
                           capture_output=True).stdout
    state = json.loads(shown)["states"]["nic0"]
    fresh = {"control": [], "interrupt_mask": [], "interrupt_cause": [], "moderation": 0,
             "interrupts": 0, "clock": 0, "link": "up", "mtu": 1500, "filters": []}
    assert [name for name, value in fresh.items() if state[name] == value] == []
    assert len({queue["ring"] for queue in state["queues"]}) == 4


def test_a_card_that_cannot_be_migrated_is_not_tested():
    assert run(4, "--migration-version", "direct", "--migration-test=save") == (
        1, "", "nic-backend: nic0 cannot be migrated: the guest has the card's memory itself\n")


def test_what_cannot_be_loaded_is_told():
    assert run(1, "--migration-version", "1", "--migration-test=load") == (
        1, "", "--migration-test: not a stream of states in any known format (byte 0)\n")
