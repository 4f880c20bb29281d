# SPDX-License-Identifier: LGPL-2.1-or-later

"""Every example of the catalogue of codes prints what it says it prints, and has to do with its
code. After a change of words: scripts/env tests/cli/code_examples.py --update."""

import json
import re

import pytest

import code_examples

EXAMPLES = code_examples.entries()
RUN = [code for code, example in EXAMPLES.items() if code_examples.is_run(example)]

# These take another thread, or longer than a test should, or a device's own C code, or a file that
# only a real QEMU makes.
PROSE = {"cancelled", "search-too-long", "no-free-slot"}
IN_SHORT_STREAMS = {"qemu-truncated", "qemu-section", "qemu-no-description", "qemu-description",
                    "qemu-command", "qemu-trailing"}
IN_STREAMS = {"state-range", "state-count", "state-relation", "state-unknown", "state-format",
              "state-truncated", "state-damaged", "state-path"}
IN_SCHEMAS = {"state-version-changed", "state-changed-without-gate", "state-schema-removed",
              "state-version-unknown"}
PROSE |= {code for code in EXAMPLES if code.startswith("state-")} - IN_STREAMS - IN_SCHEMAS
PROSE |= {code for code in EXAMPLES if code.startswith("qemu-")} - IN_SHORT_STREAMS


def test_all_but_few_examples_are_run():
    assert len(EXAMPLES) > 70
    assert EXAMPLES.keys() - set(RUN) == PROSE


@pytest.mark.parametrize("code", RUN)
def test_example_prints_what_it_says(code):
    assert code_examples.run(EXAMPLES[code]) == EXAMPLES[code]


def codes_in(answer):
    """All members named code, wherever they are."""
    if isinstance(answer, dict):
        yield answer.get("code")
        answer = list(answer.values())
    if isinstance(answer, list):
        for item in answer:
            yield from codes_in(item)


@pytest.mark.parametrize("code", RUN)
def test_example_is_of_its_code(code):
    typed, *printed = code_examples.steps(code_examples.run(EXAMPLES[code], codes=True))[-1]

    if typed.startswith(">>> "):
        assert printed == [code]
    else:
        answer = re.search(r"^\{$.*?^\}$", "\n".join(printed), re.MULTILINE | re.DOTALL)
        assert answer, printed
        assert code in list(codes_in(json.loads(answer[0])))


def test_an_example_survives_being_rewritten():
    text = 'a "b" \\c\n  ' + "word " * 40 + "\nlast"

    assert code_examples.unescape(code_examples.literal(text)) == text


@pytest.mark.parametrize("code", EXAMPLES)
def test_examples_fit_a_terminal(code):
    typed = [line for group in code_examples.steps(EXAMPLES[code]) for line in group
             if group[0].startswith("$ cat")] if code in RUN else EXAMPLES[code].splitlines()

    assert max(map(len, typed), default=0) <= 76
