"""What a stage is called among all of a policy: below its ladder, a duty's or a target's by that alone."""

from __future__ import annotations

from ..phrases import phrases_for
from ..policy import Policy, part_of, stage_in
from ..wording import Wording


def place_in(policy: Policy, name: str, stage: str, lang: str) -> str:
    """`ladder / stage`, in the policy's titles."""
    phrases, part, found = phrases_for(lang), part_of(policy, name), stage_in(policy, name, stage)
    said = (part.title.say(lang) if part is not None else "") or name
    if found is None or name not in policy.ladders:
        return said
    return f"{said} / {phrases.texts['goal.ends'] if stage == 'ends' else Wording(policy, phrases).stage(found)}"
