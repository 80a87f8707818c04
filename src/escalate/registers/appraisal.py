"""The register of consequences: who owes or gains what and why, and what it comes to for each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from ..family import Family
from ..ledger import DONE, Item
from ..phrases import Phrases
from ..policy import OWN_ROLES, Action, Actor, Policy, actions
from ..records import find_action, line_of
from ..wording import Wording
from .plans import Plan, all_holders
from .pupil import Pupil
from .rows import common
from .sheets import Cell, Row
from .sums import ELIGIBILITY, NUMBER, PRODUCT, Entry, Party, Told, kind_of, order_of, sums, worth
from .words import words_for

COLUMNS = ("person", "role", "what", "amount", "word", "period", "heads", "on", "ground", "clause", "about", "standing")
SUM_COLUMNS = ("person", "role", "word", "period", "sum", "entries", "note")
# Who holds a role for one of these sees all that comes of it; everybody else sees what is their own.
OVERSEEN = ("school", "township", "county")
SHOWN = (*DONE, "recall", "blocked")
Readers = Mapping[str, tuple[str, ...]]


@frozen
class Entered:
    """One consequence: the item, under the version that issued it, and who has it together."""

    pupil: Pupil
    item: Item
    action: Action
    policy: Policy
    party: Party

    @property
    def entry(self) -> Entry:
        amount, word, period, _ = self.item.entry
        return Entry(self.party, amount, word, period)

    @property
    def counts(self) -> bool:
        """Whether it stands and has an amount."""
        return self.item.status in DONE and bool(self.item.entry)


def entered(pupils: Iterable[Pupil]) -> list[Entered]:
    """Every consequence that was told, or waits to be, by whose it is and when it took effect."""
    found = [one for pupil in pupils for one in _of(pupil)]
    return sorted(found, key=lambda one: (order_of(one.party), one.item.effective, one.item.id.encode()))


def _of(pupil: Pupil) -> Iterator[Entered]:
    for item in pupil.items:
        policy = pupil.family.named(item.version).policy
        action = find_action(policy, item.path) if item.status in SHOWN else None
        if action is not None and action.entry is not None:
            yield Entered(pupil, item, action, policy, _party(pupil, item, policy))


def _party(pupil: Pupil, item: Item, policy: Policy) -> Party:
    """Each person once; for a role that nobody holds, what it is held for."""
    found: list[Told] = []
    for who, persons in item.persons:
        word, _, role = who.partition(" ")
        if word == "notify":
            found += [Told(person) for person in persons] or [Told("", role, _place(pupil, role, policy))]
    return tuple(sorted(dict.fromkeys(found), key=lambda told: told.order))


def _place(pupil: Pupil, key: str, policy: Policy) -> str:
    actor = Actor.of_key(key)
    if actor.name in OWN_ROLES:
        return pupil.student
    role = policy.roles.get(actor.name)
    if role is not None and actor.kind == "above":
        role = policy.roles.get(role.above)
    level = role.of if role is not None else ""
    return pupil.column("class" if level == "session" else level) if level else ""


# --- rows -------------------------------------------------------------------------------------------------


def rows_of_entries(plan: Plan, found: Sequence[Entered], readers: Readers) -> Iterator[Row]:
    """A row for each consequence. readers: all who may read any of the register."""
    for one in found:
        yield Row(_cells(one), one.pupil.students, _row_readers(plan, [one], [told.person for told in one.party], readers))


def rows_of_sums(plan: Plan, found: Sequence[Entered], readers: Readers) -> Iterator[Row]:
    """What the consequences that stand come to, for each who has them."""
    counted = [one for one in found if one.counts]
    words, phrases = words_for(plan.policy.lang), counted[0].pupil.phrases if counted else None
    for total in sums(one.entry for one in counted):
        assert phrases is not None  # a sum is of entries
        behind = [counted[place] for place in total.of]
        roles = phrases.all_of(list(dict.fromkeys(role for one in behind for role in _roles(one, total.party))))
        note = words["beaten"] if total.beaten else ""
        cells = (
            _persons(total.party, phrases, words), roles, total.word, total.period, _amount(total.amount, words), len(total.of), note,
        )
        yield Row(cells, (), _row_readers(plan, behind, [told.person for told in total.party], readers))


def _cells(one: Entered) -> tuple[Cell, ...]:
    phrases, words = one.pupil.phrases, words_for(one.pupil.policy.lang)
    amount, word, period, heads = one.item.entry or ("", "", "", "")
    cites = line_of(one.item, one.policy)["cites"]
    zone = one.pupil.history.zone
    return (
        _persons(one.party, phrases, words), phrases.all_of(list(_roles(one, one.party))), Wording(one.policy, phrases).action(one.action),
        _amount(amount, words) if amount else words["no_amount"], word, period, int(heads) if heads else "", zone.date(one.item.effective).isoformat(),
        one.item.path, ", ".join(cites) if isinstance(cites, list) else "", one.pupil.group or one.pupil.student, _standing(one.item, phrases, words),
    )


def _persons(party: Party, phrases: Phrases, words: Mapping[str, str]) -> str:
    return phrases.all_of([told.person or _nobody(told, words) for told in party])


def _nobody(told: Told, words: Mapping[str, str]) -> str:
    if told.role in OWN_ROLES:
        return told.place
    return words["vacant_of"].format(of=told.place) if told.place else words["vacant"]


def _roles(one: Entered, party: Party) -> Iterator[str]:
    """The titles of the roles under which some of those who have an entry were told."""
    wording = Wording(one.policy, one.pupil.phrases)
    for who, persons in one.item.persons:
        word, _, role = who.partition(" ")
        if word == "notify" and any(told.person in persons if told.person else told.role == role for told in party):
            yield wording.actor(Actor.of_key(role))


def _amount(amount: str, words: Mapping[str, str]) -> Cell:
    """A whole number as itself; an eligibility as a word."""
    kind = kind_of(amount)
    if kind == ELIGIBILITY:
        return words[amount]
    number = worth(amount) if kind == NUMBER else Fraction(1, 2)
    return int(number) if number.denominator == 1 else amount.replace("x", "×") if kind == PRODUCT else amount


def _standing(item: Item, phrases: Phrases, words: Mapping[str, str]) -> str:
    if item.status == "blocked":
        return phrases.statuses["blocked"]
    return words["taken_back"] if item.status == "recall" else words["stands"]


# --- readers ----------------------------------------------------------------------------------------------


def readers_of_entries(plan: Plan, family: Family, found: Iterable[Entered], date: datetime.date) -> Readers:
    """The roles that may read the register, and where a policy has consequences every role's holders, for what is their own.

    Whoever was told under a role reads as that role, also when another holds it now.
    """
    own = tuple(plan.policy.roles) if any(action.entry for version in family.versions for action in actions(version.policy)) else ()
    told: dict[str, set[str]] = {}
    for one in found:
        for who, persons in one.item.persons:
            told.setdefault(who.rpartition(" ")[2], set()).update(persons if who.startswith("notify ") else ())
    roles = [role for role in dict.fromkeys([*plan.readers, *own]) if role in plan.policy.roles]
    return {role: tuple(sorted({*all_holders(role, plan.roster, date), *told.get(role, ())})) for role in roles}


def _row_readers(plan: Plan, behind: Sequence[Entered], persons: Iterable[str], readers: Readers) -> Readers:
    """Those whose it is, and those who oversee every subject that it came of."""
    own = {person for person in persons if person}
    found: dict[str, tuple[str, ...]] = {}
    for role, held in readers.items():
        over: set[str] = set()
        if role in plan.readers and plan.policy.roles[role].of in OVERSEEN:
            over = set(common([{role: one.pupil.holders(role, plan.roster)} for one in behind])[role])
        found[role] = tuple(person for person in held if person in own or person in over)
    return found
