# SPDX-License-Identifier: LGPL-2.1-or-later
"""State schemas of every kind of field that docs/state-schema.md has, and states of them.

All choices come from a chooser of generate_choosers.py. The schemas are valid for the most part:
rules that look at a whole table are left to whoever reads the schema. """

import math
import struct
from types import SimpleNamespace

WORDS = ["down", "up", "negotiating", "on-fire", "x.y", "UPPER", "csum", "tso", "lro", "ufo", "gso",
         "vlan", "rss", "uso", "hash", "ecn", "last"]
LETTERS = ("a", "Z", " ", "\n", "ö", "€", "\U0001f600", '"', "\\", "\x01")
RELATIONS = ("lt", "le", "eq", "ne")
PARAMS = {"n": "3", "fast": "on", "mode": "a"}
SINGLE = (["u"] * 6 + ["i"] * 4 + ["f64", "enum", "flags", "bool", "string"] * 2
          + ["timer", "constant", "index"])
MANY = (["u", "bytes", "bitmap"] + ["u", "i", "struct"] * 2
        + ["f64", "bool", "timer", "bytes", "bitmap", "struct"])
SPECIAL_DOUBLES = (0.0, -0.0, 1.5, -1e300, 5e-324, math.inf, -math.inf, math.nan)


def number_of(value: int):
    """As schemas have numbers: above 2^53 as digits."""
    return value if abs(value) <= 1 << 53 else str(value)


def int_bounds(choose, bits: int, signed: bool) -> tuple[int, int]:
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    if choose.chance(0.4):
        return low, high
    one, other = choose.between(low, high), choose.between(low, high)
    if choose.chance(0.5):
        one = max(low, min(high, choose.between(-3, 100)))
        other = min(high, one + choose.between(0, 50))
    return min(one, other), max(one, other)


def with_zero(field: dict) -> dict:
    """A field as it may be in what can be absent: 0 is one of its values."""
    bounds = {"min": min, "max": max}
    return {name: number_of(bounds[name](int(value), 0))
            if name in bounds and field["type"] != "f64" else value
            for name, value in field.items()}


