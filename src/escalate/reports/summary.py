"""The summary of a run: what is overdue, what is to be done next, and counts of everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from attrs import evolve

from ..evaluation import Ledger
from ..ledger import OPEN, Item
from ..phrases import phrases_for
from ..policy import Policy
from ..readers.inputs import World
from ..records import whose
from .caveats import Caveat, titled
from .columns import table_of
from .table import Reader, console_for, show, titles_of
from .words import counted, words_for

if TYPE_CHECKING:
    from rich.console import RenderableType

LIMIT = 12  # lines of each table


def print_summary(world: World, ledger: Ledger, values: Mapping[str, Any], caveats: Sequence[Caveat], reader: Reader, folder: str, out: TextIO) -> None:
    """Print what a run found."""
    show(summary(world, ledger, values, caveats, reader, folder, width=console_for(out).width if out.isatty() else None), out)


def summary(
    world: World, ledger: Ledger, values: Mapping[str, Any], caveats: Sequence[Caveat], reader: Reader, folder: str, *, width: int | None
) -> Iterator[RenderableType]:
    """The parts of a summary, one below the other."""
    from rich.text import Text

    policies = {(texts.policy.name, texts.policy.version): texts.policy for texts in world.policies}
    reader = evolve(reader, titles=titles_of(ledger.items, policies, reader.lang))
    yield _head(world, ledger, reader)
    yield ""
    todo = [item for item in ledger.items if item.status in OPEN]
    late = sorted((item for item in todo if _is_late(item, reader)), key=_soonest_first)
    ahead = sorted((item for item in todo if not _is_late(item, reader)), key=_soonest_first)
    schools = len({reader.column(whose(item, policies[item.policy, item.version]), "school", item.opened) for item in todo}) > 1
    for title, items, is_late in (("overdue", late, True), ("open", ahead, False)):
        if items:
            yield _table(items, policies, reader, title, width=width, schools=schools, late=is_late)
            yield ""
    if not todo:
        yield Text(words_for(reader.lang)["none"])
        yield ""
    yield _counts(values, caveats, reader, folder, list(policies.values()), width=width)


def _head(world: World, ledger: Ledger, reader: Reader) -> RenderableType:
    from rich.text import Text

    titles = dict.fromkeys(texts.policy.title.say(reader.lang) or texts.policy.name for texts in world.policies)
    local = reader.zone.local(ledger.until)
    until = f"{local:%Y-%m-%d} {phrases_for(reader.lang).weekdays[local.weekday()]} {local:%H:%M}"
    text = Text(phrases_for(reader.lang).texts["list"].join(titles), style="bold")
    return text.append(f"  {words_for(reader.lang)['until'].format(until=until)}", style="not bold")


def _table(
    items: Sequence[Item], policies: Mapping[tuple[str, str], Policy], reader: Reader, title: str, *, width: int | None, schools: bool, late: bool
) -> RenderableType:
    words = words_for(reader.lang)
    shown = items[:LIMIT]
    lines = [reader.line(item, policies[item.policy, item.version]) for item in shown]
    said = words["of" if len(shown) == len(items) else "some"].format(title=words[title], n=len(items), shown=len(shown))
    blocked = sum(item.status == "blocked" for item in items)
    said += words["blocked"].format(n=blocked) if blocked else ""
    return table_of(lines, said, reader.lang, width=width, schools=schools, late=late)


def _is_late(item: Item, reader: Reader) -> bool:
    return item.status == "overdue" or (item.late_from is not None and item.late_from <= reader.now)


def _soonest_first(item: Item) -> tuple[bool, int, str]:
    return item.late_from is None, item.late_from or 0, item.id


# --- counts -------------------------------------------------------------------------------------------


def _counts(
    values: Mapping[str, Any], caveats: Sequence[Caveat], reader: Reader, folder: str, policies: Sequence[Policy], *, width: int | None
) -> RenderableType:
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    words = words_for(reader.lang)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    counted = list(counted_of(values["counts"], words, reader.lang))
    room = None if width is None else width - max(cell_len(words[name]) for name in (*(name for name, _ in counted), "folder", "cautions")) - 4
    for name, value in counted:
        grid.add_row(words[name], Text(_filled(value, words["comma"], room), style="yellow" if name == "rejects" and values["counts"]["rejects"] else ""))
    grid.add_row(words["folder"], Text(folder, style="bold"))
    for n, caveat in enumerate(caveats):
        grid.add_row("" if n else words["cautions"], Text(titled(caveat, policies, reader.lang), style="yellow"))
    return grid


def counted_of(counts: Mapping[str, Any], words: Mapping[str, str], lang: str) -> Iterator[tuple[str, str]]:
    """What came in and went out, by the name of each count, in words."""
    statuses = phrases_for(lang).statuses
    yield "items", _list(((statuses[status], n) for status, n in counts["items"].items()), words)
    if "news" in counts:
        yield "news", words["news.some"].format(counts=_list(((words[f"news.{change}"], n) for change, n in counts["news"].items()), words))
    yield "cases", _list(((words[f"state.{state}"], n) for state, n in counts["cases"].items()), words)
    yield "events", _list(((words[f"event.{kind}"], n) for kind, n in sorted(counts["events"].items(), key=lambda pair: -pair[1])), words)
    rejects = counts["rejects"]
    some = words["rejects.some"].format(n=sum(rejects.values()), kinds=_list(rejects.items(), words))
    yield "rejects", some if rejects else words["rejects.none"]
    if counts["notes"]:
        yield "notes", _list(counts["notes"].items(), words)
    yield "records", f"{counts['records']:,}"


def _list(pairs: Iterable[tuple[str, int]], words: Mapping[str, str]) -> str:
    return words["comma"].join(words["count"].format(n=f"{n:,}", word=counted(n, word)) for word, n in pairs) or "0"


def _filled(text: str, comma: str, width: int | None) -> str:
    """A list in lines that break after a comma; as it is where no width is given."""
    from rich.cells import cell_len

    lines = [""]
    for n, part in enumerate(text.split(comma)):
        if n and width is not None and cell_len(lines[-1] + comma + part) > width:
            lines[-1] += comma.rstrip()
            lines.append(part)
        else:
            lines[-1] += f"{comma}{part}" if n else part
    return "\n".join(lines)
