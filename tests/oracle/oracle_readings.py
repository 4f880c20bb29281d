# SPDX-License-Identifier: LGPL-2.1-or-later
"""Sentences of the design that leave two readings, and the reading this oracle takes.

Each entry has a key.  Where the code branches on a key, `reading(key)` is True for the
reading taken; `other_reading(key)` switches it for a while, so that the differential
runner can tell "the library took the other reading" from "the library is wrong".
Entries without a switch are about fields that the runner compares loosely.
"""

from contextlib import contextmanager
from typing import NamedTuple


class Ambiguity(NamedTuple):
    key: str
    sentence: str
    taken: str
    other: str
    switch: bool = True


AMBIGUITIES = [
    Ambiguity(
        "flags-with-unknown-name",
        "it is refused if it equals a version whose flag is false and none whose flag is true",
        "an unknown name in the list leaves the configuration of the known params complete, so the "
        "create and load tests, and unmigratable by configuration, are still made",
        "any problem with a param ends the create and load tests"),
    Ambiguity(
        "latest-by-configuration",
        "`latest` asks for the newest version that can be created",
        "flags belong to the configuration: a version with create=false that equals one with "
        "create=true can be created, and counts",
        "a version counts by its own create flag"),
    Ambiguity(
        "version-of-newest",
        "`version_of(config)`: the version that equals it, if any",
        "of several equal versions the newest, as for ties of the short form",
        "the oldest"),
    Ambiguity(
        "types-differ-while-off",
        "a param in effect that the other side lacks, and types that differ, are `version-differs`",
        "types that differ are version-differs whether the param is in effect or not",
        "only if it is in effect on one side"),
    Ambiguity(
        "only-skips-source-constraints",
        "constraints that name others are skipped",
        "with --only, also when the source's own descriptor expands the list (rule 8)",
        "only the destination's constraints"),
    Ambiguity(
        "only-drops-undecided",
        "findings on other params are dropped",
        "an open param outside --only does not make the verdict undecided",
        "it does"),
    Ambiguity(
        "direction-one-side-without-versions",
        "where neither knows both, no direction is promised",
        "one side has versions and the other has none: direction-not-promised",
        "nothing is reported"),
    Ambiguity(
        "direction-no-versions",
        "where the newest are the same, nothing is reported",
        "no side has versions: nothing is reported",
        "direction-not-promised"),
    Ambiguity(
        "direction-both-know-destination",
        "the newer side is the one that knows both sides' newest versions",
        "if each knows both (their orders differ), the destination counts as the newer side",
        "the source does"),
    Ambiguity(
        "direction-of-none",
        "`none` anywhere blocks; else, of model and version, the strongest promise holds",
        "a newer side whose promise is none does not promise the direction: direction-not-promised "
        "is reported besides unmigratable",
        "a side with none reports no direction at all"),
    Ambiguity(
        "tested-on-any-version",
        "`tested` lists pairs `{from, to}` that were really exercised",
        "the pair counts wherever it stands in the newer side's model",
        "only on the newer side's newest version"),
    Ambiguity(
        "return-relists",
        "The return path (destination back to source), when asked, has a verdict of its own",
        "the list that goes back is the complete list of the destination's configuration; if there "
        "is none, the same list",
        "the same list in both directions"),
    Ambiguity(
        "source-none-without-model",
        "a list is `unmigratable` if the model of a known side, or a version there ..., has `none`",
        "the source's `none` is reported also after model-not-supported",
        "model-not-supported ends the check"),
    Ambiguity(
        "source-not-expandable-without-model",
        "where the source's descriptor lacks the model or cannot expand the list, rule 8 is a "
        "warning `source-not-expandable`",
        "rule 8 (with its warning) does not apply after model-not-supported",
        "the warning is given there too"),
    Ambiguity(
        "mixed-v4-pseudo-param",
        "behaves in every rule as if its version were a required str param",
        "rule 8 between a v4 model and one with params: `version` is a param that the other lacks: "
        "version-differs",
        "`version` itself is not compared"),
    Ambiguity(
        "identical-by-statement",
        "`identical`: same params, versions, flags, constraints and promises",
        "what the documents state: allowed_values without the implied off value, the values a "
        "version names; a bool without allowed_values differs from [false, true]",
        "what they mean: accepted sets, expansions"),
    Ambiguity(
        "baseline-newest-explicit",
        "candidates in this order: init ..., the newest version's value, interval ends "
        "downwards, off",
        "only a value that the newest version names (off has a rank of its own)",
        "the value in the newest version's expansion"),
    Ambiguity(
        "baseline-equal-needs-values",
        "Expansions are equal if params that a host lacks are off on the others",
        "a version that leaves a param off where the hosts' off values differ has different "
        "expansions",
        "off is equal to off"),
    Ambiguity(
        "baseline-off-missing",
        "Where hosts' off values differ, a candidate is off on all or on none",
        "an off value that another host does not have differs too",
        "a host without an off value is not counted"),
    Ambiguity(
        "plan-v4-as-param",
        "behaves in every rule as if its version were a required str param",
        "argv-m and argv-param of a v4 model set `version` like a param: --m-version=V",
        "as argv-version does", False),
    Ambiguity(
        "plan-version-without-versions",
        "`--migration-model M --migration-version V`, the short form",
        "argv-version of a model without versions: the model, then the complete kind; no "
        "version line",
        "an error", False),
    Ambiguity(
        "plan-sysfs-model",
        "sysfs writes in order (model first, then version, then params)",
        "model and version are written for v4 models only (v3 types have one model, nothing to "
        "write); rendered as `migration/NAME=VALUE`; the runner compares names and values",
        "always the model", False),
    Ambiguity(
        "version-findings-fields",
        "A finding has a stable code, severity, model, param, source value, accepted set",
        "version-* have no param, no source and no accepted set",
        "param `version`, the name as source, the known names as accepted set", False),
    Ambiguity(
        "required-fields",
        "every destination param missing from the list has an off value (`param-required`)",
        "no source and no accepted set", "the accepted set", False),
    Ambiguity(
        "unmigratable-count",
        "`unmigratable` blocks",
        "one finding a check, whichever sides and versions have `none`",
        "one a side or version", False),
    Ambiguity(
        "undecided-finding",
        "Verdicts: ... `undecided`: a listed int or str param has no `allowed_values`",
        "no finding of its own", "a warning with a code the page does not name", False),
    Ambiguity(
        "compare-steps",
        "`undecided`: past 10^6 steps ... One step is one configuration tried",
        "values that no rule tells apart are one configuration; exact also for wide ranges",
        "undecided as soon as the raw number of configurations passes 10^6", False),
    Ambiguity(
        "empty-constraint-set",
        "Either `if` and `then`, or `forbid`; none of them empty",
        "an empty list of values in a condition is an error as well", "allowed", False),
    Ambiguity(
        "list-version-latest",
        "`latest` asks for the newest version that can be created",
        "in a list under check `version=latest` is a version of that name", "the newest", False),
    Ambiguity(
        "reserved-model-in-list",
        "`version` and `model` are reserved",
        "`model=x` in a list or an override is a bad param name: malformed",
        "param-unknown", False),
]

_SWITCHED = set()
_KEYS = {entry.key for entry in AMBIGUITIES}
SWITCHES = [entry.key for entry in AMBIGUITIES if entry.switch]


def reading(key):
    """True while the reading described as `taken` is in force."""
    assert key in _KEYS, key
    return key not in _SWITCHED


@contextmanager
def other_reading(*keys):
    """Take the other reading of `keys` inside the with block."""
    added = set(keys) - _SWITCHED
    _SWITCHED.update(added)
    try:
        yield
    finally:
        _SWITCHED.difference_update(added)
