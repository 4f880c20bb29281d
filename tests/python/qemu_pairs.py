# SPDX-License-Identifier: LGPL-2.1-or-later

"""Small pairs of devices, written as what differs."""


def f(name, size=4, *, version=0, test=False, num=None, fields=None, subsections=(), inner="inner",
      inner_version=1, minimum=1):
    """A field; a struct if it has fields."""
    field = {"field": name, "version_id": version, "field_exists": test, "size": size}
    if num is not None:
        field["num"] = num
    if fields is not None:
        field["Description"] = description(inner, *fields, version=inner_version, minimum=minimum,
                                           subsections=subsections)
    return field


def description(name, *fields, version=1, minimum=1, subsections=()):
    made = {"name": name, "version_id": version, "minimum_version_id": minimum,
            "Fields": list(fields)}
    if subsections:
        made["Subsections"] = list(subsections)
    return made


def dev(*fields, version=1, minimum=1, subsections=(), name="dev"):
    """A dump with this device alone."""
    layout = description(name, *fields, version=version, minimum=minimum, subsections=subsections)
    return {"dev": {"Name": "dev", "version_id": version, "minimum_version_id": minimum,
                    "Description": layout}}


def sub(name, *fields, version=1, minimum=1, subsections=()):
    return description(name, *fields, version=version, minimum=minimum, subsections=subsections)


A, B, C = f("a"), f("b"), f("c", 2)

