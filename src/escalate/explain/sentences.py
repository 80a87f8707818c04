"""Every record as a sentence that a class teacher or an inspector understands; ids, never names."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from attrs import frozen

from ..conditions import TRUTHS, And, Condition, Expr, Not, Term
from ..phrases import Phrases, phrases_for
from ..policy import Action, Actors, Duty, Ladder, Policy, Stage, Target, part_of
from ..records import Record, find_action
from ..wording import Persons, Reading, Wording
from . import occasions
from .story import Known, Place, changed, cites_of, parts_of, path_of, place_of, was, whose

# Changes whose effective instant is their own; that of a cancelled or withdrawn thing is its ground's.
DATED = frozenset({"opened", "reinstated", "ended", "issued", "lapsed", "blocked", "unblocked", "overdue", "done", "done late"})
OUTCOMES = ("done", "done late")
NOTHING_KNOWN = Known()


def sentence(record: Record, policy: Policy, lang: str, known: Known = NOTHING_KNOWN) -> str:
    """A record in words: when, why, what is to be done by whom and by when, under which clause, and the ids of the evidence.

    `known` is what stood before the record (`story.follow`); without it a sentence says no more than the record itself does.
    """
    return Teller(record, policy, phrases_for(lang), known).sentence()


@frozen
class Teller:
    """One record under its policy, in one language."""

    record: Record
    policy: Policy
    phrases: Phrases
    known: Known

    # --- what stands in the record ------------------------------------------------------------------

    @property
    def words(self) -> Wording:
        """The policy's parts in this language."""
        return Wording(self.policy, self.phrases)

    @property
    def what(self) -> str:
        """The word for what happened."""
        return str(self.record["what"])

    @property
    def student(self) -> str:
        """The student's id, or the group's with its level."""
        return whose(self.record)

    @property
    def whom(self) -> str:
        """The student or the group, in words."""
        return occasions.whose(self.record, self.policy, self.phrases)

    @property
    def year(self) -> int:
        """The year of the decision, which later dates of the sentence leave out."""
        return int(str(self.record["decided"])[:4])

    @property
    def date(self) -> datetime.date:
        """The local date of the effective instant."""
        return datetime.date.fromisoformat(str(self.record["effective"])[:10])

    @property
    def changed(self) -> dict[str, object]:
        """The fields that the record changed."""
        return changed(self.record)

    @property
    def after(self) -> dict[str, object]:
        """All that is known of the subject after the record."""
        return {**self.known.before, **self.changed}

    @property
    def readings(self) -> Sequence[Reading]:
        """What the condition of its stage or its case read."""
        return self.read("")

    def read(self, of: str) -> Sequence[Reading]:
        """What one condition of the item read: its `hold`, its `done_when`, its `entry`, or with nothing that of its stage."""
        return [reading for reading in cast("Sequence[Reading]", self.record["readings"]) if reading.get("of", "") == of]

    @property
    def ladder(self) -> Ladder:
        """The ladder of the case or the item."""
        return self.policy.ladders[parts_of(str(self.record["subject"]), self.record)[0]]

    @property
    def asked(self) -> Duty | Target | None:
        """The duty or the target of the item."""
        found = part_of(self.policy, parts_of(str(self.record["subject"]), self.record)[0])
        return found if isinstance(found, (Duty, Target)) else None

    @property
    def place(self) -> Place:
        """Where the item stands in its policy."""
        return place_of(self.record, self.policy)

    @property
    def action(self) -> Action:
        """What is to be done."""
        found = find_action(self.policy, path_of(self.record)) or self.place.action
        if found is None:
            raise LookupError(f"`{path_of(self.record)}` is not in version {self.policy.version} of `{self.policy.name}`")
        return found

    @property
    def persons(self) -> Persons | None:
        """The ids of the persons of each role, as resolved when the item opened; None where that is not known."""
        found = self.after.get("persons")
        if found is None and not self.fresh:
            return None
        return persons_of(found)

    @property
    def fresh(self) -> bool:
        """Whether the record is the first of its subject."""
        return ("number" if self.record["kind"] == "case" else "action") in self.changed

    # --- the sentence ---------------------------------------------------------------------------------

    def say(self, key: str, **parts: object) -> str:
        """A phrase with its parts."""
        return self.phrases.say(key, **parts)

    def sentence(self) -> str:
        """The whole of it."""
        body = self.case_body() if self.record["kind"] == "case" else self.item_body()
        return f"{self.lead()}{body}{self.phrases.texts['stop']}{self.brief()}{self.cites()}{self.evidence()}"

    def lead(self) -> str:
        """When it was decided, and since when it holds where that was learnt later."""
        decided, effective = str(self.record["decided"]), str(self.record["effective"])
        when = self.phrases.moment(decided)
        if decided == effective or self.what not in DATED:
            return self.say("lead", decided=when)
        if self.what in OUTCOMES and not self.fresh:
            return self.say("lead.outcome", decided=when, effective=self.moment(effective))
        if decided[:10] == effective[:10]:
            return self.say("lead.same_day", decided=when, clock=effective[11:16])
        return self.say("lead.later", decided=when, effective=self.moment(effective))

    def moment(self, text: object) -> str:
        """A day or an instant, without the year where it is that of the decision."""
        return self.phrases.moment(str(text), self.year)

    def cites(self) -> str:
        """The clauses."""
        found = cites_of(self.record)
        return self.say("cites", cites=self.phrases.all_of(found)) if found else ""

    def evidence(self) -> str:
        """The ids of the events, those of one day together; a number where there are too many to name."""
        ids = evidence_of(self.record, self.phrases, self.known.sessions)
        return self.say("evidence", ids=ids) if ids else ""

    def brief(self) -> str:
        """What an item rests on, where the sentence itself does not say so."""
        if self.record["kind"] != "item":
            return ""
        for of, condition in (("hold", self.action.hold), ("done_when", self.action.done_when)):
            if condition is not None and self.read(of):
                return self.say("brief", ground=self._met(condition, self.phrases.texts[f"goal.{of}"], self.read(of), "readings_met", "only_met"))
        if counted := self.read("entry"):
            return self.say("brief", ground=self.phrases.all_of([self.words.reading(reading, self.year) for reading in counted]))
        stage = self.stage()
        untold = not self.fresh and self.what in ("overdue", "done", "moved", "reopened", "replaced")
        return self.say("brief", ground=self.met(stage)) if untold and stage is not None and self.readings else ""

    # --- grounds ----------------------------------------------------------------------------------------

    def stage(self) -> Stage | None:
        """The stage that the record rests on."""
        if self.asked is not None:
            return None
        name = path_of(self.record).rpartition(".")[2] if self.record["kind"] == "case" else self.place.stage
        if name == "ends":
            return self.ladder.ends
        return next((stage for stage in self.ladder.stages if stage.name == name), None)

    def goal(self, stage: Stage) -> str:
        """The condition that was met, by its stage's title."""
        if stage is self.ladder.ends:
            return self.phrases.texts["goal.ends"]
        n = str(self.after.get("occurrence", "1")) if stage.again is not None else "1"
        times = "" if n == "1" else self.say("occurrence" if n.isdecimal() and len(n) < 4 else "occurrence.period", period=n, n=n)
        return self.say("goal", stage=self.words.stage(stage), occurrence=times)

    def ground(self, stage: Stage) -> str:
        """The student's readings and the condition that they met."""
        return self._met(stage.when, self.goal(stage), self.readings, "had_met", "plain_met")

    def met(self, stage: Stage) -> str:
        """The same without the student."""
        return self._met(stage.when, self.goal(stage), self.readings, "readings_met", "only_met")

    def _met(self, condition: Condition, goal: str, read: Sequence[Reading], full: str, bare: str) -> str:
        readings = self.phrases.all_of([self.words.reading(reading, self.year) for reading in read if "measure" in reading])
        said = self.words.condition(condition, read, implied_by(condition.expr))
        return self.say(full if readings else bare, student=self.whom, readings=readings, goal=goal, condition=said)

    # --- cases ------------------------------------------------------------------------------------------

    def case_body(self) -> str:
        """What happened to a case."""
        number = parts_of(str(self.record["subject"]), self.record)[1]
        case = self.say("case", ladder=self.words.ladder(self.ladder.name), number=number)
        whole = self.say("of_case", case=case, student=self.whom)
        stage = self.stage()
        if self.what == "opened" and stage is not None:
            return self.phrases.clauses([self.ground(stage), self.say("case opened", case=case)])
        if self.what == "ended":
            return self._ended(case, whole, stage)
        moved = self.case_moves()
        if self.what == "merged":
            into = str(self.changed.get("fate", "")).rpartition(" ")[2]
            return self.say("case merged.into" if into else "case merged", case=whole, into=into)
        if self.what == "re-pinned":
            body = self.say("case re-pinned", case=whole, new=self.version(self.changed.get("version")), old=self.version(was(self.record, "version")))
            return self.joined([body, moved])
        body = self.say(f"case {self.what}", case=whole, moved=moved)
        return body if self.what in ("moved", "withdrawn", "reopened") else self.joined([body, moved])

    def _ended(self, case: str, whole: str, stage: Stage | None) -> str:
        reason = str(self.changed.get("reason", ""))
        opened = self.say("case.had_opened", opened=self.moment(self.changed["opened"])) if "opened" in self.changed else ""
        if reason == "ends" and stage is not None:
            return self.phrases.clauses([self.ground(stage), self.say("case ended.so", case=case), opened])
        return self.phrases.clauses([self._ended_for(reason, case, whole), opened])

    def _ended_for(self, reason: str, case: str, whole: str) -> str:
        if reason == "lasts":
            return self.say("ended.lasts", period=self.phrases.periods[self.ladder.lasts], case=whole)
        if reason == "where":
            left = self.say("ended.where", student=self.whom, where=self.covers(self.readings))
            return self.phrases.clauses([left, self.say("case ended.so", case=case)])
        cause = self.phrases.texts["ended.withdrawn"] if reason == "withdrawn" else ""
        return self.phrases.clauses([cause, self.say("case ended.so" if cause else "case ended", case=whole)])

    def covers(self, readings: Sequence[Reading] = ()) -> str:
        """Whom the ladder covers, and what was found of the student."""
        return self.say("covers", where=self.words.condition(self.ladder.where, readings))

    def case_moves(self) -> str:
        """From when to when a case was moved, and what opened or ended it then."""
        moves = []
        if "opened" in self.changed:
            moves.append(self.say("case.opened_to", old=self.moment(was(self.record, "opened")), new=self.moment(self.changed["opened"])))
        ended = was(self.record, "ended")
        if ended and self.changed["ended"]:
            moves.append(self.say("case.ended_to", old=self.moment(ended), new=self.moment(self.changed["ended"])))
        elif ended:
            moves.append(self.say("case.unended", old=self.moment(ended)))
        for name, say in (("opened_by", self.words.stage_named), ("reason", lambda reason: self.phrases.texts[f"case.reason.{reason}"])):
            old, new = was(self.record, name), self.changed.get(name)
            if old and new and not (name == "reason" and "withdrawn" in (old, new)):
                moves.append(self.say(f"case.{name}_to", old=say(str(old)), new=say(str(new))))
        return self.phrases.clauses(moves)

    def version(self, name: object) -> str:
        """A version by the date from which it is in force."""
        if name in ("-", "", None):
            return self.phrases.texts["version.-"]
        return self.say("version", date=self.phrases.date(datetime.date.fromisoformat(str(name))))

    # --- items --------------------------------------------------------------------------------------------

    def item_body(self) -> str:
        """What happened to an item."""
        if self.what == "lapsed":
            cause = self._cause()
            return self.phrases.clauses([cause, self.say("lapsed.but" if cause else "lapsed", title=self.title)])
        if self.fresh or self.what == "issued":
            issued = self.issue()
            told = self.what in ("issued", "blocked") or self.action.tells
            return issued if told else self.joined([issued, self._happened()])
        undone = self._undone()
        covered = COVERED.get(self.what, ALL)
        return self.joined([self._happened(), undone, *self._moves(covered | {"outcome"} if undone else covered)])

    def joined(self, parts: Sequence[str]) -> str:
        """Statements side by side."""
        return self.phrases.texts["semicolon"].join(part for part in parts if part)

    @property
    def title(self) -> str:
        """What is to be done, in words."""
        return self.words.action(self.action)

    @property
    def name(self) -> str:
        """The title, with that of the item that it chases."""
        place = self.place
        if place.branch != "overdue" or place.parent is None:
            return self.title
        return self.title + self.say("aside", text=self.words.action(place.parent))

    @property
    def form(self) -> str:
        """The form in brackets; nothing where it is the title already."""
        form = self.action.form
        return self.say("form", form=form) if form and form != self.title else ""

    def _cause(self) -> str:
        """Why an item was issued: what it is chained to, or its stage."""
        place = self.place
        if place.parent is not None:
            return self.say(f"after.{place.branch}", parent=self.words.action(place.parent), result=self.words.result(place.result))
        if self.asked is not None:
            return occasions.ground(self.record, self.policy, self.phrases, self.whom, self.readings)
        stage = self.stage()
        return self.ground(stage) if stage is not None and self.readings else ""

    def issue(self) -> str:
        """The cause, what is to be done, by whom, to whom, by when."""
        cause = self._cause()
        if self.place.parent is not None or isinstance(self.asked, Duty):
            cause = self.say("of_student", cause=cause, student=self.whom)
        if self.action.entry is not None:
            said = occasions.entered(self.after.get("entry"), self.phrases)
            return self.phrases.clauses([cause, self.say("entry.so" if cause else "entry", title=self.title, who=self.told(), amount=said)])
        if self.action.tells and self.what != "blocked":
            return self.phrases.clauses([cause, self.say("told.so" if cause else "told.plain", title=self.title, form=self.form, who=self.told())])
        if self.action.tells:
            held = self.say("told.held.so" if cause else "told.held", title=self.title, form=self.form, who=self.told())
            return self.phrases.clauses([cause, held, self.say("held", missing=self.missing())])
        key = ("issued" if self.fresh else "again") + (".so" if cause else "")
        parts = [cause, self.say(key, title=self.title, form=self.form), *self.duty(), self.due()]
        if self.what == "blocked":
            parts.append(self.say("blocked", missing=self.missing()))
        return self.phrases.clauses(parts)

    def duty(self) -> list[str]:
        """By whom, to whom, who is told, about whom."""
        about = self.action.about
        parts = [self.by()] if self.action.by.entries else []
        parts += [self.say(key, who=self.named(key)) for key in ("to", "notify") if self.part(key).entries]
        if about is not None:
            parts.append(self.say("about", who=self.words.who(Actors((about,)), "about", self.persons)))
        return parts

    def by(self) -> str:
        """Who has to do it, as a part of a sentence."""
        joint = len(self.action.by.entries) > 1 and not self.action.by.each
        return self.say("by.joint" if joint else "by", who=self.who())

    def who(self) -> str:
        """Who has to do it."""
        return self.named("by")

    def told(self) -> str:
        """Who is told."""
        return self.named("notify")

    def part(self, key: str) -> Actors:
        """By whom, to whom or who is told, as this item has it."""
        return self.action.parts(str(self.after.get("actor", "")))[key]

    def named(self, key: str) -> str:
        """The same in words: all roles, or with `each` the one holder that this item is for."""
        who, person = self.part(key), str(self.after.get("actor", "")).partition("/")[2]
        own = person and who.each and self.persons is None
        return self.words.who(who, key, {f"{key} {entry.key}": [person] for entry in who.entries} if own else self.persons)

    def due(self) -> str:
        """By when, with the parameters that say so."""
        action, note, due = self.action, str(self.after.get("note", "")), str(self.after.get("due", ""))
        if action.due is None or action.tells:
            return "" if action.tells else self.phrases.texts["due.none"]
        if note == "beyond the calendar":
            return self.phrases.texts["due.beyond"]
        named = self.words.parameters_of(action.due, self.date)
        if not due:
            return self._aside("due.waiting", self.words.rule(action.due, self.date), named, "rule")
        key = "due.past" if note == "already past" else "due.optional" if action.optional else "due"
        return self._aside(key, self.moment(due), named, "due")

    def _aside(self, key: str, text: str, named: str, slot: str) -> str:
        return self.say(key, **{slot: self.say("due.by", due=text, parameters=named) if named else text})

    def missing(self) -> str:
        """What evidence is missing, and what was asked for."""
        names = cast("Sequence[str]", self.after.get("missing") or ())
        stage = self.stage()
        found = self.phrases.all_of([self.say("quoted", text=self.words.item(name)) for name in names])
        said = self.say("missing" if len(names) == 1 else "missing.many", missing=found)
        return said if stage is None or stage.need is None else said + self.say("needed", need=self.words.condition(stage.need, self.readings))

    def _happened(self) -> str:
        return HAPPENED[self.what](self)

    def plain(self, key: str = "") -> str:
        """The phrase of what happened, with what most of them name."""
        return self.say(
            key or self.what, student=self.whom, title=self.name,
            missing=self.missing() if self.what == "blocked" else "", old=str(self.after.get("replaces", "")),
        )

    def done(self) -> str:
        """Done, in time or late, with its outcome; an overdue that this takes back; a notice that waited for its evidence and was sent."""
        if self.action.tells and was(self.record, "missing"):
            return self.say("told.unblocked", title=self.name, student=self.whom, who=self.told())
        free = self.what == "done" and self.action.due is None
        result = self.words.result(str(self.after.get("outcome", "")))
        due = str(self.after.get("due", ""))
        limit = self.say("limit", due=self.moment(due)) if due and not self.fresh else ""
        known = str(self.after.get("done_known", ""))
        by = self.say("counts.known", known=self.moment(known)) if known and known != self.after.get("done_at") else ""
        done = self.phrases.clauses([self.plain("done.free" if free else self.what) + limit, by, self.say("result", result=result) if result else ""])
        retracts = self.what == "done" and was(self.record, "status") == "overdue"
        return self.joined([done, self.phrases.texts["done.retracts"] if retracts else ""])

    def _undone(self) -> str:
        """What had done it and was taken back."""
        old, outcome = was(self.record, "done_at"), was(self.record, "outcome")
        if not old or self.changed["done_at"]:
            return ""
        return self.say("undone.outcome" if outcome else "undone", old=self.moment(old), outcome=self.words.result(str(outcome)))

    def retracted(self) -> str:
        """No longer overdue: its evidence came, or the facts have changed."""
        if not self.changed.get("unblocked"):
            return self.plain()
        return self.joined([self.plain("unblocked"), self.phrases.texts["done.retracts"]])

    def overdue(self) -> str:
        """Past due and not done."""
        due = str(self.after.get("due", ""))
        return self.say("overdue" if due else "overdue.plain", student=self.whom, title=self.name, due=self.moment(due) if due else "", who=self.who())

    def cancelled(self) -> str:
        """Why nothing is owed any more."""
        return self.say("cancelled", title=self.name, student=self.whom, why=self._why())

    def _why(self) -> str:
        note = str(self.changed.get("note", ""))
        if note.startswith("replaced by "):
            by = find_action(self.policy, note.removeprefix("replaced by "))
            return self.say("why.replaced", by=self.words.action(by) if by else note.removeprefix("replaced by "))
        if note == "due never came":
            return self.phrases.texts["why.never"]
        if self.asked is not None:
            return self.phrases.texts["case.reason.where"]
        ends, reason = self.ladder.ends, str(self.known.case.get("reason", ""))
        if self.readings and ends is not None:
            return self.say("why.ends", met=self.met(ends))
        if reason == "lasts":
            return self.say("why.lasts", period=self.phrases.periods[self.ladder.lasts])
        if reason == "where":
            return self.say("why.where", where=self.covers())
        return self.phrases.texts["why.withdrawn" if reason == "withdrawn" else "why.case"]

    def recalled(self) -> str:
        """To be taken back by a person: it was done or told."""
        return self.plain("recall.told" if self.action.tells else "recall")

    def moved(self) -> str:
        """Every change of an item that keeps its status."""
        return self.say("moved", title=self.name, student=self.whom, changes=self.moves())

    def moves(self) -> str:
        """What of an item changed, from what to what."""
        return self.phrases.clauses(self._moves(frozenset()) or [self.phrases.texts["change.none"]])

    def _moves(self, covered: frozenset[str]) -> list[str]:
        """The changed fields that nothing else in the sentence tells."""
        found = []
        for name in ("effective", "opened", "due", "holds", "persons", "outcome", "missing", "version", "done_at", "done_known", "note", "entry"):
            if name in self.changed and name not in covered:
                found.append(self._move(name, was(self.record, name), self.changed[name]))
        return [move for move in found if move]

    def _move(self, name: str, old: object, new: object) -> str:
        if name == "persons":
            return self.say("change.persons", who=self.words.who(self.action.by, "by", persons_of(new)))
        if name == "entry":
            return self.say("change.entry", new=occasions.entered(new, self.phrases), old=occasions.entered(old, self.phrases))
        if name == "holds":
            lost = "unblocked" not in self.changed and cast("int", new or 0) < cast("int", old or 0)
            return self.phrases.texts["change.unheld"] if lost else ""
        if name == "version":
            return self.say("change.version", new=self.version(new))
        if name == "note":
            key = {"already past": "change.note.past", "beyond the calendar": "change.note.beyond"}.get(str(new))
            return self.phrases.texts[key] if key else ""
        if name == "missing":
            names = self.phrases.all_of([self.say("quoted", text=self.words.item(one)) for one in cast("Iterable[str]", new or ())])
            return self.say("change.missing", new=names) if names else ""
        if name == "outcome":
            word = self.words.result(str(new or old))
            return self.say("change.outcome", new=word) if new else self.say("change.outcome.gone", old=word)
        if name == "due" and not (old and new):
            return self.say("change.due.new", new=self.moment(new)) if new else self.say("change.due.gone", old=self.moment(old))
        if not new:
            return ""
        return self.say(f"change.{name}", old=self.moment(old) if old else "", new=self.moment(new))


