# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes tests/data/stream: a stream for each kind of field and each thing that a stream can have,
in every format; with --check, compares what is there. For each there are

NAME.mds, .json, .cbor, .der  the stream, in the formats that can have what it shows
NAME.schemas                  effective schemas that a reader needs, one a line
NAME.expect                   a line "ID VERSION STATE" for each device, or "refused: MESSAGE"

The streams do not change: other programs have them, and released libraries have to read them. """

import json
import os
import sys
from pathlib import Path

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

from state_decoder import FIRST, LAST  # noqa: E402
from state_spoil import Part, put_together, take_apart  # noqa: E402

FOLDER = Path(__file__).resolve().parent.parent / "data" / "stream"
SUFFIXES = {"binary": ".mds", "json": ".json", "cbor": ".cbor", "der": ".der"}
PARAMS = "fast=on,n=3"
PAIR = {"name": "pair", "fields": [{"name": "a", "type": "u8", "min": 1, "max": 9},
                                   {"name": "b", "type": "i16", "min": -5, "max": 5}]}
PAIRS = [{"a": 1, "b": -5}, {"a": 9, "b": 5}, {"a": 2, "b": 0}]
WORDS = ["down", "up", "negotiating"]


def fields(*some, structs=(), version=1, minimum=1) -> dict:
    schema = {"state-schema": 1, "name": "sample", "version": version, "minimum": minimum}
    if structs:
        schema["structs"] = list(structs)
    return schema | {"fields": list(some)}


def one(type_: str, state, /, **members):
    """A device of a field, with a field behind it that shows where the field ends."""
    schema = fields({"name": "f", "type": type_, **members},
                    {"name": "end", "type": "u8", "min": 170, "max": 170},
                    structs=[PAIR] if type_ == "struct" else ())
    return [("dev0", schema, 1, {"f": state, "end": 170})]


def counted(type_: str, value, count: int, maximum: int, **members):
    schema = fields({"name": "n", "type": "u16", "min": 0, "max": maximum},
                    {"name": "f", "type": type_, **members, "maximum": maximum,
                     "count-field": "n"},
                    structs=[PAIR] if type_ == "struct" else ())
    return [("dev0", schema, 1, {"n": count, "f": value})]


def integers():
    for bits in (8, 16, 32, 64):
        low, high = -(1 << bits - 1), (1 << bits - 1) - 1
        top = (1 << bits) - 1
        yield f"u{bits}", one(f"u{bits}", top, min=0, max=text(top))
        yield f"u{bits}-bounds", one(f"u{bits}", 68, min=68, max=100)
        yield f"i{bits}", one(f"i{bits}", low, min=text(low), max=text(high))
        yield f"i{bits}-bounds", one(f"i{bits}", -3, min=-100, max=-3)
        yield f"enum{bits}", one(f"enum{bits}", 2, words=WORDS)
        yield f"flags{bits}", one(f"flags{bits}", 5, words=WORDS)
        yield f"constant{bits}", one(f"constant{bits}", top - 1, **{"value": text(top - 1)})
        yield f"u{bits}-array", one(f"u{bits}", [0, 1, top], min=0, max=text(top), count=3)
        yield f"u{bits}-list", one(f"u{bits}", [top, 2], min=0, max=text(top), maximum=4)
        yield f"u{bits}-counted", counted(f"u{bits}", [5, 6], 2, 4, min=0, max=9)


def text(value: int):
    return value if abs(value) <= 1 << 53 else str(value)


def scalars():
    yield "bool", one("bool", True)
    yield "bool-array", one("bool", [True, False, True], count=3)
    yield "bool-list", one("bool", [False, True], maximum=3)
    yield "f64", one("f64", -0.5, min=-1, max=1)
    yield "f64-any", one("f64", float("-inf"), **{"non-finite": True})
    yield "f64-list", one("f64", [0.1, 1e300, -0.0], min=-1, max=1e308, maximum=5)
    yield "timer", one("timer", -1)
    yield "timer-array", one("timer", [0, 2**63 - 1], count=2)
    yield "timer-list", one("timer", [5], maximum=2)
    for bits in (8, 16, 32):
        schema = fields({"name": "rows", "type": "u8", "min": 0, "max": 9, "maximum": 4},
                        {"name": "at", "type": f"index{bits}", "array": "rows"},
                        {"name": "maybe", "type": f"index{bits}", "array": "rows",
                         "none": (1 << bits) - 1})
        yield f"index{bits}", [("dev0", schema, 1, {"rows": [7, 8], "at": 1,
                                                    "maybe": (1 << bits) - 1})]


def data():
    yield "bytes", one("bytes", b"\xde\xad\xbe\xef", count=4)
    yield "bytes-list", one("bytes", b"\1\2", maximum=8)
    yield "bytes-empty", one("bytes", b"", maximum=8)
    yield "bytes-counted", counted("bytes", b"\7\x08\x09", 3, 4)
    yield "bytes-param", one("bytes", b"abc", maximum=4, **{"count-param": "n"})
    yield "string", one("string", "h\u00f6ch", maximum=10)
    yield "string-empty", one("string", "", maximum=10)
    yield "bitmap", one("bitmap", b"\xff\x0f", count=12)
    yield "bitmap-counted", counted("bitmap", b"\1\2", 10, 40)
    yield "unused", [("dev0", fields({"name": "a", "type": "u8", "min": 0, "max": 9},
                                     {"type": "unused", "count": 3}), 1, {"a": 4})]
    yield "struct", one("struct", PAIRS[0], struct="pair")
    yield "struct-nullable", one("struct", PAIRS[1], struct="pair", nullable=True)
    yield "struct-null", one("struct", None, struct="pair", nullable=True)
    yield "struct-array", one("struct", PAIRS, struct="pair", count=3)
    yield "struct-list", one("struct", PAIRS[:2], struct="pair", maximum=4)
    yield "struct-counted", counted("struct", PAIRS[:1], 1, 3, struct="pair")
    yield "struct-param", one("struct", PAIRS, struct="pair", maximum=8, **{"count-param": "n"})
    relation = fields({"name": "size", "type": "u16", "min": 1, "max": 512},
                      {"name": "head", "type": "u16", "min": 0, "max": 511},
                      {"type": "relation", "left": "head", "relation": "lt", "right": "size"},
                      {"type": "relation", "left": "size", "relation": "ne", "right-value": 13})
    signed = fields({"name": "low", "type": "i32", "min": -9, "max": 9},
                    {"name": "high", "type": "i32", "min": -9, "max": 9},
                    {"type": "relation", "left": "low", "relation": "le", "right": "high"})
    yield "relation-signed", [("dev0", signed, 1, {"low": -4, "high": -3})]
    yield "relation", [("dev0", relation, 1, {"size": 256, "head": 255})]


def section(name: str, **members) -> dict:
    return {"name": name, "type": "section", "version": 2, "minimum": 1,
            "fields": [{"name": "key", "type": "u32", "min": 0, "max": 99}], **members}


def with_section(there: bool, **members):
    schema = fields({"name": "a", "type": "u8", "min": 0, "max": 9}, section("more", **members))
    return [("dev0", schema, 1, {"a": 1} | ({"more": {"@version": 2, "key": 7}} if there else {}))]


def features():
    yield "section", with_section(True)
    yield "section-needed", with_section(True, needed="is_needed")
    yield "section-not-needed", with_section(False, needed="is_needed")
    yield "section-droppable", with_section(True, droppable=True)
    gated = fields({"name": "old", "type": "u8", "min": 0, "max": 9, "until": 2, "default": 0},
                   {"name": "a", "type": "u8", "min": 0, "max": 9},
                   {"name": "new", "type": "u8", "min": 0, "max": 9, "since": 3, "default": 0},
                   {"name": "fast", "type": "u8", "min": 0, "max": 9, "if-param": "fast",
                    "if-value": "on", "default": 0}, version=3)
    yield "version-1", [("dev0", gated, 1, {"old": 1, "a": 2, "fast": 3})]
    yield "version-3", [("dev0", gated, 3, {"a": 2, "new": 4, "fast": 3})]
    yield "devices", [("dev0", gated, 3, {"a": 2, "new": 4, "fast": 3}),
                      ("b/c", *one("string", "x", maximum=3)[0][1:]),
                      ("\u00f6", gated, 2, {"old": 0, "a": 2, "fast": 3})]


def insert(position: int, *parts: Part):
    def change(stream: bytes) -> bytes:
        head, records = take_apart(stream)
        records[position:position] = parts
        return put_together(head, records)
    return change


def split(stream: bytes) -> bytes:
    head, records = take_apart(stream)
    body = records[1].body
    records[1:2] = [Part(ord("S"), FIRST, 0, body[:7]), Part(ord("S"), 0, 0, b""),
                    Part(ord("S"), LAST, 0, body[7:])]
    return put_together(head, records)


def give_up(stream: bytes) -> bytes:
    head, records = take_apart(stream)
    return put_together(head, [*records[:2], Part(ord("X"), 0, 0, b"the disk is full")])


SECTION = b"\1\5other\3\0data that nobody knows"
MORE = Part(ord("S"), FIRST | LAST, 0, SECTION)
NEEDED = Part(ord("S"), FIRST | LAST, 0, b"\0" + SECTION[1:])
# name: the stream that is changed, how, what is refused
CHANGED = {
    "unknown-droppable": ("section", insert(2, MORE), None),
    "unknown-mandatory": ("section", insert(2, NEEDED),
                          "dev0: more: the section \"other\" is not known, "
                          "and the state is not complete without it"),
    "skipped-record": ("section", insert(1, Part(0x80, 0xff, 9, b"skip me")), None),
    "chunks": ("bytes", split, None),
    "abort": ("u32", give_up, "dev0: the source gave up: the disk is full"),
}


def streams():
    for some in (integers(), scalars(), data(), features()):
        yield from some


def save(devices: list, form: str, embed: bool,
         params: str = "example.org/nic?version=2," + PARAMS) -> bytes:
    writer = Migdesc.StreamWriter.new(form)
    writer.set_embed_schemas(embed)
    for id_, schema, state in devices:
        writer.add_state(id_, Migdesc.ParamList(params),
                         Migdesc.State(schema, state))
    return writer.to_bytes().get_data()


def effective(schema: dict, version: int):
    full = Migdesc.StateType.new_from_json(json.dumps(schema), -1, None)
    return full.new_effective(version, Migdesc.ParamList(PARAMS))


def files_of(name: str, devices: list, embed: bool = False) -> dict:
    """Contents by the names of files."""
    made = [(id_, effective(schema, version), state) for id_, schema, version, state in devices]
    files = {name + suffix: save(made, form, embed) for form, suffix in SUFFIXES.items()}
    schemas = set() if embed else {schema.to_json(False) for _, schema, _ in made}
    files[name + ".schemas"] = "".join(schema + "\n" for schema in sorted(schemas)).encode()
    lines = [f"{id_} {schema.get_version()} {Migdesc.State(schema, state).to_json(False)}\n"
             for id_, schema, state in made]
    files[name + ".expect"] = "".join(lines).encode()
    return files


def all_files() -> dict:
    files = {}
    for name, devices in streams():
        files |= files_of(name, devices)
    files |= files_of("embedded", dict(features())["devices"], True)
    for name, (base, change, refused) in CHANGED.items():
        files[name + ".mds"] = change(files[base + ".mds"])
        files[name + ".schemas"] = files[base + ".schemas"]
        files[name + ".expect"] = (files[base + ".expect"] if refused is None
                                   else f"refused: {refused}\n".encode())
    return files


def main():
    files = all_files()
    if "--check" not in sys.argv:
        os.makedirs(FOLDER, exist_ok=True)
        for name, contents in files.items():
            (FOLDER / name).write_bytes(contents)
        return
    there = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    wrong = [name for name in sorted({*files, *there}) if files.get(name) != there.get(name)]
    sys.exit(f"tests/data/stream differs: {', '.join(wrong)}" if wrong else 0)


if __name__ == "__main__":
    main()
