# SPDX-License-Identifier: LGPL-2.1-or-later

"""What QEMU would do with two devices of a dump, tried out choice by choice.

A dump's description is saved the way QEMU's loop saves one, as a list of labelled bytes, and
loaded the way QEMU's loop loads one; whether a field that has a test is there, a subsection is
needed, or a buffer of variable size is empty are choices, and all of them are tried. A load is
fine if each field gets its own bytes, unsure if it takes bytes of a field that the destination has
never heard of for one that the source has never heard of, and has failed otherwise.
"""

import copy
import itertools

OK, UNSURE, FAIL = range(3)
VARIABLE_SIZES = (0, 99)  # none that happens to be what others take


class Failed(Exception):
    pass


def versions_fit(source, destination):
    return (destination["minimum_version_id"] <= source["version_id"]
            <= destination["version_id"])


def is_array(field):
    return "Description" in field and field.get("num", 1) > 1


def names_of(description):
    """The names of the fields without parts, as far as structs are only a way of writing."""
    names = set()
    for field in description.get("Fields", []):
        if is_array(field) or "Description" not in field:
            names.add(field["field"])
        else:
            names |= names_of(field["Description"])
    return names


def choices_of(description, side):
    """The keys of all that may turn out one way or another."""
    for field in description.get("Fields", []):
        if field["field_exists"]:
            yield ("exists", field["field"])
        if "Description" in field:
            yield from choices_of(field["Description"], side)
        elif field["size"] == 0:
            yield ("size", field["field"])
    for subsection in description.get("Subsections", []):
        if side == "source":
            yield ("needed", subsection["name"])
        yield from choices_of(subsection, side)


class Side:
    """One QEMU with its choices."""

    def __init__(self, choices):
        self.choices = choices

    def has(self, field, version):
        if field["field_exists"]:
            return self.choices["exists", field["field"]]
        return field["version_id"] <= version

    def bytes_of(self, field):
        if field["size"] == 0:
            return VARIABLE_SIZES[self.choices["size", field["field"]]]
        return field["size"] * field.get("num", 1)


class Label:
    """A byte: whose it is."""

    def __init__(self, field, position, names, arrays):
        self.field, self.position, self.names, self.arrays = field, position, names, arrays
        self.name = field["field"]

    def seen_from_outside(self):
        """As a byte of the array that it is in, which is all that others see of it."""
        label = Label(self.field, self.position, self.arrays[0][1], ())
        label.name = self.arrays[0][0]
        return label

    def shape(self):
        return self.field["size"], self.field.get("num")


class Saver(Side):
    def __init__(self, choices):
        super().__init__(choices)
        self.stream = []

    def save(self, description, names=None, arrays=()):
        names = names if names is not None else names_of(description)
        for field in description.get("Fields", []):
            if self.has(field, description["version_id"]):
                self.save_field(field, names, arrays)
        for subsection in description.get("Subsections", []):
            if self.choices["needed", subsection["name"]]:
                self.stream.append(subsection)
                self.save(subsection)

    def save_field(self, field, names, arrays):
        if "Description" not in field:
            self.stream += [Label(field, i, names, arrays) for i in range(self.bytes_of(field))]
        elif is_array(field):
            for _ in range(field["num"]):
                self.save(field["Description"], None, (*arrays, (field["field"], names)))
        elif field.get("num", 1) == 1:
            self.save(field["Description"], names, arrays)


