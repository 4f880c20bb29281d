# SPDX-License-Identifier: LGPL-2.1-or-later
"""The check of a migration parameter list against a destination: rules 1 to 9."""

from oracle_document import PROMISES, load, value_of_text
from oracle_lists import Malformed, ParamList, apply_list, complete_list, parse_list
from oracle_readings import reading

WARNINGS = {"source-not-expandable", "direction-not-promised", "direction-not-tested"}


class Checked:
    """A finished check: verdict, findings, and the destination's values and configuration."""

    __slots__ = ("verdict", "findings", "values", "config", "plist", "model")

    def as_dict(self):
        return {"verdict": self.verdict, "findings": self.findings}


def is_undecided(model, listed, only):
    """ "`undecided`: a listed int or str param has no `allowed_values` and its value is neither
    init, off nor any version's, so that the device may still refuse."."""
    for name, value in listed.items():
        param = model.params[name]
        if only is not None and name not in only and reading("only-drops-undecided"):
            continue
        if not param.is_open() or value == param.init or param.is_off(value):
            continue
        if not any(version.values.get(name) == value for version in model.versions):
            return True
    return False


def typed_source(name, text, model, source):
    """ "`source` is typed by the destination's param, ... values that no descriptor types as
    strings"."""
    for side in (model, source):
        if side is not None and name in side.params:
            value = value_of_text(side.params[name].kind, text)
            if value is not None:
                return value
    return text


def is_off_at_source(source, name, text):
    """ "With the source's descriptor, a name that the destination does not know is left out if it
    is listed at its off value there; known names stay."."""
    param = source.params.get(name)
    return param is not None and param.has_off and value_of_text(param.kind, text) == param.off


def is_unmigratable(model, version, config):
    """ "a list is `unmigratable` if the model of a known side, or a version there that the list
    names or the configuration equals, has `none`"."""
    if model.support == "none":
        return True
    named = [] if version is None else [model.version(version)]
    equal = [] if config is None else model.equal_versions(config)
    return any(entry is not None and entry.support == "none" for entry in named + equal)


def differences(source, source_values, model, values):
    """Rule 8: "both descriptors expand the list; a param that comes out different is
    `version-differs`; a value in effect that is off on exactly one side is `off-value-differs`"; "a
    param in effect that the other side lacks, and types that differ, are `version-differs`; what
    gets that gets no `off-value-differs`".  -> [(code, param, source value)]"""
    found = []
    for name in list(model.seen) + [name for name in source.seen if name not in model.seen]:
        here, there = model.seen.get(name), source.seen.get(name)
        if (here is not None and name not in values) or (
                model.is_v4 != source.is_v4 and name == "version"
                and not reading("mixed-v4-pseudo-param")):
            continue
        value, source_value = values.get(name), source_values.get(name)
        in_effect = here is not None and not here.is_off(value)
        source_in_effect = there is not None and not there.is_off(source_value)
        if here is None or there is None:
            differs = in_effect or source_in_effect
        elif here.kind != there.kind:
            differs = in_effect or source_in_effect or reading("types-differ-while-off")
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


def direction(source, model):
    """Rule 9: "the direction (newest version of each side) is promised and tested"; "the newer side
    is the one that knows both sides' newest versions; `forward` means that its promise covers
    loading what the older saved; where neither knows both, no direction is promised; where the
    newest are the same, nothing is reported"; "a promised direction with no test is reported". 
    -> code or None"""
    if not source.versions and not model.versions:
        return None if reading("direction-no-versions") else "direction-not-promised"
    if not source.versions or not model.versions:
        return "direction-not-promised" if reading("direction-one-side-without-versions") else None
    saving, loading = source.versions[-1].name, model.versions[-1].name
    if saving == loading:
        return None
    knowing = [side for side, name in ((model, saving), (source, loading)) if side.version(name)]
    if not knowing:
        return "direction-not-promised"
    newer = knowing[0 if reading("direction-both-know-destination") else -1]
    promise = promise_of(newer)
    if promise == "none" and not reading("direction-of-none"):
        return None
    # the destination is the newer: it loads what the older saved.  Else the way back.
    enough = ("forward", "bidirectional") if newer is model else ("bidirectional",)
    if promise not in enough:
        return "direction-not-promised"
    places = newer.versions if reading("tested-on-any-version") else newer.versions[-1:]
    if any((saving, loading) in version.tested for version in places):
        return None
    return "direction-not-tested"


