# SPDX-License-Identifier: LGPL-2.1-or-later

"""The control socket: a request a line, an answer a line."""

import json
import os
import socket
import socketserver
import stat
import threading
from pathlib import Path

from gi.repository import GLib, Migdesc
from nic_card import Refused

LINE_LIMIT = 65535
CONNECTIONS = 16


def no_duplicates(pairs):
    members = dict(pairs)
    for text in [*members, *(value for value in members.values() if isinstance(value, str))]:
        check_text(text)
    if len(members) < len(pairs):
        raise ValueError("a name is there twice")
    return members


def no_number(text):
    raise ValueError(f"{text} is no integer")


def check_text(text):
    """Neither a NUL nor half a character, both of which can be written as an escape."""
    if "\0" in text or any(0xD800 <= ord(character) < 0xE000 for character in text):
        raise ValueError("a string is no text")


def read_request(line):
    """The command and its arguments: strings, integers and truth values."""
    try:
        request = json.loads(line.decode(), object_pairs_hook=no_duplicates,
                             parse_float=no_number, parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        raise Refused(f"no request: {error}", "bad-request") from None
    arguments = request.get("arguments", {}) if isinstance(request, dict) else None
    if not isinstance(arguments, dict) or not isinstance(request.get("execute"), str) \
            or request.keys() - {"execute", "arguments"}:
        raise Refused("a request has execute and arguments", "bad-request")
    for value in arguments.values():
        if not isinstance(value, (str, int)) or not 0 <= int_of(value) < 2 ** 64:
            raise Refused("a value is a string, an integer from 0 to 2^64-1, true or false",
                          "bad-request")
    return request["execute"], arguments


def int_of(value):
    return 0 if isinstance(value, str) else int(value)


KINDS = {str: "a string", int: "an integer", bool: "true or false"}


def check_arguments(command, wanted, arguments):
    """Wanted: names with their types; those in a tuple may be missing."""
    for name in arguments:
        if name not in wanted:
            raise Refused(f'{command} has no argument "{name}"', "bad-argument")
    for name, kind in wanted.items():
        optional = isinstance(kind, tuple)
        kind = kind[0] if optional else kind
        if name not in arguments and not optional:
            raise Refused(f"{command}: {name} is missing", "bad-argument")
        if name in arguments and type(arguments[name]) is not kind:
            raise Refused(f"{command}: {name} is {KINDS[kind]}", "bad-argument")


def listen(path):
    """A socket that has its name when it can be connected to."""
    if os.path.lexists(path):
        probe = socket.socket(socket.AF_UNIX)
        try:
            if stat.S_ISSOCK(os.lstat(path).st_mode):
                probe.connect(path)
            raise Refused(f"{path}: is in use", "io")
        except ConnectionRefusedError:
            pass
        finally:
            probe.close()
    listener = socket.socket(socket.AF_UNIX)
    beside = f"{path}~"
    Path(beside).unlink(missing_ok=True)
    mask = os.umask(0o177)
    try:
        listener.bind(beside)
    finally:
        os.umask(mask)
    listener.listen()
    os.rename(beside, path)
    return listener


def describe(error):
    if isinstance(error, Refused):
        return {"code": error.code, "message": str(error)}
    if isinstance(error, GLib.Error) and error.matches(Migdesc.error_quark(), error.code):
        return {"code": Migdesc.error_get_nick(error.code), "message": error.message}
    return {"code": "io", "message": str(error)}


class Connection(socketserver.StreamRequestHandler):
    """A request after the other."""

    def answer(self, answer):
        self.wfile.write(json.dumps(answer).encode() + b"\n")

    def read_line(self):
        """None at the end: what does not end in a newline is no line."""
        line = self.rfile.readline(LINE_LIMIT + 1)
        too_long = len(line) > LINE_LIMIT and not line.endswith(b"\n")
        while line and not line.endswith(b"\n"):
            line = self.rfile.readline(LINE_LIMIT)
        return (too_long, line) if line else None

    def respond(self, line):
        too_long, text = line
        if too_long:
            raise Refused(f"the line is longer than {LINE_LIMIT} bytes", "bad-request")
        return self.server.run(text)

    def handle(self):
        for line in iter(self.read_line, None):
            try:
                self.answer({"return": self.respond(line)})
            except (Refused, GLib.Error, OSError) as error:
                self.answer({"error": describe(error)})
            if self.server.ended:
                self.server.shutdown()
                return


class Server(socketserver.ThreadingMixIn, socketserver.BaseServer):
    """Connections in threads of their own; run is given each line."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, path, run):
        super().__init__(path, Connection)
        self.socket = listen(path)
        self.run = run
        self.ended = False
        self.slots = threading.Semaphore(CONNECTIONS)

    def fileno(self):
        return self.socket.fileno()

    def get_request(self):
        return self.socket.accept()

    def verify_request(self, request, _address):
        """Says so and hangs up when there are too many."""
        if self.slots.acquire(blocking=False):
            return True
        busy = {"code": "busy", "message": f"{CONNECTIONS} connections are open"}
        request.send(json.dumps({"error": busy}).encode() + b"\n")
        return False

    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.slots.release()

    def handle_error(self, request, client_address):
        """A peer that has gone is no error of ours."""

    def shutdown_request(self, request):
        request.close()

    def close_request(self, request):
        request.close()
