"""A piece of a page made once for everybody, with holes for what is one reader's own or of the moment."""

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# Nobody can write a hole into a text: its mark is another one in each process, and is gone once the piece is cut.
_MARK = secrets.token_hex(8)
_HOLE = re.compile(f"{_MARK}<(.*?)>", re.DOTALL)

Cut = tuple[str, ...]
"""Texts and, between them, the names of the holes: text, name, text, …, text."""


def hole(name: object) -> SafeString:
    """What a template prints where something is left open."""
    return mark_safe(f"{_MARK}<{name}>")


def cut(rendered: str) -> Cut:
    return tuple(_HOLE.split(rendered))


def fill(piece: Cut, value: Callable[[str], Any]) -> SafeString:
    """The piece with the value of each hole, escaped unless it is safe."""
    parts = list(piece)
    parts[1::2] = [conditional_escape(value(name)) for name in piece[1::2]]
    return mark_safe("".join(parts))


def fill_with(piece: Cut, values: Mapping[str, Any]) -> SafeString:
    return fill(piece, values.__getitem__)
