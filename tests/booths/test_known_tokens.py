"""Tokens that are computed before a transaction are those that would be computed within it."""

from booths.search import indexed, knowing

TITLE, DESCRIPTION = ("Brass padlocks", "挂锁", "YL-115mm"), ("Three keys, T-shirt box", "پیچ کس")
COMPANY = ("Yongkang Locks", "永康锁具", "China")
TEXTS = [TITLE, "8301", "830110", COMPANY, "CE", DESCRIPTION]


def test_texts_known_together_have_the_tokens_of_each_in_their_order() -> None:
    each = indexed([*TITLE, "8301", "830110", *COMPANY, "CE", *DESCRIPTION])
    assert indexed(TEXTS) == each
    with knowing([TITLE, DESCRIPTION, ()]):
        assert indexed(TEXTS) == each
        assert indexed([(), TITLE]) == indexed(TITLE)
    assert indexed(TEXTS) == each
