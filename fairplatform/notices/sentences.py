"""The sentence of each kind of notice, and its parameters in the reader's language."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.text import LANGUAGES, Translated, isolated, joined
from fairplatform.i18n.times import Place, in_words

SENTENCES: Mapping[str, Promise] = {
    "participation_invited": _("%(company)s is invited to the fair again. Accept or decline the invitation."),
    "participation_submitted": _("The organisers are reviewing the participation of %(company)s again."),
    "participation_approved": _("%(company)s has been approved and takes part in the fair."),
    "participation_waiting": _("%(company)s is on the waiting list. You will be notified if a place becomes free."),
    "participation_refused": _("The participation of %(company)s was not approved. The organisers can tell you why."),
    "participation_withdrawn": _("%(company)s no longer takes part in the fair."),
    "request_received": _("%(company)s has requested a meeting with you: %(at)s."),
    "request_accepted": _("%(company)s has accepted your request. Your meeting: %(at)s."),
    "request_declined": _("%(company)s has declined your meeting request."),
    "request_withdrawn": _("%(company)s has withdrawn its meeting request."),
    "request_expired": _("The meeting request between you and %(company)s has expired without a reply."),
    "schedule_published": _("Your meetings are scheduled. The first is with %(company)s: %(at)s."),
    "slip_asked": _("Please confirm your list of meetings. The first to confirm is on %(at)s."),
    "slip_cannot": _("%(company)s cannot attend a meeting: %(at)s."),
    "meeting_scheduled": _("You have a new meeting with %(company)s: %(at)s."),
    "meeting_by_telephone": _("Your meeting with %(company)s is held by telephone: %(at)s. You will be called."),
    "meeting_spoken": _("Your meeting with %(company)s is held without an interpreter: %(at)s."),
    "meeting_interpreted": _("Your meeting with %(company)s has an interpreter: %(at)s."),
    "meeting_on_call": _("For your meeting with %(company)s an interpreter is on call: %(at)s."),
    "meeting_own_interpreter": _("To your meeting with %(company)s a company brings its own interpreter: %(at)s."),
    "substitutes_offered": _(
        "%(company)s cannot come. Choose another company that could meet you at the same time: %(at)s."
    ),
    "round_opened": _("Choose whom you would like to meet. Answer by %(at)s."),
    "meeting_moved": _("Your meeting with %(company)s has been moved. New time: %(at)s."),
    "meeting_cancelled": _("Your meeting with %(company)s has been cancelled. It was scheduled for: %(at)s."),
    "schedule_withdrawn": _("The schedule has been withdrawn, and your meetings are cancelled. A new one will follow."),
    "meeting_soon": _("Your meeting with %(company)s starts soon: %(at)s. You can join now."),
    "interpreter_appointed": _("You are to interpret for %(company)s: %(at)s."),
    "interpreter_released": _("You no longer interpret for %(company)s. It was planned for: %(at)s."),
    "absence_over_meetings": _("%(name)s is absent during %(number)s of its meetings. The first is: %(at)s."),
    "outcome_drafted": _("A draft outcome of your meeting with %(company)s is ready. Confirm or correct it."),
    "outcome_stated": _("%(company)s has submitted the outcome of your meeting. Confirm or correct it."),
    "outcome_differs": _("Your record of the meeting and that of %(company)s do not match. Compare the two."),
    "outcome_withdrawn": _("%(company)s has withdrawn its confirmation of the outcome of your meeting."),
    "outcome_agreed": _("You and %(company)s have both confirmed the outcome of your meeting."),
    "correction_proposed": _(
        "%(company)s proposes to correct the agreed outcome of your meeting. Confirm it, or keep what was agreed."
    ),
    "correction_dropped": _("What was agreed with %(company)s stays: the correction is not made."),
    "outcome_corrected": _("You and %(company)s have both confirmed a correction of the outcome of your meeting."),
    "outcome_asked": _("Please record or confirm the outcome of your meeting with %(company)s."),
    "release_ended": _("The organisers have ended the release of your company's agreement no. %(number)s."),
    "release_taken_back": _(
        "%(company)s has ended its release of your agreement no. %(number)s, so it is not on the public page."
    ),
    "release_corrected": _(
        "Your company's agreement no. %(number)s was corrected, which ends its release. "
        "Release it again to make it public."
    ),
    "release_withdrawn": _("Your company's agreement no. %(number)s was withdrawn, which ends its release."),
    "meeting_missed": _("Your meeting with %(company)s was not held. It was scheduled for: %(at)s."),
    "quote_received": _("%(company)s has sent a quote for your demand: %(demand)s."),
    "quote_changed": _("%(company)s has changed its quote for your demand: %(demand)s."),
    "quote_withdrawn": _("%(company)s has withdrawn its quote for your demand: %(demand)s."),
    "demand_changed": _("%(company)s has changed the demand that you sent a quote for: %(demand)s."),
    "demand_closed": _("%(company)s has closed the demand that you sent a quote for: %(demand)s."),
    "demand_taken": _("A demand was entered for %(company)s. Confirm, correct or reject it: %(demand)s."),
    "demand_confirmed": _("%(company)s has confirmed the demand that you entered: %(demand)s."),
    "demand_rejected": _("%(company)s has rejected the demand that you entered: %(demand)s."),
    "inquiry_opened": _("%(person)s (%(company)s) would like to talk to you at your booth."),
}
_INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d")


def parameters_of(code: str) -> set[str]:
    """The names of the parameters in the sentence of this code."""
    with translation.override("en"):
        return set(re.findall(r"%\((\w+)\)s", str(SENTENCES[code])))


def sentence(code: str, parameters: Mapping[str, Any], *, language: str, places: Sequence[Place]) -> str:
    """The sentence in this language, its names isolated, with instants on the clocks of these places."""
    with translation.override(language):
        texts = {name: _text(value, language, places) for name, value in parameters.items()}
        return str(SENTENCES[code]) % texts


def sentences(code: str, parameters: Mapping[str, Any], *, places: Sequence[Place]) -> dict[str, str]:
    """By language, for an event that pages in any language receive."""
    return {language: sentence(code, parameters, language=language, places=places) for language in LANGUAGES}


def _text(value: Any, language: str, places: Sequence[Place]) -> str:
    if isinstance(value, str) and _INSTANT.match(value):
        return in_words(datetime.fromisoformat(value), places, language)
    if isinstance(value, list):
        return joined(Translated(name) for name in value)
    return isolated(Translated(value) if isinstance(value, dict) else value)
