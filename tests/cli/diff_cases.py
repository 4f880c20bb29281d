#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The pairs of tests/data/diff and the documents of tests/data/lint: for each code a folder, with
what triggers it and what nearly does, and what the command answers to both. With --update the
answers are written anew; look at them before they are committed."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from box import MIGDESC, ROOT

DATA = ROOT / "tests" / "data"
KINDS = ("trigger", "near")


def folders(verb: str) -> list[Path]:
    return sorted(path for path in (DATA / verb).iterdir() if path.is_dir())


def names(verb: str, kind: str) -> list[str]:
    return [f"{kind}-old.json", f"{kind}-new.json"] if verb == "diff" else [f"{kind}.json"]


def answer(verb: str, folder: Path, kind: str) -> str:
    with tempfile.TemporaryDirectory() as place:
        for name in names(verb, kind):
            shutil.copy(folder / name, place)
        done = subprocess.run([MIGDESC, verb, *names(verb, kind)], cwd=place, capture_output=True,
                              text=True, timeout=60)
    return f"{done.stdout}{done.stderr}status {done.returncode}\n"


def codes(text: str) -> set[str]:
    """Of the findings of an answer."""
    heads = [line.split(": ") for line in text.splitlines() if not line.startswith(" ")]
    return {words[2] for words in heads if len(words) > 3}


def update() -> None:
    for verb in ("diff", "lint"):
        for folder in folders(verb):
            for kind in KINDS:
                (folder / f"{kind}.txt").write_text(answer(verb, folder, kind))


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit("usage: scripts/env tests/cli/diff_cases.py --update")
    update()
