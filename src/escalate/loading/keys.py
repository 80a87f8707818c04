"""The keys of one thing, read one by one; a key that nothing knows is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .. import slips
from ..conditions import Condition
from ..meant import KEYS, meant
from ..messages import UNSAID, Said, listed, ours, say
from ..parse import ListNode, MapNode, Node, TextNode
from ..policy import Text
from ..source import Span
from ..translate.shapes import words_of
from ..translate.spoken import keys_beside, read_on
from . import vocabulary
from .draft import Draft, head, one_of

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
TRUTHS = ("true", "false")
COMMON = ("title", "cites", "why")
HELD = ("parameter",)  # of a text that a parameter holds


class Keys:
    """One mapping with the keys that it may have; `what` names it in problems."""

    def __init__(
        self, draft: Draft, node: Node | None, what: Said, known: Iterable[str], place: Span | None = None
    ) -> None:
        self.draft = draft
        self.what = what
        self.known = tuple(known)
        self.span = place or (head(node) if node is not None else None)
        self.meant: dict[str, str] = {}
        self.below: dict[str, Node] = {}  # what stands below a misspelt key, in English
        self.chinese = keys_beside([key for key, _ in node.entries] if isinstance(node, MapNode) else [], self.known, self.span)
        self.map = self._mapping(node)
        self._unknown_keys()

    def _mapping(self, node: Node | None) -> MapNode | None:
        if node is None or isinstance(node, MapNode):
            return node
        if isinstance(node, TextNode) and not node.text:
            self.draft.wrong(
                "missing-value",
                say("nothing stands below this {what}", what=self.what),
                self.span,
                say("its keys are {listed}", listed=listed(self.said(one) for one in self.known)),
            )
        else:
            self.draft.wrong(
                "wrong-shape",
                say("{what} is written as keys and values", what=self.what),
                head(node),
                say("its keys are {listed}", listed=listed(self.said(one) for one in self.known)),
            )
        return None

    def _unknown_keys(self) -> None:
        before: Span | None = None
        for key, value in self.map.entries if self.map else ():
            if key.text not in self.known:
                self._unknown_key(key, value, before)
            before = key.span

    def _unknown_key(self, key: TextNode, value: Node, before: Span | None) -> None:
        mended = slips.rest_of_value(key.span.source, key.span, before) if self.map and self.map.flow else ""
        near = meant(key.text, self.known, KEYS, words_of(self.known))
        self.meant.setdefault(near, key.text)
        if (below := read_on(key, value, self.known, near, self.draft.own())) is not None:
            self.below[key.text] = below
        help = say("did you mean `{said}`?", said=self.said(near)) if near else say(
            "its keys are {listed}", listed=listed(self.said(one) for one in self.known),
        )
        if mended and not near:
            help = say("if it is the rest of the value before it, quote that value:\n{mended}", mended=mended)
        self.draft.wrong("unknown-key", say("{what} has no key `{text}`", what=self.what, text=key.text), key, help)

    def said(self, key: str) -> str:
        """A key in the language in which the keys beside it are written."""
        return self.chinese.get(key, key)

    # What stands under a key.

    def get(self, key: str) -> Node | None:
        return self.below.get(key) or self.map.get(key) if self.map else None

    def written(self, key: str) -> bool:
        """Whether a key stands here, perhaps misspelt; nothing is asked of what is no mapping."""
        return self.map is None or self.map.get(key) is not None or key in self.meant

    def spelled(self, key: str) -> str:
        """A key as it is written here: perhaps misspelt, of which a problem speaks already."""
        return key if self.get(key) is not None else self.meant.get(key, key)

    def place(self, key: str) -> Span | None:
        """Where a key stands, else the thing itself."""
        entries = self.map.entries if self.map else ()
        return next((name.span for name, _ in entries if name.text == key), self.span)

    def need(self, key: str) -> Node | None:
        """The value of a key that must be written."""
        node = self.get(key)
        if not self.written(key):
            self.draft.wrong(
                "missing-key", say("{what} has no `{said}`", what=self.what, said=self.said(key)), self.span, say("write `{said}: ...`", said=self.said(key)),
            )
        return node

    def text(self, key: str) -> str:
        node = self.get(key)
        return said(self.draft, node) if node is not None else ""

    def title(self, key: str = "title") -> Text:
        """A text in one or more languages."""
        node = self.get(key)
        return Text() if node is None else texts(self.draft, node)

    def words(self, key: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        node = self.get(key)
        if node is None:
            return ()
        if isinstance(node, ListNode):
            return tuple(text for item in node.items if (text := self.draft.text(item)))
        text = self.draft.text(node, say("a text or a list"))
        return (text,) if text else ()

    def truth(self, key: str) -> bool:
        """`true` or `false`; false where it is not written."""
        node = self.get(key)
        text = self.draft.text(node) if node is not None else "false"
        if text not in ("true", "false") and node is not None and text:
            help = say("write `{meant}`", meant=ours(truth)) if (truth := meant(text, TRUTHS, "truth")) else one_of(TRUTHS, "truth")
            self.draft.wrong("wrong-value", say("`{key}` cannot be `{text}`", key=self.said(key), text=text), node, help)
        return text == "true"

    def choice(self, key: str, options: Iterable[str], otherwise: str) -> str:
        """One word of a few."""
        node = self.get(key)
        text = vocabulary.plain(self.draft.text(node)) if node is not None else ""
        choices = tuple(options)
        if node is None or not text or text in choices:
            return text or otherwise
        help = mended(text, choices) or self.draft.near(text, choices, key)
        self.draft.wrong("wrong-value", say("`{key}` cannot be `{text}`", key=self.said(key), text=text), node, help)
        return otherwise

    def whole(self, key: str, otherwise: int) -> int:
        """A whole number of 1 or more."""
        node = self.get(key)
        if node is None:
            return otherwise
        value = vocabulary.number(self.draft.text(node))
        if value is None or value.denominator != 1 or value < 1:
            self.draft.wrong("wrong-value", say("`{key}` must be a whole number of 1 or more", key=self.said(key)), node)
            return otherwise
        return int(value)

    def condition(self, key: str) -> Condition | None:
        return self.draft.condition(self.get(key))

    def entries(self, key: str) -> tuple[tuple[TextNode, Node], ...]:
        """What a mapping of names holds, in the order written."""
        node = self.get(key)
        if node is None or (isinstance(node, TextNode) and not node.text and not node.quoted):
            return ()
        if not isinstance(node, MapNode):
            self.draft.wrong("wrong-shape", say("`{key}` is written as names and what each is", key=self.said(key)), head(node))
            return ()
        return node.entries


def texts(draft: Draft, node: Node) -> Text:
    """`text` or `{zh: ..., en: ...}`, or `{parameter: name}` for the text that a parameter holds."""
    if isinstance(node, TextNode) or not isinstance(node, MapNode):
        text = draft.text(node, say("a text"))
        return Text(((draft.lang, text),)) if text else Text()
    if node.get("parameter") is not None:
        return Text(((draft.lang, said(draft, node)),))
    for key, _ in node.entries:
        if not LANGUAGE.fullmatch(key.text):
            mended = slips.rest_of_value(key.span.source, key.span, node.entries[0][0].span) if node.flow else ""
            help = (
                say("if it is the rest of the text before it, quote that text:\n{mended}", mended=mended)
                if mended
                else say("write a text, or `{{zh: text, en: text}}`")
            )
            draft.wrong("unknown-key", say("a text has no key `{text}`", text=key.text), key, help)
    return Text(tuple((key.text, text) for key, value in node.entries if (text := draft.text(value, say("a text")))))


def said(draft: Draft, node: Node) -> str:
    """One text, written or held by a parameter: `{parameter: notice_form}`."""
    named = node.get("parameter") if isinstance(node, MapNode) else None
    if named is None:
        return draft.text(node, say("a text"))
    Keys(draft, node, say("a text"), HELD)
    line = settled(draft, draft.text(named), named)
    return line or ""


def settled(draft: Draft, name: str, node: Node) -> str:
    """The written value of a parameter that has one value only, for places that are read when the policy is loaded."""
    parameter = draft.parameters.get(name)
    if parameter is None:
        draft.unknown("unknown-parameter", say("parameter"), name, draft.parameters, node)
        return ""
    if parameter.required and not parameter.lines:
        return ""
    only = parameter.lines[0] if len(parameter.lines) == 1 else None
    if only is None or only.where is not None or only.start is not None:
        draft.wrong(
            "parameter-varies",
            say("`{name}` has several values, and only one can stand here", name=name),
            node,
            say("a parameter for a window, a text, a rule of the day or a place in the calendar\nhas one value, without `where` or `from`"),
        )
        return ""
    return only.text


def mended(text: str, choices: Iterable[str]) -> Said:
    """Help where a word is right but for its full-width signs or its case."""
    twin = slips.halved(text).strip("\"'").lower()
    return say("write `{twin}`", twin=ours(twin)) if twin in choices else UNSAID

