"""The text that asks a company for the outcomes that it owes, to paste into WeChat or WhatsApp."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import LANGUAGES, current_language, isolated
from meetings.status import page_url

from .links import link_lines
from .queries import Open, Owing


def language_of(one: Owing) -> str:
    """What the first of those who are asked is written to in; of a company without people, the reader's own."""
    found = next((user.language for user in one.speakers), "")
    return found if found in LANGUAGES else current_language()


def request_message(fair: Fair, one: Owing) -> str:
    """In the language of the person: each meeting with its partner, what is to be done, and the link to do it."""
    with translation.override(language_of(one)):
        return "\n".join(_lines(fair, one, {}))


def message_with_links(fair: Fair, one: Owing, person: User, links: Mapping[int, tuple[str, str]]) -> str:
    """The same for one person, with the secret and code of a link by meeting, where there is something to confirm."""
    with translation.override(person.language if person.language in LANGUAGES else current_language()):
        words = gettext(
            "Each link confirms one outcome, once. Keep links and codes to yourself: anyone who has both can confirm "
            "for you."
        )
        return "\n".join([*_lines(fair, one, links), "", words])


def _lines(fair: Fair, one: Owing, links: Mapping[int, tuple[str, str]]) -> Iterator[str]:
    yield gettext("%(fair)s: please confirm what came of your meetings, %(company)s.") % {
        "fair": isolated(fair.name),
        "company": isolated(one.participation.company.name),
    }
    for item in one.items:
        yield from ("", f"{isolated(item.partner)}: {_what(item.line.state, drafted=item.line.drafted)}")
        if item.meeting.pk in links:
            yield from link_lines(fair, *links[item.meeting.pk])
        else:
            yield f"{settings.PUBLIC_URL}{page_url(item.meeting, 'outcome')}"


def _what(state: Open, *, drafted: bool) -> str:
    if drafted:
        return gettext("A draft is ready. Confirm or correct it.")
    return {
        Open.DIFFERING: gettext("Your record and theirs do not match. Compare the two."),
        Open.ONE_SIDE: gettext("The other side has submitted the outcome. Confirm or correct it."),
        Open.MISSING: gettext("Record the outcome"),
        Open.CORRECTION: gettext("The other side proposes a correction. Confirm it, or keep what was agreed."),
    }[state]
