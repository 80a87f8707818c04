"""Golden cases: `<fault>.bad.yaml` and the whole text that an author sees, `<fault>.expected`.

The file name is the fault; `pytest tests/test_cases.py --update-golden` rewrites what is expected.
"""

import ast
import re
from pathlib import Path

import pytest

from escalate.load import check_policy, check_versions
from escalate.parse import read_source
from escalate.source import Source, render

CASES = Path(__file__).parent / "cases"
SOURCES = Path(__file__).parents[1] / "src" / "escalate"
# Where the problems of a policy's text are made.
EMITTERS = [
    *(SOURCES / f"{name}.py" for name in ("parse", "load", "check", "scan")),
    *(path for wing in ("slips", "grammar", "loading", "checking") for path in sorted((SOURCES / wing).glob("*.py"))),
]
# Made by name: which part of a condition is unknown.
UNKNOWN_OF_CONDITIONS = {
    f"unknown-{kind}"
    for kind in ("measure", "flag", "attribute", "status", "stage", "item", "ladder", "target", "name")
}
# Shown by its own test: a case of a megabyte would help nobody.
NOT_HERE = {"too-large"}


KIND = re.compile("[a-z0-9-]+")
ONE_WORD = {"anchor", "indentation", "syntax", "tab", "tag"}


def faults():
    return sorted(path.name.removesuffix(".bad.yaml") for path in CASES.glob("*.bad.yaml"))


def screen(fault, lang="en"):
    """Everything that is said of a case, in a language."""
    source, problems = read_source(f"{fault}.bad.yaml")
    if source is not None:
        policy, found = check_policy(source)
        problems = [*problems, *found]
        other, _ = read_source(f"{fault}.other.yaml") if Path(f"{fault}.other.yaml").exists() else (None, [])
        if policy is not None and other is not None:
            older, _ = check_policy(other)
            assert older is not None
            problems += check_versions([policy, older])
    return "".join(f"{render(problem, lang)}\n" for problem in problems)


@pytest.mark.parametrize("fault", faults())
def test_a_fault_is_shown_with_its_place_and_help(fault, monkeypatch, request):
    """The whole text of a fault is as expected, and it names the fault."""
    monkeypatch.chdir(CASES)
    expected = CASES / f"{fault}.expected"
    shown = screen(fault)
    if request.config.getoption("--update-golden"):
        expected.write_text(shown, encoding="utf-8")

    assert expected.read_text(encoding="utf-8") == shown
    assert any(f"[{kind}]" in shown for kind in _prefixes(fault))


# Kinds whose help shows the whole line mended, and what a mended line may not lead to.
MENDED = ("full-width", "unquoted-value", "missing-space", "missing-comma", "no-colon", "cut-by-comment", "closes-nothing", "unknown-key")
UNREADABLE = (*MENDED[:-1], "not-yaml", "indentation", "never-closed")
SHOWN = re.compile(r"write `(.+)`(?:;|$)|:\n(\S.*)$", re.MULTILINE)


def mended():
    """Every fault with a line of it as its help shows it mended, and the problem that this solves."""
    for fault in faults():
        source, _ = read_source(CASES / f"{fault}.bad.yaml")
        for problem in check_policy(source)[1] if source is not None else ():
            for found in SHOWN.finditer(problem.help if problem.kind in MENDED else ""):
                line = found[1] or found[2]
                if not line.endswith(": ...") and ":" in line:
                    yield pytest.param(source, problem, line, id=f"{fault}-{line}")


@pytest.mark.parametrize(("source", "problem", "line"), list(mended()))
def test_a_line_shown_mended_can_be_pasted(source, problem, line):
    """It is read, and the problem is gone."""
    number = problem.span.line
    before = source.line(number)
    indented = before[: len(before) - len(before.lstrip(" "))] + line
    pasted = "\n".join([*source.lines[: number - 1], indented, *source.lines[number:]])
    found = check_policy(Source("p.yaml", f"{pasted}\n"))[1]
    left = [one for one in found if one.span.line == number and (one.kind in UNREADABLE or one.message == problem.message)]

    assert "" == "\n".join(map(render, left))


def test_every_kind_of_problem_has_a_case():
    """No kind is emitted that no case shows."""
    shown = "".join(path.read_text(encoding="utf-8") for path in CASES.glob("*.expected"))

    assert [] == sorted(kind for kind in kinds_emitted() - NOT_HERE if f"[{kind}]" not in shown)


def test_every_case_has_its_expectation():
    """No expectation is left over from a case that is gone."""
    assert faults() == sorted(path.stem for path in CASES.glob("*.expected"))


def _prefixes(fault):
    words = fault.split("-")
    return ["-".join(words[:n]) for n in range(1, len(words) + 1)]


def kinds_emitted():
    """Every kind that the code names where it makes a problem."""
    found = set(UNKNOWN_OF_CONDITIONS)
    for path in EMITTERS:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _name(call.func) in ("Problem", "Mistake", "wrong", "stop", "unknown", "reads_facts"):
                found |= _kinds(call)
    return found


def _name(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _kinds(call):
    texts = {node.value for argument in call.args[:3] for node in _choices(argument) if isinstance(node.value, str)}
    return {text for text in texts if KIND.fullmatch(text) and ("-" in text or text in ONE_WORD)}


def _choices(node):
    if isinstance(node, ast.IfExp):
        return [*_choices(node.body), *_choices(node.orelse)]
    return [node] if isinstance(node, ast.Constant) else []


# --- in Chinese -------------------------------------------------------------------------------------


IN_CHINESE = CASES / "in_chinese.txt"


def test_every_fault_is_shown_in_chinese(monkeypatch, request):
    """What a school reads of every fault, in one file: its kinds and places are those of the English text."""
    monkeypatch.chdir(CASES)
    shown = "\n".join(f"== {fault}\n{screen(fault, 'zh')}" for fault in faults())
    if request.config.getoption("--update-golden"):
        IN_CHINESE.write_text(shown, encoding="utf-8")

    assert IN_CHINESE.read_text(encoding="utf-8") == shown
    for fault, text in zip(faults(), shown.split("\n== "), strict=True):
        english = (CASES / f"{fault}.expected").read_text(encoding="utf-8")
        assert re.findall(r"\[[a-z0-9-]+\]$", english, re.MULTILINE) == re.findall(r"\[[a-z0-9-]+\]$", text, re.MULTILINE)
