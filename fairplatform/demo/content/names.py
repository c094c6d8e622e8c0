"""Company names that are plainly invented: stems of lattice and girih patterns, and the words of the trade."""

from .text import Text, said

# Latin, Chinese and Urdu of window-lattice patterns; no factory bears them.
LATTICES = (
    said("Bubujin", "步步锦", "بوبوجن"),
    said("Denglongjin", "灯笼锦", "دینگ لونگ جن"),
    said("Guibeijin", "龟背锦", "گوئی بے جن"),
    said("Bingliewen", "冰裂纹", "بِنگ لیے وین"),
    said("Haitangge", "海棠格", "ہائی تانگ گے"),
    said("Wanzige", "万字格", "وان زی گے"),
    said("Huiziwen", "回字纹", "ہوئی زی وین"),
    said("Ruyige", "如意格", "رو ای گے"),
    said("Fangshengwen", "方胜纹", "فانگ شینگ وین"),
    said("Jingkouzi", "井口字", "جنگ کو زی"),
    said("Liutiaoge", "柳条格", "لیو تیاؤ گے"),
    said("Kuihuajin", "葵花锦", "کوئی ہوا جن"),
    said("Shizihaitang", "十字海棠", "شی زی ہائی تانگ"),
    said("Taofangjin", "套方锦", "تاؤ فانگ جن"),
    said("Guaizijin", "拐子锦", "گوائی زی جن"),
    said("Panchangge", "盘长格", "پان چانگ گے"),
)

# Names of girih patterns and of the work in wood, glass and tile that carries them.
GIRIHS = (
    said("Torange", "妥兰吉", "ترنج"),
    said("Shesh Band", "谢什班德", "شش بند"),
    said("Sormeh Dan", "苏尔梅丹", "سرمہ دان"),
    said("Tabl", "塔布尔", "طبل"),
    said("Panja", "潘贾", "پنجہ"),
    said("Jali", "贾利", "جالی"),
    said("Pinjra", "平杰拉", "پنجرہ"),
    said("Mehrab", "梅赫拉布", "محراب"),
    said("Jharoka", "贾罗卡", "جھروکہ"),
    said("Shamsa", "沙姆萨", "شمسہ"),
    said("Kashi", "卡希", "کاشی"),
    said("Naqsh", "纳克什", "نقش"),
    said("Chini Khana", "奇尼哈纳", "چینی خانہ"),
    said("Gul Band", "古尔班德", "گل بند"),
    said("Hasht Pahlu", "哈什特", "ہشت پہلو"),
)

TRADES: dict[str, Text] = {
    "tools": said("Tools", "工具", "ٹولز"),
    "hardware": said("Hardware", "五金", "ہارڈ ویئر"),
    "locks": said("Locks", "锁业", "لاکس"),
    "valves": said("Valves", "阀门", "والوز"),
    "pumps": said("Pumps", "泵业", "پمپس"),
    "electric": said("Electric", "电器", "الیکٹرک"),
    "motors": said("Motors", "电机", "موٹرز"),
    "machinery": said("Machinery", "机械", "مشینری"),
    "energy": said("New Energy", "新能源", "نیو انرجی"),
    "fasteners": said("Fasteners", "紧固件", "فاسٹنرز"),
    "houseware": said("Houseware", "家居用品", "ہاؤس ویئر"),
    "import-export": said("Import & Export", "进出口", "امپورٹ ایکسپورٹ"),
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

EXHIBITOR_FORM = said(
    "{city} {stem} {trade} Co., Ltd. (Demo)", "{city}市{stem}{trade}有限公司", "{city} {stem} {trade}"
)
BUYER_FORM = said("{stem}{line} {word} (Demo)", "{stem}{line}{word}", "{stem}{line} {word}")

LINES: dict[str, Text] = {
    "hardware": said(" Hardware", "五金", " ہارڈ ویئر"),
    "electric": said(" Electric", "电器", " الیکٹرک"),
    "machinery": said(" Machinery", "机械", " مشینری"),
    "sanitary": said(" Sanitary", "卫浴", " سینیٹری"),
    "": said("", "", ""),
}

HOUSES: dict[str, Text] = {
    "traders": said("Traders", "贸易行", "ٹریڈرز"),
    "sons": said("& Sons", "父子商行", "اینڈ سنز"),
    "brothers": said("Brothers", "兄弟公司", "برادرز"),
    "enterprises": said("Enterprises", "实业公司", "انٹرپرائزز"),
    "impex": said("Impex", "进出口公司", "امپیکس"),
    "industries": said("Industries (Pvt) Ltd", "工业（私人）有限公司", "انڈسٹریز"),
    "engineering": said("Engineering Works", "工程厂", "انجینئرنگ ورکس"),
}
