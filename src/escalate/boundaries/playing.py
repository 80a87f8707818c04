"""Drafts of cases, read as any spec is and played: when a stage fired, and what came."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import partial

from attrs import evolve, field, frozen

from ..days import Calendar
from ..engine import Engine
from ..evaluation import Ledger, evaluate_with
from ..events import Event
from ..ledger import Case as LadderCase
from ..policy import Policy
from ..registers.words import words_for
from ..roster import Roster
from ..spec import Case
from ..spec.comparing import Came, verdict
from ..spec.names import Names
from ..spec.sheets import row_of
from ..spec.values import CASE, Cells, Expected, ExpectedSheet
from ..times import Instant
from .thresholds import LIMIT, Threshold

ENDS, ENDED = "ends", "ended"
HOUR = 3600
ASKED, BLOCKED = ("issued", "told", "unblocked"), ("blocked",)
RATES = "rates"
SHOWN = ("target", "check", "counted", "among", "verdict")
OF_TARGETS = ("where", "among", "count", "less", "base", LIMIT)


@frozen
class Played:
    """What came of a draft. fired: when that did of which the threshold decides, in order of time. odd: something is odd about the events.

    rows: of a target that is only printed, its line in the register of rates. checks: of a target, when it was looked at.
    """

    case: Case = field(repr=False)
    fired: tuple[Instant, ...]
    came: tuple[Came, ...] = field(repr=False)
    odd: bool = False
    rows: tuple[str, ...] = ()
    checks: tuple[Instant, ...] = ()

    @property
    def expect(self) -> tuple[tuple[datetime.date, str], ...]:
        """What came, by date, as lines of `expect`."""
        zone = self.case.calendar.zone
        return tuple((zone.date(one.decision.decided), one.line.removeprefix("- ")) for one in self.came)

    def outcomes(self, wanted: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The outcome of each item that was asked for, an hour after it was."""
        names, zone = Names(self.case.policies), self.case.calendar.zone
        found: dict[str, tuple[str, str]] = {}
        for name, result in wanted:
            for one in self.came:
                if one.what == "issued" and one.name in names.paths(name) and one.name not in found:
                    times = names.actions[one.name].times
                    more = f"{f', result: {result}' if result else ''}{f', times: {times}' if times > 1 else ''}"
                    line = f"{{outcome: {names.called(one.name)}{more}}}"
                    found[one.name] = zone.text(one.decision.decided + HOUR)[:16].replace("T", " "), line
        return tuple(found.values())


def play(case: Case, threshold: Threshold) -> Played:
    """Play a case; of a ladder's end the end of the case is among what came."""
    fired: list[Instant] = []
    ends = threshold.name == ENDS
    # Ends are compared where a line speaks of one; this one is of no date and fits nothing.
    asked = (Expected(datetime.date.min, None, CASE + ENDED, frozenset(), "", {}, "", case.span),) if ends else ()
    read = (ExpectedSheet(case.until, RATES, {threshold.policy.name: RATES}, ()),) if printed(threshold) else ()
    checks: list[Instant] = []
    found = verdict(evolve(case, expected=asked, registers=read), partial(_judge, threshold, fired, checks))
    if not ends and not printed(threshold) and (threshold.role != "when" or threshold.part not in threshold.policy.ladders):
        fired += [one.decision.decided for one in found.unexpected if _asked(one, threshold)]
    rows = tuple(_row(row, threshold.policy) for sheet in found.registers for row in sheet.unexpected)
    return Played(case, tuple(sorted(fired)), found.unexpected, bool(found.said), rows, tuple(sorted(checks)))


def printed(threshold: Threshold) -> bool:
    """Whether it is of a target that asks for nothing: what it counts stands in the register of rates alone."""
    target = threshold.policy.targets.get(threshold.part)
    return target is not None and not (target.broken.do or target.met.do)


def _row(row: Cells, policy: Policy) -> str:
    """A row of the register of rates without what follows from the rest of it."""
    words = words_for(policy.lang)
    told = {words[name]: row.by_head.get(words[name], "") for name in SHOWN}
    return row_of({head: cell for head, cell in told.items() if cell or head != words["verdict"]}).text


def _asked(one: Came, threshold: Threshold) -> bool:
    """Whether it is what a condition decides about that is not a stage's own: of `need` what is not blocked, of a target what its broken limit asks for."""
    if one.what not in (*ASKED, *BLOCKED) or one.what in BLOCKED and threshold.role == "need":
        return False
    target = threshold.policy.targets.get(threshold.part)
    path = (target.broken if target.broken.do else target.met).path if target is not None and threshold.role in OF_TARGETS else threshold.path
    return f"{one.name}.".startswith(f"{path}.")


def fires(case: Case, threshold: Threshold, policies: Sequence[Policy]) -> bool:
    """Whether the stage fires where other policies are in place."""
    return bool(play(evolve(case, policies=tuple(policies)), threshold).fired)


def _judge(
    threshold: Threshold, fired: list[Instant], checks: list[Instant],
    policies: Sequence[Policy], calendar: Calendar, roster: Roster, events: Iterable[Event], until: Instant,
) -> Ledger:
    asked = [_without_others(policy, threshold) for policy in policies]
    engine = Engine(asked, calendar, roster)
    ledger = evaluate_with(engine, asked, events, until)
    own = (threshold.policy.name, threshold.policy.version)
    if threshold.name == ENDS:
        news = ((one.decided, one.change.new) for one in ledger.decisions if one.change.what == ENDED)
        fired += [at for at, new in news if isinstance(new, LadderCase) and new.ladder == threshold.part and new.reason == ENDS]
        return ledger
    if threshold.part in threshold.policy.targets:
        for subject in engine.intake.stratum.subjects.values():
            for sweep in (one for derivation in subject.derivations for one in derivation.cases.targets):
                policy = sweep.plan.version.policy
                if sweep.plan.target.name == threshold.part and (policy.name, policy.version) == own:
                    checks += [*(at for at, _ in sweep.rates), *sweep.valueless]
                    limit = threshold.role == LIMIT
                    turned = (at for at, rate in sweep.rates if (sweep.kept(rate, at) is False if limit else rate.counted))
                    fired += turned if printed(threshold) else ()
    if threshold.role != "when":
        return ledger
    for subject in engine.subjects.values():
        for derivation in subject.derivations:
            for view in derivation.items.ctx.views.values():
                policy = view.run.plan.version.policy
                if view.judged and (policy.name, policy.version) == own and view.run.ladder == threshold.part:
                    fired += [at for _, at in view.fired.get(threshold.name, ())]
    return ledger


def _without_others(policy: Policy, threshold: Threshold) -> Policy:
    """A policy without the duties for each student, where a target is played: what they ask of a whole group every day is not compared, and takes long."""
    if threshold.part not in threshold.policy.targets:
        return policy
    return evolve(policy, duties={name: duty for name, duty in policy.duties.items() if duty.each != "student"})
