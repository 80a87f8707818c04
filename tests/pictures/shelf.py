"""Every policy below policies/, loaded once; and a small one of which a test says a part."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from escalate import load_policy
from escalate.policy import Policy
from escalate.source import Source

ROOT = Path(__file__).parents[2]
PATHS = sorted(path for path in (ROOT / "policies").rglob("*.yaml") if not path.name.endswith(".spec.yaml"))
HEAD = """\
policy: hill
title: {zh: 山坡小学, en: Hill school}
extends: standard.yaml
lang: zh
roles:
  teacher:   {title: {zh: 班主任, en: Teacher}, of: class}
  principal: {title: {zh: 校长, en: Principal}, of: school}
"""


@cache
def loaded(path: Path) -> Policy:
    """A shipped policy."""
    return load_policy(path)


def policy_of(text: str) -> Policy:
    """A small policy with the sections of a text."""
    return load_policy(Source("hill.yaml", HEAD + text))


def asking(item: str, more: str = "", stage: str = "when: days_away >= 1") -> Policy:
    """One that asks for one item."""
    return policy_of(f"{more}\nladders:\n  a:\n    stages:\n      s:\n        {stage}\n        do:\n          x: {{{item}}}\n    ends: {{when: days_back >= 1}}\n")
