"""The pages of `docs/lints/` and the index in `docs/lint.md`, made from the rules."""

from __future__ import annotations

from collections.abc import Sequence

from .rule import Rule


def page_of(rule: Rule) -> str:
    """One rule's page."""
    return f"# `{rule.id}`\n\n{rule.page.strip()}\n\n## Severity and escape\n\n{_severity(rule)}\n"


def index_of(rules: Sequence[Rule]) -> str:
    """The table of all rules."""
    rows = "".join(f"| [`{rule.id}`](lints/{rule.id}.md) | {rule.severity} | {_asked(rule)} | {rule.title} |\n" for rule in rules)
    return f"| rule | severity | asked | what it finds |\n|---|---|---|---|\n{rows}"


def _asked(rule: Rule) -> str:
    if rule.in_run is not None:
        return "of a run"
    with_ = [f"with `--{option}`" for option in rule.needs] + [f"more with `--{option}`" for option in rule.better]
    return ", ".join([*with_, *(("by `check` too",) if rule.checked else ())]) or "always"


def _severity(rule: Rule) -> str:
    said = f"{rule.severity.capitalize()}."
    if rule.in_run is not None:
        return f"{said} It is about a run and no line of a policy, so there is nothing to escape."
    if rule.find is None or rule.severity == "error":
        return f"{said} It cannot be escaped."
    return f"{said} On the line that is named, or in a comment right above it:\n\n```text\n# allow {rule.id}: the reason, in words\n```"
