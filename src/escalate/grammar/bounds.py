"""Comparisons that are said in words: `3天以上`, `days_away超过3天`, `满3个上学日`."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..language import Names, bare, denied, in_digits, unit_named
from ..messages import UNSAID, Said, glued, ours, say
from ..policy import STATUSES
from ..scan import COMPARED, UNITS, Mistake
from ..synonyms import BEHIND_NUMBERS, called
from ..translate.forms import UNIT_SAID

_SIGNS = {**COMPARED, "≥": ">=", "≤": "<=", **{sign: sign for sign in (">=", "<=", "==", ">", "<")}}


def _either(words: Collection[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMBER = r"[0-9]+(?:\.[0-9]+)?|[零一二两三四五六七八九十百]+"
_UNIT = rf"[%％]|个?(?:{_either((*UNIT_SAID, '日', '次', '人次', '人', '名', '星期', '教学日', '月'))})|\s+(?:{_either(UNITS)})s?\b"
_SAID = re.compile(
    rf"(?P<left>[^\W\d]\w*?)?\s*(?P<sign>{_either(_SIGNS)})?\s*(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?\s*(?P<behind>{_either(BEHIND_NUMBERS)})?(?!\w)"
)
_NAMED = re.compile(rf"(?P<left>\w+?)(?P<sign>{_either(COMPARED)})(?P<right>\w+)")


def in_words(names: Names, text: str) -> Said:
    """Help for a name that is a whole condition, in this grammar one word: `days_away超过3天`, `贫困且days_away超过limit`; empty where it is none."""
    for sign, word in (("并且", "and"), ("且", "and"), ("和", "and"), ("或者", "or"), ("或", "or"), ("", "")):
        terms = [_term(names, part) for part in (text.split(sign) if sign else [text])]
        if all(terms) and terms != [text]:
            return say("write `{condition}`", condition=ours(f" {word} ".join(terms), "condition"))
    return UNSAID


def _term(names: Names, text: str) -> str:
    """A part of a condition as it is to be written, empty where nothing tells it."""
    known = bare(names)
    if text in known:
        return text
    if meant := denied(text, {*names.flags, *STATUSES}):
        return f"not {meant}"
    if (named := _NAMED.fullmatch(text)) and named["left"] in known and named["right"] in known:
        return f"{named['left']} {COMPARED[named['sign']]} {named['right']}"
    found = _SAID.fullmatch(text)
    return _written(names, found) if found is not None and found["left"] in known else ""


def bounded(names: Names, text: str, mistake: Mistake) -> Said:
    """Help where words round a number say a comparison: `days_away 3天以上`, `days_away 满3天`; empty where they do not."""
    found = next((one for one in _SAID.finditer(text) if one.start("sign" if one["sign"] else "number") < mistake.end and mistake.start < one.end()), None)
    if found is None or not (found["behind"] or found["sign"] in COMPARED):
        return UNSAID
    shown = [ours(one, "condition") for one in _readings(names, found)]
    if len(shown) > 1:
        either = glued((say("`{condition}`", condition=one) for one in shown), say(" or "))
        return say("`{sign}` and `{behind}` say two things: write {either}", sign=found["sign"], behind=found["behind"], either=either)
    if shown[0][0] in "<>=":
        return say("write the name of what is compared, and `{condition}`", condition=shown[0])
    return say("write `{condition}`", condition=shown[0])


def _written(names: Names, found: re.Match[str]) -> str:
    readings = _readings(names, found)
    return readings[0] if len(readings) == 1 else ""


def _readings(names: Names, found: re.Match[str]) -> list[str]:
    """What a comparison in words may say: nothing where no sign is said, two where two are said that are not one."""
    signs = [table[found[part]] for part, table in (("sign", _SIGNS), ("behind", BEHIND_NUMBERS)) if found[part]]
    left = found["left"] if found["left"] in bare(names) else ""
    return [f"{left} {sign} {_amount(names, left, found)}".lstrip() for sign in dict.fromkeys(signs)]


def _amount(names: Names, left: str, found: re.Match[str]) -> str:
    """The number, with its unit unless what is compared is in that; by a day, days of school are most often meant."""
    number = in_digits(found["number"]) or found["number"]
    word = (found["unit"] or "").strip().removeprefix("个")
    unit = UNIT_SAID.get(word) or called(word, UNITS, "unit") or next((one for one in UNITS if word in (one, f"{one}s")), "")
    own = unit_named(names.measures.get(left, ""))
    if word in ("%", "％"):
        return f"{number}%"
    if unit not in UNITS or unit == own or unit == "day" and own in ("", "school day"):
        return number
    return f"{number} {unit}{'' if number == '1' else 's'}"
