# SPDX-License-Identifier: LGPL-2.1-or-later

"""A device backend that speaks the control protocol, and can be told to misbehave.

Its faults stand in FILE of --fault FILE, words of which each is read when it matters:
    print-hang, print-garbage, print-nothing, print-much, print-other   the descriptor
    start-dies, start-hangs, start-deaf, start-other-model, start-other-params, start-other-process
    COMMAND-dies, COMMAND-hangs, COMMAND-garbage, COMMAND-long, COMMAND-refuses
    go-dies, went-dies                  when told to start, before or after it has
    bus-Save-dies, bus-Save-hangs, bus-Load-dies, ...
    save-short, save-lies, save-hangs-midway, save-endless, load-other
"""

import fcntl
import hashlib
import json
import os
import select
import socket
import sys
import threading
import time

MODEL = "example.org/counter"
FOREVER = 3600
VMSTATE = """<node><interface name="org.qemu.VMState1">
<property name="Id" type="s" access="read"/>
<method name="Save"><arg type="ay" direction="out"/></method>
<method name="Load"><arg type="ay" direction="in"/></method>
</interface></node>"""


def options(arguments):
    found = {"incoming": False, "paused": False, "max-size": "4194304", "settings": {}}
    arguments = iter(arguments)
    for argument in arguments:
        if argument.startswith("--m-"):
            name, _, value = argument[len("--m-"):].partition("=")
            found["settings"][name] = value
        elif argument in ("--incoming", "--paused", "--print-migration-info-json"):
            found[argument[2:]] = True
        else:
            found[argument[2:]] = next(arguments)
    return found


def descriptor(most):
    return {"migdesc": "1.0", "models": {MODEL: {
        "params": {"size": {"type": "int", "allowed_values": [f"0-{most}"], "init_value": 16,
                            "off_value": 0},
                   "fast": {"type": "bool", "init_value": False, "off_value": False}},
        "versions": [{"name": "1", "params": {}}]}}}


