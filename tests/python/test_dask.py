# SPDX-License-Identifier: LGPL-2.1-or-later

"""The same answers from a cluster: a scheduler and two workers on this machine, of which one is
killed while it answers."""

import doctest
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from dask.distributed import Client
from gi.repository import Migdesc
from migdesc.dask import Fleet, select
from test_hosts import QUESTION, descriptor, make_lines, of_the_library, without_places

PARTS = 6


class Cluster:
    """Programs of our own, each to be ended by its number."""

    def __init__(self, folder):
        self.folder, self.programs = folder, []
        self.file = folder / "scheduler.json"
        self.start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                   "--scheduler-file", self.file)
        deadline = time.monotonic() + 60
        while not self.is_found() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.workers = [self.start_worker() for _ in range(2)]
        self.client = Client(scheduler_file=str(self.file), timeout=60)
        self.client.wait_for_workers(2, timeout=60)

    def is_found(self):
        """The file is made first, then written; who reads it in between gives up soon."""
        try:
            return bool(json.loads(self.file.read_text()))
        except (OSError, ValueError):
            return False

    def start(self, name, *arguments):
        # The plain allocator: that of the tests fills what it frees, which is slow.
        env = {name: value for name, value in os.environ.items() if name != "G_SLICE"}
        # What runs in workers is in this file.
        env["PYTHONPATH"] = f"{Path(__file__).parent}:{env.get('PYTHONPATH', '')}"
        program = subprocess.Popen([sys.executable, "-m", f"distributed.cli.{name}", *arguments],
                                   cwd=self.folder, env=env, stdout=subprocess.DEVNULL,
                                   stderr=(self.folder / "log").open("a"))
        self.programs.append(program)
        return program

    def start_worker(self):
        return self.start("dask_worker", "--scheduler-file", self.file, "--no-nanny",
                          "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1",
                          "--local-directory", self.folder / "space")

    def kill_when_busy(self, worker):
        """Without a word, as when a machine loses its power, while answers are being made."""
        def kill():
            deadline = time.monotonic() + 60
            while not any(self.client.processing().values()) and time.monotonic() < deadline:
                time.sleep(0.05)
            worker.kill()

        thread = threading.Thread(target=kill)
        thread.start()
        return thread

    def end(self):
        self.client.close()
        for program in self.programs:
            program.kill()
            program.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.end()


@pytest.fixture(scope="module")
def lines():
    return make_lines(random.Random(5), 900)


@pytest.fixture(scope="module")
def source():
    return Migdesc.Descriptor.from_dict(descriptor(random.Random(101)))


@pytest.fixture(scope="module")
def expected(lines, source):
    """What the library says on one machine."""
    fleet = Migdesc.Fleet()
    fleet.add_lines(lines)
    return without_places(of_the_library(fleet, [QUESTION], source, 50))


def count_loads(dask_worker=None):
    """Runs in a worker: from now on it counts what it reads, and what leaves it."""
    from migdesc import dask as module
    module.counts = {"loads": 0, "moves": 0}
    load, reduce = module._Part.__init__, module._Part.__reduce__

    def counting_load(self, origin):
        module.counts["loads"] += 1
        load(self, origin)

    def counting_reduce(self):
        module.counts["moves"] += 1
        return reduce(self)

    module._Part.__init__, module._Part.__reduce__ = counting_load, counting_reduce


def get_counts():
    from migdesc import dask as module
    return module.counts


def answer_slowly():
    """Runs in a worker: there is time to kill it in the middle."""
    import time
    from migdesc import hosts as module
    ask = module.ask_part

    def asking_slowly(*arguments):
        time.sleep(0.3)
        return ask(*arguments)

    if module.ask_part.__name__ != "asking_slowly":
        module.ask_part = asking_slowly


def test_hosts_stay_where_they_are(cluster, lines, source, expected):
    path = cluster.folder / "hosts.jsonl"
    path.write_text(lines)
    cluster.client.run(count_loads)
    fleet = Fleet.from_lines_file(cluster.client, path, PARTS)
    assert len(fleet) == 900 and len(fleet.parts) == PARTS
    for _ in range(3):
        assert without_places(fleet.select(QUESTION, source, top=50)) == expected
    assert without_places(select(fleet, QUESTION, source, 50)) == expected
    counts = cluster.client.run(get_counts).values()
    assert sum(count["loads"] for count in counts) == PARTS
    assert all(count["moves"] == 0 for count in counts)
    # both had a share
    assert all(count["loads"] > 0 for count in counts)


@pytest.mark.parametrize("kind", ["lines", "files"])
def test_a_worker_is_killed(cluster, lines, source, expected, kind):
    if kind == "lines":
        fleet = Fleet.from_lines(cluster.client, lines, PARTS)
    else:
        rows = lines.splitlines(keepends=True)
        for number in range(3):
            (cluster.folder / f"{number}.jsonl").write_text(
                "".join(rows[number * 300:number * 300 + 300]))
        fleet = Fleet.from_files(cluster.client,
                                 [cluster.folder / f"{number}.jsonl" for number in range(3)])
    assert without_places(fleet.select(QUESTION, source, top=50)) == expected
    cluster.client.run(answer_slowly)
    victim = cluster.workers.pop()
    killer = cluster.kill_when_busy(victim)
    assert without_places(fleet.select(QUESTION, source, top=50)) == expected
    killer.join()
    assert victim.wait(60) == -signal.SIGKILL
    assert len(cluster.client.scheduler_info()["workers"]) == 1
    cluster.workers.append(cluster.start_worker())
    assert without_places(fleet.select(QUESTION, source, top=50)) == expected
    cluster.client.wait_for_workers(2, timeout=60)


def test_a_host_without_a_descriptor_is_a_row(cluster):
    fleet = Fleet.from_lines(cluster.client, "{\n", 1)
    assert fleet.select(QUESTION)["ranks"]["not-answered"] == 1


def test_the_page_is_so(cluster, monkeypatch):
    """docs/fleet-many-machines.md, with two racks"""
    def line(host, most):
        return json.dumps({"host": host, "slots": [{"name": "nic", "count": 1, "descriptor": {
            "models": {"vendor-a.com/my-nic": {"params": {"num-queues": {
                "type": "int", "allowed_values": [f"1-{most}"], "init_value": 1}}}}}}]}) + "\n"

    (cluster.folder / "rack-1.jsonl").write_text(line("c", 8) + line("few", 4))
    (cluster.folder / "rack-2.jsonl").write_text(line("b", 16) + line("a", 8))
    page = (Path(__file__).resolve().parents[2] / "docs" / "fleet-many-machines.md").read_text()
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(code, {}, "page", "fleet-many-machines.md", 0)
    monkeypatch.chdir(cluster.folder)
    output = []
    result = doctest.DocTestRunner().run(test, out=output.append, clear_globs=False)
    test.globs["client"].close()
    assert result.failed == 0, "".join(output)
    assert result.attempted >= 7
