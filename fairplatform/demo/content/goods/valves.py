"""Hall 5: valves, pipe fittings and sanitary ware."""

from fairplatform.demo.content.text import text

from .good import good

GOODS = (
    good(
        "848180",
        text("Brass ball valves and taps", "黄铜球阀、水龙头", "بال والو اور ٹوٹیاں"),
        text(
            '1/2" to 2", forged brass, nickel-plated, 16 bar.',
            "1/2至2英寸，锻造黄铜，镀镍，16巴。",
            "1/2 تا 2 انچ، فورجڈ پیتل، نکل پالش، 16 بار۔",
        ),
        city="taizhou",
        moq=(3000, "pcs"),
        price=("1.20", "6.50"),
        days=30,
        certificates="CE, ISO 9001",
    ),
    good(
        "848130",
        text("Check valves", "止回阀", "نان ریٹرن والو"),
        text(
            "Spring and swing type, brass or cast iron, 1/2 to 4 inches.",
            "弹簧式与旋启式，黄铜或铸铁，1/2至4英寸。",
            "اسپرنگ اور سوئنگ ٹائپ، پیتل یا کاسٹ آئرن، 1/2 تا 4 انچ۔",
        ),
        city="taizhou",
        moq=(1000, "pcs"),
        price=("1.60", "9.00"),
        days=30,
        certificates="ISO 9001",
    ),
    good(
        "848110",
        text("Pressure reducing valves", "减压阀", "پریشر ریڈیوسنگ والو"),
        text(
            "For water, steam and air, outlet 1 to 10 bar, with gauge.",
            "用于水、蒸汽与空气，出口1至10巴，带压力表。",
            "پانی، اسٹیم اور ہوا کے لیے، آؤٹ لیٹ 1 تا 10 بار، گیج سمیت۔",
        ),
        city="wenzhou",
        moq=(300, "pcs"),
        price=("12.00", "60.00"),
        days=35,
        certificates="CE (PED)",
    ),
    good(
        "848140",
        text("Safety valves", "安全阀", "سیفٹی والو"),
        text(
            "For boilers and compressors, sealed and set before delivery.",
            "用于锅炉与压缩机，出厂前整定并铅封。",
            "بوائلر اور کمپریسر کے لیے، روانگی سے پہلے سیٹ اور سربمہر۔",
        ),
        city="wenzhou",
        moq=(200, "pcs"),
        price=("9.00", "70.00"),
        days=35,
        certificates="CE (PED)",
    ),
    good(
        "730792",
        text("Threaded elbows and sleeves", "螺纹弯头、管接头", "ایلبو اور ساکٹ فٹنگ"),
        text(
            'Malleable iron, galvanised, 1/2" to 4", BSPT threads.',
            "玛钢镀锌，1/2至4英寸，英制锥管螺纹。",
            "میلی ایبل آئرن، جستی، 1/2 تا 4 انچ، بی ایس پی چوڑی۔",
        ),
        city="taizhou",
        moq=(5, "t"),
        price=("1350", "1900"),
        days=30,
        certificates="ISO 9001",
    ),
    good(
        "730721",
        text("Stainless flanges", "不锈钢法兰", "اسٹین لیس فلینج"),
        text(
            "Grades 304 and 316, DN 15 to DN 300, PN 10 to PN 40.",
            "304与316材质，DN15至DN300，PN10至PN40。",
            "گریڈ 304 اور 316، 15 تا 300 ملی میٹر، 10 تا 40 بار۔",
        ),
        city="wenzhou",
        moq=(500, "pcs"),
        price=("6.00", "45.00"),
        days=35,
        certificates="EN 10204 3.1",
    ),
    good(
        "732410",
        text("Stainless sinks", "不锈钢水槽", "اسٹین لیس سنک"),
        text(
            "Single and double bowl, 0.8 to 1.2 mm, waste kit included.",
            "单槽与双槽，板厚0.8至1.2毫米，附下水器。",
            "ایک اور دو خانے، 0.8 تا 1.2 ملی میٹر، نکاسی کا سیٹ شامل۔",
        ),
        city="taizhou",
        moq=(300, "pcs"),
        price=("14.00", "55.00"),
        days=35,
        certificates="ISO 9001",
    ),
    good(
        "841911",
        text("Instantaneous gas water heaters", "燃气热水器", "انسٹنٹ گیس گیزر"),
        text(
            "6 to 12 litres a minute, natural gas or LPG, flame-out cut-off.",
            "每分钟6至12升，天然气或液化气，熄火保护。",
            "6 تا 12 لیٹر فی منٹ، سوئی گیس یا سلنڈر، شعلہ بجھنے پر گیس بند۔",
        ),
        city="ningbo",
        moq=(200, "pcs"),
        price=("42.00", "95.00"),
        days=40,
        certificates="PSQCA, CE",
    ),
    good(
        "902620",
        text("Pressure gauges", "压力表", "پریشر گیج"),
        text(
            "40 to 150 mm dial, dry or glycerine-filled, class 1.6.",
            "表盘40至150毫米，普通或充油，1.6级。",
            "ڈائل 40 تا 150 ملی میٹر، سادہ یا گلیسرین والا، کلاس 1.6۔",
        ),
        city="hangzhou",
        moq=(1000, "pcs"),
        price=("1.50", "9.00"),
        days=25,
        certificates="ISO 9001",
    ),
)
