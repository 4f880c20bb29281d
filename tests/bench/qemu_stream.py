#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The stream of a real q35 with its firmware run, taken apart and decoded.

    qemu_stream.py BENCH-QEMU-STREAM"""

import contextlib
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "interop"))
import qemu_capture  # noqa: E402


def main():
    with contextlib.closing(qemu_capture.Captures()) as captures:
        return subprocess.run([sys.argv[1], captures["q35"].path], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
