"""What a company may import of itself: its products, and the people whose accounts are its own."""

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import CompanyRole, Fair, Participation
from fairplatform.fairs.sharing import Elsewhere, accounts_of

from ..keys import KeyBook
from ..reading import Workbook
from ..row import CLEAR, Row
from ..stored import Stored, StoredSheet
from ..stored.goods import ProductSheet
from ..written import language_of
from .bounds import Values, WholeFair
from .draft import Draft
from .report import Report

OWN_SHEETS = ("products", "people")
# What organisers say of people, or what the people of a company have no use for; never shown to it.
NOT_OF_COMPANY = frozenset(
    {"recruiting_unit", "lead", "consent_on", "remarks", "interprets", "max_minutes_a_day", "on_call", "hall_shown"}
)
_READ = ("fair", "halls", "companies", *OWN_SHEETS)


class OfCompany(WholeFair):
    """The import of a company's own people, whatever the file says in `company`. It tells nothing of anybody else."""

    def __init__(self, company: Participation, report: Report) -> None:
        self.company = company
        self.report = report
        self._key: object = None
        self._keys_of_others: set[object] = set()

    def elsewhere(self, organiser: Viewer | None, fair: Fair | None) -> Elsewhere:
        return Elsewhere.of_company(self.company.company)

    def read(self, sheet: StoredSheet, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        if sheet.name == "products":
            return ProductSheet(self.company.company_id).read(fair, keys, elsewhere)
        return sheet.read(fair, keys, elsewhere) if sheet.name in _READ else []

    def opened(self, workbook: Workbook) -> Workbook:
        own = {sheet: rows for sheet, rows in workbook.rows.items() if sheet in OWN_SHEETS}
        return Workbook(own, workbook.findings)

    def own(self, sheet: str, stored: list[Stored]) -> list[Stored]:
        if sheet == "companies":
            own = [one for one in stored if one.row.pk == self.company.pk]
            self._key = own[0].values["key"]
            return own
        if sheet == "people":
            accounts = set(accounts_of(self.company.company).values_list("pk", flat=True))
            own = [one for one in stored if one.row.user.pk in accounts and not one.is_invited]
            self._keys_of_others = {one.values["key"] for one in stored} - {one.values["key"] for one in own}
            return own
        return stored

    def seen(self, sheet: str, stored: list[Stored]) -> list[Stored]:
        return [one for one in stored if one.row.pk == self.company.pk] if sheet == "companies" else []

    def fill(self, row: Row, values: Values) -> None:
        """Also leaves out what organisers enter, whatever is stored, which is not told."""
        for column in sorted(NOT_OF_COMPANY & values.keys()):
            if values.pop(column) is not CLEAR:
                self.report.warning(row, column, "cell_of_organisers")
        if values.get("company", CLEAR) is CLEAR:
            values["company"] = self._key
        if row.sheet == "people" and "key" not in values:
            values.setdefault("role", CompanyRole.STAFF.value)

    def admits(self, row: Row, values: Values) -> bool:
        if row.sheet != "people" or values.get("key") not in self._keys_of_others:
            return True
        self.report.error(row, "key", "key_not_of_company")
        return False

    def referred(self, column: str, found: set[object]) -> set[object]:
        return found & {self._key} if column == "company" else found

    def unknown(self, column: str) -> str:
        return "company_not_own" if column == "company" else "reference_unknown"

    def bind(self, sheet: str, draft: Draft) -> None:
        if sheet == "people" and draft.stored:
            self._bind_known(draft, draft.stored)
        elif sheet == "people":
            self._bind_new(draft)

    def _bind_known(self, draft: Draft, stored: Stored) -> None:
        if draft.values.pop("role", stored.values["role"]) != stored.values["role"] and "role" in draft.row.values:
            self.report.warning(draft.row, "role", "role_on_page")
        # Only an address that would change is still there. By a letter to another one whoever has it would be them.
        if "email" in draft.values and stored.row.user.has_come_in:
            self.report.error(draft.row, "email", "email_of_person")

    def _bind_new(self, draft: Draft) -> None:
        country = self.company.company.country
        draft.values.setdefault("country", country)
        draft.values.setdefault("write_in", language_of(country))
        if draft.values.get("role", CompanyRole.STAFF) not in CompanyRole.values:
            self.report.error(draft.row, "role", "role_of_company")
        if draft.is_invited:
            self.report.error(draft.row, "email", "person_to_invite")
