"""Common Pakistani names in three scripts; titles that belong to a name stay with it."""

from .text import Text, said

# Eight people the fair is introduced by; the first is the buyer a visitor may be.
NAMED = (
    ("mr", said("Muhammad Usman Sheikh", "穆罕默德·奥斯曼·谢赫", "محمد عثمان شیخ")),
    ("ms", said("Ayesha Malik", "阿伊莎·马利克", "عائشہ ملک")),
    ("mr", said("Mian Tariq Javed", "米安·塔里克·贾韦德", "میاں طارق جاوید")),
    ("mr", said("Hafiz Bilal Ahmad", "哈菲兹·比拉勒·艾哈迈德", "حافظ بلال احمد")),
    ("ms", said("Sana Iqbal", "萨娜·伊克巴尔", "ثنا اقبال")),
    ("mr", said("Rana Imran Ali", "拉纳·伊姆兰·阿里", "رانا عمران علی")),
    ("mr", said("Khurram Shahzad Butt", "胡拉姆·沙赫扎德·布特", "خرم شہزاد بٹ")),
    ("ms", said("Zainab Qureshi", "泽纳布·库雷希", "زینب قریشی")),
)

GIVEN: tuple[tuple[str, Text], ...] = (
    ("mr", said("Adeel", "阿迪勒", "عدیل")),
    ("mr", said("Waqas", "瓦卡斯", "وقاص")),
    ("mr", said("Faizan", "费赞", "فیضان")),
    ("ms", said("Sadia", "萨迪娅", "سعدیہ")),
    ("mr", said("Kashif", "卡西夫", "کاشف")),
    ("mr", said("Hamza", "哈姆扎", "حمزہ")),
    ("mr", said("Zeeshan", "齐尚", "ذیشان")),
    ("mr", said("Nadeem", "纳迪姆", "ندیم")),
    ("ms", said("Amna", "阿姆娜", "آمنہ")),
    ("mr", said("Farhan", "法尔汗", "فرحان")),
    ("mr", said("Arslan", "阿尔斯兰", "ارسلان")),
    ("mr", said("Haris", "哈里斯", "حارث")),
    ("mr", said("Rehan", "雷汉", "ریحان")),
    ("ms", said("Rabia", "拉比娅", "رابعہ")),
    ("mr", said("Talha", "塔勒哈", "طلحہ")),
    ("mr", said("Noman", "诺曼", "نعمان")),
    ("mr", said("Saad", "萨阿德", "سعد")),
    ("mr", said("Shahzaib", "沙赫扎伊布", "شاہ زیب")),
    ("mr", said("Mudassar", "穆达萨尔", "مدثر")),
)

MIDDLE: tuple[Text, ...] = (
    said("Ahmad", "艾哈迈德", "احمد"),
    said("Raza", "拉扎", "رضا"),
    said("Hussain", "侯赛因", "حسین"),
    said("Mahmood", "马哈茂德", "محمود"),
    said("Nawab", "纳瓦布", "نواب"),
    said("Aslam", "阿斯拉姆", "اسلم"),
    said("Latif", "拉蒂夫", "لطیف"),
)

FAMILY: tuple[Text, ...] = (
    said("Chaudhry", "乔杜里", "چودھری"),
    said("Mirza", "米尔扎", "مرزا"),
    said("Ansari", "安萨里", "انصاری"),
    said("Siddiqui", "西迪基", "صدیقی"),
    said("Bhatti", "巴蒂", "بھٹی"),
    said("Paracha", "帕拉查", "پراچہ"),
    said("Rathore", "拉索尔", "راٹھور"),
    said("Lodhi", "洛迪", "لودھی"),
    said("Awan", "阿万", "اعوان"),
    said("Warraich", "瓦赖奇", "وڑائچ"),
    said("Khokhar", "霍卡尔", "کھوکھر"),
)
