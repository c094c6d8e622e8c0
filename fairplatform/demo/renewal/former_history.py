"""A demonstration that was loaded when its schedule was another one gets the history of today."""

from booths.models import Inquiry
from chat.models import Conversation
from fairplatform.fairs.models import Participation
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.content import Content
from fairplatform.ledger.models import Entry
from fairplatform.notices.models import Notice
from meetings.models import Meeting, MeetingRequest, Outcome, Satisfaction, Statement

from ..loader.history import load_history
from ..loader.rows import LoaderRun

HISTORY = (Meeting, Outcome, Satisfaction, MeetingRequest, Inquiry, Notice)


def replace_former_history(run: LoaderRun) -> None:
    """Where meetings are of other companies than planned, loads all of them anew.

    What visitors did at meetings, and at booths by inquiries, is lost with them.
    """
    if not _is_former(run):
        return
    _remove_history(run)
    _withdraw_entries(run)
    load_history(run)


def _is_former(run: LoaderRun) -> bool:
    companies, meetings = run.rows.ids(Participation), run.rows.ids(Meeting)
    stored = {pk: ends for pk, *ends in run.fair.meetings.values_list("pk", "exhibitor", "buyer")}
    return any(
        stored.get(meetings[one.key]) not in (None, [companies[one.exhibitor], companies[one.buyer]])
        for one in run.plan.meetings
        if one.key in meetings
    )


def _remove_history(run: LoaderRun) -> None:
    meetings, inquiries = run.fair.meetings.all(), Inquiry.objects.filter(fair=run.fair)
    conversations = [
        *meetings.values_list("conversation", flat=True),
        *inquiries.values_list("conversation", flat=True),
    ]
    Statement.objects.filter(outcome__fair=run.fair).delete()
    # An outcome refers to its agreed version, which therefore could not be deleted with it.
    run.fair.outcomes.update(agreed=None, agreed_at=None, number=None, state=Outcome.State.DRAFTED)
    Notice.objects.filter(fair=run.fair).delete()
    MeetingRequest.objects.filter(fair=run.fair).delete()
    meetings.delete()
    inquiries.delete()
    Conversation.objects.filter(pk__in=conversations).delete()
    for model in HISTORY:
        run.rows.forget(model, list(run.rows.ids(model)))


def _withdraw_entries(run: LoaderRun) -> None:
    """The ledger keeps what former outcomes have entered, and says that it does not hold."""
    former = Entry.objects.standing().filter(fair=run.fair, provenance=Entry.Provenance.PARTIES)
    withdrawals = [
        Addition(Content.of(one), one.key, corrects=one, is_withdrawn=True, reason="The demonstration was changed.")
        for one in former.prefetch_related("names")
    ]
    append(run.fair.pk, withdrawals, actor=None, now=run.now)
