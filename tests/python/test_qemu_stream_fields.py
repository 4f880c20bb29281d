# SPDX-License-Identifier: LGPL-2.1-or-later

"""The fields of QEMU's devices: each kind, as a description has it and as it is in a stream."""

import pytest

import qemu_streams as q
from qemu_streams import findings, load


def decode(fields, data, subsections=None):
    """The state of one device."""
    stream = load(q.stream(q.full(1, "dev", data),
                           desc=q.described(q.device("dev", fields, subsections))))
    assert findings(stream) == []
    return stream["dev"].state.to_dict()


def refuse(fields, data, subsections=None):
    stream = load(q.stream(q.full(1, "dev", data),
                           desc=q.described(q.device("dev", fields, subsections))))
    assert not stream["dev"].has_state()
    [(code, message)] = findings(stream)
    return code, message.removeprefix("section 1, dev/0: ")


KINDS = [
    ("bool", b"\1", True), ("bool", b"\0", False), ("bool", b"\x80", True),
    ("int8", b"\xff", -1), ("int16", b"\x80\0", -32768), ("int32", b"\0\0\1\0", 256),
    ("int32 le", b"\xff\xff\xff\xfe", -2), ("int32 equal", b"\0\0\0\5", 5),
    ("int64", q.be64(-2), -2), ("int64 equal", q.be64(-2), 2**64 - 2),
    ("uint8", b"\xff", 255), ("uint8 equal", b"\7", 7), ("uint16", b"\1\2", 258),
    ("uint16 equal", b"\1\2", 258), ("uint32", b"\1\2\3\4", 0x01020304),
    ("uint32 equal", b"\1\2\3\4", 0x01020304), ("uint64", q.be64(2**63), 2**63),
    ("timer", q.be64(-1), -1), ("timer", q.be64(1000), 1000),
    ("CPU_Double_U", bytes.fromhex("3ff8000000000000"), 1.5),
    ("buffer", b"\1\2\3", b"\1\2\3"), ("unused_buffer", b"\0\0", b"\0\0"),
    ("shpc", b"anything", b"anything"), ("uint32", b"\1\2\3", b"\1\2\3"),
    ("bitmap", q.be64(5) + q.be64(1), [5, 1]), ("nullptr", b"0", None), ("uint64", b"0", None),
]


@pytest.mark.parametrize("kind, data, value", KINDS)
def test_kinds(kind, data, value):
    assert decode([q.field("f", kind, len(data)), q.field("next", "uint8", 1)], data + b"\x2a") == {
        "f": value, "next": 42}


def test_array_described_once():
    assert decode([q.field("f", "uint16", 2, array_len=3)], b"\0\1\0\2\0\3") == {"f": [1, 2, 3]}


def test_elements_described_one_by_one():
    fields = [q.field("f", "uint8", 1, index=i) for i in range(3)]

    assert decode(fields, b"\1\2\3") == {"f": [1, 2, 3]}


def test_last_element_without_index():
    fields = [q.field("f", "uint8", 1, index=0), q.field("f", "uint8", 1, index=1),
              q.field("f", "uint8", 1)]

    assert decode(fields, b"\1\2\3") == {"f": [1, 2, 3]}


def test_structs_and_arrays_of_them():
    inner = [q.field("a", "uint8", 1), q.field("b", "uint16", 2)]
    fields = [q.struct_field("s", 3, inner), q.struct_field("t", 3, inner, array_len=2)]

    assert decode(fields, b"\1\0\2" + b"\3\0\4" + b"\5\0\6") == {
        "s": {"a": 1, "b": 2}, "t": [{"a": 3, "b": 4}, {"a": 5, "b": 6}]}


EMPTY = {"vmsd_name": "x", "version": 1, "fields": []}


def test_elements_that_differ_are_fields():
    one = [q.field("a", "uint8", 1)]
    fields = [q.struct_field("s", 1, one, index=0),
              q.struct_field("s", 8, one, [EMPTY], index=1)]

    assert decode(fields, b"\1" + b"\2" + q.subsection("x", b"")) == {
        "s[0]": {"a": 1}, "s[1]": {"a": 2, "x": {}}}


def test_pointers_to_nothing_among_others():
    fields = [q.struct_field("p", 1, [q.field("a", "uint8", 1)], index=0),
              q.field("p", "nullptr", 1, array_len=3),
              q.struct_field("p", 1, [q.field("a", "uint8", 1)])]

    assert decode(fields, b"\7" + b"000" + b"\x08") == {
        "p[0]": {"a": 7}, "p[1..3]": b"000", "p[4]": {"a": 8}}


def test_pointers_to_nothing_as_7_2_has_them():
    fields = [q.struct_field("p", 1, [], array_len=4)]

    assert decode(fields, b"0000") == {"p": b"0000"}
    assert refuse(fields, b"00\x070") == (
        "qemu-content", "p[2]: the byte 0x07 where the description has a pointer to nothing, 0x30 "
        "(byte 39)")


def test_name_twice_stays_two_fields():
    fields = [q.field("a", "uint8", 1), q.field("b", "uint8", 1), q.field("a", "uint8", 1)]

    assert decode(fields, b"\1\2\3") == {"a": 1, "b": 2, "a#2": 3}


