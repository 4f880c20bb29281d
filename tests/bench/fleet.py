#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A fleet of a million hosts asked from Python in one call, next to what somebody writes by hand:
NumPy over hosts, NumPy over deduplicated descriptors, dicts.

    fleet.py BENCH-FLEET

Fails where the call is not twice as fast as NumPy."""

import json
import statistics
import subprocess
import sys
import time

import gi
import numpy

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

HOSTS, ROUNDS = 1_000_000, 5
LIST = ("vendor-a.com/my-nic?num-queues=8,ring-size=256,rss=on,mode=safe,mtu=1500,offload-tx=on,"
        "checksum=on,filter-size=16")
WANTED = {"num-queues": 8, "ring-size": 256, "mtu": 1500, "filter-size": 16}
MODES = ("fast", "safe", "slow")


def params_of(line):
    descriptor = json.loads(line)["slots"][0]["descriptor"]
    return descriptor["models"]["vendor-a.com/my-nic"]["params"]


def limits_of(params):
    """What rules by hand need of the eight params."""
    ends = {name: [int(end) for end in params[name]["allowed_values"][0].split("-")]
            for name in WANTED}
    return {**ends, "safe": "safe" in params["mode"]["allowed_values"]}


def timed(function):
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        answer = function()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds) * 1e9 / HOSTS, answer


def by_numpy(columns):
    good = columns["safe"].copy()
    for name, value in WANTED.items():
        good &= (columns[name][:, 0] <= value) & (value <= columns[name][:, 1])
    return numpy.where(good, 0, 1).astype(numpy.uint8)


def by_dicts(hosts, descriptors):
    verdicts = bytearray(len(hosts))
    for number, descriptor in enumerate(hosts):
        limits = descriptors[descriptor]
        good = limits["safe"] and all(
            limits[name][0] <= value <= limits[name][1] for name, value in WANTED.items())
        verdicts[number] = not good
    return verdicts


def compare(program, distinct):
    lines = subprocess.run([program, "lines", str(HOSTS // 10), str(distinct)],
                           capture_output=True, check=True).stdout
    fleet = Migdesc.Fleet()
    for tenth in range(10):
        fleet.add_lines(lines.replace(b'"host-', b'"host-%d-' % tenth))
    rows = [limits_of(params_of(line)) for line in lines.split(b"\n")[:distinct]]
    first = list(fleet.shapes[:distinct])
    numbers = numpy.frombuffer(fleet.shapes, dtype=numpy.uint32)
    by_shape = [rows[first.index(shape)] for shape in range(distinct)]
    table = {name: numpy.array([row[name] for row in by_shape]) for name in by_shape[0]}

    def by_library():
        return numpy.frombuffer(fleet.check(LIST).verdicts, dtype=numpy.uint8)

    ours, answer = timed(by_library)
    deduplicated, other = timed(lambda: by_numpy(table)[numbers])
    assert (answer == other).all()
    hosts = numbers[:HOSTS // 10].tolist()
    start = time.process_time()
    assert by_dicts(hosts, by_shape) == answer[:HOSTS // 10].tobytes()
    dicts = (time.process_time() - start) * 1e9 / len(hosts)
    print(f"{HOSTS:,} hosts, {distinct} distinct descriptors, nanoseconds a host")
    print(f"  the library, one call      {ours:9.3f}")
    print(f"  NumPy, deduplicated        {deduplicated:9.3f}  {deduplicated / ours:.1f} times")
    print(f"  dicts                      {dicts:9.1f}  {dicts / ours:.0f} times")
    return deduplicated / ours >= 2


def main():
    good = compare(sys.argv[1], 100)
    compare(sys.argv[1], 10000)
    sys.exit(not good)


if __name__ == "__main__":
    main()
