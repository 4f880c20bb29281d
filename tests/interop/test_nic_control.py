# SPDX-License-Identifier: LGPL-2.1-or-later

"""The control socket of the card in examples/nic-backend: whatever comes, the card goes on."""

import os
import socket

import pytest
from nic_process import Card, Connection, Refused, command_of, run, wait_for

QUERY = b'{"execute": "query"}\n'


@pytest.fixture
def card(tmp_path):
    made = Card(tmp_path, "card", 4)
    yield made
    assert made.quit() == 0


BAD = [
    (b"garbage\n", "bad-request", "column 1: an object is expected"),
    (b"\n", "bad-request", "column 1: an object is expected"),
    (b"[1]\n", "bad-request", "column 1: an object is expected"),
    (b'{"execute": "query"\0}\n', "bad-request", "column 1: the line is not UTF-8, or has a NUL"),
    (b'{"execute": "\xff"}\n', "bad-request", "column 1: the line is not UTF-8, or has a NUL"),
    (b'{"execute": "query"} {}\n', "bad-request", "column 22: there is more behind the request"),
    (b'{"execute": "query",}\n', "bad-request", "column 21: a string is expected"),
    (b"{'execute': 'query'}\n", "bad-request", "column 2: a string is expected"),
    (b'{"execute": "query", "execute": "quit"}\n', "bad-request",
     "column 32: a request has execute and arguments, once each"),
    (b'{"arguments": {}}\n', "bad-request", "column 18: execute is missing"),
    (b'{"execute": 1}\n', "bad-request", "column 13: a string is expected"),
    (b'{"execute": "query\\u0000"}\n', "bad-request", "column 25: no character"),
    (b'{"execute": "\\ud800"}\n', "bad-request", "column 20: no character"),
    (b'{"execute": "\\x41"}\n', "bad-request", "column 15: no escape of JSON"),
    (b'{"execute": "receive", "arguments": {"queue": 1.5}}\n', "bad-request",
     "column 47: a value is a string, an integer from 0 to 2^64-1, true or false"),
    (b'{"execute": "receive", "arguments": {"queue": -1}}\n', "bad-request",
     "column 47: a value is a string, an integer from 0 to 2^64-1, true or false"),
    (b'{"execute": "receive", "arguments": {"queue": 18446744073709551616}}\n', "bad-request",
     "column 47: a value is a string, an integer from 0 to 2^64-1, true or false"),
    (b'{"execute": "receive", "arguments": {"queue": 01}}\n', "bad-request",
     "column 47: a value is a string, an integer from 0 to 2^64-1, true or false"),
    (b'{"execute": "receive", "arguments": {"queue": ' + b"[" * 60000 + b"}}\n", "bad-request",
     "column 47: a value is a string, an integer from 0 to 2^64-1, true or false"),
    (b'{"execute": "receive", "arguments": {"queue": 1, "queue": 1}}\n', "bad-request",
     "column 58: the argument is there twice"),
    (b"{" + b" " * 1000000 + b"}\n", "bad-request", "the line is longer than 65535 bytes"),
    (b'{"execute": "fly"}\n', "unknown-command", 'there is no command "fly"'),
    (b'{"execute": "\\ud83d\\ude00"}\n', "unknown-command", 'there is no command "\U0001f600"'),
    (b'{"execute": "query", "arguments": {"a": 1}}\n', "bad-argument",
     'query has no argument "a"'),
    (b'{"execute": "receive", "arguments": {"queue": "0", "frames": 1, "bytes": 1}}\n',
     "bad-argument", "receive: queue is an integer"),
    (b'{"execute": "receive", "arguments": {"queue": 0, "frames": 1}}\n', "bad-argument",
     "receive: bytes is missing"),
    (b'{"execute": "receive", "arguments": {"queue": 0, "frames": 0, "bytes": 1}}\n',
     "bad-argument", "receive: frames is 1 or more"),
    (b'{"execute": "receive", "arguments": {"queue": 4, "frames": 1, "bytes": 1}}\n',
     "refused", "there is no queue 4, the card has 4"),
    (b'{"execute": "write", "arguments": {"register": "mtu", "value": 67}}\n', "state-range",
     "mtu: 67 is not in 68 to 9216"),
    (b'{"execute": "write", "arguments": {"register": "mtu", "value": 65536}}\n', "refused",
     "the register has 16 bits"),
    (b'{"execute": "write", "arguments": {"register": "fuse", "value": 1}}\n', "refused",
     "there is no such register"),
    (b'{"execute": "write-queue", "arguments": {"queue": 0, "size": 0}}\n', "state-range",
     "queues[0].size: 0 is not in 1 to 1048576"),
    (b'{"execute": "write-eeprom", "arguments": {"offset": 63, "data": "0102"}}\n', "refused",
     "the EEPROM has 64 bytes"),
    (b'{"execute": "write-eeprom", "arguments": {"offset": 18446744073709551615, "data": "01"}}\n',
     "refused", "the EEPROM has 64 bytes"),
    (b'{"execute": "write-eeprom", "arguments": {"offset": 0, "data": "0"}}\n', "refused",
     "the data are 1 to 64 bytes, two hexadecimal digits each"),
    (b'{"execute": "add-filter", "arguments": {"mac": "52:54"}}\n', "refused",
     "the MAC address is of the form 52:54:00:12:34:56"),
    (b'{"execute": "remove-filter", "arguments": {"mac": "52:54:00:00:00:01"}}\n', "refused",
     "there is no such filter"),
    (b'{"execute": "save", "arguments": {"file": "x"}}\n', "wrong-status",
     "save: the card is running"),
    (b'{"execute": "load", "arguments": {"file": "x"}}\n', "wrong-status",
     "load: the card is running"),
    (b'{"execute": "start"}\n', "wrong-status", "start: the card is running"),
    (b'{"execute": "cont"}\n', "wrong-status", "cont: the card is running"),
    (b'{"execute": "discard"}\n', "wrong-status", "discard: the card is running"),
]


