"""Every rule's page: it is what stands in docs/lints, and its example is found where the mended one is clean."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

from escalate import lints
from escalate.lints.lint import lint_run
from escalate.lints.pages import index_of, page_of
from escalate.lints.rule import SEVERITIES
from escalate.lints.rules import BY_ID, RULES

from .world import examples, kinds, run_of

DOCS = Path(__file__).parents[2] / "docs"
INDEX = DOCS / "lint.md"


def found(rule, text):
    """The ids of what is found in a page's example."""
    return [problem.kind for problem in lint_run(run_of(text))] if rule.in_run is not None else kinds(text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_example_is_found_and_the_mended_one_is_clean(rule):
    """Of this rule and, mended, of every rule; what nobody holds in docs/files.md is not meant."""
    bad, good = examples(rule)

    assert [rule.id] == found(rule, bad)
    assert [] == found(rule, good)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_is_its_module(rule, request):
    """docs/lints/<id>.md, to the byte; `--update-golden` writes it."""
    page = DOCS / "lints" / f"{rule.id}.md"
    if request.config.getoption("--update-golden"):
        page.write_text(page_of(rule), encoding="utf-8")

    assert page_of(rule) == page.read_text(encoding="utf-8")


def test_the_index_lists_every_rule(request):
    """Between two comments of docs/lint.md; no page is left of a rule that is gone."""
    page = INDEX.read_text(encoding="utf-8")
    head, _, rest = page.partition("<!-- rules -->\n")
    shown, _, tail = rest.partition("<!-- /rules -->")
    if request.config.getoption("--update-golden"):
        shown = index_of(RULES)
        INDEX.write_text(f"{head}<!-- rules -->\n{shown}<!-- /rules -->{tail}", encoding="utf-8")

    assert index_of(RULES) == shown
    assert sorted(BY_ID) == sorted(path.stem for path in (DOCS / "lints").glob("*.md"))


def test_every_module_with_a_rule_is_listed():
    """Under its own name, with a severity."""
    modules = [importlib.import_module(f"escalate.lints.{one.name}") for one in pkgutil.iter_modules(lints.__path__)]
    rules = {module.__name__.rpartition(".")[2].replace("_", "-"): module.RULE for module in modules if hasattr(module, "RULE")}

    assert {name: rule.id for name, rule in rules.items()} == {rule.id: rule.id for rule in RULES}
    assert {rule.severity for rule in RULES} <= set(SEVERITIES)
