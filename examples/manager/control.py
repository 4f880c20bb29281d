# SPDX-License-Identifier: LGPL-2.1-or-later
"""The control socket of a backend: a JSON object a line, and a deadline for every answer."""

import json
import os
import select
import socket
import struct
import time

from .failure import Failure, printable

READ = 64 * 1024
LINE_MAX = 64 * 1024
STATE_MAX = 64 * 1024 * 1024
PAUSE = 0.002


class Deadline:
    def __init__(self, seconds):
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self):
        """Seconds, for a wait; 0 when it is over."""
        return max(0.0, self._end - time.monotonic())

    def wait(self, *readers, longest=None):
        """The readers that became readable, until the deadline or for at most `longest`."""
        left = self.left if longest is None else min(self.left, longest)
        return select.select(readers, [], [], left)[0]


class Refused(Failure):
    """The backend's own no."""

    def __init__(self, name, error):
        error = error if isinstance(error, dict) else {}
        self.code = printable(error.get("code", "unknown"))
        super().__init__(f"{name}: {printable(error.get('message', 'refused without a message'))}")


class Folder:
    """Sockets in a folder, however long its name is; an address has room for 108 bytes only."""

    def __init__(self, path):
        self._handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._handle)

    def address(self, name):
        return f"/proc/self/fd/{self._handle}/{name}"

    def connect(self, name):
        """A connection, or None when nobody listens; the file alone says nothing."""
        peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        peer.setblocking(False)
        try:
            peer.connect(self.address(name))
        except (FileNotFoundError, ConnectionError, BlockingIOError):
            peer.close()
            return None
        except BaseException:
            peer.close()
            raise
        return peer

    def listen(self, name):
        path = self.address(name)
        if os.path.lexists(path):
            os.unlink(path)
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        try:
            # Made private before anybody can know of it: the folder is 0700.
            server.bind(path)
            server.listen(1)
            server.setblocking(False)
        except BaseException:
            server.close()
            raise
        return server


class Control:
    """One connection; what is asked on it is answered in turn."""

    def __init__(self, name, peer):
        self.name = name
        self.peer = peer
        self._read = bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.peer.close()

    def check_peer(self, process):
        """The socket is the process's own, and not somebody's that has taken its place."""
        credentials = self.peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        pid = struct.unpack("3i", credentials)[0]
        if pid != process.pid:
            self.peer.close()
            raise Failure(f"{self.name}: the socket belongs to process {pid}, not to "
                          f"{process.pid}, which was started; a wrapper has to exec the backend")

    def call(self, command, deadline, **arguments):
        self.send(command, deadline, **arguments)
        return self.answer(command, deadline)

    def send(self, command, deadline, **arguments):
        line = json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n"
        while line:
            try:
                line = line[self.peer.send(line):]
            except BlockingIOError:
                if not select.select([], [self.peer], [], deadline.left)[1]:
                    raise self._late(command, deadline) from None
            except OSError:
                raise self._ended(command) from None

    def answer(self, command, deadline):
        """What it returned; Refused for its no."""
        line = self._line(command, deadline, STATE_MAX if command == "get" else LINE_MAX)
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if isinstance(answer, dict) and "error" in answer:
            raise Refused(self.name, answer["error"])
        if not isinstance(answer, dict) or not isinstance(answer.get("return"), dict):
            raise Failure(f"{self.name}: its answer to {command} is none: "
                          f"{printable(line.decode('utf-8', 'replace'), 60)}")
        return answer["return"]

    def _line(self, command, deadline, longest):
        looked = 0
        while (end := self._read.find(b"\n", looked)) < 0:
            looked = len(self._read)
            if looked > longest:
                raise Failure(f"{self.name}: its answer to {command} is longer than {longest} "
                              "bytes")
            if not deadline.wait(self.peer):
                raise self._late(command, deadline)
            try:
                more = self.peer.recv(READ)
            except OSError:
                more = b""
            if not more:
                raise self._ended(command)
            self._read += more
        line = bytes(self._read[:end])
        del self._read[:end + 1]
        return line

    def _late(self, command, deadline):
        return Failure(f"{self.name}: does not answer to {command} within {deadline.seconds:g} s")

    def _ended(self, command):
        return Failure(f"{self.name}: has ended before it answered to {command}")
