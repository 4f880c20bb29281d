#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A load of one document next to what other languages would do, and fails if it is not as far
ahead as it has to be.

    peers.py BENCH_LOAD DOCUMENT

In seven rounds that take turns: the library from C and from Python, Python's json alone and with
the document's rules by hand (plain_loader.py), jsonschema, and JavaScript's JSON.parse with ajv.
ajv is fetched by npm, once for a build.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import gi

gi.require_version("Migdesc", "1.0")

import jsonschema
from gi.repository import Migdesc

import plain_loader

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCHEMA = ROOT / "docs" / "schemas" / "migdesc-1.0.schema.json"
BUILD = Path(os.environ.get("MIGDESC_BUILDDIR", ROOT / "build"))
ROUNDS = 7

# which has to take at least that many times what the other takes
BOUNDS = (
    ("JavaScript, JSON.parse and ajv", "C, all checked", 1.7),
    ("Python, json and rules by hand", "Python, all checked", 3.0),
    ("Python, json alone", "C, all checked", 1.0),
)


def install_ajv() -> Path:
    """A folder with ajv in node_modules, of the versions in ajv/package-lock.json."""
    if not shutil.which("npm") or not shutil.which("node"):
        sys.exit("node and npm are missing: scripts/setup --benchmarks installs them")
    folder = BUILD / "ajv"
    if not (folder / "node_modules" / "ajv").is_dir():
        shutil.copytree(HERE / "ajv", folder, dirs_exist_ok=True)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
    return folder


class Ajv:
    """The process that is asked for one round after the other, so that its compiler warms up as in
    a server."""

    def __init__(self, document: Path):
        command = ["node", HERE / "bench-ajv.mjs", install_ajv(), SCHEMA, document]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.measure(200)

    def measure(self, turns: int) -> float:
        print(turns, file=self.process.stdin, flush=True)
        return float(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def in_c(program: str, document: Path):
    def measure(turns: int) -> float:
        command = [program, "--time", str(turns), document]
        return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return measure


def in_python(function, *arguments):
    def measure(turns: int) -> float:
        start = time.process_time_ns()
        for _ in range(turns):
            function(*arguments)
        return (time.process_time_ns() - start) / turns
    return measure


def validate(text: str, validator):
    validator.validate(json.loads(text))


def main() -> int:
    program, document = sys.argv[1], Path(sys.argv[2])
    text = document.read_text()
    ajv = Ajv(document)
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    contestants = {
        "C, all checked": (in_c(program, document), 200),
        "Python, all checked": (in_python(Migdesc.Descriptor.from_string, text), 200),
        "Python, json alone": (in_python(json.loads, text), 100),
        "Python, json and rules by hand": (in_python(plain_loader.load, text), 50),
        "Python, json and jsonschema": (in_python(validate, text, validator), 1),
        "JavaScript, JSON.parse and ajv": (ajv.measure, 100),
    }
    rounds = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, (measure, turns) in contestants.items():
            rounds[name].append(measure(turns))
    ajv.end()

    medians = {name: statistics.median(times) for name, times in rounds.items()}
    for name, nanoseconds in medians.items():
        times = nanoseconds / medians["C, all checked"]
        print(f"  {name:32} {nanoseconds / 1e3:9.0f} µs {times:7.1f} times C")
    good = True
    for slow, fast, least in BOUNDS:
        ratio = medians[slow] / medians[fast]
        good &= ratio >= least
        print(f"  {fast} is {ratio:.1f} times as fast as {slow}; at least {least}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
