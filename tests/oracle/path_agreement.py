# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks the library for paths over generated fleets, and follows what it says.

    path_agreement.py [N] [SEED]

The verdict and the length have to be the oracle's, each step one that the rules allow, and no
change one that the path could do without."""

import json
import sys
from collections import Counter

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

import oracle_path  # noqa: E402
from generate_choosers import SeededChooser  # noqa: E402
from oracle_document import load, text_of_value, value_of_text  # noqa: E402
from oracle_lists import parse_list  # noqa: E402
from oracle_validity import is_valid  # noqa: E402

MODEL = "a.b/c"
KINDS = {"q": "int", "r": "int", "b": "bool", "s": "str"}
VALUES = {"int": list(range(7)), "bool": [False, True], "str": ["x", "y", "z"]}


def a_param(choose, name, runtime):
    kind = KINDS[name]
    allowed = choose.some(VALUES[kind], 1, 5)
    param = {"type": kind, "allowed_values": allowed, "init_value": choose.pick(allowed)}
    if kind != "str" and choose.chance(0.08):
        del param["allowed_values"]
    if choose.chance(0.75):
        param["off_value"] = choose.pick(VALUES[kind][:2])
    if choose.chance(runtime):
        param["runtime"] = True
    return param


def a_constraint(choose, params):
    names = choose.some(list(params), 1, 2)
    sets = {name: choose.some(VALUES[KINDS[name]], 1, 4) for name in names}
    if len(names) == 1 or choose.chance(0.4):
        return {"forbid": sets}
    return {"if": {names[0]: sets[names[0]]}, "then": {names[1]: sets[names[1]]}}


def a_version(choose, name, params):
    values = {param: choose.pick(VALUES[KINDS[param]]) for param in params if choose.chance(0.5)}
    version = {"name": name, "params": values}
    if choose.chance(0.3):
        version["load"] = False
    if choose.chance(0.1):
        version["support"] = "none"
    return version


def a_host(choose, names, runtime):
    names = [name for name in names if choose.chance(0.92)]
    model = {"params": {name: a_param(choose, name, runtime) for name in names}}
    for number in range(choose.between(0, 2) if choose.chance(0.4) else 0):
        model.setdefault("versions", []).append(a_version(choose, str(number), model["params"]))
    if names and choose.chance(0.5):
        model["constraints"] = [a_constraint(choose, names)
                                for _ in range(choose.between(1, 2))]
    name = MODEL if choose.chance(0.97) else "a.b/other"
    return {"models": {name: model}}


def a_fleet(choose):
    names = choose.some(list(KINDS), 1, 3)
    runtime = choose.pick([0.2, 0.4, 0.7])
    hosts = []
    while len(hosts) < choose.between(2, 5):
        if hosts and choose.chance(0.1):
            hosts.append(choose.pick(hosts))
            continue
        host = a_host(choose, names, runtime)
        if is_valid(json.dumps(host)):
            hosts.append(host)
    return hosts


def a_list(choose, host):
    if MODEL not in host["models"]:
        return f"{MODEL}?"
    model = load(host)[MODEL]
    if model.versions and (model.is_v4 or choose.chance(0.2)):
        return f"{MODEL}?version={choose.pick(model.versions).name}"
    pairs = []
    for param in model.params.values():
        values = [value for value in VALUES[param.kind] if value in param.accepted]
        value = choose.pick(values)
        if not param.is_off(value):
            pairs.append(f"{param.name}={text_of_value(value)}")
    return f"{MODEL}?{','.join(pairs)}"


def steps_of(path, hosts):
    steps = []
    for step in path:
        params = hosts[step["source"]].model.params
        changes = {name: value_of_text(params[name].kind, text)
                   for name, text in step["changes"].items()}
        steps.append((step["source"], changes, step["destination"], parse_list(step["list"])))
    return steps


def needless(hosts, given, start, end, steps, lenient):
    """A change that could be left out, with the lists that follow from it."""
    for number, (_, changes, _, _) in enumerate(steps):
        for name in changes:
            fewer = [dict(step[1]) for step in steps]
            del fewer[number][name]
            position, config = start, None
            for at, (source, _, destination, _) in enumerate(steps):
                host = hosts[source]
                if config is None:
                    config = oracle_path.apply_list(host.model, given.version, given.pairs,
                                                    "off").config
                changed = {**config, **fewer[at]}
                ok = changed in list(host.changes(config, lenient))
                arrived = None
                for plist in oracle_path.lists(host, changed,
                                               given if at == 0 and not fewer[at] else None):
                    arrived = arrived or (ok and oracle_path.arrive(host, hosts[destination],
                                                                    plist, lenient))
                if not arrived:
                    break
                position, config = destination, arrived
            else:
                if position == end:
                    return number, name
    return None


def judge(documents, text, start, end):
    """None, or what is wrong; and the kind of the case."""
    hosts = [oracle_path.Host(load(document).get(MODEL), document) for document in documents]
    given = parse_list(text)
    verdict, length, firsts = oracle_path.path(hosts, given, start, end)
    path = Migdesc.Path([Migdesc.Descriptor.from_dict(document) for document in documents], text,
                        start, end)
    kind = (verdict, length, any(step["changes"] for step in path))
    if path.verdict != verdict:
        return f"verdict {path.verdict}, not {verdict}", kind
    if hosts[start].model is None or oracle_path.refused_by_source(hosts[start], given):
        return None if len(path) == 0 else "steps from nowhere", kind
    lenient = verdict != "compatible"
    steps = steps_of(path, hosts)
    walked = oracle_path.walk(hosts, given, start, steps, lenient)
    if walked is None:
        return f"a step that is not allowed: {list(path)}", kind
    if verdict == "incompatible":
        return None if path.report.findings else "no reason", kind
    if len(path) != length or walked[0] != end:
        return f"{len(path)} steps to {walked[0]}, not {length} to {end}", kind
    if length > 1 and steps[0][2] != first_of_equals(documents, min(firsts)):
        return f"first to {steps[0][2]}, not {min(firsts)}", kind
    left = needless(hosts, given, start, end, steps, lenient)
    if left is not None:
        return f"needless change {left}", kind
    return judge_return(hosts, path, walked[1], start, end), kind


def judge_return(hosts, path, config, start, end):
    back = path.return_path
    plist = oracle_path.complete_list(hosts[end].model, config)
    verdict, length, _ = oracle_path.path(hosts, plist, end, start)
    if back.verdict != verdict or (verdict != "incompatible" and len(back) != length):
        return f"back {back.verdict} in {len(back)}, not {verdict} in {length}"
    return None


def first_of_equals(documents, position):
    return next(at for at, document in enumerate(documents)
                if Migdesc.Descriptor.from_dict(document)
                == Migdesc.Descriptor.from_dict(documents[position]))


def main():
    count, seed = int((sys.argv + ["3000"])[1]), (sys.argv + ["", "1"])[2] or "1"
    kinds, wrong = Counter(), 0
    for number in range(count):
        choose = SeededChooser(f"path/{seed}/{number}")
        documents = a_fleet(choose)
        start = choose.between(0, len(documents) - 1)
        end = (start + choose.between(0 if choose.chance(0.1) else 1, len(documents) - 1)) \
            % len(documents)
        text = a_list(choose, documents[start])
        problem, kind = judge(documents, text, start, end)
        kinds[kind] += 1
        if problem:
            wrong += 1
            if wrong <= 5:
                print(f"case {number}: {problem}\n  {text} from {start} to {end}")
                for document in documents:
                    print(f"  {json.dumps(document)}")
    for kind, times in sorted(kinds.items(), key=str):
        print(f"{times:6} {kind}")
    print(f"{wrong} of {count} differ")
    # It would be no test without paths over other hosts, and by changes alone.
    enough = all(any(kinds[kind] and kind[0] == "compatible" and kind[1] == length
                     and kind[2] == changed for kind in kinds)
                 for length, changed in ((1, True), (2, False), (2, True)))
    return 1 if wrong or not enough else 0


if __name__ == "__main__":
    sys.exit(main())
