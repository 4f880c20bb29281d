# SPDX-License-Identifier: LGPL-2.1-or-later
"""Findings: (code, severity, param, source, accepted, pointer), as JSON has them; None is absent.

Where each code points, and what it has, is in section 7 of docs/format.md."""

from oracle_document import json_of_int, value_of_text

WARNINGS = {"source-not-expandable", "direction-not-promised", "direction-not-tested",
            "value-undecided"}
# Codes that point at the param, and have what the destination accepts of it.
OF_PARAM = {"param-type", "param-value-not-allowed", "param-required", "value-undecided"}
OF_VERSIONS = {"version-required", "version-unknown", "direction-not-promised",
               "direction-not-tested"}
OF_BOTH_SIDES = {"version-differs", "off-value-differs"}


def pointer_to(model_name, *steps):
    """ "JSON pointer" (RFC 6901) into the document of the side that the question is about."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1")
                   for step in ("models", model_name, *steps))


def accepted_of(param):
    """ "`accepted` is written like allowed_values, off included"; any int or string is left out."""
    if param.kind == "bool" and param.accepted.items is None:
        return [False, True]
    return param.accepted.to_json()


def typed_source(name, text, *sides):
    """ "`source` is typed by the destination's param, ints above 2^53 as strings, values that no
    descriptor types as strings".  sides: Models or None, the destination first."""
    for side in sides:
        if side is not None and name in side.params:
            value = value_of_text(side.params[name].kind, text)
            if value is not None:
                return json_of_int(value) if type(value) is int else value
    return text


def _place(code, name, model, param, position):
    if code in OF_PARAM:
        return pointer_to(name, "params", param)
    if code == "param-unknown":
        return pointer_to(name, "params")
    if code in OF_VERSIONS:
        return pointer_to(name, "versions")
    if code == "constraint-violated":
        return pointer_to(name, "constraints", position)
    if code in ("version-not-loadable", "version-not-creatable"):
        return pointer_to(name, "versions", *([] if position is None else [position]))
    if code in OF_BOTH_SIDES:
        if param == "version":
            return pointer_to(name, "versions" if model.is_v4 else "params")
        return pointer_to(name, "params", *([param] if param in model.params else []))
    assert code == "source-not-expandable", code
    return None


def a_finding(code, model, param=None, source=None, position=None):
    """A finding about `model`, the one that is asked."""
    accepted = None
    if code in ("version-required", "version-unknown") and model.is_v4:
        # "as if its version were a required str param whose allowed values are the version names"
        accepted = accepted_of(model.seen["version"])
    elif code in OF_PARAM | OF_BOTH_SIDES and param in model.seen:
        accepted = accepted_of(model.seen[param])
    return (code, "warning" if code in WARNINGS else "blocker", param, source, accepted,
            _place(code, model.name, model, param, position))


def model_not_supported():
    return ("model-not-supported", "blocker", None, None, None, "/models")


def unmigratable(model, position, is_other):
    """ "`unmigratable` blocks": one for each model and version that has `none`; only the side that
    is asked has a place."""
    place = [] if position is None else ["versions", position]
    return ("unmigratable", "blocker", None, None, None,
            None if is_other else pointer_to(model.name, *place))


def of_problem(problem, model, source=None):
    """The finding of what apply_list() found: (code, param, text, position)."""
    code, param, text, position = problem
    typed = None if text is None else typed_source(param, text, model, source)
    return a_finding(code, model, param, typed, position)
