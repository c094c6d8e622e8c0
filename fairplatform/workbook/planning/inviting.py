"""Which companies and people of a workbook belong to other fairs, only or too, and who of them is invited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fairplatform.accounts.models import Company
from fairplatform.fairs.sharing import shared_accounts, shared_companies

from ..fields import Values, translated
from ..keys import plain
from .foreign import People, find_companies

if TYPE_CHECKING:
    from .planner import Draft, Planner


def invite(planner: Planner, sheet: str, drafts: list[Draft]) -> list[Draft]:
    """Marks the new rows that are companies or people of other fairs, which are invited; leaves out their products."""
    if sheet == "companies":
        _invite_companies(planner, drafts)
    elif sheet == "people":
        _invite_people(planner, drafts)
    elif sheet == "products":
        return _own_products(planner, drafts)
    return drafts


def _invite_companies(planner: Planner, drafts: Sequence[Draft]) -> None:
    _mark_shared_companies(planner)
    known = find_companies(planner.fair, [_text(draft.values, "registration") for draft in drafts])
    for draft in drafts:
        namesake = _namesake(planner, draft, known.get(_text(draft.values, "registration"), []))
        draft.invites = namesake.pk if namesake and not draft.stored else None
        draft.is_invited = draft.stored.is_invited if draft.stored else draft.invites is not None
        if draft.invites:
            planner.report.warning(draft.row, None, "company_invited")
    planner.invited |= {str(one.values["key"]) for one in planner.stored["companies"] if one.is_invited}
    planner.invited |= {str(draft.values["key"]) for draft in drafts if draft.is_invited}
    shared = {str(one.values["key"]) for one in planner.stored["companies"] if one.is_shared}
    shared |= {str(draft.values["key"]) for draft in drafts if draft.stored and draft.stored.is_shared}
    planner.foreign |= planner.invited | shared


def _mark_shared_companies(planner: Planner) -> None:
    shared = shared_companies(planner.fair, planner.organiser) if planner.fair else set()
    for one in planner.stored["companies"]:
        one.is_shared = not one.is_invited and one.row.company_id in shared


def _namesake(planner: Planner, draft: Draft, elsewhere: Sequence[Company]) -> Company | None:
    """Of the companies of other fairs with a row's registration number, the one that the row names too.

    A number alone proves nothing: whoever is the first to enter another company's number under a name of their own
    would have that company's row taken for theirs, and its data left out. So a row whose number is in use under other
    names only stays a company of its own. The number is left out with a warning, since one of the two must be wrong;
    the name that it is in use under is not told.
    """
    if not elsewhere or (draft.stored and _is_number_known(draft)):
        return None
    names = _names(draft.values) | (_names(draft.stored.values) if draft.stored else set())
    for company in elsewhere:
        if names & {plain(name) for name in (*company.name.values(), company.legal_name) if name}:
            return company
    del draft.values["registration"]
    planner.report.warning(draft.row, "registration", "registration_elsewhere")
    return None


def _is_number_known(draft: Draft) -> bool:
    """Whether the row's number is stored already, or will not be because its company is only invited."""
    stored = draft.stored
    return stored is not None and (
        stored.is_invited or stored.values.get("registration") == draft.values["registration"]
    )


def _names(values: Values) -> set[str]:
    return {plain(name) for name in (*translated("name", values).values(), _text(values, "legal_name")) if name}


def _invite_people(planner: Planner, drafts: Sequence[Draft]) -> None:
    if not drafts:
        return
    _mark_shared_people(planner)
    people = People()
    own = {one.row.user.pk for one in planner.stored["people"]}
    for draft in drafts:
        draft.is_invited = draft.stored is not None and draft.stored.is_invited
        email = _text(draft.values, "email").lower()
        holder = draft.stored.row.user.pk if draft.stored else None
        if draft.stored is None:
            stranger = people.stranger(draft.values)
            draft.invites = holder = None if stranger in own else stranger
            draft.is_invited = draft.invites is not None or draft.values.get("company") in planner.foreign
            if draft.is_invited:
                planner.report.warning(draft.row, None, "person_invited")
        if people.is_named_again(email) or (not draft.is_invited and people.has_other(email, holder)):
            planner.report.error(draft.row, "email", "email_taken")


def _mark_shared_people(planner: Planner) -> None:
    shared = shared_accounts(planner.fair, planner.organiser) if planner.fair else set()
    for one in planner.stored["people"]:
        one.is_shared = not one.is_invited and one.row.user.pk in shared


def _own_products(planner: Planner, drafts: list[Draft]) -> list[Draft]:
    """Without the new products of companies that belong to another fair; marks those stored as not to be changed."""
    own = []
    for draft in drafts:
        company = draft.values.get("company")
        if company in planner.invited:
            planner.report.warning(draft.row, "company", "company_not_accepted")
        elif company in planner.foreign and draft.stored is None:
            planner.report.warning(draft.row, "company", "company_shared")
        else:
            if draft.stored:
                draft.stored.is_shared = company in planner.foreign
            own.append(draft)
    return own


def _text(values: Values, column: str) -> str:
    cell = values.get(column)
    return cell if isinstance(cell, str) else ""
