"""What the buyer among the main people has marked."""

from datetime import time

from booths.models import Booth, Favourite, Product
from fairplatform.accounts.models import User

from ..additions import Mark, additions
from ..plan.entities import Moment
from .rows import LoaderRun

MARKED = Moment(2, time(14, 40))


def load_favourites(run: LoaderRun) -> None:
    """Loads those that are not there yet. One that a visitor has removed stays removed."""
    user = run.rows.ids(User)[additions().personas["buyer"]]
    marked = {(one.booth_id, one.product_id) for one in Favourite.objects.filter(fair=run.fair, user=user)}
    new = {mark.key: _favourite(run, user, mark) for mark in run.rows.missing(Favourite, additions().favourites)}
    run.rows.add(Favourite, {key: one for key, one in new.items() if (one.booth_id, one.product_id) not in marked})


def _favourite(run: LoaderRun, user: int, mark: Mark) -> Favourite:
    return Favourite(
        fair=run.fair,
        user_id=user,
        booth_id=run.rows.ids(Booth).get(mark.key),
        product_id=run.rows.ids(Product).get(mark.key),
        note=mark.note,
        marked_at=run.anchor.instant(MARKED),
    )
