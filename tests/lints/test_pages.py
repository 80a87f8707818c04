"""Every rule's page: it is what stands in docs/lints, and its example is found where the mended one is clean."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import partial
from pathlib import Path

import pytest

from escalate import lints
from escalate.commands.lint import in_keywords
from escalate.lints.lint import lint_run
from escalate.lints.pages import CODE, index_of, page_of
from escalate.lints.rule import SEVERITIES
from escalate.lints.rules import BY_ID, RULES
from escalate.messages import LANGUAGES

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
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_its_module(rule, lang, request):
    """docs/lints/<id>.md and, in Chinese, docs/lints/zh/<id>.md, to the byte; `--update-golden` writes it."""
    page = DOCS / "lints" / ("" if lang == "en" else lang) / f"{rule.id}.md"
    shown = page_of(rule, lang, partial(in_keywords, lang))
    if request.config.getoption("--update-golden"):
        page.write_text(shown, encoding="utf-8")

    assert shown == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_chinese_page_is_chinese(rule):
    """Every paragraph, and the keywords of its examples, which say the same: the one is found and the other is clean."""
    page = page_of(rule, "zh", partial(in_keywords, "zh"))
    prose = [block for block in CODE.split(page.partition("\n\n")[2]) if not block.startswith("```")]
    bad, good = re.findall(r"```(?:yaml|jsonl?)\n(.*?)```", page, re.DOTALL)

    assert all(re.search("[\u4e00-\u9fff]", paragraph) for block in prose for paragraph in block.split("\n\n") if paragraph.strip())
    assert [rule.id] == found(rule, bad) and [] == found(rule, good)
    assert rule.in_run is not None or good.startswith("制度:")


def test_the_index_lists_every_rule(request):
    """Between two comments of docs/lint.md; no page is left of a rule that is gone."""
    page = INDEX.read_text(encoding="utf-8")
    head, _, rest = page.partition("<!-- rules -->\n")
    shown, _, tail = rest.partition("<!-- /rules -->")
    if request.config.getoption("--update-golden"):
        shown = index_of(RULES)
        INDEX.write_text(f"{head}<!-- rules -->\n{shown}<!-- /rules -->{tail}", encoding="utf-8")

    assert index_of(RULES) == shown
    for pages in ("lints", "lints/zh"):
        assert sorted(BY_ID) == sorted(path.stem for path in (DOCS / pages).glob("*.md"))


def test_every_module_with_a_rule_is_listed():
    """Under its own name, with a severity."""
    modules = [importlib.import_module(f"escalate.lints.{one.name}") for one in pkgutil.iter_modules(lints.__path__)]
    rules = {module.__name__.rpartition(".")[2].replace("_", "-"): module.RULE for module in modules if hasattr(module, "RULE")}

    assert {name: rule.id for name, rule in rules.items()} == {rule.id: rule.id for rule in RULES}
    assert {rule.severity for rule in RULES} <= set(SEVERITIES)
