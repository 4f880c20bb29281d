#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Prints docs/benchmarks.md from the log of one run of all benchmarks.

    report.py BUILD

Fails when a benchmark did not print a figure that belongs into the table. Figures that miss their
aim are in it, and marked.
"""

import datetime
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

NUMBER = r" *([0-9.]+)"

# what, the aim, the benchmark; what stands around the number there, and its unit
FIGURES = (
    ("load, everything checked, against json-glib's bare parse", "≥ 7", "load",
     r"migdesc, all checked +\S+ MB/s" + NUMBER + " times", "times"),
    ("load, everything checked", "more than cJSON", "load",
     "migdesc, all checked" + NUMBER, "MB/s"),
    ("cJSON, parsed only", "", "load",
     "cJSON, parsed only" + NUMBER, "MB/s"),
    ("load against Python's json alone", "≥ 1", "peers",
     "is" + NUMBER + " times as fast as Python, json alone", "times"),
    ("load against JSON.parse and ajv", "≥ 1.7", "peers",
     "is" + NUMBER + " times as fast as JavaScript", "times"),
    ("load from Python against json and rules by hand", "≥ 3", "peers",
     "is" + NUMBER + " times as fast as Python, json and rules", "times"),
    ("peak heap of a load", "< 2.5", "load",
     "heap: peak" + NUMBER, "bytes a byte"),
    ("heap of the descriptor", "< 1.2", "load",
     "descriptor" + NUMBER, "bytes a byte"),
    ("a GObject, made and freed", "", "ops",
     "GObject, made and freed" + NUMBER, "ns"),
    ("expand with two overrides, from text", "≤ 350", "ops",
     "overrides, from text" + NUMBER, "ns"),
    ("the same, a range of 2^64 values", "≤ 350", "ops",
     "overrides, from text +[0-9]+" + NUMBER, "ns"),
    ("check of 8 params, bound, yes or no", "≤ 100", "ops",
     "bound, verdict" + NUMBER, "ns"),
    ("the same, a range of 2^64 values", "≤ 100", "ops",
     "bound, verdict +[0-9]+" + NUMBER, "ns"),
    ("check of 8 params, from text, yes or no", "≤ 350", "ops",
     "from text, verdict" + NUMBER, "ns"),
    ("check of 8 params, passing, report", "≤ 600", "ops",
     "passing, report" + NUMBER, "ns"),
    ("check of 8 params, two findings, report", "≤ 5,000", "ops",
     "findings, report" + NUMBER, "ns"),
    ("check of a text from Python, over C", "≤ 1,000", "python",
     "a text, report.*ns," + NUMBER, "ns"),
    ("check of a list from Python, over C", "≤ 1,000", "python",
     "a list, report.*ns," + NUMBER, "ns"),
    ("a call of `GLib.get_user_name` from Python", "", "python",
     "get_user_name, from Python" + NUMBER, "ns"),
    ("check in a batch from Python, each", "", "python",
     "in a batch, from Python" + NUMBER, "ns"),
    ("worst document at the size limit", "< 0.5", "hostile",
     "the worst:" + NUMBER, "s"),
    ("worst document at the size limit", "< 32", "hostile",
     r"the worst:.*,([0-9. ]+) MiB of", "MiB"),
    ("`migdesc check` as a process", "< 15", "process",
     "check, one destination" + NUMBER, "ms"),
    ("a NIC's state saved, against big-endian by hand", "≤ 1.8", "state",
     "save  .*a scalar" + NUMBER + " times put-swapped", "times"),
    ("a NIC's state loaded, against big-endian by hand", "≤ 2.2", "state",
     "load  .*a scalar" + NUMBER + " times get-swapped", "times"),
    ("saved without its buffer, against little-endian and checked by hand", "≤ 2.5", "state",
     "save-bare.*a scalar" + NUMBER + " times", "times"),
    ("loaded without its buffer, against little-endian and checked by hand", "≤ 2.5", "state",
     "load-bare.*a scalar" + NUMBER + " times", "times"),
    ("saved by a walk with function pointers, against ours", "≥ 7", "state",
     "walk-put  .*a scalar" + NUMBER + " times", "times"),
    ("loaded by a walk with function pointers, against ours", "≥ 7", "state",
     "walk-get  .*a scalar" + NUMBER + " times", "times"),
    ("the same without the buffer, saved", "≥ 7", "state",
     "walk-put-bare.*a scalar" + NUMBER + " times", "times"),
    ("the same without the buffer, loaded", "≥ 7", "state",
     "walk-get-bare.*a scalar" + NUMBER + " times", "times"),
    ("saved by FlatBuffers with fixed structs, against ours", "≥ 0.77", "state",
     "flat-put.*a scalar" + NUMBER + " times", "times"),
    ("saved by protobuf-c, against ours", "", "state",
     "protobuf-put.*a scalar" + NUMBER + " times", "times"),
    ("saved by libcbor, against ours", "", "state",
     "cbor-put.*a scalar" + NUMBER + " times", "times"),
    ("loaded by libcbor, against ours", "", "state",
     "cbor-get.*a scalar" + NUMBER + " times", "times"),
    ("saved by msgpack-c, against ours", "", "state",
     "msgpack-put.*a scalar" + NUMBER + " times", "times"),
    ("loaded by msgpack-c, against ours", "", "state",
     "msgpack-get.*a scalar" + NUMBER + " times", "times"),
    ("saved as a GVariant, against ours", "", "state",
     "gvariant-put.*a scalar" + NUMBER + " times", "times"),
    ("loaded as a GVariant, against ours", "", "state",
     "gvariant-get.*a scalar" + NUMBER + " times", "times"),
    ("what hashing adds, against XXH64 alone", "≤ 1.1", "state",
     "save-hashing .*ns" + NUMBER + " times hash", "times"),
    ("the stream above its fields", "≤ 3", "state", "of fields:" + NUMBER, "%"),
    ("a scalar of a visit function, saved inline", "≤ 2.5", "state",
     "save-inline .*ns" + NUMBER + " ns a scalar", "ns"),
    ("a scalar of a visit function, loaded inline", "≤ 2.5", "state",
     "load-inline .*ns" + NUMBER + " ns a scalar", "ns"),
    ("a scalar of a visit function, saved by a call", "≤ 3.5", "state",
     "save-calls .*ns" + NUMBER + " ns a scalar", "ns"),
    ("a scalar of a visit function, loaded by a call", "≤ 3.5", "state",
     "load-calls .*ns" + NUMBER + " ns a scalar", "ns"),
    ("large buffers written, against write", "≤ 1.3", "state-io",
     "write plain.*ms:" + NUMBER + " times", "times"),
    ("large buffers read, against read", "≤ 1.3", "state-io",
     "read  plain.*ms:" + NUMBER + " times", "times"),
    ("memory beside a large buffer, writing", "≤ 8192", "state-memory-write",
     "write" + NUMBER + " KiB", "KiB"),
    ("memory beside a large buffer, reading", "≤ 8192", "state-memory-read",
     "read " + NUMBER + " KiB", "KiB"),
    ("a state as JSON, against by hand", "≤ 2", "state-json",
     "JSON out .*ns," + NUMBER + " of by hand", "times"),
    ("a state from JSON, against json-glib", "≥ 3", "state-json",
     "JSON in, json-glib .*ns," + NUMBER + " times ours", "times"),
    ("1 MiB saved, carried and loaded, against a plain copy", "≤ 2", "transfer",
     "carried, loaded .*us," + NUMBER + "x", "times"),
    ("start of a backend, more than an empty GLib program", "≤ 5", "backend",
     "more " + NUMBER + " ms", "ms"),
    ("a million hosts of 100 descriptors asked, in plain loops", "≤ 1.79", "fleet",
     "in plain loops" + NUMBER, "times"),
    ("the same of 10,000, in plain loops", "≤ 5.36", "fleet",
     "(?s)10000 distinct.*?in plain loops" + NUMBER, "times"),
    ("three devices selected for among a million hosts", "≤ 50", "fleet",
     "best 20 with reasons" + NUMBER, "ms"),
    ("hosts read as lines, against hash and compare", "≤ 2.17", "fleet",
     "as lines, in these" + NUMBER, "times"),
    ("memory of a host beside its name", "≤ 8", "fleet",
     "beside its name" + NUMBER, "bytes"),
    ("a million hosts asked from Python, against NumPy", "≥ 2", "fleet-python",
     "NumPy, deduplicated +[0-9.]+" + NUMBER + " times", "times"),
    ("a real q35's stream of QEMU, all states decoded", "≤ 6.7", "qemu-stream-real",
     "decoded:" + NUMBER, "ms"),
    ("heap for that, through a pipe", "≤ 4", "qemu-stream-real",
     "heap" + NUMBER, "bytes a byte of devices"),
    ("as of pseries, 4.9 MB, 3.4 MB decoded", "≤ 40", "qemu-stream",
     "pseries .*decoded:" + NUMBER, "ms"),
    ("heap for that, through a pipe", "≤ 4", "qemu-stream",
     "heap" + NUMBER, "bytes a byte of devices"),
    ("memory pages passed over", "≥ 5", "qemu-stream",
     "ms," + NUMBER + " GB/s", "GB/s"),
    ("two dumps of 0.8 and 1.0 MB read and compared", "≤ 12", "qemu-dump",
     "both" + NUMBER, "ms"),
    ("a diff with a few changes, against loading both", "≤ 2", "diff",
     "few changes .*us: " + NUMBER, "times"),
    ("a diff with many changes, against loading both", "≤ 2", "diff",
     "many changes .*us: " + NUMBER, "times"),
)

SECTIONS = (
    ("load", "Loading a document",
     "With versions, constraints and unknown members, from text to a validated, immutable\n"
     "descriptor; the other parsers only parse."),
    ("peers", "Loading, next to other languages",
     "The same document. ajv validates with `docs/schemas/migdesc-1.0.schema.json`, which cannot\n"
     "say all that is checked; the rules by hand are `tests/bench/plain_loader.py`."),
    ("ops", "Questions",
     "With fresh text in every turn; `wide` is the same with a range of 2^64 values."),
    ("python", "Questions from Python", "What a call costs from there, and from C."),
    ("list", "Parameter lists", "Read and freed, next to splitting by hand into a hash table."),
    ("process", "The command", "Started, answered and ended."),
    ("hostile", "Hostile documents", "The largest that are read, and as many items as are."),
    ("ops-hostile", "Hostile questions", "About the largest descriptors and lists."),
    ("state", "States",
     "A NIC of 833 scalars and a buffer, next to code by hand, a walk with pointers to functions\n"
     "and other libraries; without hashes, which nothing else here has. `copy-out` is one\n"
     "`memcpy` of the whole struct: on a machine where that takes long, the buffer hides the\n"
     "rest."),
    ("state-io", "Large buffers", "Through a file, next to `read` and `write`."),
    ("state-json", "States as JSON", "Next to a writer by hand, and json-glib."),
    ("transfer", "From process to process",
     "1 MiB of a device that stands still: saved, carried through a socket, loaded, checked and\n"
     "committed, next to a plain copy of as many bytes through the same socket."),
    ("backend", "Start of a backend", "Of 20 parameters, as a process."),
    ("fleet", "A million hosts", "Next to loops by hand over the same verdicts."),
    ("fleet-python", "A million hosts from Python", "Next to NumPy and dicts."),
    ("qemu-stream-real", "A real stream of QEMU",
     "A q35 that ran its firmware, saved by QEMU; taken apart, every state decoded."),
    ("qemu-stream", "Streams of QEMU, made to measure",
     "Of the size that those of real machines have."),
    ("qemu-dump", "Two dumps of QEMU", "Made to measure, of the size of QEMU's own."),
    ("diff", "Two descriptors", "Loading both, and the diff."),
)

GATES = """
## Instructions

