"""Rendered pieces of pages with placeholders: cached once for everybody, filled for each reader and moment.

Django's fragment cache, `{% cache %}`, has no such thing: what differs between readers has to stand outside a fragment,
and a list of booths would be one fragment per booth. docs/decisions/0007-content-version.md has the figures.
"""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# Random, so that no text of a user can contain a placeholder. It is gone once the rendered text is split, so what is
# cached does not depend on it.
_MARK = secrets.token_hex(8)
_PLACEHOLDER = re.compile(f"{_MARK}<(.*?)>", re.DOTALL)

Pieces = tuple[str, ...]
"""Texts and, between them, the names of the placeholders: text, name, text, …, text."""


def placeholder(name: object) -> SafeString:
    """What a template prints where a value is to be filled in later. A name may stand in several places."""
    return mark_safe(f"{_MARK}<{name}>")


def split(rendered: str) -> Pieces:
    return tuple(_PLACEHOLDER.split(rendered))


def fill(pieces: Pieces, values: Mapping[str, Any]) -> SafeString:
    """The text with the value of each placeholder, escaped unless it is safe."""
    texts = list(pieces)
    texts[1::2] = [conditional_escape(values[name]) for name in pieces[1::2]]
    return mark_safe("".join(texts))
