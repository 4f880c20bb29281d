# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whether an answer of the library is the oracle's, with only that slack that the page leaves."""

import json
import re
from collections import Counter

from oracle_check import WARNINGS
from oracle_compare import is_exact, try_all
from oracle_document import ValueSet, load, text_of_value

# Codes whose param, source value and accepted set the page does not say.
WITHOUT_FIELDS = {"model-not-supported", "version-unknown", "version-required",
                  "version-not-loadable", "version-not-creatable", "unmigratable",
                  "constraint-violated"} | WARNINGS
# Codes whose source value is compared.
WITH_SOURCE = {"param-unknown", "param-value-not-allowed", "off-value-differs"}
# One finding a check, or one for each place.
COUNTED_ONCE = {"unmigratable"}
KNOWN = WITHOUT_FIELDS | {"param-unknown", "param-type", "param-value-not-allowed",
                          "param-required", "version-differs", "off-value-differs"}


def same_problems(expected, got):
    """Refusals of expand and list; None: the adapter cannot tell the codes."""
    def key(problems):
        return Counter((code, None if code in WITHOUT_FIELDS else param)
                       for code, param in problems)
    return got is None or key(expected) == key(got)


def same_expansion(expected, got):
    if expected[0] != got[0]:
        return False
    if expected[0] == "refused":
        return same_problems(expected[1], got[1])
    return typed(expected[1]) == typed(got[1])


def typed(answer):
    """A configuration in which True is not 1, with its order; a text as it is."""
    if not isinstance(answer, dict):
        return answer
    return [(name, type(value), value) for name, value in answer.items()]


def finding_key(finding, model):
    """What is compared of a finding."""
    code, severity, param, source, accepted = finding
    if code in WITHOUT_FIELDS:
        return code, severity
    key = (code, severity, param)
    if code in WITH_SOURCE:
        # "ints above 2^53 as strings"
        big = type(source) is int and source > 2 ** 53
        key += (text_of_value(source), str if big else type(source))
    if code == "param-type" and source is not None:
        key += (text_of_value(source),)
    if code == "param-value-not-allowed":
        key += (ValueSet.of_json(model.params[param].kind, accepted),)
    return key


def same_findings(expected, got, model):
    def key(findings):
        keys = Counter(finding_key(entry, model) for entry in findings
                       if entry[0] in KNOWN or entry[1] == "blocker")
        return {entry: 1 if entry[0] in COUNTED_ONCE else count for entry, count in keys.items()}
    return key(expected) == key(got)


def same_report(expected, got, model, source):
    """Reports of check; `source` is the destination of the return path."""
    if expected["verdict"] != got["verdict"]:
        return False
    if not same_findings(expected["findings"], got["findings"], model):
        return False
    if "return_path" not in expected:
        return got.get("return_path") is None
    return same_report(expected["return_path"], got["return_path"], source, model)


def settings_in(line):
    """(name, value) pairs of a sysfs or mdevctl rendering, however it is laid out."""
    if line.lstrip().startswith(("{", "[")):
        return [pair for attrs in attr_lists(json.loads(line)) for attr in attrs
                for pair in attr.items()]
    found = re.fullmatch(r"(.*?)(?:=| )(.*)", line)
    return [found.groups()] if found else [(line, None)]


def attr_lists(node):
    """Every `attrs` array inside a mdevctl text."""
    if isinstance(node, list):
        if node and all(isinstance(entry, dict) and len(entry) == 1 and all(
                isinstance(value, str) for value in entry.values()) for entry in node):
            return [node]
        return [found for entry in node for found in attr_lists(entry)]
    if isinstance(node, dict):
        return [found for entry in node.values() for found in attr_lists(entry)]
    return []


def is_unsafe_in_files(model):
    """ "a name that a style can't carry safely is an error": a file's name is one of letters,
    digits and ._:- """
    return any(not re.fullmatch(r"[A-Za-z0-9_:][A-Za-z0-9._:-]*", name) for name in model.params)


