# SPDX-License-Identifier: LGPL-2.1-or-later

"""Where descriptors and lists come from: files, directories, standard input, programs, trees."""

import json
import os

import pytest

from box import MODEL, environment

TREE = "mdev_supported_types/"
UUID = "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001"
NIC_LINE = f"{MODEL}?num-queues=4,new-feature=on\n"


@pytest.fixture
def nic(box):
    return (box.folder / "nic.json").read_text()


def test_standard_input(box, nic):
    assert box.run("list", "-", stdin=nic).out == NIC_LINE
    assert box.run("show", "-", stdin=nic).out.startswith("File:    -\n")


def test_error_in_standard_input(box):
    assert box.run("list", "-", stdin="{").err == \
        "migdesc: -:1:2: the text ends, expected a member's name or \"}\"\n"


@pytest.mark.parametrize("command", [
    "cat nic.json | migdesc list -",
    "cat nic.json | migdesc list /dev/stdin",
    "migdesc list - <nic.json",
    "migdesc list <(cat nic.json)",
    "migdesc list exec:'cat nic.json'",
    "migdesc list 'exec:sh -c \"cat nic.json; echo talk >&2\"'",
    "mkdir one && cp nic.json one/ && migdesc list one",
    "ln -s nic.json link && migdesc list link",
])
def test_one_document_in_many_ways(box, command):
    answer = box.shell(command)

    assert (answer.status, answer.out, answer.err) == (0, NIC_LINE, "")


def test_backends_of_drop_ins(box, nic):
    box.write("nic", f"#!/bin/sh\ncat {box.folder}/nic.json\n")
    box.write("drop-ins/50-nic.json", f'{{"binary": "{box.folder}/nic"}}')
    box.write("drop-ins/60-none.json", "")
    box.shell("chmod 700 nic && chmod 600 drop-ins/50-nic.json")
    assert box.run("list", "backends:drop-ins").out == NIC_LINE
    box.shell("chmod 602 drop-ins/50-nic.json")
    answer = box.run("list", "backends:drop-ins")
    assert (answer.status, answer.err) == (
        4, "migdesc: drop-ins/50-nic.json: has mode 0602: others than its owner may write it\n")


def test_backends_of_this_host(box):
    """Without a directory: those of the data directories and the user's own configuration."""
    box.write("nic", f"#!/bin/sh\ncat {box.folder}/nic.json\n")
    box.write("own/migdesc/backends/50-nic.json", {"binary": f"{box.folder}/nic"})
    box.write("data/migdesc/backends/50-nic.json", "not read")
    box.write("data/migdesc/backends/60-bad.json", {})
    box.shell("chmod 700 nic && chmod 600 */migdesc/backends/*.json")
    answer = box.run("show", "backends:", env=environment(
        XDG_CONFIG_HOME=f"{box.folder}/own", XDG_DATA_DIRS=f"{box.folder}/data"))

    assert answer.status == 3
    assert f"File:    {box.folder}/own/migdesc/backends/50-nic.json\n" in answer.out
    assert answer.err == (f"migdesc: {box.folder}/data/migdesc/backends/60-bad.json:1:1: "
                          'a drop-in needs a member "binary"\n')


def test_directory_is_all_its_files(box):
    for name in ("hosts/b.json", "hosts/a.json", "hosts/.hidden.json"):
        box.variant(name)
    box.write("hosts/more/c.json", "not read")
    answer = box.run("check", "--json", "num-queues=8", "hosts")

    assert answer.status == 0
    assert [result["destination"] for result in answer.json["results"]] == (
        ["hosts/a.json", "hosts/b.json"])


@pytest.mark.parametrize("verb", ["show", "validate", "baseline", "convert", "check"])
def test_directory_without_documents(box, verb):
    """A slip in a path must not pass for an answer."""
    (box.folder / "empty").mkdir()
    first = {"check": ["num-queues=8"], "convert": ["--to", "v3"]}.get(verb, [])
    answer = box.run(verb, *first, "empty")

    assert answer.status == 4
    assert "empty: holds no descriptor" in answer.err + answer.out


