# SPDX-License-Identifier: LGPL-2.1-or-later
"""The migration parameter list, and expansion of a version, a list or overrides."""

import unicodedata

from oracle_document import load, text_of_value, value_of_text
from oracle_findings import model_not_supported, of_problem


class Malformed(Exception):
    """The text is no list (exit status 3), so that no question can be asked about it."""


class ParamList:
    """ "model name, optional version, ordered name=value pairs"; values stay text."""

    __slots__ = ("model", "version", "pairs")

    def __init__(self, model, version, pairs):
        self.model = model
        self.version = version
        self.pairs = pairs


def is_plain(text, forbidden):
    """ "UTF-8 without ..., white space or control characters, 1..255 bytes"."""
    return (0 < len(text.encode()) <= 255
            and not any(c in forbidden or c.isspace() or unicodedata.category(c) == "Cc"
                        for c in text))


def is_model_name(name):
    """ "`domain/path`, 1..255 bytes of UTF-8; the first segment is the domain and has a dot, no
    segment is empty; no `?`, `=`, `,`, white space or control characters ... A `https://` prefix
    (first revision) is accepted"."""
    if not is_plain(name, "?=,"):
        return False
    segments = name.removeprefix("https://").split("/")
    return len(segments) > 1 and all(segments) and "." in segments[0]


def is_param_name(name):
    """ "UTF-8 without `=`, `/`, `,`, `?`, white space or control characters, 1..255 bytes;
    `version` and `model` are reserved"."""
    return is_plain(name, "=/,?") and name not in ("version", "model")


def split_items(text):
    """ "in a joined list a comma inside a value is doubled (QEMU's convention), read left to
    right"."""
    items, item, at = [], "", 0
    while at < len(text):
        if text.startswith(",,", at):
            item += ","
            at += 2
        elif text[at] == ",":
            items.append(item)
            item = ""
            at += 1
        else:
            item += text[at]
            at += 1
    return items + [item]


def pairs_of_items(items):
    """ "pairs split at the first `=`"; "Repeated names are errors"; "A bad model or param name,
    or an argument without `=`: 3"; "`version=V` (it may stand anywhere)".  -> (version, pairs)"""
    version, pairs, seen = None, [], set()
    for item in items:
        name, equals, value = item.partition("=")
        if not equals or name in seen:
            raise Malformed(item)
        seen.add(name)
        if name == "version":
            version = value
        elif is_param_name(name):
            pairs.append((name, value))
        else:
            raise Malformed(item)
    return version, pairs


def parse_list(text):
    """ "A model is present if a `?` comes before the first `=`"; "all off is
    `vendor-a.com/my-nic?`"; "An empty list without a model means all off"."""
    model = None
    before, mark, rest = text.partition("?")
    if mark and "=" not in before:
        model, text = before, rest
        if not is_model_name(model):
            raise Malformed(model)
    version, pairs = pairs_of_items(split_items(text)) if text else (None, [])
    return ParamList(model, version, pairs)


def format_list(param_list):
    """ "with the model in front"; "a comma inside a value is doubled"; "`version=V` ... is printed
    first"."""
    pairs = list(param_list.pairs)
    if param_list.version is not None:
        pairs.insert(0, ("version", param_list.version))
    text = ",".join(name + "=" + value.replace(",", ",,") for name, value in pairs)
    return text if param_list.model is None else f"{param_list.model}?{text}"


class Outcome:
    """What applying a list to a model gives: the values, the problems (code, param, text,
    position), the params in error, and the full configuration (None where there is none)."""

    __slots__ = ("values", "problems", "in_error", "untyped", "config",
                 "listed")

    def __init__(self):
        self.values = {}
        self.problems = []
        self.in_error = set()
        self.untyped = set()
        self.config = None
        self.listed = {}


