"""What each kind of outcome commits the two companies to, in one sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models.outcome import OutcomeVersion

Kind = OutcomeVersion.Kind

KIND_DESCRIPTIONS: dict[str, Promise] = {
    Kind.NO_FIT: _("Not a fit: the two companies see no business opportunity for now."),
    Kind.CONTACT: _("Keep in touch: the two companies stay in contact, without any obligation."),
    Kind.SAMPLE: _("A sample: goods are sent for evaluation; no obligation to buy."),
    Kind.QUOTATION: _("A quotation: a price is offered; no obligation to buy."),
    Kind.INTENDED_DEAL: _(
        "An intended deal: both sides expect to trade within the number of months entered; no obligation to buy."
    ),
    Kind.TRIAL_ORDER: _("A trial order: a small first purchase on the terms below."),
    Kind.ORDER: _("An order: the goods are bought on the terms below."),
    Kind.CONTRACT: _("A contract: binding on the terms that the two companies sign separately."),
    Kind.LOI: _("A letter of intent: an intention to do business; no obligation to buy."),
    Kind.MOU: _("A memorandum: no obligation to buy."),
    Kind.AGENCY: _(
        "Agency or distribution: one company represents or distributes the other's products in an agreed territory."
    ),
    Kind.JOINT_VENTURE: _("A joint venture: the two companies plan to run a business together."),
}