def test_one_bad_file_does_not_hide_the_others(box):
    box.variant("hosts/a.json")
    box.write("hosts/b.json", "{")
    answer = box.run("show", "hosts")

    assert (answer.status, answer.out.count("Digest:")) == (3, 1)
    assert answer.err == (
        "migdesc: hosts/b.json:1:2: the text ends, expected a member's name or \"}\"\n")


def test_program_that_fails(box):
    answer = box.run("show", "exec:sh -c 'echo no such device >&2; exit 3'")

    assert (answer.status, answer.out) == (4, "")
    assert answer.err == (
        "migdesc: exec:sh -c 'echo no such device >&2; exit 3': ended with status 3: "
        "no such device\n")


def test_program_that_does_not_exist(box):
    answer = box.run("check", "--json", "num-queues=8", "exec:./no-such-program", "nic.json")

    assert answer.status == 4
    assert answer.json["results"][0] == {
        "destination": "exec:./no-such-program",
        "error": {"code": "cannot-run", "file": "exec:./no-such-program",
                  "message": "exec:./no-such-program: cannot be run: there is no such program"}}


def test_dialect_is_forced(box):
    box.write("v4.json", {"models": {"a.b/c": {"versions": ["1"]}}})

    assert "Dialect: v4\n" in box.run("show", "v4.json").out
    assert "Dialect: native\n" in box.run("show", "--dialect", "native", "v4.json").out
    answer = box.run("show", "--dialect", "v1", "v4.json")
    assert (answer.status, answer.out) == (3, "")


@pytest.mark.parametrize("dialect", ["sysfs", "sysfs-2019", "mdevctl"])
def test_dialect_that_no_text_has(box, dialect):
    assert box.run("show", "--dialect", dialect, "nic.json").status == 3


def test_lenient(box):
    box.write("loose.json",
              {"models": {"a.b/c": {"params": {"x": {"type": "bool", "off_value": "off"}}}}})

    assert box.run("list", "loose.json").status == 3
    assert box.run("list", "--lenient", "loose.json").out == "a.b/c?\n"


# --- Trees


@pytest.fixture
def tree(box, nic):
    """A type of each of the two last revisions, and one that says nothing."""
    document = json.loads(nic)
    params = {"models": {MODEL: {"params": document["models"][MODEL]["params"]}}}
    box.write(f"tree/{TREE}nic/migration_info.json", params)
    box.write(f"tree/{TREE}gpu/migration_device_models", "org.project/gpu:\n4GB-v1\n")
    box.write(f"tree/{TREE}silent/name", "silent")
    box.write(f"tree/{UUID}/migration/num-queues", "8\n")
    box.write(f"tree/{UUID}/migration/new-feature", "off\n")
    os.symlink("../mdev_supported_types/nic", box.folder / f"tree/{UUID}/mdev_type")
    return box


def test_tree(tree):
    answer = tree.run("check", "--json", f"{MODEL}?num-queues=8", "tree")

    assert answer.status == 1
    assert [(result["destination"], result["verdict"]) for result in answer.json["results"]] == \
        [("tree:gpu", "incompatible"), ("tree:nic", "compatible")]


def test_tree_of_2019(tree):
    tree.write(f"tree/{TREE}old/version", "00028086-193b-i915-GVTg_V5_2\n")
    answer = tree.run("show", "--dialect", "sysfs-2019", "tree")

    assert answer.status == 0
    assert "Model:   kernel.org/mdev/old\nSupport: best-effort\n" in answer.out
    assert ("Model:   kernel.org/mdev/silent\n"
            "Support: none: the type has no version attribute\n") in answer.out


def test_instance(tree):
    assert tree.run("list", "--instance", UUID, "tree").out == f"{MODEL}?num-queues=8\n"
    assert tree.run("list", "--instance", UUID, "--json", "tree").json == \
        {"model": MODEL, "params": {"num-queues": "8"}}


def test_instance_to_check(tree):
    """What runs here goes where?"""
    line = tree.run("list", "--instance", UUID, "tree").out.strip()

    assert tree.run("check", line, "nic.json").status == 0


def test_unknown_instance(tree):
    answer = tree.run("list", "--instance", "00000000-509f-382f-3c1e-e6bfe0fa1001", "tree")

    assert answer.status == 4
    assert answer.err == \
        "migdesc: tree/00000000-509f-382f-3c1e-e6bfe0fa1001/migration: there is no such directory\n"


