# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each kind of field against each class of mistakes that hostile streams have used elsewhere.

The values are made from the schema: of every bounded field one below its least and one above its
greatest value, all bits set, the sign alone; of every count and length what is too much, what is
negative as a signed number, and what is allowed but not there. They are put into the streams of
tests/data/stream and into generated ones, behind hashes that are right, and into JSON, CBOR and DER
where those have numbers that the field has no room for. All have to be refused, by the decoder of
state_decoder.py too, with the path of the field and a byte of the stream.

x: tried, and the test fails if a run has none; -: there is no such thing to try.

            1  2  3  4  5  6  7  8  9  10   1 negative counts    2 counts above the capacity
bool        x  x  x  -  -  x  x  x  -  -    3 values used later: indexes, ranges, spare bits
u           x  x  x  -  x  x  x  x  -  x    4 lengths of nested data
i           x  x  x  -  x  x  x  x  -  x    5 lists of what has addresses: elements out of bounds
f64         x  x  x  -  x  x  x  x  -  -    6 numbers of another width
enum        -  -  x  -  -  x  -  x  -  -    7 memory for what is not there
flags       -  -  x  -  -  x  -  x  -  -    8 whatever bits: never an abort
index       -  -  x  -  -  x  -  x  -  -    9 strings that do not end, or are none
timer       x  x  x  -  x  x  x  x  -  -   10 values that do not fit each other
constant    -  -  x  -  -  x  -  x  -  -
bytes       x  x  -  x  -  -  x  x  -  -
string      x  x  -  x  -  -  x  x  x  -
bitmap      x  x  x  -  -  -  x  x  -  -
struct      x  x  x  -  x  -  x  x  -  -
unused      -  -  x  -  -  -  -  x  -  -
section     x  x  x  x  -  -  x  x  -  -
"""

import json
import re
import struct
import sys
from collections import Counter

import cbor2
import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc  # noqa: E402

import state_der  # noqa: E402
from generate_choosers import SeededChooser  # noqa: E402
from make_streams import FOLDER, SUFFIXES, effective, save, streams  # noqa: E402
from state_agreement import Disagreement, check_error, config, same, some_devices  # noqa: E402
from state_decoder import decode  # noqa: E402
from state_fields import Fields  # noqa: E402
from state_place import Refused  # noqa: E402
from state_spoil import rehash  # noqa: E402

ONES = (1 << 64) - 1


class Place:
    """A value in a stream: what it is, where, and what it has to be below or above of."""

    def __init__(self, kind, field, at, size, path):
        self.kind, self.field, self.at, self.size, self.path = kind, field, at, size, path


class Recording(Fields):
    """Fields that keep the place of each value."""

    places: list = []

    def note(self, kind, field, at, size, path):
        Recording.places.append(Place(kind, field, at, size, path))

    def read_scalar(self, field, data, path):
        data.left_in_chunk()
        at = data.offset
        value = super().read_scalar(field, data, path)
        self.note(plain(field["type"]), field, at, data.offset - at, path)
        return value

    def read_count(self, field, state, data, path):
        data.left_in_chunk()
        at = data.offset
        count = super().read_count(field, state, data, path)
        if "maximum" in field and "count-field" not in field:
            self.note("count", field, at, 4, path)
        elif "count-field" in field:
            self.note("count-field", field, at, 0, path)
        return count

    def read_string(self, field, data, path):
        data.left_in_chunk()
        at = data.offset
        text = super().read_string(field, data, path)
        self.note("string", field, at, 4 + len(text.encode()), path)
        return text

    def read_bitmap(self, count, data, path):
        data.left_in_chunk()
        at = data.offset
        bits = super().read_bitmap(count, data, path)
        if count % 8:
            self.note("bitmap", {"bits": count}, at, len(bits), path)
        return bits

    def read_structs(self, field, count, data, path):
        data.left_in_chunk()
        if field.get("nullable"):
            self.note("nullable", field, data.offset, 1, path)
        return super().read_structs(field, count, data, path)

    def read_unused(self, count, data, path):
        data.left_in_chunk()
        self.note("unused", {}, data.offset, count, path + "unused")
        super().read_unused(count, data, path)

    def check_relation(self, field, state, offset, path):
        super().check_relation(field, state, offset, path)
        self.note("relation", field, offset, 0, path + field["left"])

    def check_index(self, offset, field, value, state, path):
        super().check_index(offset, field, value, state, path)
        array = state.get(field["array"], self.body.get(field["array"]))
        self.note("index-of", {**field, "n": len(array)}, offset, 0, path + field["name"])


def plain(type_: str) -> str:
    return type_ if type_ == "f64" else re.fullmatch(r"(\D+)\d*", type_)[1]


def bits_of(value: int, size: int) -> bytes:
    return (value & (1 << 8 * size) - 1).to_bytes(size, "little")


def out_of_bounds(place: Place):
    """(class, bytes) of what the field does not allow."""
    kind, field, size = place.kind, place.field, place.size
    width = 1 << 8 * size
    if kind in ("u", "i", "timer"):
        low = int(field.get("min", -1))
        high = int(field.get("max", 2**63 - 1))
        least, most = (0, width - 1) if kind == "u" else (-width // 2, width // 2 - 1)
        tries = {low - 1, high + 1, least, most, -1, width // 2}
        return [(3, bits_of(value, size)) for value in tries
                if least <= value <= most and not low <= value <= high]
    if kind == "bool":
        return [(3, b"\2"), (3, b"\xff")]
    if kind == "enum":
        return [(3, bits_of(value, size)) for value in {len(field["words"]), ONES, width // 2}]
    if kind == "flags":
        spare = len(field["words"])
        return [(3, bits_of(1 << bit, size)) for bit in {spare, 8 * size - 1} if
                spare <= bit < 8 * size]
    if kind == "constant":
        value = int(field["value"])
        return [(3, bits_of(value + 1, size)), (3, bits_of(~value, size))]
    if kind == "f64" and "min" in field:
        numbers = (float("nan"), float("inf"), float("-inf"), field["max"] * 2 + 1e-9,
                   field["min"] * 2 - 1e-9)
        return [(3, struct.pack("<d", number)) for number in numbers]
    return []


def lengths(place: Place):
    """(class, bytes of the count) of what is too much."""
    most = place.field["maximum"]
    tries = [(1, 0x80000000), (1, 0xffffffff), (2, most + 1), (1, 0x80000000 + most)]
    if place.field["type"] in ("bytes", "string"):
        tries.append((4, most + 1))
        tries.append((4, 0x7fffffff))
    return [(number, bits_of(value, 4)) for number, value in tries]


def others(place: Place, data: bytes):
    if place.kind == "unused":
        return [(3, b"\1" + bytes(place.size - 1)), (3, bytes(place.size - 1) + b"\x80")]
    if place.kind == "nullable":
        return [(3, b"\2"), (3, b"\xff")]
    if place.kind == "bitmap":
        last = data[place.at + place.size - 1] | 0x80
        return [(3, data[place.at:place.at + place.size - 1] + bytes([last]))]
    return []


def strings(place: Place, data: bytes):
    length = place.size - 4
    if not length:
        return []
    head = data[place.at:place.at + 4]
    texts = [b"\0" + length * b"a", length * b"a" + b"\0", length * b"\xff", length * b"\xc3",
             b"\xc0\x80" + length * b"a", b"\xed\xa0\x80" + length * b"a"]
    return [(9, head + text[-length:] if text[:1] == b"a" else head + text[:length])
            for text in texts]


ELEMENT = re.compile(r"\[\d+\]")


class Run:
    def __init__(self):
        self.cells = Counter()
        self.widths = Counter()
        self.tried = 0

    def refuse(self, kind: str, number: int, case: "Case", data: bytes, path: str = ""):
        """Both have to refuse it, with the path."""
        library, decoder = case.by_library(data), case.by_decoder(data)
        if not isinstance(library, GLib.Error):
            raise Disagreement(f"{kind} {number} at {path}: read as {library}")
        if not isinstance(decoder, Refused):
            raise Disagreement(f"{kind} {number} at {path}: the decoder reads {decoder}")
        check_error(library, data)
        if path and path.split(".")[-1].split("[")[0] not in library.message:
            raise Disagreement(f"{kind} {number}: {library.message} does not name {path}")
        if "(byte " not in library.message:
            raise Disagreement(f"{kind} {number}: {library.message} names no byte")
        self.count(kind, number)

    def count(self, kind: str, number: int):
        self.cells[kind, number] += 1
        self.cells[kind, 8] += 1
        self.tried += 1

    def count_width(self, form: str, kind: str):
        self.widths[form, kind] += 1
        self.count(kind, 6)


class Case:
    """A stream of devices."""

    def __init__(self, data: bytes, devices: list):
        self.data, self.devices = data, devices
        self.schemas = {schema.get_digest(): json.loads(schema.to_json(False))
                        for _, schema, _ in devices}

    def by_library(self, data: bytes, form: str = "binary"):
        reader = Migdesc.StreamReader.new(form, None)
        for _, schema, _ in self.devices:
            reader.add_schema(schema)
        try:
            reader.read_bytes(GLib.Bytes.new(data))
            return {id_: reader.get_state(id_).to_dict() for id_, _, _ in self.devices}
        except GLib.Error as error:
            return error

    def by_decoder(self, data: bytes):
        try:
            return decode(data, self.schemas).states
        except Refused as refused:
            return refused

    def places(self) -> list:
        Recording.places = []
        decode(self.data, self.schemas, fields=Recording)
        return Recording.places

    def put(self, at: int, some: bytes) -> bytes:
        return rehash(self.data[:at] + some + self.data[at + len(some):])


def owner(place: Place) -> str:
    """The kind of field that a count counts."""
    return plain(place.field["type"])


def try_binary(run: Run, case: Case):
    places = case.places()
    for place in places:
        kind = {"nullable": "struct"}.get(place.kind, place.kind)
        bad = [*out_of_bounds(place), *others(place, case.data)]
        if place.kind == "count":
            kind, bad = owner(place), lengths(place)
        elif place.kind == "string":
            bad = [*lengths(place), *strings(place, case.data)]
        for number, some in bad:
            run.refuse(kind, number, case, case.put(place.at, some), place.path)
            if number == 3 and ELEMENT.search(place.path) and kind in ("u", "i", "f64", "timer"):
                run.count(kind, 5)
                run.count("struct", 5 if "." in place.path else 8)
        if place.size and kind in BITS:
            try_bits(run, case, place, kind)
    try_relations(run, case, places)
    try_counts(run, case, places)
    try_sections(run, case)


BITS = ("bool", "u", "i", "f64", "enum", "flags", "index", "timer", "constant", "bytes", "string",
        "bitmap", "struct", "unused")


def try_bits(run: Run, case: Case, place: Place, kind: str):
    """Whatever bits there are, the library and the decoder agree about them."""
    for some in (place.size * b"\xff", place.size * b"\x80", place.size * b"\0", b"\x7f", b"\x01"):
        data = case.put(place.at, some[:place.size])
        library, decoder = case.by_library(data), case.by_decoder(data)
        refused = isinstance(library, GLib.Error)
        if refused != isinstance(decoder, Refused) or not refused and not same(library, decoder):
            raise Disagreement(f"{place.path} as {some}: {library!r}, {decoder!r}")
        run.count(kind, 8)


def try_relations(run: Run, case: Case, places: list):
    """Each value is allowed, the two together are not; an index is allowed by its width."""
    by_path = {place.path: place for place in places if place.size}
    for place in places:
        if place.kind == "index-of":
            field = by_path[place.path]
            for value in {place.field["n"], place.field["n"] + 1, ONES - 1}:
                if value & (1 << 8 * field.size) - 1 != place.field.get("none"):
                    run.refuse("index", 3, case, case.put(field.at, bits_of(value, field.size)),
                               place.path)
        if place.kind != "relation":
            continue
        left = by_path[place.path]
        for value in (int(left.field["min"]), int(left.field["max"])):
            data = case.put(left.at, bits_of(value, left.size))
            if "does not hold" in str(case.by_decoder(data)):
                run.refuse(left.kind, 10, case, data, place.path)


def try_counts(run: Run, case: Case, places: list):
    """What is allowed but not there; and counts that another field has."""
    for place in places:
        if place.kind in ("count", "string"):
            kind = owner(place)
            data = case.put(place.at, bits_of(place.field["maximum"], 4))
            if isinstance(case.by_decoder(data), Refused):
                run.refuse(kind, 7, case, data)
        elif place.kind == "count-field":
            prefix = place.path.rpartition(".")[0]
            path = (prefix + "." if prefix else "") + place.field["count-field"]
            field = next(one for one in places if one.path == path and one.size)
            kind = owner(place)
            for number, value in ((2, place.field["maximum"] + 1), (1, ONES),
                                  (1, 1 << 8 * field.size - 1)):
                run.refuse(kind, number, case, case.put(field.at, bits_of(value, field.size)))
            data = case.put(field.at, bits_of(int(field.field["max"]), field.size))
            if isinstance(case.by_decoder(data), Refused):
                run.refuse(kind, 7, case, data)


def try_sections(run: Run, case: Case):
    """The head of each section: flags, the length of its name, its version."""
    at = 28
    while at < len(case.data):
        length, kind = struct.unpack_from("<IB", case.data, at)
        if kind == ord("S") and case.data[at + 8 + 1]:
            name = case.data[at + 9]
            tries = [(3, 8, b"\x80"), (3, 8, b"\2"), (1, 9, b"\x80"), (2, 9, b"\xff"),
                     (4, 9, bytes([name + 1])), (7, 9, b"\x7f")]
            for number, place, some in tries:
                data = case.put(at + place, some)
                if isinstance(case.by_decoder(data), Refused):
                    run.refuse("section", number, case, data)
        at += 16 + length


def walk(value, path=()):
    """(path, value) of all that is no dict or list."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from walk(one, (*path, key))
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield from walk(one, (*path, i))
    else:
        yield path, value


