"""A case played, and what came of it beside what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from ..engine import Decision, Report
from ..evaluation import Ledger, evaluate
from ..events import NAMES, CalendarEdit, Mark, edits_of
from ..explain import Entry, follow, sentence
from ..keywords import CHOICES, OWN_ROLES, Words
from ..ledger import Case as LadderCase
from ..ledger import Item
from ..messages import Said, noun, say, told
from ..policy import Action, Actor, Policy, asked
from ..readers.moments import moment_text
from ..records import find_action
from ..reports.words import words_for
from ..source import Problem
from ..times import Zone, parse_instant
from ..translate.shapes import SHAPES
from .expecting import FIELDS
from .listing import Listed, listed
from .names import Names
from .pairing import paired
from .played import played
from .unowed import unowed
from .values import ALWAYS, ANY_GROUP, CASE, TOLD, WHO_HAD, Case, Expected

MINUTE = 60
NO_WORDS: Words = {}
# The case ends before they matter; what an outcome has come loose from is compared as a withdrawal or a recall.
HARMLESS = ("not-on-roster", "outside-roster", "after-until", "unbound")


@frozen
class Came:
    """One thing that came about, as a line of `expect` would say it; `entry` with what was known before it; `unsaid`: fields that the line leaves out."""

    decision: Decision
    what: str
    name: str
    line: str
    who: Mapping[str, Sequence[str]]
    policy: Policy
    entry: Entry
    unsaid: Mapping[str, str] = field(factory=dict)

    @property
    def why(self) -> str:
        """The sentence that explains it."""
        return sentence(self.entry.record, self.policy, self.policy.lang, self.entry.known)


@frozen
class Verdict:
    """What was expected and did not come, what came and was not expected, what was said of the events, what came as expected (`met`), and the registers.

    doubts: warnings of what is played and probably meant otherwise.
    """

    missing: tuple[Expected, ...]
    unexpected: tuple[Came, ...]
    said: tuple[str, ...]
    zone: Zone
    met: tuple[Came, ...] = ()
    lang: str = "en"
    registers: tuple[Listed, ...] = ()
    doubts: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything came that was expected, nothing else, and nothing was odd about the events."""
        return not (self.missing or self.unexpected or self.said) and all(one.agrees for one in self.registers)

    @property
    def counts(self) -> tuple[int, int]:
        """How much did not come, and how much came unexpected: lines, and rows of registers."""
        rows = [(len(one.missing), len(one.unexpected)) for one in self.registers]
        return len(self.missing) + sum(less for less, _ in rows), len(self.unexpected) + sum(more for _, more in rows)

    @property
    def text(self) -> str:
        """What is not as expected, by date; what came unexpected can be pasted into the spec."""
        words = words_for(self.lang)
        lines = [f"  {words['spec.said'].format(said=told(said, self.lang))}" for said in self.said]
        lines += [f"  {words['spec.missing']}"] * bool(self.missing)
        lines += [f"    {_when(one, self.zone)}  {one.text}" for one in self.missing]
        lines += [f"  {words['spec.unexpected']}"] * bool(self.unexpected)
        lines += [f"    {self.zone.text(one.decision.decided)[:16].replace('T', ' ')}  {one.line}\n      {one.why}" for one in self.unexpected]
        return "\n".join([*lines, *(line for one in self.registers for line in self._rows(one))])

    def _rows(self, found: Listed) -> Iterator[str]:
        """What is not as expected of a register."""
        if not found.agrees:
            words = words_for(self.lang)
            yield f"  {words['spec.register'].format(name=found.sheet.named, when=self.zone.text(found.sheet.at)[:16].replace('T', ' '))}"
            yield from (f"    {words['spec.missing']} {row.text}" for row in found.missing)
            yield from (f"    {words['spec.unexpected']} - {row.text}" for row in found.unexpected)


