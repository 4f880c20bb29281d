# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whether an answer of the library is the oracle's.  There is no slack: verdicts, findings with
their codes, places, values and accepted sets, configurations, lists and plans have to be equal."""

import json
from collections import Counter

from oracle_compare import permits_exactly, try_all


def exact(answer):
    """A form in which True is not 1, and 1 not "1"."""
    return json.dumps(answer, ensure_ascii=False)


def same_findings(expected, got):
    """The order of findings is left open, how often each occurs is not."""
    return Counter(map(exact, expected)) == Counter(map(exact, got))


def same_expansion(expected, got):
    if expected[0] != got[0]:
        return False
    if expected[0] == "refused":
        return same_findings(expected[1], got[1])
    return exact(expected[1]) == exact(got[1])


def same_report(expected, got):
    if expected is None or got is None:
        return expected is got
    return (expected["verdict"] == got["verdict"]
            and same_findings(expected["findings"], got["findings"])
            and same_report(expected.get("return_path"), got.get("return_path")))


def same_comparison(expected, got, source, dest):
    if expected["verdict"] != got["verdict"]:
        return False
    agreeing = got.get("agreeing")
    if "agreeing" not in expected or agreeing is None:
        return "agreeing" not in expected and agreeing is None
    if agreeing["params"] != expected["agreeing"]:
        return False
    if expected["verdict"] != "conditional":
        return not agreeing.get("constraints")
    return permits_exactly(agreeing, source, dest, try_all(source, dest))


def same_baseline(expected, got):
    return (expected["verdict"], expected["list"], expected["without"]) == (
        got["verdict"], got["list"], [tuple(entry) for entry in got["without"]])


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
        return got == expected
    if kind == "compare":
        model = arguments["model"]
        source, dest = loaded[arguments["source"]][model], loaded[arguments["dest"]].get(model)
        return same_comparison(expected, got, source, dest)
    if kind == "baseline":
        return same_baseline(expected, got)
    return same_report(expected, got) and (kind == "check" or expected["lines"] == got["lines"])
