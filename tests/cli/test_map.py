# SPDX-License-Identifier: LGPL-2.1-or-later

"""The map of hosts: tables, a picture that is well formed, a graph that graphviz draws."""

import json
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from box import ROOT

MODEL = "a.b/c"
SVG = "{http://www.w3.org/2000/svg}"


def document(most):
    return {"migdesc": "1.0", "models": {MODEL: {"params": {"q": {
        "type": "int", "allowed_values": [f"1-{most}"], "init_value": 1, "off_value": 0}}}}}


@pytest.fixture
def hosts(box):
    for name, most in {"a": 4, "b": 8, "c": 4}.items():
        box.write(f"hosts/{name}.json", document(most))
    return box


def test_table(hosts):
    answer = hosts.run("map", "hosts")
    assert (answer.status, answer.err, answer.out) == (0, "", """\
HOST EQUAL HOSTS
a    2
b    1

ONE OTHER THERE      BACK
a   b     compatible conditional
""")


def test_json(hosts):
    assert hosts.run("map", "--json", "hosts").json == {
        "model": MODEL, "hosts": 3,
        "groups": [{"host": "a", "hosts": 2}, {"host": "b", "hosts": 1}],
        "relations": [["identical", "compatible"], ["conditional", "identical"]],
        "more_groups": 0, "more_hosts": 0, "lacking": 0}


@pytest.mark.parametrize("count", [1, 12, 30])
def test_picture(box, count):
    """Every cell is there, at its place, and of no text two are at the same place."""
    for number in range(count):
        box.write(f"hosts/{number:02}]]>&<b>\u202e {'long' * number}.json", document(number + 1))
    answer = box.run("map", "--svg", "hosts")
    assert (answer.status, answer.err) == (0, "")
    root = ElementTree.fromstring(answer.out)
    shown = min(count, 24)
    cells = [use for group in root.findall(f"{SVG}g") for use in group.findall(f"{SVG}use")]
    assert len({(cell.get("x"), cell.get("y")) for cell in cells}) == shown ** 2
    assert all(int(cell.get("x")) + int(cell.get("width")) <= 900 for cell in cells)
    places = [(text.get("x"), text.get("y"), text.get("transform"))
              for text in root.iter(f"{SVG}text")]
    assert len(set(places)) == len(places)
    assert "\u202e" not in answer.out
    defined = {symbol.get("id") for symbol in root.iter(f"{SVG}symbol")}
    assert {use.get("href")[1:] for use in root.iter(f"{SVG}use")} <= defined


def test_graph_is_drawn_by_graphviz(hosts):
    hosts.write('hosts/q"u\\o\nte.json', document(6))
    graph = hosts.run("map", "--dot", "hosts").out
    done = subprocess.run(["dot", "-Tsvg"], input=graph, capture_output=True, text=True,
                          timeout=60, check=True)
    assert done.stderr == ""
    assert done.stdout.count('class="node"') == 3
    assert done.stdout.count('class="edge"') == 6


def test_hosts_that_cannot_be_used(hosts):
    hosts.write("hosts/bad.json", "[")
    answer = hosts.run("map", "--json", "hosts")
    assert (answer.status, answer.json["hosts"]) == (0, 3)
    assert answer.err == (
        "migdesc: 1 of 4 hosts cannot be used, the first is bad: hosts/bad.json:1:2: "
        "the text ends, expected a value or \"]\"\n")


@pytest.mark.parametrize("arguments, message", [
    (["--svg", "--dot", "nic.json"], "--svg, --dot and --json exclude each other"),
    (["--svg", "--json", "nic.json"], "--svg, --dot and --json exclude each other"),
    (["--groups", "49", "nic.json"], "--groups needs a number from 1 to 48"),
])
def test_usage(box, arguments, message):
    answer = box.run("map", *arguments)
    assert answer.status == 2
    assert message in answer.err


def test_picture_of_the_documentation(box):
    """It is what the command draws of the real descriptors."""
    make = ROOT / "examples" / "make-qemu-hosts"
    descriptor = ROOT / "examples" / "data" / "qemu-7.2" / "virtio-net-pci.json"
    subprocess.run([sys.executable, make, descriptor, box.folder / "hosts"], check=True, timeout=60)
    releases = json.loads(subprocess.run(
        [sys.executable, "-c", "import runpy, json, sys; print(json.dumps(runpy.run_path("
         "sys.argv[1])['RELEASES']))", make], capture_output=True, check=True, timeout=60).stdout)
    drawn = box.run("map", "--svg", *(f"hosts/qemu-{release}.json" for release in releases))
    assert drawn.out == (ROOT / "docs" / "fleet-map.svg").read_text()
