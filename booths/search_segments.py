"""Words in Chinese, which writes none of them apart: 永康挂锁 is a city and a product."""

from . import hs_codes, trade_words

_LONGEST = 8  # characters of a word


def segments(run: str) -> list[str]:
    """A simplified Chinese run cut into the longest words that are known, and what is between them."""
    found, unknown, at = list[str](), "", 0
    while at < len(run):
        word = next((run[at:end] for end in range(at + _LONGEST, at + 1, -1) if _is_known(run[at:end])), "")
        if word and unknown:
            found, unknown = [*found, unknown], ""
        if word:
            found.append(word)
        else:
            unknown += run[at]
        at += len(word) or 1
    return [*found, unknown] if unknown else found


def _is_known(word: str) -> bool:
    return word in hs_codes.chinese_words() or word in trade_words.chinese()