class SchemaMaker:
    def __init__(self, choose):
        self.choose = choose
        self.structs = []
        self.names = 0

    def name(self, stem: str) -> str:
        self.names += 1
        return f"{stem}{self.names}"

    def make(self) -> dict:
        choose = self.choose
        version = choose.between(1, 4)
        for _ in range(choose.between(0, 3)):
            fields = [self.one("u"), *self.fields(choose.between(0, 4))]
            self.structs.append({"name": self.name("struct"), "fields": fields})
        fields = self.fields(choose.between(1, 8), version)
        fields += [self.section(version) for _ in range(choose.between(0, 3))]
        schema = {"state-schema": 1, "name": "generated", "version": version,
                  "minimum": choose.between(1, version), "structs": self.used(fields),
                  "fields": fields}
        if not schema["structs"]:
            del schema["structs"]
        return schema

    def used(self, fields: list) -> list:
        """The structs that fields nest, in the order in which they are needed."""
        found = []

        def look(some):
            for field in some:
                look(field.get("fields", ()))
                if field["type"] != "struct" or field["struct"] in [one["name"] for one in found]:
                    continue
                one = next(one for one in self.structs if one["name"] == field["struct"])
                look(one["fields"])
                found.append(one)
        look(fields)
        return found

    def fields(self, count: int, version: int = 0) -> list:
        made = []
        for _ in range(count):
            made += self.some(made, version)
        if self.choose.chance(0.25):
            self.add_relation(made)
        return made

    def some(self, before: list, version: int) -> list:
        """A field, and the one that counts it, if there is such."""
        choose = self.choose
        if choose.chance(0.05):
            return [{"type": "unused", "count": choose.between(1, 20)}]
        if choose.chance(0.35):
            return self.many(choose.pick(MANY))
        kind = choose.pick(SINGLE)
        others = ("string", "bytes", "bitmap", "unused")
        arrays = [one for one in before
                  if one["type"] not in others and {"maximum", "count"} & one.keys()]
        if kind == "index":
            if not arrays:
                return self.many("u")
            return [self.index(choose.pick(arrays))]
        if kind == "struct" or choose.chance(0.08):
            return [self.nested()] if self.structs else []
        field = self.one(kind)
        if version and choose.chance(0.3):
            self.gate(field, version)
        return [field]

    def index(self, array: dict) -> dict:
        bits = self.choose.pick([8, 16, 32])
        field = {"name": self.name("index"), "type": f"index{bits}", "array": array["name"]}
        if self.choose.chance(0.7):
            field["none"] = (1 << bits) - 1
        return field

    def nested(self) -> dict:
        one = self.choose.pick(self.structs)
        field = {"name": self.name("one"), "type": "struct", "struct": one["name"]}
        if self.choose.chance(0.5):
            field["nullable"] = True
        return field

    def one(self, kind: str) -> dict:
        choose = self.choose
        bits = choose.pick([8, 16, 32, 64])
        field = {"name": self.name(kind[0]), "type": f"{kind}{bits}"}
        if kind in ("u", "i"):
            low, high = int_bounds(choose, bits, kind == "i")
            return field | {"min": number_of(low), "max": number_of(high)}
        if kind == "enum":
            return field | {"words": choose.some(WORDS, 1, 10)}
        if kind == "flags":
            return field | {"words": choose.some(WORDS, 1, min(bits, 17))}
        if kind == "constant":
            return field | {"value": number_of(choose.between(0, (1 << bits) - 1))}
        field["type"] = kind
        if kind == "string":
            return field | {"maximum": choose.between(1, 40)}
        if kind == "timer" and choose.chance(0.3):
            return field | {"min": choose.between(-1, 5), "max": choose.between(5, 1000)}
        if kind == "bool" and choose.chance(0.1):
            value = choose.between(0, 1)
            return field | {"min": value, "max": 1}
        if kind == "f64" and choose.chance(0.6):
            return field | {"min": choose.between(-10, 0) / 4, "max": choose.between(1, 1000)}
        return field | {"non-finite": True} if kind == "f64" else field

    def many(self, kind: str) -> list:
        choose = self.choose
        if kind in ("bytes", "bitmap"):
            field = {"name": self.name(kind), "type": kind}
        elif kind == "struct":
            if not self.structs:
                return []
            field = self.nested()
            field.pop("nullable", None)
        else:
            field = self.one(kind)
        most = choose.between(1, 5 if kind == "struct" else 40)
        ways = ["count", "count-field", "count-param"] + ["maximum"] * 2 * (kind != "bitmap")
        way = choose.pick(ways)
        if way == "count":
            return [field | {"count": most}]
        if way == "count-param":
            return [field | {"maximum": max(most, int(PARAMS["n"])), "count-param": "n"}]
        if way == "maximum":
            return [field | {"maximum": most}]
        counter = {"name": self.name("n"), "type": f"u{choose.pick([8, 16, 32])}",
                   "min": choose.between(0, most), "max": most}
        return [counter, field | {"maximum": most, "count-field": counter["name"]}]

    def add_relation(self, made: list):
        choose = self.choose
        ints = [one for one in made if one["type"][0] in "ui" and one["type"][1:].isdigit()
                and not {"count", "maximum", "since", "until", "if-param"} & one.keys()]
        if not ints:
            return
        left = choose.pick(ints)
        one = {"type": "relation", "left": left["name"], "relation": choose.pick(RELATIONS)}
        if len(ints) > 1 and choose.chance(0.6):
            made.append(one | {"right": choose.pick([i for i in ints if i is not left])["name"]})
        else:
            value = choose.pick([left["min"], left["max"]])
            made.append(one | {"right-value": value if int(value) >= 0 else 0})

    def gate(self, field: dict, version: int):
        choose = self.choose
        if choose.chance(0.7) and version > 1:
            since = choose.between(2, version)
            field["since"] = since
            if choose.chance(0.3):
                field["until"] = version
        if choose.chance(0.4):
            field["if-param"] = choose.pick(["fast", "mode"])
            if field["if-param"] == "mode":
                field["if-value"] = choose.pick(["a", "b"])
        if not {"since", "if-param"} & field.keys():
            return
        if field["type"][0] in "ui" and field["type"][1:].isdigit() and choose.chance(0.6):
            field["default"] = choose.pick([field["min"], field["max"]])
        elif field["type"].startswith("constant") or choose.chance(0.5):
            field["required"] = True
        else:
            field |= with_zero(field)
            field["default"] = 0

    def section(self, _version: int) -> dict:
        choose = self.choose
        version = choose.between(1, 3)
        field = {"name": self.name("section/"), "type": "section", "version": version,
                 "minimum": choose.between(1, version),
                 "fields": [self.one("u"), *self.fields(choose.between(0, 4), version)]}
        if choose.chance(0.6):
            field["needed"] = "is_needed"
        if choose.chance(0.4):
            field["droppable"] = True
        if {"needed", "droppable"} & field.keys():
            field["fields"] = [self.absent(one) for one in field["fields"]]
        return field

    def absent(self, field: dict) -> dict:
        """The field of a section that may be absent: what it is then is one of its values."""
        plain = field["type"][0] in "ui" and field["type"][1:].isdigit()
        if plain and not {"since", "if-param"} & field.keys() and self.choose.chance(0.3):
            return field | {"default": field["max"]}
        return field if "default" in field else with_zero(field)


