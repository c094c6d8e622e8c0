"""The twelve halls of the Pakistan station and the HS headings that belong to each."""

from dataclasses import dataclass

from .text import Text, text


@dataclass(frozen=True)
class Hall:
    """A hall: number, name, the four-digit HS headings shown there, and its number of exhibitors."""

    number: int
    key: str
    name: Text
    headings: tuple[str, ...]
    exhibitors: int


HALLS = (
    Hall(
        1,
        "hand-tools",
        text("Hand tools", "手工具馆", "ہینڈ ٹولز"),
        ("8201", "8202", "8203", "8204", "8205", "8206", "9017"),
        9,
    ),
    Hall(
        2,
        "power-tools",
        text("Power tools, garden and welding", "电动工具、园林与焊接馆", "پاور ٹولز اور ویلڈنگ"),
        ("8467", "8433", "8424", "8515", "8311", "8207"),
        9,
    ),
    Hall(
        3,
        "locks",
        text("Locks, door and furniture fittings", "锁具与门窗家具五金馆", "تالے، دروازوں اور فرنیچر کا ہارڈ ویئر"),
        ("8301", "8302", "8303"),
        9,
    ),
    Hall(
        4,
        "fasteners",
        text("Fasteners, chain and wire goods", "紧固件与金属丝网馆", "نٹ بولٹ، زنجیر اور جالی"),
        ("7312", "7314", "7315", "7317", "7318"),
        7,
    ),
    Hall(
        5,
        "valves",
        text("Valves, pipe fittings and sanitary ware", "阀门管件与水暖卫浴馆", "والو، پائپ فٹنگ اور سینیٹری"),
        ("8481", "7307", "7324", "8419", "9026"),
        10,
    ),
    Hall(
        6,
        "pumps",
        text("Pumps, motors, generators and drives", "泵、电机与传动馆", "پمپ، موٹریں، جنریٹر اور گیئر"),
        ("8413", "8414", "8501", "8502", "8482", "8483", "8425"),
        9,
    ),
    Hall(
        7,
        "electrical",
        text("Low-voltage electrical goods and cable", "低压电器与电线电缆馆", "برقی سامان اور کیبل"),
        ("8535", "8536", "8537", "8538", "8544", "9028", "9030"),
        10,
    ),
    Hall(
        8,
        "solar",
        text("Solar, storage and lighting", "光伏储能与照明馆", "سولر، بیٹری اور لائٹنگ"),
        ("8541", "8504", "8507", "8539", "8513", "9405"),
        8,
    ),
    Hall(
        9,
        "machine-tools",
        text("Machine tools and metalworking", "机床与金属加工馆", "مشین ٹولز اور میٹل ورکنگ"),
        ("8456", "8457", "8458", "8459", "8460", "8461", "8462", "8463", "8466", "8207"),
        6,
    ),
    Hall(
        10,
        "plastics",
        text("Plastics, packaging and moulds", "塑机、包装与模具馆", "پلاسٹک اور پیکنگ مشینری، سانچے"),
        ("8477", "8422", "8443", "8480"),
        7,
    ),
    Hall(
        11,
        "sewing",
        text("Sewing and textile machinery", "缝制与纺织机械馆", "سلائی اور ٹیکسٹائل مشینری"),
        ("8447", "8451", "8452"),
        5,
    ),
    Hall(
        12,
        "household",
        text(
            "Household hardware and small appliances",
            "日用五金与小家电馆",
            "گھریلو ہارڈ ویئر اور چھوٹے برقی آلات",
        ),
        ("7321", "7323", "8211", "8215", "8509", "8516", "8414", "8479", "8423"),
        7,
    ),
)

HALL = {hall.key: hall for hall in HALLS}

# Halls of machines, of which nobody sends a sample.
HEAVY = frozenset({"machine-tools", "plastics", "sewing"})
