# SPDX-License-Identifier: LGPL-2.1-or-later
"""A reader of the binary format of states, written from docs/state-format.md and
docs/state-schema.md alone, in plain Python: what it says of a stream, the library must say too.

decode (stream) gives a Stream; what the pages refuse is Refused, with the byte at which it is.
`state_decoder.py FILE` prints a stream that has its schemas with it. """

import hashlib
import json
import re
import struct
import sys
from dataclasses import dataclass, field

from state_fields import Fields
from state_place import Chunk, Refused, SectionData

MAGIC = bytes.fromhex("894d44530d0a1a0a")
MAX_BODY = 1 << 20
MAX_DEVICES = 65536
MAX_PARAMS = 4096
CONTROL = r"[\0-\x1f\x7f-\x9f]"
LAST, FIRST = 1, 2
DROPPABLE = 1
MASK = (1 << 64) - 1
PRIMES = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63,
          0x27D4EB2F165667C5)


@dataclass
class Stream:
    manifest: dict
    schemas: dict
    states: dict = field(default_factory=dict)
    size: int = 0


@dataclass
class Record:
    start: int
    kind: int
    flags: int
    device: int
    body: bytes

    @property
    def inside(self) -> int:
        return self.start + 8


def turn_left(value: int, bits: int) -> int:
    return (value << bits | value >> (64 - bits)) & MASK


def xxh64_round(lane: int, word: int) -> int:
    return turn_left((lane + word * PRIMES[1]) & MASK, 31) * PRIMES[0] & MASK


def xxh64_stripes(data: bytes, seed: int) -> int:
    """What the whole blocks of 32 bytes come to."""
    p1, p2, _, p4, _ = PRIMES
    lanes = [(seed + p1 + p2) & MASK, (seed + p2) & MASK, seed, (seed - p1) & MASK]
    whole = len(data) & ~31
    for block in struct.iter_unpack("<4Q", data[:whole]):
        lanes = [xxh64_round(lane, word) for lane, word in zip(lanes, block)]
    total = sum(turn_left(lane, bits) for lane, bits in zip(lanes, (1, 7, 12, 18))) & MASK
    for lane in lanes:
        total = ((total ^ xxh64_round(0, lane)) * p1 + p4) & MASK
    return total


def xxh64(data: bytes, seed: int = 0) -> int:
    p1, p2, p3, p4, p5 = PRIMES
    total = xxh64_stripes(data, seed) if len(data) >= 32 else (seed + p5) & MASK
    total = (total + len(data)) & MASK
    at = len(data) & ~31
    for at in range(at, len(data) - 7, 8):
        word, = struct.unpack_from("<Q", data, at)
        total = (turn_left(total ^ xxh64_round(0, word), 27) * p1 + p4) & MASK
    at = len(data) & ~7
    if len(data) - at >= 4:
        word, = struct.unpack_from("<I", data, at)
        total = (turn_left(total ^ word * p1 & MASK, 23) * p2 + p3) & MASK
        at += 4
    for byte in data[at:]:
        total = turn_left(total ^ byte * p5 & MASK, 11) * p1 & MASK
    total = (total ^ total >> 33) * p2 & MASK
    total = (total ^ total >> 29) * p3 & MASK
    return total ^ total >> 32


class Records:
    """The header, and the records behind it, one after another, hashes compared."""

    def __init__(self, data: bytes):
        self.data = data
        self.count = 0
        if data[:8] != MAGIC[:len(data)]:
            raise Refused(0, "not a stream")
        if len(data) < 28:
            raise Refused(len(data), "truncated in the header")
        major, _minor, required, _optional, hash_ = struct.unpack_from("<HHIIQ", data, 8)
        if hash_ != xxh64(data[:20]):
            raise Refused(20, "the hash of the header")
        if major != 1:
            raise Refused(8, f"major version {major}")
        if required:
            raise Refused(12, f"required features {required:x}")
        self.hash = hash_
        self.at = 28

    def next(self) -> Record:
        start = self.at
        if len(self.data) - start < 4:
            raise Refused(len(self.data), "truncated")
        length, = struct.unpack_from("<I", self.data, start)
        if length > MAX_BODY:
            raise Refused(start, f"a record of {length} bytes")
        end = start + 8 + length
        if len(self.data) < end + 8:
            raise Refused(len(self.data), "truncated")
        found, = struct.unpack_from("<Q", self.data, end)
        if found != xxh64(self.data[start:end], self.hash):
            raise Refused(start, "the hash of a record")
        self.hash, self.at = found, end + 8
        self.count += 1
        kind, flags, device = struct.unpack_from("<BBH", self.data, start + 4)
        return Record(start, kind, flags, device, self.data[start + 8:end])

    def next_known(self) -> Record:
        while True:
            record = self.next()
            if chr(record.kind) in "MCSZX":
                return checked_head(record)
            if record.kind < 0x80:
                raise Refused(record.start, f"a record of the type {record.kind:#x}")
            if self.count == 1:
                raise Refused(record.start, "not the manifest")


