"""The people a visitor may enter as, and what waits for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.i18n.text import Text, Translated, current_language
from meetings.models import Meeting, Participant

from .models import DemoRow
from .plan import plan
from .shapes import DemoPerson

DOORS: Mapping[str, Promise] = {
    "buyer": _("Buyer"),
    "exhibitor": _("Exhibitor's manager"),
    "interpreter": _("Interpreter"),
    "organiser": _("Organiser"),
}
TRIES: Mapping[str, Promise] = {
    "buyer": _("Walk through the halls, write to a booth, ask for a meeting, meet, and confirm what came of it."),
    "exhibitor": _("Answer the buyers at your booth, accept a request, meet, and confirm what came of it."),
    "interpreter": _("See whom you interpret for today, join them as the third voice, and draft the outcome."),
    "organiser": _("See every running meeting at once, and which of them wants somebody."),
}
ROLES: Mapping[str, Promise] = {
    "exhibitor_manager": _("Exhibitor's manager"),
    "buyer_lead": _("Buyer"),
    "interpreter": _("Interpreter"),
    "liaison": _("Liaison"),
    "organiser": _("Organiser"),
    "delegate": _("Delegated organiser"),
}
LANGUAGE_NAMES = {"en": "English", "zh-hans": "中文", "ur": "اردو"}
# Beside the four: the leads of so many running meetings, and one of each other role.
OTHER_MEETINGS = 4
OTHER_ROLES = ("interpreter", "organiser", "liaison", "delegate")


@dataclass(frozen=True)
class Door:
    """Somebody a visitor may be: `meeting` is running now, `running` counts all that are (the organiser's)."""

    key: str
    person: DemoPerson
    company: Mapping[str, str]
    meeting: Meeting | None = None
    running: int = 0

    @property
    def role(self) -> Promise:
        return DOORS.get(self.key) or ROLES[self.person.role]

    @property
    def own(self) -> Text:
        """The name in the reader's script."""
        return Translated(self.person.name).in_language(current_language())

    @property
    def tries(self) -> Promise | str:
        return TRIES.get(self.key, "")

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES[self.person.language]

    @property
    def partner(self) -> Mapping[str, str] | None:
        """The company on the other side of the running meeting; None for who stands on neither side."""
        if self.meeting is None or not self.person.company:
            return None
        sells = self.meeting.exhibitor.company.slug == self.person.company
        return (self.meeting.buyer if sells else self.meeting.exhibitor).company.name


def doors(now: datetime) -> list[Door]:
    """The four, in the order of DOORS."""
    people = {person.door: person for person in plan().people if person.door}
    rows = _rows()
    return [_door(key, people[key], rows, now) for key in DOORS if people[key].key in rows]


def others() -> list[Door]:
    """Some more of the fair's people, each reached by the plan's key."""
    running = [meeting for meeting in plan().meetings if meeting.state == "running" and meeting.scene != "walk"]
    keys = [key for meeting in running[-OTHER_MEETINGS:] for key in meeting.people[:2]]
    people = {person.key: person for person in plan().people}
    chosen = [people[key] for key in keys]
    here = [person for person in plan().people if person.country == "PK" and not person.door]
    chosen += [next(person for person in here if person.role == role) for role in OTHER_ROLES]
    rows = _rows()
    return [Door(person.key, person, _company(person)) for person in chosen if person.key in rows]


def user_of(key: str) -> tuple[User, DemoPerson]:
    """The demonstration's person of a door or of the plan's key; raises Refused("not_found") for anybody else."""
    person = next((p for p in plan().people if key in (p.door, p.key)), None)
    rows = _rows()
    if person is None or person.key not in rows:
        raise Refused("not_found")
    user = User.objects.filter(pk=rows[person.key], is_demo=True, is_active=True).first()
    if user is None:
        raise Refused("not_found")
    return user, person


def _rows() -> dict[str, int]:
    return dict(DemoRow.objects.filter(kind=User._meta.label_lower).values_list("key", "row"))


def _company(person: DemoPerson) -> Mapping[str, str]:
    return next((firm.name for firm in plan().companies if firm.key == person.company), {})


def _door(key: str, person: DemoPerson, rows: dict[str, int], now: datetime) -> Door:
    running = Meeting.objects.with_names().filter(
        slot__starts_at__lte=now, slot__ends_at__gt=now, fair__is_demo=True, state__in=("confirmed", "held")
    )
    if key == "organiser":
        return Door(key, person, {}, running=running.count())
    named = Participant.objects.filter(user=rows[person.key]).values("meeting")
    own = running.filter(pk__in=named).first()
    return Door(key, person, _company(person), meeting=own)
