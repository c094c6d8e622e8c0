"""How queries and searchable texts are folded, and HS codes recognized."""

import pytest

from booths.hs_typed import named_codes, typed_code, typed_number
from booths.search import parse, words
from booths.search_segments import segments
from booths.search_words import folded, tokens
from fairplatform.i18n.text import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Ball  VALVE ", "ball valve"),
        ("Café", "cafe"),
        ("كيلو", "کیلو"),
        ("کِیلُو", "کیلو"),
        ("یہ\u200cاں", "یہاں"),
        ("ہتھوڑی ۱۶", "ہتھوڑی 16"),
        ("１２ 英寸", "12 英寸"),
        ("آری", "اری"),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_fold_is_stable() -> None:
    text = "Yongkang 永康 یونگ کانگ ٹولز ۲۰۲۰ É ﷺ"
    assert fold(fold(text)) == fold(text)


def test_a_query_has_at_most_eight_words() -> None:
    assert words("a b " * 50) == ["a", "b"] * 4
    assert words(" \t ") == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("82", "82"),
        ("8203", "8203"),
        ("820320", "820320"),
        ("8203.20", "820320"),
        ("8203.2000", "82032000"),
        ("8203.20.00", "82032000"),
        ("8203200010", "8203200010"),
        ("84 81 80", "848180"),
        ("7318-15", "731815"),
        ("8481.8", "84818"),
        ("820", "820"),
        ("8301401", "8301401"),
        ("830140100", "830140100"),
        ("HS 8203.20", "820320"),
        ("HS code 8301", "8301"),
        ("HS Code: 8301", "8301"),
        ("H.S. 8301", "8301"),
        ("HS:8301", "8301"),
        ("HS-8301", "8301"),
        ("hs8301", "8301"),
        ("PCT 8481.8010", "84818010"),
        ("HS编码8301", "8301"),
        ("ＨＳ編碼：８３０１", "8301"),
        ("商品编码 8301100000", "8301100000"),
        ("ایچ ایس کوڈ ۸۳۰۱", "8301"),
        ("پی سی ٹی 8481", "8481"),
        ("۸۲۰۳", "8203"),
        ("８２０３．２０", "820320"),
        ("20 40", ""),
        ("8", ""),
        ("82032000101", ""),
        ("pliers", ""),
        ("8203 pliers", ""),
        ("YL-8301", ""),
        ("", ""),
    ],
)
def test_an_hs_code_is_read_however_it_is_typed(typed: str, code: str) -> None:
    assert typed_code(typed) == code


def test_a_number_is_read_whatever_its_length() -> None:
    assert [typed_number(text) for text in ("8", "HS 82032000101", "20 40", "8203 pliers", "")] == [
        "8", "82032000101", "2040", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "codes", "rest"),
    [
        ("padlock hs 8301", ["8301"], "padlock"),
        ("hs编码8301 挂锁", ["8301"], "挂锁"),
        ("paths 8301", [], "paths 8301"),
        ("hs 1", [], "hs 1"),
    ],
)
def test_codes_that_are_named_among_other_words(typed: str, codes: list[str], rest: str) -> None:
    found, others = named_codes(typed)
    assert (found, others.strip()) == (codes, rest)


@pytest.mark.parametrize(
    ("run", "parts"),
    [
        ("不锈钢阀门", ["不锈钢", "阀门"]),
        ("永康挂锁", ["永康", "挂锁"]),
        ("太阳能逆变器", ["太阳能", "逆变器"]),
        ("厨房水槽", ["厨房", "水槽"]),
        ("阀门厂", ["阀门", "厂"]),
        ("旺达挂锁", ["旺达", "挂锁"]),
        ("不锈钢水槽", ["不锈钢水槽"]),
        ("旺达", ["旺达"]),
        ("锁", ["锁"]),
    ],
)
def test_chinese_is_cut_into_the_longest_known_words(run: str, parts: list[str]) -> None:
    assert segments(run) == parts


@pytest.mark.parametrize(
    "alike",
    [
        ("چولھا", "چولہا", "چولہے", "چولہوں"),
        ("چهری", "چھری"),
        ("سٹیل", "اسٹیل"),
        ("تالا", "تالہ", "تالے", "تالوں"),
        ("کیبل", "کیبلز", "کیبلوں"),
        ("سوئچ", "سوئچز"),
        ("پینل", "پینلز"),
        ("بیٹری", "بیٹریاں", "بیٹریوں"),
        ("مشین", "مشینیں", "مشینوں"),
        ("پائپ", "پائپس", "پائپوں"),
        ("battery", "batteries"),
        ("掛鎖", "挂锁"),
    ],
)
def test_words_that_are_one_to_readers_have_the_same_token(alike: tuple[str, ...]) -> None:
    assert {tuple(tokens(word)) for word in alike} == {tuple(tokens(alike[0]))}


@pytest.mark.parametrize("words", [("چوک", "چوکی"), ("مرکز", "مرچ"), ("دوا", "دو"), ("gas", "ga"), ("glass", "gla")])
def test_other_words_keep_theirs(words: tuple[str, str]) -> None:
    assert len({*map(tuple, map(tokens, words))}) == 2


@pytest.mark.parametrize(
    ("typed", "same"),
    [("locks for doors", "locks doors"), ("تالے برائے دروازہ", "تالے دروازہ"), ("永康的挂锁", "永康挂锁")],
)
def test_particles_need_not_match(typed: str, same: str) -> None:
    assert parse(typed) == parse(same)


def test_a_particle_alone_is_sought() -> None:
    [term] = parse("for").terms
    assert term.ways == (("for",),)


def test_several_words_name_the_headings_that_they_have_in_common() -> None:
    assert [term.codes for term in parse("gate valve").terms] == [("8481",), ("8481",)]
    assert [term.codes for term in parse("solar panel").terms] == [("8541",), ("8541",)]
    assert "8302" in parse("gate").terms[0].codes


def test_a_folded_text_is_folded_again_to_itself() -> None:
    text = "永康 掛鎖 چولھا اسٹیل É پیچ\u200cکس ۲۰۲۰"
    assert folded(folded(text)) == folded(text)
