"""The fair with all that organisers enter: it is imported as any fair is, at the dates of the demonstration."""

from datetime import date, datetime, timedelta

from django.db.models import F

from booths.models import Booth, Product
from fairplatform.accounts.models import Company, User
from fairplatform.fairs.models import Fact, Fair, Hall, Participation, RecruitingUnit, Registration, WorkingHours
from fairplatform.workbook.importing import plan_import, store_plan
from fairplatform.workbook.reading import Row, Workbook

from ..additions import additions
from ..plan.fair_plan import SLUG
from ..plan.published import first_day as first_day_of_workbook
from ..plan.published import published
from ..plan.source import workbook
from .rows import LoaderRun

VERIFIED_BEFORE = timedelta(days=20)
MOST_MEETINGS = 16
# By sheet, the columns that move with the first day of the fair.
DATED = {
    "days": ("date",), "calendars": ("from", "to"), "holidays": ("date",), "absences": ("date",), "pairs": ("date",),
    "fair": ("ceremony_at",), "demands": ("deadline",),
}  # fmt: skip


class SlugTaken(Exception):
    """A fair that is not a demonstration has the demonstration's slug."""


class SourceFaulty(Exception):
    """The workbook of the demonstration cannot be stored; says why."""


def stored_fair() -> Fair | None:
    """The fair, if it has been loaded before. Raises SlugTaken for a real fair."""
    fair = Fair.objects.filter(slug=SLUG).first()
    if fair and not fair.is_demo:
        raise SlugTaken(SLUG)
    return fair


def import_fair(entered: Workbook, now: datetime) -> Fair:
    """Stores the workbook and opens the fair. Raises SourceFaulty.

    The times of its pairs were for the schedule that is published: they would not move with the days.
    """
    fair = store_workbook(entered, now)
    fair.pairs.update(starts_at=None, zone="")
    let_companies_agree(fair)
    fair.state, fair.is_demo = Fair.State.OPEN, True
    fair.planned_rounds = len(published())
    fair.save(update_fields=["state", "is_demo", "planned_rounds"])
    _translate_pauses(fair)
    return fair


def let_companies_agree(fair: Fair) -> None:
    """Lets companies have more meetings than the schedule gave them, which is as many as the workbook allows each."""
    fair.participations.exclude(max_meetings=None).update(max_meetings=None)
    fair.max_meetings = MOST_MEETINGS
    fair.save(update_fields=["max_meetings"])


def workbook_from(first_day: date) -> Workbook:
    """The workbook for a fair that begins on this day."""
    source = workbook()
    by = first_day - first_day_of_workbook()
    rows = {sheet: [_moved(row, DATED.get(sheet, ()), by) for row in rows] for sheet, rows in source.rows.items()}
    return Workbook(rows, list(source.findings))


def _moved(row: Row, columns: tuple[str, ...], by: timedelta) -> Row:
    cells = {column: cell + by for column in columns if isinstance(cell := row.values.get(column), date)}
    return Row(row.sheet, row.number, row.values | cells)


def store_workbook(entered: Workbook, now: datetime, fair: Fair | None = None) -> Fair:
    """Creates a draft fair, or brings this one up to date. Raises SourceFaulty."""
    plan = plan_import(entered, fair)
    if not plan.may_be_stored:
        errors = [finding for finding in plan.findings if finding.severity == "error"]
        raise SourceFaulty("\n".join(f"{one.sheet} {one.row} {one.column}: {one.text}" for one in errors))
    return store_plan(plan, now=now)


def register_rows(run: LoaderRun) -> None:
    """Registers which rows were imported for which keys."""
    taking_part = Participation.objects.filter(fair=run.fair)
    run.rows.register(Participation, taking_part.values_list("key", "pk"))
    run.rows.register(Company, taking_part.values_list("key", "company"))
    run.rows.register(RecruitingUnit, run.fair.units.values_list("key", "pk"))
    run.rows.register(Booth, run.fair.booths.values_list("participation__key", "pk"))
    run.rows.register(User, run.fair.registrations.values_list("key", "user"))
    companies = dict(taking_part.values_list("company", "key"))
    products = Product.objects.filter(company__in=companies).values_list("company", "hs6", "pk")
    run.rows.register(Product, [(f"{companies[company]}/{code}", pk) for company, code, pk in products])


def load_additions(run: LoaderRun) -> None:
    """What no column of a workbook says. A company's address is its key, and each hall has a lattice of its own."""
    _complete_companies(run)
    User.objects.filter(registrations__fair=run.fair).update(is_demo=True)
    Registration.objects.filter(fair=run.fair).update(consented_at=run.now - VERIFIED_BEFORE)
    Hall.objects.filter(fair=run.fair).update(pattern=F("number"))
    for key, unit in additions().price_units.items():
        Product.objects.filter(pk=run.rows.ids(Product)[key]).update(price_unit=unit)
    Fact.objects.bulk_create(
        Fact(fair=run.fair, text=fact.text, citation=fact.citation, reported_on=fact.reported_on, rank=rank)
        for rank, fact in enumerate(additions().facts, start=1)
    )


def _complete_companies(run: LoaderRun) -> None:
    companies = Company.objects.in_bulk(run.rows.ids(Company).values())
    booths = Booth.objects.in_bulk(run.rows.ids(Booth).values())
    for key, pk in run.rows.ids(Company).items():
        companies[pk].slug = key
        companies[pk].is_demo = True
        companies[pk].verified_at = None if key in additions().unverified else run.now - VERIFIED_BEFORE
    for key, pk in run.rows.ids(Booth).items():
        booths[pk].slug = key
    Company.objects.bulk_update(companies.values(), ["slug", "is_demo", "verified_at"])
    Booth.objects.bulk_update(booths.values(), ["slug"])


def import_missing_demands(run: LoaderRun) -> None:
    """Gives its demands to a demonstration that was loaded before the workbook had them."""
    rows = workbook_from(run.anchor.days[0]).rows["demands"]
    if not run.fair.demands.filter(key=rows[0].values["key"]).exists():
        store_workbook(Workbook({"demands": rows}), run.now, run.fair)


def load_missing_hours(run: LoaderRun) -> None:
    """Gives working hours to a demonstration that was loaded before fairs had them."""
    if not run.fair.working_hours.exists():
        rows = workbook_from(run.anchor.days[0]).rows["calendars"]
        store_workbook(Workbook({"calendars": rows}), run.now, run.fair)
        _translate_pauses(run.fair)


def raise_old_ceilings(run: LoaderRun) -> None:
    """Of a demonstration that was loaded before requests kept to them."""
    if run.fair.max_meetings == workbook().rows["fair"][0].values["max_meetings"]:
        let_companies_agree(run.fair)


def _translate_pauses(fair: Fair) -> None:
    names = additions().pauses
    hours = list(fair.working_hours.all())
    for row in hours:
        row.pauses = [pause | {"name": names[pause["name"]]} for pause in row.pauses]
    WorkingHours.objects.bulk_update(hours, ["pauses"])
