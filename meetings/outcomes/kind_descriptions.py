"""What each kind of outcome commits the two companies to, in one sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models.outcome import OutcomeVersion

Kind = OutcomeVersion.Kind

KIND_DESCRIPTIONS: dict[str, Promise] = {
    Kind.NO_FIT: _("No fit: the two companies see no business between them for now."),
    Kind.CONTACT: _("Contact kept: the two companies stay in touch, without any obligation."),
    Kind.SAMPLE: _("A sample: goods are sent to be looked at; no obligation to buy."),
    Kind.QUOTATION: _("A quotation: a price is offered; no obligation to buy."),
    Kind.INTENDED_DEAL: _("An intended deal: both expect to trade within the months named; no obligation to buy."),
    Kind.TRIAL_ORDER: _("A trial order: a first, small purchase on the terms below."),
    Kind.ORDER: _("An order: the goods are bought on the terms below."),
    Kind.CONTRACT: _("A contract: binding as the two companies have signed it elsewhere."),
    Kind.LOI: _("A letter of intent: a wish to do business; no obligation to buy."),
    Kind.MOU: _("A memorandum: no obligation to buy."),
    Kind.AGENCY: _("Agency or distribution: one company represents the other's goods in a territory."),
    Kind.JOINT_VENTURE: _("A joint venture: the two companies mean to run a business together."),
}
