# SPDX-License-Identifier: LGPL-2.1-or-later

"""The JSON Schema accepts and rejects the corpus as the reader of the native dialect does."""

import json
import os
from pathlib import Path

import gi
import jsonschema
import pytest

gi.require_version("Migdesc", "1.0")

from gi.repository import GLib, Migdesc  # noqa: E402

ROOT = Path(os.environ["MIGDESC_SRCDIR"])
DATA = ROOT / "tests" / "data"
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "migdesc-1.0.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

# Codes that a schema cannot know: rules that compare two places, and how a text is written.
# Python's json takes NUL and half a surrogate pair.
BEYOND = {
    "constraint-param-unknown", "init-not-allowed", "init-violates-constraint",
    "json-duplicate-member", "json-string",
    "limit-exceeded", "range-order", "tested-version-unknown", "version-duplicate",
    "version-param-unknown",
    "version-value-not-allowed", "version-violates-constraint",
}
# A value of the wrong type where its type is said elsewhere; 1.0, 1e3 and -0, which are integers to
# a schema; bytes, where a schema counts characters
BEYOND_FILES = {
    "constraint-type.json", "model-name-too-long-bytes.json", "param-init-exponent.json",
    "param-init-fraction.json",
    "param-init-minus-zero.json", "version-value-type.json",
}

FILES = sorted((*DATA.glob("valid/*.json"), *DATA.glob("invalid/*.json")))


def read(text: bytes) -> tuple[bool, set[str]]:
    """Whether the reader accepts it as a native document, and the codes of its errors."""
    reader = Migdesc.Reader()
    reader.set_dialect(Migdesc.Dialect.NATIVE)
    report = reader.validate_bytes(GLib.Bytes.new(text), None)
    found = [report.get_finding(i) for i in range(report.get_n_findings())]
    return (report.get_verdict() == Migdesc.Verdict.COMPATIBLE,
            {finding.get_code() for finding in found
             if finding.get_severity() == Migdesc.Severity.BLOCKER})


def parse(text: bytes):
    """The document as Python's json has it; None where it is no JSON of the format."""
    def unique(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("duplicate")
        return dict(pairs)
    try:
        return json.loads(text.decode(), object_pairs_hook=unique,
                          parse_constant=lambda word: (_ for _ in ()).throw(ValueError(word)))
    except ValueError:
        return None


def test_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_same_answer(path):
    text = path.read_bytes()
    accepted, codes = read(text)
    document = parse(text)
    if document is None:
        assert not accepted
        return
    valid = VALIDATOR.is_valid(document)
    if accepted:
        assert valid, next(VALIDATOR.iter_errors(document)).message
    elif path.name in BEYOND_FILES or codes <= BEYOND:
        return
    else:
        assert not valid, codes


def test_the_exceptions_are_needed():
    """Each file named above is really accepted by the schema, and refused by the reader."""
    for name in BEYOND_FILES:
        text = (DATA / "invalid" / name).read_bytes()
        assert not read(text)[0]
        assert VALIDATOR.is_valid(parse(text)), name
