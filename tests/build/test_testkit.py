# SPDX-License-Identifier: LGPL-2.1-or-later

"""The test kit in somebody else's project, and what it says of each mistake there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from buildlib import CLEAN_ENV, build_options, install, run

KIT = Path(__file__).parent / "kit"


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """Where an installed tree is."""
    libraries = install(tmp_path_factory.mktemp("destdir")) / build_options()["libdir"]
    return {"PKG_CONFIG_PATH": str(libraries / "pkgconfig"), "LD_LIBRARY_PATH": str(libraries)}


@pytest.fixture(scope="module")
def programs(tmp_path_factory, env):
    """The project's test program, with the mistakes that are named."""
    folder = tmp_path_factory.mktemp("programs")
    flags = run("pkg-config", "migdesc-testkit-1.0", "--cflags", "--libs", env=env).split()

    def build(*mistakes, compiler=("gcc",)):
        program = folder / "-".join(("lamp", *mistakes, Path(compiler[0]).name))
        if not program.exists():
            run(*compiler, "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror",
                *(f"-D{mistake}" for mistake in mistakes), KIT / "lamp-kit.c", "-o", program,
                *flags)
        return program
    return build


@pytest.fixture
def golden(tmp_path, programs, env):
    """What the program without mistakes has recorded."""
    folder = tmp_path / "golden"
    assert run(programs(), "--golden", folder, "--update", env=env) == (
        "recorded lamp-1\nrecorded lamp-2\n")
    return folder


@pytest.fixture
def test(golden, env):
    """Runs a program: its status, its tests by name, and what it says of each that fails."""
    def start(program, *arguments):
        done = subprocess.run([program, "--golden", golden, *arguments], capture_output=True,
                              text=True, env={**CLEAN_ENV, **env}, timeout=60)
        assert done.stderr == ""
        tests, said = {}, []
        for line in done.stdout.splitlines():
            found = re.match(r"(not )?ok \d+ (\S+)(?: - (.*))?$", line)
            if found:
                tests[found[2]] = [*said, found[3]] if found[1] else None
                said = []
            elif not re.match(r"# (Start of|End of|random seed:)|1\.\.", line):
                said.append(line.removeprefix("# "))
        return done.returncode, tests
    return start


def failed(tests):
    return {name: said for name, said in tests.items() if said is not None}


ALL = {f"/lamp/{kind}/{version}" for kind in ("schema", "golden", "round-trip", "refused")
       for version in (1, 2)} | {"/lamp/fuzz"}


def test_five_lines_of_a_build_file_are_all(tmp_path, env, golden):
    parent = tmp_path / "lamp"
    shutil.copytree(KIT, parent)
    shutil.move(golden, parent)
    code = [line for line in (parent / "meson.build").read_text().splitlines()
            if line and not line.startswith(("#", "project"))]
    assert len(code) == 5
    run("meson", "setup", "build", cwd=parent, env=env)
    out = run("meson", "test", "-C", "build", cwd=parent, env=env)
    assert re.search(rf"lamp-state +OK .*\b{len(ALL)} subtests passed", out)


def test_all_is_well_without_mistakes(test, programs):
    assert test(programs()) == (0, dict.fromkeys(ALL))


def test_what_is_recorded_stays(golden, programs, env):
    """Others have such streams."""
    before = {path: path.read_bytes() for path in golden.iterdir()}
    assert sorted(path.name for path in before) == sorted(
        f"lamp-{version}{suffix}" for version in (1, 2)
        for suffix in (".mds", ".json", ".schema.json"))
    assert run(programs("BOUND"), "--golden", golden, "--update", env=env) == ""
    assert {path: path.read_bytes() for path in golden.iterdir()} == before
    (golden / "lamp-2.mds").unlink()
    assert run(programs(), "--golden", golden, "--update", env=env) == "recorded lamp-2\n"
    assert {path: path.read_bytes() for path in golden.iterdir()} == before


def undo(version):
    return ("undo that, or make it a new state version; if nobody has streams of this one yet, "
            f"delete lamp-{version}.* and run with --update")


def other_schema(version):
    return f"the schema of lamp {version} is not the one that was recorded"


FOR_EVER = ("what a version was has to be read for ever: keep its fields, behind gates where they "
            "are no more, or keep its schema and make transforms from it")
