#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The searches of diff and lint against z3, on models too large to try every configuration.

    diff_z3.py [MODELS] [SEED]

z3 is asked for each new constraint whether it forbids what was allowed, for each constraint whether
it bites and holds, and for each value whether a configuration has it. What the library decides has
to be what z3 says; what it leaves undecided is counted, and has to be little."""

import sys
from random import Random

import gi
import z3

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

MODEL = "a.b/c"
WORDS = ["a", "b", "c", "d"]


class Problem:
    """A model with params of few values and constraints that its init values satisfy."""

    def __init__(self, rng):
        self.rng = rng
        self.domains = [rng.choice([[0, 1], [0, 1], list(range(rng.randint(3, 8))), WORDS])
                        for _ in range(rng.randint(12, 30))]
        self.init = [rng.choice(domain) for domain in self.domains]
        # near the density at which few configurations are left
        count = int(len(self.domains) * rng.uniform(0.3, 2.5))
        self.constraints = [self.constraint() for _ in range(count)]

    def conjunction(self, most):
        params = self.rng.sample(range(len(self.domains)), self.rng.randint(1, most))
        return {param: self.rng.sample(self.domains[param], self.rng.randint(
            1, max(1, len(self.domains[param]) - 1))) for param in params}

    def constraint(self):
        while True:
            made = (self.conjunction(3), None) if self.rng.random() < 0.4 else (
                self.conjunction(2), self.conjunction(2))
            if holds(made, self.init):
                return made

    def changed(self):
        """The same with some constraints gone, tightened or new"""
        other = object.__new__(Problem)
        other.__dict__.update(self.__dict__)
        other.constraints = [one for one in self.constraints if self.rng.random() < 0.9]
        other.constraints += [self.constraint() for _ in range(self.rng.randint(0, 4))]
        return other

    def document(self):
        params = {f"p{number}": self.param(number) for number in range(len(self.domains))}
        constraints = []
        for when, then in self.constraints:
            if then is None:
                constraints.append({"forbid": self.part(when)})
            else:
                constraints.append({"if": self.part(when), "then": self.part(then)})
        return {"models": {MODEL: {"params": params, "constraints": constraints}}}

    def param(self, number):
        domain = self.domains[number]
        kind = {2: "bool", 4: "str"}.get(len(domain), "int") if domain in ([0, 1], WORDS) else "int"
        return {"type": kind, "allowed_values": [self.value(number, value) for value in domain],
                "init_value": self.value(number, self.init[number])}

    def value(self, number, value):
        return bool(value) if self.domains[number] == [0, 1] else value

    def part(self, conjunction):
        return {f"p{number}": [self.value(number, value) for value in values]
                for number, values in conjunction.items()}

    # --- As formulas ---

    def variables(self):
        return [z3.Int(f"p{number}") for number in range(len(self.domains))]

    def is_in(self, variables, number, values):
        return z3.Or([variables[number] == self.domains[number].index(value) for value in values])

    def conjunct(self, variables, conjunction):
        return z3.And([self.is_in(variables, number, values)
                       for number, values in conjunction.items()])

    def formula(self, variables, constraint):
        when, then = constraint
        if then is None:
            return z3.Not(self.conjunct(variables, when))
        return z3.Implies(self.conjunct(variables, when), self.conjunct(variables, then))

    def solver(self, constraints):
        variables, solver = self.variables(), z3.Solver()
        for variable, domain in zip(variables, self.domains):
            solver.add(variable >= 0, variable < len(domain))
        for constraint in constraints:
            solver.add(self.formula(variables, constraint))
        return variables, solver


def holds(constraint, config):
    def all_of(conjunction):
        return all(config[number] in values for number, values in conjunction.items())
    when, then = constraint
    return not all_of(when) or (then is not None and all_of(then))


def is_possible(solver, formula):
    return solver.check(formula) == z3.sat


def expected_diff(old, new):
    """Positions of new constraints that forbid what was allowed"""
    variables, solver = old.solver(old.constraints)
    return {position for position, constraint in enumerate(new.constraints)
            if is_possible(solver, z3.Not(old.formula(variables, constraint)))}


def expected_lint(problem):
    found, active = set(), list(range(len(problem.constraints)))
    for position, constraint in enumerate(problem.constraints):
        others = [problem.constraints[other] for other in active if other != position]
        variables, solver = problem.solver(others)
        if not is_possible(solver, z3.Not(problem.formula(variables, constraint))):
            found.add(("constraint-never-bites", f"constraints/{position}"))
            active.remove(position)
            continue
        when, then = constraint
        if then is not None and not is_possible(solver, z3.And(
                problem.conjunct(variables, when), problem.conjunct(variables, then))):
            found.add(("constraint-never-holds", f"constraints/{position}"))
    variables, solver = problem.solver(problem.constraints)
    named = set().union(*[set(when) | set(then or ()) for when, then in problem.constraints])
    for number in sorted(named):
        if not all(is_possible(solver, problem.is_in(variables, number, [value]))
                   for value in problem.domains[number]):
            found.add(("value-never-possible", f"params/p{number}"))
    return found


def place(finding):
    return "/".join(finding["pointer"].split("/")[3:])


def main(models=60, seed=1):
    wrong = undecided = asked = 0
    seen = set()
    for number in range(int(models)):
        old = Problem(Random(f"z3 {seed} {number}"))
        new = old.changed()
        documents = [Migdesc.Descriptor.from_dict(side.document()) for side in (old, new)]

        findings = Migdesc.diff(*documents).to_dict()["findings"]
        open_places = {place(finding) for finding in findings
                       if finding["code"] == "search-too-long"}
        said = {place(finding) for finding in findings
                if finding["code"] == "constraint-tightened"}
        expected = {f"constraints/{position}" for position in expected_diff(old, new)}
        if said - expected or (expected - said) - open_places:
            wrong += 1
            print("diff differs", seed, number, sorted(said ^ expected), sorted(open_places))
        seen |= {"constraint-tightened"} if said else set()
        undecided += len(open_places)

        findings = Migdesc.lint(documents[0]).to_dict()["findings"]
        open_places = {place(finding) for finding in findings
                       if finding["code"] == "search-too-long"}
        said = {(finding["code"], place(finding)) for finding in findings
                if finding["code"] != "search-too-long"}
        expected = expected_lint(old)
        # a constraint that is undecided stays, so that others may seem to bite less
        if (said != expected) if not open_places else (said - expected):
            wrong += 1
            print("lint differs", seed, number, sorted(said ^ expected), sorted(open_places))
        seen |= {code for code, _ in said}
        undecided += len(open_places)
        asked += len(old.constraints) + len(new.constraints) + len(old.domains)
    missing = {"constraint-tightened", "constraint-never-bites", "constraint-never-holds",
               "value-never-possible"} - seen
    print(f"{models} models, {asked} questions, {undecided} undecided, {wrong} wrong; "
          f"never seen: {sorted(missing)}")
    return 1 if wrong or missing or undecided > asked / 20 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
