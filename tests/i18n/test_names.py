"""When two ways of writing a name are one name."""

import pytest

from fairplatform.i18n.text import same_name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كريم", "کریم"),  # by an Arabic keyboard and an Urdu one
        ("Société Générale", "SOCIETE GENERALE"),
        ("Ａｎｖｉｌ　Ｔｏｏｌｓ", "Anvil-Tools"),
        ("铁砧（永康）工具", "铁砧(永康)工具"),
        ("Gulf & Sons, Ltd.", "gulf sons ltd"),
    ],
)
def test_ways_of_writing_that_readers_overlook_make_no_other_name(one: str, other: str) -> None:
    assert same_name_key(one) == same_name_key(other)


def test_other_names_are_others() -> None:
    assert len({same_name_key(name) for name in ("Anvil Tools", "Anviltools", "Anvil Tool", "")}) == 4
