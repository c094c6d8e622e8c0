"""The people a visitor may sign in as, and what each of them can do now."""

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
from .plan.entities import DemoPerson
from .plan.fair_plan import fair_plan

MAIN_ROLES: Mapping[str, Promise] = {
    "buyer": _("Buyer"),
    "exhibitor": _("Exhibitor manager"),
    "interpreter": _("Interpreter"),
    "organiser": _("Organiser"),
}
SUGGESTIONS: Mapping[str, Promise] = {
    "buyer": _("Browse the halls, message a booth, request a meeting, take part and confirm the outcome."),
    "exhibitor": _("Reply to buyers at your booth, accept a meeting request, take part and confirm the outcome."),
    "interpreter": _("See the meetings you are interpreting today, join them as interpreter and draft the outcome."),
    "organiser": _("See all meetings in progress and which need help."),
}
ROLES: Mapping[str, Promise] = {
    "exhibitor_manager": _("Exhibitor manager"),
    "buyer_lead": _("Buyer"),
    "interpreter": _("Interpreter"),
    "liaison": _("Liaison officer"),
    "organiser": _("Organiser"),
    "delegated": _("Delegation organiser"),
}
LANGUAGE_NAMES = {"en": "English", "zh-hans": "中文", "ur": "اردو"}
# Besides the main four: the leads of this many running meetings, and one person of each of these roles.
MEETINGS_SHOWN = 4
ROLES_SHOWN = ("interpreter", "organiser", "liaison", "delegated")


@dataclass(frozen=True)
class Persona:
    """A person a visitor may sign in as, with their running `meeting`; for the organiser, how many are `running`."""

    key: str
    person: DemoPerson
    company: Mapping[str, str]
    meeting: Meeting | None = None
    running: int = 0

    @property
    def role(self) -> Promise:
        return MAIN_ROLES.get(self.key) or ROLES[self.person.role]

    @property
    def own_name(self) -> Text:
        """The name in the reader's language."""
        return Translated(self.person.name).in_language(current_language())

    @property
    def suggestion(self) -> Promise | str:
        return SUGGESTIONS.get(self.key, "")

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES[self.person.language]

    @property
    def partner(self) -> Mapping[str, str] | None:
        """The company on the other side of the running meeting; None for people of neither side."""
        if self.meeting is None or not self.person.company:
            return None
        sells = self.meeting.exhibitor.company.slug == self.person.company
        name: Mapping[str, str] = (self.meeting.buyer if sells else self.meeting.exhibitor).company.name
        return name


def main_personas(now: datetime) -> list[Persona]:
    """The four main personas in the order of MAIN_ROLES; empty while the demonstration is not loaded."""
    people = {person.persona: person for person in fair_plan().people if person.persona}
    user_ids = _user_ids()
    return [_main_persona(key, people[key], user_ids, now) for key in MAIN_ROLES if people[key].key in user_ids]


def other_personas() -> list[Persona]:
    """Some more people of the fair."""
    running = [meeting for meeting in fair_plan().meetings if meeting.state == "running" and meeting.scene != "walk"]
    keys = [key for meeting in running[-MEETINGS_SHOWN:] for key in meeting.people[:2]]
    people = {person.key: person for person in fair_plan().people}
    chosen = [people[key] for key in keys]
    pakistani = [person for person in fair_plan().people if person.country == "PK" and not person.persona]
    chosen += [next(person for person in pakistani if person.role == role) for role in ROLES_SHOWN]
    user_ids = _user_ids()
    return [Persona(person.key, person, _company(person)) for person in chosen if person.key in user_ids]


def persona_user(key: str) -> tuple[User, DemoPerson]:
    """The person of a main persona's key or of the plan's; raises Refused("not_found") for anybody else."""
    person = next((p for p in fair_plan().people if key in (p.persona, p.key)), None)
    user_ids = _user_ids()
    if person is None or person.key not in user_ids:
        raise Refused("not_found")
    user = User.objects.filter(pk=user_ids[person.key], is_demo=True, is_active=True).first()
    if user is None:
        raise Refused("not_found")
    return user, person


def _user_ids() -> dict[str, int]:
    return dict(DemoRow.objects.filter(kind=User._meta.label_lower).values_list("key", "row"))


def _company(person: DemoPerson) -> Mapping[str, str]:
    return next((firm.name for firm in fair_plan().companies if firm.key == person.company), {})


def _main_persona(key: str, person: DemoPerson, user_ids: dict[str, int], now: datetime) -> Persona:
    running = Meeting.objects.with_names().filter(
        slot__starts_at__lte=now, slot__ends_at__gt=now, fair__is_demo=True, state__in=("confirmed", "held")
    )
    if key == "organiser":
        return Persona(key, person, {}, running=running.count())
    participations = Participant.objects.filter(user=user_ids[person.key]).values("meeting")
    own = running.filter(pk__in=participations).first()
    return Persona(key, person, _company(person), meeting=own)
