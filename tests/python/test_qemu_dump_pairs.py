# SPDX-License-Identifier: LGPL-2.1-or-later

"""Verdict, text and path of what may differ between two devices, there and back, against what is
written down; and against loads that are tried out."""

import sys
from pathlib import Path

import pytest
from gi.repository import Migdesc

import qemu_pairs

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "oracle"))
import qemu_dumps  # noqa: E402

EXPECTED = (ROOT / "data" / "qemu-dumps" / "pairs.txt").read_text()
# A dump does not tell: then the library says so, and the model takes it for something definite.
NOT_TOLD = {"no such device", "no layout", "only one side tells counts",
            "an array where there was one", "a buffer gets a size",
            "what may be an array became padding"}
# Two fields of one name are one choice in the model.
ONE_CHOICE = {"fields of one name are swapped"}


def write(source, destination):
    """As in the file."""
    text = ""
    for sign, one, other in (("->", source, destination), ("<-", destination, source)):
        comparison = Migdesc.QemuDump.from_dict(one).compare(Migdesc.QemuDump.from_dict(other))
        text += f"{sign} {comparison.verdict}\n"
        text += "".join(f"   {line.removeprefix('dev: ')}\n" for line in str(comparison).split("\n")
                        if line)
    return text


def read_expected():
    blocks = EXPECTED.split("\n# ")[1:]
    return dict(block.split("\n", 1) for block in blocks)


def test_every_pair_is_written_down():
    assert list(read_expected()) == list(qemu_pairs.PAIRS)
    assert len(qemu_pairs.PAIRS) >= 40


@pytest.mark.parametrize("name", qemu_pairs.PAIRS)
def test_pair(name):
    assert write(*qemu_pairs.PAIRS[name]).strip() == read_expected()[name].strip()


@pytest.mark.parametrize("name", [name for name in qemu_pairs.PAIRS
                                  if name not in NOT_TOLD | ONE_CHOICE])
def test_pair_by_trying(name):
    source, destination = qemu_pairs.PAIRS[name]
    for one, other in ((source, destination), (destination, source)):
        comparison = Migdesc.QemuDump.from_dict(one).compare(Migdesc.QemuDump.from_dict(other))
        expected, _n = qemu_dumps.judge(one["dev"]["Description"], other["dev"]["Description"])
        assert comparison.verdict == expected
