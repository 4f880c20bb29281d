# SPDX-License-Identifier: LGPL-2.1-or-later

"""The card of examples/nic-backend between its programs of four versions, and the one in Python."""

import json
import socket
import subprocess

import pytest
from nic_process import BUILD, SOURCE, Card, Refused, move, run, wait_for

MIGDESC = BUILD / "tools" / "migdesc"
KEY = "000102030405060708090a0b0c0d0e0f"


@pytest.fixture
def cards(tmp_path):
    """Makes cards, and sees to it that each ends well."""
    made = []

    def make(program, version, *arguments):
        made.append(Card(tmp_path, f"card{len(made)}", program, "--migration-version",
                         str(version), *arguments))
        return made[-1]

    yield make
    for card in made:
        assert card.quit() == 0


def live(card, version):
    """A life that leaves no field as it was."""
    card.ask("write", register="interrupt-mask", value=1)
    card.ask("write", register="moderation", value=10000)
    for _ in range(3):
        card.ask("receive", queue=1, frames=100, bytes=6400)
    card.ask("write", register="control", value=5)
    card.ask("write-eeprom", offset=60, data="deadbeef")
    card.ask("add-filter", mac="52:54:00:aa:bb:cc", vlan=7, drop=True)
    card.ask("add-filter", mac="01:00:5e:00:00:01")
    if version >= 2:
        card.ask("write", register="mtu", value=9000)
    if version >= 4:
        card.ask("write-queue", queue=0, size=100000)
        card.ask("write-rss-key", key=KEY)
    card.ask("write", register="link", value=0)
    card.ask("stop")


def as_known_to(version, state):
    """A state as a program of that version shows it."""
    state = dict(state)
    link = state.pop("link", None) or state.pop("link_state")
    mtu = state.pop("mtu", 1500)
    state["link_state" if version < 3 else "link"] = link
    if version >= 2:
        state["mtu"] = mtu
    else:
        assert mtu == 1500
    return state


def check_move(cards, path, programs, versions):
    """Forwards or backwards, as the newest version that both know."""
    version = min(versions)
    source, destination = cards(programs[0], version), cards(programs[1], version, "--incoming")
    live(source, version)
    before = source.state()
    sent = move(source, destination, path, state_version=version)
    assert sent["bytes"] > 400
    assert destination.status() == "prepared"
    assert destination.state() == as_known_to(versions[1], before)
    assert source.state() == before and source.status() == "paused"
    assert destination.ask("start") == {"status": "running"}


ALL = (1, 2, 3, 4)


@pytest.mark.parametrize("to", ALL)
@pytest.mark.parametrize("source", ALL)
def test_each_program_moves_its_card_to_each_other(cards, tmp_path, source, to):
    check_move(cards, tmp_path / "move.sock", (source, to), (source, to))


PYTHON = [("python 4", 4), (4, "python 4"), ("python 4", 1), (2, "python 4"), ("python 3", 4),
          (3, "python 2"), ("python 1", "python 4"), ("python 4", "python 2")]


def version_of(program):
    return program if isinstance(program, int) else int(program.split()[1])


@pytest.mark.parametrize("source,to", PYTHON)
def test_the_card_in_python_is_the_same_card(cards, tmp_path, source, to):
    check_move(cards, tmp_path / "move.sock", (source, to), (version_of(source), version_of(to)))


@pytest.mark.parametrize("program,version", [(4, 4), (4, 2), (3, 1)])
def test_both_write_the_same_bytes(cards, tmp_path, program, version):
    """A state that one has loaded, the other saves as it was."""
    source, other = cards(program, version), cards(f"python {program}", version, "--incoming")
    live(source, version)
    sent = move(source, other, tmp_path / "move.sock")
    other.ask("start")
    other.ask("stop")
    for card in (source, other):
        assert card.ask("save", file=str(tmp_path / "saved"))["bytes"] > sent["bytes"]
    first, second = ({**card.state(), "clock": 0} for card in (source, other))
    for name in ("interrupt_due", "interrupts", "interrupt_cause"):
        first.pop(name), second.pop(name)
    assert first == second


