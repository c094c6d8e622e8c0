"""How much a text looks like one that somebody wrote: a wrong encoding gives letters that never stand together."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3]+")
# Short Chinese words read as Urdu are made of these; no Urdu word is.
_RARE = re.compile("[\u0621-\u0626\u0629\u062b\u062e\u0630\u0636\u0638\u063a\u0640]")
_EUROPEAN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]+")
# Signs that stand anywhere in a text; others count as letters that belong nowhere.
_SIGNS = re.compile(
    "[\x00-\x7f\u00a0\u00ab\u00bb\u060c\u061b\u061f\u200c-\u200f\u2013\u2014\u2018-\u201d\u2026\u3000-\u303f\uff01-\uff5e]"
)


def plausibility(text: str) -> float:
    """The share of the letters beyond ASCII that stand as they do in Chinese, Urdu or a European language, 0 to 1."""
    letters = len(_SIGNS.sub("", text))
    return sum(map(_plausible, _WORD.findall(text))) / letters if letters else 1.0


def _plausible(word: str) -> float:
    """How many letters of a word beyond ASCII stand where they belong."""
    foreign = sum(not letter.isascii() for letter in word)
    if _ARABIC.fullmatch(word):
        return foreign - len(_RARE.findall(word)) / 2
    if (_EUROPEAN.fullmatch(word)) and foreign < len(word):
        return foreign
    return sum(map(_is_common_han, word))


def _is_common_han(letter: str) -> bool:
    """Whether it is one of the 3755 characters in daily use, the first level of GB 2312."""
    if not "\u4e00" <= letter <= "\u9fff":
        return False
    try:
        return 0xB0 <= letter.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
