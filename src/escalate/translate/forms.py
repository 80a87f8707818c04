"""What is written with numbers and names in it, such as `3 school days` or `2 weeks after term start`, from one language into the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ..keywords import ANCHORS, FORMS, HEADS, PERIODS, UNITS, Form, Words

EN, ZH = 0, 1
_NAME = r"[^\W\d]\w*"
_BRACKETS = rf"\(\s*{_NAME}\s*\)"
_DIGITS = r"[0-9]+(?:\.[0-9]+)?"
_SLOT = re.compile(r"\{(\w+)\}")


def _units(words: Words) -> tuple[str, str]:
    """Units as patterns, in English and in Chinese."""
    found = sorted(words, key=len, reverse=True), sorted((word.replace("个", "个?") for word in words.values()), key=len, reverse=True)
    return "|".join(found[EN]), "|".join(found[ZH])


_EN_UNITS, ZH_UNITS = _units(UNITS)
_SAID = {**UNITS, **HEADS}
_ZH_SAID = _units(_SAID)[ZH]
UNIT_SAID = {word.removeprefix("个"): unit for unit, word in _SAID.items()}
_BASES = [form for form in ANCHORS if "{" not in form[EN]]


def _either(side: int, forms: list[Form]) -> str:
    return "|".join(re.escape(form[side]) for form in forms)


def _length(*units: str) -> tuple[str, str]:
    """A number and its unit, in English and in Chinese."""
    english = rf"(?:{_DIGITS}|(?!(?:school|half|office) ){_NAME}|{_BRACKETS}) (?:{units[EN]})s?"
    return english, rf"(?:(?:{_DIGITS}|{_BRACKETS}) ?|{_NAME} )(?:{units[ZH]})"


# What may stand in a slot, in English and in Chinese.
_SLOTS = {
    "n": (rf"{_DIGITS}\s*%?|{_NAME}|{_BRACKETS}",) * 2,
    "length": _length(_EN_UNITS, ZH_UNITS),
    "heads": _length(*_units(HEADS)),
    "nth": (rf"(?:[0-9]+|{_BRACKETS})(?:st|nd|rd|th)", rf"[0-9]+|{_BRACKETS}"),
    "period": ("|".join(PERIODS), "|".join(PERIODS.values())),
    "clock": (r"[0-9]{1,2}:[0-9]{2}",) * 2,
    "name": (rf"{_NAME}(?:\.{_NAME})*",) * 2,
    "anchor": (rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_either(EN, _BASES)}", rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_either(ZH, _BASES)}"),
    "rest": (r"\S.*",) * 2,
}


def turned(kind: str, text: str, into: int) -> str:
    """A text of one kind of `FORMS` in the language `into`; itself where it is no such text."""
    for form in FORMS[kind]:
        found = _pattern(form, 1 - into).fullmatch(text)
        if found:
            return _filled(form[into], found.groupdict(), into)
    return text


def _filled(form: str, parts: Mapping[str, str], into: int) -> str:
    return _SLOT.sub(lambda slot: _part(slot.group(1), parts[slot.group(1)], into), form)


@cache
def _pattern(form: Form, side: int) -> re.Pattern[str]:
    pieces = _SLOT.split(form[side])
    return re.compile("".join(f"(?P<{piece}>{_SLOTS[piece][side]})" if n % 2 else re.escape(piece) for n, piece in enumerate(pieces)))


def _part(slot: str, text: str, into: int) -> str:
    if slot in ("length", "heads"):
        return length(text, into)
    if slot == "nth":
        return ordinal(text) if into == EN else re.sub(r"(?:st|nd|rd|th)$", "", text)
    if slot == "period":
        return {word: period for period, word in PERIODS.items()}[text] if into == EN else PERIODS[text]
    if slot == "anchor":
        return next((form[into] for form in _BASES if form[1 - into] == text), text)
    return text


def length(text: str, into: int) -> str:
    """`3 school days` and `3个上学日`."""
    if into == ZH:
        n, _, unit = text.partition(" ") if not text.startswith("(") else _after_brackets(text)
        return f"{n}{' ' if re.fullmatch(_NAME, n) else ''}{_SAID[unit if unit in _SAID else unit.removesuffix('s')]}"
    found = re.fullmatch(rf"(.*?) ?({_ZH_SAID})", text)
    n, unit = (found.group(1), UNIT_SAID[found.group(2).removeprefix("个")]) if found else (text, "")
    return f"{n} {unit}{'' if n == '1' else 's'}"


def _after_brackets(text: str) -> tuple[str, str, str]:
    n, sign, unit = text.partition(")")
    return n + sign, " ", unit.strip()


def ordinal(n: str) -> str:
    """`15th`, `1st`, `(petition_by)th`."""
    if n.isdigit() and not n.endswith(("11", "12", "13")):
        return n + {"1": "st", "2": "nd", "3": "rd"}.get(n[-1], "th")
    return f"{n}th"
