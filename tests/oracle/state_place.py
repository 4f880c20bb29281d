# SPDX-License-Identifier: LGPL-2.1-or-later
"""The bytes of a section of a state, of which each has its place in the stream."""

from dataclasses import dataclass


class Refused(Exception):
    """What is in a stream, and may not be."""

    def __init__(self, offset: int, message: str, path: str = ""):
        super().__init__(f"{offset:#x}: {path + ': ' if path else ''}{message}")
        self.offset = offset
        self.path = path


@dataclass
class Chunk:
    start: int
    data: bytes


class SectionData:
    """Numbers are in one chunk each, bytes may be in several."""

    def __init__(self, chunks: list[Chunk]):
        self.chunks = chunks
        self.start = chunks[0].start
        self.chunk = 0
        self.at = 0

    @property
    def offset(self) -> int:
        return self.chunks[self.chunk].start + self.at

    def left_in_chunk(self) -> int:
        """How many bytes the chunk has left, of the next that has any."""
        while self.chunk + 1 < len(self.chunks) and self.at == len(self.chunks[self.chunk].data):
            self.chunk, self.at = self.chunk + 1, 0
        return len(self.chunks[self.chunk].data) - self.at

    def take(self, size: int, path: str) -> bytes:
        left = self.left_in_chunk()
        if left < size:
            what = "the section ends" if not left else "the chunk ends within the number"
            raise Refused(self.offset, what, path)
        self.at += size
        return self.chunks[self.chunk].data[self.at - size:self.at]

    def number(self, size: int, path: str, signed: bool = False) -> int:
        return int.from_bytes(self.take(size, path), "little", signed=signed)

    def bytes(self, size: int, path: str) -> bytes:
        taken = bytearray()
        while size:
            some = min(size, self.left_in_chunk())
            if not some:
                raise Refused(self.offset, f"the section ends, {size} bytes too soon", path)
            taken += self.take(some, path)
            size -= some
        return bytes(taken)

    def check_end(self):
        if self.left_in_chunk():
            raise Refused(self.offset, f"{self.left_in_chunk()} bytes behind the last field")
