"""Cases as JUnit XML, which CI servers read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from ..messages import OWN, say, told
from ..source import Problem, render
from .result import Result
from .telling import text

# Signs that XML 1.0 cannot hold.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(played: Sequence[Result]) -> str:
    """A suite for each spec file, and in it each case with what is not as expected."""
    root = _root(len(played), sum(not one.found.passed for one in played), 0)
    for path, some in groupby(played, key=lambda one: one.path):
        cases = list(some)
        suite = _suite(root, path, len(cases), sum(not one.found.passed for one in cases), 0)
        for one in cases:
            test = ET.SubElement(suite, "testcase", {**_named(one.title, path), "line": str(one.line)})
            found, case = one.found, one.case
            if case is not None and not found.passed:
                missing, unexpected = found.counts
                counts = say("{missing} did not come, {unexpected} came unexpected", missing=missing, unexpected=unexpected)
                _said(test, "failure", told(counts, found.lang), text(case, found))
    return _written(root)


def junit_refused(problems: Sequence[Problem], lang: str = OWN) -> str:
    """The problems of files that cannot be read, an error each, in a language."""
    root = _root(len(problems), 0, len(problems))
    for path, some in groupby(problems, key=lambda problem: problem.place[0]):
        listed = list(some)
        suite = _suite(root, path or "escalate test", len(listed), 0, len(listed))
        for problem in listed:
            test = ET.SubElement(suite, "testcase", _named(f"{problem.span or problem.kind}", path or "escalate test"))
            _said(test, "error", told(problem.message, lang), render(problem, lang))
    return _written(root)


def _root(tests: int, failures: int, errors: int) -> ET.Element:
    return ET.Element("testsuites", {"name": "escalate test", "tests": str(tests), "failures": str(failures), "errors": str(errors)})


def _suite(root: ET.Element, name: str, tests: int, failures: int, errors: int) -> ET.Element:
    counts = {"tests": str(tests), "failures": str(failures), "errors": str(errors), "skipped": "0"}
    return ET.SubElement(root, "testsuite", {"name": _fit(name), **counts})


def _named(title: str, path: str) -> dict[str, str]:
    """A case by its name; servers take the class for its folder, parted by points."""
    parts = [part for part in re.split(r"[/\\]", path.removesuffix(".spec.yaml")) if part.strip(".")]
    return {"name": _fit(title), "classname": _fit(".".join(parts)), "file": _fit(path)}


def _said(test: ET.Element, word: str, message: str, body: str) -> None:
    ET.SubElement(test, word, {"message": _fit(message), "type": word}).text = _fit(body)


def _fit(said: str) -> str:
    return _UNFIT.sub("?", said)


def _written(root: ET.Element) -> str:
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
