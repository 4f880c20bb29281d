# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which hosts can take a device, why the others can't, and what would help."""

from dataclasses import dataclass

from gi.repository import Migdesc

from .failure import Failure
from .hosts import Backend, ask_all


@dataclass(frozen=True)
class Answer:
    """What a backend of a host says to a device."""

    backend: Backend
    params: str
    report: Migdesc.Report | None = None
    plan: Migdesc.Plan | None = None

    @property
    def host(self):
        return self.backend.host

    @property
    def is_yes(self):
        return self.plan is not None

    @property
    def lines(self):
        """The answer and its reasons, for people."""
        if self.is_yes:
            yield f"{self.host}: yes, with {self.backend.name}"
        elif self.report is None:
            yield f"{self.host}: can't be asked: {self.backend.problem}"
        else:
            yield f"{self.host}: {self._no}, with {self.backend.name}"
            for finding in self.report:
                yield f"  {finding.code}: {finding.message}"
                if finding.remedy:
                    yield f"    {finding.remedy}"

    @property
    def _no(self):
        return "no" if self.report.verdict == "incompatible" else self.report.verdict

    def settings(self, style):
        """The arguments that make the backend the device."""
        return tuple(_argv(self.plan, style))


def _argv(plan, style):
    known, value = Migdesc.plan_style_from_string(style)
    if not known:
        raise Failure(f"{style}: there is no such style of arguments")
    try:
        return plan.to_argv(value)
    except Migdesc.Failure as failure:
        raise Failure(str(failure)) from None


# What a device that is new may be all the same.
ONLY_FOR_MIGRATION = {"unmigratable", "direction-not-tested"}


def ask(hosts, params, source=None, seconds=5, is_new=False):
    """The answers of all backends, in the order of the hosts.

    `source` is the descriptor of the backend that the device is in now; one that `is_new` is in
    none, and need not be one that can be migrated.
    """
    return [_answer(backend, params, source, is_new) for backend in ask_all(hosts, seconds)]


def _answer(backend, params, source, is_new):
    if backend.descriptor is None:
        return Answer(backend, params)
    try:
        report = backend.descriptor.check(params, source=source)
        made = report or is_new and {finding.code for finding in report} <= ONLY_FOR_MIGRATION
        plan = backend.descriptor.plan(params, force=is_new) if made else None
    except Migdesc.Failure as failure:
        raise Failure(f"{params}: {failure}") from None
    return Answer(backend, params, report, plan)


def choose(answers, besides=(), host=None):
    """The first that says yes; the host, when one is named."""
    for answer in answers:
        if answer.is_yes and answer.host not in besides and host in (None, answer.host):
            return answer
    asked = [answer for answer in answers if host in (None, answer.host)]
    if not asked:
        raise Failure(f"{host}: there is no such host")
    reasons = "\n".join(line for answer in asked if answer.host not in besides
                        for line in answer.lines)
    raise Failure(f"no host can take {answers[0].params}" + (f"\n{reasons}" if reasons else ""))


def check_again(answer, seconds):
    """A device is made only of what was checked; and programs are replaced at any time."""
    now = answer.backend.asked(seconds)
    if now.descriptor is None:
        raise Failure(f"{answer.host}: can't be asked: {now.problem}")
    if now.descriptor.digest != answer.backend.descriptor.digest:
        raise Failure(f"{answer.host}: what {answer.backend.name} says of itself has changed since "
                      "it was checked")


def check_made(answer, status):
    """Is the device that was started the one that was planned?"""
    plan, model = answer.plan, status.get("model")
    if model != plan.model:
        raise Failure(f"{answer.host}: {answer.backend.name} is a {model}, not a {plan.model}")
    try:
        made = dict(answer.backend.descriptor.plan(status["params"], force=True))
    except (Migdesc.Failure, KeyError, TypeError) as failure:
        raise Failure(f"{answer.host}: {answer.backend.name} says that its parameters are "
                      f"{status.get('params')}: {failure}") from None
    for name, value in plan.items():
        if made.get(name) != value:
            raise Failure(f"{answer.host}: {answer.backend.name} was started with {name}={value} "
                          f"and says {name}={made.get(name)}")
