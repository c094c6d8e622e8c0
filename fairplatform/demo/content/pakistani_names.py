"""Common Pakistani names in three scripts; titles that are part of a name are kept."""

from .text import Text, text

# The names of eight leading people; the first is the persona buyer.
NAMED = (
    ("mr", text("Muhammad Usman Sheikh", "穆罕默德·奥斯曼·谢赫", "محمد عثمان شیخ")),
    ("ms", text("Ayesha Malik", "阿伊莎·马利克", "عائشہ ملک")),
    ("mr", text("Mian Tariq Javed", "米安·塔里克·贾韦德", "میاں طارق جاوید")),
    ("mr", text("Hafiz Bilal Ahmad", "哈菲兹·比拉勒·艾哈迈德", "حافظ بلال احمد")),
    ("ms", text("Sana Iqbal", "萨娜·伊克巴尔", "ثنا اقبال")),
    ("mr", text("Rana Imran Ali", "拉纳·伊姆兰·阿里", "رانا عمران علی")),
    ("mr", text("Khurram Shahzad Butt", "胡拉姆·沙赫扎德·布特", "خرم شہزاد بٹ")),
    ("ms", text("Zainab Qureshi", "泽纳布·库雷希", "زینب قریشی")),
)

GIVEN: tuple[tuple[str, Text], ...] = (
    ("mr", text("Adeel", "阿迪勒", "عدیل")),
    ("mr", text("Waqas", "瓦卡斯", "وقاص")),
    ("mr", text("Faizan", "费赞", "فیضان")),
    ("ms", text("Sadia", "萨迪娅", "سعدیہ")),
    ("mr", text("Kashif", "卡西夫", "کاشف")),
    ("mr", text("Hamza", "哈姆扎", "حمزہ")),
    ("mr", text("Zeeshan", "齐尚", "ذیشان")),
    ("mr", text("Nadeem", "纳迪姆", "ندیم")),
    ("ms", text("Amna", "阿姆娜", "آمنہ")),
    ("mr", text("Farhan", "法尔汗", "فرحان")),
    ("mr", text("Arslan", "阿尔斯兰", "ارسلان")),
    ("mr", text("Haris", "哈里斯", "حارث")),
    ("mr", text("Rehan", "雷汉", "ریحان")),
    ("ms", text("Rabia", "拉比娅", "رابعہ")),
    ("mr", text("Talha", "塔勒哈", "طلحہ")),
    ("mr", text("Noman", "诺曼", "نعمان")),
    ("mr", text("Saad", "萨阿德", "سعد")),
    ("mr", text("Shahzaib", "沙赫扎伊布", "شاہ زیب")),
    ("mr", text("Mudassar", "穆达萨尔", "مدثر")),
)

MIDDLE: tuple[Text, ...] = (
    text("Ahmad", "艾哈迈德", "احمد"),
    text("Raza", "拉扎", "رضا"),
    text("Hussain", "侯赛因", "حسین"),
    text("Mahmood", "马哈茂德", "محمود"),
    text("Nawab", "纳瓦布", "نواب"),
    text("Aslam", "阿斯拉姆", "اسلم"),
    text("Latif", "拉蒂夫", "لطیف"),
)

FAMILY: tuple[Text, ...] = (
    text("Chaudhry", "乔杜里", "چودھری"),
    text("Mirza", "米尔扎", "مرزا"),
    text("Ansari", "安萨里", "انصاری"),
    text("Siddiqui", "西迪基", "صدیقی"),
    text("Bhatti", "巴蒂", "بھٹی"),
    text("Paracha", "帕拉查", "پراچہ"),
    text("Rathore", "拉索尔", "راٹھور"),
    text("Lodhi", "洛迪", "لودھی"),
    text("Awan", "阿万", "اعوان"),
    text("Warraich", "瓦赖奇", "وڑائچ"),
    text("Khokhar", "霍卡尔", "کھوکھر"),
)
