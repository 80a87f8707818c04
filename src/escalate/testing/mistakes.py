"""The mistakes that authors of policies make: slips that know the language. Where a text has nothing of the kind, another is made."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..keywords import KEYS, UNITS
from .slips import FULL_WIDTH, Chance, Lines, Slip, change, double_line, indent, letters, misspelt, stray, token, wide

KEYED = re.compile(r"(?P<before>^\s*|[{,] ?)(?P<key>[A-Za-z_]+): ?(?P<value>[^,{}\[\]\n]*)")
LENGTH = re.compile(rf"\b\d+ (?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})s?\b")
OPERATOR = re.compile(r">=|<=|==|!=|[<>≥](?!=)| and | or | not ")
NO_UNITS = ("workdays", "schooldays", "天", "fortnight", "school dais", "")
NOBODY = ("", "headmaster", "班主任老师", "[]", "{}", "teacher and principal", "parent2", "3")
VALUES = ("3", "-1", "0", "true", "", "五", "3天", "10%", "no", "2025-02-30", "{}", "[1, [2]]", "~", "9" * 20)
YAMLS = (">", ">=", "|", "*", "&", "%", "@", "!", "- ", "? ", "`", "≥")  # signs that YAML takes for its own, but the last


def _keyed(chance: Chance, lines: Lines, *keys: str) -> tuple[int, re.Match[str]] | None:
    """A key, of those named or any of the language, with its value."""
    return _matched(chance, lines, KEYED, lambda one: one["key"] in (keys or KEYS))


def _matched(chance: Chance, lines: Lines, pattern: re.Pattern[str], fits: Callable[[re.Match[str]], bool] = bool) -> tuple[int, re.Match[str]] | None:
    """A place where a pattern stands, with the number of its line."""
    found = [(n, one) for n, line in enumerate(lines) for one in pattern.finditer(line) if fits(one)]
    return chance.choice(found) if found else None


def _put(lines: Lines, found: tuple[int, re.Match[str]], part: str, text: str) -> str:
    n, one = found
    lines[n] = change(lines[n], *one.span(part), text)
    return f"line {n + 1}: `{one['key']}: {one['value']}`, and {part} is now `{text}`"


def misspell_key(chance: Chance, lines: Lines) -> str:
    """A key that nothing knows, spelled like one."""
    found = _keyed(chance, lines)
    return _put(lines, found, "key", misspelt(chance, found[1]["key"])) if found and len(found[1]["key"]) > 1 else letters(chance, lines)


def key_in_a_wrong_place(chance: Chance, lines: Lines) -> str:
    """A key of the language where it means nothing, or means something else."""
    found = _keyed(chance, lines)
    return _put(lines, found, "key", chance.choice(tuple(KEYS))) if found else letters(chance, lines)


def double_key(chance: Chance, lines: Lines) -> str:
    """A key that stands twice in one mapping."""
    found = _keyed(chance, lines)
    if not found or not found[1]["before"].strip() or not found[1]["value"].strip():
        return double_line(chance, lines)
    n, one = found
    lines[n] = change(lines[n], one.end(), one.end(), f", {one['key']}: {one['value']}")
    return f"line {n + 1}: `{one['key']}` stands twice"


def no_unit(chance: Chance, lines: Lines) -> str:
    """A length in a unit that is none."""
    found = _matched(chance, lines, LENGTH)
    if found is None:
        return token(chance, lines)
    n, one = found
    unit = chance.choice((*NO_UNITS, *UNITS))
    lines[n] = change(lines[n], one.start("unit"), one.end(), unit)
    return f"line {n + 1}: `{one.group()}` is in `{unit}`"


def nobody(chance: Chance, lines: Lines) -> str:
    """A role that is not there, or nobody at all."""
    found = _keyed(chance, lines, "by", "to", "notify", "readers", "above")
    return _put(lines, found, "value", chance.choice(NOBODY)) if found else token(chance, lines)


def dangle(chance: Chance, lines: Lines) -> str:
    """A name in a condition or a path that leads nowhere."""
    found = _keyed(chance, lines, "when", "where", "need", "if", "hold", "done_when", "replaces", "count", "among", "less", "columns", "who_had", "after")
    words = re.findall(r"[^\W\d]\w+", found[1]["value"]) if found else []
    if not found or not words:
        return letters(chance, lines)
    word = chance.choice(words)
    return _put(lines, found, "value", found[1]["value"].replace(word, chance.choice((f"{word}x", "nowhere", "无此", f"not_{word}", "one.nowhere")), 1))


def number_for_text(chance: Chance, lines: Lines) -> str:
    """A number, a truth or nothing where something else is meant, or a text where a number is."""
    found = _keyed(chance, lines)
    return _put(lines, found, "value", chance.choice(VALUES)) if found else letters(chance, lines)


def angle_in_braces(chance: Chance, lines: Lines) -> str:
    """A sign that YAML takes for its own begins a value."""
    found = _keyed(chance, lines)
    return _put(lines, found, "value", f"{chance.choice(YAMLS)} {found[1]['value']}") if found else stray(chance, lines)


def unquote(chance: Chance, lines: Lines) -> str:
    """A quote that is not closed, or is not there."""
    found = [(n, place) for n, line in enumerate(lines) for place, sign in enumerate(line) if sign in "'\""]
    if not found:
        return stray(chance, lines)
    n, place = chance.choice(found)
    lines[n] = change(lines[n], place, place + 1, chance.choice(("", "“", "”", "‘")))
    return f"a quote of line {n + 1} is lost"


def full_width_sign(chance: Chance, lines: Lines) -> str:
    """One sign is typed in full width."""
    found = [(n, place) for n, line in enumerate(lines) for place, sign in enumerate(line) if ord(sign) in FULL_WIDTH and line.strip()]
    if not found:
        return wide(chance, lines)
    n, place = chance.choice(found)
    old, lines[n] = lines[n][place], change(lines[n], place, place + 1, lines[n][place].translate(FULL_WIDTH))
    return f"`{old}` of line {n + 1} is typed in full width"


def another_operator(chance: Chance, lines: Lines) -> str:
    """A comparison that is none."""
    found = _matched(chance, lines, OPERATOR)
    if found is None:
        return token(chance, lines)
    n, one = found
    new = chance.choice(("=>", "=", "=!", "<>", " && ", " und ", ">", " or not ", " not not ", " in ", "= =", "**", " if "))
    lines[n] = change(lines[n], *one.span(), new)
    return f"`{one.group()}` of line {n + 1} is `{new}`"


MISTAKES: tuple[Slip, ...] = (
    misspell_key, no_unit, nobody, number_for_text, angle_in_braces, full_width_sign, dangle, indent, double_key, key_in_a_wrong_place, unquote,
    another_operator,
)
