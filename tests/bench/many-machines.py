#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a part of a fleet costs on this machine: the figures of docs/fleet-many-machines.md.

    scripts/env tests/bench/many-machines.py [HOSTS] [SHAPES] [PARTS]

Reads a fleet of so many hosts, asks for a device, and puts together the answers of parts."""

import json
import pickle
import sys
import time

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc  # noqa: E402
from migdesc import hosts  # noqa: E402

MODEL = "vendor-a.com/my-nic"


def descriptor(number):
    params = {f"p{i}": {"type": "int", "allowed_values": [f"0-{10 + (number + i) % 90}"],
                        "init_value": 1, "off_value": 0,
                        "description": "what a text of two kilobytes is filled with, " * 3}
              for i in range(7)}
    params["p0"]["allowed_values"] = [f"0-{number + 1}"]
    return {"models": {MODEL: {"params": params}}}


def lines_of(count, shapes):
    texts = [json.dumps({"labels": {"zone": str(number % 4)}, "slots": [
        {"name": "nic", "count": 4, "descriptor": descriptor(number)}]})[1:]
        for number in range(shapes)]
    return "\n".join(f'{{"host": "host-{number:08}", {texts[number % shapes]}'
                     for number in range(count)).encode() + b"\n"


def timed(what, work, repeat=1):
    best = None
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        spent = time.perf_counter() - start
        best = spent if best is None else min(best, spent)
    print(f"{what:34} {best * 1000:10.2f} ms")
    return result


def main():
    count, shapes, parts = (int(word) for word in (sys.argv[1:] + ["200000", "1000", "8"][
        len(sys.argv) - 1:])[:3])
    lines = lines_of(count, shapes)
    print(f"{count} hosts of {shapes} shapes, {len(lines) // count} bytes each")
    data = GLib.Bytes.new(lines)
    fleet = Migdesc.Fleet()
    timed("read", lambda: fleet.add_lines(data))
    fleet.trim()
    print(f"{'memory a host':34} {sum(fleet.memory[:2]) / count:10.1f} bytes")
    question = hosts.Question(f"{MODEL}?p0={shapes // 2},p1=3")
    part = timed("ask a part, in Python", lambda: hosts.ask_part(fleet, question), 5)
    print(f"{'the question, sent':34} {len(pickle.dumps(question)):10} bytes")
    print(f"{'its answer, sent':34} {len(pickle.dumps(part)):10} bytes")
    timed(f"put {parts} answers together", lambda: hosts.merge([part] * parts, question), 5)


if __name__ == "__main__":
    main()
