"""Policies that the kit draws: of all the language, well-formed, lawful; texts one mistake from them; and what the laws of a text find."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

import escalate.testing.texts
from escalate import check_policy
from escalate.check import check_versions
from escalate.family import families
from escalate.loading import consequences, dues, duties, items, ladders, measures, registers, targets
from escalate.loading.parameters import LINE, PARAMETER
from escalate.loading.people import ATTRIBUTE, ROLE
from escalate.loading.shape import TOP
from escalate.schema import DOCUMENTS, schema_of
from escalate.source import Problem, Source
from escalate.testing import (
    LAWS,
    TEXT_LAWS,
    BrokenText,
    NearMiss,
    Written,
    a_slip_is_told,
    assert_text_lawful,
    histories,
    near_misses,
    policies,
    versions,
)  # fmt: skip
from escalate.testing.lawful import Drawn, ask
from escalate.testing.mistakes import MISTAKES
from escalate.testing.strategies.policies import _trees
from escalate.testing.strategies.yaml import flow, tree, written
from escalate.testing.written import loaded
from tests.schema.core import read

SCHEMA = Draft7Validator(schema_of(DOCUMENTS["policy"], "en"))
PLAIN = "policy: p\nextends: standard.yaml\ntimezone: Asia/Shanghai\nroles: {teacher: {of: class}}\nladders:\n  truancy:\n    stages: {one: {when: days_away >= 1, do: {visit: {by: teacher, due: 1 day}}}}\n    ends: {when: days_back >= 1}\n"


class Enough(KeyboardInterrupt):
    """What was looked for is found; Hypothesis lets nothing else through."""


def quick(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


# --- what is drawn --------------------------------------------------------------------------------------


@quick(4)
@given(policies())
def test_the_laws_of_a_text_hold_of_drawn_policies(policy: Written) -> None:
    assert_text_lawful(policy)


@quick(8)
@given(policies())
def test_the_schema_accepts_what_the_loader_accepts(policy: Written) -> None:
    """In an editor nothing is underlined."""
    assert [] == [error.message for error in SCHEMA.iter_errors(read(policy.text)[1])]


@quick(6)
@given(versions())
def test_versions_are_evaluated_together(texts: tuple[Written, ...]) -> None:
    given = [one.policy for one in texts]

    assert [] == [problem for problem in check_versions(given) if not problem.warning]
    assert [given[0].name] == list(families(given))


@settings(quick(6), phases=(Phase.generate,))  # what is found here is made small by `bench/policies.py`
@given(policies().flatmap(lambda one: histories(one.policy)).map(Drawn))
def test_the_laws_of_an_evaluation_hold_of_drawn_policies(drawn: Drawn) -> None:
    """The engine is the model for policies that nobody wrote; `bench/policies.py` asks it of thousands."""
    ask(LAWS, drawn.world)


def test_the_first_is_a_policy_of_one_stage() -> None:
    """A mistake about any of them is shown by the plainest, to which all shrink."""
    first: list[Written] = []
    settings(quick(1), database=None, phases=(Phase.generate,))(given(policies())(lambda one: first.append(one)))()  # noqa: PLW0108  # Hypothesis reads the code of a function
    (plainest,) = first

    assert ["one"] == [stage.name for stage in plainest.policy.ladders["truancy"].stages]
    assert ["visit"] == [action.name for action in plainest.policy.ladders["truancy"].stages[0].do]
    assert len(plainest.text.splitlines()) < 25 and not plainest.policy.duties and not plainest.policy.registers


def keys_of(found: object) -> Iterator[str]:
    """Every key of a tree."""
    if isinstance(found, dict):
        for key, below in found.items():
            yield key
            yield from keys_of(below)
    elif isinstance(found, list):
        for below in found:
            yield from keys_of(below)


def test_every_key_of_the_language_is_drawn() -> None:
    """As the readers' own tables list them; `set` and `add` stand in files that build on another."""
    known = {
        *TOP, *PARAMETER, *LINE, *ATTRIBUTE, *ROLE, *measures.MEASURE, *ladders.LADDER, *ladders.STAGE, *ladders.ENDS, *items.ITEM, *consequences.CONSEQUENCE,
        *duties.DUTY, *targets.TARGET, *targets.BASE, *registers.KEYS, "each", "who_had", "above", "absent_when", "closes", "lesson_hour",
    } - {"set", "add"}  # fmt: skip
    words = {f"unit: {unit}" for unit in measures.UNITS["share"]} | {f" {unit.replace('_', ' ')}" for unit in dues.AFTER_UNITS}
    left = {*known, *words}

    @settings(max_examples=2000, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
    @given(_trees())
    def draw(found: dict[str, object]) -> None:
        text = flow(found)
        left.difference_update(keys_of(found), {word for word in words if word in text})
        if not left:
            raise Enough

    with contextlib.suppress(Enough):
        draw()
    assert set() == left


# --- the laws find what does not hold ---------------------------------------------------------------------


def broken(law: str, monkeypatch: pytest.MonkeyPatch, name: str, instead: Any) -> BrokenText:
    """What the law of a name says where a part of the program is another."""
    monkeypatch.setattr(escalate.testing.texts, name, instead)
    with pytest.raises(BrokenText) as found:
        assert_text_lawful(loaded(PLAIN), [one for one in TEXT_LAWS if one.__name__ == law])
    return found.value


def test_a_text_that_does_not_load_is_told() -> None:
    policy = loaded(PLAIN)

    with pytest.raises(BrokenText, match="unknown name `days_gone`"):
        assert_text_lawful(Written(PLAIN.replace("days_away", "days_gone"), policy.policy))


def test_a_layout_that_says_something_else_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = broken("laid_out_twice_is_laid_out", monkeypatch, "formatted", lambda source, to="", find=None: source.text.replace("due: 1 day", "due: 2 days"))

    assert found.law == "laid_out_twice_is_laid_out" and "another policy is" in found.seen and "policy: p" in str(found)


def test_a_layout_that_never_rests_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = broken("laid_out_twice_is_laid_out", monkeypatch, "formatted", lambda source, to="", find=None: f"# again\n{source.text}")

    assert "laid out again it is\n# again\n# again" in found.seen


def test_a_word_that_is_lost_on_the_way_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = broken("chinese_and_back", monkeypatch, "formatted", lambda source, to="", find=None: source.text.replace("one:", "一:") if to == "zh" else source.text)

    assert "it came back as" in found.seen


def test_what_cannot_be_drawn_or_linted_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what was raised in place of a traceback."""
    def fails(*_: object) -> object:
        raise ZeroDivisionError("of nothing")

    assert "it raised ZeroDivisionError: of nothing" == broken("it_can_be_shown", monkeypatch, "table_of", fails).seen
    assert "it raised ZeroDivisionError: of nothing" == broken("it_can_be_linted", monkeypatch, "lint", fails).seen


def test_a_digest_of_what_is_not_said_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escalate.load.digest", lambda _: str(len(made)) if made.append(1) is None else "")
    made: list[int] = []

    with pytest.raises(BrokenText, match="another digest"):
        assert_text_lawful(loaded(PLAIN), [one for one in TEXT_LAWS if one.__name__ == "remarks_change_nothing"])


# --- near misses ------------------------------------------------------------------------------------------


@quick(8)
@given(near_misses())
def test_a_slip_in_a_drawn_policy_is_told(near: NearMiss) -> None:
    """Never a traceback, never a problem without a place; what is still right is lawful."""
    a_slip_is_told(near)


@quick(60)
@given(near_misses(st.just(loaded(PLAIN))))
def test_a_near_miss_is_one_change_away_and_says_which(near: NearMiss) -> None:
    before, after = near.before.text.splitlines(), near.text.splitlines()

    assert near.what
    assert near.what.startswith(("nothing", "the file ends", "line")) or sum(line not in before for line in after) <= 1


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_each_mistake_is_made_and_mostly_wrong(mistake: Any) -> None:
    """Of twenty at least one is a problem: none of them only moves blanks."""
    from random import Random

    texts = ["\n".join(lines) for n in range(20) if mistake(Random(n), lines := PLAIN.splitlines())]  # noqa: S311  # the same number, the same slip

    assert any(any(not problem.warning for problem in check_policy(Source("p.yaml", text))[1]) for text in texts)


def test_a_problem_without_a_place_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escalate.testing.texts, "check_policy", lambda *_, **__: (None, (Problem("odd", "odd"),)))  # type: ignore[arg-type]  # any words

    with pytest.raises(BrokenText, match="`odd` has no place"):
        a_slip_is_told(NearMiss(PLAIN, "nothing", loaded(PLAIN)))


def test_a_traceback_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> object:
        raise IndexError("far")

    monkeypatch.setattr(escalate.testing.texts, "check_policy", fails)

    with pytest.raises(BrokenText, match="it raised IndexError: far"):
        a_slip_is_told(NearMiss(PLAIN, "nothing", loaded(PLAIN)))


# --- the YAML of the kit ----------------------------------------------------------------------------------

texts = st.one_of(st.text(st.sampled_from("a1 :#'\"-,[]{}>|&*!%@`?缺。\\~"), min_size=1, max_size=8).filter(lambda text: text == " ".join(text.split())), st.just(""))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(texts.filter(bool), st.recursive(texts, lambda below: st.lists(below, max_size=2), max_leaves=3), max_size=3), st.integers(0, 3))
def test_what_is_written_is_read_again(found: dict[str, object], depth: int) -> None:
    """Whatever signs a text holds."""
    assert {"a": found, "b": found} == tree(written({"a": found, "b": found}, depth)) if found else True
