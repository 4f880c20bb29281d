# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the manual page and README say of the command is so, and all of it is there."""

import json
import os
import re
import subprocess
import sys

import pytest

from box import BUILD, MIGDESC, NIC, ROOT, environment

PAGE = ROOT / "tools" / "migdesc.1"
README = (ROOT / "README.md").read_text()
UUID = "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001"
VERBS = ["show", "validate", "convert", "expand", "list", "check", "compare", "plan", "baseline",
         "select", "path", "map", "diff", "lint", "matrix", "state", "qemu", "explain"]
# Those that are verbs of a verb
INNER_VERBS = {"state": ["show", "get", "diff", "check", "convert", "schema", "edit"],
               "qemu": ["show", "get", "sections", "map", "values", "diff", "check",
                        "dump-diff"]}


def rendered():
    done = subprocess.run(["mandoc", "-Tutf8", "-Owidth=100", PAGE], capture_output=True, text=True,
                          check=True, timeout=60)
    return re.sub(".\b", "", done.stdout)


def section(name):
    """Up to the next heading at the margin."""
    return re.search(rf"^{name}\n(.*?)^(?=\S)", rendered(), re.M | re.S)[1]


def synopsis():
    """The options of each verb."""
    options = {}
    for verb, rest in re.findall(r"migdesc (\w+)(.*?)(?=migdesc |\Z)", section("SYNOPSIS"), re.S):
        options.setdefault(verb, set()).update(re.findall(r"--[a-z-]+", rest))
    return options


def options_of(box, verb):
    """What the help of a verb tells, or of all its own verbs."""
    commands = [[verb, name] for name in INNER_VERBS[verb]] if verb in INNER_VERBS else [[verb]]
    helps = "".join(box.run(*command, "--help").out for command in commands)
    return set(re.findall(r"^  (?:-h, )?(--[a-z-]+)", helps, re.M))


def test_page_is_clean():
    done = subprocess.run(["mandoc", "-Tlint", PAGE], capture_output=True, text=True, timeout=60)

    assert [line for line in (done.stdout + done.stderr).splitlines() if str(PAGE) in line] == []


def test_page_has_every_verb(box):
    described = re.findall(r"^     (\w+)(?:  |$)", section("VERBS"), re.M)

    assert re.findall(r"^  (\w+) ", box.run("--help").out, re.M) == VERBS
    assert list(synopsis()) == VERBS
    assert described == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_page_has_every_option(box, verb):
    page = rendered()
    common = set(re.findall(r"--[a-z-]+", page.split("Common options")[1].split("VERBS")[0]))
    options = options_of(box, verb)

    assert options - common == synopsis()[verb] - common
    assert options & common == (
        {"--json", "--dialect", "--lenient", "--help"} | (options & {"--version"}))
    assert all(option in page for option in options)


@pytest.mark.parametrize("verb", VERBS)
def test_page_documents_the_json_of_every_verb(verb):
    """The test of the members themselves is below."""
    assert re.search(rf"^     ((expand|diff) and )?{verb}\b", section("JSON"), re.M)


def members(value):
    """The names of all members, but for those that users choose."""
    if isinstance(value, list):
        return set().union(*map(members, value))
    if not isinstance(value, dict):
        return set()
    names = set(value)
    for name, inner in value.items():
        if name not in ("document", "params", "agreeing"):
            names |= members(inner)
    return names


def test_page_has_every_member(box):
    box.variant("small.json", allowed_values=["1-4"])
    box.write("bad.json", "[")
    listed = "num-queues=8,new-feature=on"
    commands = [
        ["show", "nic.json", "bad.json"], ["validate", "bad.json", "missing.json"],
        ["convert", "--to", "v4", "--allow-loss", "nic.json"],
        ["expand", "nic.json", "num-queues=65"],
        ["list", "--short", "nic.json"], ["compare", "nic.json", "small.json"],
        ["plan", listed, "nic.json"],
        ["check", "--source", "nic.json", "--return-path", listed, "small.json"],
        ["baseline", "nic.json", "small.json"], ["matrix", "nic.json"],
        ["map", "nic.json", "small.json"],
        ["path", "--from", "nic", "--to", "small", listed, "nic.json", "small.json"],
        ["explain"], ["explain", "param-type"],
    ]
    found = set().union(*(members(box.run(*command, "--json").json) for command in commands))

    assert {"results", "omitted", "return_path", "remedy", "list_without"} - {"omitted"} <= found
    assert found - set(re.findall(r"‘(\w+)’", section("JSON"))) == set()


