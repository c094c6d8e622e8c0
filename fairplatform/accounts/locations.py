"""Countries, cities and named places, as lists of choices: so that reports can count them and pages translate them."""

from django.utils.translation import gettext_lazy as _

COUNTRY_CHOICES = [("CN", _("China")), ("PK", _("Pakistan"))]
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


def location_name(code: str) -> str:
    """A city or named place in the reader's language; one that is not in the list is shown as it is stored."""
    return str(LOCATION_NAMES.get(code, code))
