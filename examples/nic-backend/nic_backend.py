#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The network card of this folder in Python: the same options, control socket and streams."""

import argparse
import fcntl
import hashlib
import json
import os
import signal
import socket
import sys
import threading

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc  # noqa: E402

import nic_card  # noqa: E402
from nic_card import Refused  # noqa: E402
from nic_control import Server, check_arguments, listen, read_request  # noqa: E402

ID = "nic0"
PATIENCE = 30
COMMON = {"num-queues": 2, "rx-filter-size": 16}
MODEL = {
    "params": {
        "num-queues": {"type": "int", "allowed_values": ["1-8"], "init_value": 4, "off_value": 1},
        "rx-filter-size": {"type": "int", "allowed_values": ["0-64"], "init_value": 16,
                           "off_value": 0},
        "direct": {"type": "bool", "init_value": False, "off_value": False},
        "jumbo": {"type": "bool", "init_value": True, "off_value": False},
        "rss": {"type": "bool", "init_value": True, "off_value": False},
    },
    "versions": [
        {"name": "direct", "params": {"direct": True}, "support": "none",
         "blocker": "the guest has the card's memory itself"},
        {"name": "1", "params": COMMON, "state_version": 1},
        {"name": "2", "params": COMMON | {"jumbo": True}, "state_version": 2},
        {"name": "3", "params": COMMON | {"jumbo": True, "num-queues": 4}, "state_version": 3},
        {"name": "4", "params": COMMON | {"jumbo": True, "num-queues": 4, "rss": True},
         "state_version": 4},
    ],
    "constraints": [
        {"if": {"direct": [True]}, "then": {"num-queues": [1], "rx-filter-size": [0]},
         "description": "direct access is for the simplest card"},
        {"forbid": {"direct": [True], "jumbo": [True]}},
        {"forbid": {"direct": [True], "rss": [True]}},
        {"if": {"rss": [True]}, "then": {"num-queues": ["2-8"]},
         "description": "one queue has no others"},
    ],
    "support": "bidirectional",
}
# What tests/interop/test_nic_versions.py moves, to and from each version that is new
for number, newer in enumerate(MODEL["versions"][2:], start=2):
    older = [str(other) for other in range(1, number)]
    newer["tested"] = [{"from": other, "to": newer["name"]} for other in older] \
        + [{"from": newer["name"], "to": other} for other in older]
EVER = ("incoming", "prepared", "running", "paused")


def make_backend(version):
    document = {"migdesc": "1.0", "models": {"example.org/nic": MODEL}}
    descriptor = Migdesc.Descriptor.new_from_string(json.dumps(document), -1)
    limited = Migdesc.Backend.new_from_descriptor(descriptor, None, None)
    limited.set_version_limit(str(version))
    return Migdesc.Backend.new_from_descriptor(limited.get_descriptor(), None,
                                               nic_card.make_type(version))


class Wire:
    """Only one card may be plugged in."""

    def __init__(self, path):
        self.path = path
        self.file = None

    def plug(self):
        if self.path is None or self.file is not None:
            return
        file = open(self.path, "a+b", opener=lambda path, flags: os.open(path, flags, 0o600))
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            with open(f"{self.path}.violations", "a", encoding="ascii") as violations:
                violations.write(f"DOUBLED {os.getpid()}\n")
            raise Refused(f"{self.path}: another card is plugged in", "doubled") from None
        self.file = file

    def unplug(self):
        if self.file is not None:
            self.file.close()
        self.file = None