def same_lines(expected, got, style, model):
    if style == "sysfs" and got and not expected:
        # "attribute writes, in order (model first, ...)": of a model without params that is all
        return [settings_in(line)[0][0] for line in got] == ["migration/device_model"]
    if got == "plan-unsafe-name":
        return style in ("sysfs", "mdevctl") and is_unsafe_in_files(model)
    if not expected or not got:
        return not expected and not got
    if style in ("sysfs", "mdevctl"):
        text = [got] if style == "sysfs" else [["\n".join(got)]]
        pairs = [(name.rpartition("/")[2], value) for line in text[0] for name, value in
                 settings_in(line)]
        wanted = [(name.rpartition("/")[2], value) for line in expected for name, value in
                  settings_in(line)]
        return [pair for pair in pairs if pair in wanted] == wanted
    if model.is_v4 and style in ("argv-m", "argv-param"):
        return True
    if style == "argv-version" and not model.versions:
        # "One setting for every destination param", or as the complete kind of list has it
        return [line for line in got if not line.startswith("--m-") or line in expected] == [
            line.replace("--migration-model ", "--migration-model=") if got[0][17] == "=" else line
            for line in expected]
    return expected == [re.sub(r"^(--migration-(?:model|version)|--param)[= ]", r"\1 ", line)
                        for line in got]


def same_comparison(expected, got, source, dest):
    if expected["verdict"] != got["verdict"]:
        # "past 10^6 steps": the oracle tries one value for all that no rule tells apart
        return got["verdict"] == "undecided" and raw_size(source) > 10 ** 6
    if expected["verdict"] != "conditional":
        return True
    return is_exact(got["agreeing"], source, dest, try_all(source, dest))


def raw_size(model):
    """How many configurations the allowed values have, one by one."""
    size = 1
    for param in model.params.values():
        if param.accepted.items is None:
            size *= 2 if param.kind == "bool" else 2 ** 64
        elif param.kind == "int":
            size *= sum(high - low + 1 for low, high in param.accepted.items)
        else:
            size *= len(param.accepted.items)
    return size


def is_open_to_readings(hosts):
    """Hosts of which some have params and some only versions, or whose off values differ: "a
    candidate is off on all or on none" leaves open whether an init value that is off at its own
    host is that value or off."""
    kinds = {host.is_v4 for host in hosts if host is not None}
    offs = {}
    for host in hosts:
        for param in host.params.values() if host is not None else ():
            offs.setdefault(param.name,
                            set()).add((param.has_off, param.has_off and repr(param.off)))
    return len(kinds) > 1 or any(len(found) > 1 for found in offs.values())


def same_baseline(expected, got, hosts=()):
    if is_open_to_readings(hosts):
        return True
    if (expected["verdict"], expected["list"]) != (got["verdict"], got["list"]):
        return False
    return "without" not in got or [tuple(entry) for entry in got["without"]] == expected["without"]


def agrees(kind, arguments, loaded, expected, got):
    """Whether `got` is what the oracle expected; loaded is the family."""
    if kind == "valid":
        return (not expected) == got
    failed = expected[0] == "error" if isinstance(expected, tuple) else (
        kind != "version_of" and "error" in expected)
    if failed or got == "unanswered":
        return failed and got == "unanswered"
    if kind in ("expand", "list", "short"):
        return same_expansion(expected, got)
    if kind == "version_of":
        return got in (expected, "refused")
    if kind == "compare":
        model = arguments["model"]
        source, dest = loaded[arguments["source"]][model], loaded[arguments["dest"]].get(model)
        return same_comparison(expected, got, source, dest)
    if kind == "baseline":
        hosts = [loaded[number].get(arguments["model"]) for number in arguments["docs"]]
        return same_baseline(expected, got, hosts)
    return agrees_on_list(kind, arguments, loaded, expected, got)


def is_forced_past_version(arguments, expected):
    """ "`--force` renders only if every param has a value": whether what is listed beside a version
    that is not known counts as such is left open."""
    return arguments["force"] and any(entry[0] == "version-unknown"
                                      for entry in expected["findings"])


def agrees_on_list(kind, arguments, loaded, expected, got):
    """check and plan."""
    from oracle_check import named_list
    dest = loaded[arguments["dest"]]
    name = named_list(arguments["list"], load(dest)).model
    model = dest.get(name)
    if kind == "plan":
        return (same_report({"verdict": expected["verdict"], "findings": expected["findings"]},
                            {"verdict": got["verdict"], "findings": got["findings"]}, model, None)
                and (is_forced_past_version(arguments, expected)
                     or same_lines(expected["lines"], got["lines"], arguments["style"], model)))
    number = arguments["source"]
    source = None if number is None else loaded[number].get(name)
    return same_report(expected, got, model, source)
