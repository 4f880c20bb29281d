# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a user is told when something does not work."""


class Failure(Exception):
    """What was asked for did not happen, and nothing else changed."""


class Unfinished(Failure):
    """It is not known, or not yet so, that a device runs; `manager recover` brings that about."""


def printable(text, limit=300):
    """What others say goes to a terminal without their control characters, on one line."""
    line = "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in str(text))
    line = " ".join(line.split())
    return line if len(line) <= limit else line[:limit - 1] + "…"
