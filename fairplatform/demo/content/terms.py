"""Terms of trade: units, delivery places, payment, a memorandum, and next steps."""

from .text import Text, text

PLACES: dict[str, Text] = {
    "ningbo": text("Ningbo", "宁波", "ننگ بو"),
    "shanghai": text("Shanghai", "上海", "شنگھائی"),
    "karachi": text("Karachi", "卡拉奇", "کراچی"),
    "port-qasim": text("Port Qasim", "卡西姆港", "پورٹ قاسم"),
    "yiwu": text("Yiwu", "义乌", "یی وو"),
}

# Incoterm, place (empty: the exhibitor's own city) and its share in a hundred.
DELIVERIES = (
    ("FOB", "ningbo", 62),
    ("FOB", "shanghai", 8),
    ("CFR", "karachi", 14),
    ("CIF", "karachi", 6),
    ("CFR", "port-qasim", 4),
    ("FCA", "yiwu", 4),
    ("EXW", "", 2),
)

# Delivery terms in Urdu script: before the name of a port a Latin code would turn the line round.
INCOTERMS_URDU = {
    "FOB": "ایف او بی",
    "CFR": "سی ایف آر",
    "CIF": "سی آئی ایف",
    "FCA": "ایف سی اے",
    "EXW": "ایکس ورکس",
}

PAYMENTS = (("tt_30_70", 58), ("lc_sight", 27), ("lc_90", 7), ("dp", 5), ("cny", 3))

PAYMENT_WORDS: dict[str, Text] = {
    "tt_30_70": text(
        "30% deposit by T/T, 70% against copy of B/L",
        "电汇30%定金，70%见提单副本付款",
        "30 فیصد پیشگی بذریعہ ٹی ٹی، 70 فیصد بل آف لیڈنگ کی نقل پر",
    ),
    "lc_sight": text("L/C at sight", "即期信用证", "ایل سی ایٹ سائٹ"),
    "lc_90": text("L/C 90 days", "90天远期信用证", "ایل سی 90 دن"),
    "dp": text("D/P", "付款交单", "ڈی پی"),
    "cny": text("settled in CNY", "人民币结算", "یوآن میں ادائیگی"),
}

MEMORANDUM = text(
    "Sole distribution in Punjab for two years; the parties expect 6,000 sets a year. No obligation to buy.",
    "旁遮普省独家经销两年，双方预计每年6,000套；不构成购买义务。",
    "پنجاب میں دو سال کے لیے سول ڈسٹری بیوشن؛ فریقین کو سالانہ 6,000 سیٹ کی توقع ہے۔ خریداری لازم نہیں۔",
)

UNITS: dict[str, Text] = {
    "pcs": text("pcs", "件", "عدد"),
    "sets": text("sets", "套", "سیٹ"),
    "dozen": text("dozen", "打", "درجن"),
    "kg": text("kg", "千克", "کلو"),
    "t": text("t", "吨", "ٹن"),
    "carton": text("cartons", "箱", "کارٹن"),
    "coil": text("coils", "盘", "کوائل"),
    "roll": text("rolls", "卷", "رول"),
    "w": text("W", "瓦", "واٹ"),
    "20gp": text("20'GP", "20尺普柜", "20 فٹ کنٹینر"),
    "40hq": text("40'HQ", "40尺高柜", "40 فٹ ہائی کیوب کنٹینر"),
}

# What is done after each kind of outcome: (step, who does it, days after the meeting).
NEXT_STEPS: dict[str, tuple[tuple[str, str, int], ...]] = {
    "no_fit": (),
    "contact": (
        ("factory_video", "exhibitor", 14),
        ("quotation", "exhibitor", 7),
        ("drawing", "buyer", 10),
        ("visit", "buyer", 60),
    ),
    "sample": (("sample", "exhibitor", 7), ("sample", "exhibitor", 12), ("drawing", "buyer", 5)),
    "quotation": (("quotation", "exhibitor", 2), ("quotation", "exhibitor", 4), ("drawing", "buyer", 6)),
    "intended_deal": (
        ("visa_letter", "exhibitor", 10),
        ("sample", "exhibitor", 9),
        ("inspection", "buyer", 30),
        ("visit", "buyer", 45),
    ),
    "trial_order": (("bank_account", "exhibitor", 3), ("inspection", "buyer", 28)),
    "order": (("inspection", "buyer", 30), ("bank_account", "exhibitor", 2)),
    "letter_of_intent": (("visa_letter", "exhibitor", 14),),
    "memorandum": (("visit", "buyer", 40),),
}
