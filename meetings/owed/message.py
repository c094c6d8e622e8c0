"""The text that asks a company for the outcomes that it owes, to paste into WeChat or WhatsApp."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import LANGUAGES, current_language, isolated
from meetings.status import page_url

from .queries import Open, Owing


def language_of(one: Owing) -> str:
    """What the first of those who are asked is written to in; of a company without people, the reader's own."""
    found = next((user.language for user in one.speakers), "")
    return found if found in LANGUAGES else current_language()


def request_message(fair: Fair, one: Owing) -> str:
    """In the language of the person: each meeting with its partner, what is to be done, and the link to do it."""
    with translation.override(language_of(one)):
        company = isolated(one.participation.company.name)
        lines = [
            gettext("%(fair)s: please confirm what came of your meetings, %(company)s.")
            % {"fair": isolated(fair.name), "company": company}
        ]
        for item in one.items:
            lines += ["", f"{isolated(item.partner)}: {_what(item.line.state, drafted=item.line.drafted)}"]
            lines.append(f"{settings.PUBLIC_URL}{page_url(item.meeting, 'outcome')}")
    return "\n".join(lines)


def _what(state: Open, *, drafted: bool) -> str:
    if drafted:
        return gettext("A draft is ready. Confirm or correct it.")
    return {
        Open.DIFFERING: gettext("Your record and theirs do not match. Compare the two."),
        Open.ONE_SIDE: gettext("The other side has submitted the outcome. Confirm or correct it."),
        Open.MISSING: gettext("Record the outcome"),
        Open.CORRECTION: gettext("The other side proposes a correction. Confirm it, or keep what was agreed."),
    }[state]