class Backend:
    def __init__(self, given):
        self.given = given
        self.settings = {"size": "16", "fast": "off"} | given["settings"]
        self.state = {"counter": 0, "blob": "x" * int(self.settings["size"])}
        self.status = "incoming" if given["incoming"] else "paused"
        self.wire = None

    # --- faults

    def faults(self):
        try:
            with open(self.given["fault"], encoding="ascii") as file:
                return file.read().split()
        except (KeyError, OSError):
            return []

    def fault(self, name):
        return name in self.faults()

    def perhaps(self, name):
        if self.fault(f"{name}-dies"):
            os.kill(os.getpid(), 9)
        if self.fault(f"{name}-hangs"):
            time.sleep(FOREVER)

    # --- the descriptor

    def print_descriptor(self):
        self.perhaps("print")
        if self.fault("print-hang"):
            time.sleep(FOREVER)
        if self.fault("print-garbage"):
            print("\x1b[31mnot { json")
        elif self.fault("print-much"):
            chunk = b"x" * 65536
            for _ in range(1 << 14):
                os.write(1, chunk)
        elif not self.fault("print-nothing"):
            document = descriptor(int(self.given["max-size"]))
            if self.fault("print-other"):
                document["models"]["example.org/other"] = document["models"].pop(MODEL)
            print(json.dumps(document))

    # --- the state

    def persist(self):
        with open("state.part", "w", encoding="ascii") as file:
            json.dump(self.state, file)
            file.flush()
            os.fsync(file.fileno())
        os.rename("state.part", "state")

    def go(self):
        if "wire" in self.given:
            self.wire = os.open(self.given["wire"], os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(self.wire, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                with open(self.given["wire"] + ".violations", "a", encoding="ascii") as file:
                    file.write(f"DOUBLED {os.getpid()}\n")
                raise ValueError("the wire is taken") from None
        self.status = "running"

    def pause(self):
        if self.wire is not None:
            os.close(self.wire)
            self.wire = None
        self.status = "paused"

    # --- commands

    def do_query(self):
        other = {**self.settings, "size": "1"} if self.fault("start-other-params") else None
        params = ",".join(f"{name}={value}" for name, value in (other or self.settings).items())
        return {"model": "example.org/other" if self.fault("start-other-model") else MODEL,
                "params": f"{MODEL}?{params}", "version": None, "state-version": 1,
                "status": self.status, "program": 1, "generation": self.state["counter"]}

    def do_get(self):
        return {"state": self.state | ({"blob": "?"} if self.fault("load-other") else {})}

    def do_receive(self, frames=1, **_):
        self.need("running")
        self.state["counter"] += frames
        self.persist()
        return {"counter": self.state["counter"]}

    def do_stop(self):
        self.need("running")
        self.pause()
        return {}

    def do_cont(self):
        self.need("paused")
        self.go()
        return {}

    def do_save(self, socket, **_):
        self.need("paused")
        data = json.dumps(self.state).encode()
        with connected(socket) as peer:
            if self.fault("save-hangs-midway"):
                peer.sendall(data[:10])
                time.sleep(FOREVER)
            while self.fault("save-endless"):
                peer.sendall(b"x" * 65536)
            peer.sendall(data[:10] if self.fault("save-short") else data)
        if self.fault("save-lies"):
            data += b"?"
        return {"bytes": len(data), "digest": hashlib.sha256(data).hexdigest()}

    def do_load(self, socket):
        self.need("incoming")
        with listening(socket) as server:
            peer, _ = server.accept()
            os.unlink(socket)
        with peer:
            data = b"".join(iter(lambda: peer.recv(65536), b""))
        self.state = json.loads(data)
        self.status = "prepared"
        return {}

    # --- org.qemu.VMState1

    def join_bus(self, address):
        """Calls are answered in a thread of their own."""
        sys.path.append("/usr/lib/python3/dist-packages")
        from gi.repository import Gio, GLib

        def called(_, sender, path, interface, method, arguments, invocation):
            self.perhaps(f"bus-{method}")
            try:
                if method == "Save":
                    self.need("paused")
                    data = json.dumps(self.state).encode()
                    state = GLib.Variant.new_from_bytes(GLib.VariantType("ay"),
                                                        GLib.Bytes.new(data), True)
                    invocation.return_value(GLib.Variant.new_tuple(state))
                else:
                    self.need("incoming")
                    self.state = json.loads(bytes(arguments[0]))
                    self.status = "prepared"
                    invocation.return_value(None)
            except ValueError as error:
                invocation.return_dbus_error("org.example.Refused", str(error))

        bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        interface = Gio.DBusNodeInfo.new_for_xml(VMSTATE).interfaces[0]
        bus.register_object("/org/qemu/VMState1", interface, called, None, None)
        Gio.bus_own_name_on_connection(bus, "org.qemu.VMState1", Gio.BusNameOwnerFlags.NONE, None,
                                       None)
        threading.Thread(target=GLib.MainLoop().run, daemon=True).start()

    def do_start(self):
        self.need("prepared")
        self.perhaps("go")
        self.persist()
        self.go()
        self.perhaps("went")
        return {}

    def do_quit(self):
        sys.exit(0)

    def need(self, status):
        if self.status != status:
            raise ValueError(f"the device is {self.status}, not {status}")

    def answer(self, line):
        request = json.loads(line)
        command = request["execute"]
        self.perhaps(command)
        if self.fault(f"{command}-garbage"):
            return b"\x00\xff garbage\n"
        if self.fault(f"{command}-long"):
            return b"x" * (1 << 20)
        try:
            if self.fault(f"{command}-refuses"):
                raise ValueError(f"no {command} today")
            answer = {"return": getattr(self, f"do_{command}")(**request.get("arguments", {}))}
        except (ValueError, KeyError, OSError) as error:
            answer = {"error": {"code": "refused", "message": str(error)}}
        return json.dumps(answer).encode() + b"\n"

    # --- life

    def begin(self):
        if self.status == "incoming":
            return
        if os.path.exists("state"):
            with open("state", encoding="ascii") as file:
                self.state = json.load(file)
        if not self.given["paused"]:
            self.go()

    def serve(self):
        self.perhaps("start")
        if self.fault("start-other-process") and os.fork():
            time.sleep(FOREVER)
        self.begin()
        if "dbus" in self.given:
            self.join_bus(self.given["dbus"])
        if self.fault("start-deaf"):
            time.sleep(FOREVER)
        with listening(self.given["socket"]) as server:
            peers = {}
            while True:
                for ready in select.select([server, *peers], [], [])[0]:
                    if ready is server:
                        peers[server.accept()[0]] = b""
                    elif not self.take(ready, peers):
                        del peers[ready]
                        ready.close()

    def take(self, peer, peers):
        try:
            data = peer.recv(65536)
            *lines, peers[peer] = (peers[peer] + data).split(b"\n")
            for line in lines:
                peer.sendall(self.answer(line))
        except ConnectionError:
            return False
        return bool(data)


def listening(path):
    server = socket.socket(socket.AF_UNIX)
    if os.path.lexists(path):
        os.unlink(path)
    server.bind(path)
    server.listen(8)
    return server


def connected(path):
    peer = socket.socket(socket.AF_UNIX)
    peer.connect(path)
    return peer


def main():
    given = options(sys.argv[1:])
    backend = Backend(given)
    if "print-migration-info-json" in given:
        backend.print_descriptor()
    elif int(backend.settings["size"]) > int(given["max-size"]):
        sys.exit(f"size={backend.settings['size']} is too large; at most {given['max-size']}")
    else:
        backend.serve()


if __name__ == "__main__":
    main()
