"""The fair's name, its bodies, its recruiting units, and what the press reported of the real fair."""

from dataclasses import dataclass

from .text import Text, text

FAIR_NAME = text(
    "2020 Zhejiang Export Online Fair, Pakistan station",
    "2020浙江出口网上交易会（巴基斯坦站）",
    "ژے جیانگ ایکسپورٹ آن لائن تجارتی نمائش 2020، پاکستان ایڈیشن",
)
FAIR_SECTOR = text("Hardware and electromechanical products", "五金机电产品", "ہارڈ ویئر اور الیکٹرو مکینیکل مصنوعات")
STATION = text("Pakistan station", "巴基斯坦站", "پاکستان ایڈیشن")


@dataclass(frozen=True)
class Body:
    """An organisation behind the fair with its part in it; `reported` if the press named it at the real fair."""

    role: str
    name: Text
    reported: bool


@dataclass(frozen=True)
class Unit:
    """A recruiting unit: a chamber, association or bureau that recruits companies and sees only its own."""

    key: str
    country: str
    name: Text


@dataclass(frozen=True)
class Fact:
    """What the press reported of the real fair, with its source."""

    statement: Text
    citation: Text


UNITS = (
    Unit(
        "phma", "PK", text("Demo Hardware Merchants Association", "演示五金商协会", "ڈیمو ہارڈ ویئر مرچنٹس ایسوسی ایشن")
    ),
    Unit("lahore-chamber", "PK", text("Demo Chamber of Lahore", "拉合尔演示商会", "ڈیمو چیمبر آف لاہور")),
    Unit("karachi-chamber", "PK", text("Demo Chamber of Karachi", "卡拉奇演示商会", "ڈیمو چیمبر آف کراچی")),
    Unit(
        "gujranwala-chamber", "PK", text("Demo Chamber of Gujranwala", "古杰兰瓦拉演示商会", "ڈیمو چیمبر آف گوجرانوالہ")
    ),
    Unit(
        "faisalabad-chamber", "PK", text("Demo Chamber of Faisalabad", "费萨拉巴德演示商会", "ڈیمو چیمبر آف فیصل آباد")
    ),
    Unit("jinhua-bureau", "CN", text("Demo Commerce Bureau of Jinhua", "金华演示商务局", "ڈیمو کامرس بیورو جنہوا")),
)

BODIES = (
    Body(
        "host",
        text("Zhejiang Provincial Department of Commerce", "浙江省商务厅", "محکمہ تجارت صوبہ ژے جیانگ"),
        reported=True,
    ),
    Body("executing", text("Demo Exhibition Office", "演示会展办公室", "ڈیمو ایگزیبیشن آفس"), reported=False),
    *(Body("co_organising", unit.name, reported=False) for unit in UNITS[1:5]),
    Body("supporting", UNITS[0].name, reported=False),
    Body("supporting", UNITS[5].name, reported=False),
)

_NATION = text(
    "The Nation (Lahore), 13 May 2020",
    "《民族报》（拉合尔），2020年5月13日",
    "روزنامہ دی نیشن (لاہور)، 13 مئی 2020",
)

FACTS = (
    Fact(
        text(
            "The 2020 Zhejiang Export Online Fair, Pakistan station, featured hardware and electromechanical products.",
            "2020浙江出口网上交易会（巴基斯坦站）以五金机电产品为主题。",
            "ژے جیانگ ایکسپورٹ آن لائن تجارتی نمائش 2020 کے پاکستان ایڈیشن "
            "میں ہارڈ ویئر اور الیکٹرو مکینیکل مصنوعات پیش کی گئیں۔",
        ),
        _NATION,
    ),
    Fact(
        text(
            "It opened in Hangzhou on Tuesday, 12 May 2020; meetings were announced for the following five days.",
            "启动仪式于2020年5月12日（周二）在杭州举行，洽谈安排在随后五天进行。",
            "نمائش کا افتتاح منگل، 12 مئی 2020 کو ہانگ ژو میں ہوا، اور اعلان کے مطابق کاروباری ملاقاتیں "
            "اگلے پانچ دن میں ہونی تھیں۔",
        ),
        _NATION,
    ),
    Fact(
        text(
            "300 one-to-one meetings between more than 150 companies were announced.",
            "据公布，150余家企业将进行300场一对一洽谈。",
            "اعلان کے مطابق 150 سے زائد کمپنیوں کے درمیان 300 ون ٹو ون کاروباری ملاقاتیں ہونی تھیں۔",
        ),
        _NATION,
    ),
    Fact(
        text(
            "It was the first fair of this kind that the Zhejiang Department of Commerce held for Pakistan.",
            "这是浙江省商务厅首次面向巴基斯坦举办此类展会。",
            "صوبہ ژے جیانگ کے محکمہ تجارت کی جانب سے پاکستان کے لیے یہ اپنی نوعیت کی پہلی نمائش تھی۔",
        ),
        _NATION,
    ),
    Fact(
        text(
            "85% of the buyers taking part were chief executives.",
            "参会采购商中，85%为企业负责人。",
            "شریک خریداروں میں سے 85 فیصد اپنے اداروں کے سربراہ تھے۔",
        ),
        _NATION,
    ),
    Fact(
        text(
            "Trade between Zhejiang and Pakistan was reported at USD 4 billion.",
            "据报道，浙江与巴基斯坦的贸易额为40亿美元。",
            "رپورٹ کے مطابق ژے جیانگ اور پاکستان کی باہمی تجارت کا حجم 4 ارب امریکی ڈالر تھا۔",
        ),
        _NATION,
    ),
)