@pytest.mark.parametrize("program,version,change,code,message", [
    (4, 3, ("write_queue", {"queue": 0, "size": 65536}), "state-transform",
     "nic0: transform 4 to 3, retype queues[].size to q: 65536 cannot be that exactly"),
    (4, 2, ("write", {"register": "link", "value": 2}), "state-range",
     "nic0: link_state: 2 is not in 0 to 1"),
], ids=("widened", "word"))
def test_in_python_too_what_does_not_fit_stays(cards, tmp_path, program, version, change, code,
                                               message):
    card = cards(f"python {program}", version)
    card.ask(change[0].replace("_", "-"), **change[1])
    card.ask("stop")
    before = card.state()
    with pytest.raises(Refused) as refused:
        card.ask("save", file=str(tmp_path / "saved"), state_version=version)
    assert (refused.value.code, refused.value.message) == (code, message)
    assert card.status() == "paused" and card.state() == before
    assert not (tmp_path / "saved").exists()


@pytest.mark.parametrize("program", [3, "python 3"])
def test_nothing_is_lost_where_there_is_no_mtu(cards, tmp_path, program):
    """What version 1 has no place for no card without jumbo has, and no other sends."""
    card, jumbo = cards(program, 1), cards(program, 2)
    with pytest.raises(Refused) as refused:
        card.ask("write", register="mtu", value=1400)
    assert (refused.value.code, refused.value.message) == (
        "refused", "mtu is not 1500, and jumbo is off")
    assert card.state()["mtu"] == 1500
    jumbo.ask("write", register="mtu", value=1400)
    jumbo.ask("stop")
    with pytest.raises(Refused) as refused:
        jumbo.ask("save", file=str(tmp_path / "saved"), state_version=1)
    assert (refused.value.code, refused.value.message) == (
        "bad-argument", "save: state-version is 2 to 3")
    assert not (tmp_path / "saved").exists()
    assert jumbo.state()["mtu"] == 1400


def test_what_was_saved_is_what_an_operator_reads(cards, tmp_path):
    """And without being asked, a card is saved as the version that it is."""
    card = cards(4, 2)
    live(card, 2)
    sent = card.ask("save", file=str(tmp_path / "card.mds"))
    assert sent["bytes"] == (tmp_path / "card.mds").stat().st_size
    assert (tmp_path / "card.mds").stat().st_mode & 0o777 == 0o600
    assert card.ask("query")["state-version"] == 2
    other = cards(2, 2, "--incoming")
    assert other.ask("load", file=str(tmp_path / "card.mds")) == sent
    assert other.state() == as_known_to(2, card.state())


TOO_WIDE = [
    (4, 3, ("write-queue", {"queue": 0, "size": 65536}), "state-transform",
     "nic0: transform 4 to 3, retype queues[].size to q: 65536 cannot be that exactly"),
    (4, 2, ("write", {"register": "link", "value": 2}), "state-range",
     "nic0: link_state: 2 is not in 0 to 1"),
]


@pytest.mark.parametrize("program,version,change,code,message", TOO_WIDE,
                         ids=("widened", "word"))
def test_what_does_not_fit_an_older_version_stays(cards, tmp_path, program, version, change, code,
                                                  message):
    source, destination = cards(program, version), cards(version, version, "--incoming")
    source.ask(change[0], **change[1])
    source.ask("stop")
    before = source.state()
    path = tmp_path / "move.sock"
    destination.connection.send("load", socket=str(path))
    wait_for(path.exists, "the destination to listen")
    with pytest.raises(Refused) as refused:
        source.ask("save", socket=str(path), state_version=version)
    assert (refused.value.code, refused.value.message) == (code, message)
    assert source.status() == "paused" and source.state() == before
    assert source.ask("cont") == {"status": "running"}
    # Nobody has come to the destination, which still waits.
    with socket.socket(socket.AF_UNIX) as nobody:
        nobody.connect(str(path))
    with pytest.raises(Refused) as refused:
        destination.connection.receive()
    assert refused.value.code == "state-format"
    assert destination.status() == "incoming"