def _take_listed(model, pairs, outcome):
    """Check 2 and 3: "every listed name is known (`param-unknown`)"; "every value has the type
    (`param-type`) and is allowed (`param-value-not-allowed`)"."""
    for name, text in pairs:
        param = model.params.get(name)
        if param is None:
            outcome.problems.append(("param-unknown", name, text, None))
            continue
        value = value_of_text(param.kind, text)
        if value is None:
            outcome.problems.append(("param-type", name, text, None))
            outcome.in_error.add(name)
            outcome.untyped.add(name)
            continue
        outcome.listed[name] = value
        if value not in param.accepted:
            outcome.problems.append(("param-value-not-allowed", name, text, None))
            outcome.in_error.add(name)


def _start(model, version, absent, outcome):
    """Expand: "with a version, every param at its off value, or at its init value where it has
    none, then the version's values; with no version, every param at its init value".  A complete
    list instead: "absent means off", and check 4: "every destination param missing from the list
    has an off value (`param-required`)".  None if there is nothing to start from."""
    if version is not None:
        if model.version(version) is None:
            outcome.problems.append(("version-unknown", None, version, None))
            return None
        return dict(model.expansions[version])
    if model.is_v4:
        # "absent is `version-required`, another is `version-unknown`"
        outcome.problems.append(("version-required", None, None, None))
        return None
    if absent == "init":
        return {param.name: param.init for param in model.params.values()}
    return {param.name: param.off for param in model.params.values() if param.has_off}


def apply_list(model, version, pairs, absent, only=None):
    """Expansion of version (or None) and pairs: "Then the overrides."  `absent` says what a list
    without a version means by a missing param: "init" (expand) or "off" (a complete list).
    "constraints that name a param with an error are skipped"; "all of them reported at once"."""
    outcome = Outcome()
    start = _start(model, version, absent, outcome)
    _take_listed(model, pairs, outcome)
    if start is None:
        # "After `version-unknown`, rules 2 and 3 still apply, 4 to 6 and 8 do not."
        outcome.values = dict(outcome.listed)
        return outcome
    outcome.values = {name: value for name, value in {**start, **outcome.listed}.items()
                      if name not in outcome.untyped}
    for param in model.params.values():
        if param.name not in outcome.values and param.name not in outcome.untyped:
            outcome.problems.append(("param-required", param.name, None, None))
            outcome.in_error.add(param.name)
    for position, constraint in enumerate(model.constraints):
        if constraint.names & outcome.in_error:
            continue
        if only is not None and not constraint.names <= only:
            continue
        if constraint.violated_by(outcome.values):
            outcome.problems.append(("constraint-violated", None, None, position))
    # a name that is not known leaves the configuration of the known params complete
    if not outcome.in_error:
        outcome.config = outcome.values
    return outcome


def pick_model(document, name):
    """The model called `name`, or the only one.  -> (Model or None, problem or None)
    "2 command-line syntax, or a needed `--model` is missing"; "`--model` that names no model is a
    refusal (1)"."""
    models = load(document)
    if name is None:
        if len(models) != 1:
            return None, ("error", "usage")
        return next(iter(models.values())), None
    if name not in models:
        return None, ("refused", [model_not_supported()])
    return models[name], None


def newest_creatable(model):
    """ "`latest` asks for the newest version that can be created"; "Both flags belong to the
    resulting configuration".  None if there is none."""
    return next((version.name for version in reversed(model.versions)
                 if not model.refuses(model.expansions[version.name], "create")), None)


def expand(document, model=None, version=None, overrides=()):
    """ "**Expand** (model, version or none, overrides) -> configuration."  overrides: (name, text)
    pairs.  "A `version=V` argument of expand and list is the same as `--version V`"; "`--version`
    together with a `version=` argument is a usage error".

    -> ("ok", {param: value}) | ("refused", findings) | ("error", kind)"""
    try:
        named, pairs = pairs_of_items([name + "=" + text for name, text in overrides])
    except Malformed:
        return "error", "malformed"
    if named is not None and version is not None:
        return "error", "usage"
    chosen, problem = pick_model(document, model)
    if chosen is None:
        return problem
    return _expand_model(chosen, named if version is None else version, pairs)


