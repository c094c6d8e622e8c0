"""The shifts of the people of the complete booths."""

from booths.models import Booth, Shift
from fairplatform.accounts.models import Staff, User

from .rows import LoaderRun


def load_shifts(run: LoaderRun) -> None:
    """Loads those that are not there yet. One that a visitor has removed stays removed."""
    new = run.rows.missing(Shift, run.plan.shifts)
    users = run.rows.ids(User)
    of_user = dict(Staff.objects.filter(user__in=[users[one.person] for one in new]).values_list("user", "pk"))
    shifts = {
        one.key: Shift(
            fair=run.fair,
            booth_id=run.rows.ids(Booth)[one.company],
            staff_id=of_user[users[one.person]],
            starts_at=run.anchor.start(one.first),
            ends_at=run.anchor.end(one.last),
        )
        for one in new
        if users[one.person] in of_user
    }
    run.rows.add(Shift, shifts)
