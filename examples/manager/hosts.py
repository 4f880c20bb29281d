# SPDX-License-Identifier: LGPL-2.1-or-later
"""Hosts, which are folders here, and the backends that they have.

    HOST/backends/  programs, each of which can be a device and says what it can be
    HOST/run/       a folder for each device that is there: control socket, state, log
"""

import os
import re
import shlex
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

from .failure import Failure, printable  # noqa: E402

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
ASKED_AT_ONCE = 4


def check_name(kind, name):
    if not NAME.fullmatch(name):
        raise Failure(f"{printable(name, 64)!r} can't be the name of a {kind}: letters, digits, "
                      "'.', '_' and '-', at most 64")
    return name


@dataclass(frozen=True)
class Backend:
    """A program of a host; it has said what it can be, or there is a problem with it."""

    host: str
    program: str
    descriptor: Migdesc.Descriptor | None = None
    problem: str | None = None

    @property
    def name(self):
        return os.path.basename(self.program)

    def asked(self, seconds):
        """The backend with its descriptor; what it prints, and for how long, has limits."""
        limits = Migdesc.Limits.new()
        limits.set(Migdesc.Limit.PROGRAM_TIME, int(seconds * 1000))
        place = f"exec:{shlex.quote(self.program)} --print-migration-info-json"
        try:
            descriptor = Migdesc.Descriptor.load(place, limits=limits)
        except Migdesc.Failure as failure:
            return Backend(self.host, self.program, problem=str(failure))
        return Backend(self.host, self.program, descriptor)


class Host:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.name = check_name("host", self.folder.name)

    @property
    def backends(self):
        try:
            programs = sorted(entry for entry in (self.folder / "backends").iterdir()
                              if os.access(entry, os.X_OK) and not entry.is_dir())
        except OSError as error:
            raise Failure(f"{self.folder}: {error.strerror}") from None
        return [Backend(self.name, str(program)) for program in programs]


def ask_all(hosts, seconds):
    """Every backend of the hosts, asked; a host that can't be asked is a backend with a problem."""
    backends = []
    for host in hosts:
        try:
            backends += host.backends or [Backend(host.name, "", problem="has no backends")]
        except Failure as failure:
            backends.append(Backend(host.name, "", problem=str(failure)))
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        return list(pool.map(lambda one: one if one.problem else one.asked(seconds), backends))
