# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the differential runner asks, put to the library, to its command, or to the oracle itself.

Documents come as JSON text, lists as their text form, values go out as Python's bool, int and str.
A question that cannot be answered (a GError, exit status 2 or 3) is raised as Unanswered; "no" is
an answer."""

import json
import subprocess
import tempfile
from pathlib import Path

import oracle
from oracle_compare import classes_of, try_all
from oracle_document import value_of_text


class Unanswered(Exception):
    """The library could not answer: a malformed list, or a model that has to be named."""


FIELDS = ("code", "severity", "param", "source", "accepted", "pointer")


def findings_of(answer):
    """The findings of an answer's JSON."""
    return [tuple(entry.get(field) for field in FIELDS) for entry in answer.get("findings", [])]


class LibraryAdapter:
    """The questions.  Shapes:

    findings: [(code, severity, param, source value, accepted set as in allowed_values, pointer)],
              None for what is absent
    report:   {"verdict": text, "findings": findings}
    """

    CANNOT = frozenset()  # kinds of questions that the adapter has no way to ask

    def expand(self, doc, model, version, overrides):
        """overrides: [(name, text)].  -> ("ok", {param: value}) or ("refused", findings)"""
        raise NotImplementedError

    def list(self, doc, model, version, overrides):
        """-> ("ok", the complete list's text with the model in front) or ("refused", findings)"""
        raise NotImplementedError

    def short(self, doc, model, version, overrides):
        """-> ("ok", the short form's text) or ("refused", findings)"""
        raise NotImplementedError

    def version_of(self, doc, model, config):
        """config: {param: value}.  -> the name of the version that equals it, None, or "refused" if
        it cannot be created"""
        raise NotImplementedError

    def check(self, list_text, dest_doc, source_doc=None, return_path=False, only=None):
        """-> report, with "return_path": report if asked for"""
        raise NotImplementedError

    def compare(self, source_doc, dest_doc, model):
        """-> {"verdict", "agreeing": {"params": {name: allowed_values form}, "constraints"}}"""
        raise NotImplementedError

    def plan(self, list_text, dest_doc, style, force=False):
        """-> report with "lines": [text], None where nothing is printed, or "plan-unsafe-name\""""
        raise NotImplementedError

    def baseline(self, docs, model):
        """-> {"verdict", "list": text or None, "without": [(verdict, list)], a host each}"""
        raise NotImplementedError

    def is_valid(self, doc):
        """-> whether the text is read as a native document"""
        raise NotImplementedError


def baseline_of(answer):
    """A baseline's JSON.  A host alone has no others."""
    hosts = answer["hosts"] if len(answer["hosts"]) > 1 else []
    return {"verdict": answer["verdict"], "list": answer.get("list"),
            "without": [(host["verdict_without"], host.get("list_without")) for host in hosts]}


def no_baseline(count):
    """Where no host has the model, the library has no answer: the others have none either."""
    return {"verdict": "incompatible", "list": None,
            "without": [("incompatible", None)] * (count if count > 1 else 0)}