def _expand_model(model, version, pairs):
    """ "Errors: unknown version, not creatable, unknown param, wrong type, not allowed, constraint
    violated ...; all of them reported at once."  "`latest` with no version that can be created is
    `version-not-creatable`.\""""
    if version == "latest":
        version = newest_creatable(model)
        if version is None:
            outcome = Outcome()
            _take_listed(model, pairs, outcome)
            outcome.problems.append(("version-not-creatable", None, None, None))
            return _refused(model, outcome)
    outcome = apply_list(model, version, pairs, "init")
    # "expand, list and baseline test `create`"
    if outcome.config is not None and model.refuses(outcome.config, "create"):
        outcome.problems.append(("version-not-creatable", None, None,
                                 model.refusing(outcome.config, "create")))
    if outcome.problems:
        return _refused(model, outcome)
    return "ok", outcome.config


def _refused(model, outcome):
    return "refused", [of_problem(problem, model) for problem in outcome.problems]


def complete_list(model, config):
    """ "**Parameter list of a configuration**: every param except those at their off value; a param
    with no off value is always listed."  "a v4 model expands to the line `version=V`"."""
    if model.is_v4:
        return ParamList(model.name, config["version"], [])
    pairs = [(param.name, text_of_value(config[param.name])) for param in model.params.values()
             if not param.is_off(config[param.name])]
    return ParamList(model.name, None, pairs)


def overrides_of(model, version, config):
    """What has to be listed beside `version=V`: what differs from V's expansion ("a param that V
    sets and this device has off is listed with its off value"), and "a param that has no off
    value and that V does not set is always listed"."""
    expansion = model.expansions[version.name]
    return [(param.name, text_of_value(config[param.name])) for param in model.params.values()
            if config[param.name] != expansion[param.name]
            or (not param.has_off and param.name not in version.values)]


def short_list(model, config):
    """ "**Short form**: the version plus the fewest overrides that expand to this configuration
    (ties: the latest version)."  "`--short` on a model without versions prints the complete kind;
    always-listed params count as overrides."  "A v4 list is `version=V` alone.\""""
    if model.is_v4 or not model.versions:
        return complete_list(model, config)
    best = None
    for version in model.versions:
        pairs = overrides_of(model, version, config)
        if best is None or len(pairs) <= len(best.pairs):
            best = ParamList(model.name, version.name, pairs)
    return best


def _listed(document, model, version, overrides, form):
    answer = expand(document, model, version, overrides)
    if answer[0] != "ok":
        return answer
    chosen, _ = pick_model(document, model)
    return "ok", format_list(form(chosen, answer[1]))


def list_line(document, model=None, version=None, overrides=()):
    """ "`list` prints the complete kind unless asked for the short form, or unless the model has
    versions and no params (v4)."  -> ("ok", text) or as expand."""
    return _listed(document, model, version, overrides, complete_list)


def short_line(document, model=None, version=None, overrides=()):
    """`list --short`.  -> ("ok", text) or as expand."""
    return _listed(document, model, version, overrides, short_list)


def version_of(document, model, config):
    """ "`version_of(config)`: the version that equals it, if any"; of several the latest, as for
    ties of the short form."""
    chosen, _ = pick_model(document, model)
    equal = chosen.equal_versions(config)
    return equal[-1].name if equal else None


def version_of_created(document, model, config):
    """version_of() of a configuration that is made by expanding it, which may be "refused"."""
    version = config["version"] if "version" in config else None
    pairs = [(name, text_of_value(value)) for name, value in config.items() if name != "version"]
    if expand(document, model, version, pairs)[0] != "ok":
        return "refused"
    return version_of(document, model, config)
