"""Mapping files: how a foreign file's columns, codes, sessions and dates become ours (docs/mapping.md)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib.resources import files

from attrs import field, frozen

from ..messages import listed_of, said_by, say
from ..mixups import misplaced
from ..parse import parse
from ..source import Problem, Refused, Source, Span
from ..translate.spoken import as_written
from .moments import year_first
from .nodes import Nodes, near
from .texts import read_source

KEYS = ("format", "encoding", "delimiter", "columns", "constants", "codes", "sessions", "date_format", "unmarked")
FORMATS = ("csv", "jsonl", "edfi")
ENCODINGS = {"utf-8": "", "gbk": "gb18030", "gb18030": "gb18030"}  # what GBK has, GB18030 has in the same bytes
FIELDS = ("id", "type", "student", "date", "session", "code", "minutes", "at", "recorded", "known", "seq", "source")
PARTS = {"YYYY": "([0-9]{4})", "MM": "([0-9]{2})", "DD": "([0-9]{2})", "M": "([0-9]{1,2})", "D": "([0-9]{1,2})"}
PRESETS = ("edfi", "oea-batch", "oea-sections")


@frozen
class ColumnMap:
    """How a file's columns become ours.

    columns, constants: by our name. codes, sessions: by their word. unmarked: the local code of a session
    that a covered day does not list. declared: a mapping file was given, so only what it names is read.
    encoding: of a CSV file that is not UTF-8.
    """

    format: str = ""
    delimiter: str = ","
    columns: Mapping[str, str] = field(factory=dict)
    constants: Mapping[str, str] = field(factory=dict)
    codes: Mapping[str, str] = field(factory=dict)
    sessions: Mapping[str, str] = field(factory=dict)
    date_format: str = ""
    unmarked: str = ""
    declared: bool = False
    encoding: str = ""
    _pattern: re.Pattern[str] | None = field(init=False, eq=False, repr=False)
    _order: str = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        order, pattern = date_pattern(self.date_format) if self.date_format else ("", None)
        object.__setattr__(self, "_pattern", pattern)
        object.__setattr__(self, "_order", order)

    def theirs(self, ours: str) -> str | None:
        """Their name of a column of ours, None where the file has none."""
        return self.columns.get(ours) if self.declared and self.format != "edfi" else ours

    def dated(self, text: str) -> str:
        """A date or an instant as we write it, from the declared order of day, month and year; where none is declared only the year may come first."""
        if self._pattern is None:
            return year_first(text)
        found = self._pattern.match(text.strip())
        if found is None:
            raise ValueError(say("`{text}` is not a date written {date_format}", text=text.strip(), date_format=self.date_format))
        part = dict(zip(self._order, found.groups(), strict=True))
        return f"{part['Y']}-{part['M']:0>2}-{part['D']:0>2}{text.strip()[found.end() :]}"


PLAIN = ColumnMap()


def date_pattern(form: str) -> tuple[str, re.Pattern[str]]:
    """The order of the parts and the pattern of a date written in a form such as `D/M/YYYY`. Raises ValueError."""
    parts = re.findall(r"YYYY|MM|DD|M|D", form)
    rest = re.sub(r"YYYY|MM|DD|M|D", "\0", form)
    order = "".join(part[0] for part in parts)
    if sorted(order) != ["D", "M", "Y"] or not re.fullmatch("\0([-/. ]?)\0\\1\0[.]?", rest):
        raise ValueError(say("`{form}` is not a form of a date", form=form))
    if rest.count("\0") == len(rest) and any(len(part) < 2 for part in parts):
        raise ValueError(say("`{form}` does not say where a part ends", form=form))
    pattern = "".join(PARTS.get(piece, re.escape(piece)) for piece in re.split(r"(YYYY|MM|DD|M|D)", form))
    return order, re.compile(pattern + r"(?![0-9])")


def read_mapping(path: str | os.PathLike[str]) -> ColumnMap:
    """A mapping file, or by its name one that ships with escalate; what is wrong with it is `Refused`."""
    name = os.fspath(path)
    if name in PRESETS:
        return preset(name)
    return _of(read_source(name))


def preset(name: str) -> ColumnMap:
    """A mapping that ships with escalate: edfi, oea-batch, oea-sections."""
    text = (files("escalate") / "mappings" / f"{name}.yaml").read_text(encoding="utf-8")
    return _of(Source(f"mappings/{name}.yaml", text))


def _of(source: Source) -> ColumnMap:
    found, problems = parse_mapping(source)
    if found is None:
        raise Refused(problems)
    return found


def parse_mapping(source: Source) -> tuple[ColumnMap | None, tuple[Problem, ...]]:
    """The mapping of a text, None where there is a problem, and every problem."""
    if strange := misplaced(source, "mapping"):
        return None, as_written([strange])
    root, found = parse(source)
    nodes = Nodes(found)
    top = nodes.keys(root, KEYS, say("a mapping"))
    form = nodes.choice(top.get("format"), FORMATS, say("format")) or ""
    if "format" not in top and not nodes.failed:
        nodes.problem(
            "missing-key",
            say("the mapping does not say the `format`"),
            root.span if root else None,
            say("add `format: csv` ({listed})", listed=listed_of(FORMATS)),
        )
    pairs = {key: _pairs(nodes, top, key) for key in ("columns", "constants", "codes", "sessions")}
    for key in ("columns", "constants"):
        for ours, (_, span) in pairs[key].items():
            if ours not in FIELDS:
                nodes.problem("unknown-column", say("`{ours}` is not a column of a mark", ours=ours), span, near(ours, FIELDS))
            elif key == "constants" and ours in pairs["columns"]:
                nodes.problem("twice", say("`{ours}` is both a column and a constant", ours=ours), span)
    date_format = nodes.text(top.get("date_format"), say("date_format")) or ""
    if date_format:
        try:
            date_pattern(date_format)
        except ValueError as error:
            nodes.problem(
                "bad-date-format",
                said_by(error),
                top["date_format"].span,
                say("write its order, such as D/M/YYYY, M/D/YYYY, YYYY-MM-DD or YYYYMMDD"),
            )
    delimiter = _delimiter(nodes, top)
    encoding = nodes.choice(top.get("encoding"), tuple(ENCODINGS), say("encoding")) or "utf-8"
    if encoding != "utf-8" and form in ("jsonl", "edfi"):
        nodes.problem("bad-encoding", say("a file of the format `{form}` is always UTF-8", form=form), top["encoding"].span, say("remove the line"))
    unmarked = nodes.text(top.get("unmarked"), say("unmarked")) or ""
    if nodes.failed:
        return None, tuple(nodes.problems)
    plain = {key: {ours: text for ours, (text, _) in found.items()} for key, found in pairs.items()}
    made = ColumnMap(
        form,
        delimiter,
        plain["columns"],
        plain["constants"],
        plain["codes"],
        plain["sessions"],
        date_format,
        unmarked,
        True,
        ENCODINGS[encoding],
    )
    return made, tuple(nodes.problems)


def _pairs(nodes: Nodes, top: Mapping[str, object], key: str) -> dict[str, tuple[str, Span]]:
    found = {}
    for name, value in nodes.entries(top.get(key), say("`{key}`", key=key)):  # type: ignore[arg-type]  # a node, by `entries`
        text = nodes.text(value, say("`{text}`", text=name.text))
        if text is not None:
            found[name.text] = (text, name.span)
    return found


def _delimiter(nodes: Nodes, top: Mapping[str, object]) -> str:
    node = top.get("delimiter")
    if node is None:
        return ","
    text = getattr(node, "text", "")
    text = {"tab": "\t", "\\t": "\t", "semicolon": ";", "comma": ","}.get(text, text)
    if len(text) != 1 or text in '"\r\n\0' or text.isalnum():
        nodes.problem("bad-delimiter", say("`delimiter` must be one sign, or `tab`"), getattr(node, "span", None))
        return ","
    return text
