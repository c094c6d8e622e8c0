"""A small fair with goods, booths and demands, and what people type into its search: the same on both databases."""

from datetime import date
from typing import Any

import pytest

from booths import buyers
from booths.queries import ANYBODY
from booths.search import parse
from booths.search_index import index_again
from booths.searching import goods_matching, search
from booths.suggesting import suggestions
from fairplatform.accounts.models import Company, User
from fairplatform.fairs.models import Fair, Participation
from tests.factories import make_buyer, make_demand, make_exhibitor, make_fair, make_product, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.full_text")]

# By English name: the Chinese and Urdu ones, the city, what it is; and the address.
COMPANIES: dict[str, tuple[str, str, str, str, dict[str, str]]] = {
    "Haitang Pipe Works": (
        "海棠管件", "ہائی تانگ", "taizhou", "manufacturer", {"zh-hans": "浙江省滨海路1号", "en": "Zhejiang"}
    ),
    "Wangda Hardware": ("旺达五金", "وانگ دا", "yongkang", "trader", {}),
    "Ruyi Energy": ("如意能源", "روئی", "ningbo", "both", {}),
}  # fmt: skip
# By company: names in three languages, the code, and further fields.
GOODS: dict[str, list[tuple[str, str, str, str, dict[str, Any]]]] = {
    "Haitang Pipe Works": [
        ("Gate valve", "不锈钢闸阀", "گیٹ والو", "848180", {"certificates": ["ISO 9001"]}),
        ("Sink", "水槽", "سنک", "732410", {}),
        ("Bolt", "螺栓", "بولٹ", "731815", {"hs_code": "73181500"}),
    ],
    "Wangda Hardware": [
        ("Padlock", "挂锁", "تالا", "830110", {"certificates": ["CE"]}),
        ("Gate lock", "门锁", "گیٹ لاک", "830140", {}),
        ("Knife", "菜刀", "چھری", "821192", {}),
        ("Screwdriver", "螺丝刀", "پیچ کس", "820540", {}),
        ("Stove", "燃气灶", "چولہا", "732111", {}),
        ("Cordless drill", "电钻", "ڈرل", "846721", {"description": {"ur": "بغیر تار"}}),
        ("Grinder 115 mm", "角磨机", "گرائنڈر", "846729", {}),
    ],
    "Ruyi Energy": [
        ("Photovoltaic module", "光伏组件", "سولر پینل", "854143", {}),
        ("Inverter", "光伏逆变器", "انورٹر", "850440", {}),
        ("LED torch", "手电筒", "ٹارچ", "851310", {}),
        ("LED bulb", "灯泡", "بلب", "853950", {}),
        ("Wall switch", "墙壁开关", "سوئچ", "853650", {}),
        ("Plug and socket", "插座", "ساکٹ", "853669", {}),
        ("Building wire", "家装电线", "کیبل", "854449", {}),
        ("Centrifugal pump", "离心泵", "پمپ", "841370", {}),
    ],
}  # fmt: skip


def _company(row: Participation, en: str, zh: str, ur: str, **fields: object) -> None:
    name = {"en": en, "zh-hans": zh, "ur": ur}
    Company.objects.filter(pk=row.company_id).update(name=name, tagline={}, story={}, **fields)


@pytest.fixture
def fair() -> Fair:
    fair = make_fair(state="open")
    for en, (zh, ur, city, kind, address) in COMPANIES.items():
        seller = make_exhibitor(fair)
        _company(seller, en, zh, ur, city=city, kind=kind, address=address)
        for name_en, name_zh, name_ur, code, fields in GOODS[en]:
            name = {"en": name_en, "zh-hans": name_zh, "ur": name_ur}
            make_product(seller, name, hs6=code, **{"certificates": [], **fields})
    Participation.objects.filter(fair=fair).update(cooperation=["goods"])
    Participation.objects.filter(fair=fair, company__name__en="Wangda Hardware").update(cooperation=["agency"])
    indus, ravi = make_buyer(fair), make_buyer(fair)
    _company(indus, "Indus Traders", "印度河贸易", "انڈس ٹریڈرز", city="karachi", kind="importer", address={})
    _company(ravi, "Ravi Stores", "拉维商店", "راوی اسٹورز", city="lahore", kind="retail", address={})
    Participation.objects.filter(pk=indus.pk).update(wants=["820310", "8301"])
    Participation.objects.filter(pk=ravi.pk).update(wants=["820320"])
    make_demand(indus, "10,000 padlocks", hs_code="830110")
    make_demand(indus, "Our own brand", hs_code="8481", kind="agency")
    index_again([row.company_id for row in fair.participations.all()])
    return fair


