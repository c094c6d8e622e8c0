"""Cities: the key by which reports count one, found by its name or made of it, and its name for a reader."""

import pytest
from django.utils import translation

from fairplatform.accounts.locations import city_key, city_label


@pytest.mark.parametrize(
    ("names", "key"),
    [
        ({"en": "Yongkang"}, "yongkang"),
        ({"zh-hans": "永康"}, "yongkang"),
        ({"zh-hans": "永康市"}, "yongkang"),
        ({"en": " yongkang  CITY "}, "yongkang"),
        ({"ur": "لاہور"}, "lahore"),
        ({"ur": "لاهور"}, "lahore"),
        ({"en": "ｌａｈｏｒｅ"}, "lahore"),
        # One of the names is enough, whatever the others are.
        ({"en": "Yong Kang", "zh-hans": "永康"}, "yongkang"),
        ({"en": "Dubai", "zh-hans": "迪拜"}, "dubai"),
        ({"en": "Ras Al-Khaimah"}, "ras-al-khaimah"),
        ({"zh-hans": "迪拜"}, "迪拜"),
        ({"ur": "دبئی"}, "دبئی"),
        ({"en": "x" * 80}, "x" * 60),
        ({"en": "", "ur": " "}, ""),
        ({}, ""),
    ],
)
def test_a_city_is_found_by_its_name_in_any_language_else_its_key_is_made(names: dict[str, str], key: str) -> None:
    for language in ("en", "zh-hans", "ur"):
        with translation.override(language):
            assert city_key(names) == key


@pytest.mark.parametrize(
    ("key", "name", "label"),
    [
        ("yongkang", {}, "永康"),
        ("dubai", {"en": "Dubai", "zh-hans": "迪拜"}, "迪拜"),
        ("dubai", {"en": "Dubai"}, "Dubai"),
        ("sao-paulo", {}, "Sao Paulo"),
    ],
)
def test_a_city_is_shown_in_the_readers_language_or_as_written(key: str, name: dict[str, str], label: str) -> None:
    with translation.override("zh-hans"):
        assert city_label(key, name) == label
