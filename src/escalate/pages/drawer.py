"""The part of a report that names children: what is to be done for whom, and each child's cases on a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from ..ledger import OPEN
from ..phrases import Phrases
from ..reports.table import Line
from ..reports.words import counted
from ..reports.words import words_for as terms_for
from . import signs
from .attendance import Day
from .scale import at
from .spans import Bar, Stick
from .strip import SHOWN, WEEKLY, Axis, sample, strip
from .tables import apart, listed
from .tags import Html, joined, tag
from .words import words_for

COLUMNS = ("due", "student", "class", "what", "who", "whom")


@frozen
class ChildLine:
    """A child with cases. name: empty where only ids are to be shown."""

    student: str
    name: str
    class_: str
    days: Sequence[Day]
    bars: Sequence[Bar]
    sticks: Sequence[Stick]

    @property
    def live(self) -> bool:
        """Whether a case is open."""
        return any(bar.state == "open" for bar in self.bars)

    @property
    def todo(self) -> list[Stick]:
        """What is to be done for the child."""
        return [stick for stick in self.sticks if stick.status in OPEN]

    @property
    def urgency(self) -> tuple[int, int, str, str]:
        """Most that is overdue first, then most that is to be done, then the case that opened last."""
        newest = max((bar.opened for bar in self.bars), default="")
        late = sum(stick.status == "overdue" for stick in self.todo)
        return -late, -len(self.todo), "".join(chr(0x10FF - ord(sign)) for sign in newest), self.student


def drawer(children: Sequence[ChildLine], todo: Sequence[tuple[Line, str, Sequence[str]]], axis: Axis, until: str, phrases: Phrases) -> Html:
    """What belongs in a drawer, on pages of its own."""
    words = words_for(phrases.lang)
    live = sorted((child for child in children if child.live), key=lambda child: child.urgency)
    over = sorted((child for child in children if not child.live and child.bars), key=lambda child: child.student)
    seen = {day.gravest for child in children for day in child.days}
    meant = tag("ul", *(tag("li", sample(name), words[name]) for name in SHOWN if name in seen), class_="legend")
    explained = tag("p", words["strip.note"], tag("span", words["strip.point"], class_="hint"), class_="note")
    lines = joined([_child(child, axis, until, phrases, words) for child in live], "\n")
    parts = [
        tag("h2", words["drawer"], class_="part"), tag("p", words["drawer.note"], class_="note"),
        tag("h3", f"{words['todo']}{words['colon']}{len(todo)}"), _todo(todo, phrases, words),
        tag("h3", f"{words['cases.open']}{words['colon']}{len(live)}"),
        *([explained, meant, _axis(axis, phrases), lines] if live else [tag("p", words["no_cases"], class_="note")]),
    ]  # fmt: skip
    if over:
        head = tag("summary", counted(len(over), words["over.shown"]).format(n=f"{len(over):,}"))
        lines = joined([_child(child, axis, until, phrases, words) for child in over], "\n")
        note = tag("p", words["over.print"], class_="note hint")
        parts += [tag("h3", words["cases.over"]), note, tag("details", head, *([] if live else [meant]), _axis(axis, phrases), lines)]
    return tag("section", *parts, class_="drawer", style=at(days=axis.many))


def _todo(todo: Sequence[tuple[Line, str, Sequence[str]]], phrases: Phrases, words: Mapping[str, str]) -> Html:
    terms = terms_for(phrases.lang)
    if not todo:
        return tag("p", terms["none"], class_="note")
    heads = [words["col.status"], *(terms[name] for name in COLUMNS)]
    rows = [_row(line, status, whys, phrases) for line, status, whys in todo]
    table = listed(heads, rows, ["is-late" if line.late else None for line, _, _ in todo])
    return joined([tag("p", words["todo.point"], class_="note hint"), table])


def _row(line: Line, status: str, whys: Sequence[str], phrases: Phrases) -> Sequence[str]:
    """The cells of an item; what is to be done opens and says why."""
    who, whom = (phrases.texts["list"].join(map(str, held)) for held in (line.who, line.whom))
    what = tag("details", tag("summary", tag("b", line.what)), *(tag("p", why) for why in whys), class_="printed")
    sign = joined([signs.status(status), Html(" "), tag("span", phrases.statuses[status])])
    return sign, apart(line.due, line.when), apart(*line.student.split(" ")), apart(line.class_), what, who, whom


def _axis(axis: Axis, phrases: Phrases) -> Html:
    names = [f"{name}月" if phrases.lang == "zh" else name for name in phrases.months]
    marks = [tag("span", text, class_=kind, style=f"left:{n * 100 / axis.many:.2f}%")
             for kind, some in (("month-of", axis.months(names)), ("date-of", axis.dates())) for n, text in some]  # fmt: skip
    scale = tag("div", *marks, class_="axis dated" if axis.many <= WEEKLY else "axis")
    return tag("div", tag("span", ""), scale, tag("span", ""), class_="child heads", aria_hidden="true")


def _child(child: ChildLine, axis: Axis, until: str, phrases: Phrases, words: Mapping[str, str]) -> Html:
    """One child: who, the days with the cases below, and how far it has come."""
    name = [Html(" "), tag("span", child.name)] if child.name else []
    who = tag("div", tag("b", child.student), *name, tag("span", child.class_ or words["no_class"], class_="class"))
    told = words["between"].join(f"{bar.title}{words['colon']}{words[f'state.{bar.state}']}" for bar in child.bars)
    button = tag("button", strip(child.days, child.bars, axis, until, told), type="button", aria_label=told)
    whys = []
    for bar in child.bars:
        whys += [tag("b", f"{bar.title}{words['colon']}{words[f'state.{bar.state}']}"), *(tag("p", why) for why in bar.whys)]
    return tag("div", who, tag("div", button, tag("div", *whys, class_="why", role="tooltip"), class_="span"), _stand(child, phrases, words), class_="child")


def _stand(child: ChildLine, phrases: Phrases, words: Mapping[str, str]) -> Html:
    """The stage that each open case has come to, else its case's title, and how much is to be done."""
    lines = []
    for bar in child.bars:
        if child.live and bar.state != "open":
            continue
        reached = max(bar.ticks, key=lambda tick: (tick.at, tick.number), default=None)
        stage = words["stage"].format(number=reached.number, name=reached.name) if reached else ""
        lines.append(tag("div", tag("span", bar.title, class_="case-of"), *([Html(" "), tag("b", stage)] if stage else [])))
    late = sum(stick.status == "overdue" for stick in child.todo)
    todo = [joined([signs.status("open"), Html(f" {len(child.todo) - late} ")])] if len(child.todo) > late else []
    todo += [joined([signs.status("overdue"), tag("span", f" {late}", class_="st-overdue")])] if late else []
    return tag("div", *lines, *todo, class_="stand")
