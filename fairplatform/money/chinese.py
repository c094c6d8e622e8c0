"""Numbers written in Chinese: 二百五十万, 壹亿贰仟万, 两千三, 五万八."""

from fractions import Fraction

_DIGITS = {
    **{digit: number for number, digit in enumerate("零一二三四五六七八九")},
    **{digit: number for number, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_ZERO = frozenset("零〇")
_ONES = frozenset(_DIGITS) - _ZERO


def is_chinese(text: str) -> bool:
    """Whether it is a number in Chinese characters alone, with a digit among them."""
    return set(text) <= {*_DIGITS, *_UNITS, *_MYRIADS} and not _ONES.isdisjoint(text)


def readings(text: str) -> list[Fraction]:
    """What a number in Chinese may mean: nothing if it is none, two values if its last digit may stand for more.

    In 五万八 the 八 is eight thousand to most who say it; 五万零八 is the other reading, written out.
    """
    exact = _value(text)
    if exact is None:
        return []
    last = {**_UNITS, **_MYRIADS}.get(text[-2:-1])
    if text[-1] in _ONES and last and last > _UNITS["十"]:
        digit = _DIGITS[text[-1]]
        return [Fraction(exact - digit + digit * last // 10), Fraction(exact)]
    return [Fraction(exact)]


def _value(text: str) -> int | None:
    """Each myriad is smaller than the one before it: 一亿二千万, but not 一万二亿."""
    total, rest = 0, text
    for myriad in ("亿", "万", ""):
        head, found, tail = rest.partition(myriad) if myriad else (rest, "", "")
        if not myriad:
            part = _below_myriad(head) if head else 0
        elif found:
            # 万亿 is a unit of its own: 一万亿 has a myriad before the 亿.
            part, rest = (_value(head) if "万" in head else _below_myriad(head)), tail
        else:
            continue
        if part is None or (found and not part):
            return None
        total += part * _MYRIADS.get(myriad, 1)
    return total


def _below_myriad(text: str) -> int | None:
    """Of 二千三百零五; None if the units do not descend or two digits follow each other."""
    total, digit, least = 0, None, 10**4
    for place, character in enumerate(text):
        if character in _UNITS:
            unit = _UNITS[character]
            if unit >= least or (digit is None and (unit != _UNITS["十"] or place)):
                return None
            total, digit, least = total + (1 if digit is None else digit) * unit, None, unit
        elif character in _ZERO:
            if digit is not None:
                return None
        elif character in _ONES and digit is None:
            digit = _DIGITS[character]
        else:
            return None
    return total + (digit or 0)
