"""The sentences a company's story is put together from."""

from .text import Text, text

EXHIBITOR: dict[str, Text] = {
    "manufacturer": text(
        "Our factory was founded in {city} in {year} and employs {people} people.",
        "本厂{year}年创立于{city}，现有员工{people}人。",
        "ہماری فیکٹری {year} میں {city} میں قائم ہوئی اور یہاں {people} افراد کام کرتے ہیں۔",
    ),
    "trader": text(
        "A trading company in {city} since {year}, with a team of {people}; "
        "we buy from several factories and ship mixed containers.",
        "公司{year}年成立于{city}，团队{people}人，与多家工厂合作，可拼柜发货。",
        "{city} میں {year} سے قائم ٹریڈنگ کمپنی، {people} افراد کی ٹیم؛ ہم کئی فیکٹریوں کا مال خرید کر ایک ہی "
        "کنٹینر میں بھیجتے ہیں۔",
    ),
    "both": text(
        "Founded in {city} in {year}, we make our main products ourselves and "
        "source the rest of each order; we employ {people} people.",
        "公司{year}年创立于{city}，主营产品自产，配套产品代采，现有员工{people}人。",
        "ہماری کمپنی {year} میں {city} میں قائم ہوئی۔ اہم مصنوعات ہم خود بناتے ہیں اور آرڈر کا باقی مال "
        "دوسروں سے لیتے ہیں؛ یہاں {people} افراد کام کرتے ہیں۔",
    ),
}

NEW_TO_PAKISTAN = text(
    "We have not sold to Pakistan before and are looking for our first partner there.",
    "尚未进入巴基斯坦市场，希望寻找首个合作伙伴。",
    "ہم نے اب تک پاکستان میں مال نہیں بیچا اور وہاں اپنے پہلے پارٹنر کی تلاش میں ہیں۔",
)
KNOWS_PAKISTAN = text(
    "We have shipped to Pakistan for {years} years, mostly to Karachi.",
    "对巴基斯坦出口已有{years}年，货物主要发往卡拉奇。",
    "ہم {years} سال سے پاکستان مال بھیج رہے ہیں، زیادہ تر کراچی کے راستے۔",
)

BUYER: dict[str, Text] = {
    "importer_wholesaler": text(
        "Importers and wholesalers in {city} since {year}; we supply {people} shops.",
        "{year}年起在{city}从事进口批发，向{people}家店铺供货。",
        "{city} میں {year} سے درآمد اور تھوک کا کام؛ ہم {people} دکانوں کو مال دیتے ہیں۔",
    ),
    "distributor_agent": text(
        "Distributors and agents in {city} since {year}, with {people} dealers in our network.",
        "{year}年起在{city}从事经销代理，旗下有{people}家分销商。",
        "{city} میں {year} سے ڈسٹری بیوشن اور ایجنسی کا کام؛ ہمارے نیٹ ورک میں {people} ڈیلر ہیں۔",
    ),
    "manufacturer": text(
        "A factory in {city} since {year} with {people} workers; we buy machines, parts and materials.",
        "{year}年设厂于{city}，员工{people}人，采购机器、零件与材料。",
        "{city} میں {year} سے قائم فیکٹری، {people} کارکن؛ ہم مشینیں، پرزے اور خام مال خریدتے ہیں۔",
    ),
    "retail_chain": text(
        "A retail chain based in {city}, founded in {year}, serving {people} families a day.",
        "{city}连锁零售企业，{year}年创立，每天服务{people}户家庭。",
        "{city} کی ریٹیل چین، {year} میں قائم، روزانہ {people} گھرانے یہاں سے خریداری کرتے ہیں۔",
    ),
    "contractor": text(
        "Contractors in {city} since {year}; our team of {people} builds and fits out housing and factories.",
        "{year}年起在{city}承包工程，{people}人团队承接住宅与厂房项目。",
        "{city} میں {year} سے کنٹریکٹنگ کا کام؛ ہماری {people} افراد کی ٹیم رہائشی اور صنعتی منصوبے مکمل کرتی ہے۔",
    ),
    "association_group": text(
        "A buying group in {city}, formed in {year}, with {people} members ordering together.",
        "{city}联合采购组织，{year}年成立，{people}家会员统一采购。",
        "{city} کا مشترکہ خریداری گروپ، {year} میں قائم؛ {people} ارکان مل کر آرڈر دیتے ہیں۔",
    ),
}

WANTS = text(
    "At this fair we are looking for products in these sectors: {halls}.",
    "本次展会重点采购品类：{halls}。",
    "اس نمائش میں ہماری ضرورت: {halls}۔",
)

MEMORANDUM = text(
    "Sole distribution in Punjab for two years; the parties expect 6,000 sets a year. No obligation to buy.",
    "旁遮普省独家经销两年，双方预计每年6,000套；不构成购买义务。",
    "پنجاب میں دو سال کے لیے سول ڈسٹری بیوشن؛ فریقین کو سالانہ 6,000 سیٹ کی توقع ہے۔ خریداری لازم نہیں۔",
)