MISTAKES = {
    "BOUND": ["level: max was 1000, is 999"],
    "ADDED": ["glow: this field is new"],
    "RENAMED": ["level: there is no such field any more", "brightness: this field is new"],
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_schema_that_changed_without_a_version(test, programs, golden, mistake):
    status, tests = test(programs(mistake))
    said = failed(tests)
    assert status == 1 and set(said) == {f"/lamp/{kind}/{version}"
                                         for kind in ("schema", "golden") for version in (1, 2)}
    for version in (1, 2):
        assert said[f"/lamp/schema/{version}"] == [*MISTAKES[mistake], undo(version),
                                                   other_schema(version)]
        advice, summary = said[f"/lamp/golden/{version}"]
        assert advice == FOR_EVER
        assert re.fullmatch(
            rf"a stream of lamp {version} is not read any more: device: the state's schema is "
            rf"sha256:\w+, that of state version {version} of lamp is sha256:\w+ here", summary)


def test_a_version_that_went_without_a_transform(test, programs):
    status, tests = test(programs("RENAMED", "ONLY_NEW"))
    assert status == 1 and failed(tests) == {
        "/lamp/schema/3": ["nothing was recorded of lamp 3: run with --update"],
        **{f"/lamp/golden/{version}": [
            FOR_EVER, f"a stream of lamp {version} is not read any more: device: state version "
                      f"{version} of lamp, the oldest known is 3"] for version in (1, 2)}}


def test_a_device_that_forgets_a_field_on_load(test, programs):
    status, tests = test(programs("FORGETS"))
    said = failed(tests)
    assert status == 1 and set(said) == {"/lamp/golden/2", "/lamp/round-trip/2"}
    assert said["/lamp/golden/2"] == [
        'colour: "green" -> "white"', "a stream of lamp 2 is read as another state: colour"]


def test_a_device_that_takes_a_state_before_it_may(test, programs):
    status, tests = test(programs("EARLY"), "-p", "/lamp/refused")
    assert status == 1
    assert failed(tests)["/lamp/refused/2"][-1] == (
        "lamp 2, seed 1: a load that was given up has changed the device")


def test_a_type_that_takes_no_state_at_random(test, programs):
    status, tests = test(programs("STRICT"), "-p", "/lamp/round-trip/2")
    assert (status, failed(tests)) == (1, {"/lamp/round-trip/2": [
        "run it again with --first 1 --rounds 1",
        "lamp 2, seed 1: there is no state to save: none of 500 states made at random is taken; "
        "the last: device: check refuses it: no lamp will do (byte 193)"]})


def spoil(path):
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)


SPOILED = [
    ("lamp-1.mds", spoil,
     r"device: a record is damaged or not in its place: its hash is another \(byte 228\)"),
    ("lamp-1.mds", lambda path: path.write_bytes(path.read_bytes()[:-1]),
     r"device: the stream ends within a record \(byte 255\)"),
    ("lamp-1.json", lambda path: path.write_text('{"level": 7, "label": ""}'),
     "the stream and the JSON differ in level"),
    ("lamp-1.json", lambda path: path.unlink(), ".*No such file or directory"),
    ("lamp-1.schema.json", lambda path: path.write_text("{}"),
     '1:1: the schema has no "state-schema"'),
]


@pytest.mark.parametrize("name,change,message", SPOILED,
                         ids=("damaged", "short", "another state", "lost", "no schema"))
def test_recorded_files_that_are_spoiled(test, programs, golden, name, change, message):
    change(golden / name)
    status, tests = test(programs(), "-p", "/lamp/schema", "-p", "/lamp/golden")
    said = failed(tests)
    assert status == 1 and set(said) == {"/lamp/schema/1", "/lamp/golden/1"}
    for advice, summary in said.values():
        assert advice == ("get the files back from where they were kept: nobody can make them "
                          "anew")
        assert re.fullmatch(f"what was recorded as lamp-1 is spoiled: {message}", summary)


VISIT = {f"/lamp/{kind}/1" for kind in ("round-trip", "refused", "changed")}


def test_a_visit_function(programs, test, golden, env):
    assert test(programs("VISIT")) == (0, dict.fromkeys(VISIT))
    assert run(programs("VISIT"), "--replay", golden, env=env) == "6 inputs\n"
    refused = subprocess.run([programs("VISIT"), "--golden", golden, "--update"], text=True,
                             capture_output=True, env={**CLEAN_ENV, **env}, timeout=60)
    assert (refused.returncode, refused.stderr) == (
        1, "of a visit function there is nothing to record\n")


@pytest.mark.parametrize("mistake,message,tests_that_fail", [
    ("COUNTS", "what was loaded is saved as another", {"/lamp/round-trip/1", "/lamp/changed/1"}),
    ("UNBOUND", "device: colour: 7 is not in 0 to 2", {"/lamp/round-trip/1", "/lamp/changed/1"}),
])
def test_a_visit_function_that_is_wrong(programs, test, mistake, message, tests_that_fail):
    status, tests = test(programs("VISIT", mistake))
    said = failed(tests)
    assert status == 1 and set(said) == tests_that_fail
    advice, summary = said["/lamp/round-trip/1"]
    assert advice == "run it again with --first 1 --rounds 1"
    assert summary.startswith(f"lamp 1, seed 1: {message}")


def test_the_same_file_replays_a_corpus(golden, programs, env):
    assert run(programs(), "--replay", golden, golden / "lamp-1.mds", env=env) == "7 inputs\n"


def test_the_same_file_is_a_fuzzer(golden, programs, env):
    """Which ends where a load has left something behind that should not be there."""
    clang = ("clang", "-fsanitize=fuzzer")
    run(programs(compiler=clang), "-runs=200", golden, env=env)
    broken = subprocess.run([programs("COUNTS", compiler=clang), "-runs=0", golden],
                            capture_output=True, text=True, env={**CLEAN_ENV, **env}, timeout=60,
                            cwd=golden.parent)
    assert broken.returncode != 0
    assert "lamp 1: what was loaded is saved as another\n" in broken.stderr
