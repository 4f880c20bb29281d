# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the page about fleets shows is so."""

import doctest
import json
import os
import re
import subprocess

import pytest

from box import MIGDESC, ROOT, environment

PAGE = (ROOT / "docs" / "fleet.md").read_text()


def nic(queues, rss=True):
    params = {"num-queues": {"type": "int", "allowed_values": [f"1-{queues}"], "init_value": 4,
                             "off_value": 1}}
    if rss:
        params["rss"] = {"type": "bool", "init_value": True, "off_value": False}
    return {"models": {"vendor-a.com/my-nic": {"params": params}}}


def hosts():
    yield {"host": "small", "labels": {"zone": "north"}, "slots": [
        {"name": "left", "count": 1, "descriptor": nic(16)}]}
    yield {"host": "tiny", "slots": [{"name": "left", "count": 2, "descriptor": nic(4)}]}
    yield {"host": "large", "slots": [{"name": "left", "count": 2, "descriptor": nic(4)},
                                      {"name": "right", "count": 1, "descriptor": nic(64)}]}
    yield {"host": "old", "slots": [{"name": "left", "count": 4, "descriptor": nic(8, False)}]}
    yield {"host": "broken", "slots": 3}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "hosts.jsonl").write_text("".join(json.dumps(host) + "\n" for host in hosts()))
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


def commands():
    for block in re.findall(r"^```console\n(.*?)^```", PAGE, re.M | re.S):
        for entry in re.split(r"^\$ ", block, flags=re.M)[1:]:
            typed, _, printed = entry.partition("\n")
            yield typed, printed


def run(typed, folder):
    env = environment(PATH=f"{MIGDESC.parent}:{os.environ['PATH']}")
    done = subprocess.run(["bash", "-c", typed], cwd=folder, env=env, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=60)
    return done.stdout if done.stdout.endswith("\n") else done.stdout + "\n"


def test_what_is_typed_prints_that(folder):
    seen = [typed for typed, printed in commands() if run(typed, folder) == printed or pytest.fail(
        f"{typed}\n{run(typed, folder)}")]

    assert len(seen) == 6


def test_python_says_that(folder, monkeypatch):
    monkeypatch.chdir(folder)
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(code, {}, "fleet", "docs/fleet.md", 0)
    output = []

    assert doctest.DocTestRunner().run(test, out=output.append).failed == 0, "".join(output)
