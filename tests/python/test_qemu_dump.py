# SPDX-License-Identifier: LGPL-2.1-or-later

"""QEMU's dumps as Python has them, and those of the real QEMU."""

import json
import pickle
import re
import subprocess

import pytest
from gi.repository import Migdesc

from qemu_pairs import A, B, C, dev, f, sub


@pytest.fixture(scope="module")
def real_text(tmp_path_factory):
    path = tmp_path_factory.mktemp("dump") / "dump.json"
    subprocess.run(["qemu-system-x86_64", "-M", "pc", "-display", "none", "-dump-vmstate", path],
                   check=True)
    return path.read_text()


def read(dump):
    return Migdesc.QemuDump.from_dict(dump)


def test_real_dump_is_written_as_read(real_text):
    dump = Migdesc.QemuDump(real_text)

    assert json.loads(dump.to_json()) == json.loads(real_text)
    assert dump.to_json(pretty=True) == re.sub(r"\[\s+\]", "[]", real_text.rstrip("\n"))
    assert dump == pickle.loads(pickle.dumps(dump))
    assert len(dump) > 200 and "e1000" in dump and dump["e1000"].name == "e1000"


def test_real_dump_reads_its_own(real_text):
    dump = Migdesc.QemuDump(real_text)

    assert dump.compare(dump)
    assert list(dump.compare(Migdesc.QemuDump(real_text))) == []


def test_the_machine_type_does_not_matter(real_text, tmp_path):
    path = tmp_path / "dump.json"
    subprocess.run(["qemu-system-x86_64", "-M", "pc-q35-4.0", "-display", "none", "-dump-vmstate",
                    path], check=True)
    other = Migdesc.QemuDump(path.read_text())

    assert other.machine != Migdesc.QemuDump(real_text).machine
    assert list(other.compare(Migdesc.QemuDump(real_text))) == []


def fields_of(description):
    """Every list of fields below, with its description."""
    if description is not None:
        yield description
        for field in description.get("Fields", []):
            yield from fields_of(field.get("Description"))
        for subsection in description.get("Subsections", []):
            yield from fields_of(subsection)


def test_every_field_of_the_real_dump_is_looked_at(real_text):
    """One more byte anywhere is found, in each device that has the field and in no other. The dumps
    of 7.2 do not tell versions that would hide it."""
    dump = json.loads(real_text)
    before = Migdesc.QemuDump(real_text)
    for name, section in list(dump.items())[1::7]:
        for description in list(fields_of(section.get("Description")))[:3]:
            fields = [field for field in description.get("Fields", [])
                      if "Description" not in field and field["size"] and field["field"] != "unused"
                      and (field["field_exists"]
                           or field["version_id"] <= description["version_id"])]
            for field in fields[-1:]:
                field["size"] += 1
                comparison = before.compare(Migdesc.QemuDump.from_dict(dump))
                field["size"] -= 1
                assert {finding.section for finding in comparison} == {name}, (name, field)
                assert comparison.verdict.startswith("breaks"), (name, field)
                assert any(finding.path.endswith(field["field"]) for finding in comparison)


def test_a_dump_is_a_mapping():
    dump = read(dev(A, f("q", 8, num=4, test=True, fields=[B, C]), version=3, minimum=2,
                    subsections=[sub("dev/x", C)]))
    layout = dump["dev"]

    assert list(dump) == dump.keys() == ["dev"]
    assert "e1000" not in dump and 5 not in dump
    with pytest.raises(KeyError):
        dump["e1000"]
    assert (layout.name, layout.version, layout.minimum) == ("dev", 3, 2)
    assert layout.fields[0] == ("a", 0, False, 4, None, None)
    assert layout.fields[1][:5] == ("q", 0, True, 8, 4)
    assert [field.name for field in layout.fields[1].layout.fields] == ["b", "c"]
    assert [one.name for one in layout.subsections] == ["dev/x"]
    assert repr(layout) == "<Migdesc.QemuLayout dev of 2 fields>"
    assert repr(dump) == "<Migdesc.QemuDump of None: 1 sections>"


def test_a_bad_dump_is_a_document_failure():
    with pytest.raises(Migdesc.DocumentFailure, match="1:7: a section has no"):
        Migdesc.QemuDump('{"x": {}}')


def test_findings_are_tuples():
    comparison = read(dev(A, C)).compare(read(dev(A, B, C)))

    assert not comparison
    assert comparison[-1] == comparison[0] == (
        "dev", "b", "qemu-field-not-sent", "breaks-always",
        "the destination reads 4 bytes that are not sent", None, None)
    assert comparison.verdict == comparison.verdict_of("dev") == "breaks-always"
    assert comparison.verdict_of("other") == "ok"
    assert repr(comparison) == "<Migdesc.QemuComparison breaks-always: 1 findings>"
    assert comparison.to_dict() == {"verdict": "breaks-always", "findings": [
        {"section": "dev", "path": "b", "code": "qemu-field-not-sent", "verdict": "breaks-always",
         "message": "the destination reads 4 bytes that are not sent"}]}
    with pytest.raises(IndexError):
        comparison[1]


