# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the page about ways from host to host shows is so."""

import doctest
import json
import os
import re
import subprocess

import pytest

from box import MIGDESC, ROOT, environment

PAGE = (ROOT / "docs" / "paths-and-maps.md").read_text()
MODEL = "vendor-a.com/my-nic"


def document(allowed="1-64", schema=None, **members):
    model = {"params": {"num-queues": {"type": "int", "allowed_values": [allowed],
                                       "init_value": 1, "off_value": 1, **members}}}
    return json.dumps({"models": {MODEL: {**model, **({"state": schema} if schema else {})}}})


def schema(version, field, **more):
    return {"state-schema": 1, "name": "nic", "version": version, "minimum": version, "fields": [
        {"name": field, "type": "u16", "min": 0, "max": 9}], **more}


@pytest.fixture
def folder(tmp_path):
    transforms = {"schemas": [schema(1, "mtu")], "changes": [
        {"from": 1, "to": 2, "change": "rename", "path": "mtu", "target": "size"}]}
    for name, text in {
            "many": document(), "between": document(runtime=True), "few": document("1-4"),
            "old": document(schema=schema(1, "mtu")), "new": document(schema=schema(2, "size")),
            "both": document(schema=schema(2, "size", transforms=transforms))}.items():
        (tmp_path / f"{name}.json").write_text(text)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


def commands():
    for block in re.findall(r"^```console\n(.*?)^```", PAGE, re.M | re.S):
        for entry in re.split(r"^\$ ", block, flags=re.M)[1:]:
            typed, _, printed = entry.partition("\n")
            yield typed, printed


def test_what_is_typed_prints_that(folder):
    env = environment(PATH=f"{MIGDESC.parent}:{os.environ['PATH']}")
    seen = 0
    for typed, printed in commands():
        done = subprocess.run(["bash", "-c", typed], cwd=folder, env=env, capture_output=True,
                              text=True, timeout=60)
        assert (done.stdout, done.stderr) == (printed, ""), typed
        seen += 1
    assert seen >= 7


def test_python(folder, monkeypatch):
    monkeypatch.chdir(folder)
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(code, {}, "page", "paths-and-maps.md", 0)
    output = []
    result = doctest.DocTestRunner().run(test, out=output.append)
    assert result.failed == 0, "".join(output)
    assert result.attempted >= 7


def test_the_page_names_files_that_exist():
    names = re.findall(r"\]\(([^)#:]+)\)", PAGE)
    assert names and [name for name in names if not (ROOT / "docs" / name).exists()] == []
