# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks the library and the oracle the same generated questions and prints where they differ.

    differential.py [N] [SEED] [--adapter gi|command|oracle] [--command PATH] [--show 10]
    differential.py --case NUMBER [SEED]       one question in full

Any difference fails the run."""

import argparse
import json
import sys
import time
from collections import Counter

from adapter import ADAPTERS, CommandAdapter, Unanswered
from agreement import agrees
from cases import QUESTIONS_A_FAMILY, ask, generated


def ask_library(adapter, kind, arguments, texts):
    """The library's answer, "unanswered", or ("raised", text)."""
    if kind == "valid":
        question, given = adapter.is_valid, [arguments["text"]]
    elif kind in ("expand", "list", "short"):
        question = getattr(adapter, kind)
        given = [texts[arguments["doc"]], arguments["model"], arguments["version"],
                 arguments["overrides"]]
    elif kind == "version_of":
        question = adapter.version_of
        given = [texts[arguments["doc"]], arguments["model"], arguments["config"]]
    elif kind == "check":
        source = arguments["source"]
        question = adapter.check
        given = [arguments["list"], texts[arguments["dest"]],
                 None if source is None else texts[source], arguments["return_path"],
                 arguments["only"]]
    elif kind == "plan":
        question = adapter.plan
        given = [arguments["list"], texts[arguments["dest"]], arguments["style"],
                 arguments["force"]]
    elif kind == "compare":
        question = adapter.compare
        given = [texts[arguments["source"]], texts[arguments["dest"]], arguments["model"]]
    else:
        question = adapter.baseline
        given = [[texts[number] for number in arguments["docs"]], arguments["model"]]
    try:
        return question(*given)
    except Unanswered:
        return "unanswered"


class Run:
    """Counts and prints."""

    def __init__(self, adapter, show):
        self.adapter = adapter
        self.show = show
        self.asked, self.wrong = Counter(), Counter()
        self.missing = set()

    def judge(self, number, texts, loaded, kind, arguments):
        if kind in self.missing:
            return
        expected = ask(kind, arguments, loaded)
        try:
            got = ask_library(self.adapter, kind, arguments, texts)
            same = agrees(kind, arguments, loaded, expected, got)
        except NotImplementedError:
            self.missing.add(kind)
            return
        except Exception as error:  # whatever the library raises is a finding of this run
            got, same = ("raised", repr(error)), False
        self.asked[kind] += 1
        if same:
            return
        self.wrong[kind] += 1
        if sum(self.wrong.values()) <= self.show:
            self.print_case(number, texts, kind, arguments, expected, got, "DIFFERS")

    @staticmethod
    def print_case(number, texts, kind, arguments, expected, got, title):
        print(f"--- case {number}, {kind}: {title}")
        for at in sorted({value for value in numbers_of(arguments)}):
            print(f"document {at}: {texts[at]}")
        print(f"question: {json.dumps(arguments, ensure_ascii=False)}")
        print(f"oracle:   {expected}")
        print(f"library:  {got}\n")

    def summary(self, seconds):
        total = sum(self.asked.values())
        print(f"{total} questions in {seconds:.1f} s: " + ", ".join(
            f"{number} {kind}" for kind, number in self.asked.most_common()))
        for kind in sorted(self.missing):
            print(f"not asked, the adapter cannot: {kind}")
        for kind, number in self.wrong.most_common():
            print(f"{number:8} differ: {kind}")
        print(f"{sum(self.wrong.values())} differ")


def numbers_of(arguments):
    """The documents of the family that a question is about."""
    for name in ("doc", "dest", "source"):
        if arguments.get(name) is not None:
            yield arguments[name]
    yield from arguments.get("docs", ())


def arguments_of_run():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=10000)
    parser.add_argument("seed", nargs="?", default="1")
    parser.add_argument("--adapter", choices=sorted(ADAPTERS), default="gi")
    parser.add_argument("--command", default="migdesc", help="the command of --adapter command")
    parser.add_argument("--show", type=int, default=10, help="how many differences to print")
    parser.add_argument("--kind", help="ask questions of this kind only")
    parser.add_argument("--case", type=int, help="ask and print this one")
    return parser.parse_args()


def make_adapter(options):
    if options.adapter == "command":
        return CommandAdapter(options.command)
    return ADAPTERS[options.adapter]()


def main():
    options = arguments_of_run()
    run = Run(make_adapter(options), options.show)
    start, count = 0, options.count
    if options.case is not None:
        start, count = options.case - options.case % QUESTIONS_A_FAMILY, QUESTIONS_A_FAMILY
    begin = time.perf_counter()
    for number, texts, loaded, kind, arguments in generated(count, options.seed, start):
        if options.kind not in (None, kind) or options.case not in (None, number):
            continue
        run.judge(number, texts, loaded, kind, arguments)
        if options.case is not None:
            got = ask_library(run.adapter, kind, arguments, texts)
            expected = ask(kind, arguments, loaded)
            run.print_case(number, texts, kind, arguments, expected, got, "asked")
    run.summary(time.perf_counter() - begin)
    return 1 if run.wrong or run.missing - run.adapter.CANNOT else 0


if __name__ == "__main__":
    sys.exit(main())
