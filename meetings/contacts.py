"""By which mobile numbers the companies of a fair are reached, as far as a reader may know them."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Q

from fairplatform.accounts.models import User
from fairplatform.fairs import members
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation, Registration
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role


class Number(NamedTuple):
    """Somebody's mobile number, written internationally if it is known to be one."""

    name: Translated
    mobile: str


def mobiles(reader: User, fair: Fair, companies: Collection[Participation]) -> dict[int, list[Number]]:
    """By participation, in three queries: of its managers and leads, else of the contact that it has named.

    Organisers read all, delegates those of their unit's companies. Of other companies a delegate reads those of people
    who agreed to their contact data crossing the border; everybody else reads none.
    """
    own = memberships(reader, fair.pk)
    if not own.roles & {Role.ORGANISER, Role.DELEGATED}:
        return {}
    whole = {one.pk for one in companies if Role.ORGANISER in own.roles or one.unit_id in own.units}
    found = _of_people(fair, companies, whole)
    for one in companies:
        if one.pk in whole and one.contact_mobile and not found[one.pk]:
            found[one.pk].append(Number(one.contact_name, one.contact_mobile))
    return found


def _of_people(fair: Fair, companies: Collection[Participation], whole: Collection[int]) -> dict[int, list[Number]]:
    consenting = set(
        Registration.objects.filter(fair=fair, contact_consented_at__isnull=False).values_list("user", flat=True)
    )
    of_company = {one.company_id: one.pk for one in companies}
    speaking = members.positions(fair, Elsewhere.of(None, fair)).filter(
        Q(is_manager=True) | Q(is_lead=True), company__in=of_company, user__is_active=True
    )
    found: dict[int, list[Number]] = defaultdict(list)
    for row in speaking.select_related("user").order_by("-is_lead", "-is_manager", "pk"):
        key, user = of_company[row.company_id], row.user
        mobile = user.phone.as_international if user.phone else user.whatsapp
        if mobile and (key in whole or user.pk in consenting):
            found[key].append(Number(user.name, mobile))
    return found
