# SPDX-License-Identifier: LGPL-2.1-or-later

"""States in CBOR and DER, read and written by what we did not write."""

import os
import struct
import subprocess
from pathlib import Path

import cbor2
import pytest
from pyasn1.codec.der import decoder, encoder
from pyasn1.type import namedtype, tag, univ, char

WRITER = Path(os.environ["MIGDESC_BUILDDIR"], "tests", "unit", "write-state-sample")
SAMPLES = ("scalars", "arrays", "structs", "gates")
DIGEST = "sha256:" + 4 * "0123456789abcdef"
MANIFEST = {"devices": [{"id": "nic0", "state": 1, "params": {}}]}
SCHEMA = {"name": "nic", "version": 3,
          "fields": [{"name": "real", "min": -1.5, "max": 0.1}, True, None, -1, -5000000000]}


def queue(ring, size, head):
    return {"ring": ring, "size": size, "head": head}


def numbered(number, rule):
    return {"id": number, "rule": rule}


def timer(expires):
    return {"expires": expires, "mode": 0}


STATES = {
    "scalars": {
        "up": True, "truth": False, "byte": 200, "word": 68, "dword": 100000, "qword": 2**64 - 1,
        "i8": -100, "i16": -1, "i32": -2**31, "i64": -2**63, "real": -1.5, "any": 0.1,
        "link": "negotiating", "caps": ["csum", "lro"], "fires": -1, "magic": 0xfeedbeef,
        "minus": -2, "old": 7, "timer": {"expires": 2**63 - 1, "mode": 3}},
    "arrays": {
        "fixed": [0, 1000, 3], "truths": [True, False], "reals": [0.25, 1.0], "some": [99, 1],
        "n_told": 5, "told": [-5, 5, 0, 1, 2], "by_param": [9, 8, 7], "far": [2**64 - 2, 4],
        "long_one": 3000 * [0], "eeprom": bytes.fromhex("deadbeef"), "part": b"\xaa", "n_known": 2,
        "known": b"\1\2", "heap": b"\1\2\3", "label": "höch", "name": "seven77",
        "bits": b"\xff\x0f", "wide": b"\1\0\0\0\0\0\0\0\x3f", "n_counted": 33,
        "counted": b"\1\0\0\x80\1"},
    "structs": {
        "pair": [queue(1, 2, 1), queue(3, 4, 2)], "queues": [queue(5, 6, 3), queue(7, 8, 4)],
        "active": 1, "standby": 255, "n_told": 1, "told": [queue(9, 10, 5)],
        "by_param": [queue(11, 12, 6), queue(13, 14, 7)], "far": [queue(15, 16, 8)],
        "one": numbered(1, b"a"), "both": [numbered(2, b"bc"), numbered(3, b"")],
        "filters": [numbered(4, b"d"), numbered(5, b"e")], "timer": timer(17), "extra": None,
        "listed": [numbered(6, b"f"), numbered(7, b"g")], "chain": [timer(18), timer(19)],
        "line": [timer(20), timer(21)]},
    "gates": {
        "mtu": 1500, "added": 1, "feature": 3, "turbo": 4, "limit": 50,
        "rss": {"@version": 2, "@droppable": True, "rss_key": b"\1\2\3\4", "rss_extra": 9},
        "debug": {"@version": 1, "debug": 8}},
}


def write(form, sample, *file):
    return subprocess.run([WRITER, form, sample, *file], capture_output=True)


def stream(sample):
    return {"migdesc_state": "1.0", "manifest": MANIFEST, "schemas": {DIGEST: SCHEMA},
            "devices": {"nic0": STATES[sample]}}


class Ordered:
    """A map whose members stay in order in cbor2's canonical form."""

    def __init__(self, value):
        self.value = value


def ordered(value):
    if isinstance(value, dict):
        return Ordered({key: ordered(member) for key, member in value.items()})
    return [ordered(element) for element in value] if isinstance(value, list) else value


def encode_ordered(encoder_, value):
    encoder_.encode_length(5, len(value.value))
    for key, member in value.value.items():
        encoder_.encode(key)
        encoder_.encode(member)


@pytest.mark.parametrize("sample", SAMPLES)
def test_cbor2_reads_what_we_wrote(sample):
    value = cbor2.loads(write("cbor", sample).stdout)
    assert value == stream(sample)
    assert list(value["devices"]["nic0"]) == list(STATES[sample])


