# SPDX-License-Identifier: LGPL-2.1-or-later
"""A manager that moves devices between the hosts of a fleet; see README.md."""

from .failure import Failure, Unfinished
from .fleet import Fleet
from .migrate import migrate
from .recover import recover
from .run import run, switch_off, switch_on
from .selection import ask, choose
from .site import Timing

__all__ = ["Failure", "Fleet", "Timing", "Unfinished", "ask", "choose", "migrate", "recover", "run",
           "switch_off", "switch_on"]
