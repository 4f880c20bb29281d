# SPDX-License-Identifier: LGPL-2.1-or-later

"""What bash offers to complete, word for word."""

import re
import subprocess

import pytest

from box import MIGDESC, ROOT, environment

COMPLETION = ROOT / "tools" / "completions" / "migdesc"
VERBS = ["show", "validate", "convert", "expand", "list", "check", "compare", "plan", "baseline",
         "select", "path", "map", "diff", "lint", "matrix", "state", "qemu", "explain"]
COMMON = ["--json", "--dialect=", "--lenient", "--help"]

# What readline does before it calls the function: words also end at = and :.
SCRIPT = """
source /usr/share/bash-completion/bash_completion
source "$1"
shift
COMP_LINE=$1
COMP_POINT=${#COMP_LINE}
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMPREPLY=()
_migdesc
printf '%s\\n' "${COMPREPLY[@]}"
"""


def complete(box, line):
    words = re.findall(r"[^\s=:]+|[=:]+", line)
    if re.search(r"[\s=:]$", line):
        words.append("")
    env = environment(PATH=f"{MIGDESC.parent}:/usr/bin:/bin")
    done = subprocess.run(["bash", "--norc", "-c", SCRIPT, "bash", COMPLETION, line, *words],
                          cwd=box.folder, env=env, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("line, expected", [
    ("migdesc ", VERBS + ["--help", "--version"]),
    ("migdesc c", ["convert", "check", "compare"]),
    ("migdesc m", ["map", "matrix"]),
    ("migdesc --v", ["--version"]),
    ("migdesc frobnicate ", [""]),
    ("migdesc show --", COMMON),
    ("migdesc check --", ["--source=", "--return-path", "--only="] + COMMON),
    ("migdesc check --r", ["--return-path"]),
    ("migdesc diff --", ["--against=", "--category=", "--format=", "--rules=", "--show-ignored"]
     + COMMON),
    ("migdesc diff --category b", ["backward", "backward-transitive"]),
    ("migdesc lint --format s", ["sarif"]),
    ("migdesc state ", ["show", "get", "diff", "check", "convert", "schema", "edit", "--help"]),
    ("migdesc state s", ["show", "schema"]),
    ("migdesc qemu ",
     ["show", "get", "sections", "map", "values", "diff", "check", "dump-diff", "--help"]),
    ("migdesc qemu s", ["show", "sections"]),
    ("migdesc qemu values --", ["--rule=", "--like=", "--description=", "--page-size="] + COMMON),
    ("migdesc state convert --", ["--to=", "--output=", "--schema="] + COMMON),
    ("migdesc state convert --to b", ["binary"]),
    ("migdesc state check --against n", ["nic.json"]),
    ("migdesc state show n", ["nic.json"]),
    ("migdesc list --", ["--model=", "--version=", "--short", "--instance="] + COMMON),
    ("migdesc show --dialect ",
     ["native", "v1", "v3", "v3-minmax", "v4", "v4-text", "sysfs", "sysfs-2019"]),
    ("migdesc convert --to v4", ["v4", "v4-text"]),
    ("migdesc convert --to=v4", ["v4", "v4-text"]),
    ("migdesc plan --style ", ["argv-m", "argv-param", "argv-version", "sysfs", "mdevctl", "text"]),
    ("migdesc plan --style=argv-v", ["argv-version"]),
    ("migdesc list --version ", ["latest"]),
    ("migdesc list --model ", [""]),
    ("migdesc explain param-v", ["param-value-not-allowed"]),
    ("migdesc explain unit-", ["unit-changed"]),
    ("migdesc show n", ["nic.json"]),
    ("migdesc check x=1 n", ["nic.json"]),
    ("migdesc check --source n", ["nic.json"]),
    ("migdesc check --source=n", ["nic.json"]),
    ("migdesc check @", ["@nic.json", "@hosts/"]),
    ("migdesc check @hosts/o", ["@hosts/one.json"]),
    ("migdesc show hosts/0000:0", ["00:02.0.json"]),
])
def test_completion(box, line, expected):
    box.variant("hosts/one.json")
    box.variant("hosts/0000:00:02.0.json")

    assert sorted(complete(box, line)) == sorted(expected)


def test_all_codes_are_offered(box):
    assert complete(box, "migdesc explain ") == box.run("explain", "--json").json["codes"]


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ("state", "qemu")])
def test_all_options_are_offered(box, verb):
    """Those that the help of the verb has."""
    options = re.findall(r"^  (?:-h, )?(--[a-z-]+=?)", box.run(verb, "--help").out, re.M)

    assert complete(box, f"migdesc {verb} --") == options
    assert len(options) >= len(COMMON)


@pytest.mark.parametrize("option, choices", [
    ("--dialect", ["native", "v1", "v3", "v3-minmax", "v4", "v4-text", "sysfs", "sysfs-2019"]),
    ("--style", ["argv-m", "argv-param", "argv-version", "sysfs", "mdevctl", "text"]),
])
def test_what_is_offered_is_known(box, option, choices):
    verb = {"--dialect": ["show"], "--style": ["plan", "x=1"]}[option]
    for choice in choices:
        assert box.run(*verb, option, choice, "missing.json").status == 4


def test_sourcing_prints_nothing():
    done = subprocess.run(["bash", "--norc", "-uc", f"complete () {{ :; }}; source {COMPLETION}"],
                          capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