def changed(value, path: tuple, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(copy[path[0]], path[1:], new)
    return copy


WIDTHS = {"u": (0, 1), "i": (-0.5, 0.5), "index": (0, 1), "constant": (0, 1), "timer": (-0.5, 0.5)}


def wider(type_: str, low_limit=-2**63, high_limit=2**64):
    """What has no room in the field, or is none of its kind; of numbers only what a format has."""
    kind = plain(type_)
    if kind in WIDTHS:
        bits = 64 if kind == "timer" else int(re.search(r"\d+", type_)[0])
        low, high = WIDTHS[kind]
        bad = [int(low * (1 << bits)) - 1, int(high * (1 << bits)), 1.5, "x", True]
        return [value for value in bad
                if not isinstance(value, int) or low_limit <= value < high_limit]
    return {"bool": [2, 1.5, "x"], "f64": ["x", True, None], "enum": ["nothing", 2**32, -1],
            "flags": [["nothing"], 2**63, -1, "x"]}.get(kind, [])


def try_widths(run: Run, name: str, case: Case):
    schema = next(iter(case.schemas.values()))
    types = {field["name"]: field["type"] for field in schema["fields"] if "name" in field}
    for form, read, write in (("json", json.loads, json.dumps), ("cbor", cbor2.loads, cbor2.dumps)):
        stream = read((FOLDER / (name + SUFFIXES[form])).read_bytes())
        values = list(walk(stream["devices"]["dev0"]))
        if form == "cbor" and any(isinstance(value, float) for _, value in values):
            continue  # cbor2 writes none as short as it has to be
        for path, _ in values:
            type_ = types.get(path[0])
            if type_ is None or type_ in ("bytes", "string", "bitmap", "struct", "section"):
                continue
            where = path[:1] if type_.startswith("flags") else path
            for bad in wider(type_):
                if isinstance(bad, float) and form == "cbor":
                    continue
                data = write(changed(stream, ("devices", "dev0", *where), bad))
                data = data if isinstance(data, bytes) else data.encode()
                error = case.by_library(data, form)
                if not isinstance(error, GLib.Error) or path[0] not in error.message:
                    raise Disagreement(f"{name}, {form}: {path} as {bad!r}: {error!r}")
                check_error(error, data)
                run.count_width(form, plain(type_))


def of_no_room(type_: str):
    """The same as items of DER, which has numbers of any width."""
    kind = plain(type_)
    tag = state_der.ENUMERATED if kind == "enum" else state_der.INTEGER
    if kind == "flags":
        bits = int(re.search(r"\d+", type_)[0])
        return [state_der.item_of(bad) for bad in (1 << bits, -1, 2**64, "x", True)]
    if kind == "enum":
        tries = (state_der.item_of(bad, tag) for bad in (2**32, 2**64, -1))
        return [*tries, state_der.item_of(1), state_der.item_of("up")]
    return [state_der.item_of(bad, tag) for bad in wider(type_, -2**80, 2**80)]


def try_der_widths(run: Run, name: str, case: Case):
    schema = next(iter(case.schemas.values()))
    stream = state_der.parse((FOLDER / (name + SUFFIXES["der"])).read_bytes())[0]
    fields = [field for field in schema["fields"] if field["type"] not in ("unused", "relation")]
    for field, item in zip(fields, state_der.fields_of_device(stream, 0)):
        if field["type"] in ("bytes", "string", "bitmap", "struct", "section"):
            continue
        for leaf in state_der.leaves(item):
            good = leaf.tag, leaf.value
            for bad in of_no_room(field["type"]):
                leaf.tag, leaf.value = bad.tag, bad.value
                data = stream.encode()
                error = case.by_library(data, "der")
                if not isinstance(error, GLib.Error) or field["name"] not in error.message:
                    raise Disagreement(f"{name}, der: {field['name']} as {bad.tag:#x} "
                                       f"{bad.value.hex()}: {error!r}")
                check_error(error, data)
                run.count_width("der", plain(field["type"]))
            leaf.tag, leaf.value = good


def try_corpus(run: Run):
    for name, devices in streams():
        made = [(id_, effective(schema, version), state) for id_, schema, version, state in devices]
        case = Case((FOLDER / (name + ".mds")).read_bytes(), made)
        try:
            try_binary(run, case)
            if len(made) == 1:
                try_widths(run, name, case)
                try_der_widths(run, name, case)
        except Disagreement as error:
            sys.exit(f"{name}: {error}")


def try_generated(run: Run, rounds: int):
    for seed in range(rounds):
        devices = some_devices(SeededChooser(seed))
        data = save(devices, "binary", False, config().text)
        try:
            try_binary(run, Case(data, devices))
        except Disagreement as error:
            sys.exit(f"seed {seed}: {error}")


def check_table(run: Run):
    rows = re.findall(r"^(\w+)((?: +[x-]){10})", __doc__, re.M)
    wrong = []
    for kind, cells in rows:
        for number, cell in enumerate(cells.split(), 1):
            if (cell == "x") != (run.cells[kind, number] > 0):
                wrong.append(f"{kind} {number}: {run.cells[kind, number]} tried")
    wide = [(form, kind) for kind, cells in rows for form in ("json", "cbor", "der")
            if cells.split()[5] == "x" and (form, kind) != ("cbor", "f64")]  # see try_widths ()
    wrong += [f"{kind} 6 in {form}: none tried" for form, kind in wide
              if not run.widths[form, kind]]
    known = {kind for kind, _ in rows}
    wrong += [f"{kind} has no row" for kind, _ in run.cells if kind not in known]
    if wrong:
        sys.exit("the table is not what was tried: " + ", ".join(sorted(set(wrong))))


def main():
    run = Run()
    try_corpus(run)
    try_generated(run, int(sys.argv[1]) if len(sys.argv) > 1 else 12)
    check_table(run)
    print(f"{run.tried} tried, all refused")


if __name__ == "__main__":
    main()
