"""The words of a condition, each with its place, and how they are written for Python's grammar.

Python never sees an author's word: names, numbers and texts are handed to it as `n0`, `n1` and so
on, so that no spelling can reach its own keywords, literals or limits, and every place is exact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from fractions import Fraction

from attrs import frozen

from .messages import UNSAID, Said, listed, ours, say
from .synonyms import IN_CONDITIONS

LONGEST = 2000
DEEPEST = 50

UNITS = (
    "school day",
    "office day",
    "half day",
    "school week",
    "school year",
    "day",
    "session",
    "hour",
    "minute",
    "week",
    "month",
    "term",
    "year",
)
_UNIT = re.compile("(" + "|".join(unit.replace(" ", " +") for unit in UNITS) + r")s?(?!\w)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NAME = re.compile(r"[^\W\d]\w*")
_OPERATORS = ("==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-", "*", "/", "=")
_TWINS = {
    ord(wide): plain
    for wide, plain in zip(
        "（），＞＜＝！％＋－＊／．［］＂＇０１２３４５６７８９", "(),><=!%+-*/.[]\"'0123456789", strict=True
    )
}
_WIDE = {"≥": ">=", "≤": "<=", "≠": "!=", "≧": ">=", "≦": "<="}
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_WORDS = frozenset({"and", "or", "not", "in"})

COMPARED = {word: sign for word, sign in IN_CONDITIONS.items() if sign[0] in "<>=!"}
# Signs of a denial, also where they are written together with a name: `没有电话`, `not有电话`.
NEGATIONS = ("并非", "不是", "没有", "未有", "没", "未", "不", "非", "无", "not")
_PYTHON = {
    "if": say("write the two cases with `and` and `or`"),
    "else": say("write the two cases with `and` and `or`"),
    "is": say("write `==`, or `!=` for its opposite"),
    "lambda": UNSAID,
    "for": UNSAID,
    "while": UNSAID,
    "await": UNSAID,
    "async": UNSAID,
    "yield": UNSAID,
    "from": UNSAID,
    "import": UNSAID,
    "def": UNSAID,
    "class": UNSAID,
    "return": UNSAID,
    "with": UNSAID,
    "as": UNSAID,
    "assert": UNSAID,
    "del": UNSAID,
    "elif": UNSAID,
    "except": UNSAID,
    "finally": UNSAID,
    "global": UNSAID,
    "nonlocal": UNSAID,
    "pass": UNSAID,
    "raise": UNSAID,
    "try": UNSAID,
    "break": UNSAID,
    "continue": UNSAID,
}
# Signs that are not ours, the longest first, with the way to say it.
_SIGNS = {
    "&&": say("write `and`"),
    "||": say("write `or`"),
    "<>": say("write `!=`"),
    ":=": UNSAID,
    "**": say("write the product with `*`"),
    "//": say("write `/`"),
    "=>": say("write `>=`"),
    "=<": say("write `<=`"),
    "=!": say("write `!=`"),
    "===": say("write `==`"),
    "!==": say("write `!=`"),
    "&": say("write `and`"),
    "|": say("write `or`"),
    "!": say("write `not`"),
    "~": say("write `not`"),
    "^": say("write the product with `*`"),
    "、": say("write a comma"),
    ";": say("write `and` or `or`"),
    "；": say("write `and` or `or`"),
    ":": UNSAID,
    "：": UNSAID,
    "。": say("leave it out"),
    "×": say("write `*`"),
    "÷": say("write `/`"),
    "−": say("write `-`"),
    "–": say("write `-`"),
    "—": say("write `-`"),
    "…": UNSAID,
    "#": say("a remark stands behind the value, outside quotes, after a blank and `#`"),
    "＃": say("a remark stands behind the value, outside quotes, after a blank and `#`"),
    "$": say("write the name alone"),
    "@": UNSAID,
    "{": say("write a list with `(` and `)`"),
    "}": UNSAID,
    "\\": UNSAID,
    "`": say("write the name without it"),
    "?": UNSAID,
    "？": UNSAID,
    "”": UNSAID,
    "’": UNSAID,
    "「": say('write texts as `"text"`'),
    "『": say('write texts as `"text"`'),
}


@frozen
class Word:
    """One word of a condition. kind: name, number, text, or the operator itself."""

    kind: str
    start: int
    end: int
    text: str = ""
    number: Fraction = Fraction(0)
    unit: str = ""


@frozen
class Mistake:
    """A problem that does not know its source yet: the stretch of the condition's text instead."""

    kind: str
    message: Said
    start: int
    end: int
    help: Said = UNSAID


