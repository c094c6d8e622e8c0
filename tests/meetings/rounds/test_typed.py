"""Answers as they come from WhatsApp, WeChat and paper."""

import pytest

from meetings.rounds.typed import Understood, read

TEN = range(1, 11)
EXPECTED = {2: "yes", 4: "no", 5: "yes", 7: "yes"}


@pytest.mark.parametrize(
    "text",
    [
        "yes 2 5 7, no 4",
        "Yes: 2,5,7. No: 4",
        "YES 2 and 5 and 7\nNO 4",
        "no 4 yes 2, 5, 7",
        "2 5 7 yes, 4 no",
        "2 5 7 چاہیے، 4 نہیں چاہیے",
        "2. yes\n4. no\n5. yes\n7. yes",
        "要2、5、7，不要4",
        "不要４，要２、５、７",
        "要二、五、七；不要四",
        "2要 5要 7要 4不要",
        "2号、5号和7号可以，4号不行",
        "ہاں ۲ ۵ ۷، نہیں ۴",
        "جی ہاں ٢، ٥ اور ٧ ۔ جی نہیں ٤",
        "۲ ۵ ۷ ہاں، ۴ نہیں",
        "haan 2 5 7 nahi 4",
        "✓ 2 5 7 ✗ 4",
        "yes:\n- 2\n- 5\n- 7\nno:\n- 4",
    ],
)
def test_answers_in_three_languages_are_understood(text: str) -> None:
    assert dict(read(text, TEN).answers) == EXPECTED


@pytest.mark.parametrize("text", ["yes 2 5 7, no 4", "要2、5、7，不要4", "ہاں ۲ ۵ ۷، نہیں ۴"])
def test_a_plain_answer_is_clear(text: str) -> None:
    assert read(text, TEN) == Understood(EXPECTED)
    assert read(text, TEN).is_clear


def test_chinese_numbers_above_ten() -> None:
    assert dict(read("要十、十二、二十一", range(1, 30)).answers) == {10: "yes", 12: "yes", 21: "yes"}


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("2 5 7", Understood({}, unread=("2", "5", "7"))),
        ("yes 2 12, no 4", Understood({2: "yes", 4: "no"}, unknown=(12,))),
        ("yes 2 4, no 4", Understood({2: "yes"}, both=(4,))),
        ("yes 2 perhaps 4", Understood({2: "yes"}, unread=("perhaps", "4"))),
        ("yes 2, 4 no 5", Understood({2: "yes", 4: "yes", 5: "no"})),
        ("2 5 7, no 4", Understood({}, unread=("2", "5", "7", "4"))),
        ("yes 2 4 no", Understood({}, unread=("2", "4"))),
        ("do not want 4", Understood({}, unread=("do", "4"))),
        ("don't want 4", Understood({}, unread=("4",))),
        ("don’t want 4", Understood({}, unread=("4",))),
        ("yes 2, won’t meet 4", Understood({}, unread=("2", "4"))),
        ("yes 1 to 4, no 6", Understood({6: "no"}, unread=("1 to 4",))),
        ("yes 2-5", Understood({}, unread=("2-5",))),
        ("1～4要", Understood({}, unread=("1~4",))),
        ("不要1到4", Understood({}, unread=("1到4",))),
        ("ہاں ۱ سے ۴", Understood({}, unread=("۱ سے ۴",))),
        ("No. 2, No. 5", Understood({}, unread=("no.", "2", "no.", "5"))),
        ("yes №2", Understood({}, unread=("no.", "2"))),
        ("we know them", Understood({}, unread=("we", "know", "them"))),
        ("", Understood({})),
    ],
)
def test_what_is_doubtful_is_named_and_left_open(text: str, understood: Understood) -> None:
    assert read(text, TEN) == understood