Counted by callgrind, for one load, a hundred lists, one question; they don't drift with the
machine's load. `scripts/gates` runs these alone, and so does CI.
"""

INTRODUCTION = """# What was measured

Written by `scripts/benchmark`; one benchmark alone is `meson test -C build --benchmark -v NAME`.
Ratios count more than nanoseconds: what is compared comes from one run, medians of seven rounds
that take turns, in processor time. On a virtual machine that shares its processors, nanoseconds
can double from one minute to the next; what misses its aim is marked.
"""


def word(*command) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def machine() -> str:
    glib = word("pkg-config", "--modversion", "glib-2.0")
    release = platform.freedesktop_os_release()
    system = f"{release['NAME']} {release['VERSION_ID']}"
    return (f"{os.cpu_count()} {platform.machine()} processors, {system},"
            f" gcc {word('gcc', '-dumpfullversion')}, GLib {glib}")


def read_log(build: Path) -> dict:
    lines = (build / "meson-logs" / "benchmarks.json").read_text().splitlines()
    entries = [json.loads(line) for line in lines]
    return {entry["name"].split(" / ")[-1]: entry for entry in entries}


def find(entries: dict, benchmark: str, pattern: str) -> str | None:
    found = re.search(pattern, entries.get(benchmark, {}).get("stdout") or "")
    return found and found[1].strip()


def is_missed(aim: str, seen: str) -> bool:
    """Whether a figure is on the wrong side of its aim, if that is a number."""
    sign, _, number = aim.partition(" ")
    if sign not in ("≥", "≤", "<"):
        return False
    bound, value = float(number.replace(",", "")), float(seen)
    return value < bound if sign == "≥" else value > bound


def print_figures(entries: dict) -> bool:
    print("| figure | aim | seen | benchmark |\n|---|---|---|---|")
    good = True
    for what, aim, benchmark, pattern, unit in FIGURES:
        seen = find(entries, benchmark, pattern)
        good &= seen is not None
        missed = " **(missed)**" if seen is not None and is_missed(aim, seen) else ""
        print(f"| {what} | {aim} | {seen} {unit}{missed} | {benchmark} |")
    return good


def print_gates(entries: dict):
    print(GATES + "\n```")
    for name, entry in entries.items():
        if name.startswith("instructions-"):
            print((entry.get("stdout") or "").strip())
    print("```")


def main() -> int:
    entries = read_log(Path(sys.argv[1]))
    print(INTRODUCTION)
    print(f"{datetime.date.today()}, {machine()}.\n")
    good = print_figures(entries)
    for name, title, words in SECTIONS:
        print(f"\n## {title}\n\n{words}\n")
        print("```\n" + (entries.get(name, {}).get("stdout") or "").strip("\n") + "\n```")
    print_gates(entries)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
