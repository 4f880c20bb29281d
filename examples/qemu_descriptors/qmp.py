# SPDX-License-Identifier: LGPL-2.1-or-later
"""A QMP client: one socket, one command at a time."""

import json
import socket

REPLY_SECONDS = 20
LINE_BYTES = 16 * 1024 * 1024
GONE = "the monitor closed the connection"


class Failure(Exception):
    """The question could not be answered; the text is for the user."""


class Refused(Failure):
    """QEMU understood the command and answered with an error; the text is QEMU's own."""


class Qmp:
    """Speaks QMP over a connected socket, which it owns. Events are dropped."""

    def __init__(self, connection):
        self._connection = connection
        self._connection.settimeout(REPLY_SECONDS)
        self._pending = b""

    @classmethod
    def connect(cls, path):
        """The monitor of a live VM that listens on the Unix socket at path."""
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(REPLY_SECONDS)
            connection.connect(path)
        except OSError as error:
            connection.close()
            raise Failure(f"{path}: {error.strerror or error}") from None
        qmp = cls(connection)
        try:
            qmp.negotiate()
        except BaseException:
            qmp.close()
            raise
        return qmp

    def negotiate(self):
        """Reads the greeting and leaves capabilities mode; the greeting is returned."""
        greeting = self._message()
        if "QMP" not in greeting:
            raise Failure("not a QMP monitor: its first message is no greeting")
        self.execute("qmp_capabilities")
        return greeting["QMP"]

    def execute(self, command, **arguments):
        """Runs one command and returns what it returned; raises Refused for an error."""
        request = {"execute": command, "arguments": arguments}
        try:
            self._connection.sendall(json.dumps(request).encode() + b"\n")
        except OSError:
            raise Failure(GONE) from None
        while True:
            reply = self._message()
            if "error" in reply:
                raise Refused(reply["error"].get("desc", "unknown error"))
            if "return" in reply:
                return reply["return"]

    def close(self):
        self._connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _message(self):
        try:
            message = json.loads(self._line())
        except ValueError:
            raise Failure("not a QMP monitor: it does not speak JSON") from None
        if not isinstance(message, dict):
            raise Failure("not a QMP monitor: a message is no JSON object")
        return message

    def _line(self):
        while b"\n" not in self._pending:
            if len(self._pending) > LINE_BYTES:
                raise Failure(f"a QMP message is longer than {LINE_BYTES} bytes")
            try:
                received = self._connection.recv(65536)
            except socket.timeout:
                raise Failure(f"the monitor said nothing for {REPLY_SECONDS} s; "
                              "does another client hold it?") from None
            except OSError:
                raise Failure(GONE) from None
            if not received:
                raise Failure(GONE)
            self._pending += received
        line, _, self._pending = self._pending.partition(b"\n")
        return line
