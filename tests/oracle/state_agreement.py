# SPDX-License-Identifier: LGPL-2.1-or-later
"""The library and the decoder of state_decoder.py say the same of generated streams.

state_agreement.py [ROUNDS] [SEED]: of each round the schema, the state and the stream are new. The
stream must be read as the state by both; then it is spoiled, some times over, and each time both
must refuse it, or both read the same state. MIGDESC_STATE_ROUNDS sets the rounds of the tests. """

import json
import os
import re
import sys
from collections import Counter

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc  # noqa: E402

from generate_choosers import SeededChooser  # noqa: E402
from state_decoder import decode  # noqa: E402
from state_generate import NoState, SchemaMaker, StateMaker, config, same  # noqa: E402
from state_place import Refused  # noqa: E402
from state_spoil import spoil  # noqa: E402

SPOILED = 6
IDS = ("net0", "ö", "a/b")


class Disagreement(Exception):
    pass


def a_type(choose):
    """An effective schema, of which there is a state, and that state."""
    schema = SchemaMaker(choose).make()
    try:
        full = Migdesc.StateType.new_from_json(json.dumps(schema), -1, None)
    except GLib.Error as error:
        if "it may be absent" not in error.message:
            raise
        raise NoState from None
    effective = full.new_effective(choose.between(schema["minimum"], schema["version"]),
                                   Migdesc.ParamList(config().text))
    return effective, StateMaker(choose, json.loads(effective.to_json(False))).make()


def some_devices(choose) -> list:
    devices = []
    while not devices:
        for id_ in IDS[:choose.pick([1, 1, 1, 2, 3])]:
            try:
                devices.append((id_, *a_type(choose)))
            except NoState:
                pass
    return devices


def save(devices: list, embed: bool) -> bytes:
    writer = Migdesc.StreamWriter.new(None)
    writer.set_embed_schemas(embed)
    for id_, schema, state in devices:
        writer.add_state(id_, Migdesc.ParamList(config().text), Migdesc.State(schema, state))
    return writer.to_bytes().get_data()


def by_library(data: bytes, devices: list):
    """The states by their ids, or the error."""
    reader = Migdesc.StreamReader.new("binary", None)
    for _, schema, _ in devices:
        reader.add_schema(schema)
    try:
        reader.read_bytes(GLib.Bytes.new(data))
        ids = [device["id"] for device in decode_ids(reader)]
        return {id_: reader.get_state(id_).to_dict() for id_ in ids}
    except GLib.Error as error:
        return error


def decode_ids(reader) -> list:
    return json.loads(reader.get_manifest().to_json(False))["devices"]


def by_decoder(data: bytes, devices: list):
    schemas = {schema.get_digest(): json.loads(schema.to_json(False)) for _, schema, _ in devices}
    try:
        return decode(data, schemas).states
    except Refused as refused:
        return refused


def compare(data: bytes, devices: list, counts: Counter):
    library, decoder = by_library(data, devices), by_decoder(data, devices)
    if isinstance(library, Exception) and isinstance(decoder, Exception):
        check_error(library, data)
        counts["refused"] += 1
    elif isinstance(library, Exception) or isinstance(decoder, Exception) \
            or not same(library, decoder):
        raise Disagreement(f"the library: {library!r}\nthe decoder: {decoder!r}")
    else:
        counts["read"] += 1


def check_error(error: GLib.Error, data: bytes):
    places = [int(place) for place in re.findall(r"\(byte (\d+)\)", error.message)]
    if error.domain != "migdesc-error-quark" or not error.message.isprintable() \
            or any(place > len(data) for place in places):
        raise Disagreement(f"the error {error!r} of {len(data)} bytes")


def one_round(seed: int, counts: Counter):
    choose = SeededChooser(seed)
    devices = some_devices(choose)
    data = save(devices, choose.chance(0.5))
    states = {id_: state for id_, _, state in devices}
    for one in (by_library(data, devices), by_decoder(data, devices)):
        if not same(one, states):
            raise Disagreement(f"saved: {states!r}\nread: {one!r}")
    for _ in range(SPOILED):
        spoiled = spoil(choose, data)
        try:
            compare(spoiled, devices, counts)
        except Disagreement:
            print(spoiled.hex())
            raise


def main():
    rounds = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("MIGDESC_STATE_ROUNDS", 1000))
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    counts = Counter()
    for seed in range(first * 1000000, first * 1000000 + rounds):
        try:
            one_round(seed, counts)
        except Exception as error:
            sys.exit(f"seed {seed}: {error}")
    print(f"{rounds} streams agree; spoiled, {counts['refused']} were refused and "
          f"{counts['read']} read alike")


if __name__ == "__main__":
    main()
