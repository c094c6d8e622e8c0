"""A run is worked in the test itself, as its process would."""

from fairplatform.fairs.models import Fair
from meetings.models import Run
from meetings.running import Pulse
from meetings.working import work


def at_work(fair: Fair) -> Run:
    return Run.objects.select_related("fair", "user", "on_behalf_of").get(fair=fair, state="working")


def finished(fair: Fair) -> Run:
    """The fair's run, once it has ended."""
    run = at_work(fair)
    work(run, Pulse(run))
    run.refresh_from_db()
    return run
