"""The pages of `docs/lints/` and the index in `docs/lint.md`, made from the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ..messages import OWN, say, told
from .rule import Rule

CODE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)


def page_of(rule: Rule, lang: str = OWN, example: Callable[[str], str] = str) -> str:
    """One rule's page in a language; example: puts a policy into its keywords."""
    if lang == OWN:
        return f"# `{rule.id}`\n\n{rule.page.strip()}\n\n## Severity and escape\n\n{_severity(rule)}\n"
    parts = [f"# `{rule.id}`", *(_block(block, lang, example) for block in blocks(rule)), told(SEVERITY_AND_ESCAPE, lang), _severity(rule, lang)]
    return "\n\n".join(parts) + "\n"


def blocks(rule: Rule) -> Iterator[str]:
    """The parts of a rule's own page: paragraphs, each in one line, and examples as they are."""
    for part in CODE.split(rule.page.strip()):
        if part.startswith("```"):
            yield part
        else:
            yield from (" ".join(paragraph.split()) for paragraph in part.split("\n\n") if paragraph.strip())


def prose(rule: Rule) -> Iterator[str]:
    """The paragraphs of a rule's own page, as templates for the catalogues."""
    return (_template(block) for block in blocks(rule) if not block.startswith("```"))


def _template(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _block(block: str, lang: str, example: Callable[[str], str]) -> str:
    head, _, rest = block.partition("\n")
    if head == "```yaml":
        return f"{head}\n{example(rest.removesuffix('```'))}```"
    return block if head.startswith("```") else told(say(_template(block)), lang)


def index_of(rules: Sequence[Rule]) -> str:
    """The table of all rules."""
    rows = "".join(f"| [`{rule.id}`](lints/{rule.id}.md) [中文](lints/zh/{rule.id}.md) | {rule.severity} | {_asked(rule)} | {rule.title} |\n" for rule in rules)
    return f"| rule | severity | asked | what it finds |\n|---|---|---|---|\n{rows}"


def _asked(rule: Rule) -> str:
    if rule.in_run is not None:
        return "of a run"
    with_ = [f"with `--{option}`" for option in rule.needs] + [f"more with `--{option}`" for option in rule.better]
    return ", ".join([*with_, *(("by `check` too",) if rule.checked else ())]) or "always"


SEVERITY_AND_ESCAPE = say("## Severity and escape")
REASON = say("the reason, in words")
SEVERITIES = {"error": say("Error."), "warning": say("Warning."), "note": say("Note.")}


def _severity(rule: Rule, lang: str = OWN) -> str:
    escape, example = say("On the line that is named, or in a comment right above it:"), f"\n\n```text\n# allow {rule.id}: {told(REASON, lang)}\n```"
    if rule.in_run is not None:
        escape, example = say("It is about a run and no line of a policy, so there is nothing to escape."), ""
    elif rule.find is None or rule.severity == "error":
        escape, example = say("It cannot be escaped."), ""
    return f"{told(SEVERITIES[rule.severity], lang)}{' ' if lang == OWN else ''}{told(escape, lang)}{example}"
