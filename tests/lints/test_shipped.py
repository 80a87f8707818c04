"""The policies that come with escalate, and those of the examples: what is found in them is mended, or escaped with a reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from escalate.lints.lint import Linted, Text, lint
from escalate.lints.rule import Given
from escalate.load import check_policy
from escalate.parse import read_source
from escalate.readers import parse_calendar
from escalate.source import Source, render

ROOT = Path(__file__).parents[2]
WRITTEN = {"out", "data"}  # what a run of an example left there
NOT_POLICIES = (".spec.yaml", "uncomputed.yaml")
YEAR = """\
calendar: a-year
timezone: Asia/Shanghai
sessions: {1: "08:00-08:45", 2: "09:00-09:45", 3: "10:00-10:45", 4: "11:00-11:45", 5: "14:00-14:45", 6: "15:00-15:45", 7: "16:00-16:45"}
terms: {autumn: {from: 2025-09-01, to: 2026-01-23}, spring: {from: 2026-03-02, to: 2026-07-10}}
years: {2025: [autumn, spring]}
covers: {from: 2025-08-25, to: 2026-08-31}
"""


@cache
def texts() -> tuple[Text, ...]:
    paths = [path for top in ("policies", "examples") for path in sorted((ROOT / top).rglob("*.yaml")) if not path.name.endswith(NOT_POLICIES) and not WRITTEN & set(path.parts)]
    sources = [source for path in paths for source in [read_source(path)[0]] if source is not None]
    return tuple(Text(source, *check_policy(source)) for source in sources if "\npolicy:" in f"\n{source.text}" or "\nladders:" in f"\n{source.text}")


@cache
def shipped() -> Linted:
    return lint(texts(), Given(parse_calendar(Source("calendar.yaml", YEAR))[0]))


def test_there_are_policies():
    """Every folder's."""
    assert {path.parent for path in (ROOT / "policies").rglob("policy.yaml")} <= {Path(text.source.path).parent for text in texts()}


def test_what_is_found_is_mended_or_escaped():
    """With an ordinary calendar, down to the notes."""
    assert [] == [render(problem) for problem in shipped().problems]


def test_escapes_give_a_reason_in_words():
    """Each is longer than a nod."""
    assert [] == [str(escape.span) for _, escape in shipped().escaped if len(escape.reason) < 8]
