"""Hall 6: pumps, motors, generators and drives."""

from fairplatform.demo.content.text import text

from .good import good

GOODS = (
    good(
        "841370",
        text("Centrifugal and submersible pumps", "离心泵、潜水泵", "سینٹری فیوگل اور سبمرسیبل پمپ"),
        text(
            "0.5 to 10 hp, copper winding, brass or stainless impeller.",
            "0.5至10马力，全铜绕组，铜或不锈钢叶轮。",
            "0.5 تا 10 ہارس پاور، تانبے کی وائنڈنگ، پیتل یا اسٹین لیس امپیلر۔",
        ),
        city="taizhou",
        moq=(100, "pcs"),
        price=("32.00", "210.00"),
        days=35,
        certificates="CE",
    ),
    good(
        "841480",
        text("Air compressors", "空气压缩机", "ایئر کمپریسر"),
        text(
            "24 to 500 litre tank, belt or direct drive, 8 to 12.5 bar.",
            "储气罐24至500升，皮带式或直联式，8至12.5巴。",
            "ٹینک 24 تا 500 لیٹر، بیلٹ یا ڈائریکٹ، 8 تا 12.5 بار۔",
        ),
        city="taizhou",
        moq=(50, "pcs"),
        price=("65.00", "480.00"),
        days=35,
        certificates="CE",
    ),
    good(
        "850140",
        text("Single-phase motors", "单相电动机", "سنگل فیز موٹر"),
        text(
            "0.25 to 3 hp, 220 V 50 Hz, with capacitor and cover.",
            "0.25至3马力，220 V 50 Hz，带电容器及防护罩。",
            "0.25 تا 3 ہارس پاور، 220 وولٹ، 50 ہرٹز، کپیسٹر سمیت۔",
        ),
        city="taizhou",
        moq=(200, "pcs"),
        price=("19.00", "62.00"),
        days=35,
        certificates="PSQCA, CE",
    ),
    good(
        "850152",
        text("Three-phase motors 0.75–75 kW", "三相电动机（0.75–75 kW）", "تھری فیز موٹر 0.75 تا 75 کلو واٹ"),
        text(
            "Efficiency IE2 or IE3, foot or flange, cast-iron frame.",
            "IE2或IE3能效，底脚或法兰安装，铸铁机座。",
            "آئی ای 2 یا آئی ای 3، فٹ ماؤنٹ یا فلینج ماؤنٹ، کاسٹ آئرن باڈی۔",
        ),
        city="taizhou",
        moq=(50, "pcs"),
        price=("48.00", "1900.00"),
        days=40,
        certificates="PSQCA, CE, IEC 60034",
    ),
    good(
        "850211",
        text("Diesel generating sets up to 75 kVA", "柴油发电机组（≤75 kVA）", "ڈیزل جنریٹر (75 کے وی اے تک)"),
        text(
            "Open or silent canopy, automatic transfer, 8-hour tank.",
            "开架或静音箱体，自动切换，油箱可用8小时。",
            "اوپن یا سائلنٹ کینوپی، آٹومیٹک چینج اوور، 8 گھنٹے کا ٹینک۔",
        ),
        city="hangzhou",
        moq=(10, "sets"),
        price=("1150", "7800"),
        days=45,
        certificates="CE",
    ),
    good(
        "850220",
        text("Petrol generating sets", "汽油发电机组", "پٹرول جنریٹر"),
        text(
            "2 to 7 kW, electric start, gas kit on request.",
            "2至7 kW，电启动，可加配燃气套件。",
            "2 تا 7 کلو واٹ، سیلف اسٹارٹ، گیس کٹ حسبِ فرمائش۔",
        ),
        city="taizhou",
        moq=(100, "sets"),
        price=("88.00", "420.00"),
        days=40,
        certificates="CE",
    ),
    good(
        "848210",
        text("Ball bearings", "深沟球轴承", "بال بیرنگ"),
        text(
            "Series 60, 62 and 63, open or sealed, quiet grades for fans.",
            "60、62、63系列，开式或密封，风扇用静音级。",
            "60، 62 اور 63 سیریز، کھلے یا سیل بند، پنکھوں کے لیے بے آواز۔",
        ),
        city="ningbo",
        moq=(10000, "pcs"),
        price=("0.25", "4.50"),
        days=30,
        certificates="ISO 9001",
    ),
    good(
        "848340",
        text("Gear reducers", "减速机", "گیئر باکس"),
        text(
            "Worm and helical, ratio 5 to 100, aluminium or iron case.",
            "蜗轮与斜齿轮，速比5至100，铝壳或铁壳。",
            "ورم اور ہیلیکل، ریشو 5 تا 100، ایلومینیم یا لوہے کی باڈی۔",
        ),
        city="hangzhou",
        moq=(50, "pcs"),
        price=("38.00", "620.00"),
        days=40,
        certificates="ISO 9001",
    ),
    good(
        "842511",
        text("Electric hoists", "电动葫芦", "الیکٹرک ہوئسٹ"),
        text(
            "250 kg to 5 t, chain or wire rope, pendant control.",
            "250千克至5吨，环链或钢丝绳，手柄控制。",
            "250 کلو تا 5 ٹن، زنجیر یا وائر روپ، پینڈنٹ کنٹرول۔",
        ),
        city="hangzhou",
        moq=(50, "pcs"),
        price=("65.00", "520.00"),
        days=40,
        certificates="CE",
    ),
)