def verdict(case: Case, judge: Callable[..., Ledger] = evaluate) -> Verdict:
    """Play a case and compare: each line of `expect` with one thing that came about, and each thing with one line.

    judge: what evaluates it, called as `evaluate` is.
    """
    policies = [played(policy, case, case.only) for policy in case.policies]
    ledger = judge(policies, case.calendar, case.roster, case.events, case.until)
    said_of = {one.what for one in case.expected}
    found = [one for one in came(case, ledger) if (one.what in ALWAYS or one.what in said_of) and compared(one.decision, case)]
    zone = case.calendar.zone
    taken = paired([[n for n, one in enumerate(found) if _fits(line, one, zone)] for line in case.expected])
    missing = tuple(one for n, one in enumerate(case.expected) if n not in taken)
    unexpected = tuple(one for n, one in enumerate(found) if n not in set(taken.values()))
    said = tuple(dict.fromkeys(_odd(report, zone) for report in ledger.reports if report.kind not in HARMLESS and not _closed_later(report, case)))
    met = tuple(found[n] for _, n in sorted(taken.items()))
    return Verdict(missing, unexpected, said, zone, met, case.policies[0].lang, listed(case), unowed(case, policies, ledger))


def compared(decision: Decision, case: Case) -> bool:
    """Whether a case is about something: about all, or the parts that it names; of duties and targets only from its beginning on."""
    part = decision.change.new.ladder
    if case.only and part not in case.only:
        return False
    return decision.decided >= case.since or all(part != one.name for policy in case.policies for one in asked(policy))


def _closed_later(report: Report, case: Case) -> bool:
    """Whether a mark counted until an event of the case took its session off the calendar: that is what the case is about."""
    mark = report.event
    if report.kind != "no-session" or not isinstance(mark, Mark):
        return False
    known = [event for event in case.events if isinstance(event, CalendarEdit) and event.known <= mark.known]
    row = case.roster.row(mark.student, mark.date)
    return case.calendar.edited(*edits_of(known)).of(row.school if row is not None else "").holds(mark.date, mark.session)


def _odd(report: Report, zone: Zone) -> Said:
    """What is odd about an event, with what the event is."""
    event = report.event
    when = f"{event.date} {event.session}" if isinstance(event, Mark) else zone.text(getattr(event, "at", event.known))[:16].replace("T", " ")
    return say("{event} {when}: {message}", event=noun(NAMES[type(event)]), when=when, message=report.message)


def alike(line: Expected, came: Came, zone: Zone) -> bool:
    """Whether a thing is what a line speaks of, on its date: all but the minute and the fields."""
    decided = came.decision.decided
    return line.what == came.what and line.student in (ANY_GROUP, came.decision.student) and came.name in line.names and line.date == zone.date(decided)


def differing(line: Expected, came: Came, zone: Zone) -> tuple[str, ...]:
    """What a line says otherwise than a thing came: `time` where the minute is another, and fields."""
    new = came.decision.change.new
    fields = [key for key, value in line.fields.items() if isinstance(new, LadderCase) or not _agrees(key, value, new, came, zone)]
    return (*["time"] * (line.instant is not None and not line.instant <= came.decision.decided < line.instant + MINUTE), *fields)


def _fits(line: Expected, came: Came, zone: Zone) -> bool:
    return alike(line, came, zone) and not differing(line, came, zone)


def _agrees(key: str, value: object, item: Item, came: Came, zone: Zone) -> bool:
    if key in ("by", "to", "notify"):
        return value == frozenset(came.who[key])
    if key == "due":
        return value == (parse_instant(item.due, zone) if isinstance(value, int) and len(item.due) > 10 else item.due)
    if key == "missing":
        return value == frozenset(item.missing)
    if key == "person":
        return value == frozenset(person for _, persons in item.persons for person in persons)
    if key == "entry":
        return value == " ".join(item.entry[:2])
    return value == {"result": item.outcome, "number": item.occurrence, "policy": item.policy}[key]


def _who(item: Item, action: Action | None, policy: Policy) -> dict[str, list[str]]:
    """Who acts, to whom and who is told, as roles; one step above a role is the role there, who had an item is said so."""
    if action is None:
        return {"by": [], "to": [], "notify": []}
    who = {word: [_role(entry, policy) for entry in who.entries] for word, who in action.parts(item.actor).items()}
    return {**who, "to": who["notify"]} if action.entry is not None else who


