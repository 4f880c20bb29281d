#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""qemu_agreement.py [ROUNDS [SEED]]: the library's verdicts on generated pairs of devices, against
loads that are tried out."""

import collections
import json
import os
import random
import sys

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

import qemu_dumps  # noqa: E402
import qemu_generate  # noqa: E402

CHOICES_MAX = 9
SEEN_MIN = {"ok": 0.05, "unknown": 0.02, "breaks-when": 0.1, "breaks-always": 0.1}


def library_verdict(source, destination, counts):
    dumps = [Migdesc.QemuDump.from_dict(qemu_generate.dump(device, counts))
             for device in (source, destination)]
    comparison = dumps[0].compare(dumps[1])
    return comparison.verdict_of("dev"), str(comparison)


def is_fit_to_ask(source, destination):
    keys = {*qemu_dumps.choices_of(source, "source"),
            *qemu_dumps.choices_of(destination, "destination")}
    return (len(keys) <= CHOICES_MAX and qemu_generate.is_clear(source)
            and qemu_generate.is_clear(destination)
            and qemu_generate.sizes_are_of_one_kind(source, destination))


def main():
    rounds = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("MIGDESC_QEMU_ROUNDS", 8000))
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    generator = random.Random(seed)
    seen = collections.Counter()
    wrong = 0
    while sum(seen.values()) < rounds:
        source, destination, counts = qemu_generate.pair(generator)
        if not is_fit_to_ask(source, destination):
            continue
        expected = ((qemu_dumps.judge(source, destination)[0],) if counts
                    else qemu_dumps.judge_countless(source, destination))
        answer, text = library_verdict(source, destination, counts)
        seen[expected[-1]] += 1
        if answer not in expected:
            wrong += 1
            print(f"seed {seed}: the library says {answer}, a load {' to '.join(expected)}", text,
                  json.dumps(source), json.dumps(destination), sep="\n", flush=True)
            if wrong > 5:
                break
    print(dict(seen), f"{wrong} wrong")
    rare = [verdict for verdict, share in SEEN_MIN.items() if seen[verdict] < share * rounds]
    if rare and not wrong:
        print("too few pairs of", *rare)
    sys.exit(1 if wrong or rare else 0)


if __name__ == "__main__":
    main()
