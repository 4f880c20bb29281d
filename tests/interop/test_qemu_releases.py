# SPDX-License-Identifier: LGPL-2.1-or-later

"""examples/qemu-releases with the system's QEMU twice, which reads what it writes."""

import os
import pathlib
import subprocess
import sys

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
sys.path.insert(0, str(EXAMPLES))
from qemu_releases import devices, trial  # noqa: E402


def run(*arguments):
    done = subprocess.run([EXAMPLES / "qemu-releases", *arguments], capture_output=True, text=True,
                          check=False, env=os.environ)
    assert done.stderr == ""
    return done.stdout


def test_one_qemu_twice():
    page = run("one=/", "two=/", "--devices", "e1000e,virtio-net,usb-net")

    assert "unmodified packages: QEMU one and two." in page
    assert ("3 devices, each in a stopped `pc-q35-5.2` of every release that has it, saved and"
            " loaded\nby each release: 8 loads.") in page
    assert "| ok | 8 | 0 | 8 | 0 |" in page
    assert ("* usb-net, one, two: State blocked by non-migratable device '0000:00:01.0/1/usb-net'"
            in page)


def test_a_load_that_fails(tmp_path):
    release = trial.Release("system", "/", tmp_path)
    rng = devices.DEVICES["virtio-rng"].split()

    assert trial.save(release, "pc-q35-7.2", rng, tmp_path / "stream") is None
    tried, said = trial.load(release, "pc-q35-7.2", [], tmp_path / "stream")
    assert tried
    assert said.startswith("Unknown savevm section or instance '0000:00:01.0/virtio-rng' 0.")
    assert trial.load(release, "pc-q35-7.2", rng, tmp_path / "stream") == (True, None)


def test_a_device_that_is_not_there(tmp_path):
    release = trial.Release("system", "/", tmp_path)

    assert trial.save(release, "pc-q35-7.2", ["-device", "nic-of-tomorrow"], tmp_path / "x") == (
        "-device nic-of-tomorrow: 'nic-of-tomorrow' is not a valid device model name")
