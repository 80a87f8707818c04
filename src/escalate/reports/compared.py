"""What a comparison of the policies of two sides says on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from ..compare import WHATS, Comparison, Difference, Rows, Saying, counted, rows_of
from ..compare.words import field_in, words_for
from ..ledger import Case, Item
from ..phrases import phrases_for
from ..policy import Policy
from ..records import find_action
from ..times import Instant
from ..wording import Wording
from .grids import grid, notes
from .places import place_in
from .weekly import load_table

if TYPE_CHECKING:
    from rich.console import RenderableType

LIMIT = 12  # lines of each list
MINUTE = 60
UNITS = ((86400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds"))


@frozen
class Compared:
    """A comparison in one language. names: what the policies of each side are called. caveats: in words."""

    found: Comparison
    names: tuple[Sequence[str], Sequence[str]]
    lang: str
    caveats: tuple[str, ...] = ()
    everything: bool = False

    def say(self, key: str, /, **parts: object) -> str:
        return words_for(self.lang)[key].format(**parts)

    # --- the whole --------------------------------------------------------------------------------------

    def parts(self, *, framed: bool) -> Iterator[RenderableType]:
        """One below the other."""
        yield from self._head()
        found = self.found
        changes = tuple(rows_of(found.a, found.b))
        if found.differing:
            for table in (self._counts(framed), self._classes(framed), self._students(framed), self._list(framed)):
                yield from ("", table)
        else:
            yield from ("", self.say("no_difference", items=f"{len(found.items):,}", cases=f"{len(found.cases):,}"))
        if found.differing:
            yield from ("", *load_table(found, self.lang, framed=framed))
        yield from self._sums(framed)
        yield from self._registers(changes, framed)
        if self.caveats:
            yield from ("", *notes(self.say("caveats"), self.caveats))

    def _head(self) -> Iterator[RenderableType]:
        from rich.text import Text

        local = self.found.a.zone.local(self.found.a.ledger.until)
        weekday = phrases_for(self.lang).weekdays[local.weekday()]
        for letter, names, side in zip("AB", self.names, (self.found.a, self.found.b), strict=True):
            for n, (name, policy) in enumerate(zip(names, side.policies, strict=True)):
                yield Text(f"{' ' if n else letter}  {name}  ", style="bold").append(self._title(policy), style="not bold")
        yield Text(self.say("until", until=f"{local:%Y-%m-%d} {weekday} {local:%H:%M}"), style="dim")
        yield ""
        yield Text(self.say("parts", n=len(self.found.parts)) if self.found.parts else self.say("no_parts"), style="bold")
        for twins in self.found.twins:
            lines = Saying(*twins.both, self.lang).lines(twins.parts)
            if lines and self._is_several:
                yield Text(f"  {self._title(twins.both[1])}", style="bold")
            yield from (Text(f"{'    ' if self._is_several else '  '}{line}") for line in lines)

    def _title(self, policy: Policy) -> str:
        return policy.title.say(self.lang) or policy.name

    @property
    def _is_several(self) -> bool:
        return len(self.found.twins) > 1

    # --- counts -----------------------------------------------------------------------------------------------

    def _columns(self, first: str) -> list[str]:
        return [self.say(name) for name in (first, "a", "b", *WHATS)]

    def _row(self, name: str, found: Iterable[Difference]) -> list[str]:
        counts = counted(found)
        return [name, *(f"{counts[key]:,}" for key in ("a", "b")), *(f"{counts[key]:,}" if counts[key] else "" for key in WHATS)]

    def _counts(self, framed: bool) -> RenderableType:
        rows = [self._row(self.say("items"), self.found.items)]
        rows += [self._row(f"  {self._place(found)}", found) for found in self.found.stages.values() if any(one.what != "same" for one in found)]
        rows.append(self._row(self.say("cases"), self.found.cases))
        return grid(self.say("stages"), self._columns("stage"), rows, framed=framed, numbers=True)

    def _place(self, found: Sequence[Difference]) -> str:
        """A stage below its ladder, a duty or target by itself; below its policy, where there are several."""
        policy, one = self.found.policy_of(found[0]), found[0].one
        place = place_in(policy, one.ladder, getattr(one, "stage", ""), self.lang)
        return f"{self._title(policy)} / {place}" if self._is_several else place

    def _classes(self, framed: bool) -> RenderableType:
        groups = self.found.classes
        rows = [self._row(name or self.say("no_group"), groups[name]) for name in sorted(groups) if any(one.what != "same" for one in groups[name])]
        return grid(self.say("classes"), self._columns("class"), rows, framed=framed, numbers=True)

    def _students(self, framed: bool) -> RenderableType:
        found = dict(sorted(self.found.students.items(), key=lambda pair: all(map(_beside, pair[1]))))
        shown = list(found)[: None if self.everything else LIMIT]
        key = "students" if len(shown) == len(found) else "students.some"
        rows = [[self._whom(found[name][0]), self.found.column(found[name][0], "class"), *self._row("", found[name])[3:]] for name in shown]
        heads = [self.say(name) for name in ("whom", "class", *WHATS)]
        return grid(self.say(key, n=len(found), shown=len(shown)), heads, rows, framed=framed)

    def _whom(self, one: Difference) -> str:
        return Wording(self.found.policy_of(one), phrases_for(self.lang)).group(one.whose) if "/" in one.whose else one.whose

    # --- one by one -------------------------------------------------------------------------------------------

    def _list(self, framed: bool) -> RenderableType:
        found = sorted((one for each in self.found.students.values() for one in each), key=_beside)
        shown = found[: None if self.everything else LIMIT]
        rows = [[self._whom(one), self.found.column(one, "class"), self._what(one), self._change(one)] for one in shown]
        key = "list" if len(shown) == len(found) else "list.some"
        return grid(self.say(key, n=len(found), shown=len(shown)), [self.say(name) for name in ("whom", "class", "what", "change")], rows, framed=framed)

    def _what(self, one: Difference) -> str:
        policy = self.found.policy_of(one)
        wording = Wording(policy, phrases_for(self.lang))
        if isinstance(one.one, Case):
            return f"{self.say('case')} {wording.ladder(one.one.ladder)}"
        action = find_action(policy, one.one.path)
        return wording.action(action) if action is not None else one.one.action

    def _change(self, one: Difference) -> str:
        old, new = one.old, one.new
        if old is None or new is None:
            return self.say(f"{one.what}.at", at=self._when(one.one.opened))
        said = []
        if one.opened:
            said.append(self.say("opened", old=self._when(old.opened), new=self._when(new.opened), by=self._by(one.opened)))
        if isinstance(old, Item) and isinstance(new, Item):
            if one.due and one.due != one.opened:
                said.append(self.say("due", old=_short(old.due), new=_short(new.due), by=self._by(one.due)))
            if old.status != new.status:
                statuses = phrases_for(self.lang).statuses
                said.append(self.say("status", old=statuses[old.status], new=statuses[new.status]))
        elif isinstance(old, Case) and isinstance(new, Case) and old.ended != new.ended:
            ends = [self.say("is_open") if case.ended is None else f"{self.say('ended')} {self._when(case.ended)}" for case in (old, new)]
            said.append(self.say("status", old=ends[0], new=ends[1]))
        return words_for(self.lang)["split"].join(said or [phrases_for(self.lang).all_of([field_in(self.lang, name) for name in one.fields])])

    def _when(self, at: Instant) -> str:
        return f"{self.found.a.zone.local(at):%m-%d %H:%M}"

    def _by(self, seconds: int) -> str:
        """By how much, in days, hours and minutes; in seconds below that."""
        left, said = abs(seconds), []
        for size, name in UNITS[: None if abs(seconds) < MINUTE else -1]:
            if left >= size:
                said.append(self.say(name, n=left // size))
                left %= size
        return self.say("by" if seconds > 0 else "by.-", time=" ".join(said))

    # --- consequences and registers ---------------------------------------------------------------------------

    def _sums(self, framed: bool) -> Iterator[RenderableType]:
        rows = [[one.word, str(one.a), str(one.b), one.sum_a, one.sum_b] for one in self.found.sums if (one.a, one.sum_a) != (one.b, one.sum_b)]
        if rows:
            entries, sums = self.say("entries"), self.say("sum")
            yield from ("", grid(self.say("sums"), [self.say("word"), f"{entries} A", f"{entries} B", f"{sums} A", f"{sums} B"], rows, framed=framed))

    def _registers(self, changes: Sequence[Rows], framed: bool) -> Iterator[RenderableType]:
        if changes:
            heads = [self.say("register"), f"{self.say('rows')} A", f"{self.say('rows')} B", self.say("only_a"), self.say("only_b")]
            titles = [f"{one.policy} / {one.title}" if self._is_several else one.title for one in changes]
            rows = [[title, *(str(number) for number in (one.a, one.b, one.lost, one.gained))] for title, one in zip(titles, changes, strict=True)]
            yield from ("", grid(self.say("registers"), heads, rows, framed=framed, numbers=True))


def _beside(one: Difference) -> bool:
    """What is neither new nor gone nor at another time comes last."""
    return one.what == "otherwise"


def _short(due: str) -> str:
    """A due without its year and offset."""
    return due[5:16].replace("T", " ")

