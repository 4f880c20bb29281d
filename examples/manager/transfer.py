# SPDX-License-Identifier: LGPL-2.1-or-later
"""The state of a device: out of the source into a file, and from the file into the destination.

The file is what the decision stands on: a destination that dies after it can be made again.
"""

import hashlib
import os

from .control import PAUSE
from .failure import Failure
from .journal import sync_folder

CHUNK = 1 << 18
OUT = "outgoing"
IN = "incoming"


def receive(control, folder, spool, deadline, limit, **arguments):
    """Saves into the file, which appears whole or not at all; returns what was written."""
    with folder.listen(OUT) as server:
        try:
            control.send("save", deadline, socket=OUT, **arguments)
            with _accept(server, control, deadline) as peer:
                chunks = iter(lambda: _chunk(peer, control.name, deadline), b"")
                written = write(chunks, control.name, spool, limit)
            answer = control.answer("save", deadline)
        finally:
            os.unlink(folder.address(OUT))
    said = {"bytes": answer.get("bytes"), "sha256": answer.get("digest")}
    if said != written:
        raise Failure(f"{control.name}: says that it saved {said['bytes']} bytes with digest "
                      f"{said['sha256']}; {written['bytes']} arrived, with {written['sha256']}")
    return written


def _accept(server, control, deadline):
    ready = deadline.wait(server, control.peer)
    if server not in ready:
        # Answered without a connection: most likely it is a no, which this raises.
        control.answer("save", deadline)
        raise Failure(f"{control.name}: said that it saved, but sent nothing")
    peer, _ = server.accept()
    peer.setblocking(False)
    return peer


def write(chunks, name, spool, limit):
    """Into the file, 0600, which appears whole or not at all; its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    part = f"{spool}.part"
    try:
        with open(part, "wb", opener=_private) as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise Failure(f"{name}: its state is larger than {limit} bytes")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.rename(part, spool)
        sync_folder(os.path.dirname(spool))
    except OSError as error:
        raise Failure(f"{spool}: {error.strerror}") from None
    return {"bytes": size, "sha256": digest.hexdigest()}


def _private(path, flags):
    return os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _chunk(peer, name, deadline):
    if not deadline.wait(peer) or deadline.left == 0:
        raise Failure(f"{name}: does not send its state within {deadline.seconds:g} s")
    try:
        return peer.recv(CHUNK)
    except OSError:
        raise Failure(f"{name}: has ended while it sent its state") from None


def send(control, folder, spool, expected, deadline):
    """Loads the file, which must be the one that was written."""
    check(spool, expected)
    control.send("load", deadline, socket=IN)
    with _connect(control, folder, deadline) as peer, open(spool, "rb") as file:
        _pour(file, peer, deadline)
    control.answer("load", deadline)


def check(spool, expected):
    digest, size = hashlib.sha256(), 0
    try:
        with open(spool, "rb") as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                digest.update(chunk)
    except OSError as error:
        raise Failure(f"{spool}: {error.strerror}") from None
    if {"bytes": size, "sha256": digest.hexdigest()} != expected:
        raise Failure(f"{spool}: is not the state that was saved")


def _connect(control, folder, deadline):
    while (peer := folder.connect(IN)) is None:
        if deadline.wait(control.peer, longest=PAUSE):
            control.answer("load", deadline)
            raise Failure(f"{control.name}: said that it loaded, but took nothing")
        if deadline.left == 0:
            raise Failure(f"{control.name}: takes no state within {deadline.seconds:g} s")
    return peer


def _pour(file, peer, deadline):
    """What the destination does not want, it explains in its answer."""
    while chunk := file.read(CHUNK):
        peer.settimeout(max(deadline.left, PAUSE))
        try:
            peer.sendall(chunk)
        except TimeoutError:
            return
        except OSError:
            return