@pytest.fixture
def seller(fair: Fair) -> User:
    return make_staff(fair.participations.get(company__name__en="Ruyi Energy"))


# What is found, the most relevant first: goods, demands, and the companies of booths.
FOUND = {
    "不锈钢阀门": ["Gate valve", "Haitang Pipe Works"],
    "台州阀门": ["Gate valve", "Haitang Pipe Works"],
    "永康挂锁": ["Padlock", "Gate lock", "Wangda Hardware"],
    "开关插座": ["Wall switch", "Plug and socket", "Ruyi Energy"],
    "厨房水槽": ["Sink", "Haitang Pipe Works"],
    "阀门厂": ["Gate valve", "Haitang Pipe Works"],
    "太阳能逆变器": ["Inverter", "Ruyi Energy"],
    "旺达挂锁": ["Padlock", "Gate lock", "Wangda Hardware"],
    "掛鎖": ["Padlock", "Gate lock", "10,000 padlocks", "Wangda Hardware"],
    "PCT 8481.8010": ["Gate valve", "Haitang Pipe Works"],
    "HS code 8301": ["Padlock", "Gate lock", "10,000 padlocks", "Wangda Hardware"],
    "HS编码8301": ["Padlock", "Gate lock", "10,000 padlocks", "Wangda Hardware"],
    "84 81 80": ["Gate valve", "Haitang Pipe Works"],
    "8481.8": ["Gate valve", "Haitang Pipe Works"],
    "8301401": ["Gate lock", "Wangda Hardware"],
    "830140100": ["Gate lock", "Wangda Hardware"],
    "7318-15": ["Bolt", "Haitang Pipe Works"],
    "padlock HS 8301": ["Padlock", "10,000 padlocks", "Gate lock", "Wangda Hardware"],
    "چولھا": ["Stove", "Wangda Hardware"],
    "چهری": ["Knife", "Wangda Hardware"],
    "پیچکس": ["Screwdriver", "Wangda Hardware"],
    "تالوں": ["Padlock", "Gate lock", "10,000 padlocks", "Wangda Hardware"],
    "سوئچز": ["Wall switch", "Plug and socket", "Ruyi Energy"],
    "کیبلز": ["Building wire", "Ruyi Energy"],
    "پینلز": ["Photovoltaic module", "Ruyi Energy"],
    "تالے برائے گیٹ": ["Gate lock", "Wangda Hardware"],
    "locks for the gate": ["Gate lock", "Wangda Hardware"],
    "iso9001": ["Gate valve", "Haitang Pipe Works"],
    "ISO 9001": ["Gate valve", "Haitang Pipe Works"],
    "115mm": ["Grinder 115 mm", "Wangda Hardware"],
    "115 mm": ["Grinder 115 mm", "Wangda Hardware"],
    "gate valve": ["Gate valve", "Our own brand", "Haitang Pipe Works"],
    "CE": ["Padlock", "Centrifugal pump", "Wangda Hardware", "Ruyi Energy"],
    "تار": ["Building wire", "Cordless drill", "Wangda Hardware", "Ruyi Energy"],
    "LED lamp": ["LED bulb", "LED torch", "Ruyi Energy"],
    "solar panel": ["Photovoltaic module", "Ruyi Energy"],
    "浙江": ["Haitang Pipe Works", "Gate valve", "Sink", "Bolt"],
    "Zhejiang": ["Haitang Pipe Works", "Gate valve", "Sink", "Bolt"],
    "agency": ["Wangda Hardware", "Our own brand"],
    "padlocks from Yongkang": ["Padlock", "Gate lock", "Wangda Hardware"],
    "valve manufacturer": ["Gate valve", "Haitang Pipe Works"],
    "سینک": ["Sink", "Haitang Pipe Works"],
    "چینی والو": ["Gate valve", "Haitang Pipe Works"],
    "chinese valve factory": ["Gate valve", "Haitang Pipe Works"],
    "factory that makes valves": ["Gate valve", "Haitang Pipe Works"],
    "والو بنانے والے": ["Gate valve", "Haitang Pipe Works"],
    "pakistani padlocks": ["10,000 padlocks"],
    "چینی کے برتن": [],
    "!": [],
}
# The companies of the booths that are found.
BOOTHS = {
    "China": list(COMPANIES),
    "中国": list(COMPANIES),
    "چین": list(COMPANIES),
    "巴基斯坦": [],
    "manufacturer": ["Haitang Pipe Works", "Ruyi Energy"],
    "厂家": ["Haitang Pipe Works", "Ruyi Energy"],
    "چینی فیکٹری": ["Haitang Pipe Works", "Ruyi Energy"],
    "چینی": [],
    "پاکستانی فیکٹری": [],
    "trading company": ["Wangda Hardware", "Ruyi Energy"],
}
# The codes of headings, and the names of goods and companies, that the search box offers.
OFFERED = {
    "掛鎖": ["8301", "Padlock"],
    "閥門": ["8481"],
    "HS code 8301": ["8301"],
    "830": ["8301"],
    "تالوں": ["8301", "Padlock"],
    "gate valve": ["8481", "Gate valve"],
    "solar": ["8504", "8541", "Photovoltaic module", "Inverter"],
    "wang": ["Wangda Hardware"],
    "%": [],
}
# The buyers that an exhibitor finds.
BUYERS = {
    "820320": ["Ravi Stores"],
    "8203": ["Indus Traders", "Ravi Stores"],
    "HS 8301.10": ["Indus Traders"],
    "traders indus": ["Indus Traders"],
    "انڈس ٹریڈر": ["Indus Traders"],
    "Karachi": ["Indus Traders"],
    "卡拉奇": ["Indus Traders"],
    "pakistan": ["Indus Traders", "Ravi Stores"],
    "掛鎖": ["Indus Traders"],
    "brand": ["Indus Traders"],
    "agency": ["Indus Traders"],
    "pakistani importer": ["Indus Traders"],
    "retail chain": ["Ravi Stores"],
    "%": [],
    "zirconium": [],
}


