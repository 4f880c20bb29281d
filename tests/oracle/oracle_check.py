# SPDX-License-Identifier: LGPL-2.1-or-later
"""The check of a migration parameter list against a destination: rules 1 to 9."""

from oracle_document import PROMISES, load, text_of_value, value_of_text
from oracle_findings import (a_finding, model_not_supported, of_problem, typed_source,
                             unmigratable)
from oracle_lists import Malformed, ParamList, apply_list, parse_list


class Checked:
    """A finished check: verdict, findings, and the destination's values and configuration."""

    __slots__ = ("verdict", "findings", "values", "config", "plist", "model")

    def as_dict(self):
        return {"verdict": self.verdict, "findings": self.findings}


def undecided_params(model, listed):
    """ "`undecided`: a listed int or str param has no `allowed_values` and its value is neither
    init, off nor any version's, so that the device may still refuse.".  -> [(name, value)]"""
    found = []
    for name, value in listed.items():
        param = model.params[name]
        if not param.is_open() or value == param.init or param.is_off(value):
            continue
        if not any(version.values.get(name) == value for version in model.versions):
            found.append((name, value))
    return found


def is_off_at_source(source, name, text):
    """ "With the source's descriptor, a name that the destination does not know is left out if it
    is listed at its off value there; known names stay."."""
    param = source.params.get(name)
    return param is not None and param.has_off and value_of_text(param.kind, text) == param.off


def unmigratable_of(model, version, config, is_other):
    """ "a list is `unmigratable` if the model of a known side, or a version there that the list
    names or the configuration equals, has `none`": a finding for each of them."""
    places = [None] if model.support == "none" else []
    equal = [] if config is None else model.equal_versions(config)
    places += [position for position, entry in enumerate(model.versions)
               if entry.support == "none" and (entry.name == version or entry in equal)]
    return [unmigratable(model, position, is_other) for position in places]


def differences(source, source_values, model, values):
    """Rule 8: "both descriptors expand the list; a param that comes out different is
    `version-differs`; a value in effect that is off on exactly one side is `off-value-differs`"; "a
    param in effect that the other side lacks, and types that differ, are `version-differs`; what
    gets that gets no `off-value-differs`".  The version of a model without params is a param "in
    every rule", in effect, that a model with params lacks.  -> [(code, param, source value)]"""
    found = []
    for name in list(model.seen) + [name for name in source.seen if name not in model.seen]:
        here, there = model.seen.get(name), source.seen.get(name)
        if here is not None and name not in values:
            continue
        value, source_value = values.get(name), source_values.get(name)
        in_effect = here is not None and not here.is_off(value)
        source_in_effect = there is not None and not there.is_off(source_value)
        if here is None or there is None:
            differs = in_effect or source_in_effect
        elif here.kind != there.kind:
            differs = True
        else:
            differs = value != source_value
        if differs:
            found.append(("version-differs", name, source_value))
        elif here is not None and there is not None and here.kind == there.kind and (
                in_effect != source_in_effect):
            found.append(("off-value-differs", name, source_value))
    return found


def promise_of(model):
    """ "`none` anywhere blocks; else, of model and version, the strongest promise holds for that
    version" (the newest version here)."""
    promises = [model.support, model.versions[-1].support]
    return "none" if "none" in promises else max(promises, key=PROMISES.index)


def promises(newer, is_destination):
    """Whether the newer side promises the direction: forward is enough for loading what the older
    saved, not for the way back."""
    enough = ("forward", "bidirectional") if is_destination else ("bidirectional",)
    return promise_of(newer) in enough


def direction(source, model):
    """Rule 9: "the direction (newest version of each side) is promised and tested"; "the newer side
    is the one that knows both sides' newest versions; `forward` means that its promise covers
    loading what the older saved; where neither knows both, no direction is promised; where the
    newest are the same, nothing is reported"; "a promised direction with no test is reported".
    Where both know both, either is the newer.  -> code or None"""
    if not source.versions and not model.versions:
        return None
    if not source.versions or not model.versions:
        return "direction-not-promised"
    saving, loading = source.versions[-1].name, model.versions[-1].name
    if saving == loading:
        return None
    newer = [side for side, name in ((model, saving), (source, loading)) if side.version(name)]
    if not any(promises(side, side is model) for side in newer):
        return "direction-not-promised"
    tested = any((saving, loading) in version.tested for side in newer for version in side.versions)
    return None if tested else "direction-not-tested"


def expand_at_source(plist, source, only):
    """What the source's descriptor says of the list.  "`--only a,b`: findings on other params are
    dropped, constraints that name others are skipped", here too.  -> (Outcome, whether it can)"""
    outcome = apply_list(source, plist.version, plist.pairs, "off", only)
    problems = [problem for problem in outcome.problems
                if only is None or problem[1] is None or problem[1] in only]
    return outcome, not problems


