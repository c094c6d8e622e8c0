"""The kinds of what two companies may come to, from no fit to a joint venture."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    NO_FIT = "no_fit", _("Not a fit")
    CONTACT = "contact", _("Keep in touch")
    SAMPLE = "sample", _("Sample")
    QUOTATION = "quotation", _("Quotation")
    INTENDED_DEAL = "intended_deal", _("Intended deal")
    TRIAL_ORDER = "trial_order", _("Trial order")
    ORDER = "order", pgettext_lazy("outcome of a meeting", "Order")
    CONTRACT = "contract", _("Contract")
    LOI = "loi", _("Letter of intent")
    MOU = "mou", _("Memorandum of understanding")
    AGENCY = "agency", _("Agency or distribution")
    JOINT_VENTURE = "joint_venture", _("Joint venture")


BINDING = (Kind.TRIAL_ORDER, Kind.ORDER, Kind.CONTRACT)
WITHOUT_OBLIGATION = (Kind.LOI, Kind.MOU)
RECORDED = (*BINDING, *WITHOUT_OBLIGATION, Kind.AGENCY, Kind.JOINT_VENTURE)
"""Those that an agreed outcome enters into the ledger: orders, and what is signed as a paper of its own."""