@pytest.mark.parametrize("outer, verbs", INNER_VERBS.items())
def test_page_has_every_verb_of_a_verb(box, outer, verbs):
    described = re.search(rf"^     {outer}\b.*?(?=^     \w|\Z)", section("VERBS"), re.M | re.S)[0]

    assert re.findall(rf"^  {outer} ([\w-]+) ", box.run(outer, "--help").out, re.M) == verbs
    assert re.findall(r"^ {13}([\w-]+)(?: {2,}|$)", described, re.M) == verbs
    assert [verb for verb in verbs if f"{outer} {verb}" not in section("JSON")] == []


def blocks_of_page():
    """The examples with what they print; the page escapes backslashes."""
    for block in re.findall(r"^\.Bd -literal -offset indent\n(.*?)^\.Ed", PAGE.read_text(), re.M
                            | re.S):
        yield block.replace("\\e", "\\")


def lines_of_page():
    return re.findall(r"^\.Dl (migdesc .*)", PAGE.read_text(), re.M)


def commands(block):
    """Each command of a block, which may go on behind a backslash, and what it prints."""
    for typed, printed in re.findall(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", block, re.M):
        yield typed, printed


def run_like_the_page(box, command):
    env = environment(PATH=f"{MIGDESC.parent}:{box.folder}/bin:{os.environ['PATH']}")
    done = subprocess.run(["bash", "-c", command], cwd=box.folder, env=env,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout


@pytest.fixture
def office(box):
    """What the examples of the page talk about."""
    box.variant("hosts/large.json")
    box.variant("hosts/small.json", allowed_values=["1-4"])
    box.write("my-nic", '#!/bin/sh\n[ "$1" = --print-migration-info-json ] && cat nic.json\n')
    (box.folder / "my-nic").chmod(0o755)
    dump = [{"0000:00:02.0": [{UUID: {"mdev_type": "nic", "start": "manual", "attrs": [
        {"migration/num-queues": "8"}, {"migration/new-feature": "on"}]}}]}]
    box.write("bin/mdevctl", f"#!/bin/sh\ncat <<EOF\n{json.dumps(dump)}\nEOF\n")
    (box.folder / "bin" / "mdevctl").chmod(0o755)
    return box


@pytest.mark.parametrize("block", blocks_of_page())
def test_examples_of_the_page(office, block):
    shown = list(commands(block))

    assert shown
    for typed, printed in shown:
        assert run_like_the_page(office, typed) == printed


@pytest.mark.parametrize("line", lines_of_page())
def test_lines_of_the_page(office, line):
    assert run_like_the_page(office, line) != ""


# --- README


def blocks_of_readme(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.M | re.S)


def test_readme_shows_the_example_document():
    assert json.loads(blocks_of_readme("json")[0]) == NIC


@pytest.mark.parametrize("typed, printed", [pair for block in blocks_of_readme("console")
                                            for pair in commands(block)])
def test_readme_shows_what_is_printed(typed, printed):
    env = environment(PATH=f"{MIGDESC.parent}:{os.environ['PATH']}")
    done = subprocess.run(["bash", "-c", typed], cwd=ROOT, env=env, capture_output=True, text=True,
                          timeout=60)

    assert done.stdout == printed


def test_readme_in_python():
    done = subprocess.run([sys.executable, "-c", blocks_of_readme("python")[0]], cwd=ROOT,
                          capture_output=True, text=True, timeout=60)

    assert done.stdout == (
        "param-value-not-allowed num-queues=65 is not allowed; the destination accepts 1-64,128 "
                           "restart the source with num-queues=64 or num-queues=128\n"), done.stderr


def test_readme_in_c(box):
    box.write("example.c", "#include <migdesc/migdesc.h>\nint\nmain (void)\n{\n"
              + blocks_of_readme("c")[0].replace('"my-nic.json"', '"nic.json"')
              + "return error != NULL;\n}\n")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "gio-2.0", "json-glib-1.0"],
                           capture_output=True, text=True, check=True, timeout=60).stdout.split()
    subprocess.run(["cc", "-Wall", "-Werror", "example.c", "-o", "example", f"-I{ROOT}/include",
                    f"-I{BUILD}/include",
                    f"-L{BUILD}/libmigdesc", "-lmigdesc-1.0", *flags], cwd=box.folder, check=True,
                   timeout=120)
    done = subprocess.run(["./example"], cwd=box.folder, capture_output=True, text=True, timeout=60,
                          env=os.environ | {"LD_LIBRARY_PATH": f"{BUILD}/libmigdesc"})

    assert (done.returncode, done.stdout, done.stderr) == (0, "incompatible\n", "")


def test_readme_names_files_that_exist():
    names = re.findall(r"\]\(([^)#:]+)\)", README)

    assert len(names) > 8
    assert [name for name in names if not (ROOT / name).exists()] == []