def scan(text: str, known: Collection[str] = ()) -> tuple[tuple[Word, ...], tuple[Mistake, ...]]:
    """The words of a condition and everything in it that can be no word; `known` are names of the author."""
    if len(text) > LONGEST:
        help = say("name its parts as flags or measures, or write several stages")
        return (), (
            Mistake(
                "too-long", say("the condition has {len} characters; at most {LONGEST} are read", len=len(text), LONGEST=LONGEST), 0, LONGEST, help
            ),
        )
    words: list[Word] = []
    mistakes: list[Mistake] = []
    twin = text.translate(_TWINS)
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found = _word(text, twin, at, known)
        if isinstance(found, Word):
            words.append(found)
        else:
            mistakes.append(found)
        at = found.end
    return tuple(words), tuple(mistakes) or tuple(_order(text, tuple(words)))


def for_python(words: tuple[Word, ...]) -> tuple[str, dict[int, int]]:
    """The condition as Python's grammar is to read it, and the word at each of its columns."""
    parts: list[str] = []
    places: dict[int, int] = {}
    column = 0
    for index, word in enumerate(words):
        part = f"n{index}" if word.kind in ("name", "number", "text") else word.kind
        places[column] = index
        parts.append(part)
        column += len(part) + 1
    return " ".join(parts), places


def is_word(name: str) -> bool:
    """Whether a name is one word of a condition: it begins with a letter, and letters, digits and `_` follow."""
    return _NAME.fullmatch(name) is not None


def quantity(text: str) -> tuple[Fraction, str] | None:
    """A number and a unit, such as `3 school days`; nothing where the text is no such thing."""
    found = re.fullmatch(r" *([0-9]+(?:\.[0-9]+)?) +(\w+(?: +\w+)*?) *", text.translate(_TWINS))
    unit = _UNIT.fullmatch(found[2]) if found else None
    return (Fraction(found[1]), " ".join(unit[1].split())) if found and unit else None


def _word(text: str, twin: str, at: int, known: Collection[str]) -> Word | Mistake:
    if name := _NAME.match(text, at):
        return _name(text, name.group(), at, known)
    if number := _NUMBER.match(twin, at):
        return _number(text, twin, at, number.end())
    if twin[at] in _QUOTES:
        return _text(text, twin, at)
    if text[at] in _WIDE:
        return Word(_WIDE[text[at]], at, at + 1)
    for length in (3, 2, 1):
        sign = twin[at : at + length]
        if sign in _SIGNS:
            return Mistake(
                "not-in-the-language",
                say("`{text}` is not in the language of conditions", text=text[at : at + length]),
                at,
                at + len(sign),
                _SIGNS[sign],
            )
        if sign in _OPERATORS:
            return Word(sign, at, at + length)
    if twin[at] == "%":
        return Mistake("not-in-the-language", say("`%` stands only after a number, as in `10%`"), at, at + 1)
    shown = text[at] if text[at].isprintable() else f"U+{ord(text[at]):04X}"
    return Mistake("not-in-the-language", say("`{shown}` is not in the language of conditions", shown=shown), at, at + 1)


def _name(text: str, name: str, at: int, known: Collection[str]) -> Word | Mistake:
    end = at + len(name)
    if name in _WORDS:
        return Word(name, at, end)
    if name not in known and name in IN_CONDITIONS:
        return Mistake(
            "not-in-the-language",
            say("`{name}` is not in the language of conditions", name=name),
            at,
            end,
            say("write `{meant}`", meant=ours(IN_CONDITIONS[name])),
        )
    if name in _PYTHON:
        return Mistake("not-in-the-language", say("`{name}` is not in the language of conditions", name=name), at, end, _PYTHON[name])
    if end < len(text) and text[end] in "\"'" and len(name) <= 2 and name.isascii():
        return Mistake(
            "not-in-the-language", say("`{name}` cannot stand before a quote", name=name), at, end, say('write texts as `"text"`')
        )
    return Word("name", at, end, text=name)