class GiAdapter(LibraryAdapter):
    """The library in this process, through gi.repository.Migdesc."""

    def __init__(self):
        import gi
        gi.require_version("Migdesc", "1.0")
        from gi.repository import Migdesc
        self.migdesc = Migdesc
        self.error = gi.repository.GLib.Error
        self.read = {}

    def _descriptor(self, doc):
        """The same document is asked about again and again; a family is small."""
        if doc not in self.read:
            if len(self.read) > 64:
                self.read.clear()
            self.read[doc] = self.migdesc.Descriptor.from_string(doc)
        return self.read[doc]

    def _answer(self, question, *arguments, **options):
        try:
            return question(*arguments, **options)
        except self.migdesc.RefusedFailure:
            raise
        except self.error as failure:
            raise Unanswered(str(failure)) from None

    @staticmethod
    def _report(report):
        answer = report.to_dict()
        return {"verdict": answer["verdict"], "findings": findings_of(answer)}

    def _config(self, doc, model, version, overrides):
        """A configuration, or the problems of a refusal."""
        descriptor = self._descriptor(doc)
        if model is None and len(descriptor) != 1:
            raise Unanswered("several models")
        words = [f"{name}={text}" for name, text in overrides]
        params = self._answer(self.migdesc.ParamList.new_from_args, None, words)
        if version is not None and params.version is not None:
            raise Unanswered("two versions")
        if model is not None and model not in descriptor:
            return None, [("model-not-supported", "blocker", None, None, None, "/models")]
        try:
            return descriptor[model or next(iter(descriptor))].expand(params, version), None
        except self.migdesc.RefusedFailure as refused:
            return None, findings_of(refused.report.to_dict())

    def expand(self, doc, model, version, overrides):
        config, problems = self._config(doc, model, version, overrides)
        if config is None:
            return "refused", problems
        return "ok", dict(config) if len(config) or not config.version else {
            "version": config.version}

    def list(self, doc, model, version, overrides):
        config, problems = self._config(doc, model, version, overrides)
        return ("refused", problems) if config is None else ("ok", str(config.param_list))

    def short(self, doc, model, version, overrides):
        config, problems = self._config(doc, model, version, overrides)
        return ("refused", problems) if config is None else ("ok", str(config.short_param_list))

    def version_of(self, doc, model, config):
        known = self._descriptor(doc)[model]
        try:
            if known.version_only:
                return known.expand(version=config["version"]).version
            return known.expand(config).version
        except self.migdesc.RefusedFailure:
            # Only what can be created has a configuration here.
            return "refused"

    def check(self, list_text, dest_doc, source_doc=None, return_path=False, only=None):
        dest = self._descriptor(dest_doc)
        source = None if source_doc is None else self._descriptor(source_doc)
        params = self._answer(self.migdesc.ParamList, list_text)
        report = self._report(self._answer(dest.check, params, source, only))
        if return_path:
            report["return_path"] = self._report(
                self._answer(dest.check_return_path, params, source, only))
        return report

    def compare(self, source_doc, dest_doc, model):
        source, dest = self._descriptor(source_doc), self._descriptor(dest_doc)
        if model not in dest:
            return {"verdict": "incompatible"}
        answer = source[model].compare(dest[model])
        return {"verdict": answer.relation, "agreeing": answer.to_dict().get("agreeing")}

    def plan(self, list_text, dest_doc, style, force=False):
        params = self._answer(self.migdesc.ParamList, list_text)
        try:
            plan, report = self.migdesc.Descriptor.plan_with_report(
                self._descriptor(dest_doc), params, force)
        except self.migdesc.Failure as failure:
            raise Unanswered(str(failure)) from None
        try:
            lines = None if plan is None else plan.render(style)
        except self.migdesc.RefusedFailure as refused:
            lines = refused.nick
        return {**self._report(report), "lines": lines}

    def baseline(self, docs, model):
        hosts = [self._descriptor(doc) for doc in docs]
        try:
            answer = self._answer(self.migdesc.baseline, hosts, model)
        except Unanswered:
            if model is None:
                raise
            return no_baseline(len(docs))
        return baseline_of(answer.to_dict())

    def is_valid(self, doc):
        try:
            self.migdesc.Descriptor.from_string(doc)
        except self.migdesc.Failure:
            return False
        return True


class OracleAdapter(LibraryAdapter):
    """The oracle as the library, to test the runner: with a function broken it has to notice."""

    @staticmethod
    def _ask(question, *arguments):
        answer = question(*arguments)
        failed = answer[0] == "error" if isinstance(answer, tuple) else "error" in (answer or {})
        if failed:
            raise Unanswered(answer)
        return answer

    def expand(self, doc, model, version, overrides):
        return self._ask(oracle.expand, doc, model, version, overrides)

    def list(self, doc, model, version, overrides):
        return self._ask(oracle.list_line, doc, model, version, overrides)

    def short(self, doc, model, version, overrides):
        return self._ask(oracle.short_line, doc, model, version, overrides)

    def version_of(self, doc, model, config):
        return oracle.version_of_created(doc, model, config)

    def check(self, list_text, dest_doc, source_doc=None, return_path=False, only=None):
        return self._ask(oracle.check, list_text, dest_doc, source_doc, return_path, only)

    def compare(self, source_doc, dest_doc, model):
        answer = self._ask(oracle.compare, source_doc, dest_doc, model)
        if "agreeing" not in answer:
            return answer
        source, dest = (oracle.load(doc)[model] for doc in (source_doc, dest_doc))
        agreeing = {"params": answer["agreeing"]}
        if answer["verdict"] == "conditional":
            # each configuration that does not pass is a constraint of its own
            agreeing["constraints"] = [
                {"forbid": forbidden(source, dest, config)}
                for config, verdict in try_all(source, dest)
                if verdict != "compatible" and source.params]
        return {"verdict": answer["verdict"], "agreeing": agreeing}

    def plan(self, list_text, dest_doc, style, force=False):
        return self._ask(oracle.plan, list_text, dest_doc, style, force)

    def baseline(self, docs, model):
        return self._ask(oracle.baseline, docs, model)

    def is_valid(self, doc):
        return oracle.is_valid(doc)


def forbidden(source, dest, config):
    """The conditions of a tried configuration: what each of its values stands for."""
    return {name: dict(classes_of(source.params[name], (source, dest)))[value].to_json()
            for name, value in config.items()}


