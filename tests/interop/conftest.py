# SPDX-License-Identifier: LGPL-2.1-or-later
"""What tests of real programs share."""

import pytest


@pytest.fixture(scope="session")
def captures():
    """Streams of the real QEMU by the name of the machine, see qemu_machines.py."""
    from qemu_capture import Captures

    taken = Captures()
    yield taken
    taken.close()
