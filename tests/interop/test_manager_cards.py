# SPDX-License-Identifier: LGPL-2.1-or-later

"""The manager with real network cards of all versions."""

import pytest

from manager_fleet import ROOT, CardFleet

OLDEST = "example.org/nic?num-queues=2,rx-filter-size=16"


@pytest.fixture
def folder(tmp_path):
    made = CardFleet(tmp_path, {f"host-{version}": version for version in (1, 2, 3, 4)})
    yield made
    made.end()
    assert made.doubled == ""


def begin(folder, params, host):
    done = folder.manager("run", "web", "--params", params, "--host", host)
    assert done.status == 0, done


def test_between_all_versions(folder):
    """Every pair of programs, each way, with the card's own doings in between."""
    begin(folder, OLDEST, "host-1")
    frames = 0
    for version in (2, 1, 3, 1, 4, 2, 3, 2, 4, 3, 4, 1):
        folder.send("receive", queue=1, frames=3, bytes=180)
        frames += 3
        done = folder.manager("migrate", "web", "--host", f"host-{version}")

        assert (done.status, done.err) == (0, ""), done
        assert folder.send("query")["program"] == version
        assert folder.counter() == frames


def test_card_that_cannot_be_migrated(folder):
    """The blocker that its version names is told, and nothing is started."""
    begin(folder, "example.org/nic?num-queues=1,direct=on", "host-3")
    done = folder.manager("migrate", "web", "--host", "host-4")

    assert done.status == 1
    assert ("host-4: no, with nic\n  unmigratable: version \"direct\" cannot be migrated, by what "
            "the destination says: the guest has the card's memory itself\n") in done.out
    assert done.err == ("manager: host-4 can't take example.org/nic?direct=on; it runs "
                        "on host-3, as before\n")
    assert folder.look() == ("host-3", "running")


def test_state_that_an_older_program_has_no_room_for(folder):
    """A ring of 65,536 descriptors: the check can't know, the source does."""
    begin(folder, OLDEST, "host-4")
    folder.send("write-queue", queue=0, size=65536)
    done = folder.manager("migrate", "web", "--host", "host-3")

    assert (done.status, done.err) == (
        1, "manager: host-4: nic0: transform 4 to 3, retype queues[].size to q: 65536 cannot be "
           "that exactly\nweb runs on host-4, as before\n")
    assert folder.look() == ("host-4", "running")
    assert folder.send("get")["state"]["queues"][0]["size"] == 65536


def test_between_c_and_python(folder):
    """The same card as two programs that have no code in common."""
    python = f"/usr/bin/python3 {ROOT}/examples/nic-backend/nic_backend.py --limit-version"
    folder.add_host("python-4", f"{python} 4")
    folder.add_host("python-2", f"{python} 2")
    begin(folder, OLDEST, "host-4")
    folder.send("receive", queue=1, frames=3, bytes=180)
    for host in ("python-4", "host-2", "python-2", "host-4", "python-2"):
        done = folder.manager("migrate", "web", "--host", host)

        assert (done.status, done.err) == (0, ""), done
        assert folder.look() == (host, "running")
        assert folder.counter() == 3
