"""The lattice: valid drawings, always the same, twelve that differ."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from fairplatform.design.lattice import PATTERNS, lattice
from fairplatform.design.seal import mark, seal, seam

SVG = "{http://www.w3.org/2000/svg}"


def _lines(drawing: str) -> str:
    """The path drawn in one cell."""
    return ElementTree.fromstring(drawing).find(f"{SVG}pattern/{SVG}path").attrib["d"]  # type: ignore[union-attr]


def test_lattice_has_twelve_patterns_that_differ() -> None:
    assert len(PATTERNS) == 12
    assert len({_lines(lattice(number, 72, 72)) for number in range(1, 13)}) == 12


@pytest.mark.parametrize("pattern", [pattern.name for pattern in PATTERNS])
def test_lattice_is_valid_and_the_same_each_time(pattern: str) -> None:
    drawing = lattice(pattern, 280, 72, key="3")
    assert drawing == lattice(pattern, 280, 72, key="3")
    svg = ElementTree.fromstring(drawing)
    assert (svg.attrib["width"], svg.attrib["height"]) == ("280", "72")
    cell = svg.find(f"{SVG}pattern")
    rectangle = svg.find(f"{SVG}rect")
    assert cell is not None
    assert rectangle is not None
    assert rectangle.attrib["fill"] == f"url(#{cell.attrib['id']})"
    assert cell.attrib["id"] == f"lattice-{pattern}-3"
    assert "nan" not in drawing
    assert "style" not in drawing


@pytest.mark.parametrize("pattern", [pattern.name for pattern in PATTERNS])
def test_lattice_repeats_without_a_break(pattern: str) -> None:
    """What leaves a cell on one side enters it on the other: lines reach both edges at the same heights."""
    drawing = lattice(pattern, 72, 72)
    cell = ElementTree.fromstring(drawing).find(f"{SVG}pattern")
    assert cell is not None
    leaving = _heights(_lines(drawing), float(cell.attrib["width"]))
    assert leaving
    assert _heights(_lines(drawing), 0) == leaving


def test_lattice_counts_halls_from_one_and_begins_again() -> None:
    assert lattice(1, 72, 72) == lattice("bubujin", 72, 72) == lattice(13, 72, 72)
    assert lattice(12, 72, 72) == lattice("denglong", 72, 72)


def test_lattice_refuses_a_name_nobody_drew() -> None:
    with pytest.raises(KeyError):
        lattice("wallpaper", 72, 72)


def test_mark_and_seal_are_two_squares() -> None:
    own, other = ElementTree.fromstring(seal("agreed")).findall(f"{SVG}path")
    assert (own.attrib["class"], other.attrib["class"]) == ("seal__mine", "seal__theirs")
    drawn = [path.attrib["d"] for path in ElementTree.fromstring(mark()).findall(f"{SVG}path")]
    assert own.attrib["d"] in drawn
    assert other.attrib["d"] in drawn


def test_seam_says_how_far_two_parties_have_come() -> None:
    assert ElementTree.fromstring(seam("waiting")).attrib["data-state"] == "waiting"
    assert ElementTree.fromstring(seam("agreed", key="2")).find(f"{SVG}pattern").attrib["id"] == "seam-2"  # type: ignore[union-attr]


def _heights(lines: str, x: float) -> set[float]:
    """The heights at which lines touch or cross an upright at x, to a quarter of a pixel; arcs by their ends."""
    heights: set[float] = set()
    for broken in lines.split("M")[1:]:
        points = [tuple(map(float, point.split()[-2:])) for point in re.split("[LA]", broken)]
        for (x1, y1), (x2, y2) in pairwise(points):
            if min(x1, x2) - 0.05 <= x <= max(x1, x2) + 0.05:
                share = (x - x1) / (x2 - x1) if abs(x2 - x1) > 0.1 else 0
                heights.add(round((y1 + (y2 - y1) * share) * 4) / 4)
    return heights
