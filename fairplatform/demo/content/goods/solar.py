"""Hall 8: solar, storage and lighting."""

from fairplatform.demo.content.text import text

from .good import good

GOODS = (
    good(
        "854143",
        text("Photovoltaic modules", "光伏组件", "سولر پینل"),
        text(
            "445 to 585 W, mono, half-cell, 12-year product warranty.",
            "单晶半片445至585 W，产品质保12年。",
            "445 تا 585 واٹ، مونو، ہاف سیل، 12 سال کی پروڈکٹ وارنٹی۔",
        ),
        city="jinhua",
        moq=(1, "40'HQ"),
        price=("0.10", "0.22"),
        price_unit="W",
        days=30,
        certificates="IEC 61215, IEC 61730",
    ),
    good(
        "850440",
        text("Solar inverters 3–10 kW", "光伏逆变器（3–10 kW）", "سولر انورٹر 3 تا 10 کلو واٹ"),
        text(
            "Hybrid or grid-tied, two trackers, IP21 or IP65.",
            "离并网一体或并网型，双路MPPT，IP21或IP65。",
            "ہائبرڈ یا آن گرڈ، دو ٹریکر، اندرونی یا بیرونی تنصیب۔",
        ),
        city="hangzhou",
        moq=(50, "pcs"),
        price=("95.00", "780.00"),
        days=35,
        certificates="IEC 62109, CE",
    ),
    good(
        "850760",
        text("Lithium battery packs", "锂电池组", "لیتھیم بیٹری"),
        text(
            "48 V, 100 or 200 Ah, iron phosphate, 6,000 cycles.",
            "48 V，100或200 Ah，磷酸铁锂，循环6,000次。",
            "48 وولٹ، 100 یا 200 ایمپیئر آور، آئرن فاسفیٹ، 6,000 سائیکل۔",
        ),
        city="ningbo",
        moq=(20, "pcs"),
        price=("180", "1450"),
        days=40,
        certificates="IEC 62619, UN 38.3",
    ),
    good(
        "853952",
        text("LED bulbs", "LED球泡灯", "ایل ای ڈی بلب"),
        text(
            "5 to 18 W, B22 or E27, work on 90 to 265 V.",
            "5至18 W，B22或E27灯头，90至265 V宽压。",
            "5 تا 18 واٹ، پن یا چوڑی والا ہولڈر، 90 تا 265 وولٹ۔",
        ),
        city="ningbo",
        moq=(10000, "pcs"),
        price=("0.35", "1.40"),
        days=25,
        certificates="RoHS",
        ask="PSQCA, NEECA",
    ),
    good(
        "940541",
        text("Solar street lights", "太阳能路灯", "سولر اسٹریٹ لائٹ"),
        text(
            "40 to 200 W, all-in-one, run for two nights in rainy weather.",
            "40至200 W一体式，阴雨天可续航两晚。",
            "40 تا 200 واٹ، آل اِن ون، ابر آلود موسم میں بھی دو راتیں چلتی ہے۔",
        ),
        city="ningbo",
        moq=(100, "sets"),
        price=("26.00", "140.00"),
        days=30,
        certificates="CE, IP65",
    ),
    good(
        "940542",
        text("LED floodlights", "LED投光灯", "ایل ای ڈی فلڈ لائٹ"),
        text(
            "10 to 400 W, die-cast aluminium, 100 lm/W.",
            "10至400 W，压铸铝外壳，每瓦100流明。",
            "10 تا 400 واٹ، ڈائی کاسٹ ایلومینیم، 100 لیومن فی واٹ۔",
        ),
        city="ningbo",
        moq=(1000, "pcs"),
        price=("3.20", "28.00"),
        days=30,
        certificates="CE, RoHS",
    ),
    good(
        "851310",
        text("Rechargeable torches", "充电手电筒", "چارجنگ ٹارچ"),
        text(
            "Lead-acid or lithium, 3 to 10 W, side lamp, mains charger.",
            "铅酸或锂电，3至10 W，带侧灯与充电器。",
            "لیڈ ایسڈ یا لیتھیم بیٹری، 3 تا 10 واٹ، سائیڈ لائٹ، چارجر سمیت۔",
        ),
        city="yiwu",
        moq=(3000, "pcs"),
        price=("1.20", "5.50"),
        days=25,
        certificates="RoHS",
    ),
)
