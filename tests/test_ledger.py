"""What changed between two states: every word for it, and when it took effect."""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate.ledger import CASE_WHATS, ITEM_WHATS, Case, Change, Item, State, differences

CASE = Case("p", "-", "truancy", 1, 100, opened_by="one")
ENDED = evolve(CASE, ended=200, reason="ends")
ITEM = Item("i", "p", "-", "truancy.one.visit", "truancy", 1, "one", "visit", "teacher", "1", 100, 110, due="2025-09-02", late_from=150)


def cases(old: Case | None, new: Case) -> list[Change]:
    return list(differences(State({old.key: old} if old else {}), State({new.key: new})))


def items(old: Item | None, new: Item) -> list[Change]:
    return list(differences(State({}, {old.id: old} if old else {}), State({}, {new.id: new})))


def item(**more) -> Item:
    return evolve(ITEM, **more)


@pytest.mark.parametrize(
    ("old", "new", "what", "effective"),
    [
        (None, CASE, "opened", 100),
        (None, ENDED, "ended", 200),
        (CASE, evolve(CASE, opened=90), "moved", 90),
        (ENDED, evolve(ENDED, ended=210), "moved", 100),
        (CASE, ENDED, "ended", 200),
        (evolve(CASE, opened=90), ENDED, "ended", 200),
        (ENDED, CASE, "reopened", 100),
        (ENDED, evolve(CASE, opened=90), "reopened", 90),
        (ENDED, evolve(ENDED, reason="where"), "moved", 100),
        (CASE, evolve(ENDED, fate="withdrawn", reason="withdrawn"), "withdrawn", 100),
        (CASE, evolve(ENDED, fate="merged into 2", reason="withdrawn"), "merged", 100),
        (ENDED, evolve(ENDED, fate="withdrawn"), "withdrawn", 100),
        (evolve(ENDED, fate="withdrawn"), evolve(ENDED, fate="merged into 2"), "merged", 100),
        (evolve(ENDED, fate="merged into 2"), evolve(ENDED, fate="withdrawn"), "withdrawn", 100),
        (evolve(ENDED, fate="withdrawn"), CASE, "reinstated", 100),
        (evolve(ENDED, fate="withdrawn"), ENDED, "reinstated", 100),
        (CASE, evolve(CASE, version="2025-10-01"), "re-pinned", 100),
        (CASE, evolve(ENDED, version="2025-10-01"), "re-pinned", 100),
    ],
)
def test_what_became_of_a_case(old, new, what, effective):
    """The strongest word for it; an end takes effect when the case ended, anything else when it opened."""
    (change,) = cases(old, new)

    assert (what, effective) == (change.what, change.effective)


OVERDUE = item(status="overdue", overdue_at=150)
DONE = item(status="done", done_at=140)


@pytest.mark.parametrize(
    ("old", "new", "what", "effective"),
    [
        (None, ITEM, "issued", 100),
        (None, item(status="lapsed"), "lapsed", 100),
        (None, item(status="blocked"), "blocked", 100),
        (None, OVERDUE, "overdue", 150),
        (None, DONE, "done", 140),
        (ITEM, item(due="2025-09-03"), "moved", 100),
        (ITEM, item(late_from=160), "moved", 100),
        (ITEM, item(opened=120), "moved", 100),
        (ITEM, item(effective=90), "moved", 90),
        (ITEM, item(persons=(("by teacher", ("eve",)),)), "moved", 100),
        (ITEM, item(status="blocked", missing=("plan",)), "blocked", 100),
        (item(status="blocked"), item(unblocked=130, late_from=160), "unblocked", 130),
        (item(status="blocked"), item(status="overdue", overdue_at=150, unblocked=130), "overdue", 150),
        (item(status="blocked"), item(status="done", done_at=140, unblocked=130), "done", 140),
        (ITEM, OVERDUE, "overdue", 150),
        (OVERDUE, ITEM, "overdue retracted", 100),
        (OVERDUE, DONE, "done", 140),
        (OVERDUE, evolve(DONE, overdue_at=150, status="done late", done_at=160), "done late", 160),
        (OVERDUE, item(status="cancelled"), "cancelled", 100),
        (ITEM, item(status="cancelled", overdue_at=150), "cancelled", 100),
        (ITEM, DONE, "done", 140),
        (ITEM, item(status="done late", done_at=160), "done late", 160),
        (ITEM, item(status="cancelled"), "cancelled", 100),
        (DONE, ITEM, "reopened", 100),
        (item(status="done late", done_at=160), OVERDUE, "reopened", 100),
        (item(status="cancelled"), ITEM, "reopened", 100),
        (item(status="lapsed"), ITEM, "reopened", 100),
        (DONE, item(status="blocked"), "reopened", 100),
        (ITEM, item(status="withdrawn"), "withdrawn", 100),
        (DONE, item(status="recall", done_at=140), "recall", 100),
        (item(status="withdrawn"), ITEM, "issued", 100),
        (item(status="recall"), ITEM, "reopened", 100),
        (item(status="recall"), DONE, "done", 140),
        (item(status="withdrawn"), item(status="withdrawn", note="x"), "moved", 100),
    ],
)
def test_what_became_of_an_item(old, new, what, effective):
    """The strongest word for it, with the instant at which it took effect."""
    (change,) = items(old, new)

    assert (what, effective) == (change.what, change.effective)


def test_an_item_under_a_new_id_replaces_the_old_one():
    """It is compared with the one that it replaces, and once only."""
    new = item(id="j", case=2, replaces="i")
    (change,) = items(ITEM, new)

    assert ("replaced", ITEM, 100) == (change.what, change.old, change.effective)
    assert {("id", "i", "j"), ("case", 1, 2), ("replaces", "", "i")} == set(change.fields)
    assert ["moved"] == [one.what for one in items(new, evolve(new, due="2025-09-03"))]


def test_what_is_equal_has_not_changed():
    """The same value or an equal one."""

    assert [] == cases(CASE, CASE) + cases(CASE, evolve(CASE)) + items(ITEM, evolve(ITEM))


def test_a_change_lists_every_field_that_differs():
    """Of what is new only those that say something."""
    (change,), (fresh,) = items(ITEM, OVERDUE), cases(None, CASE)

    assert (("overdue_at", None, 150), ("status", "open", "overdue")) == change.fields
    assert ["policy", "version", "ladder", "number", "opened", "opened_by", "fate"] == [name for name, _, _ in fresh.fields]
    assert all(old is None for _, old, _ in fresh.fields)


def test_cases_come_before_items():
    """In the order of the new state."""
    found = differences(State(), State({CASE.key: CASE}, {"i": ITEM}))

    assert ["opened", "issued"] == [change.what for change in found]


def test_every_word_is_listed():
    """What a record may say."""

    assert (8, 14) == (len(set(CASE_WHATS)), len(set(ITEM_WHATS)))
