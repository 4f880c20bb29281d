# SPDX-License-Identifier: LGPL-2.1-or-later
"""The fields of a state, read by its effective schema as docs/state-format.md and
docs/state-schema.md have it. """

import math
import re
import struct

from state_place import Refused, SectionData

MAX_ELEMENTS = 1 << 24
MAX_BYTES = 256 << 20
RELATIONS = {"lt": int.__lt__, "le": int.__le__, "eq": int.__eq__, "ne": int.__ne__}


def integer(value) -> int:
    """An integer of a schema: a number, or digits where it is large."""
    return int(value)


class Fields:
    def __init__(self, schema: dict):
        self.structs = {one["name"]: one["fields"] for one in schema.get("structs", ())}
        self.fields = schema["fields"]
        self.sections = [one for one in self.fields if one["type"] == "section"]
        self.elements = 0
        self.body = {}

    def read_body(self, data: SectionData) -> dict:
        self.body = self.read_fields(self.fields, data, "")
        data.check_end()
        return self.body

    def place_of_section(self, name: str):
        names = [section["name"] for section in self.sections]
        return names.index(name) if name in names else None

    def read_section(self, place: int, version: int, data: SectionData) -> dict:
        section = self.sections[place]
        if version != section["version"]:
            raise Refused(data.start, f"the version {version}", section["name"])
        state = self.read_fields(section["fields"], data, section["name"] + ".")
        data.check_end()
        return {"@version": version, **state}

    def check_missing(self, offset: int, state: dict):
        for section in self.sections:
            if section["name"] not in state and "needed" not in section:
                raise Refused(offset, f"the section {section['name']!r} is missing")

    def read_fields(self, fields: list, data: SectionData, path: str) -> dict:
        state, indexes, counts = {}, [], {}
        for field in fields:
            kind = field["type"]
            if kind == "relation":
                self.check_relation(field, state, data.offset, path)
            elif kind == "unused":
                self.read_unused(field["count"], data, path)
            elif kind != "section":
                at, name = data.offset, field["name"]
                state[name] = self.read_field(field, state, data, path + name)
                if kind.startswith("index"):
                    indexes.append((at, field, state[name]))
        for at, field, value in indexes:
            self.check_index(at, field, value, state, path)
        return state

    def check_relation(self, field: dict, state: dict, offset: int, path: str):
        if "right" in field:
            right = state[field["right"]]
        else:
            right = integer(field["right-value"])
        left = state[field["left"]]
        if not RELATIONS[field["relation"]](left, right):
            raise Refused(offset, f"{left} {field['relation']} {right} does not hold",
                          path + field["left"])

    def check_index(self, offset: int, field: dict, value: int, state: dict, path: str):
        if "none" in field and value == integer(field["none"]):
            return
        array = state.get(field["array"], self.body.get(field["array"]))
        if value >= len(array):
            raise Refused(offset, f"{value} is not below {len(array)}", path + field["name"])

    def read_unused(self, count: int, data: SectionData, path: str):
        offset = data.offset
        if any(data.bytes(count, path + "unused")):
            raise Refused(offset, "not zero", path + "unused")

    def read_field(self, field: dict, state: dict, data: SectionData, path: str):
        kind = field["type"]
        if kind == "string":
            return self.read_string(field, data, path)
        count = self.read_count(field, state, data, path)
        if kind == "bytes":
            return self.read_bytes(count, data, path)
        if kind == "bitmap":
            return self.read_bitmap(count, data, path)
        if kind == "struct":
            return self.read_structs(field, count, data, path)
        if count is None:
            return self.read_scalar(field, data, path)
        self.count_elements(count, data.offset, path)
        return [self.read_scalar(field, data, f"{path}[{i}]") for i in range(count)]

    def count_elements(self, count: int, offset: int, path: str):
        self.elements += count
        if self.elements > MAX_ELEMENTS:
            raise Refused(offset, "too many elements", path)

    def read_count(self, field: dict, state: dict, data: SectionData, path: str):
        if "count" in field:
            return field["count"]
        if "maximum" not in field:
            return None
        offset = data.offset
        if "count-field" in field:
            count = state[field["count-field"]]
        else:
            count = data.number(4, path)
        if count > field["maximum"]:
            raise Refused(offset, f"{count} of at most {field['maximum']}", path)
        return count

    def read_bytes(self, count: int, data: SectionData, path: str) -> bytes:
        if count > MAX_BYTES:
            raise Refused(data.offset, f"{count} bytes", path)
        return data.bytes(count, path)

    def read_string(self, field: dict, data: SectionData, path: str) -> str:
        offset = data.offset
        count = data.number(4, path)
        if count > field["maximum"]:
            raise Refused(offset, f"{count} of at most {field['maximum']}", path)
        text = data.bytes(count, path)
        if 0 in text:
            raise Refused(offset, "a NUL", path)
        try:
            return text.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(offset, "not UTF-8", path) from None

    def read_bitmap(self, count: int, data: SectionData, path: str) -> bytes:
        offset = data.offset
        bits = data.bytes((count + 7) // 8, path)
        if int.from_bytes(bits, "little") >> count:
            raise Refused(offset, "bits behind the last", path)
        return bits

    def read_structs(self, field: dict, count, data: SectionData, path: str):
        fields = self.structs[field["struct"]]
        if field.get("nullable"):
            offset = data.offset
            there = data.number(1, path)
            if there > 1:
                raise Refused(offset, f"{there} is neither 0 nor 1", path)
            if not there:
                return None
        if count is None:
            return self.read_fields(fields, data, path + ".")
        self.count_elements(count, data.offset, path)
        return [self.read_fields(fields, data, f"{path}[{i}].") for i in range(count)]

    def read_scalar(self, field: dict, data: SectionData, path: str):
        kind, offset = field["type"], data.offset
        if kind == "bool":
            value = data.number(1, path)
            self.check_range(value, 0, 1, offset, path)
            self.check_range(value, field.get("min", 0), field.get("max", 1), offset, path)
            return bool(value)
        if kind == "f64":
            return self.read_double(field, data, path)
        if kind == "timer":
            value = data.number(8, path, True)
            self.check_range(value, field.get("min", -1), field.get("max", 2**63 - 1), offset, path)
            return value
        name, bits = re.fullmatch(r"(\D+)(\d+)", kind).groups()
        value = data.number(int(bits) // 8, path, name == "i")
        self.check_number(name, int(bits), field, value, offset, path)
        return value

    def check_number(self, name, bits, field, value, offset, path):
        if name in ("u", "i"):
            self.check_range(value, field["min"], field["max"], offset, path)
        elif name == "enum":
            self.check_range(value, 0, len(field["words"]) - 1, offset, path)
        elif name == "flags":
            self.check_range(value, 0, (1 << len(field["words"])) - 1, offset, path)
        elif name == "constant":
            wanted = integer(field["value"]) % (1 << bits)
            self.check_range(value, wanted, wanted, offset, path)
        elif name != "index":
            raise ValueError(f"no type {field['type']}")

    def read_double(self, field: dict, data: SectionData, path: str) -> float:
        offset = data.offset
        value, = struct.unpack("<d", data.take(8, path))
        if not field.get("non-finite"):
            if not math.isfinite(value):
                raise Refused(offset, f"{value} is not finite", path)
            if not field["min"] <= value <= field["max"]:
                raise Refused(offset, f"{value} is not in its bounds", path)
        return value

    def check_range(self, value, minimum, maximum, offset: int, path: str):
        if not integer(minimum) <= value <= integer(maximum):
            raise Refused(offset, f"{value} is not in {minimum} to {maximum}", path)
