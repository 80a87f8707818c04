"""What the entries of one who answers for them come to."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.registers.sums import Entry, Told, kind_of, said, sums, worth

P1, P2 = Told("p1"), Told("p2")
VACANT = Told("", "teacher", "7-1")


def entry(amount, word="points", period="autumn", party=(P1,)):
    return Entry(party, amount, word, period)


def told(*entries):
    """Who, of what, how much, of how many entries."""
    return [(total.party, total.word, total.period, total.amount, len(total.of)) for total in sums(entries)]


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        (("-50", "-50", "+10"), "-90"), (("+0.1", "+0.2"), "+0.3"), (("-2%", "-0.5%"), "-2.5%"), (("x0.98", "x0.98"), "x0.9604"), (("+1/3", "+1/3"), "+2/3"),
        (("+5", "-5"), "+0"), (("lose", "lose"), "lose"), (("gain",), "gain"),
    ],
)  # fmt: skip
def test_amounts_are_added_exactly_and_coefficients_multiply(amounts, total):
    """No float: a third stays one."""
    assert [((P1,), "points", "autumn", total, len(amounts))] == told(*(entry(amount) for amount in amounts))


def test_nothing_is_converted():
    """A sum of its own for each word, period and kind of amount, and for each who has it."""
    assert [
        ((P1,), "points", "", "+1", 1), ((P1,), "points", "autumn", "+1", 1), ((P1,), "points", "autumn", "-2%", 1), ((P1,), "points", "autumn", "x0.98", 1),
        ((P1,), "yuan", "autumn", "+1", 1), ((P2,), "points", "autumn", "+1", 1), ((VACANT,), "points", "autumn", "+1", 1),
    ] == told(
        entry("+1", party=(VACANT,)), entry("+1", party=(P2,)), entry("+1", "yuan"), entry("x0.98"), entry("-2%"), entry("+1"), entry("+1", period=""),
    )  # fmt: skip


def test_r10_what_two_have_together_is_no_ones_own():
    """Each is blamed for what they had alone; the amount is there once."""
    assert [((P1,), "points", "autumn", "-1", 1), ((P1, P2), "points", "autumn", "-50", 1)] == told(entry("-50", party=(P1, P2)), entry("-1"))


def test_r11_an_eligibility_is_everybodys_own_and_lost_where_one_entry_takes_it():
    """Whoever gained it too is told so; another period is another appraisal."""
    entries = [entry("lose", "honour", party=(P1, P2)), entry("gain", "honour"), entry("gain", "honour", "spring")]

    assert [((P1,), "autumn", "lose", True), ((P1,), "spring", "gain", False), ((P2,), "autumn", "lose", False)] == [
        (total.party, total.period, total.amount, total.beaten) for total in sums(entries)
    ]


AMOUNTS = st.fractions(max_denominator=40).map(lambda number: said("number", number)) | st.integers(-9, 9).map(lambda n: f"{n}%") | st.sampled_from(
    ["x0.98", "x1/3", "lose", "gain"]
)
ENTRIES = st.lists(
    st.builds(
        Entry, st.sampled_from([(P1,), (P2,), (P1, P2), (VACANT,)]), AMOUNTS, st.sampled_from(["points", "yuan"]), st.sampled_from(["autumn", ""])
    )
)


@given(ENTRIES)
def test_sums_equal_the_sum_over_rows(entries):
    """In every kind, over all who have one: nothing is lost, and nothing is there twice."""
    added: dict = defaultdict(Fraction)
    multiplied: dict = defaultdict(lambda: Fraction(1))
    for one in entries:
        kind = kind_of(one.amount)
        if kind == "product":
            multiplied[one.word, one.period] *= worth(one.amount)
        elif kind != "eligibility":
            added[one.word, one.period, kind] += worth(one.amount)
    for total in sums(entries):
        if total.kind == "product":
            multiplied[total.word, total.period] /= worth(total.amount)
        elif total.kind != "eligibility":
            added[total.word, total.period, total.kind] -= worth(total.amount)

    assert {Fraction(0)} >= set(added.values())
    assert {Fraction(1)} >= set(multiplied.values())


@given(ENTRIES, st.randoms())
def test_the_order_of_entries_does_not_matter(entries, random):
    """The same sums, in the same order."""
    shuffled = random.sample(entries, len(entries))

    assert told(*entries) == told(*shuffled)
