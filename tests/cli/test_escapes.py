# SPDX-License-Identifier: LGPL-2.1-or-later

"""Nothing that came from input moves a cursor, ends a line or turns the direction of the text."""

import json
import os

import pytest

ESCAPE = "\x1b[31m"
OVERRIDE = "\u202e"
CSI = "\u009b"
NASTY = f"1{ESCAPE}{OVERRIDE}{CSI}\x7f"
SHOWN = r"1\x1b[31m\u202e\u009b\x7f"


@pytest.fixture
def nasty(box):
    """A version of that name, and descriptions."""
    box.write("nasty.json", {"models": {"a.b/c": {
        "description": NASTY,
        "params": {"x": {"type": "bool", "init_value": True, "off_value": False}},
        "versions": [{"name": NASTY, "params": {"x": True}}]}}})
    return box


def assert_clean(text):
    bad = [character for character in text
           if character != "\n" and (
               ord(character) < 32 or 0x7f <= ord(character) < 0xa0
               or character in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
               or character in "\u2066\u2067\u2068\u2069")]
    assert bad == []


@pytest.mark.parametrize("arguments", [
    ["show", "nasty.json"], ["show", "--json", "nasty.json"], ["list", "--short", "nasty.json"],
    ["convert", "--to", "native", "nasty.json"],
    ["convert", "--json", "--to", "native", "nasty.json"],
    ["expand", "--version", NASTY + "2", "nasty.json"], ["list", "nasty.json", NASTY + "=1"],
    ["check", f"x=on,version={NASTY}2", "nasty.json"],
    ["check", "--json", f"version={NASTY}2", "nasty.json"],
    ["check", "--only", NASTY, "x=on", "nasty.json"],
    ["plan", "--style", "argv-version", "x=on", "nasty.json"],
    ["show", NASTY], ["show", "exec:" + NASTY], ["list", "--model", NASTY, "nasty.json"],
    ["check", NASTY, "nasty.json"],
    [NASTY], ["show", "--" + NASTY], ["show", "--dialect", NASTY, "nasty.json"], ["explain", NASTY],
    ["check", "@" + NASTY, "nasty.json"], ["list", "--instance", NASTY, "."],
    ["compare", "nasty.json", NASTY],
    ["baseline", "nasty.json", "nasty.json"], ["convert", "--to", NASTY, "nasty.json"],
])
def test_output_is_clean(nasty, arguments):
    answer = nasty.run(*arguments)

    assert answer.out + answer.err != ""
    assert_clean(answer.out)
    assert_clean(answer.err)


def test_json_escapes_are_json(nasty):
    answer = nasty.run("show", "--json", "nasty.json")

    assert r'"description": "1\u001b[31m\u202e\u009b\u007f"' in answer.out
    assert answer.json["descriptors"][0]["document"]["models"]["a.b/c"]["description"] == NASTY


def test_converted_document_is_escaped_and_the_same(nasty):
    text = nasty.run("convert", "--to", "native", "nasty.json").out

    assert r"1\u001b[31m\u202e\u009b\u007f" in text
    assert json.loads(text)["models"]["a.b/c"]["versions"][0]["name"] == NASTY


def test_table(nasty):
    lines = nasty.run("show", "nasty.json").out.splitlines()

    assert f"Model:   a.b/c, {SHOWN}" in lines
    assert f"{SHOWN} x=on" in lines


def test_file_names(box):
    name = f"a{ESCAPE}\n{OVERRIDE}.json"
    box.variant(name)
    answer = box.run("check", "num-queues=8", name)

    assert r"a\x1b[31m\n\u202e.json compatible" in answer.out
    assert box.run("check", "--json", "num-queues=8", name).json["results"][0]["destination"] == (
        name)


def test_file_names_that_are_not_utf8(box):
    box.variant("plain.json")
    os.rename(box.folder / "plain.json", os.fsencode(box.folder) + b"/\xff.json")
    answer = box.run("check", "num-queues=8", b"\xff.json", "missing.json")

    assert r"\xff.json    compatible" in answer.out
    assert box.run("check", "--json", "num-queues=8",
                   b"\xff.json").json["results"][0]["destination"] == "\ufffd.json"
    assert box.run("show", b"\xfe.json").err == (
        "migdesc: \\xfe.json: cannot be read: No such file or directory\n")


def test_program_cannot_write_to_the_terminal(box):
    answer = box.run("show", f"exec:sh -c 'printf \"{ESCAPE}\" >&2; exit 1'")

    assert_clean(answer.err)
    assert answer.err.endswith(": ended with status 1: \\x1b[31m\n")


def test_lines_of_v4_text_are_exact_in_a_pipe_and_escaped_on_a_terminal(box):
    box.write("v4.txt", f"a.b/c:\n{NASTY}\n")

    assert box.run("convert", "--to", "v4-text", "v4.txt").out == f"a.b/c:\n{NASTY}\n"
    assert box.on_terminal("convert", "--to", "v4-text", "v4.txt") == f"a.b/c:\n{SHOWN}\n"


def test_text_in_every_script_is_left_alone(box):
    text = "gr\u00fc\u00df \u65e5\u672c \u05e9\u05dc\u05d5\u05dd \U0001f600"
    box.write("x.json",
              {"models": {"a.b/c": {"params": {"x": {"type": "str", "init_value": text}}}}})

    assert box.run("list", "x.json").out == f"a.b/c?x={text}\n"
    assert box.run("list", "x.json", env={"LC_ALL": "C"}).out == f"a.b/c?x={text}\n"
    assert text in box.run("show", "x.json", env={"LC_ALL": "C"}).out
    assert text in box.run("list", "--json", "x.json", env={"LC_ALL": "POSIX"}).out


def test_option_values_in_every_script(box):
    box.write("x.json", {"models": {"a.b/\u65e5": {"versions": ["\u672c"]}}})
    answer = box.run("list", "--model", "a.b/\u65e5", "--version", "\u672c", "x.json",
                     env={"LC_ALL": "C"})

    assert answer.out == "a.b/\u65e5?version=\u672c\n"
