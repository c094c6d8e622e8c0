"""Positions as they stand on a badge; the first four of the buyers' list count as chief executive."""

from .text import Text, said

POSITIONS: dict[str, Text] = {
    "chief_executive": said("Chief Executive", "首席执行官", "چیف ایگزیکٹو"),
    "managing_director": said("Managing Director", "董事总经理", "منیجنگ ڈائریکٹر"),
    "proprietor": said("Proprietor", "业主", "پروپرائٹر"),
    "managing_partner": said("Managing Partner", "执行合伙人", "منیجنگ پارٹنر"),
    "procurement_manager": said("Procurement Manager", "采购经理", "پرچیز منیجر"),
    "director_imports": said("Director Imports", "进口总监", "ڈائریکٹر امپورٹس"),
    "business_development_manager": said("Business Development Manager", "业务拓展经理", "بزنس ڈیولپمنٹ منیجر"),
    "general_manager": said("General Manager", "总经理", "چیف ایگزیکٹو"),
    "chairman": said("Chairman", "董事长", "چیئرمین"),
    "export_manager": said("Export Manager", "外贸经理", "ایکسپورٹ منیجر"),
    "sales_officer": said("Sales Officer", "业务员", "سیلز آفیسر"),
    "factory_manager": said("Factory Manager", "厂长", "فیکٹری منیجر"),
    "engineer": said("Technical Engineer", "技术工程师", "ٹیکنیکل انجینئر"),
    "interpreter": said("Interpreter", "口译员", "ترجمان"),
    "liaison": said("Liaison", "对接专员", "رابطہ افسر"),
    "organiser": said("Organiser", "组委会", "منتظم"),
    "delegate": said("Delegated organiser", "组团单位联络人", "شریک ادارے کے نمائندے"),
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

# The people of a booth in the order they are sent: the one who manages it first.
EXHIBITOR_STAFF = ("export_manager", "general_manager", "sales_officer", "engineer", "factory_manager")
BUYER_STAFF = ("procurement_manager", "business_development_manager")
