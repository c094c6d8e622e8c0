"""Words beside the names of goods, in three languages: what goods are made of or for, who makes them, and where."""

from functools import cache

from django.utils.translation import override

from fairplatform.accounts.locations import NAMED_PLACE_CHOICES, country_name
from fairplatform.i18n.text import in_every_language

from .search_words import HAN, folded, stem

# Words of one meaning: who types one finds the others.
_OF_ONE_MEANING = (
    ("solar", "太阳能", "光伏", "سولر", "شمسی"),
    ("kitchen", "厨房", "کچن", "باورچی"),
    ("bathroom", "卫浴", "浴室", "باتھ"),
    ("household", "家用", "گھریلو"),
    ("electric", "电动", "الیکٹرک", "برقی"),
    ("stainless", "不锈钢", "سٹینلیس"),
    ("brass", "黄铜", "پیتل"),
    ("copper", "紫铜", "تانبا"),
    ("aluminium", "aluminum", "铝合金", "ایلومینیم"),
    ("plastic", "塑料", "پلاسٹک"),
    ("rubber", "橡胶", "ربڑ"),
    ("glass", "玻璃", "شیشہ"),
)
# Of trade, in Chinese: what stands beside the goods in the names of companies and in what buyers ask for.
_CHINESE = (
    "中国 巴基斯坦 浙江 浙江省 江苏 广东 福建 山东 上海 旁遮普 信德 "
    "工厂 厂家 厂商 公司 有限公司 企业 集团 商行 供应商 生产商 制造商 生产企业 贸易公司 经销商 "
    "代理商 进口商 出口商 批发商 零售商 批发 零售 出口 进口 采购 供应 生产 制造 加工 定制 代理 "
    "经销 贸易 行业 产品 设备 机械 配件 五金 工具 电器 电气 手动 气动 自动 全自动 工业 商用 户外 "
    "碳钢 钢铁 铸铁 锌合金 尼龙 陶瓷 木质 锂电"
)
# What one says of a company beside its goods: of its country (ISO 3166), and that it makes them.
_OF_COUNTRIES = {
    "AE": "emirati اماراتی", "AF": "afghan افغان افغانی", "AU": "australian آسٹریلوی", "BD": "bangladeshi بنگلادیشی",
    "BR": "brazilian برازیلی برازیلین", "CA": "canadian کینیڈین", "CN": "chinese چینی چائنیز چائنا چائنہ",
    "DE": "german جرمن", "EG": "egyptian مصری", "ES": "spanish ہسپانوی", "ET": "ethiopian ایتھوپیائی",
    "FR": "french فرانسیسی", "GB": "british برطانوی", "ID": "indonesian انڈونیشی انڈونیشیائی",
    "IN": "indian بھارتی انڈین", "IQ": "iraqi عراقی", "IR": "iranian ایرانی", "IT": "italian اطالوی",
    "JO": "jordanian اردنی", "JP": "japanese جاپانی", "KE": "kenyan کینیائی", "KR": "korean کورین کوریائی",
    "KW": "kuwaiti کویتی", "KZ": "kazakh قازق", "LK": "lankan لنکن", "MY": "malaysian ملائیشین ملائیشیائی",
    "NG": "nigerian نائیجیرین", "NP": "nepali نیپالی", "OM": "omani عمانی", "PK": "pakistani پاکستانی",
    "QA": "qatari قطری", "RU": "russian روسی", "SA": "saudi سعودی", "TH": "thai تھائی", "TJ": "tajik تاجک",
    "TR": "turkish ترک ترکی ترکش", "TZ": "tanzanian تنزانیائی", "UA": "ukrainian یوکرینی", "US": "american امریکی",
    "UZ": "uzbek ازبک", "VN": "vietnamese ویتنامی",
}  # fmt: skip
_MAKING = "make makes making made producer producing manufacturing بنانے بناتے بناتی ساز"
_MAKER = "factory"  # every company that makes goods is found by it
# They join words and are of no goods.
_PARTICLES = (
    "a an and at by for from in of on or that the to which who with "
    "کا کی کے کو سے میں پر اور برائے والا والے والی "
    "的 和 与 及"
)  # fmt: skip
# Beside a number they say how much, not of what.
_UNITS = (
    "mm cm m kg g l ml w kw mw v kv a ah mah hz rpm hp bar inch inches ton tons tonne tonnes pcs set sets "
    "millimetre millimetres centimetre centimetres metre metres litre litres kilogram kilograms gram grams watt watts "
    "volt volts amp amps amperes kilowatt megawatt "
    "毫米 厘米 米 英寸 寸 克 千克 公斤 吨 升 毫升 瓦 千瓦 兆瓦 伏 千伏 安 安时 赫兹 马力 件 套 "
    "ملی میٹر سینٹی انچ کلو گرام کلوگرام ٹن لیٹر واٹ کلوواٹ میگاواٹ وولٹ ایمپیئر ہارس پاور عدد تا "
)


@cache
def units() -> frozenset[str]:
    """What goods are measured in; folded."""
    return frozenset(folded(_UNITS).split())


@cache
def particles() -> frozenset[str]:
    """What a query is not sought by where it has other words; folded."""
    return frozenset(folded(_PARTICLES).split())


@cache
def chinese() -> frozenset[str]:
    """Words of trade and names of listed places, in Chinese."""
    places = [folded(name) for _key, place in NAMED_PLACE_CHOICES for name in in_every_language(place)]
    alike = [word for words in _OF_ONE_MEANING for word in words]
    return frozenset(word for word in (*places, *alike, *_CHINESE.split()) if HAN.fullmatch(word))


def of_one_meaning(word: str) -> tuple[str, ...]:
    """Other words, folded, for what a folded one says."""
    return tuple(other for other in _alike().get(stem(word), ()) if stem(other) != stem(word))


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    return {stem(folded(word)): tuple(map(folded, words)) for words in _OF_ONE_MEANING for word in words}


def meant(word: str) -> str:
    """What a folded word says of a company as a name in English: `china` for Chinese. Else empty.

    By itself such a word is as often of goods: چینی is sugar and china too.
    """
    return _meant().get(stem(word), "")


@cache
def _meant() -> dict[str, str]:
    found = {stem(word): _MAKER for word in folded(_MAKING).split()}
    with override("en"):
        names = {code: folded(country_name(code)) for code in _OF_COUNTRIES}
    return found | {stem(word): names[code] for code, words in _OF_COUNTRIES.items() for word in folded(words).split()}
