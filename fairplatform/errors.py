"""Why an action was not done: a code for programs and a sentence for people.

The exception is called Refused because the socket's protocol says `refused` for it. It is an answer to the person who
asked, not a failure of the program: pages and sockets show its sentence, and nothing is logged as an error.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = {
    # Anything
    "not_found": _("This does not exist, or is not open to you."),
    "not_permitted": _("Your role does not allow this."),
    "not_now": _("This cannot be done at this stage."),
    "sign_in": _("Please sign in to continue."),
    "demonstration_only": _("This works in the demonstration on this computer only."),
    # The socket
    "malformed": _("The message could not be read. Please load the page again; what you type is kept."),
    "unknown_type": _("This page is out of date. Please load it again; what you type is kept."),
    "not_joined": _("Join this topic first."),
    "too_fast": _("Too much was sent in a short time. Please wait a moment."),
    "too_large": _("The message is too large."),
    "unavailable": _("The fair cannot be reached for a moment. Please try again shortly."),
    "failed": _("Something went wrong on our side. Nothing was changed; please try again."),
    # Chat
    "message_empty": _("Write something before you send."),
    "message_differs": _("This message was sent before with other words."),
    "message_long": _("A message has at most %(limit)s characters. Please shorten it or send it in two."),
    # Booths
    "own_booth": _("This is your own company's booth."),
    # Meetings
    "slot_taken": _("That time has just been taken. Please choose another."),
    "slot_past": _("That time has passed. Please choose another."),
    "slot_outside_hours": _("That time is outside the working hours of one of the two companies."),
    "same_company": _("A company cannot meet itself."),
    "not_both_sides": _("A meeting needs a seller and a buyer of this fair."),
    "request_exists": _("A request between these companies is already waiting for an answer."),
    "asked_often": _("Your company has asked this one several times within a day. Please write to it, or ask later."),
    "request_closed": _("This request has already been answered, withdrawn or has expired."),
    "too_early": _("The room opens ten minutes before the meeting."),
    "meeting_over": _("This meeting is over."),
    "peer_gone": _("The other person is no longer in the room."),
    "not_entered": _("Enter the room first."),
    "room_full": _("Four people are in this room already."),
    # Outcomes
    "amount_unreadable": _("“%(text)s” is not an amount. Write it like 12,500 or 12500.50."),
    "amount_negative": _("An amount cannot be below zero."),
    "amount_too_large": _("This amount is too large to be recorded here."),
    "amount_too_fine": _("%(currency)s has only %(digits)s decimal places."),
    "amount_needed": _("This kind of outcome needs an amount and a currency."),
    "amount_not_allowed": _("This kind of outcome has no amount."),
    "months_needed": _("Say within how many months the deal is expected (1 to 60)."),
    "months_only_intended": _("Months are stated for an intended deal only."),
    "step_needed": _("Choose the next step to which this belongs."),
    "hs_form": _("An HS code has 6, 8 or 10 digits."),
    "hs_unknown": _("This HS code is not in the nomenclature of 2022."),
    "outcome_early": _("An outcome can be stated once the meeting has begun."),
    "outcome_agreed": _("Both sides have confirmed this outcome; it can no longer be changed here."),
    "outcome_changed": _("The other side has changed its statement meanwhile. Please read it again."),
    "not_for_others": _("Nobody can confirm this in another person's name."),
    "one_side_only": _("One person cannot confirm for both sides."),
    # Links, codes, files
    "link_invalid": _("This link is not valid any more. Please ask the organisers for a new one."),
    "code_wrong": _("This entry code is not right. %(left)s tries are left."),
    "file_kind": _("Files of this kind are not accepted here."),
    "picture_large": _("This picture has more than 40 million pixels."),
    "file_large": _("This file is larger than %(megabytes)s MB."),
}


class Refused(Exception):
    """Raised by an action that changes nothing. `code` is a key of SENTENCES; `parameters` fill its sentence."""

    def __init__(self, code: str, **parameters: Any) -> None:
        assert code in SENTENCES, code
        super().__init__(code)
        self.code = code
        self.parameters = parameters

    @property
    def sentence(self) -> str:
        """In the active language."""
        return str(SENTENCES[self.code]) % self.parameters
