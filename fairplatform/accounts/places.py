"""Cities, countries, ports and named places of the fairs: lists, so that reports count them and readers read them."""

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
# What an Incoterm names: ports, dry ports, airports, and the cities goods are handed over in.
PLACE_CHOICES = [
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
COUNTRY_NAMES = dict(COUNTRY_CHOICES)
CITY_NAMES = dict(CITY_CHOICES)
PLACE_NAMES = dict(PLACE_CHOICES)


def place_name(place: str) -> str:
    """A place in the reader's language; one that is not in the list is shown as it was written."""
    return str(PLACE_NAMES.get(place, place))
