"""How texts and queries are made comparable for the search in three languages: folding, and the words of a text.

A text becomes tokens: the stems of its folded words, and in Chinese, which has no spaces between words, each character
and each two that follow each other.
"""

import re
from itertools import pairwise

from fairplatform.i18n.text import fold

from .chinese import SIMPLIFIED

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_RUNS = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\\W_\u3400-\u9fff\U00020000-\U0003ffff]+")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f]+")
_ZWNJ = "\u200c"
# `iso9001` and `115mm` are written apart as well; `m8` and `a4` are names of their own.
_LETTERS_AND_DIGITS = re.compile(r"(?=...)(?:([^\W\d_]+)(\d+)|(\d+)([^\W\d_]+))")
# Letters of one sound, which Urdu's writers choose freely; and the vowel that some put before two consonants: اسٹیل.
_OF_ONE_SOUND = str.maketrans("ھ", "ہ")
_BEFORE_TWO_CONSONANTS = re.compile("ا(?=س[ٹپک])")
_ENGLISH_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ss", "ss"), ("s", ""))
# With the letters that must remain. Of several cases and numbers of a word (تالا، تالے، تالوں), and of English plurals.
_URDU_ENDINGS = (
    ("یاں", "ی", 2), ("یوں", "ی", 2), ("وں", "", 2), ("یں", "", 2), ("ز", "", 3), ("ٹس", "ٹ", 2), ("پس", "پ", 2),
    ("کس", "ک", 3), ("ا", "", 3), ("ہ", "", 3), ("ے", "", 3),
)  # fmt: skip
_SHORTEST_PLURAL = 4  # letters; a shorter word is taken as it is: gas, CFS


def folded(text: str) -> str:
    """Without what writers and readers overlook. Words within a word, parted by an unseen joiner, are two, and one."""
    return fold(text.replace(_ZWNJ, "-")).translate(SIMPLIFIED).translate(_OF_ONE_SOUND)


def tokens(text: str) -> list[str]:
    """What a text is indexed by: an English plural by its singular, T-shirt also by tshirt, پیچ کس also by پیچکس."""
    found: list[str] = []
    words = folded(text).split()
    for word in words:
        runs = runs_of(word)
        for run in runs:
            found += [*run, *pairs(run)] if HAN.match(run) else [*_parts(run), stem(run)]
        found += joined(runs)
    return [*found, *(stem(one + other) for one, other in pairwise(words) if are_joined(one, other))]


def runs_of(word: str) -> list[str]:
    """The parts of a folded word between signs and between scripts."""
    return _RUNS.findall(word)


def parts(run: str) -> list[str]:
    """What a run is sought by: itself, or its letters and its digits."""
    return _parts(run) or [stem(run)]


def _parts(run: str) -> list[str]:
    found = _LETTERS_AND_DIGITS.fullmatch(run)
    return [stem(part) for part in found.groups() if part] if found else []


def joined(runs: list[str]) -> list[str]:
    """A word of several parts, such as an article number, as it is written without what parts them."""
    if len(runs) == 1 or any(HAN.match(run) for run in runs):
        return []
    return [stem("".join(runs))] if runs else []


def are_joined(one: str, other: str) -> bool:
    """Whether two folded words that follow each other may be written as one: in Urdu many are."""
    return bool(_ARABIC.fullmatch(one) and _ARABIC.fullmatch(other))


def pairs(run: str) -> list[str]:
    """Each two characters of a Chinese run that follow each other."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def stem(word: str) -> str:
    """What the numbers and cases of a folded word have in common, in English and Urdu."""
    if word.isascii():
        return _singular(word)
    if not _ARABIC.fullmatch(word):
        return word
    word = _BEFORE_TWO_CONSONANTS.sub("", word, 1) if word.startswith("ا") else word
    for ending, instead, remaining in _URDU_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= remaining:
            return word.removesuffix(ending) + instead
    return word


def _singular(word: str) -> str:
    if len(word) >= _SHORTEST_PLURAL and word.isalpha():
        for ending, instead in _ENGLISH_ENDINGS:
            if word.endswith(ending):
                return word.removesuffix(ending) + instead
    return word
