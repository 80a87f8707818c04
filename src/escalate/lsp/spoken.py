"""In which language a file is written, and what the words of the tables are in it."""

from __future__ import annotations

from functools import lru_cache

from attrs import evolve

from ..parse import TextNode
from ..translate.forms import ZH
from ..translate.shapes import SHAPES
from ..translate.tree import places, said
from .texts import File


@lru_cache(32)
def in_chinese(file: File, lang: str) -> bool:
    """Whether most keys of a file are written in Chinese; of a file without keys, and of one with as many in English, the language `lang` decides."""
    if file.tree is None or file.shape not in SHAPES:
        return False
    keys = [node.written is not None for node, shape in places(file.tree, file.shape, file.turn) if shape.text == "keys" and node.text in shape.words]
    return lang == "zh" if 2 * sum(keys) == len(keys) else 2 * sum(keys) > len(keys)


def chinese(file: File, node: TextNode, text: str) -> str:
    """An English text in Chinese, as it would stand in the place of a text of a file."""
    if file.tree is None or file.shape not in SHAPES:
        return text
    shape = next((shape for one, shape in places(file.tree, file.shape, file.turn) if one is node), SHAPES[""])
    return said(evolve(node, text=text, written=None), shape, evolve(file.turn, into=ZH))
