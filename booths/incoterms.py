"""The delivery terms of Incoterms 2020 (ICC) and the older ones still in use, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, Promise] = {
    "EXW": _("The buyer collects at the seller's works and bears all costs and risks from there."),
    "FCA": _("The seller clears for export and hands the goods to the buyer's carrier."),
    "FAS": _("The seller clears for export and puts the goods beside the ship."),
    "FOB": _("The seller clears for export and loads the ship; the buyer pays freight and insurance."),
    "CFR": _("The seller loads the ship and pays freight; the risk passes on loading, the buyer insures."),
    "CIF": _("The seller loads the ship and pays freight and insurance; the risk passes on loading."),
    "CPT": _("The seller pays carriage; the risk passes when the first carrier has the goods."),
    "CIP": _("The seller pays carriage and insurance; the risk passes when the first carrier has the goods."),
    "DAP": _("The seller delivers ready for unloading; the buyer clears for import."),
    "DPU": _("The seller delivers and unloads; the buyer clears for import."),
    "DDP": _("The seller delivers and bears everything, import duty included."),
}
"""By code: who pays and bears the risk up to where."""


def in_words(code: str) -> str:
    """Empty for a code that is none of them."""
    return str(WORDS.get(code, ""))
