"""A mapping file, key by key."""

from __future__ import annotations

from ..readers import mapping
from .shapes import TEXT, Key, NamesOf, Ref, Thing, Value, key, picked

_COLUMNS: dict[str, tuple[str, str]] = {
    "id": ("the id, unique for ever", "永不重复的编号"),
    "type": ("the type of event", "事件类型"),
    "student": ("the student's id", "学号"),
    "date": ("the date", "日期"),
    "session": ("the session", "节次"),
    "code": ("the mark", "考勤代码"),
    "minutes": ("how many minutes", "分钟数"),
    "at": ("when it was", "发生的时间"),
    "recorded": ("when it was written", "登记的时间"),
    "known": ("when it reached us", "收到的时间"),
    "seq": ("the source's version number", "来源的版本号"),
    "source": ("where it comes from", "来源"),
}
_MAPPING = {
    "format": key(Value("word", mapping.FORMATS), "How the file is written.", "文件格式。", "csv"),
    "encoding": key(Value("word", tuple(mapping.ENCODINGS)), "How a CSV file writes its signs.", "CSV 文件用什么编码。", "gbk"),
    "delimiter": key(TEXT, "The sign between cells: one sign, or `tab`.", "分隔符：一个符号，或 `tab`。", ";", "tab"),
    "columns": key(Ref("columns"), "Our columns, each with theirs.", "我们的列对应他们的哪一列。", {"student": "学号", "date": "日期"}),
    "constants": key(Ref("constants"), "Our columns, each with the value that every row has.", "每行都一样的列及其值。", {"session": "day"}),
    "codes": key(NamesOf("code", TEXT), "Their codes, each with ours.", "他们的代码对应我们的代码。", {"旷": "A"}),
    "sessions": key(NamesOf("session", TEXT), "Their sessions, each with ours.", "他们的节次对应我们的节次。", {"第一节": "1"}),
    "date_format": key(TEXT, "The order of day, month and year.", "日期里日、月、年的顺序。", "D/M/YYYY", "YYYY-MM-DD"),
    "unmarked": key(TEXT, "The code of a session that a covered day does not list.", "没有列出的节次算什么代码。", "P"),
}


def _columns(en: str, zh: str) -> Thing:
    columns: dict[str, Key] = {name: key(TEXT, en.format(said), zh.format(chinese)) for name, (said, chinese) in _COLUMNS.items()}
    return Thing(picked(mapping.FIELDS, columns), blank=True)


MAPPING = {
    "mapping": Thing(picked(mapping.KEYS, _MAPPING), needed=("format",)),
    "columns": _columns("Their column that holds {}.", "他们的哪一列是{}。"),
    "constants": _columns("What every row has for {}.", "每行的{}。"),
}
