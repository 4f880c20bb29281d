# SPDX-License-Identifier: LGPL-2.1-or-later

"""Images that libvirt saved: a header before the stream, which may be compressed."""

import gzip
import struct

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


def test_compressed_by_gzip(tmp_path):
    path = tmp_path / "image"
    path.write_bytes(image(gzip.compress(STREAM), compression=1))
    for stream in load(path), load(path.read_bytes()):
        assert findings(stream) == []
        assert (stream.compression, stream["dev"]["n"]) == ("gzip", 0x1234)
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
      for number, name in enumerate(["bzip2", "xz", "lzop", "zstd", "sparse"], 2)],
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
