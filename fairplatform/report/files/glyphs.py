"""Which characters the installed fonts have, read from the `cmap` tables of their files.

typst says nothing of a character that no font has: it prints a box.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import unpack_from

import typst

# Of the font inside typst, which has no file; it has more than these.
_LATIN = frozenset(range(0x20, 0x250))
_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}  # platforms and encodings of tables that are looked up by code
_TABLE, _FORMAT_OF_RANGES, _FORMAT_OF_GROUPS = b"cmap", 4, 12
_SHOWN = 5  # letters of a script that a sentence names


def without_glyph(characters: Iterable[str], families: Collection[str]) -> set[str]:
    """Those of these characters that no installed font of these families has. What leaves no ink is always there."""
    left = {ord(one) for one in characters if unicodedata.category(one)[0] not in "CZ"}
    for family, path, index in _fonts():
        if not left:
            break
        if family in families:
            left -= _codes(path, index) if path else _LATIN
    return {chr(code) for code in left}


def in_words(characters: Iterable[str]) -> str:
    """Such as `국한 (Hangul), か (Hiragana)`."""
    scripts: dict[str, list[str]] = {}
    for one in sorted(characters):
        scripts.setdefault(_script(one), []).append(one)
    return ", ".join(f"{''.join(letters[:_SHOWN])} ({script})" for script, letters in scripts.items())


def _script(one: str) -> str:
    """The name of its script, as Unicode has it; of what is no letter, its number."""
    name = unicodedata.name(one, "").partition(" ")[0]
    if unicodedata.category(one)[0] != "L" or not name:
        return f"U+{ord(one):04X}"
    return "Han" if name == "CJK" else name.capitalize()


@cache
def _fonts() -> list[tuple[str, str | None, int]]:
    """Family, file, and place in the file of all that typst finds on this computer."""
    return [(font.family, font.path, font.index) for font in typst.Fonts().fonts()]


@lru_cache(maxsize=16)
def _codes(path: str, index: int) -> frozenset[int]:
    """The characters that a font has."""
    with Path(path).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        start = unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
        return frozenset(code for table in _tables(data, start) for code in _codes_of(data, table))


def _tables(data: mmap, start: int) -> Iterator[int]:
    """Where the tables from characters to glyphs begin, of the font that begins there."""
    for place in range(unpack_from(">H", data, start + 4)[0]):
        name, _sum, offset, _length = unpack_from(">4sIII", data, start + 12 + 16 * place)
        if name == _TABLE:
            for number in range(unpack_from(">H", data, offset + 2)[0]):
                platform, encoding, own = unpack_from(">HHI", data, offset + 4 + 8 * number)
                if (platform, encoding) in _UNICODE:
                    yield offset + own


def _codes_of(data: mmap, table: int) -> Iterator[int]:
    """Glyph 0 is the box."""
    form = unpack_from(">H", data, table)[0]
    if form == _FORMAT_OF_GROUPS:
        for place in range(unpack_from(">I", data, table + 12)[0]):
            first, last, glyph = unpack_from(">III", data, table + 16 + 12 * place)
            yield from range(first if glyph else first + 1, last + 1)
    elif form == _FORMAT_OF_RANGES:
        size = unpack_from(">H", data, table + 6)[0]
        for place in range(0, size, 2):
            last, first, delta, away = (
                unpack_from(">H", data, table + at + place)[0] for at in (14, 16 + size, 16 + 2 * size, 16 + 3 * size)
            )
            glyphs = table + 16 + 3 * size + place + away
            for code in range(first, last + 1):
                glyph = unpack_from(">H", data, glyphs + 2 * (code - first))[0] if away else code + delta
                if glyph % 0x10000:
                    yield code
