"""The page of one child: the school year with its sessions, below on the same days its cases and items, and all of it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from ..explain import sentence
from ..reports.timeline import Story
from . import signs
from .attendance import ORDINARY, Day
from .cells import height, legend, sessions
from .chart import Chart, counts
from .parts import caveats_box, foot, head_of
from .spans import Bar, Fired, Stick, bars, sticks
from .style import CHILD, style_of
from .tags import Html, document, joined, tag
from .words import words_for

COLUMNS = ("status", "what", "who", "to", "opened", "due", "closed", "outcome", "id")


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
    chart = Chart(child.days, cases, items, child.until, phrases, words)
    stated = dict.fromkeys(stick.status for stick in items)
    signed = [tag("li", signs.status(one), words["told"] if one == "told" else phrases.statuses[one]) for one in signs.STATUSES if one in stated]
    return tag(
        "main",
        tag("h2", words["calendar"]), tag("p", f"{words['how']} {words['how.words']}", class_="note"),
        legend(counts(child.days), words), tag("ul", *signed, class_="legend") if signed else Html(""),
        Html("\n"), chart.drawn(), Html("\n"), tag("p", words["groups"], class_="note"), style=f"--cell:{height(child.days)}px",
    )  # fmt: skip


def _marks(child: Child, words: Mapping[str, str]) -> Html:
    """The days that are not ordinary, in words."""
    shown = [day for day in child.days if any(slot.meaning not in ORDINARY or slot.before for slot in day.slots)]
    if not shown:
        return tag("section", tag("h2", words["marks"]), tag("p", words["no_marks"], class_="note"))
    rows = [tag("tr", tag("td", child.story.phrases.day(day.date)), tag("td", sessions(day, words))) for day in shown]
    head = tag("tr", tag("th", words["col.date"]), tag("th", words["col.sessions"]))
    many = tag("summary", f"{words['marks']}{words['colon']}{len(shown)}")
    table = tag("table", tag("thead", head), tag("tbody", joined(rows, "\n")))
    return tag("section", tag("h2", words["marks"]), tag("details", many, table))


def _items(child: Child, items: Sequence[Stick], words: Mapping[str, str]) -> Html:
    if not items:
        return tag("section", tag("h2", words["items"]), tag("p", words["no_items"], class_="note"))
    heads = [words[f"col.{name}"] for name in COLUMNS]
    rows = [_row(child, stick, heads, words) for stick in items]
    table = tag("table", tag("thead", tag("tr", *(tag("th", head) for head in heads))), Html("\n"), tag("tbody", joined(rows, "\n")), class_="items")
    return tag("section", tag("h2", words["items"]), table)


def _row(child: Child, stick: Stick, heads: Sequence[str], words: Mapping[str, str]) -> Html:
    phrases = child.story.phrases
    status = words["told"] if stick.status == "told" else phrases.statuses[stick.status]

    def moment(text: str, year: int | None = int(stick.opened[:4])) -> str:
        return phrases.moment(text, year) if text else ""

    cells = (
        joined([signs.status(stick.status), Html(" "), tag("span", status)]), tag("b", stick.title), stick.who, stick.whom, moment(stick.opened, None),
        moment(stick.due), moment(stick.closed), stick.outcome, tag("span", stick.id.partition("/")[2], class_="id"),
    )  # fmt: skip
    return tag("tr", *(tag("td", cell, data_head=head) for head, cell in zip(heads, cells, strict=True)), class_=f"st-{signs.key_of(stick.status)}-row")


def _story(child: Child, words: Mapping[str, str]) -> Html:
    story = child.story
    told = []
    for entry in story.entries:
        said = sentence(entry.record, story.policies[str(entry.record["policy"])], story.lang, entry.known)
        sign = signs.status(str(entry.after.get("status") or "open")) if entry.record["kind"] == "item" else Html("")
        told.append(tag("li", sign, said))
    body = tag("ol", joined(told, "\n"), class_="story") if told else tag("p", words["no_story"], class_="note")
    return tag("section", tag("h2", words["story"]), body)
