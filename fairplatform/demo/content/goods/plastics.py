"""Hall 10: plastics, packaging and moulds."""

from fairplatform.demo.content.text import text

from .good import good

GOODS = (
    good(
        "847710",
        text("Injection-moulding machines", "注塑机", "انجیکشن مولڈنگ مشین"),
        text(
            "90 to 650 t clamping force, servo pump, spare parts for two years.",
            "锁模力90至650吨，伺服泵，附两年易损件。",
            "90 تا 650 ٹن کلیمپنگ فورس، سروو پمپ، دو سال کے پرزے ساتھ۔",
        ),
        city="ningbo",
        moq=(1, "sets"),
        price=("18000", "85000"),
        days=60,
        certificates="CE",
    ),
    good(
        "847730",
        text("Blow-moulding machines", "吹瓶机", "بلو مولڈنگ مشین"),
        text(
            "Two to six cavities, 1,800 to 7,000 bottles an hour.",
            "2至6腔，每小时产瓶1,800至7,000只。",
            "دو تا چھ کیویٹی، 1,800 تا 7,000 بوتلیں فی گھنٹہ۔",
        ),
        city="taizhou",
        moq=(1, "sets"),
        price=("16000", "58000"),
        days=60,
        certificates="CE",
    ),
    good(
        "847720",
        text("Pipe extruders (PPR, PVC)", "管材挤出机（PPR、PVC）", "پائپ ایکسٹروڈر (پی پی آر، پی وی سی)"),
        text(
            "16 to 160 mm pipe, complete line with haul-off and cutter.",
            "管径16至160毫米，含牵引与切割整线。",
            "16 تا 160 ملی میٹر پائپ، کھینچنے اور کاٹنے سمیت مکمل لائن۔",
        ),
        city="ningbo",
        moq=(1, "sets"),
        price=("19000", "76000"),
        days=60,
        certificates="CE",
    ),
    good(
        "848071",
        text("Injection moulds", "注塑模具", "انجیکشن مولڈ (سانچہ)"),
        text(
            "For household goods, fittings and caps; drawing in 7 days, trial run video.",
            "日用品、管件、瓶盖模；7天出图，提供试模录像。",
            "گھریلو سامان، فٹنگ اور ڈھکنوں کے لیے؛ 7 دن میں ڈرائنگ، ٹرائل رن کی ویڈیو۔",
        ),
        city="taizhou",
        moq=(1, "sets"),
        price=("3500", "42000"),
        days=45,
        certificates="ISO 9001",
    ),
    good(
        "842230",
        text("Filling and capping machines", "灌装封盖机", "فلنگ اور کیپنگ مشین"),
        text(
            "Water, juice or oil, 1,000 to 8,000 bottles an hour.",
            "水、果汁或食用油，每小时1,000至8,000瓶。",
            "پانی، جوس یا تیل، 1,000 تا 8,000 بوتلیں فی گھنٹہ۔",
        ),
        city="wenzhou",
        moq=(1, "sets"),
        price=("4800", "38000"),
        days=45,
        certificates="CE",
    ),
    good(
        "842240",
        text("Wrapping machines", "包装机", "پیکنگ مشین"),
        text(
            "Flow-pack, shrink and sachet, 40 to 220 packs a minute.",
            "枕式、热缩与小袋包装，每分钟40至220包。",
            "فلو پیک، شرنک اور ساشے، 40 تا 220 پیکٹ فی منٹ۔",
        ),
        city="wenzhou",
        moq=(1, "sets"),
        price=("1900", "16000"),
        days=35,
        certificates="CE",
    ),
    good(
        "844316",
        text("Flexographic printing machines", "柔版印刷机", "فلیکسو پرنٹنگ مشین"),
        text(
            "Four to eight colours, film or paper, 80 to 150 m a minute.",
            "4至8色，薄膜或纸张，每分钟80至150米。",
            "چار تا آٹھ رنگ، فلم یا کاغذ، 80 تا 150 میٹر فی منٹ۔",
        ),
        city="wenzhou",
        moq=(1, "sets"),
        price=("24000", "88000"),
        days=60,
        certificates="CE",
    ),
)
