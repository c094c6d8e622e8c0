"""Words beside the names of goods, in three languages: what goods are made of or for, who makes them, and where."""

from functools import cache

from fairplatform.accounts.locations import NAMED_PLACE_CHOICES
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
# They join words and are of no goods.
_PARTICLES = (
    "a an and at by for from in of on or the to with "
    "کا کی کے کو سے میں پر اور برائے والا والے والی "
    "的 和 与 及"
)  # fmt: skip


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
