#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Includes point down the layers only; tools and examples see the public API only.

A public header belongs to the lowest layer that defines one of its functions.
"""

from pathlib import Path

import lintlib
import symbols

BELOW = {
    "base": (),
    "value": ("base",),
    "model": ("base", "value"),
    "codec": ("base", "value", "model"),
    "state": ("base", "value", "model"),
    "ops": ("base", "value", "model", "state"),
    "fleet": ("base", "value", "model", "codec", "state", "ops"),
    "qemu": ("base", "value", "model", "state"),
    "host": ("base", "value", "model", "codec", "state", "ops", "fleet", "qemu"),
}
ORDER = list(BELOW)


def layer_of(root: Path, path: Path) -> str | None:
    parts = path.relative_to(root).parts
    return parts[1] if parts[0] == "libmigdesc" and len(parts) > 2 else None


def public_layers(root: Path) -> dict[Path, str]:
    """The layer of each public header that has functions."""
    defined = {name: layer_of(root, path)
               for name, path in symbols.definitions(root).items() if layer_of(root, path)}
    layers = {}
    for header in symbols.public_headers(root):
        found = [defined[name] for name in symbols.declared(header) if name in defined]
        if found:
            layers[header] = min(found, key=ORDER.index)
    return layers


def check_library(root: Path):
    public = public_layers(root)
    for path in lintlib.files(root, ".c", ".h", folders=("libmigdesc",)):
        layer = layer_of(root, path)
        name = str(path.relative_to(root))
        if layer not in BELOW:
            yield lintlib.Problem(name, 1, f"not in a layer ({', '.join(ORDER)})")
            continue
        for include in lintlib.includes(path):
            target = lintlib.resolve(root, path, include)
            if not target:
                continue
            other = public.get(target) or layer_of(root, target)
            if other and other != layer and other not in BELOW[layer]:
                yield lintlib.Problem(name, include.line,
                                      f"{layer} may not include {other}: {include.name}")


def check_users(root: Path):
    for path in lintlib.files(root, ".c", ".h", folders=("tools", "examples", "testkit")):
        name = str(path.relative_to(root))
        for include in lintlib.includes(path):
            target = lintlib.resolve(root, path, include)
            if not target or target.parent == path.parent:
                continue
            if target != root / "include" / "migdesc" / "migdesc.h":
                yield lintlib.Problem(name, include.line,
                                      f"only <migdesc/migdesc.h> is public: {include.name}")


def check(root: Path):
    yield from check_library(root)
    yield from check_users(root)


if __name__ == "__main__":
    lintlib.main(check, "Checks that includes point down the layers.")