def test_instance_of_an_unsafe_name(tree):
    answer = tree.run("list", "--instance", "../../etc", "tree")

    assert answer.status == 3
    assert answer.err.startswith("migdesc: tree/../../etc: is not a safe name: ")


def test_instance_in_a_dump(box):
    dump = json.dumps([{"p": [{UUID: {"attrs": [{"migration/num-queues": "8"}]}}]}])
    box.write("dump.json", dump)

    assert box.run("list", "--instance", UUID, "dump.json").out == "num-queues=8\n"
    assert box.run("list", "--instance", UUID, "-", stdin=dump).out == "num-queues=8\n"


def test_wrong_attribute_of_a_tree(tree):
    for name, text in (("model", "a.b/c"), ("migration_param_x_type", "int"),
                       ("migration_param_x_init_value", "many")):
        tree.write(f"flat/{TREE}t/{name}", text)
    place = f"flat/{TREE}t/migration_param_x_init_value"

    assert tree.run("validate", "flat").out == \
        f'{place}: blocker: value-type: expected an int, found the string "many"\n'
    assert tree.run("show", "--json", "flat").json["descriptors"][0]["error"]["file"] == place


# --- Lists


def test_list_from_a_file(box):
    box.write("list.json", {"model": MODEL, "params": {"num-queues": 8, "new-feature": True}})

    assert box.run("check", "@list.json", "nic.json").status == 0
    assert box.run("plan", "@list.json", "nic.json").out == "--m-num-queues=8\n--m-new-feature=on\n"


@pytest.mark.parametrize("command", [
    "migdesc plan @- nic.json <list.json",
    "cat list.json | migdesc plan @- nic.json",
    "migdesc plan @<(cat list.json) nic.json",
    "migdesc list --json nic.json num-queues=8 >again.json && migdesc plan @again.json nic.json",
])
def test_list_through_a_pipe(box, command):
    box.write("list.json", {"model": MODEL, "params": {"num-queues": 8, "new-feature": True}})

    assert box.shell(command).out == "--m-num-queues=8\n--m-new-feature=on\n"


@pytest.mark.parametrize("operand, status, message", [
    ("@missing", 4, "missing: cannot be read: No such file or directory"),
    ("@", 4, ": cannot be read: No such file or directory"),
    ("@.", 4, ".: cannot be read: Is a directory"),
    ("@nic.json", 3, None),
])
def test_list_file_that_is_none(box, operand, status, message):
    answer = box.run("check", operand, "nic.json")

    assert answer.status == status
    assert message is None or answer.err == f"migdesc: {message}\n"


def test_list_file_at_its_limit(box):
    text = '{"params": {"num-queues": 8}}'
    box.write("list.json", text + " " * (4 * 2**20 - len(text)))
    assert box.run("check", "@list.json", "nic.json").status == 0
    box.write("list.json", text + " " * (4 * 2**20 - len(text) + 1))
    answer = box.run("check", "@list.json", "nic.json")

    assert answer.status == 3
    assert answer.err == ("migdesc: list.json:1:4194305: more than 4194304 bytes in the document "
                          "(limit document-size)\n")


# --- The check's other questions


def test_source(box):
    box.variant("other.json", off_value=2)

    assert box.run("check", "new-feature=on,num-queues=4", "other.json").status == 0
    answer = box.run("check", "--json", "--source", "nic.json", "new-feature=off", "other.json")
    assert answer.status == 1
    assert [finding["code"] for finding in answer.json["results"][0]["findings"]] == (
        ["version-differs"])


def test_only(box):
    assert box.run("check", "--only", "new-feature", "num-queues=65,new-feature=on",
                   "nic.json").status == 0
    assert box.run("check", "--only", "num-queues,new-feature", "num-queues=65",
                   "nic.json").status == 1


def test_only_with_a_slip(box):
    """It would pass for a yes."""
    answer = box.run("check", "--only", "num-queus", "num-queues=65", "nic.json")

    assert answer.status == 0
    assert answer.err == (
        "migdesc: --only: neither the list nor a destination has a param num-queus\n")
