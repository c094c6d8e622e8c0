"""The report and the ledger of the demonstration show each state that they can have."""

from fairplatform.ledger.models import Entry
from fairplatform.report.figures import compute
from fairplatform.report.rows import read_rows
from meetings.models import OutcomeVersion, Satisfaction

from .conftest import ANCHOR, OPENING


def figures(fair):
    return {one.key: one for one in compute(read_rows(fair, now=OPENING))}


def test_satisfaction_and_answers_to_inquiries(fair):
    found = figures(fair)
    names = (
        *("satisfaction_answers", "satisfaction_average", "inquiries", "inquiries_answered", "inquiries_answer_time"),
        *("inquiries_late", "inquiries_late_with_meeting"),
    )
    assert [found[name].value for name in names] == [151, 430, 214, 197, 110, 17, 11]
    assert (found["satisfaction_right"].value, found["satisfaction_wrong"].value) == (119, 9)
    assert not Satisfaction.objects.filter(fair=fair, made_at__gt=OPENING).exists()


def test_shares_and_means_are_those_of_the_announcement(fair):
    found = figures(fair)
    assert {name: found[name].value for name in (
        "exhibitors_new_share", "purchasers_chief_executive_share", "meetings_kept_share", "planned_per_buyer",
        "planned_per_exhibitor",
    )} == {
        "exhibitors_new_share": 396, "purchasers_chief_executive_share": 850, "meetings_kept_share": 910,
        "planned_per_buyer": 500, "planned_per_exhibitor": 313,
    }  # fmt: skip


def test_a_hidden_amount_a_rate_and_bands(fair):
    found = figures(fair)
    hidden = {key: one.hidden for key, one in found.items() if one.hidden and "_by_" not in key}
    assert hidden == {
        "outcomes_amount_one_side:intended_deal:USD": 1, "intended_amount_one_side:USD": 1,
        "purchases_amount_one_side:USD": 1,
    }  # fmt: skip
    order = found["concluded_amount_one_side:CNY"].conversion
    assert (order.converted, str(order.rate), order.rate.on) == (
        (30_000_00, "USD"), "1 USD = 7.09 CNY", ANCHOR.days[0],
    )  # fmt: skip
    bands = OutcomeVersion.objects.filter(outcome__fair=fair, highest_minor__isnull=False)
    assert sorted(bands.values_list("amount_minor", "highest_minor")) == [
        (45_000_00, 60_000_00), (54_000_00, 70_000_00), (110_000_00, 150_000_00), (180_000_00, 240_000_00),
    ]  # fmt: skip
    # The lower ends of the bands count.
    assert found["intended_amount_confirmed:USD"].value == 1_286_000_00


def test_a_signed_paper_and_what_was_realised(fair):
    found = figures(fair)
    assert {key: one.value for key, one in found.items() if key.startswith("realised")} == {
        "realised_amount:trial_order:USD": 12_000_00, "realised_of_amount:trial_order:USD": 96_400_00,
        "realised_share:trial_order:USD": 124, "realised_amount:order:USD": 14_580_00,
        "realised_of_amount:order:USD": 48_600_00, "realised_share:order:USD": 300,
    }  # fmt: skip
    paper = Entry.objects.standing().get(fair=fair, kind="mou")
    assert (paper.signed_on, paper.valid_until.year, paper.languages, paper.prevailing, paper.is_binding) == (
        paper.agreed_on, paper.agreed_on.year + 2, ["zh", "en"], "en", False,
    )  # fmt: skip
    parts = [one.part for one in paper.names.all()]
    assert parts == ["party", "party", "witness", "signatory", "signatory"]
