# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs of generated questions through the oracle; and what its answers are like."""

import json
import time
from collections import Counter

import oracle
from generate import SeededChooser, a_family, a_question

QUESTIONS_A_FAMILY = 12


def generated(count, seed, start=0):
    """count times (number, texts of the family, loaded family, kind, arguments); start is the
    number of the first question of a family."""
    number, end = start, start + count
    while number < end:
        choose = SeededChooser(f"{seed}/{number}")
        family = a_family(choose)
        texts = [json.dumps(document, ensure_ascii=False) for document in family]
        loaded = [oracle.load(document) for document in family]
        for _ in range(min(QUESTIONS_A_FAMILY, end - number)):
            kind, arguments = a_question(choose, family, loaded)
            yield number, texts, loaded, kind, arguments
            number += 1


def ask(kind, arguments, documents):
    """The oracle's answer; documents is the family (loaded, or text)."""
    get = documents.__getitem__
    if kind in ("expand", "list", "short"):
        question = {"expand": oracle.expand, "list": oracle.list_line,
                    "short": oracle.short_line}[kind]
        return question(get(arguments["doc"]), arguments["model"], arguments["version"],
                        arguments["overrides"])
    if kind == "version_of":
        return oracle.version_of_created(get(arguments["doc"]), arguments["model"],
                                         arguments["config"])
    if kind == "check":
        source = arguments["source"]
        return oracle.check(arguments["list"], get(arguments["dest"]),
                            None if source is None else get(source), arguments["return_path"],
                            arguments["only"])
    if kind == "plan":
        return oracle.plan(arguments["list"], get(arguments["dest"]), arguments["style"],
                           arguments["force"])
    if kind == "compare":
        return oracle.compare(get(arguments["source"]), get(arguments["dest"]), arguments["model"])
    if kind == "baseline":
        return oracle.baseline([get(number) for number in arguments["docs"]], arguments["model"])
    return oracle.problems_of(arguments["text"])


def labels(kind, answer):
    """What to count of an answer."""
    if isinstance(answer, tuple):
        yield f"{kind}: {answer[0]}"
        if answer[0] == "refused":
            yield from {f"{kind}: refused, {entry[0]}" for entry in answer[1]}
    elif kind == "version_of":
        yield f"{kind}: {'none' if answer is None else 'some'}"
    elif kind == "valid":
        yield f"{kind}: {'yes' if not answer else 'no'}"
        yield from {f"{kind}: no, {code}" for code in answer}
    else:
        yield f"{kind}: {answer.get('verdict') or answer}"
        yield from {f"{kind}: {entry[0]}" for entry in answer.get("findings", ())}
        if answer.get("return_path"):
            yield f"return path: {answer['return_path']['verdict']}"


def print_stats(count=20000, seed=1):
    """Generates, answers, and prints the distribution and the speed."""
    counts, times, spent = Counter(), Counter(), Counter()
    begin = time.perf_counter()
    for _, _, loaded, kind, arguments in generated(count, seed):
        start = time.perf_counter()
        answer = ask(kind, arguments, loaded)
        spent[kind] += time.perf_counter() - start
        times[kind] += 1
        counts.update(labels(kind, answer))
    total = time.perf_counter() - begin
    for label in sorted(counts):
        kind = label.partition(":")[0]
        share = f"{100 * counts[label] / times[kind]:6.2f} %" if kind in times else ""
        print(f"{counts[label]:8} {share:>9}  {label}")
    print()
    for kind, number in times.most_common():
        print(f"{number:8} {kind:10} {1e6 * spent[kind] / number:8.0f} us each")
    answering = sum(spent.values())
    print(f"{count / answering:8.0f} answers/s by the oracle alone; "
          f"{count / total:.0f} cases/s with generation")
