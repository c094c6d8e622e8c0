"""Every kind of goods has a drawing, every company a logo, and none of them can do anything but be looked at."""

from xml.etree import ElementTree

import pytest

from fairplatform.demo.drawings import scenes
from fairplatform.demo.drawings.goods import GOODS
from fairplatform.demo.drawings.logos import initials, logo
from fairplatform.demo.drawings.pictures import FOLDER, picture, variant, write
from fairplatform.demo.drawings.tones import TONES, toned
from fairplatform.demo.plan.source import source

SHAPES = {"svg", "defs", "g", "use", "rect", "circle", "ellipse", "path", "stop", "linearGradient", "radialGradient"}
MOST = 4096  # bytes


def elements(svg: str) -> set[str]:
    return {element.tag.partition("}")[2] for element in ElementTree.fromstring(svg).iter()}


def attributes(svg: str) -> list[tuple[str, str]]:
    return [pair for element in ElementTree.fromstring(svg).iter() for pair in element.attrib.items()]


def test_the_files_are_as_they_are_drawn(tmp_path):
    write(tmp_path)
    stored = {path.name: path.read_text() for path in FOLDER.iterdir()}
    assert stored == {path.name: path.read_text() for path in tmp_path.iterdir()}


@pytest.mark.parametrize("code", sorted(GOODS))
def test_a_drawing_of_goods_is_small_and_has_neither_words_nor_anything_from_elsewhere(code):
    drawing = picture(code)
    assert len(drawing.encode()) <= MOST
    assert elements(drawing) - SHAPES == set()
    links = [value for name, value in attributes(drawing) if "href" in name or "url(" in value]
    assert [link for link in links if not link.startswith(("#", "url(#"))] == []
    assert [name for name, _ in attributes(drawing) if name.startswith("on") or name == "style"] == []


def test_every_kind_of_goods_of_the_fair_has_a_drawing():
    assert {product.hs6 for product in source().products} - set(GOODS) == set()


def test_goods_are_drawn_in_six_ways_and_in_three_where_they_show_figures():
    assert len({variant("820320", number) for number in range(12)}) == 2 * len(TONES)
    assert len({variant("903031", number) for number in range(12)}) == len(TONES)
    assert elements(variant("820320", len(TONES))) - SHAPES == set()


@pytest.mark.parametrize("code", sorted(GOODS))
def test_the_tones_of_a_drawing_differ(code):
    assert len({toned(picture(code), number) for number in range(len(TONES))}) == len(TONES)
    assert toned(picture(code), len(TONES)) == picture(code)


def test_every_company_has_a_logo_of_its_own():
    companies = source().companies
    logos = {logo(firm.name) for firm in companies}
    assert len(logos) == len(companies) == 156
    assert set().union(*map(elements, logos)) - SHAPES == {"text"}


def test_the_same_name_has_the_same_logo():
    first = source().companies[0]
    assert logo(first.name) == logo(dict(first.name))


def test_a_logo_says_how_the_name_begins():
    assert initials({"en": "Yongkang Bubujin Tools Co., Ltd.", "zh-hans": "永康市步步锦工具有限公司"}) == "步"
    assert initials({"en": "Torange Hardware Traders", "zh-hans": "妥兰吉五金贸易行"}) == "TH"
    assert initials({"en": "Bubujin Tools"}) == "BT"


@pytest.mark.parametrize("scene", [scenes.factory_hall, scenes.packing, scenes.test_bench])
def test_a_scene_shows_the_goods_of_its_factory(scene):
    assert elements(scene("820320")) - SHAPES == set()
    assert scene("820320") != scene("848180")


def test_a_banner_is_four_times_as_wide_as_high():
    banner = ElementTree.fromstring(scenes.banner(("820320", "820411", "820520")))
    assert banner.attrib["viewBox"] == "0 0 1200 300"
