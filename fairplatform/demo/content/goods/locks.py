"""Hall 3: locks, door and furniture fittings."""

from fairplatform.demo.content.text import text

from .good import good

GOODS = (
    good(
        "830110",
        text("Padlocks 30–70 mm", "30–70毫米挂锁", "تالے 30 تا 70 ملی میٹر"),
        text(
            "Brass or iron body, hardened shackle, three keys each.",
            "铜质或铁质锁体，锁梁淬火，每把配三把钥匙。",
            "پیتل یا لوہے کی باڈی، ہارڈنڈ کنڈا، ہر تالے کے ساتھ تین چابیاں۔",
        ),
        city="yongkang",
        moq=(5000, "pcs"),
        price=("0.45", "2.80"),
        days=30,
        certificates="ISO 9001",
    ),
    good(
        "830140",
        text("Door locks, electronic locks", "门锁、智能锁", "دروازے کے لاک"),
        text(
            "Mortise sets and keypad or fingerprint models, zinc or steel.",
            "插芯锁及密码、指纹款，锌合金或不锈钢。",
            "مورٹیس سیٹ، کوڈ اور فنگر پرنٹ ماڈل، زنک یا اسٹیل۔",
        ),
        city="wenzhou",
        moq=(500, "pcs"),
        price=("6.00", "48.00"),
        days=35,
        certificates="CE, RoHS",
        ask="PTA",
    ),
    good(
        "830210",
        text("Hinges", "铰链", "قبضے"),
        text(
            "Butt hinges and soft-close cup hinges, steel or stainless.",
            "合页与缓冲杯头铰链，钢质或不锈钢。",
            "سادہ قبضے اور سافٹ کلوز کپ قبضے، اسٹیل یا اسٹین لیس۔",
        ),
        city="wenzhou",
        moq=(10000, "pcs"),
        price=("0.12", "0.90"),
        days=25,
        certificates="ISO 9001",
    ),
    good(
        "830242",
        text("Drawer slides", "抽屉滑轨", "دراز چینل"),
        text(
            "Ball-bearing, full extension, 250 to 600 mm, load 35 kg.",
            "滚珠三节全拉出，250至600毫米，承重35千克。",
            "بال بیرنگ، فل ایکسٹینشن، 250 تا 600 ملی میٹر، 35 کلو تک وزن کے لیے۔",
        ),
        city="ningbo",
        moq=(5000, "sets"),
        price=("0.90", "3.60"),
        days=30,
        certificates="ISO 9001",
    ),
    good(
        "830241",
        text("Door handles", "门把手", "دروازے کے ہینڈل"),
        text(
            "Zinc or stainless lever on plate or rose, four finishes.",
            "锌合金或不锈钢执手，面板或圆座，四种表面。",
            "زنک یا اسٹین لیس ہینڈل، پلیٹ یا گول بنیاد پر، چار فنش۔",
        ),
        city="wenzhou",
        moq=(2000, "pcs"),
        price=("1.80", "7.00"),
        days=30,
        certificates="ISO 9001",
    ),
    good(
        "830220",
        text("Castors", "脚轮", "کاسٹر پہیے"),
        text(
            "25 to 125 mm, fixed, swivel or braked, nylon or rubber tread.",
            "25至125毫米，定向、万向或带刹，尼龙或橡胶轮面。",
            "25 تا 125 ملی میٹر، فکسڈ، گھومنے والے یا بریک والے، نائلون یا ربڑ۔",
        ),
        city="ningbo",
        moq=(3000, "pcs"),
        price=("0.40", "4.50"),
        days=25,
        certificates="RoHS",
    ),
    good(
        "830260",
        text("Door closers", "闭门器", "ڈور کلوزر"),
        text(
            "For doors of 25 to 85 kg, two valves, 500,000 cycles.",
            "适用25至85千克门，双调速阀，50万次测试。",
            "25 تا 85 کلو کے دروازے کے لیے، دو والو، 5 لاکھ بار آزمودہ۔",
        ),
        city="wenzhou",
        moq=(500, "pcs"),
        price=("4.50", "12.00"),
        days=30,
        certificates="CE (EN 1154)",
    ),
    good(
        "830300",
        text("Safes", "保险箱", "تجوری"),
        text(
            "Steel 3 and 5 mm, electronic or key lock, 20 to 80 cm high.",
            "3至5毫米钢板，电子锁或机械锁，高20至80厘米。",
            "3 اور 5 ملی میٹر اسٹیل، الیکٹرانک یا چابی والا لاک، 20 تا 80 سینٹی میٹر۔",
        ),
        city="ningbo",
        moq=(200, "pcs"),
        price=("18.00", "95.00"),
        days=35,
        certificates="ISO 9001",
    ),
)
