"""The cities of exhibitors and buyers, and the markets that are used as addresses."""

from dataclasses import dataclass

from .text import Text, text


@dataclass(frozen=True)
class City:
    """A city; `district` is the prefecture (China) or the twin-city area (Pakistan) that statistics count it in."""

    key: str
    country: str
    district: str
    name: Text
    addresses: tuple[Text, ...]


CITIES = (
    City(
        "yongkang",
        "CN",
        "jinhua",
        text("Yongkang", "永康", "یونگ کانگ"),
        (text("Yongkang Hardware City, Zhejiang", "浙江永康五金城", "یونگ کانگ ہارڈ ویئر سٹی، ژے جیانگ"),),
    ),
    City(
        "yiwu",
        "CN",
        "jinhua",
        text("Yiwu", "义乌", "یی وو"),
        (text("Yiwu International Trade City, Zhejiang", "浙江义乌国际商贸城", "یی وو انٹرنیشنل ٹریڈ سٹی، ژے جیانگ"),),
    ),
    City(
        "jinhua",
        "CN",
        "jinhua",
        text("Jinhua", "金华", "جنہوا"),
        (text("Jinhua, Zhejiang", "浙江金华", "جنہوا، ژے جیانگ"),),
    ),
    City(
        "ningbo",
        "CN",
        "ningbo",
        text("Ningbo", "宁波", "ننگ بو"),
        (text("Cixi, Ningbo, Zhejiang", "浙江宁波慈溪", "تسی شی، ننگ بو، ژے جیانگ"),),
    ),
    City(
        "wenzhou",
        "CN",
        "wenzhou",
        text("Wenzhou", "温州", "وین ژو"),
        (text("Liushi, Yueqing, Wenzhou, Zhejiang", "浙江温州乐清柳市", "لیو شی، یوئے چنگ، وین ژو، ژے جیانگ"),),
    ),
    City(
        "taizhou",
        "CN",
        "taizhou",
        text("Taizhou", "台州", "تائی ژو"),
        (
            text("Yuhuan, Taizhou, Zhejiang", "浙江台州玉环", "یو ہوان، تائی ژو، ژے جیانگ"),
            text("Wenling, Taizhou, Zhejiang", "浙江台州温岭", "وین لنگ، تائی ژو، ژے جیانگ"),
        ),
    ),
    City(
        "hangzhou",
        "CN",
        "hangzhou",
        text("Hangzhou", "杭州", "ہانگ ژو"),
        (text("Hangzhou, Zhejiang", "浙江杭州", "ہانگ ژو، ژے جیانگ"),),
    ),
    City(
        "lahore",
        "PK",
        "lahore",
        text("Lahore", "拉合尔", "لاہور"),
        (
            text("Brandreth Road, Lahore", "拉合尔布兰德雷斯路", "برانڈرتھ روڈ، لاہور"),
            text("Shah Alam Market, Lahore", "拉合尔沙阿拉姆市场", "شاہ عالم مارکیٹ، لاہور"),
        ),
    ),
    City(
        "karachi",
        "PK",
        "karachi",
        text("Karachi", "卡拉奇", "کراچی"),
        (
            text("Jodia Bazaar, Karachi", "卡拉奇乔迪亚市场", "جوڑیا بازار، کراچی"),
            text("Shershah, Karachi", "卡拉奇谢尔沙", "شیر شاہ، کراچی"),
        ),
    ),
    City(
        "gujranwala",
        "PK",
        "gujranwala",
        text("Gujranwala", "古杰兰瓦拉", "گوجرانوالہ"),
        (text("G.T. Road, Gujranwala", "古杰兰瓦拉大干道", "جی ٹی روڈ، گوجرانوالہ"),),
    ),
    City(
        "faisalabad",
        "PK",
        "faisalabad",
        text("Faisalabad", "费萨拉巴德", "فیصل آباد"),
        (text("Jhang Bazaar, Faisalabad", "费萨拉巴德章格市场", "جھنگ بازار، فیصل آباد"),),
    ),
    City(
        "sialkot",
        "PK",
        "sialkot",
        text("Sialkot", "锡亚尔科特", "سیالکوٹ"),
        (text("Small Industrial Estate, Sialkot", "锡亚尔科特小型工业区", "سمال انڈسٹریل اسٹیٹ، سیالکوٹ"),),
    ),
    City(
        "islamabad",
        "PK",
        "islamabad",
        text("Islamabad", "伊斯兰堡", "اسلام آباد"),
        (text("Blue Area, Islamabad", "伊斯兰堡蓝区", "بلیو ایریا، اسلام آباد"),),
    ),
    City(
        "rawalpindi",
        "PK",
        "islamabad",
        text("Rawalpindi", "拉瓦尔品第", "راولپنڈی"),
        (text("Rawalpindi, Punjab", "旁遮普省拉瓦尔品第", "راولپنڈی، پنجاب"),),
    ),
)

CITY = {city.key: city for city in CITIES}
ZONE = {"CN": "Asia/Shanghai", "PK": "Asia/Karachi"}
