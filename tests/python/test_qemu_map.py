# SPDX-License-Identifier: LGPL-2.1-or-later

"""The picture of a stream: where its bytes go."""

import re
import xml.etree.ElementTree as ElementTree

import qemu_streams as q
from qemu_streams import load

SVG = "{http://www.w3.org/2000/svg}"


def draw(data):
    root = ElementTree.fromstring(load(data).to_svg())
    assert root.tag == SVG + "svg" and root.get("width") == "1200"
    texts = [element.text for element in root.iter(SVG + "text")]
    bars = [element for element in root.iter(SVG + "rect") if (element.get("fill") or "")
            .startswith("url(#kind")]
    return root, texts, bars


def numbers(texts):
    """The bytes of each row, by its name."""
    return {name: int(text.split()[0]) for name, text in zip(texts, texts[1:])
            if re.fullmatch(r"\d+ bytes, \d+\.\d %", text)}


def test_all_bytes_are_in_the_picture():
    desc = q.described(q.device("dev", [q.field("b", "buffer", 300)]))
    ram = (q.blocks(ram=0x4000) + q.word(0, q.ZERO, "ram") + b"\0"
           + q.word(0x1000, q.PAGE | q.CONTINUE) + bytes(4096) + q.word(0, q.EOS))
    data = q.stream(q.section(q.START, 2, "ram", ram), q.part(q.END, 2, q.word(0, q.EOS)),
                    q.full(7, "dev", bytes(300)), desc=desc)
    root, texts, _ = draw(data)
    rows = numbers(texts)

    assert texts[0] == f"Where {len(data)} bytes of a migration stream go: pc-test"
    assert rows == {"ram": 8 + 4096, "ram, zero": 8 + 4 + 1, "dev/0": 17 + 300 + 5,
                    "description": 5 + len(q.json.dumps(desc)),
                    "headers, footers and all else": len(data) - sum(rows.values())
                    + rows["headers, footers and all else"]}
    assert sum(rows.values()) == len(data)


def test_kinds_differ_in_more_than_colour():
    root, _, _ = draw(q.stream(desc=q.described()))
    patterns = [pattern.find(SVG + "path") for pattern in root.iter(SVG + "pattern")]
    strokes = [None if path is None else path.get("d") for path in patterns]

    assert len(set(strokes)) == len(strokes) == 6


def test_names_are_text_and_nothing_else():
    _, texts, _ = draw(q.stream(q.full(7, b"\xff\x1b[", bytes(9)), q.full(8, '<b>&"', bytes(9)),
                                q.full(9, "x" * 90, bytes(9)), desc=q.described()))

    assert '<b>&"/0' in texts
    assert r"\\xff\\x1b[/0" in texts
    assert "\u2026" + "x" * 49 + "/0" in texts


def test_many_are_one_row():
    _, texts, bars = draw(q.stream(*[q.full(i, f"d{i}", bytes(i)) for i in range(100)],
                                   desc=q.described()))

    assert "62 smaller ones together" in texts
    assert len(bars) < 60


def test_stream_of_nothing():
    _, texts, _ = draw(q.HEADER + q.END_MARK)

    assert texts[0] == "Where 9 bytes of a migration stream go"
    assert numbers(texts) == {"headers, footers and all else": 9}
