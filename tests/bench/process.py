#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""How long the command takes as a process, start to end; `check` has to stay below 15 ms."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(os.environ.get("MIGDESC_SRCDIR", Path(__file__).parents[2]))
BUILD = Path(os.environ.get("MIGDESC_BUILDDIR", ROOT / "build"))
MIGDESC = BUILD / "tools" / "migdesc"
NIC = ROOT / "examples" / "data" / "my-nic.json"
QEMU = ROOT / "examples" / "data" / "qemu-7.2" / "virtio-net-pci.json"
LIMIT = 15.0
ROUNDS = 7
RUNS = 30


def measure(*command) -> float:
    """Milliseconds a run: the median of rounds, each the median of its runs."""
    rounds = []
    for _ in range(ROUNDS):
        runs = []
        for _ in range(RUNS):
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            runs.append((time.perf_counter() - start) * 1e3)
        rounds.append(statistics.median(runs))
    return statistics.median(rounds)


def main() -> int:
    listed = subprocess.run([MIGDESC, "list", "--version", "latest", QEMU], capture_output=True,
                            text=True, check=True).stdout.strip()
    cases = {
        "check, one destination": ("check", "num-queues=8,new-feature=on", NIC),
        "check, 31 versions, source, 3 destinations": ("check", "--source", QEMU, listed, QEMU,
                                                       QEMU, QEMU),
        "check --json": ("check", "--json", "num-queues=8,new-feature=on", NIC),
        "--version": ("--version",),
    }
    times = {name: measure(MIGDESC, *arguments) for name, arguments in cases.items()}
    times["/bin/true"] = measure("/bin/true")
    for name, milliseconds in times.items():
        print(f"{name:44} {milliseconds:6.2f} ms")
    return int(any(times[name] >= LIMIT for name in cases))


if __name__ == "__main__":
    sys.exit(main())