def _number(text: str, twin: str, at: int, end: int) -> Word | Mistake:
    number = Fraction(twin[at:end])
    after = end
    while after < len(twin) and twin[after] in " \t\n":
        after += 1
    if twin[after : after + 1] == "%":
        return Word("number", at, after + 1, number=number / 100, unit="%")
    if unit := _UNIT.match(twin, after):
        if after == end:
            return Mistake(
                "syntax",
                say("`{text}` needs a space before the unit", text=text[at : unit.end()]),
                at,
                unit.end(),
                say("write `{twin} {unit}`", twin=twin[at:end], unit=unit.group()),
            )
        return Word("number", at, unit.end(), number=number, unit=" ".join(unit[1].split()))
    rest = re.match(r"[\w.]*", text[end:])
    if rest and rest.group():
        stop = end + len(rest.group())
        return Mistake("syntax", say("`{text}` is not a number", text=text[at:stop]), at, stop, _better_number(text[at:stop]))
    return Word("number", at, end, number=number)


def _better_number(text: str) -> Said:
    if re.fullmatch(r"[0-9][0-9_]*", text):
        return say("write `{text}`", text=text.replace("_", ""))
    if re.fullmatch(r"[0-9]+\.", text):
        return say("write `{text}`", text=text[:-1])
    if re.fullmatch(r"[0-9.]+[^\W0-9a-zA-Z_]\w*", text):
        return say("write the unit as in `3 school days`, or leave it out")
    return (
        say("write whole numbers and decimals such as `3`, `2.5`, `10%`, `3 school days`; a name cannot begin with a digit")
    )


def _text(text: str, twin: str, at: int) -> Word | Mistake:
    close = twin.find(_QUOTES[twin[at]], at + 1)
    if close < 0:
        return Mistake(
            "syntax", say("the quote is never closed"), at, len(text), say("write `{QUOTES}` after the text", QUOTES=_QUOTES[twin[at]])
        )
    inside = text[at + 1 : close]
    if "\\" in inside or not inside.replace("\n", " ").isprintable():
        return Mistake("syntax", say("a text holds no backslash and no control character"), at, close + 1)
    return Word("text", at, close + 1, text=unicodedata.normalize("NFC", inside))


