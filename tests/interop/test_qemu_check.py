# SPDX-License-Identifier: LGPL-2.1-or-later

"""Streams of the real QEMU against its own dump, against dumps that differ, and against each
other."""

import json
import os
import subprocess

import gi
import pytest
import qemu_dumps_of
import qemu_machines

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

PROGRAMS = {machine.name: machine.program for machine in qemu_machines.MACHINES}
TOOL = os.path.join(os.environ["MIGDESC_BUILDDIR"], "tools", "migdesc")


# Those without a description, and whose is the same
BORROWED = {"i440fx-2.1": "i440fx-2.3", "postcopy": "postcopy-advised"}


def read_stream(captures, name, description=None):
    return Migdesc.QemuStream.new_from_file(str(captures[name].path), description, 0, None, None)


def check_dump(stream, dump):
    return stream.check(Migdesc.QemuDump.from_dict(dump))


def dump_of(name):
    return json.loads(qemu_dumps_of.dump_of(PROGRAMS[name]))


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_qemu_reads_its_own_streams(captures, name):
    description = (read_stream(captures, BORROWED[name]).get_description() if name in BORROWED
                   else None)
    comparison = check_dump(read_stream(captures, name, description), dump_of(name))

    assert str(comparison) == ""
    assert comparison.verdict == "ok"


@pytest.mark.parametrize("name", BORROWED)
def test_what_is_not_described_is_not_said_to_fit(captures, name):
    stream = read_stream(captures, name)

    assert stream.report.verdict == "undecided"
    assert {finding.code for finding in check_dump(stream, dump_of(name))} == {"qemu-not-compared"}
    assert check_dump(stream, dump_of(name)).verdict == "unknown"


def test_devices_that_two_architectures_share_are_the_same():
    one, other = (Migdesc.QemuDump(qemu_dumps_of.dump_of(program))
                  for program in ("qemu-system-x86_64", "qemu-system-aarch64"))

    assert len(set(one) & set(other)) > 100
    for source, destination in ((one, other), (other, one)):
        assert {finding.code for finding in source.compare(destination)} == {"qemu-section-missing"}


def fields_of(dump, device):
    return dump[device]["Description"]["Fields"]


def drop_device(dump):
    for name in [name for name, section in dump.items()
                 if section.get("Description", {}).get("name") == "e1000e"]:
        del dump[name]


def enlarge(dump):
    [one] = [one for one in fields_of(dump, "e1000e") if one["field"] == "core.rx_desc_len"]
    one["size"] += 1


def add_field(dump):
    fields_of(dump, "e1000e").append({"field": "news", "version_id": 0, "field_exists": False,
                                      "size": 4})


def add_optional(dump):
    fields_of(dump, "e1000e").append({"field": "news", "version_id": 0, "field_exists": True,
                                      "size": 4})


def remove_field(dump):
    fields_of(dump, "e1000e")[:] = [one for one in fields_of(dump, "e1000e")
                                    if one["field"] != "core.rx_desc_len"]


def raise_minimum(dump):
    section = dump["e1000e"]
    for one in (section, section["Description"]):
        one["version_id"] = one["minimum_version_id"] = 9


def rename(dump):
    [one] = [one for one in fields_of(dump, "e1000e") if one["field"] == "core.rx_desc_len"]
    one["field"] = "core.rx_descriptor_length"


@pytest.mark.parametrize("change, verdict, code", [
    (drop_device, "unknown", "qemu-section-unknown"),
    (enlarge, "breaks-always", "qemu-field-size"),
    (add_field, "breaks-always", "qemu-field-not-sent"),
    (add_optional, "ok", None),
    (remove_field, "breaks-always", "qemu-field-not-read"),
    (raise_minimum, "breaks-always", "qemu-version-range"),
    (rename, "unknown", "qemu-field-renamed"),
])
def test_dumps_that_differ(captures, change, verdict, code):
    dump = dump_of("i440fx")
    change(dump)
    comparison = check_dump(read_stream(captures, "i440fx"), dump)

    assert comparison.verdict == verdict
    assert {finding.section for finding in comparison} <= {"0000:00:03.0/e1000e",
                                                          "0000:00:02.0/e1000e"}
    assert code is None or code in {finding.code for finding in comparison}


def test_a_stream_is_like_itself(captures):
    stream = read_stream(captures, "q35-4.0")

    assert str(stream.check(stream)) == ""


def test_a_stream_of_another_machine(captures):
    one, other = (read_stream(captures, name) for name in ("i440fx", "q35"))
    comparison = one.check(other)
    found = {(finding.section, finding.code, finding.verdict) for finding in comparison}

    assert ("configuration", "qemu-machine", "breaks-always") in found
    assert ("0000:00:01.0/PIIX3", "qemu-section-missing", "breaks-always") in found
    assert any(code == "qemu-section-not-sent" and verdict == "unknown"
               and section.endswith("ICH9LPC") for section, code, verdict in found)


def run(*arguments):
    done = subprocess.run([TOOL, "qemu", *map(str, arguments)], capture_output=True, text=True,
                          check=False, env={**os.environ, "COLUMNS": "80"})
    return done.returncode, done.stdout, done.stderr


def test_the_command_checks(captures, tmp_path):
    dump, broken = tmp_path / "dump.json", dump_of("i440fx")
    dump.write_text(qemu_dumps_of.dump_of(PROGRAMS["i440fx"]))
    stream = captures["i440fx"].path

    assert run("check", "--dump", dump, stream) == (
        0, f"{stream}: compatible\nagainst {dump}: ok\n", "")
    add_field(broken)
    dump.write_text(json.dumps(broken))
    status, out, err = run("check", "--json", "--dump", dump, stream)
    assert (status, err) == (1, "")
    [against] = json.loads(out)["against"]
    assert against["verdict"] == "breaks-always"
    assert against["findings"][0]["path"] == "news"


def test_the_command_tells_what_differs(captures):
    stream, other = captures["i440fx"].path, captures["i440fx-2.3"].path

    assert run("diff", stream, stream) == (0, "identical\n", "")
    status, out, _ = run("diff", "--ignore-volatile", "--json", stream, other)
    differences = json.loads(out)["differences"]
    assert status == 1
    assert not any(one["section"].split("/")[0] in ("timer", "cpu_common", "apic", "cpu")
                   for one in differences)
    status, out, _ = run("diff", "--json", stream, other)
    assert len(json.loads(out)["differences"]) > len(differences)


def test_the_command_compares_dumps(tmp_path):
    dump, other = tmp_path / "dump.json", tmp_path / "other.json"
    dump.write_text(qemu_dumps_of.dump_of("qemu-system-x86_64"))
    changed = dump_of("i440fx")
    changed["sb16"]["Description"]["Fields"].pop()
    other.write_text(json.dumps(changed))

    assert run("dump-diff", dump, dump) == (0, f"{dump} to {dump}: ok\n", "")
    status, out, _ = run("dump-diff", "--both", "--json", dump, other)
    there, back = json.loads(out)["directions"]
    assert status == 1 and there["verdict"] == back["verdict"] == "breaks-always"
    assert (there["findings"][0]["section"], there["findings"][0]["code"]) == (
        "sb16", "qemu-field-not-read")
    assert run("dump-diff", "--device", "e1000", dump, other)[0] == 0
    status, _, err = run("dump-diff", "--device", "nothing", dump, other)
    assert (status, err) == (
        2, "migdesc: --device nothing: neither dump has a device of that type\n")
    status, _, err = run("dump-diff", dump, TOOL)
    assert status == 3