class NoState(Exception):
    """The values that were tried do not fit each other."""


class StateMaker:
    """A state of an effective schema, as values: what State.to_dict() gives."""

    def __init__(self, choose, schema: dict):
        self.choose = choose
        self.structs = {one["name"]: one["fields"] for one in schema.get("structs", ())}
        self.schema = schema

    def make(self) -> dict:
        choose = self.choose
        state = self.struct(self.schema["fields"], {})
        for section in self.schema["fields"]:
            if section["type"] != "section":
                continue
            if "needed" in section and choose.chance(0.4):
                continue
            state[section["name"]] = {"@version": section["version"],
                                      **self.struct(section["fields"], state)}
        return state

    def struct(self, fields: list, device: dict) -> dict:
        for _ in range(60):
            state = self.try_struct(fields, device)
            if state is not None:
                return state
        raise NoState

    def try_struct(self, fields: list, device: dict):
        state = {}
        for field in fields:
            kind = field["type"]
            if kind == "relation":
                if not self.holds(field, state):
                    return None
            elif kind not in ("unused", "section"):
                value = self.value(field, state, device)
                if value is None and not field.get("nullable"):
                    return None
                state[field["name"]] = value
        return state

    def holds(self, relation: dict, state: dict) -> bool:
        left = state[relation["left"]]
        if "right" in relation:
            right = state[relation["right"]]
        else:
            right = int(relation["right-value"])
        return {"lt": left < right, "le": left <= right, "eq": left == right,
                "ne": left != right}[relation["relation"]]

    def count(self, field: dict, state: dict):
        if "count" in field:
            return field["count"]
        if "count-field" in field:
            return state[field["count-field"]]
        if "maximum" in field and field["type"] != "string":
            return self.choose.pick([0, field["maximum"],
                                     self.choose.between(0, field["maximum"])])
        return None

    def value(self, field: dict, state: dict, device: dict):
        choose, kind, count = self.choose, field["type"], self.count(field, state)
        if kind == "bytes":
            return self.octets(count)
        if kind == "string":
            return self.text(field["maximum"])
        if kind == "bitmap":
            size = (count + 7) // 8
            bits = int.from_bytes(self.octets(size), "little") & (1 << count) - 1
            return bits.to_bytes(size, "little")
        if kind.startswith("index"):
            return self.index(field, state, device)
        if kind == "struct":
            fields = self.structs[field["struct"]]
            if field.get("nullable") and choose.chance(0.4):
                return None
            if count is None:
                return self.struct(fields, device)
            return [self.struct(fields, device) for _ in range(count)]
        if count is None:
            return self.scalar(field)
        return [self.scalar(field) for _ in range(count)]

    def octets(self, count: int) -> bytes:
        return bytes(self.choose.between(0, 255) for _ in range(count))

    def text(self, most: int) -> str:
        text, made = "", self.choose.between(0, most)
        while len(text.encode()) < made:
            text += self.choose.pick(LETTERS)
        return text if len(text.encode()) <= most else text[:-1]

    def index(self, field: dict, state: dict, device: dict):
        array = state.get(field["array"], device.get(field["array"]))
        if "none" in field and (not array or self.choose.chance(0.3)):
            return int(field["none"])
        return self.choose.between(0, len(array) - 1) if array else None

    def scalar(self, field: dict):
        choose, kind = self.choose, field["type"]
        if kind == "bool":
            return bool(choose.between(field.get("min", 0), field.get("max", 1)))
        if kind == "timer":
            return self.between(field.get("min", -1), field.get("max", 2**63 - 1))
        if kind == "f64":
            return self.double(field)
        if kind.startswith("enum"):
            return choose.between(0, len(field["words"]) - 1)
        if kind.startswith("flags"):
            return choose.between(0, (1 << len(field["words"])) - 1)
        if kind.startswith("constant"):
            return int(field["value"])
        return self.between(field["min"], field["max"])

    def between(self, low, high) -> int:
        return self.choose.pick([int(low), int(high), self.choose.between(int(low), int(high))])

    def double(self, field: dict) -> float:
        choose = self.choose
        if "non-finite" not in field:
            span = field["max"] - field["min"]
            return choose.pick([float(field["min"]), float(field["max"]),
                                field["min"] + span * choose.between(0, 1000) / 1000])
        return choose.pick([*SPECIAL_DOUBLES, choose.between(-1000, 1000) / 7])


def same(one, other) -> bool:
    """Whether two states are equal, doubles bit by bit and members in the same order."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float):
        return struct.pack("<d", one) == struct.pack("<d", other)
    return one == other


def config() -> SimpleNamespace:
    return SimpleNamespace(params=PARAMS, text=",".join(f"{k}={v}" for k, v in PARAMS.items()))
