"""Files to texts: UTF-8 only, with or without a byte order mark, in Unicode's composed form."""

from __future__ import annotations

import codecs
import os
import unicodedata

from ..messages import Said, noun, say
from ..parse import AS_PLAIN, GBK_TEXT, OF_OFFICE, OFFICE
from ..source import Problem, Refused, Source, Span

YAML_ENDINGS = (".yaml", ".yml")
AS_CSV = say("open it in Excel or WPS and save it as `CSV UTF-8`")
GBK_HELP = (
    say(
        "the file looks like GBK (GB18030); in Excel save it as `CSV UTF-8`,\n"
        "or convert it: iconv -f GB18030 -t UTF-8 old.csv > new.csv\n(the mapping of a file of events may say `encoding: gbk`)"
    )
)


def read_source(path: str | os.PathLike[str]) -> Source:
    """The text of a file. A file that cannot be read, or that is not UTF-8, is `Refused`."""
    name = os.fspath(path)
    return Source(name, decoded(read_bytes(name), name))


def read_bytes(name: str) -> bytes:
    """The bytes of a file; a missing one is `Refused` by its name."""
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError as error:
        raise unreadable(name, error) from None


def check_readable(name: str) -> None:
    """Refuses at once a file that could not be opened later."""
    try:
        with open(name, "rb"):
            pass
    except OSError as error:
        raise unreadable(name, error) from None


def readable(name: str) -> str:
    """A file's name as text, with a sign for what is not UTF-8: such a name opens a file and can be written nowhere."""
    return os.fsencode(name).decode("utf-8", "replace")


def unreadable(name: str, error: OSError) -> Refused:
    """The refusal of a file that the system would not open."""
    return Refused([Problem("no-file", say("cannot read `{name}`: {strerror}", name=name, strerror=noun((error.strerror or "unknown reason").lower())))])


def decoded(data: bytes, name: str) -> str:
    """The text of some bytes, without a byte order mark."""
    if data.startswith(OFFICE):
        raise Refused([Problem("not-text", OF_OFFICE, _start(name), AS_PLAIN if name.lower().endswith(YAML_ENDINGS) else AS_CSV)])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused([Problem("not-utf8", say("the file is UTF-16, not UTF-8"), _start(name), say("save it as `CSV UTF-8`"))])
    try:
        return composed(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = _place(name, line, error.start - data.rfind(b"\n", 0, error.start))
        raise Refused([Problem("not-utf8", say("the file is not UTF-8"), place, gbk_help(data, name))]) from None


def composed(text: str) -> str:
    """The text in NFC, so that one name has one spelling."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def gbk_help(data: bytes, name: str = "") -> Said:
    """How to mend bytes that are not UTF-8; name: of the file, which is a table where that does not say otherwise."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return say("save the file as UTF-8")
    return GBK_TEXT if name.lower().endswith(YAML_ENDINGS) else GBK_HELP


def _start(name: str) -> Span:
    return _place(name, 1, 1)


def _place(name: str, line: int, col: int) -> Span:
    return Span(Source(name, ""), line, col, line, col + 1)
