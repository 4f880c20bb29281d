# SPDX-License-Identifier: LGPL-2.1-or-later

"""Small devices of dumps, and what a next version of QEMU might have made of them."""

import copy

NAMES = "abcdefgh"
NEW_NAMES = "pqrstuvw"
SIZES = (1, 1, 2, 4, 4, 8)


def leaf(random, name=None, sizes=SIZES):
    return {"field": name or random.choice(NAMES), "version_id": random.choice((0, 0, 0, 1, 2, 3)),
            "field_exists": random.random() < 0.2, "size": random.choice(sizes)}


def field(random, depth, counts):
    kind = random.random()
    if kind < 0.15 and depth < 2:
        made = leaf(random, random.choice("STU"), (32,))
        made["Description"] = description(random, f"{made['field'].lower()}{depth}", depth + 1,
                                          counts)
        if counts:
            made["num"] = random.choice((1, 2, 3))
        return made
    if kind < 0.25:
        return leaf(random, "unused")
    if kind < 0.3:
        return leaf(random, sizes=(0,))
    made = leaf(random)
    if counts and random.random() < 0.2:
        made["num"] = random.choice((1, 2, 3))
    return made


def description(random, name, depth, counts):
    made = {"name": name, "version_id": random.choice((1, 2, 3)), "minimum_version_id": 1,
            "Fields": [field(random, depth, counts) for _ in range(random.randint(1, 4))]}
    if random.random() < 0.25:
        made["Subsections"] = [subsection(random, name, depth, counts)]
    return made


def subsection(random, name, depth, counts):
    made = description(random, f"{name}/{random.choice('xyz')}", max(depth, 2), counts)
    return made


def descriptions_of(device):
    yield device
    for one in device.get("Fields", []):
        if "Description" in one:
            yield from descriptions_of(one["Description"])
    for one in device.get("Subsections", []):
        yield from descriptions_of(one)


# Each changes one description in place.

def insert(random, target, counts):
    target["Fields"].insert(random.randint(0, len(target["Fields"])), field(random, 1, counts))


def remove(random, target, _counts):
    if len(target["Fields"]) > 1:
        target["Fields"].pop(random.randrange(len(target["Fields"])))


def rename(random, target, _counts):
    one = random.choice(target["Fields"])
    if "Description" not in one:
        one["field"] = random.choice(NEW_NAMES)


def resize(random, target, _counts):
    one = random.choice(target["Fields"])
    if "Description" not in one and one["size"] != 0:
        one["size"] = random.choice(SIZES)


def recount(random, target, counts):
    one = random.choice(target["Fields"])
    if counts and "num" in one and "Subsections" not in one.get("Description", {}):
        one["num"] = random.choice((1, 2, 3))


def swap(random, target, _counts):
    at = random.randrange(len(target["Fields"]))
    target["Fields"].append(target["Fields"].pop(at))


def toggle(random, target, _counts):
    one = random.choice(target["Fields"])
    one["field_exists"] = not one["field_exists"]


def gate(random, target, _counts):
    random.choice(target["Fields"])["version_id"] = random.choice((0, 1, 2, 3, 4))


def change_version(random, target, _counts):
    target["version_id"] = random.choice((1, 2, 3, 4))
    target["minimum_version_id"] = random.choice((1, 1, 1, 2, 3))


def pad(random, target, _counts):
    one = random.choice(target["Fields"])
    if "Description" not in one and one["size"] != 0:
        one["field"] = "unused"


def wrap(random, target, counts):
    """Some neighbours become a struct, which is the same on the wire."""
    first = random.randrange(len(target["Fields"]))
    last = random.randint(first + 1, len(target["Fields"]))
    inner = {"name": "wrapped", "version_id": target["version_id"], "minimum_version_id": 1,
             "Fields": target["Fields"][first:last]}
    target["Fields"][first:last] = [{"field": "wrap", "version_id": 0, "field_exists": False,
                                     "size": 64, "Description": inner}]


def unwrap(random, target, _counts):
    at = random.randrange(len(target["Fields"]))
    one = target["Fields"][at]
    if "Description" in one and one.get("num", 1) == 1:
        target["Fields"][at:at + 1] = one["Description"]["Fields"]


def add_subsection(random, target, counts):
    target.setdefault("Subsections", []).append(subsection(random, target["name"], 1, counts))


def remove_subsection(random, target, _counts):
    if target.get("Subsections"):
        target["Subsections"].pop()
        if not target["Subsections"]:
            del target["Subsections"]


CHANGES = (insert, insert, remove, remove, rename, resize, recount, swap, toggle, gate, pad, wrap,
           unwrap, add_subsection, remove_subsection, change_version)


def pair(random):
    """Two devices of one name, and whether their dumps tell counts."""
    counts = random.random() < 0.5
    source = description(random, "dev", 0, counts)
    destination = copy.deepcopy(source)
    for _ in range(random.choice((0, 1, 1, 2, 2, 3))):
        target = random.choice(list(descriptions_of(destination)))
        random.choice(CHANGES)(random, target, counts)
    if random.random() < 0.5:
        source, destination = destination, source
    return source, destination, counts


def fields_of(device):
    for one in descriptions_of(device):
        yield from one.get("Fields", [])


def has_sure_bytes(description):
    return any(not one["field_exists"] and one["version_id"] == 0
               and (has_sure_bytes(one["Description"]) if "Description" in one else one["size"])
               for one in description["Fields"])


def is_clear(device):
    """Whether a choice has a name of its own, so that both sides mean the same by it, and
    subsections of neighbours have bytes between them: QEMU's loader takes the second of two in a
    row for one inside of the first."""
    names = [one["field"] for one in fields_of(device)]
    names_of_descriptions = [one["name"] for one in descriptions_of(device)]
    if any(names_of_descriptions.count(one["name"]) > 1 for one in descriptions_of(device)
           if "Subsections" in one or "/" in one["name"]):
        return False
    for one in fields_of(device):
        if one["field_exists"] and one["field"] == "unused":
            return False
        if one["field_exists"] and "Description" in one and any(
                names.count(inner["field"]) > 1 for inner in fields_of(one["Description"])
                if inner["field"] != "unused"):
            return False
        if (one["field_exists"] or one["size"] == 0) and names.count(one["field"]) > 1:
            return False
        if (one.get("num", 1) > 1 and "Description" in one
                and any("Subsections" in inner for inner in descriptions_of(one["Description"]))
                and not has_sure_bytes(one["Description"])):
            return False
    return True


def sizes_are_of_one_kind(source, destination):
    """Where one side has a fixed size or count and the other a variable one, a dump does not tell
    more."""
    kinds = {}
    for one in [*fields_of(source), *fields_of(destination)]:
        kinds.setdefault(one["field"], set()).add((one["size"] == 0, "num" in one))
    return all(name == "unused" or len(kind) == 1 for name, kind in kinds.items())


def dump(device, counts):
    """A dump of that device alone, and one that tells counts if they are told."""
    sections = {"vmschkmachine": {"Name": "oracle"},
                "dev": {"Name": "dev", "version_id": device["version_id"],
                        "minimum_version_id": device["minimum_version_id"],
                        "Description": device}}
    if counts:
        sections["counts"] = {
            "Name": "counts", "version_id": 1, "minimum_version_id": 1,
            "Description": {"name": "counts", "version_id": 1, "minimum_version_id": 1,
                            "Fields": [{"field": "n", "version_id": 0, "field_exists": False,
                                        "size": 1, "num": 2}]}}
    return sections