def _rule_8(plist, source, model, outcome, only):
    """ "Rule 8 skips params that already have a finding"; "where the source's descriptor lacks the
    model or cannot expand the list, rule 8 is a warning `source-not-expandable`"."""
    if source is None:
        return [a_finding("source-not-expandable", model)]
    expanded, can_expand = expand_at_source(plist, source, only)
    if not can_expand:
        return [a_finding("source-not-expandable", model)]
    reported = {param for _, param, _, _ in outcome.problems}
    found = []
    for code, name, value in differences(source, expanded.values, model, outcome.values):
        if name not in reported:
            text = None if value is None else text_of_value(value)
            typed = None if text is None else typed_source(name, text, model, source)
            found.append(a_finding(code, model, name, typed))
    return found


def _rule_7(plist, source, model, outcome, only):
    """ "7. the support promise: `unmigratable` blocks."  Asked of the destination and, if its
    descriptor is known, of the source."""
    found = []
    if model is not None:
        found += unmigratable_of(model, plist.version, outcome.config, False)
    if source is not None:
        config = expand_at_source(plist, source, only)[0].config
        found += unmigratable_of(source, plist.version, config, True)
    return found


def _finish(checked, findings, only):
    """ "`--only a,b`: findings on other params are dropped"; "Incompatible outranks undecided."."""
    checked.findings = [entry for entry in findings
                        if only is None or entry[2] is None or entry[2] in only]
    if any(entry[1] == "blocker" for entry in checked.findings):
        checked.verdict = "incompatible"
    else:
        undecided = any(entry[0] == "value-undecided" for entry in checked.findings)
        checked.verdict = "undecided" if undecided else "compatible"
    return checked


def check_models(plist, model, source=None, has_source=False, only=None):
    """Check of a ParamList against one Model.  `model` is None if the destination does not have it
    (rule 1), `source` likewise; has_source says whether the source's descriptor was given."""
    checked = Checked()
    checked.plist, checked.model, checked.values, checked.config = plist, model, {}, None
    if model is None:
        # "1. the destination has the model (`model-not-supported`, ...)": of the other rules only 7
        # can be asked, of the source
        return _finish(checked, [model_not_supported(), *_rule_7(plist, source, None, None, only)],
                       only)
    pairs = plist.pairs
    if source is not None:
        pairs = [(name, text) for name, text in pairs
                 if name in model.params or not is_off_at_source(source, name, text)]
    # "6. a list with a version: the destination ... expands it by its own descriptor before 3 to 5
    # (without the create test)"
    outcome = apply_list(model, plist.version, pairs, "off", only)
    findings = [of_problem(problem, model, source) for problem in outcome.problems]
    for name, value in undecided_params(model, outcome.listed):
        typed = typed_source(name, text_of_value(value), model)
        findings.append(a_finding("value-undecided", model, name, typed))
    # "the resulting configuration can be loaded there (`version-not-loadable`)"
    if outcome.config is not None and model.refuses(outcome.config, "load"):
        findings.append(a_finding("version-not-loadable", model,
                                  position=model.refusing(outcome.config, "load")))
    findings += _rule_7(plist, source, model, outcome, only)
    # "After `version-unknown`, rules 2 and 3 still apply, 4 to 6 and 8 do not."
    if has_source and not any(entry[0] == "version-unknown" for entry in findings):
        findings += _rule_8(plist, source, model, outcome, only)
    code = None if source is None else direction(source, model)
    if code is not None:
        findings.append(a_finding(code, model))
    checked.values, checked.config = outcome.values, outcome.config
    return _finish(checked, findings, only)


def named_list(list_text, models):
    """ "A list without a model needs a destination with one model"; "Lists: without a model, for a
    destination with several: malformed (3).\""""
    plist = parse_list(list_text)
    if plist.model is None:
        if len(models) != 1:
            raise Malformed(list_text)
        plist = ParamList(next(iter(models)), plist.version, plist.pairs)
    return plist


def check_list(plist, models, sources, only=None):
    """check_models() of the list's model in both descriptors; `sources` may be None."""
    source = None if sources is None else sources.get(plist.model)
    return check_models(plist, models.get(plist.model), source, sources is not None, only)


def check(list_text, dest_doc, source_doc=None, return_path=False, only=None):
    """ "**Check** (source list, destination descriptor, optionally the source's descriptor) ->
    report, without creating anything".  only: names or None.

    -> {"verdict", "findings"}, with "return_path" of the same shape when asked for; or {"error":
    "malformed"}"""
    models = load(dest_doc)
    sources = None if source_doc is None else load(source_doc)
    only = None if only is None else set(only)
    try:
        plist = named_list(list_text, models)
    except Malformed:
        return {"error": "malformed"}
    checked = check_list(plist, models, sources, only)
    result = checked.as_dict()
    if return_path:
        # "The return path (destination back to source), when asked, has a verdict of its own": the
        # device keeps what it was started with, so that the list is the same
        result["return_path"] = check_list(plist, sources, models, only).as_dict()
    return result
