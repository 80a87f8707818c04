"""What stands where in the files that people write: for each mapping its keys, for each value what kind of text it is.

A shape names others by their names, so that items may hold items. Which keys a reader knows is its own to say; the tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from attrs import field, frozen

from ..keywords import KEYS, KEYS_OF, Words


@frozen
class Shape:
    """One place of a tree.

    text: the kind of a scalar, empty where it is the author's own. keys: of a mapping with known keys, the shape of each value; names: of a
    mapping of names, the shape of each value, and `key` the kind of the names. items: of a list, else the shape itself. words: the keys'
    Chinese. defines: where in `Own` the names belong, of a scalar too.
    """

    text: str = ""
    keys: Mapping[str, str] = field(factory=dict)
    names: str = ""
    key: str = ""
    items: str = ""
    words: Words = field(factory=dict)
    defines: str = ""


def _keys(shapes: str, *free: str, words: str = "", text: str = "", items: str = "") -> Shape:
    """A mapping whose keys are `key=shape` or free."""
    known = dict(part.split("=") for part in shapes.split())
    found = {**known, **dict.fromkeys(free, "")}
    return Shape(text, found, items=items, words=_words(found, KEYS_OF.get(words, {})))


def _words(keys: Iterable[str], own: Words) -> Words:
    return {key: own.get(key) or KEYS[key] for key in keys if key in own or key in KEYS}


def _names(shape: str, defines: str = "", key: str = "") -> Shape:
    return Shape(names=shape, defines=defines, key=key)


_COMMON = ("title", "cites", "why")
_CALENDAR = "sessions= week=week terms=terms covers=stretch closed= make_up=make_up days=days office=office years= schools=schools calendar= timezone="

_STAGE = "when=condition need=condition do=items again=again if_overdue=items title=text text=text why=text after="
_ITEM = (
    "form=text by=who to=who notify=who due=due from=from if=condition then=items if_outcome=outcomes if_overdue=items done_when=condition keep=truth "
    "optional=truth hold=condition about=who done_by=done_by reassign=truth if_no_school=if_no_school if_in_break=in_break title=text why=text "
    "entry=entry per=per for=for compound=truth kind=text list=text after="
)
_OF_ITEM = ("results", "replaces", "times", "cites")

SHAPES: Mapping[str, Shape] = {
    "": Shape(),
    "text": _keys("parameter=text_held"),  # `{zh: ..., en: ...}`, or `{parameter: name}`
    # --- policies
    "policy": _keys(
        "title=text why=text parameters=parameters students=students roles=roles marks=marks day=day measures=measures ladders=ladders duties=duties "
        "targets=targets registers=registers results=results in_force=stretch on_change=on_change set=set replace=changes add=changes",
        "policy", "cites", "extends", "timezone", "lang",
    ),
    "stretch": _keys("", "from", "to"),
    "on_change": Shape("on_change"),
    "truth": Shape("truth"),
    "condition": Shape("condition"),
    # parameters, students, roles, marks, the day
    "parameters": _names("parameter", "parameters"),
    "parameter": _keys("value=value where=condition required=truth title=text why=text", "from", "cites", text="value"),
    "value": Shape("value"),
    "text_held": Shape(defines="texts"),
    "text_parameter": _keys("where=condition required=truth title=text why=text", "value", "from", "cites"),
    "changes": Shape(names="change", key="path"),  # each of the shape of what its path leads to
    "set": _names("parameter"),
    "students": _names("student", "bare"),
    "student": _keys("is=is title=text why=text", "cites", "kept"),
    "is": Shape("is"),
    "roles": _names("role", "roles"),
    "role": _keys("of=held title=text why=text", "above", "cites"),
    "held": Shape("held"),
    "results": _names("result"),
    "result": _keys("title=text why=text", "cites"),
    "marks": _names("mark", "marks"),
    "mark": Shape("mark", defines="marks"),
    "day": _keys("absent_when=absent_when lesson_hour=length", "closes"),
    "absent_when": Shape("absent_when"),
    "length": Shape("length"),
    # measures
    "measures": _names("measure", "bare"),
    "measure": _keys(
        "run=counted count=counted sum=counted mean=counted share=counted unit=unit neutral=counted breaks=counted of=of floor=floor within=window "
        "day=absent_when sessions=sessions plus=plus title=text why=text",
        "cites", words="measure",
    ),
    "counted": Shape("counted"),
    "unit": Shape("unit"),
    "of": Shape("of"),
    "floor": Shape("floor"),
    "window": Shape("window"),
    "sessions": Shape("sessions"),
    "plus": _names("unit", key="extra"),
    # ladders and stages
    "ladders": _names("ladder"),
    "ladder": _keys("where=condition stages=stages ends=stage lasts=lasts if_overdue=items title=text text=text why=text", "cites"),
    "lasts": Shape("lasts"),
    "stages": _names("stage", "moments"),
    "stage": _keys(_STAGE, "cites"),
    "again": Shape("again"),
    # items and consequences
    "items": _names("item", "moments"),
    "item": _keys(_ITEM, *_OF_ITEM, words="item"),
    "change": _keys(f"{_STAGE} {_ITEM}", *_OF_ITEM, words="item"),  # what a path leads to that the same file has added
    "who": _keys("each=who above=role_name who_had=", text="role"),
    "role_name": Shape("role"),
    "due": Shape("due"),
    "from": Shape("from"),
    "outcomes": _names("items"),
    "done_by": Shape("done_by"),
    "if_no_school": Shape("if_no_school"),
    "in_break": Shape("in_break"),
    "entry": Shape("entry"),
    "per": Shape("per"),
    "for": Shape("for"),
    # duties and targets
    "duties": _names("duty"),
    "duty": _keys(
        "every=every on=anchor starting=anchor each=level where=condition in_holidays=in_holidays if_overdue=items do=items title=text text=text why=text",
        "after", "at_least", "cites",
    ),
    "every": Shape("every"),
    "anchor": Shape("anchor"),
    "level": Shape("level"),
    "in_holidays": Shape("in_holidays"),
    "targets": _names("target"),
    "target": _keys(
        "each=level where=condition count=condition among=condition base=base less=condition check=check list=list if_broken=items if_met=items "
        "title=text text=text why=text after= at_most=limit below=limit at_least=limit above=limit",
        "cites", words="target",
    ),
    "base": _keys("where=condition on=base_on why=text title=text", "cites", text="base", words="base"),
    "base_on": Shape("base"),
    "limit": Shape("limit"),
    "check": Shape("check"),
    "list": Shape("list"),
    # registers
    "registers": _names("register"),
    "register": _keys("each=level where=condition columns=column kept=kept title=text text=text why=text", "readers", "cites"),
    "column": Shape("column"),
    "kept": Shape("kept"),
    # --- calendars
    "calendar": _keys(_CALENDAR),
    "week": Shape(keys=dict.fromkeys(KEYS_OF["week"], ""), words=KEYS_OF["week"]),
    "terms": _names("stretch"),
    "make_up": _names("weekday"),
    "weekday": Shape("weekday"),
    "days": _names("plan"),
    "plan": _keys("weekday=weekday kind=kind", "sessions", "reason"),
    "kind": Shape("kind"),
    "office": _keys("", "closed", "open"),
    "schools": _names("school"),
    "school": _keys("closed= make_up=make_up days=days office=office"),
    # --- specs
    "spec": _keys("title=text calendar=calendar cases=cases", "policy", "from", "students", "roles", "until", "only"),
    "cases": _names("case"),
    "case": _keys("title=text calendar=calendar events=events expect=expect", "from", "students", "roles", "until", "only", "marks", "registers"),
    "events": _names("event"),
    "event": _keys(
        "status=status calendar= kind=kind weekday=weekday mark= flag= outcome= document= fact= void= assignment= roster=",
        "date", "session", "minutes", "at", "cause", "value", "by", "to", "times", "level", "about", "item", "action", "done", "result", "of", "person",
        "from", "office", "school", "sessions", "reason", "id", "student", "known", "recorded", "source", words="event",
    ),
    "status": Shape("status"),
    "expect": _names("expected"),
    "expected": _keys(
        "by=whose to=whose notify=whose due=or_none entry=or_none", *(key for key in KEYS_OF["expected"] if key != "to"), "about", "policy", words="expected",
    ),
    "whose": _keys("", "who_had", text="role"),
    "or_none": Shape("or_none"),
}  # fmt: skip


@cache
def words_of(known: tuple[str, ...]) -> Words:
    """The Chinese words of keys that stand in one mapping."""
    return SHAPES[shape_of(known)].words


@cache
def shape_of(known: tuple[str, ...]) -> str:
    """The first shape that has some keys; that of what nothing is known of where none has them."""
    return next((name for name, shape in SHAPES.items() if set(known) <= set(shape.keys)), "")
