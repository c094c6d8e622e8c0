"""Why an action was not done: a code for programs and a sentence for people.

The exception is called Refused because the socket's protocol says `refused` for it. It is a reply to the person who
asked, not a failure of the program: pages and sockets show its sentence, and nothing is logged as an error.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: Mapping[str, Promise] = {
    # Anything
    "not_found": _("This item does not exist, or you do not have access to it."),
    "not_permitted": _("Your role does not allow this action."),
    "not_now": _("This action is not available at this stage."),
    "sign_in": _("Sign in to continue."),
    "demonstration_only": _("This is only available in the demo on this computer."),
    # The socket
    "malformed": _("The message could not be processed. Reload the page. Your draft is kept."),
    "unknown_type": _("This page is out of date. Reload it. Your draft is kept."),
    "not_joined": _("Reload the page and try again."),
    "too_fast": _("Too many requests in a short time. Wait a moment and try again."),
    "too_large": _("The message is too large. Shorten it and send it again."),
    "unavailable": _("The fair is temporarily unavailable. Try again shortly."),
    "failed": _("Something went wrong on our side. Nothing was changed. Try again."),
    # Chat
    "message_empty": _("Enter a message before sending."),
    "message_differs": _("This message has already been sent with different text."),
    "message_long": _("Messages can have up to %(limit)s characters. Shorten the message or send it in two parts."),
    # Booths
    "typed_long": _("This text is too long to be kept: at most %(limit)s characters are. Shorten it."),
    "booth_none": _(
        "The organisers have not given your company a hall yet. Your booth can be opened here once they have."
    ),
    "own_booth": _("This is your own company's booth."),
    "favourites_full": _("You can keep up to %(limit)s favourites in a fair. Remove some first."),
    # Demands and quotes
    "demands_often": _("Your company has entered many demands within a day. Try again tomorrow."),
    "own_demand": _("This is your own company's demand."),
    "demand_not_current": _("This demand is closed or has expired. You can no longer send a quote."),
    "fair_closed": _("The fair is closed. Demands and quotes can no longer be entered or changed."),
    "quote_changed": _("This quote has been changed in the meantime. The newest version is shown beside the form."),
    "quote_none": _("There is no quote to withdraw."),
    "demand_changes_often": _("This demand has been changed many times within a day. Try again tomorrow."),
    "quotes_often": _("Your company has sent many quotes within a day. Try again tomorrow."),
    # A fair's days
    "fair_not_ready": _("Something is missing before the fair can open."),
    "fair_was_held": _("Meetings of this fair have taken place, so it cannot go back to draft."),
    "slots_in_use": ngettext_lazy(
        "The new timetable leaves out %(count)s time that already has meetings or requests. Keep that time. "
        "For a new date, add another day.",
        "The new timetable leaves out %(count)s times that already have meetings or requests. Keep those times. "
        "For a new date, add another day.",
        "count",
    ),
    "days_overlap": _("This day starts before the previous one has ended, or ends after the next one has started."),
    # Meetings
    "draft_none": _("There is no draft schedule. Make one first."),
    "draft_changed": _("The draft has changed in the meantime. Look at it again first."),
    "draft_exists": _("There is a draft already. Discard or publish it first."),
    "schedule_running": _("A draft is being made at the moment. Wait until it is ready, or stop it."),
    "match_running": _("The companies are being matched at the moment. Wait until that is finished, or stop it."),
    "match_stopped": _("The matching was stopped. What was matched before has stayed."),
    "round_running": _("A partner selection is being prepared at the moment. Wait until it is open, or stop it."),
    "round_stopped": _("The partner selection was stopped before it was open. Nobody has been asked."),
    "published_none": _("There is no upcoming published meeting."),
    "published_begun": _("Meetings of this schedule have started or were held. Cancel the others one by one."),
    "planned_changed": _("Someone has changed this meeting in the meantime. This is how it is now."),
    "planned_locked": _("This meeting is locked. Unlock it first."),
    "planned_impossible": _("The meeting cannot be held at this time. The page says why."),
    "pair_against_no": _(
        "One of the two does not want this meeting. Only organisers know: tell neither company. Remove that wish first."
    ),
    "pair_of_sole_agent": _("One of the two is the sole agent of the other, so they do not meet."),
    "no_against_pair": _("The organisers have set these two as a pair. Remove the pair first."),
    "no_of_organisers": _("The organisers have entered that you do not meet this company. Ask them to change it."),
    "wish_unknown": _("Choose one of the wishes."),
    # Rounds of ticking
    "round_open": _("A partner selection is open already. Close it first."),
    "round_deadline": _("The deadline has to be later than now."),
    "round_nobody": _(
        "There is nobody to ask: no company has a candidate, or those that have one may have no more meetings."
    ),
    "round_over": _("The time to answer is over. Tell the organisers what you would still like to change."),
    "ticks_changed": _(
        "Someone has answered for this company in the meantime. Nothing of yours is saved yet: check the marked "
        "numbers, then save again."
    ),
    "tick_against_must": _(
        "“No” to number %(number)s contradicts “must meet”, which is stored for this company. Change that wish first."
    ),
    "slot_taken": _("That time has just been taken. Choose another."),
    "slot_past": _("That time has passed. Choose another."),
    "slot_outside_hours": _("That time is outside the working hours of one of the companies. Choose another."),
    "slot_reserved": _("The organisers keep that time free. Choose another."),
    "interpreter_languages": _("This interpreter does not interpret between the languages of the two companies."),
    "interpreter_absent": _("The interpreter is absent at that time. Choose another time, or another interpreter."),
    "interpreter_rest": _(
        "The interpreter would have too little rest: ten minutes between two meetings, thirty after three. Choose "
        "another time, or another interpreter."
    ),
    "interpreter_minutes": _(
        "The interpreter would have more minutes than they may on that day. Choose another time, or another "
        "interpreter."
    ),
    "interpreter_none": _(
        "Nobody who interprets between these languages is free at that time. Choose “preferred” or “on call”, or move "
        "the meeting."
    ),
    "interpreter_needed": _(
        "The two companies share no language, so the other one may need the interpreter. Ask the organisers."
    ),
    "changed_meanwhile": _("Something has changed in the meantime. Look at the preview again."),
    "substitute_gone": _("A company that was chosen instead is no longer free. Look at the preview again."),
    "substitute_taken": _("This company is no longer free at that time. The list shows who is now."),
    "slip_changed": _("The list has changed in the meantime. Check it again before you confirm it."),
    "same_company": _("A company cannot meet with itself."),
    "not_both_sides": _("A meeting needs one exhibitor and one buyer from this fair."),
    "request_exists": _("There is already a pending meeting request between these companies."),
    "asked_often": _(
        "Your company has sent this company several requests within a day. Send a message, or try again later."
    ),
    "other_meets_enough": _("This company takes no more meetings in this fair."),
    "own_meets_enough": _(
        "Your company has as many meetings as it may have in this fair. Ask the organisers if you need more."
    ),
    "request_closed": _("This request has already been answered or withdrawn, or has expired."),
    "too_early": _("The room opens ten minutes before the meeting."),
    "meeting_over": _("This meeting has ended."),
    "peer_gone": _("The other person is no longer in the room."),
    "not_entered": _("Join the meeting first."),
    "room_full": _("The meeting room is full: four people have already joined."),
    # Outcomes
    "amount_unreadable": _("“%(text)s” is not a valid amount. Enter it in the form 12,500 or 12500.50."),
    "amount_negative": _("The amount cannot be negative."),
    "amount_too_large": _("This amount is too large to record."),
    "amount_too_fine": _("%(currency)s amounts can have up to %(digits)s decimal places."),
    "currency_unknown": _("“%(text)s” is not a currency's code. Enter three letters of ISO 4217, such as USD."),
    "band_reversed": _("The first amount of a range must not be larger than the second."),
    "band_currencies": _("Both amounts of a range must be in the same currency."),
    "band_only_intended": _("Only an intended deal can have a range. Enter one amount."),
    "amount_needed": _("This type of outcome needs an amount and a currency."),
    "amount_not_allowed": _("This type of outcome does not have an amount."),
    "demand_only_intended": _("Only an intended deal can name a demand. Leave it blank for other types."),
    "demand_of_another": _("This is not a demand of the buyer."),
    "months_needed": _("Enter the number of months within which the deal is expected (1 to 60)."),
    "months_only_intended": _("Only an intended deal needs a number of months. Leave it blank for other types."),
    "step_needed": _("Choose the next step that these details belong to."),
    "hs_form": _("An HS code must have 6, 8 or 10 digits."),
    "hs_unknown": _("This HS code is not in HS 2022. Check the digits."),
    "rating_range": _("Choose a rating from 1 to 5."),
    "rating_early": _("You can rate the meeting once it has ended."),
    "rating_closed": _("The fair is closed, so ratings of meetings can no longer be changed."),
    "outcome_early": _("The outcome can be recorded once the meeting has started."),
    "outcome_link_ended": _("This link can no longer be used."),
    "outcome_not_agreed": _("Only an outcome that both sides have confirmed can be corrected."),
    "outcome_agreed": _("Both sides have confirmed this outcome, so only both can correct it."),
    "outcome_changed": _("The other side has changed its record in the meantime. Review it again."),
    "not_for_others": _("You cannot confirm on behalf of another person."),
    "one_side_only": _("One person cannot confirm for both sides."),
    # The ledger
    "ledger_parties": ngettext_lazy("Name at least %(count)s party.", "Name at least %(count)s parties.", "count"),
    "ledger_party_twice": _("A company is named twice among the parties."),
    "ledger_parties_confirm": _(
        "Only the parties themselves confirm an agreement here, and what they confirmed stays."
    ),
    "ledger_corrected": _("This entry has been corrected in the meantime. Its newest version is shown."),
    "ledger_prevailing": _("The prevailing language must be one of the languages that were signed."),
    # Programs of organisers
    "tokens_many": _("You already have %(limit)s tokens in this fair. Revoke one that is no longer needed."),
    # The report
    "brief_approved": _("The brief of this day has been approved. What changes later is listed under it."),
    "brief_early": _("This day is not over. Confirm that you want to approve its brief all the same."),
    "brief_rewritten": _(
        "Someone else has written this brief in the meantime. Read the newest text, then send yours again."
    ),
    "report_languages": _("Choose one or two of the three languages."),
    "report_form": _("The name of the file must end in one of: %(forms)s."),
    "font_missing": _(
        "No font for some letters of this report is installed, so they would be printed as boxes. "
        "Install one of: %(fonts)s."
    ),
    "letters_missing": _(
        "No font for these letters of the report is installed, so they would be printed as boxes: %(letters)s. "
        "Install a font that has them."
    ),
    "merge_in_ledger": _(
        "The company that would end is named in the agreement ledger, where nothing is changed. Keep that one instead."
    ),
    # The office
    "company_shared": _("This company also takes part in a fair that you do not organise. It cannot be changed here."),
    "company_not_accepted": _(
        "This company takes part in another fair and was only invited to this one. You cannot accept on its behalf."
    ),
    "company_decided": _(
        "Someone has changed the status of %(company)s in the meantime: %(state)s. Nothing was changed. Check it, and "
        "decide again."
    ),
    "merge_itself": _("Choose two different companies."),
    "merge_met": _("The two companies have a meeting with each other. They cannot be the same company."),
    "merge_same_slot": _("Both companies have a meeting at the same time. Move or cancel one of them first."),
    "person_merge_itself": _("Choose two different people."),
    "person_merge_own": _("You are signed in with the account that would end. Keep that one instead."),
    "person_merge_demo": _("The people of the demo stay as they are."),
    "person_merge_met": _("The two people are on different sides of one meeting. They cannot be the same person."),
    "person_merge_talked": _(
        "The two people are on different sides of one conversation. They cannot be the same person."
    ),
    "person_merge_same_slot": _(
        "Both people have a meeting at the same time. Move or cancel one of them, or name someone else for it, first."
    ),
    "account_shared": _("This account is also in a fair that you do not organise. It cannot be changed here."),
    "not_accepted": _(
        "This person also takes part in another fair and has not accepted an invitation to this one. Invite them."
    ),
    "person_registered": _("This person is already in the fair. Add the role on their own page."),
    "place_taken": _("The person has this role already."),
    "last_organiser": _("A fair needs an organiser. Add another one first."),
    # The people of a company
    "last_manager": _("A company needs a manager. Make someone else manager first."),
    "colleague_twice": _("This person already works for your company."),
    "colleague_invited": _("This person is invited already and has not answered yet."),
    "colleague_elsewhere": _(
        "This address cannot be added here. Ask the organisers of the fair to add the person to your company."
    ),
    "link_of_other": _(
        "This person signs in with their own account, so their link is not shown here. If they cannot sign in, send "
        "the link by email or contact the organisers."
    ),
    "shift_taken": _("This person has another shift at this time, or no longer works for the company."),
    "no_email": _("This person has no email address."),
    # An invitation
    "company_adds_people": _("This company adds its own people. Ask its manager to add you."),
    # Links, codes, files
    "link_invalid": _("This link is no longer valid. Ask the organisers for a new one."),
    "code_wrong": ngettext_lazy(
        "Incorrect entry code. %(left)s attempt left.", "Incorrect entry code. %(left)s attempts left.", "left"
    ),
    "too_many_people": _("Choose up to %(limit)s people at once, for example those of one recruiting unit."),
    "own_account": _("You cannot deactivate your own account."),
    "not_an_organiser": _("You are no longer an organiser of this fair."),
    "takes_part_elsewhere": _(
        "This person also takes part in a fair that you do not organise, so the account cannot be changed here."
    ),
    "file_kind": _("This file type is not accepted. Upload one of these: %(kinds)s."),
    "file_empty": _("The file is empty."),
    "file_name": _("The file's name has characters that are not allowed. Rename the file and choose it again."),
    "file_two_in_one": _("This file contains an archive as well. Save it again without it, and upload it then."),
    "picture_animated": _("Animated images are not accepted. Choose a still one."),
    "picture_damaged": _("This image is damaged or incomplete. Save it again, and upload it then."),
    "pictures_waiting": _("Many images are being processed. Try again in a minute."),
    "picture_large": _("This image has more than 40 million pixels. Choose a smaller one."),
    "file_large": _("This file is larger than %(megabytes)s MB. Choose a smaller one."),
    # Uploads in parts
    "uploads_many": _("You have %(limit)s unfinished uploads. Continue or cancel them first."),
    "company_full": _("Your company has used all of its storage space. Remove files that are no longer needed."),
    "uploads_often": _("Your company has uploaded more than %(megabytes)s MB since yesterday. Try again tomorrow."),
    "place_full": _("There is room for %(limit)s files here. Remove one first."),
    "upload_gap": _("The upload was interrupted. It continues where it stopped."),
    "upload_longer": _("The file is not the one that was chosen. Choose it again."),
    "upload_unfinished": _("The upload is not complete. Choose the file again to continue."),
    # The office
    "import_running": _("Another import of this fair is in progress. Wait until it has ended."),
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
        return str(SENTENCES[self.code] % self.parameters)
