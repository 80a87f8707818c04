"""How wide a text is drawn, near enough for any sans-serif font: a Chinese sign is a square, a Latin letter by its kind."""

from __future__ import annotations

NARROW, SLIM, BROAD = frozenset("ijl.,:;'|!"), frozenset('frtI()[]{}/\\-*` "'), frozenset("mwMW@%—")
EM = {**dict.fromkeys(NARROW, 0.32), **dict.fromkeys(SLIM, 0.42), **dict.fromkeys(BROAD, 0.92)}
LETTER, CAPITAL, SQUARE = 0.6, 0.72, 1.0
BOLD = 1.06
LATIN, CHINESE = 0x2000, 0x2E80  # below the first no sign is a square; from the second on every one is
QUOTES, QUOTE = frozenset("“”‘’…"), 0.42


def em(sign: str, *, among_chinese: bool = True) -> float:
    """The width of one sign, of its height; a Chinese font draws quotation marks as squares."""
    if sign in QUOTES and not among_chinese:
        return QUOTE
    return EM.get(sign) or (SQUARE if ord(sign) >= LATIN else CAPITAL if sign.isupper() else LETTER)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text."""
    chinese = any(ord(sign) >= CHINESE for sign in text)
    return sum(em(sign, among_chinese=chinese) for sign in text) * size * (BOLD if bold else 1)
