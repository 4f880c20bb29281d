# SPDX-License-Identifier: LGPL-2.1-or-later

"""Writes migration streams as QEMU does, and descriptions of them: small, by hand, of any shape."""

import json
import struct

from gi.repository import Migdesc

START, PART, END, FULL, SUBSECTION, DESCRIPTION, CONFIGURATION, COMMAND = range(1, 9)
FOOTER = 0x7e


def be16(value):
    return struct.pack(">H", value)


def be32(value):
    return struct.pack(">I", value & 0xffffffff)


def be64(value):
    return struct.pack(">Q", value & 0xffffffffffffffff)


def str8(text):
    data = text.encode() if isinstance(text, str) else text
    return bytes([len(data)]) + data


HEADER = b"QEVM" + be32(3)
END_MARK = b"\0"


def footer(number):
    return bytes([FOOTER]) + be32(number)


def section(kind, number, name, data, instance=0, version=1, end=None):
    return (bytes([kind]) + be32(number) + str8(name) + be32(instance) + be32(version) + data
            + (footer(number) if end is None else end))


def full(number, name, data, instance=0, version=1, end=None):
    return section(FULL, number, name, data, instance, version, end)


def part(kind, number, data, end=None):
    return bytes([kind]) + be32(number) + data + (footer(number) if end is None else end)


def configuration(machine, *subsections):
    return (bytes([CONFIGURATION]) + be32(len(machine)) + machine.encode()
            + b"".join(subsections))


def subsection(name, data, version=1):
    return bytes([SUBSECTION]) + str8(name) + be32(version) + data


def command(number, data=b""):
    return bytes([COMMAND]) + be16(number) + be16(len(data)) + data


def description(text):
    data = text if isinstance(text, bytes) else json.dumps(text).encode()
    return bytes([DESCRIPTION]) + be32(len(data)) + data


# Memory

ZERO, SIZE, PAGE, EOS, CONTINUE, XBZRLE, HOOK, COMPRESSED, FLUSH = (
    2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x200)


def word(address, flags, name=None):
    return be64(address | flags) + (b"" if name is None else str8(name))


def blocks(**sizes):
    return word(sum(sizes.values()), SIZE) + b"".join(
        str8(name.replace("_", ".")) + be64(size) for name, size in sizes.items())


# Descriptions

def field(name, kind, size, **more):
    return {"name": name, **{key: more[key] for key in ("array_len", "index") if key in more},
            "type": kind, **{key: value for key, value in more.items()
                             if key not in ("array_len", "index")}, "size": size}


def struct_field(name, size, fields, subsections=None, vmsd="inner", **more):
    inner = {"vmsd_name": vmsd, "version": 1, "fields": fields}
    if subsections is not None:
        inner["subsections"] = subsections
    return field(name, "struct", size, struct=inner, **more)


def device(name, fields, subsections=None, instance=0, version=1, vmsd=None):
    made = {"name": name, "instance_id": instance, "vmsd_name": vmsd or name.split("/")[-1],
            "version": version, "fields": fields}
    if subsections is not None:
        made["subsections"] = subsections
    return made


def described(*devices, page_size=4096):
    return {"page_size": page_size, "devices": list(devices)}


def stream(*parts, desc=None, machine="pc-test"):
    """A whole one, with a description unless it is left out."""
    return (HEADER + configuration(machine) + b"".join(parts) + END_MARK
            + (b"" if desc is None else description(desc)))


# Reading

def load(data, **more):
    return Migdesc.QemuStream.load(data, **more)


def findings(stream):
    return [(finding.code, finding.message) for finding in stream.report.get_findings()]
