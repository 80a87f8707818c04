"""The page of one child: the school year with its sessions, below on the same days its cases and items, and all of it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from ..explain import sentence
from ..reports.timeline import Story
from . import signs
from .attendance import ORDINARY, Day
from .cells import height, legend, sessions
from .chart import Chart, counts, covered
from .parts import caveats_box, foot, head_of
from .spans import Bar, Fired, Stick, bars, sticks
from .style import CHILD, style_of
from .tables import ident, listed, named, when
from .tags import Html, document, joined, tag
from .words import words_for

COLUMNS = ("status", "what", "who", "to", "opened", "due", "closed", "outcome")
SHOWN = 10  # days in words that stand open


@frozen
class Child:
    """What is told of a child. name: empty where only ids are to be shown. until: as a record has an instant."""

    story: Story
    name: str
    class_: str
    days: Sequence[Day]
    fired: Fired
    until: str
    caveats: Sequence[str]
    odd: Sequence[str] = ()


def timeline_page(child: Child) -> str:
    """One HTML file that needs nothing but itself; the same child gives the same bytes."""
    story, phrases = child.story, child.story.phrases
    words = words_for(phrases.lang)
    cases, items = bars(story, child.fired), sticks(story)
    student = words["of_student"].format(student=f"{story.student} {child.name}".rstrip())
    title = words["timeline"].format(student=student)
    policies = list(story.policies.values())
    about = [child.class_, words["until"].format(until=phrases.moment(child.until)), *(story.summary() if story.entries else ())]
    body = [
        signs.symbols(),
        head_of(title, policies, about, phrases),
        caveats_box([*_unrecorded(child, words), *child.caveats], words),
        _figure(child, cases, items, words),
        _marks(child, words),
        _items(child, items, words),
        _story(child, words),
        foot(policies, [*child.odd], words),
    ]
    return document(phrases.lang, title, style_of(phrases.lang, CHILD), *body)


def _unrecorded(child: Child, words: Mapping[str, str]) -> list[str]:
    """Sessions of which nobody recorded anything: the child may have been away, and nothing would follow."""
    missing = sum(slot.meaning == "none" for day in child.days for slot in day.slots)
    return [words["unrecorded"].format(n=missing)] if missing else []


def _figure(child: Child, cases: Sequence[Bar], items: Sequence[Stick], words: Mapping[str, str]) -> Html:
    phrases = child.story.phrases
    days = covered(child.days, cases, items, child.until)
    chart = Chart(days, cases, items, child.until, phrases, words)
    stated = dict.fromkeys(stick.status for stick in items)
    signed = [tag("li", signs.status(one), words["told"] if one == "told" else phrases.statuses[one]) for one in signs.STATUSES if one in stated]
    return tag(
        "main",
        tag("h2", words["calendar"]),
        tag("p", words["how"], tag("span", words["how.point"], class_="hint"), words["how.words"], class_="note"),
        legend(counts(days), words), tag("ul", *signed, class_="legend") if signed else Html(""),
        Html("\n"), chart.drawn(), Html("\n"), tag("p", words["groups"], class_="note"), style=f"--cell:{height(days)}px",
    )  # fmt: skip


def _marks(child: Child, words: Mapping[str, str]) -> Html:
    """The days that are not ordinary, in words; many of them in a part that opens."""
    shown = [day for day in child.days if any(slot.meaning not in ORDINARY or slot.before for slot in day.slots)]
    if not shown:
        return tag("section", tag("h2", words["marks"]), tag("p", words["no_marks"], class_="note"))
    rows = [(tag("span", child.story.phrases.day(day.date), class_="whole"), sessions(day, words)) for day in shown]
    table = listed([words["col.date"], words["col.sessions"]], rows, small=True)
    inside = table if len(shown) <= SHOWN else tag("details", tag("summary", words["marks.all"].format(n=len(shown))), table, class_="printed")
    return tag("section", tag("h2", f"{words['marks']}{words['colon']}{len(shown)}"), inside)


def _items(child: Child, items: Sequence[Stick], words: Mapping[str, str]) -> Html:
    if not items:
        return tag("section", tag("h2", words["items"]), tag("p", words["no_items"], class_="note"))
    classes = [f"st-{signs.key_of(stick.status)}-row" for stick in items]
    table = listed([words[f"col.{name}"] for name in COLUMNS], [_row(child, stick, words) for stick in items], classes)
    return tag("section", tag("h2", f"{words['items']}{words['colon']}{len(items)}"), table)


def _row(child: Child, stick: Stick, words: Mapping[str, str]) -> Sequence[str]:
    """The cells of an item, by the columns."""
    phrases, year = child.story.phrases, int(stick.opened[:4])
    status = words["told"] if stick.status == "told" else phrases.statuses[stick.status]
    return (
        joined([signs.status(stick.status), Html(" "), tag("span", status)]), joined([tag("b", stick.title), ident(stick.id.partition("/")[2])]),
        named(stick.who), named(stick.whom), when(stick.opened, phrases), when(stick.due, phrases, year), when(stick.closed, phrases, year), stick.outcome,
    )  # fmt: skip


def _story(child: Child, words: Mapping[str, str]) -> Html:
    story = child.story
    told = []
    for entry in story.entries:
        said = sentence(entry.record, story.policies[str(entry.record["policy"])], story.lang, entry.known)
        sign = signs.status(str(entry.after.get("status") or "open")) if entry.record["kind"] == "item" else Html("")
        told.append(tag("li", sign, said))
    body = tag("ol", joined(told, "\n"), class_="story") if told else tag("p", words["no_story"], class_="note")
    return tag("section", tag("h2", words["story"]), body)
