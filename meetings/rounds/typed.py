"""Reads an answer as it came by WhatsApp, WeChat, telephone or paper: "yes 2 5 7, no 4", 要2、5，不要4, ہاں ۲ ۵ نہیں ۴.

A word stands before its numbers ("yes 2 5") or behind them ("2 yes, 4 no"): which of the two, the first word or number
of the answer says. Whatever is doubtful is left open and named, never guessed.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

YES, NO = "yes", "no"
_WORDS: Mapping[str, tuple[str, ...]] = {
    YES: (
        "yes", "y", "ok", "okay", "want", "meet", "haan", "han", "ji", "✓", "✔", "√", "☑", "👍",
        "要", "想见", "愿意", "同意", "可以", "想", "见", "是", "好", "行",
        "جی ہاں", "ہاں", "جی", "چاہیے",
    ),
    NO: (
        "no", "n", "not", "never", "don't", "dont", "won't", "wont", "can't", "cant", "cannot",
        "nahi", "nahin", "nahe", "✗", "✘", "×", "❌", "👎",
        "不要", "不想见", "不愿意", "不同意", "不可以", "不想", "不见", "不是", "不好", "不行", "不", "否",
        "جی نہیں", "نہیں چاہیے", "نہیں", "نہ", "نا",
    ),
}  # fmt: skip
_MEANING = {word: answer for answer, words in _WORDS.items() for word in words}
# Words between numbers that say nothing.
_FILLERS = {"and", "number", "numbers", "nr", "please", "the", "to", "和", "与", "号", "第", "اور", "نمبر"}
_CHINESE = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
# Words of scripts that are written without spaces, or hardly, are found wherever they stand, the longest first.
_UNSPACED = sorted((word for word in _MEANING if not word.isascii()), key=len, reverse=True)
# Of "1 to 4" and "No. 2" it is not clear what they answer: 1 and 4, or all four; a refusal, or the number 2.
_TOKEN = re.compile(
    rf"""(?P<doubtful>\d+[^\S\n]*(?:[-–—−~〜到至]|to\b|تا|سے)[^\S\n]*\d+ | \bno\.(?=[^\S\n]*\d))
    | (?P<number>\d+) | (?P<word>{"|".join(map(re.escape, _UNSPACED))}) | (?P<chinese>[零一二三四五六七八九十]+)
    | (?P<filler>和|与|号|第) | (?P<text>[^\W\d_]+(?:'[^\W\d_]+)?)""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Understood:
    """By number what was answered. `both`: numbers that are said yes and no to; `unknown`: not in the list.

    `unread`: words and numbers of which it is not clear what they answer.
    """

    answers: Mapping[int, str]
    both: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        return bool(self.answers) and not (self.both or self.unknown or self.unread)


def read(text: str, numbers: Collection[int]) -> Understood:
    """`numbers`: those of the list that is answered."""
    tokens = _tokens(text)
    said: dict[int, set[str]] = {}
    unread: list[str] = []
    meaning = ""
    for token in _words_first(tokens):
        if isinstance(token, int) and meaning:
            said.setdefault(token, set()).add(meaning)
        elif token in (YES, NO):
            meaning = str(token)
        else:
            # Whatever follows a word that is not understood is not either.
            meaning = "" if isinstance(token, str) else meaning
            unread.append(str(token))
    return Understood(
        answers={n: next(iter(answers)) for n, answers in sorted(said.items()) if n in numbers and len(answers) == 1},
        both=tuple(sorted(n for n, answers in said.items() if n in numbers and len(answers) > 1)),
        unknown=tuple(sorted(n for n in said if n not in numbers)),
        unread=tuple(unread),
    )


def _words_first(tokens: list[int | str]) -> list[int | str]:
    """So that each word stands before its numbers; without the words yes and no where they could mean either way."""
    parts = [token for token in tokens if isinstance(token, int) or token in (YES, NO)]
    is_number = [isinstance(part, int) for part in parts]
    is_mixed = len(parts) > 1 and is_number[0] == is_number[-1]
    contradicts = any({one, other} == {YES, NO} for one, other in pairwise(tokens))
    if is_mixed or contradicts:
        return [token for token in tokens if token not in (YES, NO)]
    return tokens[::-1] if parts and is_number[0] else tokens


def _tokens(text: str) -> list[int | str]:
    """Numbers, `yes` and `no`, and any other word as it is."""
    found: list[int | str] = []
    # A telephone writes the apostrophe of "don't" in its own way.
    plain = unicodedata.normalize("NFKC", text.replace("№", "no.")).lower().replace("’", "'")
    for match in _TOKEN.finditer(plain):
        kind, word = match.lastgroup, match.group()
        if kind == "number":
            found.append(int(word[:6]))
        elif kind == "chinese":
            found.append(_chinese(word))
        elif kind != "filler" and word not in _FILLERS:
            found.append(_MEANING.get(word, word))
    return found


def _chinese(word: str) -> int:
    """Up to 99: 十二, 二十, 二十一; digits one after the other are one number."""
    if "十" not in word:
        return int("".join(str(_CHINESE[digit]) for digit in word))
    tens, _, ones = word.partition("十")
    return 10 * (_CHINESE[tens[-1]] if tens else 1) + (_CHINESE[ones[-1]] if ones and ones[-1] in _CHINESE else 0)
