# SPDX-License-Identifier: LGPL-2.1-or-later

"""The history of a descriptor in git: all that was ever published, or none."""

import re

import pytest

from box import MODEL


def commit(box, name, high):
    """nic.json with other allowed values."""
    box.variant(name, allowed_values=[f"1-{high}"])
    box.git("add", "--", f":(literal){name}")
    box.git("commit", "-qm", f"{name} {high}")


def merge(box, branch, name, high):
    """A merge whose file is neither side's."""
    box.git("merge", "-q", "-s", "ours", "--no-commit", branch)
    commit(box, name, high)


def history(box, place):
    """What each descriptor of it allows."""
    shown = box.run("show", "--json", f"git-log:{place}").json["descriptors"]
    models = [descriptor["document"]["models"][MODEL] for descriptor in shown]
    return [model["params"]["num-queues"]["allowed_values"][0] for model in models]


@pytest.fixture
def merged(box):
    """main allows 80, side 96, the merge 112, what comes after it 64."""
    box.git("init", "-q", "-b", "main")
    commit(box, "nic.json", 64)
    box.git("checkout", "-qb", "side")
    commit(box, "nic.json", 96)
    box.git("checkout", "-q", "main")
    commit(box, "nic.json", 80)
    merge(box, "side", "nic.json", 112)
    commit(box, "nic.json", 64)
    return box


def test_what_a_merge_made_of_both_sides_was_published(merged):
    assert sorted(history(merged, "main:nic.json")) == ["1-112", "1-64", "1-64", "1-80", "1-96"]
    answer = merged.run("diff", "--against", "git:main", "--category", "full-transitive",
                        "nic.json")
    assert answer.status == 1
    assert "num-queues: 65-112 is no longer allowed" in answer.out


def test_what_a_merge_gave_up_was_published(box):
    box.git("init", "-q", "-b", "main")
    commit(box, "nic.json", 64)
    box.git("branch", "side")
    commit(box, "nic.json", 96)
    box.git("checkout", "-q", "side")
    commit(box, "other.json", 64)
    box.git("checkout", "-q", "main")
    merge(box, "side", "nic.json", 64)
    assert history(box, "main:nic.json") == ["1-96", "1-64"]


def test_a_merge_that_deleted_it_has_nothing_to_read(merged):
    merged.git("checkout", "-qb", "other", "side")
    merged.git("merge", "-q", "-s", "ours", "--no-commit", "main")
    merged.git("rm", "-qf", "nic.json")
    merged.git("commit", "-qm", "gone")
    assert len(history(merged, "other:nic.json")) == 5


def test_a_shallow_clone_has_no_history(merged):
    merged.git("clone", "-q", "--bare", ".", "origin")
    merged.git("clone", "-q", "--depth", "1", f"file://{merged.folder}/origin", "shallow")
    answer = merged.run("diff", "--against", "git:HEAD", "--category", "full-transitive",
                        "shallow/nic.json")
    assert (answer.status, answer.out) == (4, "")
    assert re.fullmatch(r"migdesc: git-log:HEAD:shallow/nic.json: the history is cut off at "
                        r"[0-9a-f]{40}, as a shallow clone has it\n", answer.err)
    # the newest is there
    assert merged.run("diff", "--against", "git:HEAD", "shallow/nic.json").status == 0


@pytest.mark.parametrize("name", ["*.json", ":(top)nic.json", "-nic.json", "[n]ic.json"])
def test_git_takes_a_name_as_it_is(box, name):
    box.git("init", "-q")
    commit(box, "nic.json", 96)
    commit(box, name, 64)
    assert history(box, f"HEAD:{name}") == ["1-64"]
