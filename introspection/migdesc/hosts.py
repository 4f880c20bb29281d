# SPDX-License-Identifier: LGPL-2.1-or-later

"""The hosts of a fleet that suit devices best, asked of parts of the fleet and put together.

The answer of the parts, in their order, is that of the whole fleet: migdesc_selection_to_json() in
a dict. Nobody looks whether parts have hosts of the same name; a line that is no host is called by
its place in its part."""

import heapq
import json
from collections import Counter

import gi
from gi.module import get_introspection_module

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

# Without what Python adds to it
_select = get_introspection_module("Migdesc").Fleet.select

# How many hosts are listed
TOP = 20


def _as_list(params):
    return params if isinstance(params, Migdesc.ParamList) else Migdesc.ParamList(params)


class Question:
    """Devices that want a host, and what is preferred. It is made of texts, to be sent anywhere."""

    def __init__(self, devices, source=None, top=TOP, require=None, exclude=None, weights=None):
        """devices: a migration parameter list, or several; source: what the source publishes, if
        known, for the way back; require and exclude: labels, {"zone": "a"}; weights: what a label
        adds to the score, {("zone", "a"): 2.5}."""
        if isinstance(devices, (str, dict, Migdesc.ParamList)):
            devices = [devices]
        self.devices = [str(_as_list(params)) for params in devices]
        self.source = None if source is None else str(source)
        self.top = top
        self.require, self.exclude = dict(require or {}), dict(exclude or {})
        self.weights = dict(weights or {})

    def selector(self):
        source = self.source and Migdesc.Descriptor.from_string(self.source)
        selector = Migdesc.Selector.new()
        for params in self.devices:
            selector.add_device(Migdesc.ParamList(params), source)
        selector.set_top(self.top)
        for name, value in self.require.items():
            selector.require_label(name, value)
        for name, value in self.exclude.items():
            selector.exclude_label(name, value)
        for (name, value), weight in self.weights.items():
            selector.add_weight(name, value, weight)
        return selector


def ask_part(fleet, question):
    """What a part of a fleet says, for merge()."""
    selection = _select(fleet, question.selector(), None)
    part = json.loads(selection.to_json())
    part["reasons"] = json.loads(selection.reasons_to_json())
    part["positions"] = [selection.get_position(number)
                         for number in range(selection.get_n_results())]
    return part


def _merge_reasons(parts):
    hosts, messages = Counter(), {}
    for reason in (reason for part in parts for reason in part["reasons"]):
        key = reason["code"], reason.get("param")
        hosts[key] += reason["hosts"]
        messages.setdefault(key, Counter()).update(reason["messages"])
    for (code, param), number in sorted(hosts.items(), key=lambda item: (
            -item[1], item[0][0].encode(), item[0][1] is not None, (item[0][1] or "").encode())):
        wordings = messages[code, param]
        yield {"code": code, **({} if param is None else {"param": param}), "hosts": number,
               "message": min(wordings, key=lambda text: (-wordings[text], text.encode())),
               "ways": len(wordings)}


def merge(parts, question):
    """The answer of parts that follow one another in a fleet."""
    ranks, rows, offset = {}, [], 0
    for part in parts:
        ranks = {rank: ranks.get(rank, 0) + number for rank, number in part["ranks"].items()}
        order = list(part["ranks"])
        rows += [((order.index(host["rank"]), host.get("remedies", 0), -host.get("score", 0),
                   host["host"].encode(), offset + position), host)
                 for position, host in zip(part["positions"], part["results"])]
        offset += part["hosts"]
    best = heapq.nsmallest(question.top, rows, key=lambda row: row[0])
    return {"hosts": offset, "ranks": ranks, "reasons": list(_merge_reasons(parts)),
            "results": [host for _, host in best]}


def select(fleet, devices, source=None, top=TOP, **preferences):
    """Of a Migdesc.Fleet the `top` hosts that suit devices best, as a dict; the preferences are
    those of Question."""
    question = Question(devices, source, top, **preferences)
    return merge([ask_part(fleet, question)], question)
