# SPDX-License-Identifier: LGPL-2.1-or-later

"""Migrations with random faults: none doubled, none lost; and managers that are wrong are found.

MIGDESC_FAULTS sets how many migrations.
"""

import os
import random

import pytest

import faults

MIGRATIONS = int(os.environ.get("MIGDESC_FAULTS", "60"))

# Begins the device a little before the decision is on the disk.
START_BEFORE_COMMITTED = """
import sys, time
sys.path[:0] = {path!r}
from manager import cli, vm
real = vm.Vm.append
def append(self, kind, **members):
    if kind == "committed":
        self.call("start", self.ledger.migration.destination)
        time.sleep(0.05)
    real(self, kind, **members)
vm.Vm.append = append
sys.exit(cli.main())
"""


def test_random_faults():
    """Run `tests/interop/faults.py N SEED` to see one again."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    ends, moves, frames = faults.run(MIGRATIONS, seed)

    assert sum(ends.values()) == MIGRATIONS
    assert moves > MIGRATIONS / 20
    assert frames > MIGRATIONS
    assert {end for _, end in ends} >= {"moved", "killed"}


def test_start_before_committed_is_caught():
    with pytest.raises(faults.Doubled, match="two devices ran: DOUBLED [0-9]+"):
        faults.run(100, 1, faults.program(START_BEFORE_COMMITTED), ("manager",))