class Transfer:
    """A save or load under way: what may be broken off from elsewhere."""

    def __init__(self):
        self.socket = None
        self.cancelled = False

    def use(self, new):
        self.socket = new
        if self.cancelled:
            self.cancel()
        return new

    def cancel(self):
        self.cancelled = True
        try:
            if self.socket is not None:
                self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Program:
    """The card with its life, and the commands of the control socket."""

    def __init__(self, backend, options):
        self.backend = backend
        config = dict(backend.get_config().to_variant().unpack())
        self.params = backend.get_params()
        self.card = nic_card.Card(config, options.limit_version, self.params)
        self.options = options
        self.status = "incoming"
        self.generation = 0
        self.transfer = None
        self.wire = Wire(options.wire)
        self.lock = threading.Lock()
        self.server = None
        self.set = Migdesc.DeviceSet.new()
        self.set.add(ID, self.params, self.card.type, self.card.capture, self.card.load)

    def now(self):
        if self.status == "incoming" and self.set.is_prepared():
            return "prepared"
        return self.status

    def save_bytes(self, version, embed):
        self.set.set_state_version(ID, version)
        return self.set.begin_save(None, embed)

    def keep(self):
        """As the newest version, where every value fits."""
        if self.options.state is not None:
            writer = self.save_bytes(self.card.version, True)
            writer.write_file(self.options.state, None)

    def begin(self):
        if self.options.incoming:
            return
        if self.options.state is not None and os.path.exists(self.options.state):
            reader = self.set.begin_load(None)
            reader.read_file(self.options.state, None)
            self.set.finish_load(reader)
        self.status = "paused"
        if self.options.paused:
            self.keep()
        else:
            self.start()

    def answer_status(self):
        return {"status": self.now()}

    def query(self):
        return {"model": self.params.get_model(), "params": self.params.to_string(),
                "version": self.backend.get_version(),
                "state-version": self.newest_wanted(), "program": self.card.version,
                "status": self.now(), "generation": self.generation}

    def newest_wanted(self):
        return self.backend.get_state_version() or self.card.version

    def get(self):
        self.card.settle()
        tree = self.card.tree(self.card.loading if self.now() == "prepared" else None)
        return {"state": json.loads(tree.to_json(False))}

    def start(self):
        self.wire.plug()
        if self.now() == "prepared":
            self.set.commit_load()
        self.status = "paused"
        try:
            self.keep()
        except GLib.Error:
            self.wire.unplug()
            raise
        self.card.run()
        self.status = "running"
        return self.answer_status()

    def stop(self):
        self.card.pause()
        self.status = "paused"
        self.wire.unplug()
        self.keep()
        return self.answer_status()

    def discard(self):
        if self.transfer is not None:
            self.transfer.cancel()
        if self.set.is_prepared():
            self.set.abort_load()
        return self.answer_status()

    def quit(self):
        self.server.ended = True
        return {}

    def check_transfer(self, command, paths):
        if len([path for path in paths if path is not None]) != 1:
            raise Refused(f"{command}: either socket or file is needed", "bad-argument")
        blocker = self.backend.get_blocker()
        if blocker is not None:
            raise Refused(f"the card cannot be migrated: {blocker}")
        self.transfer = Transfer()
        return self.transfer

    def save(self, socket=None, file=None, **more):
        version = more.get("state-version", self.newest_wanted())
        oldest = 2 if self.card.config.get("jumbo") else 1
        if not oldest <= version <= self.card.version:
            raise Refused(f"save: state-version is {oldest} to {self.card.version}",
                          "bad-argument")
        transfer = self.check_transfer("save", (socket, file))
        writer = self.save_bytes(version, file is not None)
        data = writer.to_bytes().get_data()
        if file is not None:
            writer.restart()
            writer.write_file(file, None)
        else:
            with self.unlocked():
                self.send(transfer, socket, data)
        return {"bytes": len(data), "digest": hashlib.sha256(data).hexdigest()}

    def send(self, transfer, path, data):
        with transfer.use(socket.socket(socket.AF_UNIX)) as peer:
            peer.settimeout(PATIENCE)
            peer.connect(path)
            peer.sendall(data)
            peer.shutdown(socket.SHUT_WR)

    def load(self, socket=None, file=None):
        transfer = self.check_transfer("load", (socket, file))
        reader = self.set.begin_load(None)
        with self.unlocked():
            pieces = self.receive(transfer, socket) if file is None else self.read(file)
            digest, size = hashlib.sha256(), 0
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                reader.feed(piece)
        if transfer.cancelled:
            raise Refused("Operation was cancelled", "cancelled")
        self.set.prepare_load(reader)
        return {"bytes": size, "digest": digest.hexdigest()}

    def read(self, path):
        if os.path.exists(path) and not os.path.isfile(path):
            raise Refused(f"{path}: no regular file", "io")
        with open(path, "rb") as file:
            yield from iter(lambda: file.read(65536), b"")

    def receive(self, transfer, path):
        with transfer.use(listen(path)) as listener:
            try:
                peer = listener.accept()[0]
            except OSError:
                if transfer.cancelled:
                    raise Refused("Operation was cancelled", "cancelled") from None
                raise
            finally:
                os.unlink(path)
        with transfer.use(peer):
            peer.settimeout(PATIENCE)
            yield from iter(lambda: peer.recv(65536), b"")

    def unlocked(self):
        return Unlocked(self.lock)

    def change(self, function, arguments):
        """Kept before it is answered."""
        self.card.settle()
        function(**{name.replace("-", "_"): value for name, value in arguments.items()})
        self.keep()
        self.generation += 1
        answer = {"generation": self.generation}
        if "queue" in arguments:
            queue = self.card.queue(arguments["queue"])
            answer |= {name: queue[name] for name in ("head", "frames", "bytes")}
        return answer

    def run(self, line):
        command, arguments = read_request(line)
        with self.lock:
            host = HOST.get(command)
            if host is None and command not in GUEST:
                raise Refused(f'there is no command "{command}"', "unknown-command")
            function, when, wanted = host or (None, ("running",), GUEST[command])
            check_arguments(command, wanted, arguments)
            if self.now() not in when:
                raise Refused(f"{command}: the card is {self.now()}", "wrong-status")
            if self.transfer and command not in ("query", "get", "discard", "quit"):
                raise Refused(f"{command}: a save or load is under way", "busy")
            if function is None:
                return self.change(getattr(self.card, command.replace("-", "_")), arguments)
            try:
                return function(self, **arguments)
            finally:
                if command in ("save", "load"):
                    self.transfer = None


