"""Words that no sentence on the screen may have, and what to say instead.

The code's own terms (docs/glossary.md) are another list: the code says notice, the screen notification.
"""

import re
from typing import NamedTuple


class WrongWord(NamedTuple):
    """A regular expression for a word that is always wrong here, in either case, and the right words."""

    pattern: re.Pattern[str]
    instead: str


def _wrong(*words: tuple[str, str]) -> tuple[WrongWord, ...]:
    return tuple(WrongWord(re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in words)


# By language. What is right in another sense (a product line, a long press) is excepted by the expression itself.
WRONG_WORDS = {
    "en": _wrong(
        (r"\bstat(?:e|es|ed|ing)\b", "record, submit; declared (a certificate)"),
        (r"(?<!product )(?<!assembly )\blines?\b", "connection"),
        (r"\bdiar(?:y|ies)\b|\bmy day\b", "schedule, My schedule"),
        (r"\bstands?\b", "will appear, is"),
        (r"\bto come\b", "upcoming"),
        (r"\bkinds?\b(?! regards)", "type"),
        (r"\bwho does it\b", "responsible company"),
        (r"\btype (?:the|your)\b", "enter"),
        (r"\bletters? (?:with|is)\b|\b(?:the|new) letter\b", "email, link"),
        (r"\be-mail\b", "email"),
        (r"\b(?:somebody|anybody|everybody|whoever)\b", "someone, anyone, everyone, or the role"),
        (r"\b(?:is|are|been) told\b", "notified"),
        (r"\bdemonstration\b", "demo"),
        (r"\binvented\b", "fictitious"),
        (r"\bfirms?\b", "company"),
        (r"\brounds?\b", "meeting"),
        (r"\brunning\b", "in progress"),
        (r"\bbegins?\b(?! with)|\bbegun\b", "start"),
        (r"\btries\b", "attempts"),
        (r"(?<!long )\bpress\b", "select"),
        (r"\binquir(?:y|ies)\b", "enquiry"),
        (r"\bnotices?\b", "notification"),
        (r"\b(?:its|our|their) people\b", "staff, users"),
        (r"\basks? (?:you|for)\b", "request"),
        (r"\b(?:the|your) fair (?:did|does|cannot)\b", "server, platform"),
        (r"\bdelegated organiser\b", "delegation organiser"),
        (r"\b40' containers?", "40' HQ container"),
        (r"(?<!…) [-–—] (?!…)", "full stop, comma or colon"),
    ),
    "zh-hans": _wrong(
        ("(?<!收款)账户|帐[号户]", "账号"),
        ("(?<!企)业主", "企业主"),
        ("下一步", "后续事项"),
        ("聊天", "在线沟通"),
        ("与展会的连接|连接展会|展会连接|线路", "平台连接、连接"),
        ("我方人员", "参展人员"),
        ("参加者", "参会人员"),
        ("逛展馆", "参观展馆"),
        ("晌礼", "午间礼拜"),
        ("银行开户", "提供收款账户"),
        ("拜访", "实地考察"),
        ("会议", "洽谈；洽谈室"),
        ("主办方", "组委会"),
        ("第三方语音", "以译员身份"),
        ("演示人物|演示身份|扮演", "演示用户"),
        ("重置", "重设"),
        ("登出|登陆", "登录、退出登录"),
        ("电子邮件|电子邮箱|e-?mail|信箱", "邮箱；邮件"),
        ("令牌|token", "链接"),
        ("和/或", "或"),
        ("重新加载|重新打开页面", "刷新页面"),
        ("稍候", "请稍后重试"),
        ("存储功能|脚本功能", "Cookie、JavaScript"),
        ("服务器未响应", "服务器没有响应"),
        (r"(?<!\d)\d+ ?轮|轮次|轮洽谈", "场"),
        ("买家|卖家|卖方|买方", "采购商、参展商"),
        ("你|咱们", "您"),
        ("虚拟", "虚构"),
        ("询价", "询盘"),
        ("（USD）", "（美元）"),
        ("无下一步|(?<!暂)无后续事项", "暂无后续事项"),
    ),
    "ur": _wrong(
        ("(?<!کاروباری )ملاقات", "میٹنگ"),
        ("متفق", "تصدیق شدہ"),
        ("نشست", "میٹنگ"),
        ("فریقِ? ?ثانی", "دوسرا فریق"),
        ("(?<![ء-ے])کمر[ہے](?![ء-ے])", "میٹنگ روم"),
        ("اَ?ن ?پڑھ[اےی]", "نیا پیغام، نئے پیغامات؛ پڑھنا باقی"),
        ("ای میل پت[ہےا]", "ای میل ایڈریس"),
        ("صارف", "یوزر، یوزر نیم"),
        ("دوبارہ مقرر", "ری سیٹ"),
        ("شریک ادار[ہے] کے نمائند", "چیمبر کے نمائندے"),
        ("اسٹال کا دفتر", "اسٹال کا انتظام"),
        ("کچھ دیر کے لیے دور", "ابھی موجود نہیں"),
        ("نمائش سے رابطہ", "سرور سے کنکشن"),
        ("تیسری آواز", "بطور ترجمان"),
        ("بینک میں اکاؤنٹ", "بینک کی تفصیلات"),
        ("بالائی حد", "زیادہ سے زیادہ کتنا"),
        ("شراکت دار", "پارٹنر"),
        ("ٹھیکے? ?دار", "کنٹریکٹر"),
        ("ریٹیل (?:اسٹورز کا )?سلسلہ", "ریٹیل چین"),
        ("دستی اوزار", "ہینڈ ٹولز"),
        ("[0-9] چکر", "آر پی ایم"),
        ("بوقتِ? نظر", "ایل سی ایٹ سائٹ"),
        ("واحد ڈسٹری بیوشن", "سول ڈسٹری بیوشن"),
        ("نمکین اسپرے", "سالٹ اسپرے"),
        ("وائر رسہ", "وائر روپ"),
        ("گرڈ سے جڑا", "آن گرڈ"),
        ("اطلاع دی جاتی|میٹنگ روم [^۔]*کھلتا ہے|ریکارڈ کیا جاتا", "اطلاع دی جائے گی، کھلے گا، ریکارڈ کیا جائے گا"),
        ("یقینی بنائیں کہ", "زیادہ سے زیادہ … لکھیں"),
        ("(?:درست|یہ|نئی) قدر(?![ء-ے])", "اندراج"),
        ("قابلِ ترتیب", "ایڈجسٹ ہونے والا"),
        ("چاہئ", "چاہیے، چاہییں"),
        (r"\b(?:FOB|CFR|CIF|CPT|DAP|DDP|EXW|FAS|FCA)\b", "ایف او بی، سی ایف آر، سی آئی ایف"),
        ("[0-9] ?%", "فیصد"),
        ("[يىكة]", "ی، ک، ہ"),
        ("(?<![ء-ے])ھے(?![ء-ے])", "ہے"),
    ),
}


def wrong_words(text: str, language: str) -> list[str]:
    """What is wrong in a text without placeholders and tags, as phrases: `says 业主 instead of 企业主`."""
    found = ((word, word.pattern.search(text)) for word in WRONG_WORDS[language])
    return [f"says {match.group()} instead of {word.instead}" for word, match in found if match]
