# SPDX-License-Identifier: LGPL-2.1-or-later

"""Images that libvirt saved: a header before the stream, which may be compressed."""

import gzip
import struct
import subprocess

import pytest
from gi.repository import Migdesc

import qemu_streams as q
from qemu_streams import findings, load

ONE = q.described(q.device("dev", [q.field("n", "uint16", 2)]))
STREAM = q.stream(q.full(7, "dev", b"\x12\x34"), desc=ONE)
XML, COOKIE = b"<domain/>\0", b"<cookie/>\0"


def image(stream, order="<", magic=b"LibvirtQemudSave", version=2, running=1, compression=0,
          cookie=len(XML), texts=XML + COOKIE, length=None):
    return magic + struct.pack(order + "19I", version, len(texts) if length is None else length,
                               running, compression, cookie, *[0] * 14) + texts + stream


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("running", [True, False])
def test_header_is_taken_off(order, running):
    stream = load(image(STREAM, order, running=int(running)))
    start = 92 + len(XML + COOKIE)

    assert findings(stream) == []
    assert (stream.xml, stream.cookie, stream.compression, stream.was_running()) == (
        "<domain/>", "<cookie/>", None, running)
    assert [(s.kind, s.offset) for s in stream][:3] == [
        ("wrapper", 0), ("header", start), ("configuration", start + 8)]
    assert sum(s.length for s in stream) == stream.size == len(image(STREAM, order))
    assert stream["dev"]["n"] == 0x1234


def test_image_without_cookie():
    stream = load(image(STREAM, version=1, cookie=0, texts=XML + bytes(100)))

    assert (stream.xml, stream.cookie) == ("<domain/>", None)
    assert stream["dev"]["n"] == 0x1234


def zstd(data):
    return subprocess.run(["zstd", "-c"], input=data, capture_output=True, check=True).stdout


COMPRESSIONS = [
    ("gzip", 1, gzip.compress(STREAM)),
    ("zstd", 5, zstd(STREAM)),
    ("zstd", 5, zstd(STREAM[:100]) + zstd(b"") + zstd(STREAM[100:])),
]


@pytest.mark.parametrize("name, number, data", COMPRESSIONS)
def test_compressed(tmp_path, name, number, data):
    path = tmp_path / "image"
    path.write_bytes(image(data, compression=number))
    for stream in load(path), load(path.read_bytes()):
        assert findings(stream) == []
        assert (stream.compression, stream["dev"]["n"]) == (name, 0x1234)
        assert stream.size == 92 + len(XML + COOKIE) + len(STREAM)


def test_stream_by_itself_has_no_domain():
    stream = load(STREAM)

    assert (stream.xml, stream.cookie, stream.compression, stream.was_running()) == (
        None, None, None, False)


def test_image_that_was_never_finished():
    stream = load(image(STREAM, magic=b"LibvirtQemudPart"))

    assert findings(stream) == [
        ("qemu-truncated", "libvirt has not finished saving: the image says so itself (byte 0)")]


REFUSED = [
    (image(STREAM, version=3), "its version is not known, only 1 and 2 are (byte 16)"),
    (image(STREAM, length=1 << 30), "its texts cannot be of that length (byte 20)"),
    (image(STREAM, cookie=100), "its texts cannot be of that length (byte 20)"),
    (image(STREAM, compression=7), "its compression is not known (byte 28)"),
    (image(b"")[:91], "it ends within its header (byte 91)"),
    (image(b"")[:-1], "it ends within its texts (byte 111)"),
    *[(image(b"", compression=number),
       f"it is compressed by {name}; decompress what follows its 112 bytes first (byte 28)")
      for number, name in [(2, "bzip2"), (3, "xz"), (4, "lzop"), (6, "sparse")]],
]


@pytest.mark.parametrize("data, message", REFUSED)
def test_images_that_cannot_be_read(data, message):
    with pytest.raises(Migdesc.Failure) as caught:
        load(data)
    assert str(caught.value) == f"the image that libvirt saved: {message}"


@pytest.mark.parametrize("damage", [lambda data: data[:-12], lambda data: b"not gzip" + data])
def test_compressed_and_damaged(damage):
    with pytest.raises(Migdesc.Failure, match="the stream cannot be read: |ends within its header"):
        load(image(damage(gzip.compress(STREAM)), compression=1))


ZSTD_MAGIC = bytes.fromhex("28b52ffd")
# A frame that asks for a window of 2^41 bytes
ZSTD_HUGE = ZSTD_MAGIC + bytes.fromhex("00f8010000")
DAMAGED = [
    (zstd(STREAM)[:-5], "the compressed data ends early"),
    (b"not zstd" + zstd(STREAM), "Unknown frame descriptor"),
    (ZSTD_HUGE, "Frame requires too much memory for decoding"),
]


@pytest.mark.parametrize("data, reason", DAMAGED)
def test_zstd_that_is_damaged(data, reason):
    with pytest.raises(Migdesc.Failure) as caught:
        load(image(data, compression=5))
    assert str(caught.value) == f"the stream cannot be read: {reason}"