class Unlocked:
    """What waits for others lets others in."""

    def __init__(self, lock):
        self.lock = lock

    def __enter__(self):
        self.lock.release()

    def __exit__(self, *_):
        self.lock.acquire()


ONE = {"socket": (str,), "file": (str,)}
HOST = {
    "query": (Program.query, EVER, {}),
    "get": (Program.get, EVER[1:], {}),
    "stop": (Program.stop, ("running",), {}),
    "cont": (Program.start, ("paused",), {}),
    "save": (Program.save, ("paused",), ONE | {"state-version": (int,)}),
    "load": (Program.load, ("incoming",), ONE),
    "start": (Program.start, ("prepared",), {}),
    "discard": (Program.discard, ("incoming", "prepared"), {}),
    "quit": (Program.quit, EVER, {}),
}
GUEST = {
    "receive": {"queue": int, "frames": int, "bytes": int},
    "write": {"register": str, "value": int},
    "write-queue": {"queue": int, "size": int},
    "write-eeprom": {"offset": int, "data": str},
    "write-rss-key": {"key": str},
    "add-filter": {"mac": str, "vlan": (int,), "drop": (bool,)},
    "remove-filter": {"mac": str, "vlan": (int,)},
}


def parse_options(arguments):
    parser = argparse.ArgumentParser(prog="nic_backend.py", allow_abbrev=False)
    parser.add_argument("--socket", required=True)
    parser.add_argument("--state")
    parser.add_argument("--wire")
    begin = parser.add_mutually_exclusive_group()
    begin.add_argument("--incoming", action="store_true")
    begin.add_argument("--paused", action="store_true")
    return parser.parse_args(arguments)


def read_limit(arguments):
    """The version that the program is limited to, and the other arguments."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--limit-version", type=int, choices=range(1, nic_card.VERSIONS + 1),
                        default=nic_card.VERSIONS)
    known, others = parser.parse_known_args(arguments)
    return known.limit_version, others


def serve(program, path):
    def end(*_):
        if program.server is None:
            sys.exit(0)
        # It waits for the loop, which is what the signal has interrupted.
        threading.Thread(target=program.server.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    program.begin()
    program.server = Server(path, program.run)
    program.server.serve_forever(poll_interval=0.1)
    os.unlink(path)


def run_test(backend, limit):
    """Of a card that never runs: whether programs of several versions get on."""
    config = dict(backend.get_config().to_variant().unpack())
    params = backend.get_params()
    card = nic_card.Card(config, limit, params)
    devices = Migdesc.DeviceSet.new()
    devices.add(ID, params, card.type, card.capture, card.load)
    devices.set_state_version(ID, backend.get_state_version())
    return backend.run_test(devices)


def main(arguments):
    limit, others = read_limit(arguments)
    backend = make_backend(limit)
    try:
        others = backend.parse_args(others)
        answer = backend.dup_answer()
        if answer is not None:
            print(answer, end="")
            return 0
        if backend.wants_test():
            return run_test(backend, limit)
        options = parse_options(others)
        options.limit_version = limit
        serve(Program(backend, options), options.socket)
        return 0
    except (Refused, GLib.Error, OSError) as error:
        for line in backend.dup_mistakes() or [getattr(error, "message", None) or str(error)]:
            print(f"nic_backend.py: {line}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