def checked_head(record: Record) -> Record:
    known = LAST | FIRST if record.kind == ord("S") else 0
    if record.flags & ~known:
        raise Refused(record.start + 5, f"flags {record.flags:#x}")
    if record.device and record.kind != ord("S"):
        raise Refused(record.start + 6, f"device {record.device}")
    return record


def utf8(data: bytes, at: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(at + error.start, "not UTF-8") from None


def read_json(record: Record):
    def members(pairs):
        if len(dict(pairs)) != len(pairs):
            raise Refused(record.inside, "a member twice")
        return dict(pairs)

    def refuse(word):
        raise Refused(record.inside, word)

    text = utf8(record.body, record.inside)
    if text.startswith("\ufeff"):
        raise Refused(record.inside, "a byte order mark")
    try:
        value = json.loads(text, object_pairs_hook=members, parse_constant=refuse)
        json.dumps(value, ensure_ascii=False).encode()
        return value
    except (ValueError, RecursionError) as error:
        raise Refused(record.inside + getattr(error, "pos", 0), str(error)) from None


def is_name(name: str) -> bool:
    return 1 <= len(name.encode()) <= 255 and not re.search(CONTROL + r"|[\s?=,]", name)


def is_model_name(name: str) -> bool:
    domain, *path = name.removeprefix("https://").split("/")
    return is_name(name) and "." in domain and len(path) > 0 and all(path)


def check_params(params: dict, at: int):
    if len(params) > MAX_PARAMS:
        raise Refused(at, f"{len(params)} parameters")
    for name, value in params.items():
        if not is_name(name) or "/" in name or name in ("version", "model"):
            raise Refused(at, f"the parameter {name!r}")
        if not isinstance(value, str) or len(value.encode()) > 4096 or re.search(CONTROL, value):
            raise Refused(at, f"the value of the parameter {name!r}")


def check_device(device, at: int):
    if not isinstance(device, dict):
        raise Refused(at, "a device that is no object")
    kinds = {"id": str, "model": str, "version": str, "state": int, "params": dict, "schema": str}
    for name, value in device.items():
        if name not in kinds or type(value) is not kinds[name]:
            raise Refused(at, f"the member {name!r} of a device")
    if not {"id", "state", "params"} <= device.keys():
        raise Refused(at, "a device without id, state or params")
    if not 1 <= len(device["id"].encode()) <= 255 or re.search(CONTROL, device["id"]):
        raise Refused(at, f"the id {device['id']!r}")
    if "model" in device and not is_model_name(device["model"]):
        raise Refused(at, f"the model {device['model']!r}")
    if len(device.get("version", "").encode()) > 65536 or "\n" in device.get("version", ""):
        raise Refused(at, f"the version {device['version']!r}")
    check_params(device["params"], at)
    if not 1 <= device["state"] <= 0xffffffff:
        raise Refused(at, f"the state version {device['state']}")
    if not re.fullmatch("sha256:[0-9a-f]{64}", device.get("schema", "sha256:" + 64 * "0")):
        raise Refused(at, "a digest of another form")


def read_manifest(records: Records) -> dict:
    record = records.next_known()
    if record.kind != ord("M"):
        raise Refused(record.start, "not the manifest")
    manifest, at = read_json(record), record.inside
    if not isinstance(manifest, dict) or manifest.keys() != {"devices"}:
        raise Refused(at, "not an object of devices")
    devices = manifest["devices"]
    if not isinstance(devices, list) or len(devices) > MAX_DEVICES:
        raise Refused(at, "not a list of devices")
    for device in devices:
        check_device(device, at)
    if len({device["id"] for device in devices}) != len(devices):
        raise Refused(at, "two devices of one id")
    return manifest


def add_schema(stream: Stream, record: Record):
    digest = "sha256:" + hashlib.sha256(record.body).hexdigest()
    if digest not in {device.get("schema") for device in stream.manifest["devices"]}:
        raise Refused(record.inside, f"no device has the schema {digest}")
    if digest in stream.schemas:
        raise Refused(record.inside, "a schema twice")
    stream.schemas[digest] = read_json(record)


class Sections:
    """The sections of the devices of a stream, each with all of its chunks."""

    def __init__(self, records: Records, record: Record):
        self.records = records
        self.record = record

    def next(self, device: int):
        """Name, droppable, version and data of the next section of the device, if there is one."""
        record = self.record
        if record.kind != ord("S") or record.device != device:
            return None
        if not record.flags & FIRST:
            raise Refused(record.start + 5, "a section without its beginning")
        name, droppable, version, at = self.read_head(record)
        chunks = [Chunk(at, record.body[at - record.inside:])]
        while not record.flags & LAST:
            record = self.records.next_known()
            if record.kind == ord("X"):
                abort(record)
            if record.kind != ord("S") or record.flags & FIRST or record.device != device:
                raise Refused(record.start, "a section without its end")
            chunks.append(Chunk(record.inside, record.body))
        self.record = self.records.next_known()
        return name, droppable, version, SectionData(chunks)

    def read_head(self, record: Record):
        body, at = record.body, record.inside
        if len(body) < 2 or len(body) < 4 + body[1]:
            raise Refused(at, "the head of a section is cut off")
        flags, length = body[0], body[1]
        version, = struct.unpack_from("<H", body, 2 + length)
        if flags & ~DROPPABLE:
            raise Refused(at, f"flags {flags:#x} of a section")
        if not length and (version or flags):
            raise Refused(at, "the body of a device has neither flags nor a version")
        name = body[2:2 + length].decode("utf-8", "surrogateescape")
        return name, bool(flags), version, at + 4 + length


def read_device(sections: Sections, position: int, fields: Fields) -> dict:
    start = sections.record.start
    first = sections.next(position)
    if not first or first[0]:
        raise Refused(start, f"the device {position} has no body")
    state = fields.read_body(first[3])
    passed = -1
    unknown = set()
    while (found := sections.next(position)) is not None:
        name, droppable, version, data = found
        if not name:
            raise Refused(data.start, "the body of the device twice")
        place = fields.place_of_section(name)
        if place is None:
            if not droppable:
                raise Refused(data.start, f"the section {name!r} is not known")
            if name in unknown and "\0" not in name:
                raise Refused(data.start, f"the section {name!r} twice")
            unknown.add(name)
            continue
        if place <= passed:
            raise Refused(data.start, f"the section {name!r} twice or out of order")
        passed = place
        state[name] = fields.read_section(place, version, data)
    fields.check_missing(sections.record.start, state)
    return state


def abort(record: Record):
    raise Refused(record.start, "given up: " + utf8(record.body, record.inside))


def check_end(records: Records, record: Record):
    if len(record.body) != 12:
        raise Refused(record.inside, "the end has another length")
    size, count = struct.unpack("<QI", record.body)
    if size != record.start:
        raise Refused(record.inside, f"{size} bytes before the end, of {record.start}")
    if count != records.count - 1:
        raise Refused(record.inside + 8, f"{count} records before the end, of {records.count - 1}")


def decode(data: bytes, schemas: dict | None = None, behind: bool = False,
           fields: type = Fields) -> Stream:
    """schemas: schemas (dicts) by their digest, for devices whose schema is not in the stream;
    behind: whether there may be something behind the end; fields: what reads the fields."""
    records = Records(data)
    stream = Stream(read_manifest(records), {})
    record = records.next_known()
    while record.kind == ord("C"):
        add_schema(stream, record)
        record = records.next_known()
    sections = Sections(records, record)
    known = {**(schemas or {}), **stream.schemas}
    for position, device in enumerate(stream.manifest["devices"]):
        if sections.record.kind == ord("X"):
            abort(sections.record)
        if device.get("schema") not in known:
            raise Refused(records.at, f"the schema of {device['id']} is not there")
        schema = known[device["schema"]]
        if schema["version"] != device["state"]:
            raise Refused(records.at, f"{device['id']} is of another version than its schema")
        stream.states[device["id"]] = read_device(sections, position, fields(schema))
    record = sections.record
    if record.kind == ord("X"):
        abort(record)
    if record.kind != ord("Z"):
        raise Refused(record.start, "not the end")
    check_end(records, record)
    if records.at < len(data) and not behind:
        raise Refused(records.at, "something behind the end")
    stream.size = records.at
    return stream


def main():
    with open(sys.argv[1], "rb") as file:
        stream = decode(file.read())
    json.dump({"manifest": stream.manifest, "states": stream.states}, sys.stdout, indent=2,
              default=lambda data: data.hex())
    print()


if __name__ == "__main__":
    main()
