# SPDX-License-Identifier: LGPL-2.1-or-later
"""Plan: what to set on the destination, and how each style writes it."""

import json

from oracle_check import check_list, named_list
from oracle_document import load, text_of_value
from oracle_lists import Malformed, complete_list, format_list, short_list

STYLES = ("argv-m", "argv-param", "argv-version", "sysfs", "mdevctl", "text")


def settings_of(model, values):
    """ "One setting for every destination param, the source's value or else the destination's own
    off value, once each".  -> [(name, text)] in document order, or None if a param has no value"""
    if not all(name in values for name in model.seen):
        return None
    return [(name, text_of_value(values[name])) for name in model.seen]


def model_and_version(model, settings):
    """A v4 model is set by "model first, then version"."""
    return [("device_model", model.name)] + settings if model.is_v4 else settings


def render_argv_version(model, values):
    """ "`--migration-model M --migration-version V`, the short form, overrides as
    `--m-name=value`"; "model and version are a line each"."""
    short = short_list(model, values)
    lines = [f"--migration-model {model.name}"]
    if short.version is not None:
        lines.append(f"--migration-version {short.version}")
    return lines + [f"--m-{name}={text}" for name, text in short.pairs]


def render(model, values, settings, style):
    """ "Rendered as: argv in three styles (`--m-name=value`; repeated `--param name=value`;
    `--migration-model M --migration-version V`, ...), sysfs writes in order (model first, then
    version, then params), mdevctl JSON attrs, the RFC text form."; "`text` is one list line as
    `list` prints it"."""
    if style == "argv-m":
        return [f"--m-{name}={text}" for name, text in settings]
    if style == "argv-param":
        return [f"--param {name}={text}" for name, text in settings]
    if style == "argv-version":
        return render_argv_version(model, values)
    if style == "sysfs":
        return [f"migration/{name}={text}" for name, text in model_and_version(model, settings)]
    if style == "mdevctl":
        attrs = [{f"migration/{name}": text} for name, text in model_and_version(model, settings)]
        return [json.dumps({"attrs": attrs}, separators=(",", ":"), ensure_ascii=False)]
    return [format_list(complete_list(model, values))]


def plan(list_text, dest_doc, style="argv-m", force=False):
    """ "**Plan**: ... It checks first and, when incompatible, prints nothing and answers as check
    does (`--force` renders all the same and still says no)."; "`--force` renders only if every
    param has a value"; "`argv-m` is the default style".

    -> {"verdict", "findings", "settings": [(name, text)] or None, "lines": [text] or None} or
    {"error": "malformed"}"""
    models = load(dest_doc)
    try:
        plist = named_list(list_text, models)
    except Malformed:
        return {"error": "malformed"}
    checked = check_list(plist, models, None)
    result = {**checked.as_dict(), "settings": None, "lines": None}
    if checked.model is None or (checked.verdict == "incompatible" and not force):
        return result
    settings = settings_of(checked.model, checked.values)
    if settings is not None:
        result["settings"] = settings
        result["lines"] = render(checked.model, checked.values, settings, style)
    return result
