"""Caveats name every kind of odd fact in words, in both languages."""

import re
from pathlib import Path

import pytest

from escalate.doubts import DOUBTS
from escalate.reports.caveats import Caveat
from escalate.subject import SAID

SOURCE = Path(__file__).parents[2] / "src" / "escalate"
KINDS = sorted({kind for path in SOURCE.glob("*.py") for kind in re.findall(r'Report\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))} | {*DOUBTS, *SAID})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_report_has_words(kind, lang):
    """The code of a program tells a teacher nothing; it stands behind the words, for whoever looks it up."""
    said = Caveat("reports", {"n": 3, "kind": kind}).say(lang)

    assert f"（{kind}）" in said if lang == "zh" else f"({kind})" in said
    assert len(said) > len(kind) + 15


def test_all_kinds_are_found():
    assert {"void-of-void", "unknown-item", "no-session", "unknown-code"} <= set(KINDS)
