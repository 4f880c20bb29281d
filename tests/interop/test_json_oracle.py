# SPDX-License-Identifier: LGPL-2.1-or-later

"""The strict JSON reader against jansson and Python's json.

Generated and mutated documents: what is accepted has to be the same for all
three, and the tree the same as Python's. The known differences are named here
and nowhere else: jansson has no integers beyond 64 bits and no reals beyond a
double, and passes over a NUL byte behind a number or word, so Python alone
decides about those. The hooks below take away Python's leniency.

MIGDESC_ORACLE_DOCUMENTS sets how many, MIGDESC_ORACLE_SEED which.
"""

import collections
import json
import os
import random
import re
import struct
import subprocess

N_DOCUMENTS = int(os.environ.get("MIGDESC_ORACLE_DOCUMENTS", "60000"))
SEED = int(os.environ.get("MIGDESC_ORACLE_SEED", "1"))
ORACLE = os.environ["MIGDESC_JSON_ORACLE"]
BATCH = 5000

# What jansson cannot hold though it is JSON
BEYOND_JANSSON = ("too big integer", "too big negative integer", "real number overflow")

# What must not reach a terminal or end a line
UNSAFE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]")

WORD_THEN_NUL = re.compile(rb"[0-9A-Za-z]\0")


class Number(str):
    """A number as it is written."""


class Refused(Exception):
    pass


def refuse(text):
    raise Refused(text)


