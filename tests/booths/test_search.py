"""How queries and searchable texts are folded, and HS codes recognized."""

import pytest

from booths.search import hs_prefix, words
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
    ("typed", "prefix"),
    [
        ("8203", "8203"),
        ("820320", "820320"),
        ("8203.20", "820320"),
        ("HS 8203.20", "820320"),
        ("8203.2000", "820320"),
        ("8203.20.00", "820320"),
        ("82032000", "820320"),
        ("8203200010", "820320"),
        ("۸۲۰۳", "8203"),
        ("８２０３．２０", "820320"),
        ("820", ""),
        ("82032", ""),
        ("82032000101", ""),
        ("pliers", ""),
        ("8203 pliers", ""),
        ("", ""),
    ],
)
def test_hs_prefix(typed: str, prefix: str) -> None:
    assert hs_prefix(typed) == prefix