# What differs: the dumps, the verdict and the findings there, the verdict and the findings back.
PAIRS = {
    "the same": (dev(A, B), dev(A, B)),
    "a field is added": (dev(A, B), dev(A, B, C)),
    "a field is added in the middle": (dev(A, B), dev(A, C, B)),
    "a field is added with a test": (dev(A, B), dev(A, f("n", test=True), B)),
    "a field is added with a new version": (dev(A, B), dev(A, f("n", version=2), B, version=2)),
    "and the old version is not read": (dev(A, B),
                                        dev(A, f("n", version=2), B, version=2, minimum=2)),
    "a field is gated at the destination only": (dev(A, B, version=2),
                                                 dev(A, f("b", version=3), version=3)),
    "a field's version is lower": (dev(A, f("b", version=2), version=2),
                                   dev(A, f("b", version=1), version=2)),
    "a field's version is that of the section": (dev(A, f("b", version=1), version=2),
                                                 dev(A, f("b", version=2), version=2)),
    "a field newer than its description": (dev(A, f("b", version=3), version=2),
                                           dev(A, version=2)),
    "a version with a test does not count": (dev(A, f("b", version=3, test=True), version=2),
                                             dev(A, f("b", version=1, test=True), version=2)),
    "a field may be left out": (dev(A, B), dev(A, f("b", test=True))),
    "a field is larger": (dev(A, f("config", 256)), dev(A, f("config", 4096))),
    "a field that may be left out is larger": (dev(A, f("b", 4, test=True)),
                                               dev(A, f("b", 8, test=True))),
    "an array is longer": (dev(A, f("q", 4, num=4)), dev(A, f("q", 4, num=8))),
    "an array is of other elements": (dev(A, f("q", 4, num=4)), dev(A, f("q", 8, num=2))),
    "an array where there was one": (dev(A, f("q", 4), f("x", 1, num=2)),
                                     dev(A, f("q", 4, num=2), f("x", 1, num=2))),
    "only one side tells counts": (dev(A, f("q", 4, num=4)), dev(A, f("q", 4))),
    "an array became padding": (dev(A, f("q", 1, num=5), B, f("x", 1, num=2)),
                                dev(A, f("unused", 5), B, f("x", 1, num=2))),
    "what may be an array became padding": (dev(A, f("q", 1), B), dev(A, f("unused", 5), B)),
    "and padding that no number of elements fills": (dev(A, f("q", 2), B),
                                                     dev(A, f("unused", 5), B)),
    "an array of structs is longer": (dev(f("q", 64, num=4, fields=[A, B])),
                                      dev(f("q", 64, num=5, fields=[A, B]))),
    "an element of an array has more": (dev(f("q", 64, num=4, fields=[A, B])),
                                        dev(f("q", 80, num=4, fields=[A, B, C]))),
    "an array of structs has another name": (dev(f("q", 64, num=4, fields=[A, B])),
                                             dev(f("r", 64, num=4, fields=[A, B]))),
    "a field is renamed": (dev(A, f("old")), dev(A, f("new"))),
    "a field that may be left out is renamed": (dev(A, f("old", test=True)),
                                                dev(A, f("new", test=True))),
    "fields are swapped": (dev(A, B), dev(B, A)),
    "fields of one name are swapped": (dev(f("config", 256, test=True), f("config", 4096,
                                                                        test=True)),
                                       dev(f("config", 4096, test=True), f("config", 256,
                                                                         test=True))),
    "a field becomes padding": (dev(A, B, C), dev(A, f("unused", 4), C)),
    "two fields become padding": (dev(A, B, C), dev(A, f("unused", 6))),
    "padding is cut": (dev(A, f("unused", 8), C), dev(A, f("unused", 4), f("unused", 4), C)),
    "padding is shorter": (dev(A, f("unused", 8), C), dev(A, f("unused", 4), C)),
    "padding with counts": (dev(A, f("b", 4, num=2)), dev(A, f("unused", 1, num=8))),
    "a field is read half as padding": (dev(A, f("x", 8)), dev(A, f("y", 4), f("unused", 4))),
    "fields become a struct": (dev(A, B, C), dev(A, f("s", 8, fields=[B, C]))),
    "a struct goes deeper": (dev(A, f("s", 8, fields=[B, C])),
                             dev(f("t", 16, fields=[A, f("u", 8, fields=[B, C])]))),
    "a struct has another name": (dev(f("dev", 64, fields=[A, B])),
                                  dev(f("parent_obj", 80, fields=[A, B]))),
    "a struct's description has another name": (dev(f("s", 64, fields=[A], inner="old")),
                                                dev(f("s", 64, fields=[A], inner="new"))),
    "a struct is of another version": (dev(f("s", 64, fields=[A, B], inner_version=3, minimum=3)),
                                       dev(f("s", 64, fields=[A, B], inner_version=1))),
    "a struct has a field of its newer version": (
        dev(f("s", 64, fields=[A], inner_version=1)),
        dev(f("s", 64, fields=[A, f("b", version=2)], inner_version=2))),
    "a struct may be left out": (dev(A, f("s", 8, fields=[B, C])),
                                 dev(A, f("s", 8, fields=[B, C], test=True))),
    "a struct that may be left out is larger": (
        dev(A, f("s", 8, fields=[B], test=True)), dev(A, f("s", 8, fields=[B, C], test=True))),
    "a struct where there were bytes": (dev(f("s", 6)), dev(f("s", 6, fields=[B, C]))),
    "a struct without fields": (dev(A), dev(A, f("s", 64, fields=[]))),
    "a buffer of a size that another field says": (dev(A), dev(A, f("v", 0))),
    "a buffer gets a size": (dev(A, f("v", 0)), dev(A, f("v", 512))),
    "the version is newer": (dev(A, version=2), dev(A, version=1)),
    "the minimum is newer": (dev(A, version=1), dev(A, version=3, minimum=2)),
    "another name on the wire": (dev(A), dev(A, name="other")),
    "no such device": (dev(A), {}),
    "no layout": (dev(A), {"dev": {"Name": "dev", "version_id": 1, "minimum_version_id": 1}}),
    "a subsection is added": (dev(A), dev(A, subsections=[sub("dev/x", B)])),
    "a subsection is of a newer version": (dev(A, subsections=[sub("dev/x", B)]),
                                           dev(A, subsections=[sub("dev/x", B, version=2)])),
    "a subsection does not read the old version": (
        dev(A, subsections=[sub("dev/x", B)]),
        dev(A, subsections=[sub("dev/x", B, version=2, minimum=2)])),
    "a subsection has more": (dev(A, subsections=[sub("dev/x", B)]),
                              dev(A, subsections=[sub("dev/x", B, C)])),
    "a subsection has more in a new version": (
        dev(A, subsections=[sub("dev/x", B)]),
        dev(A, subsections=[sub("dev/x", B, f("n", version=2), version=2)])),
    "subsections in another order": (
        dev(A, subsections=[sub("dev/x", B), sub("dev/y", C)]),
        dev(A, subsections=[sub("dev/y", C), sub("dev/x", B)])),
    "a subsection of a subsection": (
        dev(A, subsections=[sub("dev/x", B, subsections=[sub("dev/x/y", C)])]),
        dev(A, subsections=[sub("dev/x", B)])),
    "a subsection of a struct": (dev(f("s", 8, fields=[A]), B),
                                 dev(f("s", 8, fields=[A], subsections=[sub("inner/x", C)]), B)),
    "a subsection whose struct has another name": (
        dev(f("s", 8, fields=[A], subsections=[sub("inner/x", C)]), B),
        dev(f("s", 8, fields=[A], subsections=[sub("inner/x", C)], inner="other"), B)),
    "a subsection whose struct is gone": (
        dev(f("s", 8, fields=[A], subsections=[sub("inner/x", C)]), B), dev(A, B)),
    "a field is dropped and another added": (dev(A, B, C), dev(A, f("d", 8), C)),
    "a field is renamed and larger": (dev(f("old", 4), A), dev(f("new", 8), A)),
}