@pytest.mark.parametrize("to", [1, 2, 3])
def test_older_programs_cannot_read_newer_states(cards, tmp_path, to):
    source, destination = cards(4, to), cards(to, to, "--incoming")
    source.ask("stop")
    source.ask("save", file=str(tmp_path / "card.mds"), state_version=4)
    with pytest.raises(Refused) as refused:
        destination.ask("load", file=str(tmp_path / "card.mds"))
    assert (refused.value.code, refused.value.message) == (
        "state-too-new", f"nic0: state version 4 of nic, the newest known is {to}")
    assert destination.status() == "incoming"


def test_another_configuration_is_refused(cards, tmp_path):
    source, destination = cards(4, 3), cards(4, 2, "--incoming")
    source.ask("stop")
    source.ask("save", file=str(tmp_path / "card.mds"))
    with pytest.raises(Refused) as refused:
        destination.ask("load", file=str(tmp_path / "card.mds"))
    assert (refused.value.code, refused.value.message) == (
        "state-config-mismatch",
        "nic0: the parameter num-queues is 4 in the stream, and 2 here")


def test_programs_publish_what_newer_ones_keep():
    for version in ALL:
        kept = SOURCE / f"schemas/state-{version}.json"
        assert run(version, "--print-state-schema") == (0, kept.read_text(), "")


def publish(program):
    """The descriptor of a program, and what it says of its model."""
    status, text, complaint = run(program, "--print-migration-info-json")
    assert (status, complaint) == (0, "")
    return text, json.loads(text)["models"]["example.org/nic"]


@pytest.mark.parametrize("version", ALL)
def test_the_state_is_published_with_the_descriptor(version):
    """With the ways to older versions; in C and in Python it is the same."""
    model, other = publish(version)[1], publish(f"python {version}")[1]
    kept = [json.loads((SOURCE / f"schemas/state-{old}.json").read_text())
            for old in range(1, version + 1)]
    transforms = model["state"].pop("transforms", {"schemas": []})
    assert model["state"] == kept.pop() and transforms["schemas"] == kept
    assert "call" not in {change["change"] for change in transforms.get("changes", [])}
    assert other["state"].pop("transforms", transforms) == transforms
    assert other["state"] == model["state"]
    for program in (model, other):
        pairs = [tuple(int(pair[end]) for end in ("from", "to"))
                 for entry in program["versions"] if isinstance(entry, dict)
                 for pair in entry.get("tested", [])]
        known = ALL[:version]
        assert sorted(pairs) == [(one, two) for one in known for two in known if one != two]


NEGOTIATING = "link_state: 0 to 2 at the source, 0 to 1 at the destination"
WIDE = ("some states will be refused: transform 4 to 3, retype queues[].size to q: 1048576 cannot "
        "be that exactly")
FORESEEN = {(3, 1): ("state-field-values", NEGOTIATING),
            (3, 2): ("state-field-values", NEGOTIATING),
            (4, 1): ("state-transform", WIDE), (4, 2): ("state-transform", WIDE),
            (4, 3): ("state-transform", WIDE)}


@pytest.mark.parametrize("to", ALL)
@pytest.mark.parametrize("source", ALL)
def test_the_check_foresees_which_states_fit(tmp_path, source, to):
    """No answer is left to the device: that is what the schemas are published for."""
    for name, program in (("source", source), ("to", to)):
        (tmp_path / name).write_text(publish(program)[0])
    card = subprocess.run([MIGDESC, "list", "--version", str(min(source, to)), tmp_path / "source"],
                          capture_output=True, text=True, check=True).stdout.strip()
    done = subprocess.run([MIGDESC, "check", "--json", "--source", tmp_path / "source", card,
                           tmp_path / "to"], capture_output=True, text=True, check=False)
    result = json.loads(done.stdout)["results"][0]
    findings = [(found["code"], found["severity"], found["message"])
                for found in result["findings"]]
    foreseen = FORESEEN.get((source, to))
    assert (done.returncode, result["verdict"]) == (0, "compatible")
    assert findings == ([] if foreseen is None else [(foreseen[0], "warning", foreseen[1])])
