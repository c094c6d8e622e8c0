"""Which companies and people of a workbook belong to other fairs, only or too, and who of them is invited."""

from collections.abc import Iterable, Sequence

from fairplatform.fairs import members
from fairplatform.fairs.models import Fair
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import same_name_key

from ..fields import Values, text_of, translated
from ..stored import Stored
from .draft import Draft, Planning
from .foreign import People, namesakes


def invite(planning: Planning, sheet: str, drafts: list[Draft]) -> list[Draft]:
    """Marks the new rows that are companies or people of other fairs, which are invited; leaves out their products."""
    if sheet == "companies":
        _invite_companies(planning, drafts)
    elif sheet == "people":
        _invite_people(planning, drafts)
    elif sheet == "products":
        return _own_products(planning, drafts)
    return drafts


def _invite_companies(planning: Planning, drafts: Sequence[Draft]) -> None:
    mark_shared("companies", planning.stored["companies"], planning.fair, planning.elsewhere)
    numbers = filter(None, (text_of(draft.values, "registration") for draft in drafts))
    planning.namesakes = namesakes(planning.fair, dict.fromkeys(numbers))
    for draft in drafts:
        known = planning.namesakes.get(text_of(draft.values, "registration"), [])
        namesake = _namesake(planning, draft, known)
        draft.invites = None if draft.stored else namesake
        draft.is_invited = draft.stored.is_invited if draft.stored else draft.invites is not None
        if draft.invites:
            planning.report.warning(draft.row, None, "company_invited")
    planning.invited |= {str(one.values["key"]) for one in planning.stored["companies"] if one.is_invited}
    planning.invited |= {str(draft.values["key"]) for draft in drafts if draft.is_invited}
    shared = {str(one.values["key"]) for one in planning.stored["companies"] if one.is_shared}
    shared |= {str(draft.values["key"]) for draft in drafts if draft.stored and draft.stored.is_shared}
    planning.foreign |= planning.invited | shared


def mark_shared(sheet: str, rows: Iterable[Stored], fair: Fair | None, elsewhere: Elsewhere) -> None:
    """Marks the companies or people that belong to another fair too; rows of other sheets have no such mark here."""
    if fair is None or sheet not in ("companies", "people"):
        return
    if sheet == "companies":
        shared = set(elsewhere.companies().filter(participations__fair=fair).values_list("pk", flat=True))
    else:
        people = members.people(fair, elsewhere)
        shared = set(elsewhere.accounts().filter(pk__in=people).values_list("pk", flat=True))
    for one in rows:
        key = one.row.company_id if sheet == "companies" else one.row.user.pk
        one.is_shared = not one.is_invited and key in shared


def _namesake(planning: Planning, draft: Draft, elsewhere: Sequence[tuple[int, frozenset[str]]]) -> int | None:
    """Of the companies of other fairs with a row's registration number, the key of the one that the row names too.

    A number alone proves nothing: whoever is the first to enter another company's number under a name of their own
    would have that company's row taken for theirs, and its data left out. So a row whose number is in use under other
    names only stays a company of its own. The number is left out with a warning, since one of the two must be wrong;
    the name that it is in use under is not told.
    """
    if not elsewhere or (draft.stored and _is_number_known(draft)):
        return None
    names = _names(draft.values) | (_names(draft.stored.values) if draft.stored else set())
    for key, known in elsewhere:
        if names & known:
            return key
    del draft.values["registration"]
    planning.report.warning(draft.row, "registration", "registration_elsewhere")
    return None


def _is_number_known(draft: Draft) -> bool:
    """Whether the row's number is stored already, or will not be because its company is only invited."""
    stored = draft.stored
    return stored is not None and (
        stored.is_invited or stored.values.get("registration") == draft.values["registration"]
    )


def _names(values: Values) -> set[str]:
    return {
        same_name_key(name) for name in (*translated("name", values).values(), text_of(values, "legal_name")) if name
    }


def _invite_people(planning: Planning, drafts: Sequence[Draft]) -> None:
    if not drafts:
        return
    mark_shared("people", planning.stored["people"], planning.fair, planning.elsewhere)
    people = People()
    own = {one.row.user.pk for one in planning.stored["people"]}
    for draft in drafts:
        draft.is_invited = draft.stored is not None and draft.stored.is_invited
        email = text_of(draft.values, "email").lower()
        holder = draft.stored.row.user.pk if draft.stored else None
        if draft.stored is None:
            stranger = people.stranger(draft.values)
            draft.invites = holder = None if stranger in own else stranger
            draft.is_invited = draft.invites is not None or draft.values.get("company") in planning.foreign
            if draft.is_invited:
                planning.report.warning(draft.row, None, "person_invited")
        if people.is_named_again(email) or (not draft.is_invited and people.has_other(email, holder)):
            planning.report.error(draft.row, "email", "email_taken")


def _own_products(planning: Planning, drafts: list[Draft]) -> list[Draft]:
    """Without the new products of companies that belong to another fair; marks those stored as not to be changed."""
    own = []
    for draft in drafts:
        company = draft.values.get("company")
        if company in planning.invited:
            planning.report.warning(draft.row, "company", "company_not_accepted")
        elif company in planning.foreign and draft.stored is None:
            planning.report.warning(draft.row, "company", "company_shared")
        else:
            if draft.stored:
                draft.stored.is_shared = company in planning.foreign
            own.append(draft)
    return own
