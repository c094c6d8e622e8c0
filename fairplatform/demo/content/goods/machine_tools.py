"""Hall 9: machine tools and metalworking."""

from fairplatform.demo.content.text import text

from .good import good

GOODS = (
    good(
        "845811",
        text("CNC lathes", "数控车床", "سی این سی خراد"),
        text(
            "Swing 360 to 500 mm, slant or flat bed, training on site.",
            "回转直径360至500毫米，斜床或平床，可上门培训。",
            "سوِنگ 360 تا 500 ملی میٹر، ترچھا یا سیدھا بیڈ، موقع پر تربیت۔",
        ),
        city="taizhou",
        moq=(1, "sets"),
        price=("11500", "48000"),
        days=60,
        certificates="CE",
    ),
    good(
        "845710",
        text("Machining centres", "加工中心", "مشیننگ سینٹر"),
        text(
            "Travel 850 by 500 mm, 24 tools, spindle 8,000 to 12,000 rpm.",
            "行程850×500毫米，刀库24把，主轴8,000至12,000转。",
            "850 ضرب 500 ملی میٹر ٹریول، 24 ٹولز، اسپنڈل 8,000 تا 12,000 آر پی ایم۔",
        ),
        city="ningbo",
        moq=(1, "sets"),
        price=("28000", "92000"),
        days=75,
        certificates="CE",
    ),
    good(
        "845611",
        text("Fibre laser cutters", "光纤激光切割机", "فائبر لیزر کٹر"),
        text(
            "1.5 to 6 kW, table 3 by 1.5 m, steel up to 20 mm.",
            "1.5至6 kW，幅面3×1.5米，碳钢可切20毫米。",
            "1.5 تا 6 کلو واٹ، ٹیبل 3 ضرب 1.5 میٹر، 20 ملی میٹر تک اسٹیل۔",
        ),
        city="wenzhou",
        moq=(1, "sets"),
        price=("14000", "68000"),
        days=45,
        certificates="CE, FDA (laser)",
    ),
    good(
        "846223",
        text("CNC press brakes", "数控折弯机", "سی این سی پریس بریک"),
        text(
            "63 to 200 t, 2.5 to 4 m, hydraulic or servo.",
            "63至200吨，长2.5至4米，液压或伺服。",
            "63 تا 200 ٹن، 2.5 تا 4 میٹر، ہائیڈرالک یا سروو۔",
        ),
        city="hangzhou",
        moq=(1, "sets"),
        price=("9500", "36000"),
        days=45,
        certificates="CE",
    ),
    good(
        "846150",
        text("Band-saw machines", "带锯床", "بینڈ آرا مشین"),
        text(
            "Cut round bar with a maximum diameter of 250 to 500 mm, semi- or fully automatic feed.",
            "最大锯切直径250至500毫米（视型号），半自动或全自动送料。",
            "250 تا 500 ملی میٹر گول بار کاٹتی ہے، سیمی یا فل آٹومیٹک فیڈ۔",
        ),
        city="jinhua",
        moq=(1, "sets"),
        price=("2300", "9800"),
        days=30,
        certificates="CE",
    ),
    good(
        "845929",
        text("Bench drills", "台钻", "بینچ ڈرل"),
        text(
            "13 to 32 mm, 5 to 16 speeds, cast-iron table.",
            "最大钻孔直径13至32毫米（视型号），5至16档转速，铸铁工作台。",
            "13 تا 32 ملی میٹر، 5 تا 16 اسپیڈ، کاسٹ آئرن ٹیبل۔",
        ),
        city="taizhou",
        moq=(20, "pcs"),
        price=("85.00", "640.00"),
        days=30,
        certificates="CE",
    ),
    good(
        "820770",
        text("End mills", "立铣刀", "اینڈ مل کٹر"),
        text(
            "Carbide or HSS, 3 to 20 mm, two to four flutes, coated.",
            "硬质合金或高速钢，3至20毫米，2至4刃，带涂层。",
            "کاربائیڈ یا ہائی اسپیڈ اسٹیل، 3 تا 20 ملی میٹر، 2 تا 4 دھاریں، کوٹنگ شدہ۔",
        ),
        city="taizhou",
        moq=(500, "pcs"),
        price=("1.50", "14.00"),
        days=25,
        certificates="ISO 9001",
    ),
)
