"""What is to be done as a table: whole lines in a pipe; on a terminal what has no room gives way by design, and a word is broken last of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import field, frozen

from ..phrases import phrases_for
from .table import Held, Line
from .words import words_for

if TYPE_CHECKING:
    from rich.console import RenderableType

Texts = Mapping[str, Sequence[str]]  # of each column, by its name
WRAPPED = ("what", "who", "whom")  # the columns that give way, the first one last
BELOW = {"due": "when", "student": "class"}  # what stands below another on a narrow terminal
LONGEST = 20  # cells of a title or of names that stay in one line
LONGEST_WORD = 18  # cells of a word that is not broken
SHORTEST = 8  # cells of a column whose words are broken
GAP = 2  # cells between columns


@frozen
class Layout:
    """The texts of the columns, and how wide those are that wrap; none where it is hopeless or no width is given. low: two lines an item."""

    texts: Texts
    room: Mapping[str, int] = field(factory=dict)
    low: bool = False


def table_of(lines: Sequence[Line], title: str, lang: str, *, width: int | None, schools: bool, late: bool) -> RenderableType:
    """Lines as a table, under a title. width: of the terminal, None in a pipe."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    framed, words = width is not None, words_for(lang)
    layout = Layout(_texts(lines, phrases_for(lang).texts["list"], schools=schools)) if width is None else fitted(lines, words, width, schools=schools)
    table = Table(
        title=Text(title, style="bold red" if late else "bold"), title_justify="left", box=box.SIMPLE_HEAD if framed else None, show_edge=False,
        pad_edge=False, header_style="dim" if framed else "", padding=(0, 1, 0, 0) if framed else (0, 2, 0, 0),
    )  # fmt: skip
    for name in layout.texts:
        whole = name not in (*WRAPPED, "school") and (not framed or bool(layout.room))
        table.add_column(words[name], no_wrap=whole, overflow="fold", width=layout.room.get(name))
    for n, line in enumerate(lines):
        styles = {"when": "red" if line.late else "yellow" if line.soon else "", "what": "bold", "class": "dim" if layout.low else ""}
        cells = []
        for name, texts in layout.texts.items():
            cell = Text(texts[n], style=styles.get(name, ""))
            if layout.low and name in BELOW and "\n" in texts[n]:
                cell.stylize(styles[BELOW[name]], texts[n].index("\n"))
            cells.append(cell)
        table.add_row(*cells)
    return table


def fitted(lines: Sequence[Line], words: Mapping[str, str], width: int, *, schools: bool) -> Layout:
    """The widest layout that a terminal has room for.

    What acts stands above who that is, then a class below its student and how long is left below the due; then titles wrap, and at last all words.
    """
    beside = _texts(lines, "\n", schools=schools)
    below = {name: _below(texts, beside.get(BELOW.get(name, ""), ())) for name, texts in beside.items() if name not in BELOW.values()}
    whole = {name: max((_widest(_pieces(held)) for line in lines for held in getattr(line, name)), default=0) for name in ("who", "whom")}
    short = {name: min(max(_widest(_words(text)) for text in beside[name]), LONGEST_WORD) for name in WRAPPED}
    phrases = {"what": max(_widest(_phrases(text)) for text in beside["what"]), **{name: min(some, LONGEST) for name, some in whole.items()}}
    for texts, least in ((beside, phrases), (below, {**phrases, "what": short["what"]}), (below, short)):
        room = _room(texts, words, least, width, give=least is short)
        if room:
            return Layout(_broken(texts, lines, room), room, low=texts is below)
    return Layout(beside)


def _texts(lines: Sequence[Line], joint: str, *, schools: bool) -> dict[str, Sequence[str]]:
    """The texts of each column, all of an item in one line but who acts together."""
    texts = {
        "due": [line.due for line in lines],
        "when": [line.when for line in lines],
        "student": [line.student for line in lines],
        "school": [line.school for line in lines],
        "class": [line.class_ for line in lines],
        "what": [line.what for line in lines],
        "who": [joint.join(map(str, line.who)) for line in lines],
        "whom": [joint.join(map(str, line.whom)) for line in lines],
    }
    return {name: found for name, found in texts.items() if schools or name != "school"}


def _below(texts: Sequence[str], others: Sequence[str]) -> Sequence[str]:
    """Texts with others below them, each where it says something new: the class `7A` has its class in its name."""
    return [f"{text}\n{other}" if other and other not in text.split()[1:] else text for text, other in zip(texts, others, strict=True)] if others else texts


def _room(texts: Texts, words: Mapping[str, str], least: Mapping[str, int], width: int, *, give: bool) -> dict[str, int]:
    """How wide the columns are that may wrap: at least so, titles as they are first; nothing where there is no room. give: whether words may be broken."""
    wide = {name: max(_widest(text.split("\n")) for text in (words[name], *found)) for name, found in texts.items()}
    found = {name: max(least[name], _widest([words[name]])) for name in WRAPPED}
    spare = width - GAP * (len(texts) - 1) - sum(wide.values()) + sum(wide[name] - found[name] for name in WRAPPED)
    for name in reversed(WRAPPED) if give else ():
        less = max(min(-spare, found[name] - SHORTEST), 0)
        found[name], spare = found[name] - less, spare + less
    if spare < 0:
        return {}
    for name in WRAPPED:
        more = min(spare, wide[name] - found[name])
        found[name], spare = found[name] + more, spare - more
    return found


def _broken(texts: Texts, lines: Sequence[Line], room: Mapping[str, int]) -> Texts:
    """The texts with their lines ended where it is best: names below their role, and brackets below what they belong to."""
    acts = {name: ["\n".join(_in(held, room[name]) for held in getattr(line, name)) for line in lines] for name in ("who", "whom")}
    return {**texts, **acts, "what": [text if _widest([text]) <= room["what"] else "\n".join(_phrases(text)) for text in texts["what"]]}


def _in(held: Held, width: int) -> str:
    return str(held) if _widest([str(held)]) <= width else "\n".join(_pieces(held))


def _pieces(held: Held) -> list[str]:
    """What of a holder stays in one line."""
    return [held.title, held.persons] if held.persons else [held.title]


def _phrases(text: str) -> list[str]:
    """A title, and what stands in brackets behind it."""
    return text.replace("（", "\n（").split("\n")


def _words(text: str) -> list[str]:
    """What is broken last: titles and ids, and what stands in brackets."""
    return text.replace("（", " （").split() or [""]


def _widest(texts: Iterable[str]) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, texts), default=0)
