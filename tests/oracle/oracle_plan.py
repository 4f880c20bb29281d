# SPDX-License-Identifier: LGPL-2.1-or-later
"""Plan: what to set on the destination, and how each style writes it."""

import json
import re

from oracle_check import check_list, named_list
from oracle_document import load, text_of_value
from oracle_lists import Malformed, complete_list, format_list, short_list

UNSAFE = "plan-unsafe-name"
FILE_NAME = re.compile("[A-Za-z0-9_:][A-Za-z0-9._:-]*")
STYLES = ("argv-m", "argv-param", "argv-version", "sysfs", "mdevctl", "text")


def settings_of(model, values):
    """ "One setting for every destination param, the source's value or else the destination's own
    off value, once each".  -> [(name, text)] in document order, or None if a param has no value"""
    if not all(name in values for name in model.seen):
        return None
    return [(name, text_of_value(values[name])) for name in model.seen]


def version_to_set(model, values):
    """ "sysfs writes in order (model first, then version, then params)", "the short form": the
    version of the short form; None if the model has none."""
    return values["version"] if model.is_v4 else short_list(model, values).version


def attributes_of(model, values, settings):
    """What is written below a device: "model first, then version, then params"."""
    version = version_to_set(model, values)
    pairs = [("device_model", model.name)] + ([] if version is None else [("version", version)])
    return [(f"migration/{name}", text) for name, text in
            pairs + [pair for pair in settings if pair[0] != "version"]]


def render_argv_version(model, values, settings):
    """ "`--migration-model M --migration-version V`, the short form, overrides as
    `--m-name=value`"; "model and version are a line each".  A program that is started without a
    version starts from its init values, so that without versions every param is set."""
    version = version_to_set(model, values)
    lines = [f"--migration-model {model.name}"]
    if version is None:
        return lines + [f"--m-{name}={text}" for name, text in settings]
    overrides = [] if model.is_v4 else short_list(model, values).pairs
    return [*lines, f"--migration-version {version}",
            *(f"--m-{name}={text}" for name, text in overrides)]


def is_unsafe(model, values, style):
    """ "a name that a style can't carry safely is an error": an argument of its own that would read
    as an option or is empty; an attribute that is no plain file name, or is the model's."""
    if style == "argv-version":
        version = version_to_set(model, values)
        return model.name.startswith("-") or version == "" or (version or "").startswith("-")
    if style == "argv-param":
        return any(name.startswith("-") for name in model.params)
    if style in ("sysfs", "mdevctl"):
        return any(name == "device_model" or not FILE_NAME.fullmatch(name) for name in model.params)
    return False


def render(model, values, settings, style):
    """ "Rendered as: argv in three styles (`--m-name=value`; repeated `--param name=value`;
    `--migration-model M --migration-version V`, ...), sysfs writes in order (model first, then
    version, then params), mdevctl JSON attrs, the RFC text form."; "`text` is one list line as
    `list` prints it".  A v4 model has its version as a param "in every rule"."""
    if is_unsafe(model, values, style):
        return UNSAFE
    if style == "argv-m":
        return [f"--m-{name}={text}" for name, text in settings]
    if style == "argv-param":
        return [f"--param {name}={text}" for name, text in settings]
    if style == "argv-version":
        return render_argv_version(model, values, settings)
    attributes = attributes_of(model, values, settings)
    if style == "sysfs":
        return [f"{name}={text}" for name, text in attributes]
    if style == "mdevctl":
        attrs = [{name: text} for name, text in attributes]
        return [json.dumps(attrs, separators=(",", ":"), ensure_ascii=False)]
    return [format_list(complete_list(model, values))]


def values_to_set(checked):
    """ "One setting for every destination param, the source's value or else the destination's own
    off value"; after `version-unknown` what the list says is all there is, of a v4 model the
    version itself."""
    if checked.model.is_v4 and checked.plist.version is not None:
        return {"version": checked.plist.version}
    return checked.values


def plan(list_text, dest_doc, style="argv-m", force=False):
    """ "**Plan**: ... It checks first and, when incompatible, prints nothing and answers as check
    does (`--force` renders all the same and still says no)."; "`--force` renders only if every
    param has a value"; "`argv-m` is the default style".

    -> {"verdict", "findings", "settings": [(name, text)] or None, "lines": [text], UNSAFE or None}
    or {"error": "malformed"}"""
    models = load(dest_doc)
    try:
        plist = named_list(list_text, models)
    except Malformed:
        return {"error": "malformed"}
    checked = check_list(plist, models, None)
    result = {**checked.as_dict(), "settings": None, "lines": None}
    if checked.model is None or (checked.verdict == "incompatible" and not force):
        return result
    values = values_to_set(checked)
    settings = settings_of(checked.model, values)
    if settings is not None:
        result["settings"] = settings
        result["lines"] = render(checked.model, values, settings, style)
    return result
