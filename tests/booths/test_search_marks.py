"""What of a text is marked as found."""

import pytest

from booths.search import parse
from booths.search_marks import pieces


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Brass padlocks, 40 mm", "padlock", ["padlocks"]),
        ("Brass padlocks, 40 mm", "PAD bra 40", ["Brass", "padlocks", "40"]),
        ("黄铜挂锁 40毫米", "挂锁", ["挂锁"]),
        ("不锈钢水槽", "不锈钢", ["不锈钢"]),
        ("LED灯、LED灯具", "led灯", ["LED灯", "LED灯"]),
        ("بال والْو، پیتل", "والو", ["والْو"]),
        ("كيلو", "کیلو", ["كيلو"]),
        ("Ball valve", "8481", []),
        ("Ball valve", "", []),
        ("", "valve", []),
        ("<b>valve</b>", "b valve", ["b", "valve", "b"]),
    ],
)
def test_marked(text: str, query: str, marked: list[str]) -> None:
    found = pieces(text, parse(query))
    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.is_match] == marked
