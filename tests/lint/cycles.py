#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""No cycle of includes.

A unit is what belongs together by name, `check.c`, `check.h` and
`check-private.h` of a folder, so that a header which looks innocent cannot hide
that two implementations need each other. A public header is a unit of its own.
"""

from pathlib import Path

import lintlib


def unit(root: Path, path: Path) -> str:
    relative = path.relative_to(root)
    if relative.parts[0] == "include":
        return str(relative)
    return str(relative.parent / path.stem.removesuffix("-private"))


def graph(root: Path) -> dict[str, dict[str, lintlib.Problem]]:
    """For each unit, the units it includes and where."""
    edges: dict[str, dict[str, lintlib.Problem]] = {}
    for path in lintlib.files(root, ".c", ".h", ".in",
                              folders=("include", "libmigdesc", "testkit")):
        source = unit(root, path)
        for include in lintlib.includes(path):
            target_path = lintlib.resolve(root, path, include)
            target = target_path and unit(root, target_path)
            if target and target != source:
                place = lintlib.Problem(str(path.relative_to(root)), include.line, "")
                edges.setdefault(source, {}).setdefault(target, place)
    return edges


def find_cycle(edges, start, path, done):
    """The first cycle that a depth-first walk from `start` meets, as a list of units."""
    if start in done:
        return None
    if start in path:
        return path[path.index(start):]
    for target in sorted(edges.get(start, {})):
        cycle = find_cycle(edges, target, path + [start], done)
        if cycle:
            return cycle
    done.add(start)
    return None


def check(root: Path):
    edges = graph(root)
    done: set[str] = set()
    for start in sorted(edges):
        cycle = find_cycle(edges, start, [], done)
        if cycle:
            last = edges[cycle[-1]][cycle[0]]
            yield last._replace(text="include cycle: " + " > ".join(cycle + cycle[:1]))
            done.update(cycle)


if __name__ == "__main__":
    lintlib.main(check, "Finds cycles of includes.")
