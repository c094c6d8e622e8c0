"""Hall 4: fasteners, chain and wire goods."""

from fairplatform.demo.content.text import text

from .good import good

GOODS = (
    good(
        "731815",
        text("Hexagon bolts", "六角螺栓", "ہیکس بولٹ"),
        text(
            "M6 to M36, grades 4.8, 8.8 and 10.9, zinc or plain.",
            "M6至M36，4.8、8.8、10.9级，镀锌或本色。",
            "6 تا 36 ملی میٹر، گریڈ 4.8، 8.8 اور 10.9، زنک یا سادہ۔",
        ),
        city="ningbo",
        moq=(5, "t"),
        price=("850", "1250"),
        days=30,
        certificates="ISO 9001, EN 10204 3.1",
    ),
    good(
        "731816",
        text("Nuts", "螺母", "نٹ"),
        text(
            "Hexagon, flange and nylon-insert, matched to the bolt's grade.",
            "六角、法兰及尼龙锁紧螺母，与螺栓等级配套。",
            "چھ پہلو، فلینج اور نائلون والے نٹ، بولٹ کے گریڈ کے مطابق۔",
        ),
        city="ningbo",
        moq=(5, "t"),
        price=("900", "1350"),
        days=30,
        certificates="ISO 9001",
    ),
    good(
        "731814",
        text("Self-tapping and drywall screws", "自攻钉、干壁钉", "سیلف ٹیپنگ پیچ"),
        text(
            "3.5 to 6.3 mm, black phosphate or zinc, boxed or bulk.",
            "3.5至6.3毫米，磷化或镀锌，盒装或散装。",
            "3.5 تا 6.3 ملی میٹر، سیاہ فاسفیٹ یا زنک، ڈبہ پیک یا کھلے۔",
        ),
        city="ningbo",
        moq=(5, "t"),
        price=("950", "1400"),
        days=25,
        certificates="ISO 9001",
    ),
    good(
        "731822",
        text("Flat washers", "平垫圈", "واشر"),
        text(
            "M5 to M48, 100 or 200 HV, zinc, hot-dip or plain.",
            "M5至M48，100或200 HV，镀锌、热镀锌或本色。",
            "5 تا 48 ملی میٹر، ہارڈنیس 100 یا 200، زنک، ہاٹ ڈِپ یا سادہ۔",
        ),
        city="ningbo",
        moq=(3, "t"),
        price=("880", "1200"),
        days=25,
        certificates="ISO 9001",
    ),
    good(
        "731700",
        text("Wire nails", "圆钉", "کیل"),
        text(
            '1" to 6", polished or galvanised, 25 kg cartons.',
            "1至6英寸，抛光或镀锌，25千克箱装。",
            "1 تا 6 انچ، پالش یا جستی، 25 کلو کارٹن۔",
        ),
        city="yiwu",
        moq=(10, "t"),
        price=("700", "900"),
        days=20,
        certificates="ISO 9001",
    ),
    good(
        "731431",
        text("Galvanised welded mesh", "镀锌焊接网", "جستی ویلڈڈ جالی"),
        text(
            "Openings 12 to 50 mm, rolls of 30 m, 0.9 or 1.2 m wide.",
            "网孔12至50毫米，每卷30米，宽0.9或1.2米。",
            "خانے 12 تا 50 ملی میٹر، 30 میٹر رول، چوڑائی 0.9 یا 1.2 میٹر۔",
        ),
        city="jinhua",
        moq=(500, "rolls"),
        price=("14.00", "32.00"),
        days=25,
        certificates="ISO 9001",
    ),
    good(
        "731582",
        text("Welded link chain", "焊接链条", "زنجیر"),
        text(
            "3 to 16 mm, short and long link, proof-tested.",
            "3至16毫米，短环与长环，逐批拉力试验。",
            "3 تا 16 ملی میٹر، چھوٹی اور لمبی کڑی، لوڈ ٹیسٹ شدہ۔",
        ),
        city="hangzhou",
        moq=(3, "t"),
        price=("1050", "1500"),
        days=35,
        certificates="ISO 9001",
    ),
    good(
        "731210",
        text("Steel wire rope", "钢丝绳", "اسٹیل وائر روپ"),
        text(
            "6×19 and 6×37, 6 to 32 mm, galvanised or greased.",
            "6×19与6×37结构，6至32毫米，镀锌或涂油。",
            "\u20666×19\u2069 اور \u20666×37\u2069 بناوٹ، 6 تا 32 ملی میٹر، جستی یا گریس شدہ۔",
        ),
        city="ningbo",
        moq=(5, "t"),
        price=("980", "1450"),
        days=35,
        certificates="ISO 2408",
    ),
)
