"""The geometry of the plans: no two places overlap, all are inside and in the order of reading."""

from itertools import combinations, cycle, islice, pairwise

import pytest

from booths import floor_plan
from booths.floor_plan import Place, Plan, lines


def overlap(one: Place, other: Place) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("count", [1, 8, 9, 60, 500])
def test_booths_stand_apart_inside_the_plan(count: int, mirrored: bool) -> None:
    plan = floor_plan.booths(count, mirrored=mirrored)
    assert len(plan.places) == count
    assert plan.width <= 1216  # the width of a page
    assert [p for p in plan.places if p.x < 0 or p.x + p.width > plan.width or p.y + p.height > plan.height] == []
    assert not any(overlap(one, other) for one, other in combinations(plan.places, 2))


def test_numbers_run_in_the_direction_of_reading() -> None:
    plain, mirrored = (floor_plan.booths(5, mirrored=which).places for which in (False, True))
    assert [place.x for place in plain[:4]] == sorted(place.x for place in plain[:4])
    assert [place.x for place in mirrored[:4]] == sorted((place.x for place in mirrored[:4]), reverse=True)
    assert plain[4].y > plain[3].y


def test_rows_stand_back_to_back_between_aisles() -> None:
    rows = sorted({place.y for place in floor_plan.booths(60).places})
    gaps = [low - high - 84 for high, low in pairwise(rows)]
    assert len(rows) == 8
    assert gaps == list(islice(cycle((floor_plan.AISLE, floor_plan.GAP)), 7))


def test_an_empty_hall_has_an_empty_plan() -> None:
    assert floor_plan.booths(0) == Plan(642, 24, [])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bubujin Tools", ["Bubujin Tools"]),
        ("Yongkang Bubujin Tools Co., Ltd.", ["Yongkang Bubujin", "Tools Co., Ltd."]),
        ("Yongkang Bubujin Hardware Tools and Machinery Company", ["Yongkang Bubujin", "Hardware Tools and M…"]),
        ("永康市步步锦五金工具有限公司", ["永康市步步锦五金工具", "有限公司"]),
        ("永康市步步锦五金工具制造有限责任公司驻外办事处", ["永康市步步锦五金工具", "制造有限责任公司驻外…"]),
        ("Unbreakablenameofacompanywithoutspaces", ["Unbreakablenameofaco…"]),
        ("  ", []),
    ],
)
def test_a_name_is_broken_at_words_and_cut(name: str, shown: list[str]) -> None:
    assert lines(name, 150) == shown