class CommandAdapter(LibraryAdapter):
    """The `migdesc` command, as the page on the command line describes it.  Slow: a process a
    question.  version_of has no verb."""

    CANNOT = {"version_of"}
    STATUS = {0: "compatible", 1: "incompatible", 5: "undecided"}

    def __init__(self, command="migdesc"):
        self.command = command
        self.folder = tempfile.TemporaryDirectory()
        self.count = 0

    def _file(self, text):
        self.count = (self.count + 1) % 8
        path = Path(self.folder.name) / f"{self.count}.json"
        path.write_text(text)
        return str(path)

    def _run(self, *arguments):
        done = subprocess.run([self.command, *arguments], capture_output=True, text=True,
                              timeout=30, check=False)
        if done.returncode in (2, 3, 4):
            raise Unanswered(done.stderr.strip())
        if done.returncode not in self.STATUS:
            raise RuntimeError(f"exit status {done.returncode}: {done.stderr.strip()}")
        return done.returncode, done.stdout

    @staticmethod
    def _report(result):
        report = {"verdict": result["verdict"], "findings": findings_of(result)}
        if "return_path" in result:
            report["return_path"] = CommandAdapter._report(result["return_path"])
        return report

    def _configured(self, verb, doc, model, version, overrides):
        options = [] if model is None else ["--model", model]
        options += [] if version is None else ["--version", version]
        words = [f"{name}={text}" for name, text in overrides]
        arguments = [*options, "--", self._file(doc), *words]
        status, out = self._run(*verb, *arguments)
        if status == 0:
            return "ok", out
        _, out = self._run(*verb, "--json", *arguments)
        answer = json.loads(out)
        if "error" in answer:
            return "refused", [("model-not-supported", "blocker", None, None, None, "/models")]
        return "refused", findings_of(answer)

    def expand(self, doc, model, version, overrides):
        answer = self._configured(["expand"], doc, model, version, overrides)
        if answer[0] != "ok":
            return answer
        chosen = oracle.load(doc)[model] if model else next(iter(oracle.load(doc).values()))
        pairs = [line.partition("=") for line in answer[1].splitlines()]
        return "ok", {name: value_of_text(chosen.seen[name].kind, text) for name, _, text in pairs}

    def list(self, doc, model, version, overrides):
        status, answer = self._configured(["list"], doc, model, version, overrides)
        return status, answer.removesuffix("\n") if status == "ok" else answer

    def short(self, doc, model, version, overrides):
        status, answer = self._configured(["list", "--short"], doc, model, version, overrides)
        return status, answer.removesuffix("\n") if status == "ok" else answer

    def check(self, list_text, dest_doc, source_doc=None, return_path=False, only=None):
        options = [] if source_doc is None else ["--source", self._file(source_doc)]
        options += ["--return-path"] if return_path else []
        options += ["--only", ",".join(only)] if only is not None else []
        status, out = self._run("check", "--json", *options, "--", list_text, self._file(dest_doc))
        report = self._report(json.loads(out)["results"][0])
        if report["verdict"] != self.STATUS[status]:
            raise RuntimeError(f"exit status {status} for {report['verdict']}")
        return report

    def compare(self, source_doc, dest_doc, model):
        _, out = self._run("compare", "--json", "--model", model, "--", self._file(source_doc),
                           self._file(dest_doc))
        answer = json.loads(out)
        return {"verdict": answer.get("relation", "incompatible"),
                "agreeing": answer.get("agreeing")}

    def plan(self, list_text, dest_doc, style, force=False):
        report = self.check(list_text, dest_doc)
        options = ["--style", style] + (["--force"] if force else [])
        _, out = self._run("plan", *options, "--", list_text, self._file(dest_doc))
        if report["verdict"] == "incompatible" and not force:
            out = ""  # "prints nothing and answers as check does"
        elif not out:
            _, answer = self._run("plan", "--json", *options, "--", list_text, self._file(dest_doc))
            if "error" in json.loads(answer):
                return {**report, "lines": json.loads(answer)["error"]["code"]}
        return {**report, "lines": out.splitlines() or None}

    def baseline(self, docs, model):
        _, out = self._run("baseline", "--json", "--model", model, "--",
                           *[self._file(doc) for doc in docs])
        answer = json.loads(out)
        return baseline_of(answer) if "hosts" in answer else no_baseline(len(docs))

    def is_valid(self, doc):
        try:
            return self._run("validate", "--", self._file(doc))[0] == 0
        except Unanswered:
            return False


ADAPTERS = {"gi": GiAdapter, "command": CommandAdapter, "oracle": OracleAdapter}
