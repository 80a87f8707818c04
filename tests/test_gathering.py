"""What an evaluation does to Python's collector is over when it is."""

import gc

import pytest

from escalate.gathering import THRESHOLDS, seldom_gathered


def test_the_collector_is_as_it_was_even_after_an_error() -> None:
    before = gc.get_threshold()

    with pytest.raises(AssertionError), seldom_gathered():
        assert THRESHOLDS != gc.get_threshold()

    assert before == gc.get_threshold() != THRESHOLDS
