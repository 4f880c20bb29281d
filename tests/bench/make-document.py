#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Prints a native document of about the size asked for, shaped like real ones.

Models with some tens of params with descriptions, thirty versions each that set
most of what they know, some constraints, and a few members that nobody knows.
The same size gives the same document.
"""

import json
import random
import sys

WORDS = ("queue", "offload", "checksum", "segment", "ring", "vector", "buffer", "link", "guest",
         "notify", "rx", "tx",
         "filter", "steering", "timer", "indirect", "packed", "event", "index", "mergeable",
         "discard", "zeroes")


def words(rng: random.Random, n: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(n))


def param(rng: random.Random, number: int) -> tuple[str, dict]:
    name = f"{rng.choice(WORDS)}-{rng.choice(WORDS)}-{number}"
    kind = rng.random()
    if kind < 0.6:
        member = {"type": "bool", "init_value": True, "off_value": False}
    elif kind < 0.85:
        high = 1 << rng.randrange(2, 12)
        member = {"type": "int", "allowed_values": [f"1-{high}", high * 2],
                  "init_value": rng.randint(1, high),
                  "off_value": 1}
    else:
        values = [f"{rng.choice(WORDS)}{i}" for i in range(4)]
        member = {"type": "str", "allowed_values": values, "init_value": values[-1],
                  "off_value": values[0]}
    member["description"] = words(rng, rng.randint(6, 14)).capitalize() + "."
    if rng.random() < 0.2:
        member["unit"] = rng.choice(WORDS) + "s"
    return name, member


def settings(rng: random.Random, params: dict, share: float) -> dict:
    chosen = {}
    for name, member in params.items():
        if rng.random() >= share:
            continue
        if member["type"] == "bool":
            chosen[name] = rng.random() < 0.8
        elif member["type"] == "int":
            chosen[name] = rng.choice((member["init_value"], 1))
        else:
            chosen[name] = rng.choice(member["allowed_values"])
    return chosen


def constraint(rng: random.Random, params: dict) -> dict:
    ints = [name for name, member in params.items() if member["type"] == "int"]
    bools = [name for name, member in params.items() if member["type"] == "bool"]
    name = rng.choice(ints)
    everything = params[name]["allowed_values"]
    return {"if": {rng.choice(bools): [True]}, "then": {name: everything},
            "description": words(rng, 8)}


def model(rng: random.Random) -> dict:
    params = dict(param(rng, number) for number in range(40))
    versions = []
    for number in range(30):
        version = {"name": f"pc-{4 + number // 4}.{number % 4}",
                   "params": settings(rng, params, 0.15 + number / 60)}
        if number % 5 == 4:
            version["support"] = "bidirectional"
            version["tested"] = [{"from": versions[-1]["name"], "to": version["name"]}]
        versions.append(version)
    return {"description": words(rng, 12), "params": params, "versions": versions,
            "constraints": [constraint(rng, params) for _ in range(6)], "support": "forward",
            "x-vendor-note": {"ticket": rng.randrange(100000),
                              "tags": [rng.choice(WORDS), None, 1.5]}}


def document(size: int) -> str:
    rng = random.Random(1)
    models = {}
    text = ""
    while len(text) < size:
        models[f"vendor-{len(models)}.com/{rng.choice(WORDS)}-nic"] = model(rng)
        text = json.dumps({"migdesc": "1.0", "models": models}, separators=(", ", ": "))
    return text


if __name__ == "__main__":
    print(document(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