def test_bad_lines_get_errors_and_nothing_changes(card):
    before = card.ask("query")
    state = card.state()
    for line, code, message in BAD:
        assert card.connection.ask_raw(line) == (code, message), line[:80]
    assert card.ask("query") == before
    after = card.state()
    assert after.pop("clock") >= state.pop("clock") and after == state


def test_bad_lines_do_not_harm_the_card_in_python(tmp_path):
    """It has JSON from its library, whose words for what is no JSON are others."""
    card = Card(tmp_path, "card", "python 4")
    before = card.ask("query")
    for line, code, message in BAD:
        answer = card.connection.ask_raw(line)
        assert answer[0] == code, (line[:80], answer)
        assert code == "bad-request" or answer[1] == message
    assert card.ask("query") == before
    assert card.quit() == 0


def test_a_line_that_does_not_end_is_none(card):
    other = Connection(card.path)
    other.socket.sendall(b'{"execute": "quit"}')
    other.close()
    assert card.status() == "running"


def test_a_line_may_come_in_pieces_and_several_at_once(card):
    for byte in QUERY:
        card.connection.socket.sendall(bytes([byte]))
    assert card.connection.receive()["status"] == "running"
    card.connection.socket.sendall(QUERY * 300)
    assert {card.connection.receive()["status"] for _ in range(300)} == {"running"}


def test_who_asks_and_never_listens_holds_up_nobody(card):
    deaf = socket.socket(socket.AF_UNIX)
    deaf.connect(str(card.path))
    deaf.setblocking(False)
    with pytest.raises(BlockingIOError):
        while True:
            deaf.sendall(QUERY * 100)
    assert card.status() == "running"
    deaf.close()


def test_too_many_connections_are_told_so(card):
    others = [Connection(card.path) for _ in range(15)]
    for other in others:
        assert other.ask("query")["status"] == "running"
    late = Connection(card.path)
    with pytest.raises(Refused) as refused:
        late.receive()
    assert (refused.value.code, refused.value.message) == ("busy", "16 connections are open")
    assert late.lines.readline() == b""
    for other in [*others, late]:
        other.close()

    def is_open():
        again = Connection(card.path)
        try:
            return again.ask("query")["status"] == "running"
        except Refused:
            return False
        finally:
            again.close()

    wait_for(is_open, "a place")


def test_a_filter_list_has_an_end(card):
    for number in range(16):
        card.ask("add-filter", mac=f"52:54:00:00:00:{number:02x}")
    with pytest.raises(Refused, match="there is no room for another filter"):
        card.ask("add-filter", mac="52:54:00:00:00:10")
    card.ask("remove-filter", mac="52:54:00:00:00:03")
    with pytest.raises(Refused, match="there is such a filter"):
        card.ask("add-filter", mac="52:54:00:00:00:00")
    assert len(card.state()["filters"]) == 15


def test_an_interrupt_is_due_by_a_clock_that_stands_still(card):
    card.ask("write", register="moderation", value=10000)
    card.ask("receive", queue=0, frames=1, bytes=60)
    state = card.state()
    assert state["interrupt_due"] > state["clock"] and state["interrupt_cause"] == ["received"]
    card.ask("stop")
    assert card.state() == card.state()
    card.ask("cont")
    wait_for(lambda: card.state()["interrupts"] == 1, "the interrupt")
    assert card.state()["interrupt_cause"] == []


