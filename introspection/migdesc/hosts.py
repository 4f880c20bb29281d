# SPDX-License-Identifier: LGPL-2.1-or-later

"""The hosts of a fleet that suit a device, best first, and why the others don't.

An answer is made of the answers of parts of a fleet: that of a whole one is the same however it was
parted."""

import heapq
from collections import Counter

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

# How many near misses and undecided hosts come after those that suit
TOP = 20


class Question:
    """A device that wants a host. It can be sent anywhere, for it is made of texts."""

    def __init__(self, params, source=None, top=TOP, labels=None):
        """params: the migration parameter list; source: what the source publishes, if known, for
        the way back; labels: those that a host has to have, {"zone": "a"}."""
        if not isinstance(params, Migdesc.ParamList):
            params = Migdesc.ParamList(params)
        self.params = str(params)
        self.source = None if source is None else source.to_string()
        self.top = top
        self.labels = dict(labels or {})

    def read_source(self):
        return self.source and Migdesc.Descriptor.from_string(self.source)


def _first_and_count(fleet):
    """Of each shape its first host, and how many there are; what is equal is asked once."""
    shapes = fleet.shapes
    counts = Counter(shapes)
    firsts = {}
    for position, shape in enumerate(shapes):
        if shape not in firsts:
            firsts[shape] = position
            if len(firsts) == len(counts):
                break
    return firsts, counts


def _comes_back(host, params, source, verdict):
    """Whether the device can return from the slot that it would go to."""
    for slot in host.slots:
        if slot.count > 0 and slot.descriptor.check(params, source).verdict == verdict:
            return slot.descriptor.check_return_path(params, source).verdict
    return None


def _rank(verdict, back, findings):
    """Compatible with a way back, compatible, undecided, by what is in the way; then those that
    could not be asked."""
    if verdict == "compatible":
        return (0 if back == "compatible" else 1), 0
    if verdict == "undecided":
        return 2, 0
    if verdict == "incompatible":
        return 3, sum(finding["severity"] == "blocker" for finding in findings)
    return 4, 0


def _ask_shape(fleet, check, position, params, source):
    """What all hosts of a shape say but for their name, and their rank."""
    host, verdict = fleet.host(position), check[position]
    answer = {"verdict": verdict, "findings": []}
    try:
        answer["findings"] = check.report(position).to_dict()["findings"]
    except Migdesc.Failure as failure:
        answer["error"] = str(failure)
    back = None
    if verdict == "compatible" and source is not None:
        back = answer["return_path"] = _comes_back(host, params, source, verdict)
    return _rank(verdict, back, answer["findings"]), answer


def _has_labels(host, labels):
    return all(host.labels.get(name) == value for name, value in labels.items())


def ask_part(fleet, question):
    """What a part of a fleet says; merge() makes an answer of one or more."""
    params, source = Migdesc.ParamList(question.params), question.read_source()
    check = fleet.check(params, source)
    firsts, counts = _first_and_count(fleet)
    part = {"hosts": 0, "verdicts": Counter(), "reasons": Counter(), "best": []}
    ranked = {}
    for shape, position in firsts.items():
        if question.labels and not _has_labels(fleet.host(position), question.labels):
            continue
        rank, answer = _ask_shape(fleet, check, position, params, source)
        ranked[shape] = rank, answer
        part["hosts"] += counts[shape]
        part["verdicts"][answer["verdict"]] += counts[shape]
        for reason in {(finding["code"], finding.get("param"), finding["message"])
                       for finding in answer["findings"]}:
            part["reasons"][reason] += counts[shape]
    part["best"] = [(rank, position, {"host": fleet.get_name(position), **ranked[shape][1]})
                    for rank, position, shape in _best(fleet, ranked, counts, question.top)]
    part["size"] = len(fleet)
    return part


def _best(fleet, ranked, counts, top):
    """The first hosts by rank and position. Only those of the best shapes are looked at."""
    wanted, room = {}, top
    for rank, group in _by_rank(ranked):
        wanted.update(dict.fromkeys(group, rank))
        room -= sum(counts[shape] for shape in group)
        if room <= 0:
            break
    hosts = ((wanted[shape], position, shape) for position, shape in enumerate(fleet.shapes)
             if shape in wanted)
    return heapq.nsmallest(top, hosts)


def _by_rank(ranked):
    groups = {}
    for shape, (rank, _) in ranked.items():
        groups.setdefault(rank, []).append(shape)
    return sorted(groups.items())


def _reason_key(item):
    (code, param, message), hosts = item
    return -hosts, code, param or "", message


def merge(parts, question):
    """The answer of parts that follow one another in a fleet."""
    verdicts, reasons, best, offset = Counter(), Counter(), [], 0
    for part in parts:
        verdicts.update(part["verdicts"])
        reasons.update(part["reasons"])
        best += [(rank, offset + position, host) for rank, position, host in part["best"]]
        offset += part["size"]
    return {
        "hosts": sum(part["hosts"] for part in parts),
        "verdicts": dict(sorted(verdicts.items())),
        "reasons": [{"code": code, **({"param": param} if param else {}), "message": message,
                     "hosts": hosts}
                    for (code, param, message), hosts in sorted(reasons.items(), key=_reason_key)],
        "best": [host for _, _, host in heapq.nsmallest(question.top, best,
                                                         key=lambda row: row[:2])],
    }


def select(fleet, params, source=None, top=TOP, labels=None):
    """Of a Migdesc.Fleet the `top` hosts that suit a device best, in a dict: "hosts" that have the
    labels, how many of which of the "verdicts", "reasons" with their hosts, most first, and "best":
    hosts that are compatible with a way back to the source, then compatible, undecided, or refuse
    for the fewest reasons; of equals the first."""
    question = Question(params, source, top, labels)
    return merge([ask_part(fleet, question)], question)
