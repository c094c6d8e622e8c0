"""How the companies found their meetings."""

from datetime import timedelta

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation
from meetings.models import Meeting, Satisfaction

from .rows import LoaderRun


def load_satisfaction(run: LoaderRun) -> None:
    """What is missing, but of companies that somebody who tries it has answered for."""
    meetings, slots = run.rows.ids(Meeting), {one.key: one for one in run.plan.slots}
    planned = {one.key: one for one in run.plan.meetings}
    answered = set(Satisfaction.objects.filter(fair=run.fair).values_list("meeting", "participation"))
    new = {}
    for one in run.rows.missing(Satisfaction, run.plan.satisfaction):
        meeting = planned[one.meeting]
        company = run.rows.ids(Participation)[getattr(meeting, one.side)]
        if one.meeting in meetings and (meetings[one.meeting], company) not in answered:
            new[one.key] = Satisfaction(
                fair=run.fair,
                meeting_id=meetings[one.meeting],
                participation_id=company,
                rating=one.rating,
                right_partner=one.right_partner,
                because=one.because,
                made_by_id=run.rows.ids(User)[one.by],
                made_at=run.anchor.start(slots[meeting.slot]) + timedelta(seconds=one.after),
            )
    run.rows.add(Satisfaction, new)