def test_what_people_type_finds_what_they_mean(fair: Fair, seller: User) -> None:
    def found(query: str, kind: str = "all") -> list[str]:
        return [str(row.title) for row in search(fair, seller, query, kind).rows]

    assert {query: found(query) for query in FOUND} == FOUND
    assert {query: found(query, "booth") for query in BOOTHS} == BOOTHS


def test_the_search_box_offers_what_it_would_find(fair: Fair, seller: User) -> None:
    def offered(typed: str) -> list[str]:
        return [one.code or str(one.text) for one in suggestions(fair, seller, typed)[1]]

    assert {typed: offered(typed) for typed in OFFERED} == OFFERED


def test_exhibitors_find_buyers_by_the_same_words(fair: Fair, seller: User) -> None:
    rows, demands = buyers.buyers(fair, seller), buyers.open_demands(fair, seller, date(2020, 5, 14))

    def found(query: str) -> list[str]:
        return [str(row) for row in buyers.narrow(fair, rows, {"q": query}, demands)]

    assert {query: found(query) for query in BUYERS} == BUYERS


def test_a_booth_has_the_goods_first_that_have_all_words(fair: Fair) -> None:
    [booth] = [row.row.pk for row in search(fair, ANYBODY, "solar panel", "booth").rows]
    codes = [display.product.hs6 for display in goods_matching([booth], parse("solar panel"))]
    assert codes == ["854143", "850440"]
