"""HTML by plain functions: whatever is not HTML already is escaped, so a name such as `<script>` stays a text."""

from __future__ import annotations

import html

VOID = frozenset({"meta"})
# Signs that HTML may not hold, and those that turn the direction of what follows.
STRANGE = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), *range(55296, 57344), *range(8234, 8239), *range(8294, 8298)), "�")


class Html(str):
    """A text that is HTML already."""

    __slots__ = ()


def escaped(text: str) -> str:
    """A text as HTML, in an element or in quotes."""
    return text if isinstance(text, Html) else html.escape(text.translate(STRANGE))


def joined(parts: list[Html] | tuple[Html, ...], between: str = "") -> Html:
    """Parts one after the other."""
    return Html(between.join(parts))


def tag(name: str, /, *inside: str, **attributes: str | int | None) -> Html:
    """An element; `class_` is its class, `aria_label` its `aria-label`. An attribute that is None is left out."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{escaped(str(value))}"' for key, value in attributes.items() if value is not None)
    return Html(f"<{name}{given}>" if name in VOID else f"<{name}{given}>{''.join(map(escaped, inside))}</{name}>")


def document(lang: str, title: str, style: str, *body: Html) -> str:
    """A whole page that needs nothing but itself and asks nobody for anything."""
    head = tag(
        "head",
        Html("\n"), tag("meta", charset="utf-8"), Html("\n"), tag("meta", name="viewport", content="width=device-width, initial-scale=1"), Html("\n"),
        tag("meta", name="color-scheme", content="light dark"), Html("\n"), tag("meta", name="robots", content="noindex"), Html("\n"),
        tag("title", title), Html(f"\n<style>\n{style}</style>\n"),
    )  # fmt: skip
    return f"<!DOCTYPE html>\n{tag('html', Html(chr(10)), head, Html(chr(10)), tag('body', Html(chr(10)), joined(body, chr(10)), Html(chr(10))), lang=lang)}\n"
