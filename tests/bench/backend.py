#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""backend.py BACKEND EMPTY: what the start of a backend with 20 parameters costs beside that of an
empty GLib program; at most 5 ms."""

import sys

from process import measure

LIMIT = 5.0


def main() -> int:
    backend, empty = sys.argv[1:]
    options = ["--migration-version=3", "--m-size-4=128", "--param", "feature-4=on"]
    times = {"backend of 20 parameters": measure(backend, *options),
             "empty GLib program": measure(empty)}
    for name, milliseconds in times.items():
        print(f"{name:44} {milliseconds:6.2f} ms")
    more = times["backend of 20 parameters"] - times["empty GLib program"]
    print(f"{'more':44} {more:6.2f} ms, at most {LIMIT:.0f}")
    return int(more > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
