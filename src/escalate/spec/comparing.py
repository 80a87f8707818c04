"""A case played, and what came of it beside what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from ..engine import Decision
from ..evaluation import Ledger, evaluate
from ..explain import follow, sentence
from ..ledger import Case as LadderCase
from ..ledger import Item
from ..policy import Action
from ..records import find_action
from ..times import Zone, parse_instant
from .names import Names
from .values import ALWAYS, CASE, TOLD, Case, Expected

MINUTE = 60
HARMLESS = ("not-on-roster", "after-until")  # the case ends before they matter


@frozen
class Came:
    """One thing that came about, as a line of `expect` would say it. why: the sentence that explains it."""

    decision: Decision
    what: str
    name: str
    action: Action | None
    line: str
    why: str


@frozen
class Verdict:
    """What was expected and did not come, what came and was not expected, and what was said of the events."""

    missing: tuple[Expected, ...]
    unexpected: tuple[Came, ...]
    said: tuple[str, ...]
    zone: Zone

    @property
    def passed(self) -> bool:
        """Whether everything came that was expected, nothing else, and nothing was odd about the events."""
        return not (self.missing or self.unexpected or self.said)

    @property
    def text(self) -> str:
        """What is not as expected, by date; what came unexpected can be pasted into the spec."""
        lines = [f"  of the events: {said}" for said in self.said]
        lines += ["  expected, and it did not come:"] * bool(self.missing)
        lines += [f"    {_when(one, self.zone)}  {one.text}" for one in self.missing]
        lines += ["  it came, and was not expected:"] * bool(self.unexpected)
        lines += [f"    {self.zone.text(one.decision.decided)[:16].replace('T', ' ')}  {one.line}\n      {one.why}" for one in self.unexpected]
        return "\n".join(lines)


def verdict(case: Case) -> Verdict:
    """Play a case and compare: each line of `expect` with one thing that came about, and each thing with one line."""
    ledger = evaluate(case.policies, case.calendar, case.roster, case.events, case.until)
    listed = {one.what for one in case.expected}
    came = [one for one in _came(case, ledger) if one.what in ALWAYS or one.what in listed]
    zone = case.calendar.zone
    taken = _paired(case.expected, came, zone)
    missing = tuple(one for n, one in enumerate(case.expected) if n not in taken)
    unexpected = tuple(one for n, one in enumerate(came) if n not in set(taken.values()))
    said = tuple(report.message for report in ledger.reports if report.kind not in HARMLESS)
    return Verdict(missing, unexpected, said, zone)


def failure(case: Case) -> str:
    """What is not as expected of a case, as lines to read; empty where it passes."""
    found = verdict(case)
    return "" if found.passed else f"{case.span}: {case.title}\n{found.text}"


def _paired(expected: Sequence[Expected], came: Sequence[Came], zone: Zone) -> dict[int, int]:
    """The most lines that can each have a thing of its own, by their numbers (augmenting paths)."""
    fits = [[n for n, one in enumerate(came) if _fits(line, one, zone)] for line in expected]
    of: dict[int, int] = {}

    def place(line: int, tried: set[int]) -> bool:
        for n in fits[line]:
            if n not in tried:
                tried.add(n)
                if n not in of or place(of[n], tried):
                    of[n] = line
                    return True
        return False

    for line in range(len(expected)):
        place(line, set())
    return {line: n for n, line in of.items()}


def _fits(line: Expected, came: Came, zone: Zone) -> bool:
    decided = came.decision.decided
    if (line.what, line.student) != (came.what, came.decision.student) or came.name not in line.names or line.date != zone.date(decided):
        return False
    if line.instant is not None and not line.instant <= decided < line.instant + MINUTE:
        return False
    new = came.decision.change.new
    return not line.fields if isinstance(new, LadderCase) else all(_agrees(key, value, new, came.action, zone) for key, value in line.fields.items())


def _agrees(key: str, value: object, item: Item, action: Action | None, zone: Zone) -> bool:
    if key == "by":
        return value == frozenset(item.actor.partition("/")[0].split("+"))
    if key in ("to", "notify"):
        return action is not None and value == frozenset(entry.name for entry in getattr(action, key).entries)
    if key == "due":
        return value == (parse_instant(item.due, zone) if isinstance(value, int) and len(item.due) > 10 else item.due)
    if key == "missing":
        return value == frozenset(item.missing)
    if key == "person":
        return value == frozenset(person for _, persons in item.persons for person in persons)
    return value == {"result": item.outcome, "number": item.occurrence}[key]


# --- what came about --------------------------------------------------------------------------------


def _came(case: Case, ledger: Ledger) -> Iterable[Came]:
    policies = {f"{policy.name}@{policy.version}": policy for policy in case.policies}
    names, several = Names(case.policies), len(case.roster.ids()) > 1
    entries = list(follow(decision.record for decision in ledger.decisions))
    for decision, entry in zip(ledger.decisions, entries, strict=True):
        new = decision.change.new
        policy = policies[str(entry.record["policy"])]
        why = sentence(entry.record, policy, policy.lang, entry.known)
        more = f", student: {decision.student}" if several else ""
        if isinstance(new, LadderCase):
            what, name = CASE + decision.change.what, new.ladder
            yield Came(decision, what, name, None, f"- {{{decision.change.what}: {name}{more}}}", why)
        else:
            action = find_action(policy, new.path)
            what = _word(decision, action)
            yield Came(decision, what, new.path, action, f"- {{{what}: {names.called(new.path)}{more}{_fields(what, new, action, case.calendar.zone)}}}", why)


def _word(decision: Decision, action: Action | None) -> str:
    """A notice that went out was told."""
    change = decision.change
    sent = change.what == "done" and action is not None and action.tells and (change.old is None or change.old.status != "recall")  # type: ignore[union-attr]  # of an item
    return TOLD if sent else change.what


def _fields(what: str, item: Item, action: Action | None, zone: Zone) -> str:
    """What a line would say beside the name."""
    if what not in ("issued", TOLD, "blocked", "unblocked", "moved", "reopened"):
        return ""
    roles = item.actor.partition("/")[0].split("+")
    by = roles[0] if len(roles) == 1 else f"[{', '.join(roles)}]"
    found = f", {'notify' if action is not None and action.tells else 'by'}: {by}"
    if item.due:
        due = parse_instant(item.due, zone)
        found += f", due: {zone.local(due):%Y-%m-%d %H:%M}" if isinstance(due, int) else f", due: {item.due}"
    return found + (f", missing: [{', '.join(item.missing)}]" if item.missing else "")


def _when(line: Expected, zone: Zone) -> str:
    return line.date.isoformat() if line.instant is None else zone.text(line.instant)[:16].replace("T", " ")