def test_report():
    report = read(dev(f("a", test=True))).compare(read(dev(A))).get_report()

    assert report.verdict == "incompatible"
    assert str(report) == (
        "blocker: qemu-field-optional: dev: a: the source's device decides whether it is sent, and "
        "the destination always reads it: breaks when it is not sent")
    assert read(dev(f("x"))).compare(read(dev(f("y")))).get_report().verdict == "undecided"
    assert read(dev(A)).compare(read(dev(A))).get_report().verdict == "compatible"


def test_more_findings_than_are_kept():
    limits = Migdesc.Limits.new()
    limits.set(Migdesc.Limit.FINDINGS, 1)
    comparison = read(dev(A, f("x", 1), B, f("y", 1))).compare(read(dev(A, B)), limits=limits)

    assert len(comparison) == 1 and comparison.omitted == 1
    assert str(comparison).endswith("\nand 1 more")
    assert comparison.to_dict()["omitted"] == 1


# --- Known differences --------------------------------------------------

REASON = "looked into"


def known(**lists):
    return Migdesc.QemuKnown.from_dict({"migdesc-qemu-known": 1, **lists})


@pytest.mark.parametrize("description", ["dev", None])
def test_known_rename_of_a_field(description):
    entry = {"names": ["new", "old"], "reason": REASON}
    if description:
        entry["description"] = description
    there, back = read(dev(A, f("old"))), read(dev(A, f("new")))

    for one, other in ((there, back), (back, there)):
        comparison = one.compare(other, known(fields=[entry]))
        assert comparison
        assert [(finding.verdict, finding.reason) for finding in comparison] == [("ok", REASON)]
    assert str(there.compare(back, known(fields=[entry]))) == (
        'dev: old: named "new" at the destination: ok (known: looked into)')


def test_rename_of_a_field_of_another_description():
    entry = {"names": ["new", "old"], "reason": REASON, "description": "other"}

    assert read(dev(f("old"))).compare(read(dev(f("new"))),
                                       known(fields=[entry])).verdict == "unknown"


def test_renamed_fields_may_differ():
    entry = {"names": ["new", "old"], "reason": REASON}

    assert read(dev(f("old", 4))).compare(read(dev(f("new", 8))),
                                          known(fields=[entry])).verdict == "breaks-always"


def test_known_rename_of_a_device():
    source, destination = dev(A), dev(A, B)
    destination["newdev"] = destination.pop("dev")
    renames = known(sections=[{"names": ["dev", "newdev"], "reason": REASON}])

    assert read(source).compare(read(destination)).verdict == "breaks-when"
    assert str(read(source).compare(read(destination), renames)) == (
        'dev: named "newdev" at the destination: ok (known: looked into)\n'
        "dev: b: the destination reads 4 bytes that are not sent: breaks always")
    assert read(destination).compare(read(source), renames).verdict == "breaks-always"


@pytest.mark.parametrize("entry, is_known", [
    ({"section": "dev"}, True),
    ({"description": "inner"}, True),
    ({"section": "dev", "path": "s.b"}, True),
    ({"section": "dev", "path": "b"}, False),
    ({"description": "dev"}, False),
    ({"section": "other"}, False),
])
def test_known_difference(entry, is_known):
    entry = {"code": "qemu-field-not-sent", "reason": REASON, **entry}
    source, destination = dev(f("s", fields=[A])), dev(f("s", fields=[A, B]))
    comparison = read(source).compare(read(destination), known(differences=[entry]))

    assert comparison.verdict == ("ok" if is_known else "breaks-always")
    assert comparison[0].reason == (REASON if is_known else None)
    assert comparison[0].code == "qemu-field-not-sent"


def test_known_on_top_of_known():
    base = known(fields=[{"names": ["x", "y"], "reason": "one"}])
    both = Migdesc.QemuKnown.from_json(json.dumps(
        {"migdesc-qemu-known": 1, "fields": [{"names": ["v", "w"], "reason": "two"}]}), base)
    del base

    comparison = read(dev(f("x"), f("v"))).compare(read(dev(f("y"), f("w"))), both)
    assert [finding.reason for finding in comparison] == ["one", "two"]