def _role(entry: Actor, policy: Policy) -> str:
    role = policy.roles.get(entry.name)
    if entry.kind == "above":
        return role.above if role is not None else entry.name
    return f"{WHO_HAD}{entry.name}" if entry.kind == "who_had" else entry.name


# --- what came about --------------------------------------------------------------------------------


def came(case: Case, ledger: Ledger) -> Iterable[Came]:
    """All that came of a case, as lines of `expect` would say it, in the order in which it was decided."""
    policies = {f"{policy.name}@{policy.version}": policy for policy in case.policies}
    names, several = Names(case.policies), len(case.roster.ids()) > 1
    words = keys_of(case)
    roles = {own: word for own, word in OWN_ROLES.items() if case.chinese and names.roles[word] == {own}}
    entries = list(follow(decision.record for decision in ledger.decisions))
    for decision, entry in zip(ledger.decisions, entries, strict=True):
        new = decision.change.new
        policy = policies[str(entry.record["policy"])]
        about = "about" if decision.level != "student" else "student" if several else ""
        more = f", {words.get(about, about)}: {decision.student}" if about else ""
        if isinstance(new, LadderCase):
            what, name = CASE + decision.change.what, new.ladder
            yield Came(decision, what, name, f"- {{{words.get(decision.change.what, decision.change.what)}: {name}{more}}}", {}, policy, entry)
        else:
            action = find_action(policy, new.path)
            what, who = _word(decision, action), _who(new, action, policy)
            name = names.called(new.path)
            values, said = _values(new, who, roles, words, case.calendar.zone), _said(what, new, who)
            fields = "".join(f", {words.get(key, key)}: {values[key]}" for key in said if key in values)
            none = CHOICES["or_none"]["none"] if case.chinese else "none"
            unsaid = {key: values.get(key, none) for key in FIELDS if not (key in said and key in values)}
            yield Came(decision, what, new.path, f"- {{{words.get(what, what)}: {name}{more}{fields}}}", who, policy, entry, unsaid)


def _word(decision: Decision, action: Action | None) -> str:
    """A notice that went out was told."""
    change = decision.change
    sent = change.what == "done" and action is not None and action.tells and (change.old is None or change.old.status != "recall")  # type: ignore[union-attr]  # of an item
    return TOLD if sent else change.what


def keys_of(case: Case) -> Words:
    """The Chinese words of the keys of a line, where a case is written in Chinese."""
    return {**SHAPES["expected"].words, **SHAPES["whose"].words} if case.chinese else {}


def _values(item: Item, who: Mapping[str, Sequence[str]], roles: Words, words: Words, zone: Zone) -> dict[str, str]:
    """What a line could say beside the name, by key. roles, words: what is called otherwise in the spec's language."""
    lists = {word: [roles.get(name, name) for name in names] for word, names in who.items()}
    lists |= {"person": sorted({person for _, held in item.persons for person in held}), "missing": list(item.missing)}
    texts = {"number": item.occurrence, "entry": " ".join(item.entry[:2]), "due": item.due, "result": item.outcome, "policy": item.policy}
    due = parse_instant(item.due, zone) if item.due else ""
    texts["due"] = moment_text(due, zone) if isinstance(due, int) else item.due
    return {key: text for key, text in {**texts, **{key: _listed(names, words) for key, names in lists.items() if names}}.items() if text}


def _said(what: str, item: Item, who: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys that a line has beside the name, where there is a value."""
    keys = ["number"] * (item.occurrence != "1" and not item.entry) + ["entry"]
    if what in ("issued", TOLD, "blocked", "unblocked", "moved", "reopened"):
        keys += ["by" if who["by"] else "notify", "person", "due", "missing"]
    return keys


def _listed(names: Sequence[str], words: Words = NO_WORDS) -> str:
    had = words.get("who_had", "who_had")
    said = [f"{{{had}: {name.removeprefix(WHO_HAD)}}}" if name.startswith(WHO_HAD) else name for name in names]
    return said[0] if len(said) == 1 else f"[{', '.join(said)}]"


def _when(line: Expected, zone: Zone) -> str:
    return line.date.isoformat() if line.instant is None else zone.text(line.instant)[:16].replace("T", " ")


