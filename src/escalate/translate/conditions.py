"""Conditions from one language into the other, word by word: names, texts in quotes, numbers and signs stay where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import define, field, frozen

from ..keywords import ASKED, CONSTANTS, FUNCTIONS, MOMENTS, OPERATORS, OPTIONS, PERIODS, STATUSES, UNITS, Words
from ..scan import LONGEST
from .forms import EN, ZH_UNITS, length
from .own import NOBODY, Names, Own

Both = tuple[Words, Words]  # from Chinese to English, and from English to Chinese


def _both(words: Words) -> Both:
    return {said: word for word, said in words.items()}, words


_EN_UNITS = "|".join(sorted(UNITS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"""(?P<text>"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’|＂[^＂]*＂|＇[^＇]*＇)|(?P<number>[0-9０-９]+(?:[.．][0-9０-９]+)?)
    (?P<unit>\s*(?:{ZH_UNITS})(?![^\W且或])|\s+(?:{_EN_UNITS.replace(" ", "[ ]")})s?(?!\w))?|(?P<word>[^\W\d]\w*)|(?P<sign>\S)""",
    re.VERBOSE,
)
_NO_WORDS: Both = ({}, {})
_FUNCTIONS, _OPTIONS, _MOMENTS, _PERIODS = _both(FUNCTIONS), _both(OPTIONS), _both(MOMENTS), _both(PERIODS)
_BARE = _both({**OPERATORS, **CONSTANTS, **ASKED, **STATUSES})
_STATUSES, _SINCE = _both(STATUSES), _both({**STATUSES, **MOMENTS})
_TAKES: Mapping[str, Both] = {"became": _STATUSES, "ever": _STATUSES, "days_since": _SINCE, "school_days_since": _SINCE, "age_on": _MOMENTS}
_ZH_OPERATORS = frozenset(OPERATORS.values())
_OPEN, _CLOSE = "(（[［", ")）]］"


@frozen
class Piece:
    """A stretch of a text that is written otherwise in the other language."""

    start: int
    end: int
    text: str


@define
class _Call:
    """A bracket that is open: the function before it in English, and whether its first argument is still to come."""

    function: str
    first: bool = True
    option: str = ""


@define
class _Scan:
    """One condition that is being turned."""

    text: str
    own: Own
    into: int
    calls: list[_Call] = field(factory=list)
    pending: str = ""  # the function whose bracket comes next
    operand: bool = False  # whether what stands before has a value
    dotted: bool = False


def pieces(text: str, own: Own, into: int) -> tuple[Piece, ...]:
    """What is written otherwise in the language `into` (0 English, 1 Chinese), from left to right; nothing of what is too long to be read."""
    return tuple(_pieces(_Scan(text, own, into))) if len(text) <= LONGEST else ()


def turned(text: str, own: Own, into: int) -> str:
    """A condition in the language `into`."""
    return spliced(text, pieces(text, own, into))


def spliced(text: str, found: tuple[Piece, ...]) -> str:
    """A text with its pieces put in."""
    out, at = [], 0
    for piece in found:
        out += [text[at : piece.start], piece.text]
        at = piece.end
    return "".join([*out, text[at:]])


def _pieces(scan: _Scan) -> Iterator[Piece]:
    text = scan.text
    at = 0
    while found := _TOKEN.search(text, at):
        at = found.end()
        if found["word"]:
            made = list(_word(scan, found["word"], found.start(), at))
            yield from made
            at = max([at, *(piece.end for piece in made)])
        elif found["number"]:
            if found["unit"]:
                yield from _length(scan, found)
            scan.operand, scan.dotted = True, False
        elif found["text"]:
            yield from _quoted(scan, found)
            scan.operand, scan.dotted = True, False
        else:
            _sign(scan, found["sign"])


def _sign(scan: _Scan, sign: str) -> None:
    scan.dotted = sign == "."
    call = scan.calls[-1] if scan.calls else None
    if sign in _OPEN:
        scan.calls.append(_Call(scan.pending))
        scan.pending = ""
    elif sign in _CLOSE and call is not None:
        scan.calls.pop()
    elif sign in ",，" and call is not None:
        call.first, call.option = False, ""
    scan.operand = scan.dotted or sign in _CLOSE or sign in "%％"


def _length(scan: _Scan, found: re.Match[str]) -> Iterator[Piece]:
    chinese = not found["unit"].isascii()
    if chinese == (scan.into == EN):
        yield Piece(found.start(), found.end(), length(" ".join(found.group().split()), scan.into))


def _quoted(scan: _Scan, found: re.Match[str]) -> Iterator[Piece]:
    """The window in `within="3 years"`; every other text is the author's."""
    call = scan.calls[-1] if scan.calls else None
    if call is None or call.option != "within":
        return
    inside = found.group()[1:-1]
    said = _PERIODS[scan.into].get(inside, "")
    if not said and (re.fullmatch(rf"[0-9]+ ?(?:{ZH_UNITS})", inside) if scan.into == EN else re.fullmatch(rf"[0-9]+ (?:{_EN_UNITS})s?", inside)):
        said = length(inside, scan.into)
    if said:
        yield Piece(found.start() + 1, found.end() - 1, said)


def _word(scan: _Scan, word: str, start: int, end: int) -> Iterator[Piece]:
    rest = scan.text[end:].lstrip()
    call = scan.calls[-1] if scan.calls else None
    asked = call is not None and bool(call.function)
    dotted, scan.dotted = scan.dotted or rest.startswith("."), False
    scan.operand, before = True, scan.operand
    if dotted:
        return
    if rest[:1] in ("=", "＝") and rest[1:2] not in ("=", "＝") and asked and call is not None:
        call.option, scan.operand = _OPTIONS[EN].get(word, word), False
        yield from _piece(scan, _OPTIONS, word, start, end)
    elif asked and call is not None and call.first and not call.option:
        taken = scan.own.moments if "since" in call.function else NOBODY.moments
        if word not in taken:
            yield from _piece(scan, _TAKES.get(call.function, _NO_WORDS), word, start, end, taken)
    elif asked and call is not None and call.option:
        yield from _piece(scan, _MOMENTS if call.option == "since" else _NO_WORDS, word, start, end)
    elif word in scan.own.bare:
        return
    elif rest[:1] in ("(", "（") and (word in FUNCTIONS or word in _FUNCTIONS[EN]):
        scan.pending = _FUNCTIONS[EN].get(word, word)
        yield from _piece(scan, _FUNCTIONS, word, start, end)
    else:
        yield from _bare(scan, word, start, end, rest, before)


def _bare(scan: _Scan, word: str, start: int, end: int, rest: str, before: bool) -> Iterator[Piece]:
    """A word that stands alone: an operator, a constant, a status; in Chinese several of them may be written together."""
    if scan.into != EN:
        joined = re.match(r"not\s+in\b", scan.text[start:]) if word == "not" else None
        end = start + joined.end() if joined else end
        word = " ".join(joined.group().split()) if joined else word
        scan.operand = word not in OPERATORS and word not in _ZH_OPERATORS
        yield from _piece(scan, _BARE, word, start, end)
        return
    call = rest[:1] in ("(", "（")
    parts = _parted(word, scan.own, call=call, operand=before)
    scan.operand = word not in OPERATORS if not parts else parts[-1] not in _ZH_OPERATORS
    at = start
    for n, part in enumerate(parts):
        yield from _put(scan, part, at, at + len(part), first=n == 0)
        at += len(part)
    if call and parts and parts[-1] in _FUNCTIONS[EN] and parts[-1] not in scan.own.bare:
        scan.pending = _FUNCTIONS[EN][parts[-1]]


def _put(scan: _Scan, part: str, start: int, end: int, *, first: bool) -> Iterator[Piece]:
    """One of several words that stand together, with the blanks that part them in English."""
    said = part if part in scan.own.bare else _BARE[EN].get(part) or _FUNCTIONS[EN].get(part, part)
    before, after = scan.text[start - 1 : start] if start else "", scan.text[end : end + 1]
    lead = " " if not first or re.match(r"[\w)\]）］\"”'’%％]", before) else ""
    behind = " " if part in _ZH_OPERATORS and after and not after.isspace() and not re.match(r"\w", after) else ""
    if f"{lead}{said}{behind}" != part:
        yield Piece(start, end, f"{lead}{said}{behind}")


def _piece(scan: _Scan, words: Both, word: str, start: int, end: int, taken: Names | None = None) -> Iterator[Piece]:
    """One word in the other language; in Chinese not where an author has taken that word for a name."""
    said = words[scan.into].get(word)
    if said and said != word and (scan.into == EN or said not in (scan.own.bare if taken is None else taken)):
        yield Piece(start, end, said)


def _parted(run: str, own: Own, *, call: bool, operand: bool) -> tuple[str, ...]:
    """The words that are written together without blanks, such as `且非特殊情况`; empty where they can be read in no way, or in several."""
    if run in _BARE[EN]:
        return (run,)
    longest = max(map(len, (*_BARE[EN], *_FUNCTIONS[EN], *own.bare)))
    # By place, the first two ways to it: those that end in what has a value, and those that do not.
    ways: list[dict[bool, list[tuple[str, ...]]]] = [{True: [], False: []} for _ in range(len(run) + 1)]
    ways[0][operand] = [()]
    for at in range(len(run)):
        for end in range(at + 1, min(at + longest, len(run)) + 1):
            part = run[at:end]
            kind = _kind(part, own, function=call and end == len(run))
            if kind:
                before, after = kind == "joins", kind == "value"
                found = [(*so_far, part) for so_far in ways[at][before]]
                ways[end][after] = [*ways[end][after], *found][:2]
    whole = [*ways[-1][True], *ways[-1][False]]
    return whole[0] if len(whole) == 1 else ()


def _kind(part: str, own: Own, *, function: bool) -> str:
    if part in own.bare:
        return "value"
    word = _BARE[EN].get(part, "")
    if word in OPERATORS:
        return "not" if word == "not" else "joins"
    return "value" if word or function and part in _FUNCTIONS[EN] else ""