@pytest.mark.parametrize("text, message", [
    ("{}", '1:1: the document has no "migdesc-qemu-known"'),
    ('{"migdesc-qemu-known": 2}', "1:24: format 2, only 1 is known (at /migdesc-qemu-known)"),
    ('{"migdesc-qemu-known": 1, "x": 1}', '1:27: unknown member "x" (at /x)'),
    ('{"fields": [{"names": ["a"], "reason": "r"}]}',
     "1:23: 1 names, not the two of a rename (at /fields/0/names)"),
    ('{"fields": [{"names": ["a", "b"]}]}',
     '1:13: an entry of "fields" has no "reason" (at /fields/0)'),
    ('{"sections": [{"code": "a"}]}', '1:16: unknown member "code" (at /sections/0/code)'),
    ('{"differences": [{"code": "a", "reason": "r"}]}',
     '1:18: an entry of "differences" has neither "section" nor "description" '
     "(at /differences/0)"),
    ('{"fields": [], "fields": []}', '1:16: the object has a second member "fields" (at /fields)'),
])
def test_bad_known_differences(text, message):
    with pytest.raises(Migdesc.DocumentFailure) as failure:
        Migdesc.QemuKnown.from_json(text)
    assert str(failure.value) == message


# --- Schemas -------------------------------------------------------------

def test_a_section_as_a_schema():
    dump = read(dev(A, f("x.y", 2, version=2), f("n[1]", 4, num=3), f("unused", 5), f("v", 0),
                    f("s", 8, fields=[B, C]), f("buffer", 6), version=2,
                    subsections=[sub("dev/x", B)]))
    u32 = {"min": 0, "max": 4294967295}

    assert json.loads(dump.schema("dev").to_json(False)) == {
        "state-schema": 1, "name": "dev", "version": 2, "minimum": 1,
        "structs": [{"name": "inner", "fields": [
            {"name": "b", "type": "u32", **u32},
            {"name": "c", "type": "u16", "min": 0, "max": 65535}]}],
        "fields": [
            {"name": "a", "type": "u32", **u32},
            {"name": "x_y", "type": "u16", "min": 0, "max": 65535, "since": 2,
             "default": 0},
            {"name": "n_1_", "type": "u32", **u32, "count": 3},
            {"type": "unused", "count": 5},
            {"name": "v", "type": "bytes", "maximum": 1048576},
            {"name": "s", "type": "struct", "struct": "inner"},
            {"name": "buffer", "type": "bytes", "count": 6},
            {"name": "dev/x", "type": "section", "version": 1, "minimum": 1,
             "fields": [{"name": "b", "type": "u32", **u32}], "needed": "needed"}]}


def test_every_device_of_the_real_dump_has_a_schema(real_text):
    dump = Migdesc.QemuDump(real_text)

    for device_type in dump:
        schema = dump.schema(device_type)
        again = Migdesc.StateType.new_from_json(schema.to_json(False), -1, None)
        assert schema.equal(again)
        assert not schema.resolve(again).findings


def test_no_layout_no_schema():
    dump = read({"odd": {"Name": "odd", "version_id": 1, "minimum_version_id": 1}})

    with pytest.raises(Migdesc.Failure, match="the dump does not tell the fields"):
        dump.schema("odd")


def test_a_schema_and_back():
    dump = read(dev(A, f("x", 2, version=2), f("n", 4, num=3), f("unused", 5), f("v", 0),
                    f("s", 6, fields=[B, C], inner_version=2, minimum=2), f("buffer", 6),
                    version=2, subsections=[sub("dev/x", B)]))

    again = Migdesc.QemuDump.from_schemas([dump.schema("dev")])
    assert again == dump, again.to_dict()


def test_real_devices_and_back(real_text):
    """What names can't have is underscores then; sizes, counts and order are the same, so that
    each reads what the other writes, but for what the device decides and subsections of structs,
    which schemas do not have."""
    dump = Migdesc.QemuDump(real_text)
    again = Migdesc.QemuDump.from_schemas([dump.schema(name) for name in ("e1000", "pvpanic-pci",
                                                                         "i8042", "sb16")])

    assert len(again) == 4
    assert [field.size for field in again["sb16"].fields] == [
        field.size for field in dump["sb16"].fields]


def test_two_schemas_of_one_name():
    schema = read(dev(A)).schema("dev")

    with pytest.raises(Migdesc.Failure, match='there are two state types of the name "dev"'):
        Migdesc.QemuDump.from_schemas([schema, schema])


# --- What is too much ----------------------------------------------------

def test_fields_that_are_too_many_and_too_different():
    there = [f(f"a{i}") for i in range(1000)]

    assert str(read(dev(*there)).compare(read(dev(*reversed(there))))) == (
        "dev: too many fields differ to tell which is which: breaks always")


def test_more_ways_than_may_be_tried():
    one, other = ([f("unused", 1 + i % n, test=True) for i in range(200)] for n in (3, 5))
    limits = Migdesc.Limits.new()
    limits.set(Migdesc.Limit.STEPS, 100)
    comparison = read(dev(*one)).compare(read(dev(*other)), limits=limits)

    assert comparison[-1].code == "qemu-too-different"
    assert comparison[-1].verdict == "unknown"
    assert comparison.verdict != "ok"
