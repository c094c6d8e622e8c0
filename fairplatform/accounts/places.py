"""Cities and countries of the fairs: a list, so that reports can count them and readers read them."""

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
COUNTRY_NAMES = dict(COUNTRY_CHOICES)
CITY_NAMES = dict(CITY_CHOICES)
