# SPDX-License-Identifier: LGPL-2.1-or-later
"""Families of small but nasty documents, and questions about them.

Every generator takes a chooser, of which there are two: SeededChooser (fast, from a seed) and
HypothesisChooser (a Hypothesis strategy that shrinks).  `generate.py --stats [N] [SEED]` prints how
often the oracle gives each verdict and code for what is generated; without it, one family is
printed. """

import json

from generate_choosers import HypothesisChooser, SeededChooser
from generate_documents import MODEL, OTHER_MODELS, VERSIONS, a_document, spoil_document
from generate_lists import a_config, a_list, some_overrides
from generate_relatives import a_relative
from oracle_plan import STYLES

QUESTIONS = (["check"] * 24 + ["expand"] * 5 + ["list"] * 2 + ["short"] * 3 + ["version_of"]
             + ["plan"] * 4 + ["compare"] * 3 + ["baseline"] * 2 + ["valid"])


def a_family(choose):
    """Three related valid documents, as dicts."""
    first = a_document(choose)
    second = a_relative(choose, first)
    return [first, second, a_relative(choose, second)]


def a_question(choose, family, loaded):
    """(kind, arguments) about the documents of a family: documents are indexes into it."""
    kind = choose.pick(QUESTIONS)
    one, other = choose.pick([(0, 1), (0, 1), (1, 0), (1, 2), (2, 1), (0, 0)])
    model = loaded[one].get(MODEL) or next(iter(loaded[one].values()))
    if kind in ("expand", "list", "short"):
        version = choose.pick([None, None, "latest", *[entry.name for entry in model.versions] * 2,
                               choose.pick(VERSIONS)])
        named = model.name if choose.chance(0.97) or len(loaded[one]) == 1 else None
        if choose.chance(0.03):
            named = OTHER_MODELS[0]
        return kind, {"doc": one, "model": named, "version": version,
                      "overrides": some_overrides(choose, model)}
    if kind == "version_of":
        return kind, {"doc": one, "model": model.name, "config": a_config(choose, model)}
    if kind == "check":
        return kind, a_check(choose, loaded, one, other)
    if kind == "plan":
        return kind, {"list": a_list(choose, loaded[one], loaded[other]), "dest": other,
                      "style": choose.pick(STYLES), "force": choose.chance(0.2)}
    if kind == "compare":
        if one == other and choose.chance(0.8):
            other = 1
        return kind, {"source": one, "dest": other, "model": model.name}
    if kind == "baseline":
        docs = choose.pick([[0, 1], [1, 0], [0, 1, 2], [2, 0], [0]])
        return kind, {"docs": docs, "model": choose.pick([MODEL, model.name])}
    return kind, {"text": spoil_document(choose, family[one])}


def a_check(choose, loaded, one, other):
    arguments = {"list": a_list(choose, loaded[one], loaded[other]), "dest": other,
                 "source": one if choose.chance(0.6) else None, "return_path": False, "only": None}
    if arguments["source"] is not None and choose.chance(0.2):
        arguments["return_path"] = True
    if choose.chance(0.12):
        known = [name for model in loaded[other].values() for name in model.params]
        arguments["only"] = sorted(choose.some(sorted({*known, "a"}), 1, 2))
    return arguments


def documents():
    """Hypothesis: one valid document."""
    from hypothesis import strategies
    return strategies.composite(lambda draw: a_document(HypothesisChooser(draw)))()


def pairs():
    """Hypothesis: two related valid documents."""
    from hypothesis import strategies

    def draw_pair(draw):
        choose = HypothesisChooser(draw)
        first = a_document(choose)
        return first, a_relative(choose, first)
    return strategies.composite(draw_pair)()


def lists_for(source, dest):
    """Hypothesis: the text of a list from `source` for `dest` (dicts)."""
    from hypothesis import strategies
    from oracle_document import load
    return strategies.composite(lambda draw: a_list(HypothesisChooser(draw), load(source),
                                                    load(dest)))()


def main():
    import sys
    from cases import print_stats
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    if "--stats" in sys.argv:
        print_stats(*(numbers or [20000]))
        return
    choose = SeededChooser(numbers[0] if numbers else 1)
    print(json.dumps(a_family(choose), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
