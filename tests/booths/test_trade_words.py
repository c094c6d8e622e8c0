"""The words by which traders ask for goods name the headings of these, in three languages."""

import re
from collections.abc import Iterator

import pytest

from booths import hs_codes
from booths.search import HAN, parse
from fairplatform.demo.plan.source import workbook
from fairplatform.i18n.text import fold
from fairplatform.workbook.fields import translated

LETTERS = re.compile(f"{HAN.pattern}|[^\\W\\d_\u3400-\u9fff]+")

# By heading, what people call its goods.
WORDS = {
    "8203": "pliers plier 钢丝钳 钳子 پلاس",
    "8204": "spanner spanners wrench 扳手 活动扳手 رنچ پانے",
    "8205": "hammer 羊角锤 锤子 screwdriver 螺丝刀 ہتھوڑا بانک vice",
    "8206": "toolkit 组套 ٹول",
    "9017": "vernier caliper calliper tape 游标卡尺 卡尺 卷尺 ورنیئر فیتہ",
    "8467": "drill grinder chainsaw 手电钻 角磨机 ڈرل گرائنڈر",
    "8424": "sprayer washer 喷雾器 高压清洗机 اسپرے",
    "8515": "welder 电焊机 ویلڈنگ",
    "8311": "electrodes 焊条 ویلڈنگ",
    "8207": "bits 麻花钻 钻头 برما",
    "8301": "padlock padlocks 挂锁 锁 تالا تالے لاک",
    "8302": "hinges handle castors 铰链 拉手 脚轮 قبضے ہینڈل",
    "8303": "safe 保险箱 تجوری",
    "7318": "bolts nuts screws washers 螺栓 螺母 自攻钉 垫圈 بولٹ نٹ پیچ واشر",
    "7317": "nails 圆钉 کیل",
    "7314": "mesh 焊接网 جالی",
    "7315": "chain 链条 زنجیر",
    "7307": "flange elbow 法兰 弯头 فلینج ایلبو",
    "7324": "sink 水槽 سنک",
    "8481": "tap faucet valve 水龙头 球阀 阀门 ٹوٹی ٹونٹی نل والو",
    "8419": "geyser heater 热水器 گیزر",
    "9026": "gauge 压力表 گیج",
    "8413": "pump tubewell 水泵 潜水泵 پمپ ٹیوب",
    "8414": "compressor fan 空气压缩机 空压机 风扇 کمپریسر پنکھا",
    "8501": "motor motors 电机 电动机 موٹر",
    "8502": "generator genset 发电机 جنریٹر",
    "8482": "bearing bearings 轴承 بیرنگ",
    "8483": "gearbox reducer 减速机 گیئر",
    "8425": "hoist jack 电动葫芦 ہوئسٹ جیک",
    "8536": "mcb breaker switch socket 断路器 开关 插座 接触器 بریکر سوئچ ساکٹ وال",
    "8537": "switchgear 配电箱 بورڈ",
    "8544": "cable wire 电线 电缆 کیبل تار",
    "9028": "meter 电能表 电表 میٹر",
    "9030": "multimeter 万用表 ملٹی",
    "8541": "solar 光伏组件 太阳能板 سولر",
    "8504": "inverter transformer 逆变器 变压器 انورٹر",
    "8507": "battery 锂电池 蓄电池 بیٹری",
    "8539": "bulb led 灯泡 بلب",
    "8513": "torch flashlight 手电筒 ٹارچ",
    "9405": "floodlight streetlight 路灯 投光灯 لائٹ",
    "8458": "lathe 车床 خراد",
    "8462": "press 折弯机 冲床 پریس",
    "8456": "laser 激光切割机 لیزر",
    "8477": "extruder 注塑机 吹瓶机 ایکسٹروڈر",
    "8422": "packing 包装机 灌装机 پیکنگ",
    "8480": "mould mold 模具 سانچہ",
    "8447": "embroidery 绣花机 针织机 کڑھائی ایمبرائیڈری",
    "8452": "sewing 缝纫机 平缝机 سلائی",
    "7321": "stove 燃气灶 چولہا",
    "7323": "cookware 锅具 برتن",
    "8211": "knife knives 菜刀 چھری",
    "8215": "cutlery spoon 餐具 چمچ",
    "8509": "blender juicer 榨汁机 بلینڈر جوسر",
    "8516": "iron kettle toaster 电水壶 熨斗 استری",
    "8423": "scale 电子秤 厨房秤 ترازو",
    "9018": "syringe forceps 注射器 手术钳 سرنج فورسپس",
    "9021": "orthopaedic implant 接骨板 امپلانٹ",
    "9022": "x-ray xray X光机 ایکسرے",
    "9019": "nebuliser nebulizer 雾化器 نیبولائزر",
    "9402": "bed 手术台 病床",
    "4015": "glove gloves 手套 دستانے",
    "3005": "bandage gauze 敷料 پٹی",
    "0402": "milk 奶粉 دودھ",
    "0802": "almond 核桃 开心果 بادام چلغوزہ",
    "0804": "mango dates 芒果 椰枣 آم کھجور",
    "0805": "kinnow orange 柑橘 کینو مالٹا",
    "0902": "tea 茶叶 绿茶 چائے",
    "0904": "chilli pepper 干辣椒 مرچ",
    "1006": "rice basmati 大米 چاول باسمتی",
    "1207": "sesame 芝麻 تل",
    "1507": "soybean 豆油 大豆油 سویا",
    "1511": "palm 棕榈油 پام",
    "1701": "sugar 白糖 چینی",
    "2501": "salt 盐 岩盐 نمک",
    "2523": "cement 水泥 سیمنٹ",
    "2710": "diesel petrol 柴油 机油 ڈیزل پٹرول",
    "2815": "caustic 烧碱 片碱 کاسٹک",
    "2836": "soda 纯碱 小苏打 سوڈا",
    "2941": "antibiotic 抗生素 اموکسی",
    "3002": "vaccine 疫苗 ویکسین",
    "3102": "urea 尿素 化肥 یوریا کھاد",
    "3105": "dap npk fertilizer fertiliser 化肥 复合肥 کھاد",
    "3204": "dye dyestuff 染料 ڈائی",
    "3901": "polyethylene ldpe 聚乙烯 塑料粒子 دانہ",
    "4107": "leather 皮革 牛皮革 چمڑا لیدر",
    "5201": "cotton 棉花 皮棉 روئی کپاس",
    "5205": "yarn 棉纱 سوتی دھاگہ یارن",
    "5208": "lawn 棉布 坯布 لان سوتی",
    "5209": "denim 牛仔布 ڈینم",
    "5407": "chiffon 雪纺 涤纶布 شیفون",
    "5503": "psf 涤纶短纤 فائبر",
    "6203": "jeans trousers 牛仔裤 西装 جینز پینٹ",
    "6214": "shawl dupatta 围巾 披肩 شال دوپٹہ",
    "4411": "mdf 密度板 ایم",
    "4802": "a4 复印纸 کاغذ",
    "7103": "emerald 宝石 یاقوت زمرد",
    "7403": "cathode 电解铜 تانبا پیتل",
    "7601": "ingot 铝锭 ایلومینیم",
    "8609": "container 集装箱 کنٹینر",
    "8806": "drone 无人机 ڈرون",
    "7204": "scrap 废钢 اسکریپ کباڑ",
    "7304": "seamless 钢管 不锈钢管 无缝钢管 پائپ",
    "7306": "welded 钢管 不锈钢管 焊管 镀锌管 پائپ",
    "0306": "seafood shrimp 海鲜 جھینگا",
    "0709": "vegetable 蔬菜 سبزی",
    "0810": "fruit 水果 پھل",
    "3004": "medicine 药 药品 دوا دوائی",
    "4407": "timber 木材 لکڑی",
    "6205": "garment apparel 服装 کپڑے",
    "6302": "towel bedsheet 毛巾 تولیہ تولیے بیڈ",
    "6403": "shoe 鞋子 جوتا",
}


