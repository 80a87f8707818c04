"""Sentences that we say of our own accord, in English, and the same in another language.

`say` gives a text that reads as English anywhere and remembers its template and its parts, so that `told` can say it
in the language of a catalogue (locale/LANG/LC_MESSAGES/escalate.po). What was not made by `say` is the user's own, and stays as it is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import gettext

CATALOGUES = Path(__file__).parent / "locale"
LANGUAGES = ("en", "zh")
OWN = "en"
_CODE = re.compile("`([^`\n]*)`")


class Said(str):  # noqa: SLOT000  # a slot would take the defaults away
    """A sentence in English, with the template and the parts that it was made of; a part may be `Said` itself.

    codes: what stands in backticks in the template, by what is said for it. kind: of a piece of a policy, the place that it stands in; else None.
    prose: of a piece that is a word of the English sentence, too, and stays one there.
    """

    template: str = "{text}"
    parts: Mapping[str, object] = {}  # read only; a text without parts is the same in every language
    codes: Mapping[str, str] = {}
    kind: str | None = None
    prose: bool = False

    def __add__(self, other: str) -> Said:
        return glued((self, other))

    def __radd__(self, other: str) -> Said:
        return glued((other, self))


def say(template: str, /, **parts: object) -> Said:
    """A sentence: the template with its `{parts}` put in, as `str.format` does."""
    said = Said(template.format(**parts))
    said.template, said.parts = template, parts
    return said


UNSAID: Final = say("")


def glued(pieces: Iterable[object], between: str = "") -> Said:
    """Pieces one behind the other, each in its own language."""
    parts: dict[str, object] = {}
    for n, piece in enumerate(pieces):
        parts |= {f"and{n}": between, f"piece{n}": piece} if n and between else {f"piece{n}": piece}
    return say("".join(f"{{{name}}}" for name in parts), **parts)


def ours(word: str, kind: str = "", *, prose: bool = False) -> Said:
    """A piece of a policy in English, such as a keyword, that `reworded` says in other words; `kind` is its place, as `translate/spoken.py` knows it."""
    said = say("{word}", word=word)
    said.kind, said.prose = kind, prose
    return said


def reworded(text: Said, turned: Callable[[str, str], str]) -> Said:
    """A sentence with all that is ours in it in other words: what its template has in backticks, and parts made by `ours`."""
    if text.kind is not None:
        other = ours(str(text) if text.prose else turned(str(text), text.kind), text.kind, prose=text.prose)
        other.parts = {"word": turned(str(text), text.kind)}
        return other
    codes = {code: found for code in _CODE.findall(text.template) if (found := _turned(code, turned)) != code}
    parts = {name: reworded(part, turned) if isinstance(part, Said) else part for name, part in text.parts.items()}
    said = say(_with(codes, text.template), **parts)
    said.template, said.codes = text.template, codes
    return said


def quoting(text: Said, read: str, stands: str) -> Said:
    """A sentence that quotes what was read, with what stands in the file instead."""
    return say(text.template, **{name: stands if not isinstance(part, Said) and part == read else part for name, part in text.parts.items()})


def _turned(code: str, turned: Callable[[str, str], str]) -> str:
    """What a template has in backticks in other words; its parts stand for names."""
    pieces = [(literal, name) for literal, name, _, _ in Formatter().parse(code)]
    names = {f"part_{n}": f"{{{name}}}" for n, (_, name) in enumerate(pieces) if name is not None}
    whole = "".join(literal + (f"part_{n}" if name is not None else "") for n, (literal, name) in enumerate(pieces))
    found = turned(whole, "") if whole not in names else whole
    if found == whole:
        return code
    return re.sub(r"part_[0-9]+", lambda part: names[part.group()], found.replace("{", "{{").replace("}", "}}"))


def _with(codes: Mapping[str, str], template: str) -> str:
    return _CODE.sub(lambda found: f"`{codes.get(found.group(1), found.group(1))}`", template) if codes else template


def listed(words: Iterable[object]) -> Said:
    """Words of the user's or of the language, in backticks."""
    return glued((say("`{word}`", word=word) if isinstance(word, Said) else f"`{word}`" for word in words), say(", "))


def listed_of(parts: Iterable[object]) -> Said:
    """Sentences, or other parts of one, in a row."""
    return glued(parts, say(", "))


def said_by(error: Exception) -> Said:
    """What an error says, of which only the first argument is looked at."""
    return as_said(error.args[0] if error.args else "")


def as_said(words: str) -> Said:
    """A sentence that was `Said` and is known as a text; other words as they are."""
    return words if isinstance(words, Said) else verbatim(words)


def template(text: str) -> str:
    """A template that is handed to `say` elsewhere: so it is found for the catalogues."""
    return text


def verbatim(text: object) -> Said:
    """What is the same in every language: the user's own words, or somebody else's."""
    return say("{text}", text=text)


_NOUNS = {
    str(word): word
    for word in (
        say("item"), say("stage"), say("ladder"), say("measure"), say("parameter"), say("flag"), say("attribute"), say("status"), say("name"),
        say("role"), say("duty"), say("target"), say("register"), say("level"), say("document"), say("fact"), say("result"), say("case"),
        say("student"), say("class"), say("grade"), say("school"), say("session"), say("mark"), say("outcome"), say("assignment"), say("calendar"),
        say("roster"), say("void"), say("event"), say("day"), say("meaning"), say("reason"), say("code"), say("moment"), say("date"),
        say("no such file or directory"), say("is a directory"), say("not a directory"), say("permission denied"), say("file exists"), say("unknown reason"),
        say("monday"), say("tuesday"), say("wednesday"), say("thursday"), say("friday"), say("saturday"), say("sunday"),
        say("village"), say("township"), say("county"), say("household"), say("person"), say("group"), say("unexpected end of data"),
        say("no space left on device"), say("read-only file system"), say("policy"), say("spec"), say("mapping"),
    )
}  # fmt: skip


def noun(word: str) -> Said:
    """A word that names a kind of thing in a sentence; one that we do not know is the user's own."""
    return _NOUNS.get(word) or verbatim(word)


def told(text: str, lang: str = OWN) -> str:
    """A sentence in a language; in English where the catalogue lacks it."""
    short = lang.partition("-")[0]
    if not isinstance(text, Said) or short == OWN or short not in LANGUAGES:
        return str(text)
    template = _with(text.codes, _catalogue(short).gettext(text.template)) if text.template else ""
    return template.format(**{name: told(part, short) if isinstance(part, Said) else part for name, part in text.parts.items()})


@functools.cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    import gettext

    return gettext.translation("escalate", CATALOGUES, [lang])
