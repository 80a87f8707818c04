"""What every page has: its head, what a person should know before relying on it, and its foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..phrases import Phrases
from ..policy import Policy
from .tags import Html, joined, tag

LISTED = 40  # oddities that a page lists


def head_of(title: str, policies: Sequence[Policy], about: Sequence[str], phrases: Phrases) -> Html:
    """The title, the policies, and what else is said of the whole."""
    names = phrases.texts["list"].join(dict.fromkeys(policy.title.say(phrases.lang) or policy.name for policy in policies))
    said = [*([tag("b", names)] if names else []), *(tag("span", text) for text in about if text)]
    return tag("header", tag("h1", title), tag("p", *said, class_="sub"))


def caveats_box(caveats: Sequence[str], words: Mapping[str, str]) -> Html:
    """What could be missing, where nobody can overlook it."""
    if not caveats:
        return tag("p", words["no_caveats"], class_="fine")
    return tag("aside", tag("h2", words["caveats"]), tag("ul", *(tag("li", text) for text in caveats)), class_="caveats", role="note")


def foot(policies: Sequence[Policy], odd: Sequence[str], words: Mapping[str, str], seals: Sequence[str] = ()) -> Html:
    """What could not be used, line by line; by which policies the page was made, and what is said of the audit trail that seals it."""
    shown = [tag("li", text) for text in odd[:LISTED]]
    shown += [tag("li", words["odd.more"].format(n=f"{len(odd) - LISTED:,}"))] if len(odd) > LISTED else []
    listed = joined([tag("h2", words["odd"]), tag("ul", *shown)]) if odd else Html("")
    return tag("footer", listed, *(tag("p", line) for line in (*_versions(policies, words), *seals, words["own"])))


def _versions(policies: Sequence[Policy], words: Mapping[str, str]) -> list[str]:
    """By which policies a page was made, whole: what is printed can be held against it."""
    return [words["foot"].format(policy=policy.name, version=policy.version, digest=policy.digest or "-") for policy in policies]
