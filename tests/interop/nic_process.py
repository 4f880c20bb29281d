# SPDX-License-Identifier: LGPL-2.1-or-later

"""A network card of examples/nic-backend: its process and its control socket."""

import json
import os
import socket
import subprocess
import time
from pathlib import Path

BUILD = Path(os.environ.get("MIGDESC_BUILDDIR", Path(__file__).parents[2] / "build"))
FOLDER = BUILD / "examples" / "nic-backend"
SOURCE = Path(__file__).parents[2] / "examples" / "nic-backend"
PATIENCE = 20


class Refused(Exception):
    """The card has answered with an error."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.code = error["code"]
        self.message = error["message"]


def wait_for(condition, what):
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, f"waited for {what}"
        time.sleep(0.005)


class Connection:
    """A connection to the control socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(str(path))
        self.lines = self.socket.makefile("rb")

    def send(self, command, **arguments):
        names = {name.replace("_", "-"): value for name, value in arguments.items()}
        self.socket.sendall(json.dumps({"execute": command, "arguments": names}).encode() + b"\n")

    def receive(self):
        answer = json.loads(self.lines.readline())
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["return"]

    def ask(self, command, **arguments):
        self.send(command, **arguments)
        return self.receive()

    def ask_raw(self, line):
        """The error that a line gets, as code and message."""
        self.socket.sendall(line)
        error = json.loads(self.lines.readline())["error"]
        return error["code"], error["message"]

    def close(self):
        self.lines.close()
        self.socket.close()


class Card:
    """A program of examples/nic-backend, with a connection to it."""

    def __init__(self, folder, name, program, *arguments):
        self.path = folder / f"{name}.sock"
        self.command = [*command_of(program), "--socket", str(self.path), *arguments]
        self.errors = folder / f"{name}.errors"
        self.begin()

    def begin(self):
        old = self.path.stat().st_ino if self.path.exists() else None
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(self.command, stderr=errors, stdin=subprocess.DEVNULL)
        wait_for(lambda: self.is_new(old) or self.process.poll() is not None, "the socket")
        assert self.process.poll() is None, self.errors.read_text()
        self.connection = Connection(self.path)

    def is_new(self, old):
        """Whether the socket is there, and not one that a killed process left."""
        return self.path.exists() and self.path.stat().st_ino != old

    def ask(self, command, **arguments):
        return self.connection.ask(command, **arguments)

    def state(self):
        return self.ask("get")["state"]

    def status(self):
        return self.ask("query")["status"]

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.connection.close()

    def quit(self):
        if self.process.poll() is None:
            assert self.ask("quit") == {}
        status = self.process.wait(PATIENCE)
        self.connection.close()
        assert self.errors.read_text() == ""
        return status


def command_of(program):
    """A number is a program in C, a text as "python 2" one in Python with a version limit; a list
    is a command already."""
    if isinstance(program, list):
        return program
    if isinstance(program, int):
        return [str(FOLDER / f"nic-backend-{program}")]
    language, version = program.split()
    assert language == "python"
    return ["/usr/bin/python3", str(SOURCE / "nic_backend.py"), "--limit-version", version]


def run(program, *arguments):
    """A program that ends by itself: status, what it printed, what it complained."""
    done = subprocess.run([*command_of(program), *arguments], capture_output=True, text=True,
                          timeout=PATIENCE, check=False)
    return done.returncode, done.stdout, done.stderr


def move(source, destination, path, **arguments):
    """Source to destination over a socket; the destination is prepared then."""
    destination.connection.send("load", socket=str(path))
    wait_for(path.exists, "the destination to listen")
    sent = source.ask("save", socket=str(path), **arguments)
    assert destination.connection.receive() == sent
    return sent
