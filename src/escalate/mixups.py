"""A file of one kind where another belongs: what it is, and where it is to be given."""

from __future__ import annotations

from .kinds import OF_A_RUN, begins, has, keys_of, kind_of_file, kind_of_keys
from .messages import say
from .source import Problem, Source, Span

# What each kind is called, and what takes it.
CALLED = {
    "policy": say("a policy"), "spec": say("a spec"), "calendar": say("a calendar"), "mapping": say("a mapping"), "roster": say("a roster"),
    "assignments": say("a table of assignments"), "events": say("a table of events"), "table": say("a table"),
}  # fmt: skip
TAKEN = {
    "policy": say("`escalate run` takes it with `--policy`, and a spec names it as its `policy`"),
    "spec": say("`escalate test` plays it"),
    "calendar": say("`escalate run` takes it with `--calendar`, and a spec names it as its `calendar`"),
    "mapping": say("`escalate run` takes it with `--mapping`"),
    "roster": say("`escalate run` takes it with `--roster`"),
    "assignments": say("`escalate run` takes it with `--assignments`"),
    "events": say("`escalate run` takes it with `--events`"),
    "table": say("`escalate run` takes tables of students, of assignments and of events"),
}


def misplaced(source: Source, wanted: str) -> Problem | None:
    """What is wrong where a text of another kind stands than the one that is wanted; None where its kind is not known."""
    found, keys = kind_of_file(source), keys_of(source)
    fits = {
        "policy": keys == {"students"},  # a part of a policy that others extend
        "calendar": found == "policy" and has(keys, "calendar", "calendar"),  # with a key of a policy that has slipped in
        **dict.fromkeys(OF_A_RUN, found == "table"),
        "assignments": found == "table" or found == "roster" and bool(keys),  # in YAML they may stand in one file
    }
    if not found or wanted in (found, kind_of_keys(keys)) or fits.get(wanted):
        return None
    return other_kind(source, found, wanted)


def other_kind(source: Source, found: str, wanted: str) -> Problem:
    """That a text is of one kind and stands where another belongs, and where it is to be given."""
    kind = f"not-{wanted}" if wanted in OF_A_RUN[1:] else f"not-a-{wanted}"
    return Problem(kind, say("this is {found}, not {wanted}", found=CALLED[found], wanted=CALLED[wanted]), first_line(source), TAKEN[found])


def first_line(source: Source) -> Span:
    """The first line that says something."""
    number = begins(source)
    return Span(source, number, 1, number, max(len(source.line(number)), 1) + 1)
