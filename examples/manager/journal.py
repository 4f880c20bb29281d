# SPDX-License-Identifier: LGPL-2.1-or-later
"""A journal of JSON records that survives the death of its writer and of the machine.

A record is a line, `LENGTH SUM JSON`, and the sum covers the sums before it. It is on the disk
before append() returns. What a writer leaves that was killed in the middle of a record is shorter
than its LENGTH, and is dropped; anything else that does not fit is damage, and nobody guesses what
was meant. Zeros at the end are room that was reserved.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import re

from .failure import Failure, Unfinished

HEAD = re.compile(rb"(\d{8}) ([0-9a-f]{16}) ")
SHAPE = b"00000000 0000000000000000 "
HEAD_BYTES = len(SHAPE)
RECORD_MAX = 1024 * 1024
JOURNAL_MAX = 64 * 1024 * 1024
RESERVED = 16 * 1024
FIRST_SUM = "0" * 16


def _sum(before, body):
    return hashlib.sha256(before.encode() + body).hexdigest()[:16]


def _line(before, record):
    body = json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
    if len(body) > RECORD_MAX:
        raise Failure(f"a record of {len(body)} bytes; a journal takes {RECORD_MAX}")
    total = _sum(before, body)
    return b"%08d %s %s\n" % (len(body), total.encode(), body), total


def _is_torn(rest):
    """Is it what is there of a record that nobody finished?"""
    head = HEAD.match(rest + SHAPE[len(rest):])
    return (head is not None and b"\n" not in rest
            and (len(rest) < HEAD_BYTES or len(rest) - HEAD_BYTES < int(head[1]) <= RECORD_MAX))


def parse(data, name):
    """(records, how many bytes they are, the sum so far)"""
    records, position, before = [], 0, FIRST_SUM
    data = data.rstrip(b"\0")
    while position < len(data):
        rest = data[position:position + HEAD_BYTES + RECORD_MAX + 1]
        if _is_torn(rest):
            break
        head = HEAD.match(rest)
        end = HEAD_BYTES + (int(head[1]) if head else 0)
        body, newline = rest[HEAD_BYTES:end], rest[end:end + 1]
        if not head or _sum(before, body) != head[2].decode() or newline not in (b"\n", b""):
            raise Failure(f"{name}: record {len(records) + 1}, at byte {position}, is damaged; "
                          "nothing is started or ended")
        records.append(json.loads(body))
        before = head[2].decode()
        position += end + 1
    return records, position, before


def read(path):
    """The records, without taking the journal."""
    try:
        with open(path, "rb") as file:
            data = file.read(JOURNAL_MAX + 1)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from None
    if len(data) > JOURNAL_MAX:
        raise Failure(f"{path}: is larger than {JOURNAL_MAX} bytes")
    return parse(data, path)[0]


def sync_folder(path):
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Journal:
    """Held by one manager at a time, until the end of the with block or of the process."""

    def __init__(self, path):
        self.path = str(path)
        self.records = []

    def __enter__(self):
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._take()
            self._load()
        except BaseException:
            os.close(self._file)
            raise
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, self._size)
        os.close(self._file)

    def reserve(self):
        """Room on the disk for all that a migration, or its undoing, may have to say."""
        try:
            os.posix_fallocate(self._file, self._size, RESERVED)
        except OSError as error:
            raise Failure(f"{self.path}: {error.strerror}") from None

    def _take(self):
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(f"{self.path}: another manager is at work") from None

    def _load(self):
        data = b""
        while len(data) <= JOURNAL_MAX:
            chunk = os.pread(self._file, 1 << 20, len(data))
            if not chunk:
                break
            data += chunk
        else:
            raise Failure(f"{self.path}: is larger than {JOURNAL_MAX} bytes")
        self.records, self._size, self._sum = parse(data, self.path)
        if self._size != len(data):
            # Cuts what was torn or reserved; or adds the newline that the last record may lack.
            if self._size and not data[:self._size].endswith(b"\n"):
                os.pwrite(self._file, b"\n", self._size - 1)
            os.ftruncate(self._file, self._size)
            os.fsync(self._file)
        sync_folder(os.path.dirname(self.path) or ".")

    def append(self, kind, **members):
        """The record is durable afterwards; or, after a Failure, it is not there.

        When it can't be known which, Unfinished: whoever opens the journal next will see.
        """
        record = {"kind": kind, **members}
        line, total = _line(self._sum, record)
        try:
            self._write(line)
        except OSError as error:
            self._take_back(error)
            raise Failure(f"{self.path}: {error.strerror}") from None
        try:
            os.fsync(self._file)
        except OSError as error:
            raise Unfinished(f"{self.path}: {error.strerror}; what is decided can be seen when "
                             "the journal is read again") from None
        self.records.append(record)
        self._size += len(line)
        self._sum = total

    def _write(self, line):
        done = 0
        while done < len(line):
            done += os.pwrite(self._file, line[done:], self._size + done)

    def _take_back(self, cause):
        try:
            os.ftruncate(self._file, self._size)
        except OSError:
            raise Unfinished(f"{self.path}: {cause.strerror}, and what was written of the record "
                             "could not be taken back") from None
