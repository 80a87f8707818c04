"""What is said on the last day of what came of a world: stories of its cases and its items, of which one is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hypothesis import strategies as st

from ...events import Event
from ..matters import Matters
from ..model.seen import World
from .recast import across_versions, gone, gone_and_back, joined, later, learnt_too_late, left, never_left, parted, sooner, unsaid, was_there
from .redone import answered, held_after_all, in_time, of_what_is_cancelled
from .standing import Standing, standing

Story = Callable[[Standing], Iterator[list[Event]]]
# How often each is told where it can be: the rarer that is, the more often.
STORIES: Mapping[Story, int] = {
    joined: 2, sooner: 2, parted: 2, later: 1, gone: 1, gone_and_back: 1, left: 4, never_left: 2, was_there: 1, unsaid: 1, in_time: 4,
    answered: 3, of_what_is_cancelled: 4, held_after_all: 4, learnt_too_late: 5, across_versions: 30,
}  # fmt: skip


@st.composite
def afterthoughts(draw: st.DrawFn, found: Matters, world: World) -> list[Event]:
    """Nothing in a quarter of the worlds; else what changes a case or an item, where one is."""
    if draw(st.sampled_from((True, False, False, False))):
        return []
    now = standing(found, world)
    able = {story: ways for story in STORIES if (ways := [events for events in story(now) if events])}
    if not able:
        return []
    story = draw(st.sampled_from([story for story in able for _ in range(STORIES[story])]))
    return draw(st.sampled_from(able[story]))
