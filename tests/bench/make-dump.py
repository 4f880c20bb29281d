#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""make-dump.py SECTIONS GENERATION: a dump of the size and shape of a QEMU's, the newer the higher
the generation. 208 sections are 0.8 MB, as in QEMU 5.2, 242 are 1 MB, as in 11.1."""

import json
import random
import sys

SIZES = (1, 1, 2, 4, 4, 4, 4, 8, 8, 16, 256)


def field(dice, name, version):
    since = dice.choice((0, 0, 0, 0, 1, version))
    return {"field": name, "version_id": since,
            "field_exists": dice.random() < 0.05, "size": dice.choice(SIZES)}


def fields(dice, n, version):
    stems = ("reg", "irq", "ctrl", "status", "rx_", "tx_")
    return [field(dice, f"{dice.choice(stems)}{i}", version) for i in range(n)]


def pci_device():
    return {"field": "parent_obj", "version_id": 0, "field_exists": False, "size": 2608,
            "Description": {
                "name": "PCIDevice", "version_id": 2, "minimum_version_id": 1, "Fields": [
                    {"field": "version_id", "version_id": 0, "field_exists": False, "size": 4},
                    {"field": "config", "version_id": 0, "field_exists": True, "size": 256},
                    {"field": "config", "version_id": 0, "field_exists": True, "size": 4096},
                    {"field": "irq_state", "version_id": 2, "field_exists": False, "size": 16}]}}


def section(position, generation):
    dice = random.Random(position)
    version = dice.choice((1, 1, 2, 3))
    name = f"device-{position}"
    listed = ([pci_device()] if dice.random() < 0.4 else []) + fields(dice, dice.randint(3, 20),
                                                                      version)
    if dice.random() < 0.3:
        listed.append({"field": "queues", "version_id": 0, "field_exists": False, "size": 64,
                       "Description": {"name": f"{name}-queue", "version_id": 1,
                                       "minimum_version_id": 1, "Fields": fields(dice, 6, 1)}})
    layout = {"name": name, "version_id": version, "minimum_version_id": 1, "Fields": listed}
    if dice.random() < 0.3:
        layout["Subsections"] = [{"name": f"{name}/extra", "version_id": 1,
                                  "minimum_version_id": 1, "Fields": fields(dice, 3, 1)}]
    if generation and position % 5 == 0:  # what a newer QEMU has changed
        listed.insert(len(listed) // 2, {"field": "new", "version_id": 0, "field_exists": True,
                                         "size": 4})
        listed[0] = {**listed[0], "field": "renamed"}
    return name, {"Name": name, "version_id": version, "minimum_version_id": 1,
                  "Description": layout}


def main():
    sections, generation = int(sys.argv[1]), int(sys.argv[2])
    dump = {"vmschkmachine": {"Name": "bench"},
            **dict(section(position, generation) for position in range(sections))}
    json.dump(dump, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
