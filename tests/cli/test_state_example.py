# SPDX-License-Identifier: LGPL-2.1-or-later

"""The card of examples/state: each of three versions saves, each loads."""

import json
import os
import re
import subprocess
from pathlib import Path

import gi
import pytest

gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc  # noqa: E402

BUILD = Path(os.environ["MIGDESC_NIC_BUILD"])
SOURCE = Path(__file__).parents[2] / "examples" / "state"
LIST = "vendor-a.com/my-nic?rss="


def nic(version, rss, *arguments):
    done = subprocess.run([BUILD / f"nic-{version}", LIST + rss, *arguments],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 1), done
    return done.stdout if done.returncode == 0 else done.stderr


def shown(link, mac, mtu=None, rss=False):
    text = (f"{link}: up\nmac: 6 bytes 52 54 00 00 00 0{mac}\nqueues: 1 element\n"
            "  [0]:\n    ring: 4096\n    size: 256\n    head: 7\n")
    if mtu is not None:
        text += f"mtu: {mtu}\n"
    if rss:
        text += "rss: section, version 1\n  rss_key: 8 bytes 01 02 03 04 05 06 07 08\n"
    return text


TOO_NEW = "nic: {}: nic0: state version {} of nic, the newest known is {}\n"


# The first card does not know the parameter.
PAIRS = [(source, destination, rss) for source in (1, 2, 3) for destination in (1, 2, 3)
         for rss in ("off", "on") if rss == "off" or source > 1]


@pytest.mark.parametrize("source,destination,rss", PAIRS)
def test_each_version_loads_the_older_ones(tmp_path, source, destination, rss):
    path = str(tmp_path / "nic.mds")
    assert nic(source, rss, "save", path) == ""
    answer = nic(destination, rss, "load", path)
    if source > destination:
        assert answer == TOO_NEW.format(path, source, destination)
        return
    link = "link" if destination == 3 else "link_state"
    mtu = None if destination == 1 else 1500 if source == 1 else 9000
    assert answer == shown(link, source, mtu, rss == "on")


@pytest.mark.parametrize("source,version,rss", [(2, 1, "off"), (3, 2, "off"), (3, 1, "off"),
                                                (3, 2, "on")])
def test_a_newer_version_saves_for_an_older_one(tmp_path, source, version, rss):
    path = str(tmp_path / "nic.mds")
    said = nic(source, rss, "save", path, str(version))
    if version == 1 and source == 3:  # no step leads there
        assert said == "nic: nic0: state version 1 of nic, the oldest known is 3\n"
        return
    assert said == ""
    assert nic(version, rss, "load", path) == shown("link_state", source,
                                                    None if version == 1 else 9000, rss == "on")


def test_the_kept_schemas_are_those_of_the_old_versions():
    text = (SOURCE / "nic-schemas.h").read_text()
    kept = ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part)).replace('\\"', '"')
            for part in text.split(",\n")[:-1]]
    assert kept == [nic(1, "off", "schema").strip(), nic(2, "off", "schema").strip(),
                    nic(2, "on", "schema").strip()]
    assert all(json.loads(text)["name"] == "nic" for text in kept)


def test_another_configuration_is_refused(tmp_path):
    path = str(tmp_path / "nic.mds")
    nic(2, "on", "save", path)
    assert nic(2, "off", "load", path) == (
        f'nic: {path}: nic0: the parameter rss is on in the stream, and off here\n')


PAGE = (SOURCE.parents[1] / "docs" / "state-tutorial.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def test_the_page_shows_the_code_as_it_is():
    tables = "".join(path.read_text() for path in sorted(SOURCE.glob("nic-?.h")))
    assert len(blocks("c")) == 3
    for block in blocks("c"):
        assert block in tables


def test_the_page_shows_what_the_programs_print(tmp_path):
    environment = {**os.environ, "PATH": f"{BUILD}:{os.environ['PATH']}", "LIST": LIST + "off"}
    for session in blocks("console"):
        for step in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.M):
            done = subprocess.run(["sh", "-c", step[0]], cwd=tmp_path, env=environment, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
            assert done.stdout == step[1]


def test_the_python_of_the_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    nic(1, "off", "save", "old.mds")
    names = {"Migdesc": Migdesc, "GLib": GLib}
    assert len(blocks("python")) == 2
    for block in blocks("python"):
        exec(compile(block, "state-tutorial.md", "exec"), names)