ALL = frozenset({"effective", "opened", "due", "holds", "persons", "outcome", "missing", "version", "done_at", "done_known", "note", "entry"})
DONE_SAYS = frozenset({"outcome", "done_at", "done_known", "missing", "due", "holds", "opened"})
COVERED = {
    "moved": ALL, "blocked": frozenset({"missing"}), "unblocked": frozenset({"missing"}), "overdue": frozenset({"note"}),
    "overdue retracted": frozenset({"missing"}),
    "done": DONE_SAYS, "done late": DONE_SAYS,
    "reopened": frozenset({"note"}), "replaced": frozenset({"opened"}),
}
HAPPENED: Mapping[str, Callable[[Teller], str]] = {
    "moved": Teller.moved, "blocked": lambda teller: teller.plain("blocked.again"), "unblocked": Teller.plain, "overdue": Teller.overdue,
    "overdue retracted": Teller.retracted, "done": Teller.done, "done late": Teller.done, "cancelled": Teller.cancelled, "reopened": Teller.plain,
    "replaced": Teller.plain, "withdrawn": Teller.plain, "recall": Teller.recalled,
}


def implied_by(expr: Expr) -> set[str]:
    """The truths that must be as they are for a condition to hold, so that telling them says nothing new."""
    if isinstance(expr, And):
        return {key for part in expr.parts for key in implied_by(part)}
    if isinstance(expr, Not):
        return implied_by(expr.part) if isinstance(expr.part, Term) else set()
    return {expr.key} if isinstance(expr, Term) and expr.kind in TRUTHS else set()


