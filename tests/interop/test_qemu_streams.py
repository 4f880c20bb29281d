# SPDX-License-Identifier: LGPL-2.1-or-later
"""Streams of the real QEMU say what QMP and HMP say of the same stopped machine."""

import gi
import pytest
import qemu_expected as expected
import qemu_expected_devices as devices
import qemu_machines

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

MACHINES = {machine.name: machine for machine in qemu_machines.MACHINES}
X86 = [name for name, machine in MACHINES.items()
       if machine.program == "qemu-system-x86_64" and name not in ("none", "microvm")]
PC = [name for name in X86 if name != "isapc"]
# Those without a description, and whose is the same
BORROWED = {"i440fx-2.1": "i440fx-2.3", "postcopy": "postcopy-advised"}


def read(captures, name):
    description = None
    if name in BORROWED:
        description = read(captures, BORROWED[name]).get_description()
    return Migdesc.QemuStream.new_from_file(str(captures[name].path), description, 0, None, None)


@pytest.fixture(scope="module")
def streams(captures):
    read_ones = {}

    def get(name):
        if name not in read_ones:
            read_ones[name] = read(captures, name)
        return read_ones[name]

    return get


@pytest.fixture
def compare(captures, streams):
    def compare(name, check, least):
        stream = streams(name)
        states = {(section.get_name(), section.get_instance()): section.get_state()
                  for section in stream.get_sections() if section.has_state()}
        assert check(states, captures[name].truth) >= least

    return compare


# The stream


@pytest.mark.parametrize("name", MACHINES)
def test_every_byte_belongs_to_a_section(captures, streams, name):
    at = 0
    for section in streams(name).get_sections():
        assert section.get_kind() != Migdesc.QemuSectionKind.UNKNOWN
        if section.get_offset() >= at:
            assert section.get_offset() == at
            at += section.get_length()
    assert at == len(captures[name].data)


@pytest.mark.parametrize("name", MACHINES)
def test_every_section_of_a_device_is_decoded(streams, name):
    lacking = [section.get_name() for section in streams(name).get_sections()
               if section.get_kind() == Migdesc.QemuSectionKind.FULL and not section.has_state()]
    # whose description is wrong, see docs/qemu-streams.md
    assert lacking == (["s390_css"] if name == "s390x" else [])


@pytest.mark.parametrize("name", MACHINES)
def test_the_machine_and_its_memory(captures, streams, name):
    stream, truth = streams(name), captures[name].truth
    if not name.startswith("i440fx-2"):
        assert stream.get_machine() == truth["machine"]
    blocks = {stream.get_block_name(block): stream.get_block_size(block)
              for block in range(stream.get_n_blocks())}
    assert blocks == truth["ram"]


def pages(stream):
    """How many are sent as zeros, as they are, by XBZRLE and compressed."""
    return [sum(stream.get_block_pages(block, Migdesc.QemuPage(encoding))
                for block in range(stream.get_n_blocks())) for encoding in range(4)]


@pytest.mark.parametrize("name", [name for name in MACHINES if name not in ("compress", "xbzrle")])
def test_pages_are_as_many_as_qemu_counted(captures, streams, name):
    counted = captures[name].truth["migration"]["ram"]
    assert pages(streams(name)) == [counted["duplicate"], counted["normal"], 0, 0]


def test_pages_that_are_sent_again_as_differences(captures, streams):
    """QEMU also counts those in which nothing differs, and sends nothing."""
    migration = captures["xbzrle"].truth["migration"]
    zero, plain, differences, compressed = pages(streams("xbzrle"))
    assert [zero, plain, compressed] == [
        migration["ram"]["duplicate"], migration["ram"]["normal"], 0]
    assert 0 < differences <= migration["xbzrle-cache"]["pages"]


def test_pages_that_are_compressed(captures, streams):
    """Each is sent once; QEMU counts some of them twice."""
    migration = captures["compress"].truth["migration"]
    zero, plain, differences, compressed = pages(streams("compress"))
    assert (plain, differences) == (migration["ram"]["normal"], 0)
    assert 0 < compressed <= migration["compression"]["pages"]
    assert zero + plain + compressed == sum(captures["compress"].truth["ram"].values()) // 4096


def test_what_the_configuration_says(captures, streams):
    state = streams("uuid").find_section("configuration").get_state()
    assert state["configuration/uuid"]["uuid"].hex() == \
        captures["uuid"].truth["uuid"].replace("-", "")
    state = streams("shared").find_section("configuration").get_state()
    assert state["configuration/capabilities"].to_dict() == {
        "caps_count": 1, "capabilities": b"\x0fx-ignore-shared"}


# Devices


@pytest.mark.parametrize("name", X86 + ["microvm"])
def test_x86_processors(compare, name):
    compare(name, expected.x86_processors, 50)


@pytest.mark.parametrize("name, check, least", [
    ("virt", expected.arm_processors, 64),
    ("s390x", expected.s390x_processors, 68),
    ("pseries", expected.power_processors, 36),
])
def test_other_processors(compare, name, check, least):
    compare(name, check, least)


@pytest.mark.parametrize("name", X86)
def test_interrupt_controllers(compare, name):
    compare(name, expected.interrupt_controllers, 16 if name == "isapc" else 40)


@pytest.mark.parametrize("name", PC)
def test_the_local_apic(compare, name):
    compare(name, expected.local_apic, 11)


@pytest.mark.parametrize("name", [name for name in X86
                                  if "-rtc" in MACHINES[name].arguments])
def test_the_clock(compare, name):
    compare(name, expected.clock, 6)


@pytest.mark.parametrize("name", [name for name in MACHINES if not name.startswith("i440fx-2")])
def test_the_run_state(compare, name):
    compare(name, expected.run_state, 1)


@pytest.mark.parametrize("name", [*PC, "virt"])
def test_configuration_spaces(compare, name):
    compare(name, devices.configurations, 15)


@pytest.mark.parametrize("name", [name for name, machine in MACHINES.items()
                                  if "virtio-" in " ".join(machine.arguments)])
def test_virtio_devices(compare, name):
    compare(name, devices.virtio, 8)


@pytest.mark.parametrize("name, least", [
    ("i440fx", 2), ("i440fx-2.1", 1), ("q35", 2), ("microvm", 1), ("virt", 1), ("s390x", 1)])
def test_addresses_of_network_cards(compare, name, least):
    compare(name, devices.addresses, least)


@pytest.mark.parametrize("name", ["q35-modern", "q35-legacy"])
def test_a_device_that_a_driver_uses(compare, name):
    compare(name, devices.driven, 10)


def test_a_value_that_is_another_is_noticed(captures, streams):
    truth = {**captures["i440fx"].truth, "status": "running"}
    states = {(section.get_name(), section.get_instance()): section.get_state()
              for section in streams("i440fx").get_sections() if section.has_state()}
    with pytest.raises(expected.Mismatch, match="^state: decoded 'paused', "):
        expected.run_state(states, truth)