def test_names_with_dots_and_brackets():
    stream = load(q.stream(q.full(1, "dev", b"\1\2\3\4"), desc=q.described(q.device("dev", [
        q.field("a.b[0]", "uint8", 1), q.field("a.b[1]", "uint8", 1),
        q.struct_field("a", 1, [q.field("b c", "uint8", 1)]),
        q.field("x.y", "uint8", 1)]))))
    state = stream["dev"].state

    assert [state[path] for path in ("a.b[0]", "a.b[1]", "a.b c", "x.y")] == [1, 2, 3, 4]
    with pytest.raises(KeyError, match='the path "x.z": the state has no "x"'):
        state["x.z"]


def body(*fields, name="el"):
    return {"vmsd_name": name, "version": 1, "fields": list(fields)}


def list_field(name, kind, size, *bodies):
    """JSON of an object with repeated keys, which Python has no type for."""
    pairs = [("name", name), ("type", kind)]
    for one in bodies:
        pairs += one.items()
    pairs.append(("size", size))
    return RAW.format(",".join(f'"{key}": {q.json.dumps(value)}' for key, value in pairs))


RAW = "RAW{{{}}}WAR"


def raw_description(desc):
    text = q.json.dumps(desc)
    while '"RAW{' in text:
        start = text.index('"RAW{')
        end = text.index('}WAR"', start)
        inner = q.json.loads('"' + text[start + 1:end] + '"')
        text = text[:start] + inner[3:] + "}" + text[end + 5:]
    return text.encode()


def decode_list(fields, data):
    desc = raw_description(q.described(q.device("dev", fields)))
    stream = load(q.stream(q.full(1, "dev", data), desc=desc))
    assert findings(stream) == []
    return stream["dev"].state.to_dict()


@pytest.mark.parametrize("kind", ["qtailq", "qlist"])
def test_lists(kind):
    one = body(q.field("a", "uint8", 1))

    assert decode_list([list_field("l", kind, 5, one, one), q.field("n", "uint8", 1)],
                       b"\1\x0a\1\x0b\0" + b"\x2a") == {"l": [{"a": 10}, {"a": 11}], "n": 42}
    assert decode_list([list_field("l", kind, 1)], b"\0") == {"l": []}


def test_list_of_elements_that_differ():
    one, two = body(q.field("a", "uint8", 1)), body(q.field("b", "uint16", 2))

    assert decode_list([list_field("l", "qtailq", 6, one, two)], b"\1\x0a\1\0\x0b\0") == {
        "l[0]": {"a": 10}, "l[1]": {"b": 11}}


def test_tree_with_numbers_as_keys():
    value = body(q.field("v", "uint8", 1))

    assert decode_list([list_field("t", "gtree", 25, value, value)],
                       q.be32(2) + b"\1" + q.be64(7) + b"\x0a" + b"\1" + q.be64(8) + b"\x0b" + b"\0"
                       ) == {"t": [{"key": 7, "value": {"v": 10}}, {"key": 8, "value": {"v": 11}}]}


def test_tree_with_structs_as_keys():
    key, value = body(q.field("k", "uint16", 2)), body(q.field("v", "uint8", 1))

    assert decode_list([list_field("t", "gtree", 9, key, value)],
                       q.be32(1) + b"\1" + b"\0\7" + b"\x0a" + b"\0") == {
        "t": [{"key": {"k": 7}, "value": {"v": 10}}]}


@pytest.mark.parametrize("kind", ["vstruct", "tmp"])
def test_structs_within_the_field(kind):
    inner = body(q.field("a", "uint8", 1))

    assert decode_list([list_field("s", kind, 1, inner)], b"\5") == {"s": {"a": 5}}


def test_subsections():
    sub = {"vmsd_name": "dev/more", "version": 3, "fields": [q.field("x", "uint8", 1)],
           "subsections": [{"vmsd_name": "dev/more/yet", "version": 1, "fields": []}]}

    assert decode([q.field("n", "uint8", 1)],
                  b"\1" + q.subsection("dev/more", b"\2", 3) + q.subsection("dev/more/yet", b""),
                  [sub]) == {"n": 1, "dev/more": {"x": 2, "dev/more/yet": {}}}


SUB = [{"vmsd_name": "dev/s", "version": 3, "fields": [q.field("x", "uint8", 1)]}]

REFUSED = [
    ([q.field("n", "uint32", 4)], b"\1\2\3", None,
     ("qemu-short", "3 bytes of data, the description has 4 (byte 40)")),
    ([q.field("n", "uint8", 1)], b"\1\2\3", None,
     ("qemu-long", "3 bytes of data, the description has 1 (byte 38)")),
    ([], q.subsection("dev/s", b"\1", 2), SUB,
     ("qemu-content", "dev/s: version 2 of a subsection, the description has 3 (byte 44)")),
    ([], q.subsection("dev/t", b"\1", 3), SUB,
     ("qemu-content", "dev/s: a subsection of another name (byte 38)")),
    ([], b"\4" + q.subsection("dev/s", b"\1", 3)[1:], SUB,
     ("qemu-content", "dev/s: the byte 0x04 where the description has a subsection, 0x05 "
      "(byte 37)")),
]


@pytest.mark.parametrize("fields, data, subsections, wanted", REFUSED)
def test_data_that_are_not_as_described(fields, data, subsections, wanted):
    assert refuse(fields, data, subsections) == wanted
