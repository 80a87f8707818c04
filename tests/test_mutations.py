"""A policy with one random slip is read to a policy or to problems with places, never to a traceback; `bench/mutated.py` tries 100,000."""

from __future__ import annotations

import pytest

from bench.mutated import RIGHT, TEXTS, tried
from tests.mutations import SLIPS, mutated

TRIES = 320


@pytest.mark.parametrize("shard", range(4))
def test_a_slip_is_told_and_never_a_traceback(shard: int) -> None:
    """Every text among them, and most of the slips; the numbers are those of `bench/mutated.py`."""
    kinds, raised = tried([f"0/{n}" for n in range(shard, TRIES, 4)])

    assert [] == raised
    assert len(kinds) > 10
    assert kinds[RIGHT] < TRIES // 4 // 4


def test_the_same_number_is_the_same_slip() -> None:
    text = TEXTS[0].read_text(encoding="utf-8")

    assert mutated(text, "1/17") == mutated(text, "1/17")
    assert len({mutated(text, f"1/{n}") for n in range(60)} - {text}) > 50
    assert len(SLIPS) > 10