class Loader(Side):
    def __init__(self, choices, stream):
        super().__init__(choices)
        self.stream = list(reversed(stream))
        self.worst = OK

    def load(self, description, version, names=None, arrays=()):
        names = names if names is not None else names_of(description)
        for field in description.get("Fields", []):
            if self.has(field, version):
                self.load_field(field, names, arrays)
        self.load_subsections(description)

    def load_subsections(self, description):
        while self.stream and not isinstance(self.stream[-1], Label):
            found = self.stream[-1]
            if not found["name"].startswith(description["name"]):
                return
            self.stream.pop()
            for mine in description.get("Subsections", []):
                if mine["name"] == found["name"]:
                    break
            else:
                raise Failed
            if not versions_fit(found, mine):
                raise Failed
            self.load(mine, found["version_id"])

    def load_field(self, field, names, arrays):
        if "Description" not in field:
            for i in range(self.bytes_of(field)):
                self.load_byte(Label(field, i, names, arrays))
        elif is_array(field):
            for _ in range(field["num"]):
                inner = field["Description"]
                self.load(inner, inner["version_id"], None, (*arrays, (field["field"], names)))
        elif field.get("num", 1) == 1:
            self.load(field["Description"], field["Description"]["version_id"], names, arrays)

    def load_byte(self, wanted):
        if not self.stream or not isinstance(self.stream[-1], Label):
            raise Failed
        outcome = compare(self.stream.pop(), wanted)
        if outcome == FAIL:
            raise Failed
        self.worst = max(self.worst, outcome)


def compare(sent, wanted):
    if len(sent.arrays) != len(wanted.arrays):
        sent, wanted = (label.seen_from_outside() if label.arrays else label
                        for label in (sent, wanted))
    sent_unused, wanted_unused = sent.name == "unused", wanted.name == "unused"
    sent_known = sent.name in wanted.names
    wanted_known = wanted.name in sent.names
    if sent_unused and wanted_unused:
        return OK
    if wanted_unused:
        return FAIL if sent_known else OK
    if sent_unused:
        return FAIL if wanted_known else UNSURE
    if sent.name == wanted.name and sent.position == wanted.position:
        return OK if sent.shape() == wanted.shape() else UNSURE
    return FAIL if sent_known or wanted_known else UNSURE


def load(source, destination, choices):
    saver = Saver(choices)
    saver.save(source)
    loader = Loader(choices, saver.stream)
    try:
        loader.load(destination, source["version_id"])
    except Failed:
        return FAIL
    return FAIL if loader.stream else loader.worst


def judge(source, destination):
    """The verdict on two descriptions of one device, and of how many choices it is."""
    if not versions_fit(source, destination) or source["name"] != destination["name"]:
        return "breaks-always", 1
    keys = sorted({*choices_of(source, "source"), *choices_of(destination, "destination")})
    seen = {load(source, destination, dict(zip(keys, values)))
            for values in itertools.product((0, 1), repeat=len(keys))}
    if seen == {FAIL}:
        return "breaks-always", 2 ** len(keys)
    if FAIL in seen:
        return "breaks-when", 2 ** len(keys)
    return ("unknown" if UNSURE in seen else "ok"), 2 ** len(keys)


VERDICTS = ("ok", "unknown", "breaks-when", "breaks-always")
ELEMENTS_MAX = 8
ALONE_MAX = 2


def leaves_of(description):
    """The fields without parts, those of subsections too."""
    for field in description.get("Fields", []):
        if "Description" in field:
            yield from leaves_of(field["Description"])
        else:
            yield field
    for subsection in description.get("Subsections", []):
        yield from leaves_of(subsection)


def leaves_alone(device, other):
    """What may be arrays, where dumps do not tell, for all that the other side knows."""
    known = {leaf["field"] for leaf in leaves_of(other)}
    return [leaf for leaf in leaves_of(device)
            if leaf["field"] != "unused" and leaf["size"] and leaf["field"] not in known]


def judge_countless(source, destination):
    """The verdicts from the mildest, if what only one side has is of the best number of elements,
    to what comes of one element each. Dumps that tell no counts leave it open."""
    worst, _n = judge(source, destination)
    pair = copy.deepcopy((source, destination))
    alone = [*leaves_alone(*pair), *leaves_alone(*reversed(pair))]
    best = worst
    if len(alone) > ALONE_MAX:  # too many to try
        best = "ok"
    elif any(leaf["field"] == "unused" for device in pair for leaf in leaves_of(device)):
        for counts in itertools.product(range(1, ELEMENTS_MAX + 1), repeat=len(alone)):
            if best in VERDICTS[:2]:
                break
            for leaf, count in zip(alone, counts):
                leaf["num"] = count
            best = min(best, max(judge(*pair)[0], "unknown", key=VERDICTS.index),
                       key=VERDICTS.index)
    return VERDICTS[VERDICTS.index(best):VERDICTS.index(worst) + 1]
