"""The page of a run: first what names no child and may hang on a wall, then child by child what belongs in a drawer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from attrs import frozen

from ..ledger import DONE, OPEN
from ..phrases import Phrases, phrases_for
from ..policy import Policy
from ..reports.table import Line
from ..reports.words import counted
from . import signs
from .drawer import ChildLine, drawer
from .parts import caveats_box, foot, head_of
from .scale import at
from .strip import Axis
from .style import SCHOOL, style_of
from .tags import Html, document, joined, tag
from .words import words_for
from .workload import Task, by_class, load_of, monday

Date = datetime.date
WHOLE = 15  # rows of a table that no page of paper cuts
ROOM = 720  # for the weeks of the load, in points


@frozen
class School:
    """What is told of a run. heads: children on the roster. todo: items to be done, each as a line with its status and why.

    seals: what is said of the audit trail, which stands at the end. share: for whom it is where it is a part, a role's title and the person.
    wall: whether only what names no child is written.
    """

    lang: str
    policies: Sequence[Policy]
    until: str
    axis: Axis
    heads: int
    children: Sequence[ChildLine]
    tasks: Sequence[Task]
    todo: Sequence[tuple[Line, str, Sequence[str]]]
    counts: Sequence[tuple[str, str]]
    caveats: Sequence[str]
    odd: Sequence[str] = ()
    roots: Sequence[str] = ()
    seals: Sequence[str] = ()
    share: tuple[str, str] | None = None
    wall: bool = False


def report_page(school: School) -> str:
    """One HTML file that needs nothing but itself; the same run gives the same bytes."""
    phrases, words = phrases_for(school.lang), words_for(school.lang)
    names = phrases.texts["list"].join(dict.fromkeys(policy.title.say(phrases.lang) or policy.name for policy in school.policies))
    title = words["report"].format(title=names)
    about = [words["until"].format(until=phrases.moment(school.until))]
    about += [words["share"].format(role=school.share[0], person=school.share[1])] if school.share else []
    about += [words["wall"]] if school.wall else []
    body = [
        signs.symbols(),
        head_of(title, (), about, phrases),
        caveats_box(school.caveats, words),
        _figures(school, words),
        _counts(school),
        _load(school, phrases, words),
        _by_class(school, words),
        Html("") if school.wall else drawer(school.children, school.todo, school.axis, school.until, phrases),
        foot(school.policies, () if school.wall else school.odd, words, [*(words["root"].format(root=root) for root in school.roots), *school.seals]),
    ]
    return document(phrases.lang, title, style_of(phrases.lang, SCHOOL), *body)


# --- numbers ------------------------------------------------------------------------------------------


def _figures(school: School, words: Mapping[str, str]) -> Html:
    """The few numbers that are asked for first."""
    todo = [task for task in school.tasks if task.status in OPEN]
    done = [task for task in school.tasks if task.status in DONE and task.roles]  # a notice is never late
    late = sum(task.status == "done late" for task in done)
    shown = [
        ("students", f"{school.heads:,}"),
        ("cases", f"{sum(any(bar.state == 'open' for bar in child.bars) for child in school.children):,}"),
        ("open", f"{len(todo):,}"),
        ("overdue", f"{sum(task.late for task in todo):,}"),
        ("closed", f"{sum(bar.state == 'ended' for child in school.children for bar in child.bars):,}"),
        ("late", f"{(late * 100 + len(done) // 2) // len(done)}%" if done else "–"),
    ]
    marked = {name: f"f-{name}" for name, number in shown if number not in ("0", "0%")}
    said = {name: counted(1 if number == "1" else 2, words[f"sum.{name}"]) for name, number in shown}
    cells = [tag("li", tag("b", number), tag("span", said[name]), class_=marked.get(name)) for name, number in shown]
    return tag("ul", *cells, class_="figures")


def _counts(school: School) -> Html:
    """What came in and went out."""
    return tag("dl", *(joined([tag("dt", name), tag("dd", text)]) for name, text in school.counts), class_="counts")


# --- who has how much to do ---------------------------------------------------------------------------


def _load(school: School, phrases: Phrases, words: Mapping[str, str]) -> Html:
    load = load_of(school.tasks)
    head = tag("h2", words["load"])
    if not load.roles:
        return tag("section", head, tag("p", words["no_load"], class_="note"))
    most = max((n for (_, week), n in load.all.items() if week), default=1)
    now = monday(Date.fromisoformat(school.until[:10]))
    columns = [*load.weeks, *([None] if any(week is None for _, week in load.all) else [])]
    heads = [tag("th", _week(week, load.weeks[n - 1] if n else None, phrases) if week else words["col.no_due"],
                 class_="now" if week == now else None, title=_week_of(week, phrases, words)) for n, week in enumerate(columns)]  # fmt: skip
    rows = []
    for role in load.roles:
        cells = []
        for week in columns:
            n, todo = load.all.get((role, week), 0), load.todo.get((role, week), 0)
            said = words["load.cell"].format(role=role, date=phrases.date(week), n=n, open=todo) if week and n else None
            cells.append(tag("td", tag("b", str(n)) if todo else str(n) if n else "", style=at(h=0.08 + 0.72 * n / most) if n and week else None,
                             class_="now" if week == now else None, title=said))  # fmt: skip
        left = load.left(role)
        sums = (tag("td", f"{load.total(role):,}", class_="sum"), tag("td", f"{left:,}" if left else "–", class_="sum"))
        rows.append(tag("tr", tag("th", role, scope="row"), *sums, *cells))
    top = tag("tr", tag("th", words["col.role"]), tag("th", words["col.all"], class_="sum"), tag("th", words["col.left"], class_="sum"), *heads)
    table = tag("table", tag("thead", top), tag("tbody", joined(rows, "\n")), class_="load", style=at(w=min(max(ROOM // len(columns), 25), 72)))
    return tag("section", head, tag("p", words["load.note"], class_="note"), tag("div", table, class_="wide"), class_="together")


def _week(week: Date, before: Date | None, phrases: Phrases) -> Html:
    """A Monday: its day, and above it its month where that is another than before."""
    month = phrases.months[week.month - 1] if before is None or before.month != week.month else ""
    return joined([tag("span", f"{month}月" if month and phrases.lang == "zh" else month), tag("span", str(week.day))])


def _week_of(week: Date | None, phrases: Phrases, words: Mapping[str, str]) -> str | None:
    return words["week"].format(date=phrases.date(week)) if week else None


def _by_class(school: School, words: Mapping[str, str]) -> Html:
    classes, roles, found = by_class(school.tasks)
    head = tag("h2", words["by_class"])
    if not classes:
        return tag("section", head, tag("p", words["no_todo"], class_="note"))
    rows = [tag("tr", tag("th", name or words["group"], scope="row"), *(_todo(found.get((name, role))) for role in roles)) for name in classes]
    of_role = [[counts for (_, one), counts in found.items() if one == role] for role in roles]
    sums = [(sum(many for many, _ in counts), sum(late for _, late in counts)) for counts in of_role]
    total = tag("tr", tag("th", words["col.all"], scope="row"), *map(_todo, sums), class_="sum")
    heads = tag("tr", tag("th", words["col.class"]), *(tag("th", role) for role in roles))
    table = tag("table", tag("thead", heads), tag("tbody", joined([*rows, total], "\n")), class_="matrix")
    together = "together" if len(rows) <= WHOLE else None
    return tag("section", head, tag("p", words["by_class.note"], class_="note"), tag("div", table, class_="wide"), class_=together)


def _todo(found: tuple[int, int] | None) -> Html:
    if found is None:
        return tag("td", "")
    many, late = found
    return tag("td", tag("b", f"{many:,}"), *([Html(" / "), signs.status("overdue"), tag("span", f" {late:,}", class_="st-overdue")] if late else []))
