"""Positions as printed on a badge; the first four of the buyers' list count as chief executive."""

from .text import Text, text

POSITIONS: dict[str, Text] = {
    "chief_executive": text("Chief Executive", "首席执行官", "چیف ایگزیکٹو"),
    "managing_director": text("Managing Director", "董事总经理", "منیجنگ ڈائریکٹر"),
    "proprietor": text("Proprietor", "企业主", "پروپرائٹر"),
    "managing_partner": text("Managing Partner", "执行合伙人", "منیجنگ پارٹنر"),
    "procurement_manager": text("Procurement Manager", "采购经理", "پرچیز منیجر"),
    "director_imports": text("Director Imports", "进口总监", "ڈائریکٹر امپورٹس"),
    "business_development_manager": text("Business Development Manager", "业务拓展经理", "بزنس ڈیولپمنٹ منیجر"),
    "general_manager": text("General Manager", "总经理", "جنرل منیجر"),
    "chairman": text("Chairman", "董事长", "چیئرمین"),
    "export_manager": text("Export Manager", "外贸经理", "ایکسپورٹ منیجر"),
    "sales_officer": text("Sales Officer", "业务员", "سیلز آفیسر"),
    "factory_manager": text("Factory Manager", "厂长", "فیکٹری منیجر"),
    "engineer": text("Technical Engineer", "技术工程师", "ٹیکنیکل انجینئر"),
    "interpreter": text("Interpreter", "口译员", "ترجمان"),
    "liaison": text("Liaison Officer", "对接专员", "رابطہ افسر"),
    "organiser": text("Organiser", "组委会工作人员", "منتظم"),
    "delegate": text("Delegation Organiser", "组团单位联络人", "چیمبر کے نمائندے"),
}

CHIEF_EXECUTIVES = frozenset({"chief_executive", "managing_director", "proprietor", "managing_partner"})

# How many lead purchasers hold each position.
LEADS = (
    ("chief_executive", 19),
    ("managing_director", 14),
    ("proprietor", 12),
    ("managing_partner", 6),
    ("procurement_manager", 4),
    ("director_imports", 3),
    ("business_development_manager", 2),
)

# A buyer's people after the lead, in the order in which they are sent.
BUYER_STAFF = ("procurement_manager", "business_development_manager")
