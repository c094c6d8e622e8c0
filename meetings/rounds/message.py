"""A list, and a reminder to a unit, as plain text to paste into WeChat or WhatsApp."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from booths.match_reasons import in_words, stored
from fairplatform.accounts.models import Staff
from fairplatform.i18n.text import current_language, isolated
from fairplatform.i18n.times import Place, format_day, local_times
from meetings.models import TickList, TickRound


def list_message(tick_list: TickList, places: Sequence[Place], *, language: str) -> str:
    """The candidates of a company with their numbers and reasons, how to answer, and the address of its page."""
    ticks = tick_list.ticks.select_related("other__company").order_by("number")
    with translation.override(language):
        lines = [
            _("%(company)s: whom would you like to meet at %(fair)s?")
            % {"company": isolated(tick_list.participation.company.name), "fair": isolated(tick_list.fair.name)},
            _("Answer by %(at)s.") % {"at": deadline(tick_list.round, places)},
            *(_line(tick.number, tick.other.company, stored(tick.reasons)) for tick in ticks),
            _("Reply with the numbers, for example: yes 1 3, no 2"),
            address(tick_list),
        ]
    return "\n".join(lines)


def silent_message(tick_round: TickRound, lists: Sequence[TickList], places: Sequence[Place]) -> str:
    """For a unit: its companies that have answered nothing, each with the address of its list."""
    return "\n".join(
        [
            _("These companies have not answered yet whom they would like to meet at %(fair)s. Please remind them.")
            % {"fair": isolated(tick_round.fair.name)},
            _("Answer by %(at)s.") % {"at": deadline(tick_round, places)},
            *(f"{isolated(one.participation.company.name)}: {address(one)}" for one in lists),
        ]
    )


def language_of(tick_list: TickList) -> str:
    """What the company's first manager is written to in; of a company without people, the reader's own."""
    rows = Staff.objects.filter(company=tick_list.participation.company_id, user__is_active=True)
    first = rows.order_by("-is_manager", "-is_lead", "pk").values_list("user__language", flat=True).first()
    return first or current_language()


def address(tick_list: TickList) -> str:
    return settings.PUBLIC_URL + reverse("meetings:ticks", args=[tick_list.fair.slug, tick_list.pk])


def deadline(tick_round: TickRound, places: Sequence[Place]) -> str:
    """On the clocks of these places, with the date."""
    return at_places(tick_round.deadline, places)


def at_places(at: datetime, places: Sequence[Place]) -> str:
    language = current_language()
    own, *others = local_times(at, places, language)
    date = own.day or format_day(places[0].date(at), language)
    clocks = [f"{own.clock} {own.zone_name}", *(f"{one.day} {one.clock} {one.zone_name}".strip() for one in others)]
    return f"{date} {' · '.join(clocks)}"


def _line(number: int, company: object, reasons: Sequence[object]) -> str:
    name = f"{number}. {isolated(company)}"
    words = "; ".join(in_words(reason) for reason in reasons)  # type: ignore[arg-type]
    return f"{name}: {words}" if words else name