def make_object(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        refuse("duplicate member")
    return members


def canonical_string(text):
    if "\0" in text:
        refuse("NUL")
    try:
        text.encode()
    except UnicodeEncodeError:
        refuse("surrogate")
    return json.dumps(text, ensure_ascii=False)


def canonical(tree):
    if isinstance(tree, dict):
        members = (canonical_string(name) + ":" + canonical(value) for name, value in tree.items())
        return "{" + ",".join(members) + "}"
    if isinstance(tree, list):
        return "[" + ",".join(map(canonical, tree)) + "]"
    if isinstance(tree, Number):
        return str(tree)
    if isinstance(tree, str):
        return canonical_string(tree)
    return {None: "null", True: "true", False: "false"}[tree]


def ask_python(document):
    """The canonical text, or None if this is no document."""
    try:
        return canonical(json.loads(document.decode(), object_pairs_hook=make_object,
                                    parse_int=Number, parse_float=Number, parse_constant=refuse))
    except (ValueError, Refused):
        return None


def frame(data):
    return struct.pack("<I", len(data)) + data


def ask(frames, *arguments):
    result = subprocess.run([ORACLE, *arguments], input=b"".join(map(frame, frames)),
                            stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


class Generator:
    """Random documents, and where each member and element of them begins."""

    CHARACTERS = ["a", "b", "z", "0", " ", "/", "~", "é", "€", "😀", "\x7f", "\u2028", "\u202e",
                  "\ufffe",
                  "\x80", "퟿", "\ue000", "\U0010ffff"]
    ESCAPES = ["\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041", "\\u00e9",
               "\\u001F",
               "\\uD83D\\uDE00", "\\uffff", "\\ud7ff", "\\ue000"]
    NUMBERS = ["0", "-0", "1", "-1", "10", "255", "4294967296", "9007199254740993",
               "18446744073709551615",
               "18446744073709551616", "-9223372036854775808", "1.5", "-0.0", "1e3", "1E+3",
               "2.5e-3", "1e400",
               "123456789012345678901234567890"]
    NAMES = ["a", "b", "type", "init_value", "allowed_values", "params", "__proto__", "", "x" * 20]
    SPACES = ["", "", "", " ", "\n", "\t", "\r\n", "  ", "\n" + " " * 20]

    def __init__(self, rng, duplicates=0):
        self.rng = rng
        self.duplicates = duplicates
        self.out = bytearray()
        self.places = []

    def document(self):
        self.out = bytearray()
        self.places = []
        self.space()
        self.value("", self.rng.choice((0, 1, 2, 3, 4)))
        self.space()
        return bytes(self.out)

    def put(self, text):
        self.out += text.encode()

    def space(self):
        self.put(self.rng.choice(self.SPACES))

    def string(self):
        parts = [self.rng.choice(self.ESCAPES if self.rng.random() < .15 else self.CHARACTERS)
                 for _ in range(self.rng.choice((0, 1, 2, 5, 8, 15, 16, 17, 40)))]
        return '"' + "".join(parts) + '"'

    def value(self, pointer, depth):
        self.places.append((len(self.out), pointer))
        kind = self.rng.random()
        if depth > 0 and kind < .4:
            self.object(pointer, depth)
        elif depth > 0 and kind < .7:
            self.array(pointer, depth)
        elif kind < .8:
            self.put(self.rng.choice(self.NUMBERS))
        elif kind < .9:
            self.put(self.string())
        else:
            self.put(self.rng.choice(("true", "false", "null")))

    def array(self, pointer, depth):
        self.put("[")
        for index in range(self.rng.choice((0, 1, 2, 3, 11))):
            if index:
                self.put(",")
            self.space()
            self.value(f"{pointer}/{index}", depth - 1)
            self.space()
        self.places.append((len(self.out), pointer))
        self.put("]")

    def object(self, pointer, depth):
        names = {}
        for _ in range(self.rng.choice((0, 1, 2, 3, 8, 9, 12))):
            text = self.string() if self.rng.random() < .5 else json.dumps(
                self.rng.choice(self.NAMES))
            names[json.loads(text)] = text
        members = list(names.items())
        if members and self.rng.random() < self.duplicates:
            name, text = self.rng.choice(members)
            members.append((name, self.rng.choice((text, json.dumps(name),
                                                   json.dumps(name, ensure_ascii=False)))))
        self.put("{")
        for index, (name, text) in enumerate(members):
            inner = pointer + "/" + name.replace("~", "~0").replace("/", "~1")
            if index:
                self.put(",")
            self.space()
            self.places.append((len(self.out), inner))
            self.put(text)
            self.space()
            self.put(":")
            self.space()
            self.value(inner, depth - 1)
            self.space()
        self.places.append((len(self.out), pointer))
        self.put("}")


class Mutator:
    PIECES = [b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b" ", b"\0", b"\n", b"\x1f", b"\x7f",
              b"\x80", b"\xc0\x80",
              b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\xe2\x82", b"0", b"01", b"-",
              b"+", b".", b"e",
              b"1e", b"1.", b"NaN", b"Infinity", b"nul", b"true", b"\\u", b"\\u0000", b"\\ud800",
              b"\\udc00", b"\\x",
              b"\\u00e", b"//", b"/**/", b"#", b"'", b'"a":1,"a":1', b'{"a":1,"\\u0061":2}',
              b"[1,]", b"{}{}", b"\f", b"\xa0"]

    def __init__(self, rng):
        self.rng = rng

    def once(self, document, other):
        rng = self.rng
        at = rng.randrange(len(document) + 1)
        end = min(len(document), at + rng.choice((1, 1, 1, 2, 4, 16)))
        return rng.choice((
            lambda: document[:at] + rng.choice(self.PIECES) + document[at:],
            lambda: document[:at] + rng.choice(self.PIECES) + document[end:],
            lambda: document[:at] + document[end:],
            lambda: document[:at],
            lambda: document[:at] + bytes([rng.randrange(256)]) + document[at + 1:],
            lambda: (document[:at] + bytes([document[at] ^ 1 << rng.randrange(8)])
                     + document[at + 1:])
                    if at < len(document) else document,
            lambda: document[:end] + document[at:],
            lambda: document[:at] + other[rng.randrange(len(other) + 1):],
        ))()

    def mutate(self, document, other):
        for _ in range(self.rng.choice((1, 1, 1, 2, 3))):
            document = self.once(document, other)
        return document


def make_documents(count):
    rng = random.Random(SEED)
    generator, mutator = Generator(rng, duplicates=.05), Mutator(rng)
    previous = b"[]"
    while count > 0:
        document = generator.document()
        yield document
        for _ in range(4):
            yield mutator.mutate(document, previous)
        previous = document
        count -= 5


def place_of(document, offset):
    """Line and column as a plain reader of the text counts them."""
    before = document[:offset]
    return before.count(b"\n") + 1, count_characters(before[before.rfind(b"\n") + 1:]) + 1


def count_characters(data):
    count = 0
    while data:
        try:
            return count + len(data.decode())
        except UnicodeDecodeError as error:
            count += len(data[:error.start].decode()) + 1
            data = data[error.start + 1:]
    return count


def check(document, answer, tally):
    expected = ask_python(document)
    accepted = "canonical" in answer
    jansson = answer.get("jansson")
    if not (jansson or "").startswith(BEYOND_JANSSON) and not WORD_THEN_NUL.search(document):
        assert accepted == (jansson is None), (document, answer)
    assert answer.get("canonical") == expected, (document, answer, expected)
    tally[answer.get("code", "accepted")] += 1
    if not accepted:
        place = place_of(document, answer["offset"])
        assert (answer["line"], answer["column"]) == place, (document, answer)
        assert not UNSAFE.search(answer["message"]), (document, answer)


def batches(items, size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def test_acceptance_and_tree():
    tally = collections.Counter()
    for documents in batches(make_documents(N_DOCUMENTS), BATCH):
        answers = ask(documents)
        assert len(answers) == len(documents)
        for document, answer in zip(documents, answers):
            check(document, answer, tally)

    total = sum(tally.values())
    print(dict(tally))
    assert total >= N_DOCUMENTS
    assert tally["accepted"] > total / 5
    for code in ("json-syntax", "json-encoding", "json-string", "json-number",
                 "json-duplicate-member",
                 "json-trailing-data"):
        assert tally[code] > total / 200, tally


def test_pointers():
    """Each place that the generator noted is found under its pointer, whatever follows it."""
    rng = random.Random(SEED)
    generator, mutator = Generator(rng), Mutator(rng)
    for _ in range(N_DOCUMENTS // 100000 + 1):
        expected, frames = [], []
        for _ in range(BATCH):
            document = generator.document()
            cut = rng.randrange(len(document) + 1)
            places = [place for place in generator.places if place[0] < cut]
            # a token cut in two is another token, but begins where it did
            document = document[:cut] + mutator.once(document[cut:], document)
            if places and len(document) > places[-1][0]:
                expected.append((document, places))
                frames += [document, " ".join(str(offset) for offset, _ in places).encode()]
        answers = ask(frames, "--locate")
        assert len(answers) == len(expected) > BATCH / 2
        for (document, places), answer in zip(expected, answers):
            # the last key may have been cut, and so have another name
            for (offset, pointer), found in list(zip(places, answer))[:-1]:
                assert found["offset"] == offset
                assert found["pointer"] == pointer, (document, offset, pointer, found)
                place = place_of(document, offset)
                assert (found["line"], found["column"]) == place, (document, found)


def test_examples():
    """The descriptors that are shipped as examples."""
    folder = os.path.join(os.environ["MIGDESC_SRCDIR"], "examples", "data")
    documents = []
    for path, _, names in os.walk(folder):
        for name in sorted(names):
            if name.endswith(".json"):
                with open(os.path.join(path, name), "rb") as file:
                    documents.append(file.read())
    assert documents
    for document, answer in zip(documents, ask(documents)):
        assert answer["canonical"] == ask_python(document)
        assert "jansson" not in answer