def _order(text: str, words: tuple[Word, ...]) -> list[Mistake]:
    """The first place at which the words cannot follow one another: one mistake, the rest would be guesses."""
    if not words:
        return [
            Mistake(
                "syntax",
                say("the condition is empty"),
                0,
                max(1, len(text)),
                say("write `true` for a condition that always holds"),
            )
        ]
    open_at: list[int] = []
    calls: list[bool] = []
    operand = False  # whether the words so far end in something that has a value
    depth = 0
    for index, word in enumerate(words):
        before = words[index - 1] if index else None
        after = words[index + 1] if index + 1 < len(words) else None
        kind = word.kind
        if kind in ("not", "-", "+", "*", "/"):
            depth += 1
        if depth > 2 * DEEPEST or len(open_at) > DEEPEST:
            return [
                Mistake(
                    "too-deep",
                    say("the condition is nested deeper than {DEEPEST}", DEEPEST=DEEPEST),
                    word.start,
                    word.end,
                    say("name its parts, or write several stages"),
                )
            ]
        if kind in (")", "]"):
            if mistake := _closing(
                text, word, before, operand, words[open_at[-1]] if open_at else None, bool(calls) and calls[-1]
            ):
                return [mistake]
            open_at.pop()
            calls.pop()
            operand = True
        elif not operand:
            if kind in ("(", "["):
                open_at.append(index)
                calls.append(False)
            elif kind in ("name", "number", "text"):
                operand = True
            elif kind not in ("not", "-", "+"):
                return [_missing(text, word, before)]
        elif kind == "(":
            if before is None or before.kind != "name":
                return [Mistake("syntax", say("`and` or `or` is missing before `(`"), word.start, word.end)]
            open_at.append(index)
            calls.append(True)
            operand = False
        elif kind == "[":
            return [
                Mistake(
                    "not-in-the-language", say("`[` after a name is not in the language of conditions"), word.start, word.end
                )
            ]
        elif kind in ("name", "number", "text"):
            return [_side_by_side(text, before, word)]
        elif kind == "not" and (after is None or after.kind != "in"):
            return [
                Mistake(
                    "syntax", say("`not` cannot stand here"), word.start, word.end, say("write `and not`, `or not` or `not in`")
                )
            ]
        elif kind == "not":
            operand = True
        elif kind == "." and (before is None or before.kind != "name" or after is None or after.kind != "name"):
            return [Mistake("syntax", say("`.` stands only between two names, as in `stage.item`"), word.start, word.end)]
        elif kind == "=" and not (
            calls
            and calls[-1]
            and index >= 2
            and words[index - 2].kind in ("(", ",")
            and before is not None
            and before.kind == "name"
        ):
            number = after is not None and after.kind == "number"
            help = say("write `==` for just that many, or `>=` for that many and more") if number else say("write `==`")
            return [Mistake("syntax", say("`=` does not compare"), word.start, word.end, help)]
        elif kind == "," and not open_at:
            return [Mistake("syntax", say("`,` stands only inside brackets"), word.start, word.end, say("write `and` or `or`"))]
        else:
            operand = False
    if open_at:
        word = words[open_at[-1]]
        return [Mistake("syntax", say("`{kind}` is never closed", kind=word.kind), word.start, word.end)]
    if not operand:
        return [
            Mistake(
                "syntax",
                say("something is missing after `{text}`", text=text[words[-1].start : words[-1].end]),
                words[-1].start,
                words[-1].end,
            )
        ]
    return []


def _closing(
    text: str, word: Word, before: Word | None, operand: bool, opened: Word | None, call: bool
) -> Mistake | None:
    if opened is None:
        return Mistake("syntax", say("`{kind}` closes nothing", kind=word.kind), word.start, word.end)
    if (opened.kind, word.kind) not in (("(", ")"), ("[", "]")):
        return Mistake("syntax", say("`{kind}` cannot close `{kind2}`", kind=word.kind, kind2=opened.kind), word.start, word.end)
    if before is opened and not call:
        return Mistake("syntax", say("nothing stands inside the brackets"), opened.start, word.end)
    if operand or (before is not None and (before.kind == "," or (call and before is opened))):
        return None
    return _missing(text, word, before)


def _missing(text: str, word: Word, before: Word | None) -> Mistake:
    shown = text[word.start : word.end]
    if before is not None and before.kind in ("<", ">", "==", "!=", "<=", ">=") and word.kind in ("=", "<", ">", "=="):
        return Mistake(
            "syntax",
            say("`{text}` does not compare", text=text[before.start : word.end]),
            before.start,
            word.end,
            say("write one of `<` `<=` `==` `!=` `>=` `>`"),
        )
    help = say("a comparison needs a name before it, as in `days_away >= 3`") if before is None and word.kind in ("<", ">", "==", "!=", "<=", ">=") else UNSAID
    return Mistake("syntax", say("something is missing before `{shown}`", shown=shown), word.start, word.end, help)


def _side_by_side(text: str, before: Word | None, word: Word) -> Mistake:
    shown = text[word.start : word.end]
    help = say("write `and`, `or` or a comparison between them")
    if before is not None and before.kind == "name" and before.text in NEGATIONS and word.kind == "name":
        help = say("write `not {shown}`", shown=shown)
    elif before is not None and before.kind == "text" and word.kind == "text":
        help = say("write a comma between two texts")
    elif before is not None and before.kind == "number" and word.kind == "name":
        help = say("units are {listed}", listed=listed(ours(unit, "unit") for unit in UNITS))
    left = text[before.start : before.end] if before is not None else ""
    return Mistake("syntax", say("nothing joins `{left}` and `{shown}`", left=left, shown=shown), word.start, word.end, help)
