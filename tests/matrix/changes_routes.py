"""The routes of answer slips and of what organisers change in a published schedule."""

from collections.abc import Mapping
from typing import Any

from fairplatform.fairs.models import Participation
from meetings.slips.slip import slip_of
from tests.factories import NOW
from tests.matrix.route_rows import READ, Act, Done, Route, fair_slug, of_fair, post
from tests.matrix.world import World

ANSWERED = ("meetings.SlipAnswer",)


def _answer(world: World) -> dict[str, Any]:
    company = Participation.objects.get(pk=world.things["slip"].pk)
    return {"seen": [item.token for item in slip_of(company, NOW).items], "source": "telephone"}


# Who has a slip of their own; everybody else is led to their day.
SLIPS = {"seller": Done("meetings:slip"), "buyer": Done("meetings:slip")}
CHANGES: Mapping[str, Route] = {
    "meetings:own_slip": Route("fair", fair_slug, {"GET": Act(Done("meetings:day"), SLIPS)}),
    "meetings:slip": Route(
        "slip",
        of_fair("slip"),
        READ | {"POST": Act(Done("meetings:slip", ANSWERED), fields=_answer, row="slip.answer")},
    ),
    "office:answers": Route("fair", fair_slug, READ),
    "office:answers_remind": Route(
        "fair",
        fair_slug,
        post("office:answers", "notices.Notice", others={"delegated": Done("office:answers")}),
    ),
}
