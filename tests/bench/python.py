#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What questions cost from Python, next to the same from C; a check may take a microsecond more.

    python.py BENCH_OPS

In seven rounds that take turns, in nanoseconds of processor time; lists that are asked in one call
count one by one.
"""

import statistics
import subprocess
import sys
import time

import gi

gi.require_version("Migdesc", "1.0")

from gi.repository import GLib, Migdesc

ROUNDS = 7
TURNS = 5000
BATCH = 100
MOST_OVER_C = 1000


def output(program: str, *arguments) -> str:
    command = [program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def in_c(program: str, name: str):
    return lambda: float(output(program, "--time", 20 * TURNS, name))


def in_python(function, *arguments, each: int = 1):
    def measure() -> float:
        turns = TURNS // each
        start = time.process_time_ns()
        for _ in range(turns):
            function(*arguments)
        return (time.process_time_ns() - start) / turns / each
    return measure


def make_questions(program: str):
    """Names and how to measure: each from C, and then the same from Python."""
    *document, text = output(program, "--print").splitlines()
    descriptor = Migdesc.Descriptor.from_string("\n".join(document))
    model = descriptor[next(iter(descriptor))]
    params = Migdesc.ParamList(text)
    bound = model.bind(params)
    assert descriptor.check(text) and bound and descriptor.check_all([text]) == ["compatible"]
    lists = [text] * BATCH
    return {
        "check of a text, report, from C": in_c(program, "check-report"),
        "check of a text, report, from Python": in_python(descriptor.check, text),
        "check of a list, report, from C": in_c(program, "check"),
        "check of a list, report, from Python": in_python(descriptor.check, params),
        "bound verdict, from C": in_c(program, "verdict"),
        "bound verdict, from Python": in_python(bool, bound),
        "verdict of a text, from C": in_c(program, "check-text"),
        "verdict of a text in a batch, from Python":
            in_python(descriptor.check_all, lists, each=BATCH),
    }


def main() -> int:
    questions = make_questions(sys.argv[1])
    rounds = {name: [] for name in questions}
    for _ in range(ROUNDS):
        for name, measure in questions.items():
            rounds[name].append(measure())

    medians = {name: statistics.median(times) for name, times in rounds.items()}
    names = list(medians)
    good = True
    for c_name, python_name in zip(names[::2], names[1::2]):
        over = medians[python_name] - medians[c_name]
        good &= over <= MOST_OVER_C
        print(f"  {python_name:44} {medians[python_name]:6.0f} ns, {over:5.0f} over C;"
              f" at most {MOST_OVER_C}")
    measure = in_python(GLib.get_user_name)
    print("  for comparison, GLib.get_user_name, from Python"
          f" {statistics.median(measure() for _ in range(ROUNDS)):.0f} ns")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
