"""Taglines of exhibitors by hall, and the sentence of their story on what they make."""

from .text import Text, text

TAGLINES: dict[str, tuple[Text, ...]] = {
    "hand-tools": (
        text("Hand tools built to last", "经久耐用的手工具", "برسوں ساتھ دینے والے ہینڈ ٹولز"),
        text(
            "Forged tools for workshops and retailers",
            "面向车间与零售市场的锻造工具",
            "ورکشاپوں اور دکانداروں کے لیے فورج شدہ اوزار",
        ),
    ),
    "power-tools": (
        text("Power tools that cope with low voltage", "适应低电压的电动工具", "کم وولٹیج پر بھی چلنے والے پاور ٹولز"),
        text(
            "For building sites, gardens and welding shops",
            "适用于工地、园林与焊接车间",
            "سائٹ، باغ اور ویلڈنگ شاپ کے لیے",
        ),
    ),
    "locks": (
        text("Locks and fittings for every door", "门窗家具五金一站供应", "ہر دروازے کے لیے تالے اور فٹنگ"),
        text("Smooth hinges, reliable locks", "铰链顺滑，锁具可靠", "ہموار چلنے والے قبضے، بھروسے کے تالے"),
    ),
    "fasteners": (
        text("Bolts, nuts and screws by the tonne", "螺栓、螺母、螺钉按吨供应", "نٹ بولٹ اور پیچ، ٹنوں کے حساب سے"),
        text("Every batch comes with a test report", "每批附检测报告", "ہر کھیپ کے ساتھ ٹیسٹ رپورٹ"),
    ),
    "valves": (
        text("Leak-free valves and fittings", "不渗不漏的阀门与管件", "لیکیج سے پاک والو اور فٹنگ"),
        text(
            "Brass and stainless steel for water and gas",
            "水暖与燃气用黄铜、不锈钢制品",
            "پانی اور گیس کے لیے پیتل اور اسٹین لیس اسٹیل",
        ),
    ),
    "pumps": (
        text("Copper-wound pumps and motors", "全铜绕组的泵与电机", "تانبے کی وائنڈنگ والے پمپ اور موٹریں"),
        text("Power for farms, factories and homes", "农业、工厂、家庭用动力设备", "کھیت، کارخانے اور گھر کے لیے پاور"),
    ),
    "electrical": (
        text(
            "Safe low-voltage equipment, tested to IEC standards",
            "安全低压电器，按国际标准检测",
            "محفوظ لو وولٹیج سامان، آئی ای سی معیار کے مطابق ٹیسٹ شدہ",
        ),
        text("From the meter to the wall switch", "从电表到墙壁开关", "میٹر سے وال سوئچ تک"),
    ),
    "solar": (
        text("Off-grid light and power", "离网也有光与电", "گرڈ کے بغیر روشنی اور بجلی"),
        text(
            "Solar, storage and lighting from one supplier",
            "光伏、储能、照明一站供应",
            "سولر، بیٹری اور لائٹنگ ایک ہی سپلائر سے",
        ),
    ),
    "machine-tools": (
        text("Machine tools with lasting precision", "精度稳定的机床", "برسوں ایکوریسی برقرار رکھنے والے مشین ٹولز"),
        text("Metal cutting, bending and turning", "金属切割、折弯与车削", "دھات کی کٹائی، بینڈنگ اور خراد"),
    ),
    "plastics": (
        text("Plastics machinery with matching moulds", "塑料机械与模具配套供应", "پلاسٹک مشینری اور ساتھ میں سانچے"),
        text("From plastic granules to packed bottles", "从塑料粒子到瓶装成品", "پلاسٹک کے دانے سے پیک شدہ بوتل تک"),
    ),
    "sewing": (
        text("Sewing machines for the garment trade", "服装行业缝制设备", "گارمنٹس صنعت کے لیے سلائی مشینیں"),
        text("Sewing, knitting and embroidery", "缝纫、针织与绣花", "سلائی، بُنائی اور کڑھائی"),
    ),
    "household": (
        text("Quality products for kitchen and home", "优质厨房与家居用品", "کچن اور گھر کے لیے معیاری سامان"),
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
        "Locks are tested for 100,000 cycles, and fittings for 48 hours in salt spray.",
        "锁具经10万次启闭测试，五金件经48小时盐雾测试。",
        "تالے 1 لاکھ بار کھول بند کر کے ٹیسٹ کیے جاتے ہیں اور فٹنگ 48 گھنٹے سالٹ اسپرے میں۔",
    ),
    "fasteners": text(
        "Wire drawing, heading, thread rolling and heat treatment are all done in our own factory.",
        "从拉丝、冷镦、搓丝到热处理均自主完成。",
        "وائر ڈرائنگ، ہیڈنگ، تھریڈ رولنگ اور ہیٹ ٹریٹمنٹ، سب کام ہماری اپنی فیکٹری میں ہوتا ہے۔",
    ),
    "valves": text(
        "Every valve is tested under air and water pressure before dispatch.",
        "每只阀门出厂前均经气压与水压试验。",
        "ہر والو روانگی سے پہلے ہوا اور پانی کے پریشر پر ٹیسٹ کیا جاتا ہے۔",
    ),
    "pumps": text(
        "Motors are wound for 50 Hz and for supply voltages that vary from 180 to 240 V.",
        "电机按50赫兹设计，可适应180至240伏电压波动。",
        "موٹروں کی وائنڈنگ 50 ہرٹز اور 180 تا 240 وولٹ کے اتار چڑھاؤ کے لیے کی جاتی ہے۔",
    ),
    "electrical": text(
        "Test reports from an accredited laboratory are available for each series.",
        "各系列均备有认可实验室的检测报告。",
        "ہر سیریز کے لیے تسلیم شدہ لیبارٹری کی ٹیسٹ رپورٹ موجود ہے۔",
    ),
    "solar": text(
        "We ship with the documents an importer needs for net metering.",
        "随货提供进口商办理并网所需文件。",
        "مال کے ساتھ نیٹ میٹرنگ کے لیے درکار کاغذات بھی دیے جاتے ہیں۔",
    ),
    "machine-tools": text(
        "Our engineers provide installation and training on site, and spare parts are kept in stock.",
        "工程师可上门安装培训，备件常备。",
        "ہمارے انجینئر موقع پر آ کر مشین لگاتے اور تربیت دیتے ہیں، پرزے اسٹاک میں رہتے ہیں۔",
    ),
    "plastics": text(
        "Before delivery we film a trial run with the buyer's own material.",
        "发货前用客户原料试机并提供录像。",
        "روانگی سے پہلے خریدار کے اپنے میٹیریل پر ٹرائل رن کی ویڈیو بنائی جاتی ہے۔",
    ),
    "sewing": text(
        "Spare parts are supplied for five years, and manuals are in English.",
        "配件供应五年，附英文说明书。",
        "پرزے پانچ سال تک دستیاب ہوں گے اور مینوئل انگریزی میں ہے۔",
    ),
    "household": text(
        "Packaging and labels are available in Urdu from the first order.",
        "首单即可提供乌尔都文包装与标签。",
        "پہلے آرڈر سے ہی پیکنگ اور لیبل اردو میں دستیاب ہیں۔",
    ),
}
