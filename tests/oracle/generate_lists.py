# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lists as a source prints them, then spoilt."""

from generate_documents import MODEL, NAMES, OTHER_MODELS, STRINGS, VERSIONS
from oracle_document import text_of_value
from oracle_lists import ParamList, complete_list, format_list, short_list

WRONG_TEXT = {"bool": ["1", "", "On", "yes"],
              "int": ["", "on", "-1", "01", "1.0", "+1", " 1", "1e2",
                      "18446744073709551616", "x"]}


def a_config(choose, model):
    """A configuration that the model accepts mostly, as its device may have it."""
    if model.is_v4:
        return {"version": choose.pick(model.versions).name}
    if model.versions and choose.chance(0.5):
        config = dict(model.expansions[choose.pick(model.versions).name])
    else:
        config = {param.name: param.init for param in model.params.values()}
    for param in model.params.values():
        if choose.chance(0.4):
            config[param.name] = a_param_value(choose, param)
    return config


def a_param_value(choose, param):
    if param.has_off and choose.chance(0.3):
        return param.off
    if param.kind == "bool":
        return choose.pick([False, True])
    if param.accepted.items is None:
        return choose.pick(["x", "other", "w"] if param.kind == "str" else [0, 1, 3, 99])
    if param.kind == "int":
        return choose.pick([end for interval in param.accepted.items for end in interval])
    return choose.pick(sorted(param.accepted.items))


def a_list(choose, source, dest):
    """The text of a list that the source model prints, mostly, with 0 to 2 things spoilt.  source
    and dest are {name: Model}."""
    model = source.get(MODEL) or next(iter(source.values()))
    config = a_config(choose, model)
    if choose.chance(0.35):
        plist = short_list(model, config)
    elif choose.chance(0.2) and model.versions and not model.is_v4:
        plist = ParamList(model.name, choose.pick(model.versions).name, [])
    else:
        plist = complete_list(model, config)
    for _ in range(choose.pick([0, 0, 0, 1, 1, 2])):
        choose.pick(SPOILERS)(choose, plist, model, dest)
    if choose.chance(0.2):
        plist.model = None
    text = format_list(plist)
    if choose.chance(0.02):
        text = choose.pick([text + ",", text + ",x", "a?b=1", text + ",a=1,a=2", "=1",
                            text + ",x/y=1"])
    return text


def spoil_unknown(choose, plist, model, dest):
    set_pair(plist, choose.pick(NAMES + ["zz"]), choose.pick(["on", "1", "x", "off", "0", ""]))


def spoil_type(choose, plist, model, dest):
    names = [param for param in model.params.values() if param.kind != "str"]
    if names:
        param = choose.pick(names)
        set_pair(plist, param.name, choose.pick(WRONG_TEXT[param.kind]))


def spoil_value(choose, plist, model, dest):
    if model.params:
        param = choose.pick(list(model.params.values()))
        values = {"bool": ["on", "true", "false"],
                  "int": ["0", "3", "7", "64", "18446744073709551615"],
                  "str": STRINGS}
        set_pair(plist, param.name, choose.pick(values[param.kind]))


def spoil_off(choose, plist, model, dest):
    """Lists a param at its off value."""
    params = [param for param in model.params.values() if param.has_off]
    if params:
        param = choose.pick(params)
        set_pair(plist, param.name, text_of_value(param.off))


def spoil_dest_value(choose, plist, model, dest):
    """Lists a value of the destination's own."""
    side = dest.get(plist.model)
    if side is not None and side.params:
        param = choose.pick(list(side.params.values()))
        set_pair(plist, param.name, text_of_value(a_param_value(choose, param)))


def spoil_missing(choose, plist, model, dest):
    if plist.pairs:
        plist.pairs.remove(choose.pick(plist.pairs))


def spoil_version(choose, plist, model, dest):
    side = dest.get(plist.model) if choose.chance(0.7) else None
    known = [version.name for version in side.versions] if side is not None else []
    plist.version = choose.pick(known or VERSIONS + [None, None, "", "latest"])


def spoil_order(choose, plist, model, dest):
    plist.pairs = choose.some(plist.pairs, 9, 9)


def spoil_model(choose, plist, model, dest):
    if choose.chance(0.3):
        plist.model = choose.pick(OTHER_MODELS)


SPOILERS = [spoil_unknown, spoil_type, spoil_type, spoil_value, spoil_value, spoil_off,
            spoil_dest_value, spoil_dest_value, spoil_missing, spoil_missing, spoil_missing,
            spoil_version, spoil_order, spoil_model]


def set_pair(plist, name, text):
    plist.pairs = [pair for pair in plist.pairs if pair[0] != name] + [(name, text)]


def some_overrides(choose, model):
    """(name, text) pairs for expand."""
    plist = ParamList(model.name, None, [])
    for param in choose.some(list(model.params.values()), 0, 2):
        set_pair(plist, param.name, text_of_value(a_param_value(choose, param)))
    if choose.chance(0.3):
        choose.pick([spoil_unknown, spoil_type, spoil_value])(choose, plist, model, {})
    if choose.chance(0.1):
        plist.pairs.append(("version", choose.pick(VERSIONS)))
    return plist.pairs
