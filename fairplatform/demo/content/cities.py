"""The cities of the exhibitors and buyers, and the markets that stand for a house address."""

from dataclasses import dataclass

from .text import Text, said


@dataclass(frozen=True)
class City:
    """A city as the reports count it; `district` is the prefecture (China) or the twin-city area (Pakistan)."""

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
        said("Yongkang", "永康", "یونگ کانگ"),
        (said("Yongkang Hardware City, Zhejiang", "浙江永康五金城", "یونگ کانگ ہارڈ ویئر سٹی، ژے جیانگ"),),
    ),
    City(
        "yiwu",
        "CN",
        "jinhua",
        said("Yiwu", "义乌", "یی وو"),
        (said("Yiwu International Trade City, Zhejiang", "浙江义乌国际商贸城", "یی وو انٹرنیشنل ٹریڈ سٹی، ژے جیانگ"),),
    ),
    City(
        "jinhua",
        "CN",
        "jinhua",
        said("Jinhua", "金华", "جن ہوا"),
        (said("Jinhua, Zhejiang", "浙江金华", "جن ہوا، ژے جیانگ"),),
    ),
    City(
        "ningbo",
        "CN",
        "ningbo",
        said("Ningbo", "宁波", "ننگ بو"),
        (said("Cixi, Ningbo, Zhejiang", "浙江宁波慈溪", "تسی شی، ننگ بو، ژے جیانگ"),),
    ),
    City(
        "wenzhou",
        "CN",
        "wenzhou",
        said("Wenzhou", "温州", "وین ژو"),
        (said("Liushi, Yueqing, Wenzhou, Zhejiang", "浙江温州乐清柳市", "لیو شی، یوئے چنگ، وین ژو، ژے جیانگ"),),
    ),
    City(
        "taizhou",
        "CN",
        "taizhou",
        said("Taizhou", "台州", "تائی ژو"),
        (
            said("Yuhuan, Taizhou, Zhejiang", "浙江台州玉环", "یو ہوان، تائی ژو، ژے جیانگ"),
            said("Wenling, Taizhou, Zhejiang", "浙江台州温岭", "وین لنگ، تائی ژو، ژے جیانگ"),
        ),
    ),
    City(
        "hangzhou",
        "CN",
        "hangzhou",
        said("Hangzhou", "杭州", "ہانگ ژو"),
        (said("Hangzhou, Zhejiang", "浙江杭州", "ہانگ ژو، ژے جیانگ"),),
    ),
    City(
        "lahore",
        "PK",
        "lahore",
        said("Lahore", "拉合尔", "لاہور"),
        (
            said("Brandreth Road, Lahore", "拉合尔布兰德雷斯路", "برانڈرتھ روڈ، لاہور"),
            said("Shah Alam Market, Lahore", "拉合尔沙阿拉姆市场", "شاہ عالم مارکیٹ، لاہور"),
        ),
    ),
    City(
        "karachi",
        "PK",
        "karachi",
        said("Karachi", "卡拉奇", "کراچی"),
        (
            said("Jodia Bazaar, Karachi", "卡拉奇乔迪亚市场", "جوڑیا بازار، کراچی"),
            said("Shershah, Karachi", "卡拉奇谢尔沙", "شیر شاہ، کراچی"),
        ),
    ),
    City(
        "gujranwala",
        "PK",
        "gujranwala",
        said("Gujranwala", "古杰兰瓦拉", "گوجرانوالہ"),
        (said("G.T. Road, Gujranwala", "古杰兰瓦拉大干道", "جی ٹی روڈ، گوجرانوالہ"),),
    ),
    City(
        "faisalabad",
        "PK",
        "faisalabad",
        said("Faisalabad", "费萨拉巴德", "فیصل آباد"),
        (said("Jhang Bazaar, Faisalabad", "费萨拉巴德章格市场", "جھنگ بازار، فیصل آباد"),),
    ),
    City(
        "sialkot",
        "PK",
        "sialkot",
        said("Sialkot", "锡亚尔科特", "سیالکوٹ"),
        (said("Small Industrial Estate, Sialkot", "锡亚尔科特小型工业区", "سمال انڈسٹریل اسٹیٹ، سیالکوٹ"),),
    ),
    City(
        "islamabad",
        "PK",
        "islamabad",
        said("Islamabad", "伊斯兰堡", "اسلام آباد"),
        (said("Blue Area, Islamabad", "伊斯兰堡蓝区", "بلیو ایریا، اسلام آباد"),),
    ),
    City(
        "rawalpindi",
        "PK",
        "islamabad",
        said("Rawalpindi", "拉瓦尔品第", "راولپنڈی"),
        (said("Rawalpindi, Punjab", "旁遮普省拉瓦尔品第", "راولپنڈی، پنجاب"),),
    ),
)

CITY = {city.key: city for city in CITIES}
ZONE = {"CN": "Asia/Shanghai", "PK": "Asia/Karachi"}
