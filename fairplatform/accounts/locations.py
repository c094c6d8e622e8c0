"""Countries, cities and named places. Those in the lists have a key by which reports count them, and a translation."""

from babel import Locale
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import BABEL_LOCALE

CITY_CHOICES = [
    ("yongkang", _("Yongkang")),
    ("yiwu", _("Yiwu")),
    ("jinhua", _("Jinhua")),
    ("ningbo", _("Ningbo")),
    ("wenzhou", _("Wenzhou")),
    ("taizhou", _("Taizhou")),
    ("hangzhou", _("Hangzhou")),
    ("lahore", _("Lahore")),
    ("karachi", _("Karachi")),
    ("gujranwala", _("Gujranwala")),
    ("faisalabad", _("Faisalabad")),
    ("sialkot", _("Sialkot")),
    ("islamabad", _("Islamabad")),
    ("rawalpindi", _("Rawalpindi")),
]
# The named places of Incoterms: ports, dry ports, airports, and the cities where goods are handed over.
NAMED_PLACE_CHOICES = [
    *CITY_CHOICES,
    ("shanghai", _("Shanghai")),
    ("qingdao", _("Qingdao")),
    ("shenzhen", _("Shenzhen")),
    ("guangzhou", _("Guangzhou")),
    ("port-qasim", _("Port Qasim")),
    ("karachi-airport", _("Karachi Airport")),
    ("lahore-airport", _("Lahore Airport")),
    ("lahore-dry-port", _("Lahore dry port")),
    ("faisalabad-dry-port", _("Faisalabad dry port")),
    ("sialkot-airport", _("Sialkot Airport")),
    ("sialkot-dry-port", _("Sialkot dry port")),
]
CITY_NAMES = dict(CITY_CHOICES)
LOCATION_NAMES = dict(NAMED_PLACE_CHOICES)


def country_name(code: str) -> str:
    """A country (ISO 3166) in the reader's language, as Unicode's CLDR names it; an unknown code as it is."""
    return str(Locale.parse(BABEL_LOCALE[current_language()]).territories.get(code, code))


def location_name(code: str) -> str:
    """A city or named place in the reader's language; one that is not in the list is shown as it is stored."""
    return str(LOCATION_NAMES.get(code, code))
