"""Slips in values and what parts them: quotes, braces, commas, colons."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..keywords import spelled
from ..messages import UNSAID, Said, glued, say
from ..source import Problem, Source, Span
from .colons import tight_colon, wide_colon
from .trouble import KEY, Trouble, at, lines_near, show

# A brace, a bracket, a quoted text or a remark; only the first two are more than skipped.
_SIGN = re.compile(r"(?<![^\s{\[,:])(?:\"(?:[^\"\\]|\\.)*\"|'[^']*')|(?<!\S)#.*|[{}\[\]]")
# A quoted text that ends on its line, or a remark; and a quote at the beginning of a value.
_QUOTED = re.compile(r"(?<![^\s{\[,:])(?:\"(?:[^\"\\]|\\.)*\"|'[^']*')|(?<!\S)#.*")
_QUOTE = re.compile(r"(?<![^\s{\[,])[\"']")
_PLAIN_LINE = re.compile(rf"\s*(?:-\s+)?{KEY}:\s+[^\s{{\[\"']")
# Keys whose value is a text or a condition, so that a comparison may belong to it.
_TEXTS = spelled(("title", "text", "why", "kind", "form", "zh", "en"))
_CONDITIONS = spelled(("when", "where", "need", "if", "hold", "done_when"))
_SAYING = (*_TEXTS, *_CONDITIONS)
# Keys whose value may be a list, of names without a comma.
_LISTS = spelled(("by", "to", "notify", "each", "results", "run", "count", "sum", "share", "neutral", "breaks", "within", "cites"))
# Of these, those whose names are one word each.
_NAMED = spelled(("by", "to", "notify", "each", "run", "count", "sum", "share", "neutral", "breaks"))
# Keys whose value holds words of any kind, ours among them.
_ANY_WORDS = (*_SAYING, *spelled(("results", "cites")))
# Keys that stand in braces beside others, so that one may follow where its comma or colon is missing.
BESIDE = (
    "by", "to", "notify", "due", "from", "if", "then", "if_outcome", "if_overdue", "results", "done_when", "replaces", "keep", "optional", "times", "hold",
    "list", "about", "done_by", "reassign", "title", "cites", "why", "kind", "form", "when", "need", "do", "again", "ends", "lasts", "where", "stages", "value",
    "required", "unit", "within", "neutral", "breaks", "of", "floor", "sessions", "plus", "is", "above",
)
_BESIDE = "|".join(spelled(BESIDE))
_WRONG_COMMA = rf"\s*[;；、]\s*(?=(?:{_BESIDE}):\s)"
_BEFORE_KEY = rf"\s*[;；、]\s*(?={KEY}:\s)|\s+(?=(?:{_BESIDE}):\s)"
# Keys of names whose values hold no colon.
_CODES = spelled(("marks",))
_BEFORE_ANY = rf"(?:\s*[;；、]\s*|\s+)(?={KEY}:\s)"
_OPENS = {"}": "{", "]": "["}
_CLOSES = {"{": "}", "[": "]"}
# `"days_away" >= 2`: a name in quotes, by what stands behind it; before `==` it may be a text.
_QUOTED_NAME = re.compile(r"""((["'])([^\W\d]\w*)\2)(?=\s*(?:[<>≤≥]|[!=]=\s*[0-9]))""")
_COMPARED = re.compile(r"[<>]=?\s*[\w(]")
_KEY_FOLLOWS = re.compile(rf",\s*(?:{KEY}:(?:\s|$)|$)")


def bad_block_sign(source: Source, trouble: Trouble) -> Problem | None:
    """`limit: >= 92%`: YAML reads `>` as the sign of a long text."""
    if "block scalar" not in trouble.words:
        return None
    return _bad_beginning(source, trouble.start_line, trouble.start_col - 1)


def bad_first_sign(source: Source, trouble: Trouble) -> Problem | None:
    """`%`, `@` or a backquote at the beginning of a value."""
    if "cannot start any token" not in trouble.words:
        return None
    return _bad_beginning(source, trouble.line, trouble.col - 1)


def _bad_beginning(source: Source, number: int, place: int) -> Problem:
    line = source.line(number)
    if quoted := _quoted_beginning(source, number, place):
        return quoted
    value, rest = _value_and_rest(source, number, place)
    if _COMPARED.match(value) and re.search(rf"(?:^|[\s{{,])(?:{'|'.join(_CONDITIONS)}):\s+$", line[:place]):
        message = say("it is not said what is compared")
        help = say("write its name before the sign: {show}", show=show(f"{line[:place]}days_away {value}{rest}"))
        return Problem("syntax", message, at(source, number, place + 1), help)
    help = _without_sign(source, number, place, value, rest) or show(line[:place] + _quote(value) + rest)
    message = say("a value that begins with `{line}` must be quoted", line=line[place : place + 1])
    return Problem("unquoted-value", message, at(source, number, place + 1), help)


def _without_sign(source: Source, number: int, place: int, value: str, rest: str) -> Said:
    """Help for `limit: >= 92%` and `value: %3`: the number alone; empty where the value is a text or a condition."""
    before = source.line(number)[:place]
    percent = re.fullmatch(r"%\s*([0-9.]+)", value)
    if percent:
        return show(f"{before}{percent.group(1)}%{rest}")
    compared = re.fullmatch(r"[<>]=?\s*([0-9.]+\s*%?)", value)
    if not compared or re.search(rf"(?:^|[\s{{,])(?:{'|'.join(_SAYING)}):\s+$", before):
        return UNSAID
    bare = compared.group(1)
    if _above(source, number, place) == "parameters":
        return say("where it is used says the comparison: {show}", show=show(f"{before}{{value: {bare}}}{rest}"))
    who = say("where it is used") if re.search(r"\bvalue:\s+$", before) else say("in a limit the key")
    return say("{who} says the comparison: {show}", who=who, show=show(before + bare + rest))


def _quoted_beginning(source: Source, number: int, place: int) -> Problem | None:
    """`when: "days_away" >= 2`: what is not to be begun is the rest of a value that began with a quote."""
    line = source.line(number)
    found = re.search(rf"(?:^|[\s{{,]){KEY}:\s+((\"[^\"]*\"|'[^']*')\s*)$", line[:place])
    return _after_quotes(source, number, found.start(1), place) if found else None


def _after_quotes(source: Source, number: int, start: int, place: int) -> Problem:
    line = source.line(number)
    value, rest = _value_and_rest(source, number, start)
    name = _QUOTED_NAME.match(value)
    key = re.search(rf"({KEY}):\s+$", line[:start])
    joined = _joined(value) if key and key.group(1) in _CONDITIONS else ""
    if joined:
        mended = line[:start] + _quote(joined) + rest
        return Problem("unquoted-value", say("something stands after the closing quote"), at(source, number, place + 1), show(mended))
    mended = f"{name.group(3)}{value[name.end(1) :]}" if name else value
    if not name or re.search(r"[,\[\]{}]|: | #", mended):
        mended = _quote(mended)
    message, help = say("something stands after the closing quote"), show(line[:start] + mended + rest)
    help = say("a name stands without quotes: {help}", help=help) if name else help
    return Problem("unquoted-value", message, at(source, number, place + 1), help)


def _joined(value: str) -> str:
    """`"a >= 1" and b` as one condition without the quotes inside; empty where what is quoted may be a text that is compared."""
    for sign, word in (("并且|而且|且", "and"), ("或者|或", "or")):
        value = re.sub(rf"(?<=[\"'])\s*(?:{sign})\s*", f" {word} ", value)
    quoted = re.compile(r"""(^|\b(?:and|or|not)\s+)(["'])([^"']+)\2(?=\s+(?:and|or)\b|\s*$)""")
    return quoted.sub(lambda found: found.group(1) + _bracketed(found.group(3)), value) if quoted.match(value) else ""


def _bracketed(condition: str) -> str:
    return f"({condition})" if " or " in condition else condition


def wrong_comma(source: Source, trouble: Trouble) -> Problem | None:
    """`{Ann: "AA"; Bob: "AA"}`: another sign than a comma behind a value that is closed."""
    line = source.line(trouble.line)
    found = re.match(r"[;；、]", line[trouble.col - 1 :])
    closed = line[: trouble.col - 1].rstrip()[-1:]
    if "expected ',' or" not in trouble.words or not found or not closed or closed not in "\"'}]":
        return None
    mended = re.sub(r"(?<=[\"'}\]])\s*[;；、]\s*", ", ", line)
    message = say("`{sign}` stands where a comma belongs", sign=found.group())
    return Problem("missing-comma", message, at(source, trouble.line, trouble.col), show(mended))


def after_quotes_in_braces(source: Source, trouble: Trouble) -> Problem | None:
    """`{when: "a" == b, by: c}`: a value that begins with a quote ends with it, inside braces too."""
    before = source.line(trouble.line)[: trouble.col - 1]
    found = re.search(rf"[{{,]\s*{KEY}:\s+((\"[^\"]*\"|'[^']*')\s+)$", before)
    if "expected ',' or" not in trouble.words or not found:
        return None
    return _after_quotes(source, trouble.line, found.start(1), trouble.col - 1)


def closes_nothing(source: Source, trouble: Trouble) -> Problem | None:
    """`{of: school}}`: one closing sign too many."""
    line = source.line(trouble.line).rstrip()
    sign = line[trouble.col - 1 : trouble.col]
    outside = "expected <block end>" in trouble.words or "document start" in trouble.words
    opened = [] if outside else _opened(source, trouble.line, trouble.col - 1)
    if "expected" not in trouble.words or sign not in _OPENS or _OPENS[sign] in opened:
        return None
    belongs, place = _CLOSES[opened[-1]] if opened else "", at(source, trouble.line, trouble.col)
    rest = line[trouble.col :]
    if opened and len(_left_open([line[: trouble.col - 1]])) > sum(rest.count(other) for other in _OPENS):
        message = say("`{sign}` stands where `{belongs}` belongs", sign=sign, belongs=belongs)
        return Problem("closes-nothing", message, place, show(line[: trouble.col - 1] + belongs + rest))
    mended = line[: trouble.col - 1] + rest
    help = show(mended) if mended.strip() else say("delete this line")
    return Problem("closes-nothing", say("one `{sign}` too many stands here", sign=sign), place, help)


def _opened(source: Source, number: int, place: int) -> list[str]:
    """The braces and brackets that are open at a place; those of a plain value outside braces are text."""
    return _left_open([*source.lines[max(number - 30, 0) : number - 1], source.line(number)[:place]])


def _left_open(lines: Iterable[str]) -> list[str]:
    stack: list[str] = []
    for text in lines:
        for sign in _SIGN.findall("" if not stack and _PLAIN_LINE.match(text) else text):
            if sign in "{[":
                stack.append(sign)
            elif sign in "}]" and stack:
                stack.pop()
    return stack


def _value_and_rest(source: Source, number: int, place: int) -> tuple[str, str]:
    """A value as it was meant, and what stands behind it on its line."""
    line = source.line(number)
    opened = _opened(source, number, place)
    if not opened:
        return _value_end(line, place), ""
    value = _flow_value(line, place)
    value = value.partition(",")[0].rstrip() if opened[-1] == "[" else value
    return value, line[place + len(value) :]


def _above(source: Source, number: int, place: int) -> str:
    """The key that holds the key whose value begins at a place; empty where it is not in sight."""
    line = source.line(number)
    inside = re.search(rf"(?:^|[\s{{,])({KEY}):\s+\{{[^{{}}]*$", line[:place])
    if inside:
        return inside.group(1)
    depth = len(line) - len(line.lstrip())
    for text in reversed(source.lines[: number - 1]):
        found = re.match(rf"(\s*)({KEY}):", text)
        if found and len(found.group(1)) < depth:
            return found.group(2)
    return ""


def cut_in_braces(source: Source, trouble: Trouble) -> Problem | None:
    """`{when: x in [1, 2], by: a}`: inside braces a value with `,`, `[` or `{` must be quoted."""
    if "expected ',' or" not in trouble.words:
        return None
    line = source.line(trouble.line)
    before = line[: trouble.col - 1]
    found = list(re.finditer(rf"(?:^\s*|[{{,]\s*)({KEY}):\s+", before))
    if (
        not found
        or trouble.line > len(source.lines)
        or line[found[-1].end() : found[-1].end() + 1] in ("", '"', "'", "{", "[")
    ):
        return None
    start, key = found[-1].end(), found[-1].group(1)
    return _missing_comma(source, trouble.line, start, key) or _unquoted(source, trouble.line, start, key)


def _missing_comma(source: Source, number: int, start: int, key: str) -> Problem | None:
    """`{from: 2025-09-01 to: 2026-01-31}`, `{由: 班主任、对象: 家长}`: a key of ours stands behind a value; behind a text only with a sign between."""
    line = source.line(number)
    value = _flow_value(line, start)
    parts = _WRONG_COMMA if key in _TEXTS else _BEFORE_ANY if _above(source, number, start) in _CODES else _BEFORE_KEY
    found = re.search(parts, value)
    if not found:
        return None
    mended = line[:start] + re.sub(parts, ", ", value) + line[start + len(value) :]
    place = start + found.end()
    name = value[found.end() :].partition(":")[0]
    return Problem("missing-comma", say("a comma is missing before `{name}`", name=name), at(source, number, place + 1, place + len(name) + 1), show(mended))


def comment_in_braces(source: Source, trouble: Trouble) -> Problem | None:
    """`{title: room #3, by: x}`: ` #` begins a comment that eats the rest of the braces."""
    if "expected ',' or" not in trouble.words:
        return None
    line = source.line(trouble.start_line)
    if " #" not in line:
        return None
    found = re.search(rf"(?<![^\s{{\[,])({KEY}):\s+([^\s\"'{{\[][^{{}}\[\]\"']*?\s#[^,}}]*)[,}}]", line[trouble.start_col - 1 :])
    if not found:
        return None
    return _unquoted(source, trouble.start_line, trouble.start_col - 1 + found.start(2), found.group(1))


def _unquoted(source: Source, number: int, start: int, key: str) -> Problem:
    line = source.line(number)
    value = _flow_value(line, start)
    mended = line[:start] + _quote(value) + line[start + len(value) :]
    return Problem(
        "unquoted-value",
        say("inside braces the value of `{key}` must be quoted", key=key),
        at(source, number, start + 1, start + len(value) + 1),
        show(mended),
    )


def quote_left_open(source: Source, trouble: Trouble) -> Problem | None:
    """`{why: "two days}`: a quote without its end, so that the text goes on to the next quote, where reading stops."""
    unending = "quoted scalar" in trouble.words and "end of stream" in trouble.words
    if unending:
        return _open_quote(source, trouble.start_line, trouble.start_col - 1)
    if not re.search("[\"']", source.line(trouble.line)):
        return None
    for number in range(trouble.line - 1, 0, -1):
        line = source.line(number)
        found = _QUOTE.search(_QUOTED.sub(lambda found: " " * len(found.group()), line))
        if found:
            return _open_quote(source, number, found.start())
        if re.search("[\"']", line):
            return None
    return None


def _open_quote(source: Source, number: int, place: int) -> Problem:
    line = source.line(number)
    value = _value_and_rest(source, number, place)[0]
    mended = line[: place + len(value)] + line[place] + line[place + len(value) :]
    return Problem("never-closed", say("this quote is never closed"), at(source, number, place + 1), show(mended))


def never_closed(source: Source, trouble: Trouble) -> Problem | None:
    """A brace or a bracket without its end."""
    if "expected ',' or" not in trouble.words and "expected the node content" not in trouble.words:
        return None
    sign = source.line(trouble.start_line)[trouble.start_col - 1 : trouble.start_col]
    if sign not in "{[" or not sign:
        return None
    return Problem(
        "never-closed",
        say("this `{sign}` is never closed, or a comma is missing behind it", sign=sign),
        at(source, trouble.start_line, trouble.start_col),
        say("reading stopped in line {line}", line=trouble.line),
    )


def after_quotes(source: Source, trouble: Trouble) -> Problem | None:
    """`when: "a" == b`: a value that begins with a quote ends with it."""
    line = source.line(trouble.line)
    found = re.match(rf"^(\s*(?:-\s+)?{KEY}:\s+)(([\"']).*)$", line)
    if "expected <block end>" not in trouble.words or not found or found.end(1) >= trouble.col:
        return None
    return _after_quotes(source, trouble.line, found.end(1), trouble.col - 1)


def missing_space(source: Source, trouble: Trouble) -> Problem | None:
    """`title:缺课`: a colon needs a space behind it."""
    for number in lines_near(trouble):
        line = source.line(number)
        found = re.match(rf"^\s*(?:-\s+)?{KEY}(:)[^\s:/]", line)
        if found:
            return tight_colon(source, number, found.start(1))
    return None


def equals_sign(source: Source, trouble: Trouble) -> Problem | None:
    """`due = 1 week`: a key is followed by a colon."""
    for number in lines_near(trouble):
        line = source.line(number)
        found = re.match(rf"^(\s*(?:-\s+)?{KEY})\s*(=)\s*([^=].*)$", line)
        if found:
            return Problem(
                "no-colon",
                say("`=` stands where a colon belongs"),
                at(source, number, found.start(2) + 1),
                show(f"{found.group(1)}: {found.group(3)}"),
            )
    return None


def colon_in_value(source: Source, trouble: Trouble) -> Problem | None:
    """`text: 报告: 家访`: a value that holds `: ` must be quoted."""
    line = source.line(trouble.line)
    found = re.match(rf"^(\s*(?:-\s+)?{KEY}:\s+)(\S.*)$", line)
    if "mapping values are not allowed" not in trouble.words or not found or found.end(1) >= trouble.col:
        return None
    return Problem(
        "unquoted-value",
        say("a value that holds `: ` must be quoted"),
        at(source, trouble.line, trouble.col),
        show(found.group(1) + _quote(found.group(2).rstrip())),
    )


def no_colon_above(source: Source, trouble: Trouble) -> Problem | None:
    """A line without any colon, which YAML joins with the key below it."""
    line = source.line(trouble.line - 1)
    if "mapping values are not allowed" not in trouble.words or not line.strip() or re.search(r"[:#\"'\[\]{}]", line):
        return None
    start = len(line) - len(line.lstrip())
    place = at(source, trouble.line - 1, start + 1, len(line.rstrip()) + 1)
    return Problem("no-colon", say("this line has no colon"), place, say("a line is `key: value`: write `{line}: ...`", line=line.strip()))


def no_colon_on_line(source: Source, trouble: Trouble) -> Problem | None:
    """A line without any colon among keys."""
    if "could not find expected ':'" not in trouble.words:
        return None
    line = source.line(trouble.start_line)
    return Problem(
        "no-colon",
        say("this line has no colon"),
        at(source, trouble.start_line, trouble.start_col, len(line.rstrip()) + 1),
        say("a line is `key: value`; a value that goes on must be indented deeper than its key"),
    )


def no_colon(source: Source, key: Span, text: str, before: Span | None) -> Problem:
    """A key in braces without a colon: most often the rest of the value before it."""
    line = source.line(key.line)
    if wide := re.match(rf"{KEY}(：)", text):
        return wide_colon(source, key.line, key.col - 1 + wide.start(1))
    if tight := re.match(rf"{KEY}(:)\S", text):
        return tight_colon(source, key.line, key.col - 1 + tight.start(1))
    if text in spelled(BESIDE) and (before is None or _name_at(before) not in _ANY_WORDS):
        return Problem("no-colon", say("`{text}` has no value", text=text), key, say("write `{text}: ...`", text=text))
    if begun := begun_key(text, before):
        place, name = key.col - 1 + len(begun), begun
        mended = f"{line[:place]}:{line[place:]}"
        return Problem("no-colon", say("a colon is missing after `{name}`", name=name), at(source, key.line, key.col, place + 1), show(mended))
    start = _value_start(source, before, key)
    if start is None:
        return Problem("no-colon", say("`{text}` has no value", text=text), key, say("write `{text}: ...`", text=text))
    value = _meant_value(line, start, before)
    if takes_list(before):
        mended = f"{line[:start]}[{', '.join(_parts(value))}]{line[start + len(value) :]}"
        return Problem(
            "unquoted-value", say("`{text}` looks like the rest of the value before it", text=text), key,
            say("several are a list in brackets:\n{mended}", mended=mended.strip()),
        )
    mended = line[:start] + _quote(value) + line[start + len(value) :]
    return Problem(
        "unquoted-value",
        say("`{text}` looks like the rest of the value before it", text=text),
        key,
        say("inside braces a value that holds a comma must be quoted:\n{mended}", mended=mended.strip()),
    )


def begun_key(text: str, before: Span | None) -> str:
    """The key of `due 3 school days`, where a colon is missing; empty where that may be the rest of a text or a condition before it."""
    key = "" if before is None else _name_at(before)
    found = re.match(rf"({_BESIDE})\s+\S" if key not in _NAMED else rf"({KEY})\s+(?!and\b|和)\S", text)
    return found.group(1) if found and key not in _ANY_WORDS else ""


def takes_list(before: Span | None) -> bool:
    """Whether the key before may have a list, so that a comma behind its value begins another of it."""
    return before is not None and _name_at(before) in _LISTS


def _name_at(key: Span) -> str:
    return key.source.line(key.line)[key.col - 1 : key.end_col - 1]


def _parts(value: str) -> list[str]:
    return [part for part in re.split(r"\s*[,，]\s*", value) if part]


def rest_of_value(source: Source, key: Span, before: Span | None) -> str:
    """The line mended as if an unknown key in braces were the rest of the text before it; empty where it cannot be."""
    start = _value_start(source, before, key)
    if start is None or before is None or _name_at(before) not in _SAYING:
        return ""
    line = source.line(key.line)
    value = _flow_value(line, start, skip=key.col - 1)
    return (line[:start] + _quote(value) + line[start + len(value) :]).strip()


def whole_value(source: Source, key: Span, before: Span | None) -> Span | None:
    """Where the plain value of the key `before` stands, with the rest that a comma cut off as the key `key`."""
    start = _value_start(source, before, key)
    if start is None:
        return None
    value = _meant_value(source.line(key.line), start, before)
    return Span(source, key.line, start + 1, key.line, start + len(value) + 1)


def _value_start(source: Source, before: Span | None, key: Span) -> int | None:
    """Where the plain value of the key `before` begins, on the line of `key`."""
    if before is None or before.line != key.line:
        return None
    line = source.line(key.line)
    found = re.match(r"\s*:\s+", line[before.end_col - 1 :])
    start = before.end_col - 1 + found.end() if found else None
    signs = ("{", "[") if takes_list(before) else ('"', "'", "{", "[")
    return None if start is None or line[start : start + 1] in signs else start


def _meant_value(line: str, start: int, before: Span | None) -> str:
    """A value in braces; a list ends before a key that lacks its colon."""
    value = _flow_value(line, start)
    return re.split(rf"\s*,\s*(?:{_BESIDE})\s", value)[0] if before is not None and _name_at(before) in _NAMED else value


def _flow_value(line: str, start: int, skip: int = 0) -> str:
    """A value in braces as it was meant: up to a comma before the next key, or the closing brace."""
    depth = 0
    for place in range(start, len(line)):
        char = line[place]
        if char in "([{":
            depth += 1
        elif char in ")]}" and depth:
            depth -= 1
        elif char in "}]" or (char == "," and not depth and place >= skip and _KEY_FOLLOWS.match(line, place)):
            return line[start:place].rstrip()
    return line[start:].rstrip()


def _value_end(line: str, start: int) -> str:
    return re.sub(r"\s+#.*$", "", line[start:]).rstrip()


def _quote(value: str) -> str:
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def quoted_help(source: Source, line: int, col: int, otherwise: Said) -> Said:
    """How a value that begins with a sign of YAML's own looks when it is quoted."""
    text = source.line(line)
    found = re.match(rf"^\s*(?:-\s+)?{KEY}:\s+$", text[: col - 1])
    mended = say("to have it as text, {write}", write=show(text[: col - 1] + _quote(_value_end(text, col - 1)))) if found else UNSAID
    return glued((part for part in (otherwise, mended) if part), "\n")


def cut_by_comment(source: Source, span: Span) -> Problem | None:
    """`title: 高一 #3班`: ` #` begins a comment; a digit right behind it says that it was meant as text."""
    if span.line != span.end_line or not span.end_col > span.col:
        return None
    rest = source.line(span.end_line)[span.end_col - 1 :]
    found = re.match(r"\s+#\d\S*", rest)
    if not found:
        return None
    line = source.line(span.line)
    mended = line[: span.col - 1] + _quote(line[span.col - 1 :].rstrip())
    return Problem(
        "cut-by-comment",
        say("`{found}` is read as a comment", found=found.group().strip()),
        at(source, span.line, span.end_col + found.group().index("#"), span.end_col + found.end()),
        say("if it belongs to the value, {show}", show=show(mended)),
        warning=True,
    )
