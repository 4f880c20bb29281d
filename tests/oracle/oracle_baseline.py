# SPDX-License-Identifier: LGPL-2.1-or-later
"""Baseline: the best configuration that every host can both create and load."""

from itertools import product

from oracle_check import check_models
from oracle_document import load, text_of_value
from oracle_lists import ParamList, complete_list, format_list

OFF = object()
STEPS = 10 ** 6


def accepts(host, plist):
    """ "expand, list and baseline test `create`; check, plan and baseline test `load`";
    ""Accepts" is the verdict compatible".  -> the verdict of the check; incompatible if it cannot
    be created"""
    checked = check_models(plist, host)
    if checked.config is not None and host.refuses(checked.config, "create"):
        return "incompatible"
    return checked.verdict


def verdict_of_all(hosts, plist):
    verdicts = {accepts(host, plist) for host in hosts}
    for verdict in ("incompatible", "undecided"):
        if verdict in verdicts:
            return verdict
    return "compatible"


def param_names(hosts):
    """ "param by param in document order": the first descriptor's params, then what others add."""
    names = []
    for host in hosts:
        names += [name for name in host.seen if name not in names]
    return names


def equal_expansions(hosts, version):
    """ "all have with equal expansion"; "Expansions are equal if params that a host lacks are off
    on the others.  Where hosts' off values differ, a candidate is off on all or on none.\"  What is
    off on all is equal.  A version that is a param of its own cannot be off."""
    for name in param_names(hosts):
        having = [host for host in hosts if name in host.seen]
        values = [host.expansions[version][name] for host in having]
        off = [host.seen[name].is_off(value) for host, value in zip(having, values)]
        if len(having) < len(hosts) and not all(off):
            return False
        if all(off):
            continue
        if len({(host.seen[name].kind, value) for host, value in zip(having, values)}) > 1:
            return False
        if not off_on_all_or_none(having, name, values[0]):
            return False
    return True


def off_on_all_or_none(having, name, value):
    """ "Where hosts' off values differ, a candidate is off on all or on none.\""""
    off = [host.seen[name].is_off(value) for host in having]
    return all(off) or not any(off)


def newest_common_version(hosts):
    """ "the newest version (in the first descriptor's order) that all have with equal expansion",
    and "that every host can both create and load".  -> ParamList or None"""
    first = hosts[0]
    for version in reversed(first.versions):
        if all(host.version(version.name) for host in hosts) and (
                equal_expansions(hosts, version.name)):
            plist = complete_list(first, first.expansions[version.name])
            if verdict_of_all(hosts, plist) == "compatible":
                return plist
    return None


def newest_value(first, name):
    """ "the newest version's value", which is one that it sets: off has a rank of its own; "the
    newest version is the first descriptor's".  -> [(value, the param whose value it is)]"""
    if not first.versions or name not in first.params:
        return []
    values = first.versions[-1].values
    return [(values[name], first.params[name])] if name in values else []


def candidates(hosts, name):
    """ "candidates in this order: init (first descriptor's first), the newest version's value,
    interval ends downwards, off, strings in order"; "interval ends and strings are those of the
    common set, strings and bools sorted"; "Off counts as allowed; a param that some host lacks
    must be off". -> values and OFF, each once"""
    having = [host for host in hosts if name in host.seen]
    params = [host.seen[name] for host in having]
    can_be_off = all(param.has_off for param in params)
    if len(having) < len(hosts) or len({param.kind for param in params}) > 1:
        return [OFF] if can_be_off else []
    common = params[0].accepted
    for param in params[1:]:
        common = common.common(param.accepted)
    # a value that is off at its own host means off
    wanted = [OFF if param.is_off(value) else value for value, param in
              [(param.init, param) for param in params] + newest_value(hosts[0], name)]
    if common.kind == "int":
        for low, high in reversed(common.items if common.items is not None else [(0, 2 ** 64 - 1)]):
            wanted += [high, low]
    wanted.append(OFF)
    if common.kind == "bool":
        wanted += [False, True]
    elif common.kind == "str":
        wanted += sorted(common.items or ())
    chosen = []
    for value in wanted:
        if value is not OFF and all(param.is_off(value) for param in params):
            value = OFF
        if value is OFF:
            usable = can_be_off
        else:
            usable = value in common and off_on_all_or_none(having, name, value)
        if usable and value not in chosen:
            chosen.append(value)
    return chosen


def search(hosts, model):
    """ "param by param in document order, ...; the first combination that every host accepts wins,
    within 10^6 steps, else `undecided`"; "if there is none but some are undecided, undecided".
    -> (verdict, ParamList or None)"""
    names = param_names(hosts)
    columns = [candidates(hosts, name) for name in names]
    undecided = False
    for step, values in enumerate(product(*columns)):
        if step >= STEPS:
            return "undecided", None
        pairs = [(name, text_of_value(value)) for name, value in zip(names, values)
                 if value is not OFF]
        plist = ParamList(model, None, pairs)
        verdict = verdict_of_all(hosts, plist)
        if verdict == "compatible":
            return "compatible", plist
        undecided = undecided or verdict == "undecided"
    return ("undecided" if undecided else "incompatible"), None


def baseline_of(hosts, model):
    """The verdict and the list line for these hosts; a host that lacks the model is None."""
    if not all(hosts) or any(host.support == "none" for host in hosts):
        return "incompatible", None
    plist = newest_common_version(hosts)
    verdict = "compatible"
    # a v4 model has only its versions, and all of them have been tried
    if plist is None and any(host.is_v4 for host in hosts):
        return "incompatible", None
    if plist is None:
        verdict, plist = search(hosts, model)
    return verdict, None if plist is None else format_list(plist)


def baseline(docs, model=None):
    """ "**Baseline** (many descriptors) -> the best configuration ... The answer is one list
    line, and "which host costs what": for each host, what the baseline would gain without it."

    -> {"verdict", "list": text or None, "without": [(verdict, list) of the others, a host each]};
    {"error": "usage"} if the model has to be named"""
    loaded = [load(doc) for doc in docs]
    if model is None:
        if any(len(models) != 1 for models in loaded):
            return {"error": "usage"}
        model = next(iter(loaded[0]))
    hosts = [models.get(model) for models in loaded]
    verdict, line = baseline_of(hosts, model)
    without = []
    if len(hosts) > 1:
        without = [baseline_of(hosts[:at] + hosts[at + 1:], model) for at in range(len(hosts))]
    return {"verdict": verdict, "list": line, "without": without}