def _rule_8(plist, source, model, outcome, only, findings):
    """ "Rule 8 skips params that already have a finding"; "where the source's descriptor lacks the
    model or cannot expand the list, rule 8 is a warning `source-not-expandable`"."""
    expanded = None
    if source is not None:
        skipped = only if reading("only-skips-source-constraints") else None
        expanded = apply_list(source, plist.version, plist.pairs, "off", skipped)
    if expanded is None or expanded.problems:
        findings.append(("source-not-expandable", None, None, None))
        return
    reported = {param for _, param, _, _ in findings}
    for code, name, value in differences(source, expanded.values, model, outcome.values):
        if name not in reported:
            findings.append((code, name, value, None))


def _rule_7(plist, source, model, outcome, only, findings):
    """ "7. the support promise: `unmigratable` blocks."  Asked of the destination and, if its
    descriptor is known, of the source."""
    blocked = model is not None and is_unmigratable(model, plist.version, outcome.config)
    if source is not None:
        expanded = apply_list(source, plist.version, plist.pairs, "off", only)
        config = None if expanded.problems else expanded.config
        blocked = blocked or is_unmigratable(source, plist.version, config)
    if blocked:
        findings.append(("unmigratable", None, None, None))


def _finish(checked, findings, undecided, only):
    """ "`--only a,b`: findings on other params are dropped"; "Incompatible outranks undecided."."""
    if only is not None:
        findings = [entry for entry in findings if entry[1] is None or entry[1] in only]
    checked.findings = [(code, "warning" if code in WARNINGS else "blocker", param, value, accepted)
                        for code, param, value, accepted in findings]
    if any(severity == "blocker" for _, severity, _, _, _ in checked.findings):
        checked.verdict = "incompatible"
    else:
        checked.verdict = "undecided" if undecided else "compatible"
    return checked


def check_models(plist, model, source=None, has_source=False, only=None):
    """Check of a ParamList against one Model.  `model` is None if the destination does not have it
    (rule 1), `source` likewise; has_source says whether the source's descriptor was given."""
    checked = Checked()
    checked.plist, checked.model, checked.values, checked.config = plist, model, {}, None
    findings = []
    if model is None:
        # "1. the destination has the model (`model-not-supported`, ...)"
        findings.append(("model-not-supported", None, None, None))
        if reading("source-none-without-model"):
            _rule_7(plist, source, None, None, only, findings)
        if has_source and not reading("source-not-expandable-without-model"):
            findings.append(("source-not-expandable", None, None, None))
        return _finish(checked, findings, False, only)
    pairs = plist.pairs
    if source is not None:
        pairs = [(name, text) for name, text in pairs
                 if name in model.params or not is_off_at_source(source, name, text)]
    # "6. a list with a version: the destination ... expands it by its own descriptor before 3 to 5
    # (without the create test)"
    outcome = apply_list(model, plist.version, pairs, "off", only)
    for code, name, text in outcome.problems:
        accepted = source_value = None
        if name is not None and text is not None:
            source_value = typed_source(name, text, model, source)
        if code == "param-value-not-allowed":
            accepted = model.params[name].accepted.to_json()
        findings.append((code, name, source_value, accepted))
    # "the resulting configuration can be loaded there (`version-not-loadable`)"
    if outcome.config is not None and model.refuses(outcome.config, "load"):
        findings.append(("version-not-loadable", None, None, None))
    _rule_7(plist, source, model, outcome, only, findings)
    # "After `version-unknown`, rules 2 and 3 still apply, 4 to 6 and 8 do not."
    if has_source and not any(entry[0] == "version-unknown" for entry in findings):
        _rule_8(plist, source, model, outcome, only, findings)
    if source is not None:
        code = direction(source, model)
        if code is not None:
            findings.append((code, None, None, None))
    checked.values, checked.config = outcome.values, outcome.config
    return _finish(checked, findings, is_undecided(model, outcome.listed, only), only)


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

    -> {"verdict", "findings": [(code, severity, param, source, accepted)]}, with "return_path" of
    the same shape when asked for; or {"error": "malformed"}"""
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
        # "The return path (destination back to source), when asked, has a verdict of its own"
        if checked.config is not None and reading("return-relists"):
            plist = complete_list(checked.model, checked.config)
        result["return_path"] = check_list(plist, sources, models, only).as_dict()
    return result
