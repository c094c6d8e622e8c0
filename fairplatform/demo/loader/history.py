"""What has happened in the fair by the opening."""

from .meetings import load_meetings
from .outcomes import load_outcomes
from .requests_and_inquiries import load_inquiries, load_requests
from .rows import LoaderRun


def load_history(run: LoaderRun) -> None:
    load_meetings(run, run.plan.meetings)
    load_outcomes(run)
    load_requests(run)
    load_inquiries(run)