@pytest.mark.parametrize("sample", SAMPLES)
def test_cbor2_writes_the_same_bytes(sample):
    ours = write("cbor", sample).stdout
    assert cbor2.dumps(ordered(stream(sample)), canonical=True, default=encode_ordered) == ours


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_cbor2_wrote_is_read(sample, tmp_path):
    path = tmp_path / "state"
    value = stream(sample)
    path.write_bytes(cbor2.dumps(ordered(value), canonical=True, default=encode_ordered))
    assert cbor2.loads(write("cbor", sample, path).stdout) == value


def test_other_forms_of_cbor_are_refused(tmp_path):
    path = tmp_path / "state"
    path.write_bytes(cbor2.dumps(stream("gates"), canonical=True))  # sorted
    assert b"\"devices\" is not known here" in write("cbor", "gates", path).stderr
    path.write_bytes(cbor2.dumps(stream("scalars")))  # floats of 64 bits
    assert b"more bytes than it needs" in write("cbor", "scalars", path).stderr


@pytest.mark.parametrize("sample", SAMPLES)
def test_openssl_reads_what_we_wrote(sample, tmp_path):
    path = tmp_path / "state"
    path.write_bytes(write("der", sample).stdout)
    result = subprocess.run(["openssl", "asn1parse", "-inform", "DER", "-in", path],
                            capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert f"l={path.stat().st_size - 4:4} cons: SEQUENCE" in result.stdout.splitlines()[0]


def state_of(sample, spec=None):
    """The fields of the device, by pyasn1, and what is behind the stream."""
    value, rest = decoder.decode(write("der", sample).stdout, asn1Spec=spec)
    assert rest == b""
    assert int(value[0]) == 1
    assert str(value[2][0][0]) == DIGEST
    assert str(value[3][0][0]) == "nic0"
    return value, value[3][0][1]


def plain(value):
    if isinstance(value, univ.Null):
        return None
    if isinstance(value, univ.Boolean):
        return bool(value)
    if isinstance(value, univ.Integer):
        return int(value)
    if isinstance(value, univ.Real):
        return float(value)
    if isinstance(value, char.UTF8String):
        return str(value)
    if isinstance(value, univ.OctetString):
        return bytes(value)
    return [plain(value[i]) for i in range(len(value))]


def positional(value, names):
    """What DER makes of a state: no names, numbers for words."""
    if isinstance(value, dict):
        return [positional(member, names) for member in value.values()]
    if isinstance(value, list) and value and isinstance(value[0], str):
        return sum(1 << names[word] for word in value)
    if isinstance(value, list):
        return [positional(element, names) for element in value]
    return names.get(value, value) if isinstance(value, str) else value


WORDS = {"down": 0, "up": 1, "negotiating": 2, "csum": 0, "tso": 1, "lro": 2}


@pytest.mark.parametrize("sample", ("scalars", "arrays", "structs"))
def test_pyasn1_reads_what_we_wrote(sample):
    value, state = state_of(sample)
    assert plain(state) == positional(STATES[sample], WORDS)


# Not the scalars: pyasn1 0.4 writes -2^31 in five bytes, where four will do.
@pytest.mark.parametrize("sample", ("arrays", "structs"))
def test_pyasn1_writes_the_same_bytes(sample):
    value, _state = state_of(sample)
    assert encoder.encode(value) == write("der", sample).stdout


def sequence(**members):
    return univ.Sequence(componentType=namedtype.NamedTypes(
        *(namedtype.NamedType(name, member) for name, member in members.items())))


def section(number, **members):
    made = sequence(name=char.UTF8String(), version=univ.Integer(), **members)
    return made.subtype(implicitTag=tag.Tag(tag.tagClassContext, tag.tagFormatConstructed, number))


GATES = sequence(
    mtu=univ.Integer(), added=univ.Integer(), feature=univ.Integer(), turbo=univ.Integer(),
    limit=univ.Integer(), rss=section(1, rss_key=univ.OctetString(), rss_extra=univ.Integer()),
    debug=section(0, debug=univ.Integer()))


def test_sections_are_tagged():
    schema = sequence(digest=char.UTF8String(), schema=char.UTF8String())
    device = sequence(id=char.UTF8String(), state=GATES)
    spec = sequence(version=univ.Integer(), manifest=char.UTF8String(),
                    schemas=univ.SequenceOf(componentType=schema),
                    devices=univ.SequenceOf(componentType=device))
    value, state = state_of("gates", spec)
    assert plain(state) == [1500, 1, 3, 4, 50, ["rss", 2, b"\1\2\3\4", 9], ["debug", 1, 8]]
    assert encoder.encode(value, asn1Spec=spec) == write("der", "gates").stdout


def test_doubles_have_the_bytes_that_struct_gives():
    state = state_of("scalars")[1]
    assert struct.pack("<d", float(state[11])) == struct.pack("<d", 0.1)
