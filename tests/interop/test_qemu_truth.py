# SPDX-License-Identifier: LGPL-2.1-or-later
"""docs/qemu-truth.md is what the data say, and the data are what the real QEMU does today."""

import collections
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "examples" / "qemu-truth"
PAGE = ROOT / "docs" / "qemu-truth.md"
SEED = 4

sys.path.insert(0, str(ROOT / "examples"))
from qemu_descriptors.qmp import Failure  # noqa: E402
from qemu_truth import document, library, pairs, trial  # noqa: E402

OUTCOMES = {trial.REFUSED, trial.SAME, trial.LATER, trial.NOW}


def run(*arguments, timeout=300):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          timeout=timeout)


def succeed(*arguments):
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def table():
    return pairs.read()


@pytest.fixture(scope="module")
def outcomes():
    return trial.read()


# The data


def test_there_are_enough_pairs_and_none_is_there_twice(table):
    devices = collections.Counter(pair.device for pair in table)
    assert set(devices) == {"virtio-net-pci", "e1000e"}
    assert len(table) >= 200 and min(devices.values()) >= 50
    assert len({pair.name for pair in table}) == len(table)
    assert len({(pair.device, pair.source, pair.destination) for pair in table}) == len(table)


def test_every_pair_has_expectations_and_outcomes(table, outcomes):
    assert {pair.before for pair in table} | {pair.after for pair in table} <= OUTCOMES
    assert set(outcomes) == {(pair.name, state) for pair in table for state in trial.STATES}
    assert {outcome.word for outcome in outcomes.values()} <= OUTCOMES


def test_the_library_says_what_the_table_has(table):
    configurations = library.read()
    for pair in table:
        report = library.check(pair.device, configurations[pair.device, pair.source],
                               configurations[pair.device, pair.destination])
        assert report.verdict == pair.library, pair.name


def test_the_page_is_what_the_data_say():
    assert succeed("document") == PAGE.read_text(encoding="utf-8")


def test_a_disagreement_without_an_explanation_is_noticed(table, monkeypatch):
    monkeypatch.setattr(document, "EXPLANATIONS", document.EXPLANATIONS[1:])
    with pytest.raises(Failure, match=r"^[ve][0-9]{3}: nothing explains "):
        document.page(table)


def test_an_explanation_that_is_of_no_use_is_noticed(table, monkeypatch):
    useless = document.EXPLANATIONS[0]._replace(names={"no-such-property"})
    monkeypatch.setattr(document, "EXPLANATIONS", [*document.EXPLANATIONS, useless])
    with pytest.raises(Failure, match=r"^explanation [0-9]+ explains nothing$"):
        document.page(table)


@pytest.mark.parametrize("verdict, outcome, expected", [
    ("compatible", "same", "both yes"), ("compatible", "later", "missed silently"),
    ("compatible", "now", "missed silently"), ("compatible", "refused", "missed"),
    ("incompatible", "same", "stricter"), ("incompatible", "later", "silently different"),
    ("incompatible", "now", "silently different"), ("incompatible", "refused", "both no"),
])
def test_how_a_verdict_and_an_outcome_go_together(verdict, outcome, expected):
    assert document.kind(verdict, outcome) == expected


# The real QEMU


def sampled(table, count, seed):
    return pairs.sample([pair for pair in table if not pairs.needs_tap(pair)], count, seed)


def test_a_sample_ends_today_as_the_table_has_it(tmp_path, table, outcomes):
    succeed("run", "--sample", 20, "--seed", SEED, "--output", tmp_path / "results")
    expected = {(pair.name, state): outcomes[pair.name, state]
                for pair in sampled(table, 20, SEED) for state in trial.STATES}
    assert len(expected) == 40
    assert trial.read(tmp_path / "results") == expected


def test_a_live_migration_ends_like_one_through_a_file(tmp_path, table, outcomes):
    succeed("run", "--live", "--sample", 4, "--seed", SEED, "--output", tmp_path / "results")
    assert trial.read(tmp_path / "results") == {
        (pair.name, state): outcomes[pair.name, state]
        for pair in sampled(table, 4, SEED) for state in trial.STATES}


def test_qemu_makes_of_the_properties_what_the_table_has(tmp_path, table):
    succeed("describe", "--sample", 4, "--seed", SEED, "--output", tmp_path / "found")
    found, kept = library.read(tmp_path / "found"), library.read()
    assert set(library.sides(sampled(table, 4, SEED))) <= set(found)
    assert found == {side: kept[side] for side in found}


# When it does not work


def test_a_pair_that_is_not_there():
    done = run("run", "v001", "--live", "v000", "x")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "qemu-truth: no pair v000, x\n")


def test_a_trial_that_breaks_is_no_outcome(tmp_path):
    done = run("run", "v001", "--qemu", "/nonexistent", "--output", tmp_path / "results")
    assert (done.returncode, done.stderr) == (
        1, "qemu-truth: v001, before: /nonexistent: No such file or directory\n")
    assert trial.read(tmp_path / "results") == {
        ("v001", state): ("broken", "/nonexistent: No such file or directory")
        for state in trial.STATES}


def children(pid):
    """Those of all its threads"""
    return [int(child) for path in pathlib.Path(f"/proc/{pid}/task").glob("*/children")
            for child in path.read_text().split()]


def runs(pid):
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_ending_the_program_ends_its_qemus(tmp_path, number):
    with subprocess.Popen([PROGRAM, "run", "--sample", "8", "--output", tmp_path / "results"],
                          env=os.environ | {"TMPDIR": str(tmp_path)},
                          stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 30
        while not (started := children(process.pid)) and time.monotonic() < deadline:
            pass
        process.send_signal(number)
        assert process.wait(30) == (-number if number == signal.SIGKILL else 128 + number)
    deadline = time.monotonic() + 20
    while any(map(runs, started)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert started and not any(map(runs, started))
