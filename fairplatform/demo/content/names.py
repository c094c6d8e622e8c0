"""Parts of company names that nobody can take for real: lattice and girih patterns, and words of the trade."""

from .text import Text, text

# Latin, Chinese and Urdu of window-lattice patterns; no factory has such a name.
LATTICES = (
    text("Bubujin", "步步锦", "بوبوجن"),
    text("Denglongjin", "灯笼锦", "ڈینگ لونگ جن"),
    text("Liujiaojin", "六角锦", "لیو جیاؤ جن"),
    text("Yunwenge", "云纹格", "یون وین گہ"),
    text("Haitangge", "海棠格", "ہائی تانگ گہ"),
    text("Wanzige", "万字格", "وان زی گہ"),
    text("Huiziwen", "回字纹", "ہوئی زی وین"),
    text("Ruyige", "如意格", "رو ای گہ"),
    text("Fangshengwen", "方胜纹", "فانگ شینگ وین"),
    text("Jingkouzi", "井口字", "جِنگ کو زی"),
    text("Liutiaoge", "柳条格", "لیو تیاؤ گہ"),
    text("Kuihuajin", "葵花锦", "کُوئے ہُواجِن"),
    text("Shizihaitang", "十字海棠", "شی زی ہائی تانگ"),
    text("Taofangjin", "套方锦", "تاؤ فانگ جن"),
    text("Gongzijin", "工字锦", "گونگ زی جن"),
    text("Panchangge", "盘长格", "پان چانگ گہ"),
)

# Names of girih patterns and of the work in wood, glass and tile that carries them.
GIRIHS = (
    text("Torange", "妥兰吉", "ترنج"),
    text("Shesh Band", "谢什班德", "شش بند"),
    text("Gereh", "格雷赫", "گرہ"),
    text("Tabl", "塔布尔", "طبل"),
    text("Munabbat", "穆纳巴特", "منبت"),
    text("Muqarnas", "穆卡纳斯", "مقرنس"),
    text("Islimi", "伊斯利米", "اسلیمی"),
    text("Mehrab", "梅赫拉布", "محراب"),
    text("Jharoka", "贾罗卡", "جھروکہ"),
    text("Shamsa", "沙姆萨", "شمسہ"),
    text("Kashi", "卡希", "کاشی"),
    text("Naqsh", "纳克什", "نقش"),
    text("Parchin", "帕尔钦", "پرچین"),
    text("Gul Band", "古尔班德", "گل بند"),
    text("Hasht Pahlu", "哈什特", "ہشت پہلو"),
)

TRADES: dict[str, Text] = {
    "tools": text("Tools", "工具", "ٹولز"),
    "hardware": text("Hardware", "五金", "ہارڈ ویئر"),
    "locks": text("Locks", "锁业", "لاکس"),
    "valves": text("Valves", "阀门", "والوز"),
    "pumps": text("Pumps", "泵业", "پمپس"),
    "electric": text("Electric", "电器", "الیکٹرک"),
    "motors": text("Motors", "电机", "موٹرز"),
    "machinery": text("Machinery", "机械", "مشینری"),
    "energy": text("New Energy", "新能源", "نیو انرجی"),
    "fasteners": text("Fasteners", "紧固件", "فاسٹنرز"),
    "houseware": text("Houseware", "家居用品", "ہاؤس ویئر"),
    "import-export": text("Import & Export", "进出口", "امپورٹ ایکسپورٹ"),
}

# What a factory of each hall calls its trade; a trading company is always import and export.
HALL_TRADES = {
    "hand-tools": ("tools", "hardware"),
    "power-tools": ("tools", "machinery"),
    "locks": ("locks", "hardware"),
    "fasteners": ("fasteners", "hardware"),
    "valves": ("valves", "hardware"),
    "pumps": ("pumps", "motors"),
    "electrical": ("electric",),
    "solar": ("energy", "electric"),
    "machine-tools": ("machinery",),
    "plastics": ("machinery",),
    "sewing": ("machinery",),
    "household": ("houseware", "electric"),
}

EXHIBITOR_FORM = text(
    "{city} {stem} {trade} Co., Ltd. (Demo)", "{city}市{stem}{trade}有限公司", "{city} {stem} {trade}"
)
BUYER_FORM = text("{stem}{line} {word} (Demo)", "{stem}{line}{word}", "{stem}{line} {word}")

LINES: dict[str, Text] = {
    "hardware": text(" Hardware", "五金", " ہارڈ ویئر"),
    "electric": text(" Electric", "电器", " الیکٹرک"),
    "machinery": text(" Machinery", "机械", " مشینری"),
    "sanitary": text(" Sanitary", "卫浴", " سینیٹری"),
    "": text("", "", ""),
}

HOUSES: dict[str, Text] = {
    "traders": text("Traders", "贸易行", "ٹریڈرز"),
    "sons": text("& Sons", "父子商行", "اینڈ سنز"),
    "brothers": text("Brothers", "兄弟商行", "برادرز"),
    "enterprises": text("Enterprises", "实业公司", "انٹرپرائزز"),
    "impex": text("Impex", "进出口公司", "امپیکس"),
    "industries": text("Industries (Pvt) Ltd", "工业（私人）有限公司", "انڈسٹریز"),
    "engineering": text("Engineering Works", "制造厂", "انجینئرنگ ورکس"),
}
