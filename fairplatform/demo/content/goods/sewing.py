"""Hall 11: sewing and textile machinery."""

from fairplatform.demo.content.text import text

from .good import good

GOODS = (
    good(
        "845229",
        text("Industrial lockstitch machines", "工业平缝机", "صنعتی سلائی مشین"),
        text(
            "Direct drive 550 W, automatic trimming, table and stand.",
            "直驱550 W，自动剪线，含台板机架。",
            "ڈائریکٹ ڈرائیو 550 واٹ، خودکار دھاگا کٹائی، میز اور اسٹینڈ۔",
        ),
        city="taizhou",
        moq=(50, "sets"),
        price=("145", "420"),
        days=35,
        certificates="CE",
    ),
    good(
        "845210",
        text("Household sewing machines", "家用缝纫机", "گھریلو سلائی مشین"),
        text(
            "12 to 32 stitches, hand or motor, metal frame.",
            "12至32种线迹，手摇或电动，金属机架。",
            "12 تا 32 ٹانکے، ہاتھ یا موٹر سے، دھاتی فریم۔",
        ),
        city="ningbo",
        moq=(200, "sets"),
        price=("48.00", "120.00"),
        days=35,
        certificates="CE",
    ),
    good(
        "845221",
        text("Automatic sewing units", "自动缝制单元", "خودکار سلائی یونٹ"),
        text(
            "Pocket setting, buttonhole and bar-tack, pattern memory.",
            "贴袋、锁眼、套结，花样可存储。",
            "جیب لگانا، کاج اور بار ٹیک، ڈیزائن محفوظ رکھنے کی سہولت۔",
        ),
        city="taizhou",
        moq=(10, "sets"),
        price=("1100", "4600"),
        days=45,
        certificates="CE",
    ),
    good(
        "844790",
        text("Computerised embroidery machines", "电脑绣花机", "کمپیوٹرائزڈ ایمبرائیڈری مشین"),
        text(
            "4 to 24 heads, 9 or 12 needles, sequin device optional.",
            "4至24头，9或12针，可选亮片装置。",
            "4 تا 24 ہیڈ، 9 یا 12 سوئیاں، ستارہ لگانے کا آلہ اختیاری۔",
        ),
        city="hangzhou",
        moq=(1, "sets"),
        price=("5800", "24000"),
        days=50,
        certificates="CE",
    ),
    good(
        "844712",
        text("Circular knitting machines", "圆纬机", "سرکلر نٹنگ مشین"),
        text(
            'Single or double jersey, 26" to 38", 18 to 32 gauge.',
            "单面或双面，筒径26至38英寸，18至32针。",
            "سنگل یا ڈبل جرسی، 26 تا 38 انچ، 18 تا 32 گیج۔",
        ),
        city="ningbo",
        moq=(1, "sets"),
        price=("14000", "38000"),
        days=60,
        certificates="CE",
    ),
    good(
        "845130",
        text("Fusing presses", "粘合机", "فیوزنگ پریس"),
        text(
            "Belt 450 to 1,000 mm wide, even heat, adjustable speed.",
            "带宽450至1,000毫米，温度均匀，速度可调。",
            "بیلٹ کی چوڑائی 450 تا 1,000 ملی میٹر، یکساں حرارت، اسپیڈ ایڈجسٹ ہوتی ہے۔",
        ),
        city="taizhou",
        moq=(20, "sets"),
        price=("380", "2400"),
        days=35,
        certificates="CE",
    ),
)
