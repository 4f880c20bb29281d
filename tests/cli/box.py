# SPDX-License-Identifier: LGPL-2.1-or-later

"""A folder with documents, and the command run in it."""

import json
import os
import pty
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(os.environ.get("MIGDESC_SRCDIR", Path(__file__).parents[2]))
BUILD = Path(os.environ.get("MIGDESC_BUILDDIR", ROOT / "build"))
MIGDESC = BUILD / "tools" / "migdesc"
NIC = json.loads((ROOT / "examples" / "data" / "my-nic.json").read_text())
MODEL = "vendor-a.com/my-nic"
DIGEST = "bccb4fa3ae9248ad9cb8d3d1180246dca0caf000dc3c2facfa216ef24389dc73"


@dataclass
class Answer:
    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def environment(**changes) -> dict[str, str]:
    """Without what the user's terminal would add."""
    env = {name: value for name, value in os.environ.items()
           if name not in ("COLUMNS", "NO_COLOR", "TERM")}
    env.update({"TERM": "xterm"} | changes)
    return env


class Box:
    """nic.json is examples/data/my-nic.json; more is written by the tests."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copy(ROOT / "examples" / "data" / "my-nic.json", folder / "nic.json")

    def write(self, name: str, content) -> str:
        """A file; what is no text is written as JSON."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return name

    def variant(self, name: str, param: str = "num-queues", **members) -> str:
        """nic.json with other members of a param; None leaves one out."""
        document = json.loads(json.dumps(NIC))
        merged = document["models"][MODEL]["params"][param] | members
        document["models"][MODEL]["params"][param] = \
            {member: value for member, value in merged.items() if value is not None}
        return self.write(name, document)

    def run(self, *arguments, stdin=subprocess.DEVNULL, env=None, **options) -> Answer:
        if isinstance(stdin, str):
            options["input"] = stdin
            stdin = None
        done = subprocess.run([MIGDESC, *arguments], cwd=self.folder, stdin=stdin,
                              env=env or environment(), capture_output=True, text=True,
                              errors="surrogateescape", timeout=60, **options)
        return Answer(done.returncode, done.stdout, done.stderr)

    def shell(self, command: str) -> Answer:
        """A command line of a shell, in which migdesc is this one."""
        env = environment(PATH=f"{MIGDESC.parent}:{os.environ['PATH']}")
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        return Answer(done.returncode, done.stdout, done.stderr)

    def git(self, *arguments):
        env = environment(GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b.c", GIT_COMMITTER_NAME="a",
                          GIT_COMMITTER_EMAIL="a@b.c", GIT_CONFIG_GLOBAL="/dev/null",
                          GIT_CONFIG_NOSYSTEM="1")
        subprocess.run(["git", *arguments], cwd=self.folder, env=env, check=True,
                       capture_output=True, timeout=60)

    def on_terminal(self, *arguments, columns: int = 80, **changes) -> str:
        """What a terminal of that width gets."""
        controller, terminal = pty.openpty()
        os.set_blocking(controller, True)
        subprocess.run(["stty", "rows", "25", "columns", str(columns)], stdin=terminal, check=True)
        process = subprocess.Popen([MIGDESC, *arguments], cwd=self.folder,
                                   stdin=subprocess.DEVNULL, stdout=terminal, stderr=terminal,
                                   env=environment(**changes))
        os.close(terminal)
        output = b""
        try:
            while piece := os.read(controller, 65536):
                output += piece
        except OSError:
            pass  # the end of a terminal
        os.close(controller)
        process.wait(timeout=60)
        return output.decode().replace("\r\n", "\n")