def test_a_load_that_waits_can_be_discarded(tmp_path):
    card = Card(tmp_path, "card", 4, "--incoming")
    other = Connection(card.path)
    path = tmp_path / "move.sock"
    for _ in range(2):
        card.connection.send("load", socket=str(path))
        wait_for(path.exists, "the socket")
        assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(Refused) as refused:
            other.ask("load", file="x")
        assert (refused.value.code, refused.value.message) == (
            "busy", "load: a save or load is under way")
        assert other.ask("discard") == {"status": "incoming"}
        with pytest.raises(Refused) as refused:
            card.connection.receive()
        assert refused.value.code == "cancelled"
        assert not path.exists()
    # Nor does it hold up the end.
    card.connection.send("load", socket=str(path))
    wait_for(path.exists, "the socket")
    assert other.ask("quit") == {}
    assert card.process.wait(20) == 0
    assert not path.exists() and not card.path.exists()


BAD_STREAMS = [
    (b"", "state-format"), (b"garbage" * 1000, "state-format"),
    (b"\x89MDS\r\n\x1a\n", "state-truncated"), (bytes(1 << 20), "state-format"),
]


@pytest.mark.parametrize("data,code", BAD_STREAMS,
                         ids=("empty", "garbage", "short", "zeros"))
def test_a_bad_stream_leaves_a_card_waiting(tmp_path, data, code):
    card = Card(tmp_path, "card", 4, "--incoming")
    path = tmp_path / "move.sock"
    card.connection.send("load", socket=str(path))
    wait_for(path.exists, "the socket")
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(path))
        try:
            peer.sendall(data)
        except BrokenPipeError:
            pass
    with pytest.raises(Refused) as refused:
        card.connection.receive()
    assert refused.value.code == code
    assert card.status() == "incoming"
    with pytest.raises(Refused, match="get: the card is incoming"):
        card.state()
    assert card.quit() == 0


def test_files_that_are_none(card, tmp_path):
    card.ask("stop")
    for where, code in [(tmp_path / "no" / "file", "cannot-write"), (tmp_path, "cannot-write")]:
        with pytest.raises(Refused) as refused:
            card.ask("save", file=str(where))
        assert refused.value.code == code
    for arguments in ({}, {"file": "a", "socket": "b"}):
        with pytest.raises(Refused, match="save: either socket or file is needed"):
            card.ask("save", **arguments)
    with pytest.raises(Refused, match="save: state-version is 2 to 4"):
        card.ask("save", file="a", state_version=5)
    with pytest.raises(Refused, match="the name of a socket has 1 to 107 bytes"):
        card.ask("save", socket="x" * 200)
    with pytest.raises(Refused) as refused:
        card.ask("save", socket=str(tmp_path / "nobody"))
    assert refused.value.code == "io"
    waiting = Card(tmp_path, "waiting", 4, "--incoming")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="pipe: no regular file"):
        waiting.ask("load", file=str(tmp_path / "pipe"))
    with pytest.raises(Refused) as refused:
        waiting.ask("load", file=str(tmp_path / "nothing"))
    assert refused.value.code == "io"
    assert waiting.quit() == 0


def test_a_name_in_use_is_not_taken(card, tmp_path):
    status, output, errors = run(4, "--socket", str(card.path))
    assert (status, output) == (1, "")
    assert errors == f"nic-backend: {card.path}: is in use\n"
    (tmp_path / "file").write_text("precious")
    assert run(4, "--socket", str(tmp_path / "file"))[0] == 1
    assert (tmp_path / "file").read_text() == "precious"
    assert card.status() == "running"


@pytest.mark.parametrize("program", [4, "python 4"])
def test_signals_end_it(tmp_path, program):
    card = Card(tmp_path, "card", program)
    card.process.terminate()
    assert card.process.wait(20) == 0
    assert not card.path.exists()


def test_memory_is_clean(tmp_path):
    """A life under memcheck: two cards, a move, bad lines."""
    checked = ["valgrind", "-q", "--leak-check=full", "--errors-for-leak-kinds=definite",
               "--show-leak-kinds=definite", "--error-exitcode=9"]
    source, destination = (
        Card(tmp_path, name, [*checked, *command_of(4)], *arguments)
        for name, arguments in (("source", ("--state", str(tmp_path / "state"))),
                                ("destination", ("--incoming",))))
    for line, _code, _message in BAD:
        source.connection.ask_raw(line)
    source.ask("add-filter", mac="52:54:00:00:00:01")
    source.ask("receive", queue=0, frames=1, bytes=60)
    source.ask("stop")
    path = tmp_path / "move.sock"
    destination.connection.send("load", socket=str(path))
    wait_for(path.exists, "the socket")
    source.ask("save", socket=str(path))
    destination.connection.receive()
    destination.ask("start")
    assert destination.state()["filters"] == source.state()["filters"]
    assert (source.quit(), destination.quit()) == (0, 0)
