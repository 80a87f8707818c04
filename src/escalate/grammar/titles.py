"""What an author called by its title, or wrote as several words, where a condition needs the name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..language import FUNCTIONS, Names, as_title, bare, nearest, spelled
from ..messages import UNSAID, Said, ours, say
from ..scan import Mistake, Word

# What asks about a thing that has no value by itself.
ASKED = {"item": "done", "stage": "fired", "ladder": "open_case"}
# What has a value by itself.
BARE = ("measure", "attribute")
MOMENTS = ("stage", "item")


def by_title(names: Names, text: str, asked: Collection[str] = ()) -> Said:
    """Help that names what has a title; asked: inside a function, of which kinds it asks. Empty where nothing is called so."""
    for kind in asked or (*BARE, *ASKED):
        if name := names.titled.get(kind, {}).get(as_title(text)):
            return say("this is a title: write `{shown}`", shown=name if asked or kind in BARE else f"{ours(ASKED[kind])}({name})")
    return UNSAID


def side_by_side(text: str, words: Sequence[Word], mistake: Mistake, names: Names) -> Said:
    """Help where words that nothing joins are one name, or a title; empty where they are not."""
    at = next((n for n, word in enumerate(words) if word.start == mistake.start), 0)
    if not at or words[at].kind != "name" or words[at - 1].kind != "name":
        return UNSAID
    first, last = at - 1, at
    while first and words[first - 1].kind == "name":
        first -= 1
    while last + 1 < len(words) and words[last + 1].kind == "name":
        last += 1
    function = FUNCTIONS.get(words[first - 2].text) if first >= 2 and words[first - 1].kind == "(" else None
    asked = () if function is None else MOMENTS if function.takes == "moment" else (function.takes,)
    known = {*names.items, *names.stages, *names.ladders} if asked else set(bare(names))
    for start, end in sorted(((start, end) for start in range(first, at) for end in range(at, last + 1)), key=lambda one: one[0] - one[1]):
        if help := by_title(names, text[words[start].start : words[end].end], asked):
            return help
        joined = "_".join(word.text for word in words[start : end + 1])
        if (name := spelled(joined, known)) is not None:
            return say("write `{name}`", name=name)
    near = nearest("_".join(word.text for word in words[first : last + 1]), known)
    return say("did you mean `{near}`?", near=near) if near else UNSAID