@pytest.mark.parametrize(("heading", "word"), [(code, word) for code, words in WORDS.items() for word in words.split()])
def test_a_word_of_the_trade_names_its_heading(heading: str, word: str) -> None:
    [term] = parse(word).terms
    assert heading in term.codes


def test_every_product_of_the_demonstration_is_found_by_a_word_of_its_name_in_each_language() -> None:
    names = {
        (product["hs"][:4], language, name)
        for product in (row.values for row in workbook().rows["products"])
        for language, name in translated("name", product).items()
    }
    assert len(names) == 312
    assert [
        (heading, language, name)
        for heading, language, name in sorted(names)
        if not any(heading in hs_codes.headings_matching(word)[:20] for word in _words_of(name))
    ] == []


def _words_of(name: str) -> Iterator[str]:
    """The words of a name, without numbers; of a Chinese one also what each ends with: 毫米挂锁 is a 挂锁."""
    for word in LETTERS.findall(fold(name)):
        yield from (word[start:] for start in range(len(word))) if HAN.match(word) else (word,)


@pytest.mark.parametrize(
    ("word", "headings"),
    [
        ("نٹ", ("7318", "7415")),
        ("水泥", ("2523", "6810", "3816", "6808", "6811", "7317")),
        ("钢管", ("7304", "7305", "7306")),
        ("کھاد", ("3101", "3102", "3103", "3104", "3105")),
    ],
)
def test_a_word_names_no_heading_of_other_goods(word: str, headings: tuple[str, ...]) -> None:
    [term] = parse(word).terms
    assert term.codes == headings


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("كيل", "کیل"),
        ("پمپ", "پَمپ"),
        ("والو", "وال\u0640و"),
        ("پیچ\u200cکس", "پیچ-کس"),
        ("آئل", "ائل"),
        ("ﺑﺮﻣﺎ", "برما"),
        ("۸۳۰۱", "8301"),
        ("٨٣٠١", "8301"),
        ("اجزاء", "اجزا"),
        ("閥門", "阀门"),
        ("水龍頭", "水龙头"),
        ("ＰＡＤＬＯＣＫ", "padlock"),
        ("Café", "cafe"),
        ("T-Shirts", "t-shirt"),
    ],
)
def test_two_ways_to_write_a_word_are_one_query(typed: str, same: str) -> None:
    assert parse(typed) == parse(same)
