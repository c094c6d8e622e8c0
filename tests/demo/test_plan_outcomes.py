"""The plan's outcomes to the cent, meeting requests and inquiries."""

from collections import Counter
from dataclasses import replace
from statistics import median

from fairplatform.demo.content.terms import PAYMENT_WORDS, UNITS
from fairplatform.demo.plan.fair_plan import fair_plan

PLAN = fair_plan()
MEETINGS = {meeting.key: meeting for meeting in PLAN.meetings}
PRODUCTS = {(product.company, product.hs6): product for product in PLAN.products}
MANAGER, BUYER = "yongkang-bubujin-tools", "torange-hardware-traders"
AGREED = [outcome.exhibitor for outcome in PLAN.outcomes if outcome.state == "agreed"]
STATED = [
    (MEETINGS[outcome.meeting].exhibitor, statement)
    for outcome in PLAN.outcomes
    for statement in (outcome.exhibitor, outcome.buyer, outcome.draft)
    if statement
]


def total(kind, currency="USD"):
    return sum(
        statement.amount_minor for statement in AGREED if statement.kind == kind and statement.currency == currency
    )


def test_one_outcome_for_each_held_meeting():
    assert [o.meeting for o in PLAN.outcomes] == [m.key for m in PLAN.meetings if m.state == "held"]
    assert Counter(o.state for o in PLAN.outcomes) == {"agreed": 96, "one_side": 24, "differing": 4, "none": 8}


def test_agreed_outcomes_by_kind():
    assert Counter(statement.kind for statement in AGREED) == {
        "no_fit": 14,
        "contact": 23,
        "sample": 21,
        "quotation": 20,
        "intended_deal": 10,
        "trial_order": 5,
        "order": 1,
        "letter_of_intent": 1,
        "memorandum": 1,
    }


def test_agreed_amounts_by_kind():
    assert total("intended_deal") == 1_286_000_00
    assert total("trial_order") == 96_400_00
    assert total("order") == 48_600_00
    assert total("letter_of_intent") == 180_000_00
    assert {statement.currency for statement in AGREED if statement.amount_minor is not None} == {"USD"}
    assert {statement.kind for statement in AGREED if statement.amount_minor is not None} == {
        "intended_deal",
        "trial_order",
        "order",
        "letter_of_intent",
    }


def test_the_memorandum_has_a_quantity_and_no_amount():
    (memorandum,) = (statement for statement in AGREED if statement.kind == "memorandum")
    assert (memorandum.quantity, memorandum.unit, memorandum.amount_minor) == (6000, "sets", None)
    assert "Punjab" in memorandum.note["en"]


def test_which_sides_have_stated_an_outcome_by_state():
    sides = {
        "agreed": {(True, True)},
        "one_side": {(True, False), (False, True)},
        "differing": {(True, True)},
        "none": {(False, False)},
    }
    for state, expected in sides.items():
        statement = {(o.exhibitor is not None, o.buyer is not None) for o in PLAN.outcomes if o.state == state}
        assert statement == expected
    for outcome in PLAN.outcomes:
        assert (outcome.exhibitor == outcome.buyer) == (outcome.state in {"agreed", "none"})


def test_each_statement_has_its_author_and_a_time_before_the_opening():
    for outcome in PLAN.outcomes:
        manager, lead = MEETINGS[outcome.meeting].people[:2]
        ours = (manager, True) if outcome.exhibitor else (None, False)
        theirs = (lead, True) if outcome.buyer else (None, False)
        assert (outcome.exhibitor_by, outcome.exhibitor_at is not None) == ours
        assert (outcome.buyer_by, outcome.buyer_at is not None) == theirs
        assert all(1300 <= at < 1920 for at in (outcome.exhibitor_at, outcome.buyer_at) if at is not None)


def test_differing_statements_differ_in_one_field_each():
    amount, quantity, date, kind = sorted(
        ((o.exhibitor, o.buyer) for o in PLAN.outcomes if o.state == "differing"),
        key=lambda statement: (
            statement[0].amount_minor == statement[1].amount_minor,
            statement[0].kind != statement[1].kind,
            statement[0].quantity == statement[1].quantity,
        ),
    )
    assert (amount[0].amount_minor, amount[1].amount_minor, amount[0].currency) == (31_500_00, 30_150_00, "USD")
    assert amount[1] == replace(amount[0], amount_minor=30_150_00)
    assert quantity[1] == replace(quantity[0], quantity=quantity[0].quantity * 2)
    assert date[1] == replace(date[0], next_due_days=date[0].next_due_days + 7)
    assert (kind[0].kind, kind[1].kind) == ("quotation", "contact")


def test_the_persona_buyer_has_an_order_in_yuan_to_confirm():
    (yuan,) = (o for o in PLAN.outcomes if any(s and s.currency == "CNY" for s in (o.exhibitor, o.buyer)))
    assert (yuan.state, yuan.buyer, MEETINGS[yuan.meeting].buyer) == ("one_side", None, BUYER)
    assert (yuan.exhibitor.kind, yuan.exhibitor.amount_minor, yuan.exhibitor.payment) == ("order", 212_700_00, "cny")


