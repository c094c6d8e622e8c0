"""Taglines of exhibitors by hall, and the sentence of their story on what they make."""

from .text import Text, text

TAGLINES: dict[str, tuple[Text, ...]] = {
    "hand-tools": (
        text("Hand tools that last a working life", "经久耐用的手工具", "برسوں ساتھ دینے والے دستی اوزار"),
        text(
            "Forged tools for workshop and market", "面向车间与市场的锻造工具", "ورکشاپ اور بازار کے لیے فورج شدہ اوزار"
        ),
    ),
    "power-tools": (
        text("Power tools ready for weak voltage", "适应低电压的电动工具", "کم وولٹیج پر بھی چلنے والے پاور ٹولز"),
        text("For the site, the garden and the welding shop", "用于工地、园林与焊接", "تعمیر، باغ اور ویلڈنگ کے لیے"),
    ),
    "locks": (
        text("Locks and fittings for every door", "门窗家具五金一站供应", "ہر دروازے کے لیے تالے اور فٹنگ"),
        text("Smooth hinges, sure locks", "铰链顺滑，锁具可靠", "رواں قبضے، قابلِ اعتماد تالے"),
    ),
    "fasteners": (
        text("Bolts, nuts and screws by the tonne", "螺栓、螺母、螺钉按吨供应", "نٹ بولٹ اور پیچ، ٹنوں کے حساب سے"),
        text("Every batch with its test report", "每批附检测报告", "ہر کھیپ کے ساتھ ٹیسٹ رپورٹ"),
    ),
    "valves": (
        text("Valves and fittings that do not leak", "不渗不漏的阀门与管件", "نہ ٹپکنے والے والو اور فٹنگ"),
        text(
            "Brass and stainless for water and gas",
            "水暖与燃气用黄铜、不锈钢制品",
            "پانی اور گیس کے لیے پیتل اور اسٹین لیس",
        ),
    ),
    "pumps": (
        text("Pumps and motors wound with copper", "全铜绕组的泵与电机", "تانبے کی وائنڈنگ والے پمپ اور موٹریں"),
        text("Power for farm, shop and home", "农业、工厂与家庭的动力", "کھیت، کارخانے اور گھر کے لیے طاقت"),
    ),
    "electrical": (
        text(
            "Safe low voltage, tested to IEC",
            "安全低压电器，按国际标准检测",
            "محفوظ برقی سامان، بین الاقوامی معیار پر آزمودہ",
        ),
        text("From the meter to the wall switch", "从电表到墙壁开关", "میٹر سے دیواری سوئچ تک"),
    ),
    "solar": (
        text("Light and power without the grid", "离网也有光与电", "گرڈ کے بغیر روشنی اور بجلی"),
        text(
            "Solar, storage and lamps from one house", "光伏、储能、照明一站供应", "سولر، بیٹری اور لائٹس ایک ہی جگہ سے"
        ),
    ),
    "machine-tools": (
        text("Machines that hold their tolerance", "精度稳定的机床", "درستی برقرار رکھنے والی مشینیں"),
        text("Cutting, bending and turning metal", "金属切割、折弯与车削", "دھات کی کٹائی، بینڈنگ اور خراد"),
    ),
    "plastics": (
        text("Plastics machinery with moulds to match", "塑料机械与模具配套供应", "پلاسٹک مشینری اور اس کے سانچے"),
        text("From granule to packed bottle", "从原料到成品包装", "پلاسٹک کے دانے سے پیک شدہ بوتل تک"),
    ),
    "sewing": (
        text("Sewing machines for the garment trade", "服装行业缝制设备", "گارمنٹس صنعت کے لیے سلائی مشینیں"),
        text("Stitch, knit and embroider", "缝纫、针织与绣花", "سلائی، بُنائی اور کڑھائی"),
    ),
    "household": (
        text("Good things for the kitchen and home", "厨房与居家好物", "باورچی خانے اور گھر کی اچھی چیزیں"),
        text("Small appliances for hot summers", "适合炎夏的小家电", "گرم موسم کے لیے چھوٹے برقی آلات"),
    ),
}

MAKES: dict[str, Text] = {
    "hand-tools": text(
        "Our forging, heat-treatment and plating lines are under one roof.",
        "锻造、热处理与电镀工序均在厂内完成。",
        "فورجنگ، ہیٹ ٹریٹمنٹ اور پلیٹنگ ایک ہی چھت تلے ہوتی ہے۔",
    ),
    "power-tools": text(
        "Every machine runs for ten minutes under load before it is packed.",
        "每台机器装箱前均带负荷试运行10分钟。",
        "ہر مشین پیک ہونے سے پہلے 10 منٹ لوڈ پر چلائی جاتی ہے۔",
    ),
    "locks": text(
        "Locks are tested for 100,000 turns and fittings for 48 hours of salt spray.",
        "锁具经10万次开启测试，五金件经48小时盐雾测试。",
        "تالے 1 لاکھ بار کھول کر اور فٹنگ 48 گھنٹے نمکین اسپرے میں رکھ کر آزمائے جاتے ہیں۔",
    ),
    "fasteners": text(
        "We draw, head, roll and heat-treat our own wire.",
        "从拉丝、冷镦、搓丝到热处理均自主完成。",
        "تار کھینچنے سے چوڑی بنانے اور ہیٹ ٹریٹمنٹ تک سب کام ہم خود کرتے ہیں۔",
    ),
    "valves": text(
        "Each valve is tested with air and water before it leaves.",
        "每只阀门出厂前均经气压与水压试验。",
        "ہر والو روانگی سے پہلے ہوا اور پانی کے دباؤ پر آزمایا جاتا ہے۔",
    ),
    "pumps": text(
        "Motors are wound for 50 Hz and for voltage that swings from 180 to 240 V.",
        "电机按50赫兹设计，可适应180至240伏电压波动。",
        "موٹریں 50 ہرٹز اور 180 تا 240 وولٹ کے اتار چڑھاؤ کے لیے بنائی جاتی ہیں۔",
    ),
    "electrical": text(
        "Test reports from an accredited laboratory are ready for each series.",
        "各系列均备有认可实验室的检测报告。",
        "ہر سیریز کے لیے تسلیم شدہ لیبارٹری کی رپورٹ موجود ہے۔",
    ),
    "solar": text(
        "We ship with the documents an importer needs for net metering.",
        "随货提供进口商办理并网所需文件。",
        "مال کے ساتھ نیٹ میٹرنگ کے لیے درکار کاغذات بھی دیے جاتے ہیں۔",
    ),
    "machine-tools": text(
        "Our engineers install and train on site, and spare parts stay in stock.",
        "工程师可上门安装培训，备件常备。",
        "ہمارے انجینئر موقع پر تنصیب اور تربیت دیتے ہیں، پرزے اسٹاک میں رہتے ہیں۔",
    ),
    "plastics": text(
        "A trial run with the buyer's own material is filmed before delivery.",
        "发货前用客户原料试机并提供录像。",
        "روانگی سے پہلے خریدار کے اپنے مال پر آزمائش کی ویڈیو بنائی جاتی ہے۔",
    ),
    "sewing": text(
        "Spare parts are supplied for five years and manuals come in English.",
        "配件供应五年，附英文说明书。",
        "پرزے پانچ سال تک ملتے ہیں اور ہدایت نامہ انگریزی میں ہے۔",
    ),
    "household": text(
        "Packing and labels can be made in Urdu from the first order.",
        "首单即可提供乌尔都语包装与标签。",
        "پہلے آرڈر سے ہی پیکنگ اور لیبل اردو میں بن سکتے ہیں۔",
    ),
}