def persons_of(value: object) -> Persons:
    """The persons of a record by `by role`, `to above role`, `notify role`."""
    found = cast("Iterable[Mapping[str, object]]", value or ())
    return {str(one["role"]): cast("Sequence[str]", one["persons"]) for one in found}


def evidence_of(record: Record, phrases: Phrases, sessions: Sequence[str] = ()) -> str:
    """The ids of the events of a record; natural ids of one date stand together, by the clock: `2025-09-02.am, pm`."""
    events = record["events"]
    if isinstance(events, Mapping):
        return phrases.say("evidence.count", count=events["count"])
    dates: dict[str, list[str]] = {}
    for name in cast("Sequence[str]", events):
        date, mark, rest = name[:10], name[10:11], name[11:]
        natural = mark in (".", "/") and date.count("-") == 2 and date.replace("-", "").isdecimal()
        dates.setdefault(date + mark if natural else "", []).append(rest if natural else name)
    return phrases.texts["evidence.dates"].join(date + phrases.texts["list"].join(by_clock(rest, sessions) if date else rest) for date, rest in dates.items())


def by_clock(names: Sequence[str], sessions: Sequence[str]) -> list[str]:
    """The ends of natural ids (`am`, `pm#2`) as their sessions follow each other; those of no known session stay last."""
    places = {name: n for n, name in enumerate(sessions)}
    return sorted(names, key=lambda name: places.get(name.partition("#")[0], len(places)))