def test_the_personas_companies_have_something_to_confirm():
    states = {
        firm: [o.state for o in PLAN.outcomes if firm in (MEETINGS[o.meeting].exhibitor, MEETINGS[o.meeting].buyer)]
        for firm in (MANAGER, BUYER)
    }
    assert states == {
        MANAGER: ["agreed", "differing", "one_side", "none"],
        BUYER: ["agreed", "none", "one_side", "one_side"],
    }
    one_side = [o for o in PLAN.outcomes if o.state == "one_side"]
    assert [o.buyer is not None for o in one_side if MEETINGS[o.meeting].exhibitor == MANAGER] == [True]
    assert [o.exhibitor is not None for o in one_side if MEETINGS[o.meeting].buyer == BUYER] == [True, True]


def test_interpreters_drafted_two_outcomes_one_of_them_the_persona():
    people = {person.key: person for person in PLAN.people}
    drafts = [o for o in PLAN.outcomes if o.draft]
    assert [o.state for o in drafts] == ["none", "none"]
    assert [o.draft_by for o in drafts] == [MEETINGS[o.meeting].interpreter for o in drafts]
    assert [people[o.draft_by].persona for o in drafts].count("interpreter") == 1


def test_statements_are_about_the_exhibitors_products():
    for exhibitor, statement in STATED:
        assert PRODUCTS[exhibitor, statement.hs6].name == statement.goods
        assert (statement.quantity is None) == (statement.unit is None)
    units = [statement.unit for _, statement in STATED if statement.unit is not None]
    assert (len(units), set(units) - set(UNITS)) == (144, set())
    assert {statement.payment for _, statement in STATED} == {None, *PAYMENT_WORDS}


def test_amounts_are_a_quantity_at_a_whole_cent_price_within_the_exhibitors_range():
    rate = {"USD": 100, "CNY": 709}
    priced = [
        (exhibitor, statement)
        for exhibitor, statement in STATED
        if statement.amount_minor and statement.amount_minor != 30_150_00
    ]
    for exhibitor, statement in priced:
        offer = PRODUCTS[exhibitor, statement.hs6]
        price, rest = divmod(statement.amount_minor, statement.quantity)
        assert rest == 0
        assert statement.unit == offer.price_unit
        assert offer.price_low * rate[statement.currency] <= price <= offer.price_high * rate[statement.currency]
    assert {
        (statement.kind == "intended_deal") == (statement.within_months is not None) for _, statement in STATED
    } == {True}


def test_every_outcome_but_no_fit_has_a_next_step():
    for _, statement in STATED:
        step = (statement.next_step, statement.next_by, statement.next_due_days)
        assert (statement.kind == "no_fit") == (step == (None, None, None))
    assert {statement.next_by for _, statement in STATED} == {None, "exhibitor", "buyer"}


def test_requests_to_the_personas_are_pending_and_one_is_about_to_expire():
    assert [request.state for request in PLAN.requests] == ["pending", "pending", "pending", "pending", "declined"]
    first, second, third, *_ = PLAN.requests
    assert (first.exhibitor, first.asked_by) == (MANAGER, "buyer")
    assert (second.buyer, second.asked_by) == (BUYER, "exhibitor")
    assert third.expires_in == 360
    assert PLAN.requests[-1].reply.language == "zh-hans"


def test_requests_are_for_free_slots_of_companies_that_do_not_meet():
    firms = {firm.key: firm for firm in PLAN.companies}
    met = {(meeting.buyer, meeting.exhibitor) for meeting in PLAN.meetings}
    for request in PLAN.requests:
        assert (request.buyer, request.exhibitor) not in met
        assert firms[request.exhibitor].hall in firms[request.buyer].interests
        assert request.slot > "3-1430"
    *pending, declined = PLAN.requests
    busy = {(firm, meeting.slot) for meeting in PLAN.meetings for firm in (meeting.buyer, meeting.exhibitor)}
    asked = {(firm, request.slot) for request in pending for firm in (request.buyer, request.exhibitor)}
    assert asked & busy == set()
    assert (declined.slot, firms[declined.exhibitor].late_friday) == ("4-1500", False)


def test_median_and_longest_answer_time_of_inquiries():
    answered = [inquiry.answer_after for inquiry in PLAN.inquiries if inquiry.answer_after is not None]
    assert (len(PLAN.inquiries), len(answered), max(answered) <= 180) == (214, 197, True)
    assert median(answered) == 110
    assert median([*answered, *[10**6] * 17]) == 110
    assert len({(inquiry.buyer, inquiry.exhibitor) for inquiry in PLAN.inquiries}) == 214


def test_eleven_unanswered_inquiries_led_to_planned_meetings():
    became = [inquiry for inquiry in PLAN.inquiries if inquiry.meeting]
    assert len(became) == 11
    for inquiry in became:
        meeting = MEETINGS[inquiry.meeting]
        assert inquiry.answer_after is None
        assert (meeting.buyer, meeting.exhibitor, meeting.state) == (inquiry.buyer, inquiry.exhibitor, "planned")


def test_inquiries_are_before_the_opening_and_contain_their_answer():
    for inquiry in PLAN.inquiries:
        first, *rest = inquiry.messages
        assert (first.after, (inquiry.opened.day, inquiry.opened.at.hour) < (3, 12)) == (0, True)
        assert (rest[0].after if rest else None) == inquiry.answer_after
        assert first.author == f"{inquiry.buyer}-1"
    visitors = [i for i in PLAN.inquiries if (i.buyer, i.exhibitor) == (BUYER, MANAGER)]
    assert [inquiry.answer_after for inquiry in visitors] == [110]
