# SPDX-License-Identifier: LGPL-2.1-or-later
"""Paths: breadth first over hosts and all configurations, one by one.

"**Path**: if no direct migration is possible, the shortest chain of hosts that is. An edge is a
check with both descriptors ...; at each host, params that it marks `runtime` may change to any
value it allows." State schemas are not modelled."""

from itertools import product

from oracle_check import check_models
from oracle_document import text_of_value
from oracle_lists import apply_list, complete_list

DOMAINS = {"int": range(10), "bool": (False, True), "str": ("x", "y", "z")}


class Host:
    """What one host says of the model, and which params it lets change while a device runs."""

    def __init__(self, model, document):
        self.model = model
        members = document["models"].get(model.name, {}) if model else {}
        self.runtime = {name for name, member in members.get("params", {}).items()
                        if member.get("runtime")}

    def may_refuse(self, name, value):
        """ "An open param may refuse what is neither init, off nor any version's.\""""
        param = self.model.params[name]
        return param.is_open() and value != param.init and not param.is_off(value) and not any(
            version.values.get(name) == value for version in self.model.versions)

    def changes(self, config, lenient):
        """Every configuration that the device can be given while it runs."""
        names = sorted(self.runtime)
        choices = []
        for name in names:
            param = self.model.params[name]
            choices.append([value for value in DOMAINS[param.kind] if value == config[name] or (
                value in param.accepted and (lenient or not self.may_refuse(name, value)))])
        for values in product(*choices):
            changed = {**config, **dict(zip(names, values))}
            if self.holds(changed):
                yield changed

    def holds(self, config):
        return not any(rule.violated_by(config) for rule in self.model.constraints)


def arrive(source, destination, plist, lenient):
    """What the device is at the destination, or None if it is not taken."""
    checked = check_models(plist, destination.model, source.model, True)
    allowed = ("compatible", "undecided") if lenient else ("compatible",)
    return checked.config if checked.verdict in allowed else None


def key(position, config):
    return position, tuple(sorted(config.items()))


def lists(source, config, given):
    """What says that the device is this: the user's list, as long as it is that, and the complete
    one."""
    if given is not None:
        yield given
    yield complete_list(source.model, config)


def neighbours(hosts, position, config, given, lenient):
    """(host, configuration there) of all that one migration leads to."""
    source = hosts[position]
    for changed in source.changes(config, lenient):
        for there, destination in enumerate(hosts):
            if there == position or destination.model is None:
                continue
            for plist in lists(source, changed, given if changed == config else None):
                arrived = arrive(source, destination, plist, lenient)
                if arrived is not None:
                    yield there, arrived
                    break


def distance(hosts, given, start, end, lenient):
    """-> (the number of migrations, the hosts that a shortest path can go to first), or None"""
    config = apply_list(hosts[start].model, given.version, given.pairs, "off").config
    first = {}
    level = {key(start, config): (start, config, set())}
    seen = set(level)
    for steps in range(1, 100):
        following = {}
        for position, config, firsts in level.values():
            for there, arrived in neighbours(hosts, position, config,
                                             given if steps == 1 else None, lenient):
                name = key(there, arrived)
                if name in seen:
                    continue
                kept = following.setdefault(name, (there, arrived, set()))
                kept[2].update(firsts or {there})
        for there, _, firsts in following.values():
            if there == end:
                first.setdefault(steps, set()).update(firsts)
        if first:
            return steps, first[steps]
        if not following:
            return None
        seen |= set(following)
        level = following
    raise AssertionError("no end")


def refused_by_source(host, given):
    """Whether the source cannot have such a device."""
    outcome = apply_list(host.model, given.version, given.pairs, "off")
    return outcome.config is None or bool(outcome.problems)


def path(hosts, given, start, end):
    """-> (verdict, number of steps, hosts to begin with)"""
    if hosts[start].model is None or refused_by_source(hosts[start], given):
        return "incompatible", None, None
    if start == end:
        return "compatible", 0, None
    for lenient, verdict in ((False, "compatible"), (True, "undecided")):
        found = distance(hosts, given, start, end, lenient)
        if found is not None:
            return verdict, *found
    return "incompatible", None, None


def walk(hosts, given, start, steps, lenient):
    """Follows the steps of an answer: [(source, changes, destination, list)]. -> where the device
    ends and what it is then, or None if a step is not allowed"""
    position = start
    config = apply_list(hosts[start].model, given.version, given.pairs, "off").config
    for number, (source, changes, destination, plist) in enumerate(steps):
        host = hosts[source]
        if hosts[position].model is not host.model and position != source:
            return None
        changed = {**config, **changes}
        if changed not in list(host.changes(config, lenient)):
            return None
        allowed = lists(host, changed, given if number == 0 and not changes else None)
        texts = [(entry.version, sorted(entry.pairs)) for entry in allowed]
        if (plist.version, sorted(plist.pairs)) not in texts:
            return None
        config = arrive(host, hosts[destination], plist, lenient)
        if config is None:
            return None
        position = destination
    return position, config


def as_text(changes):
    return {name: text_of_value(value) for name, value in changes.items()}
