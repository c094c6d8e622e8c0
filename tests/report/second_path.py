"""Every figure computed again from the exported rows alone, in plain Python that shares nothing with the program.

Amounts that a party hides are in no row: a sum is computed without them, and how many of them the figure is without.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
CHIEFS = {"chief_executive", "managing_director", "proprietor", "managing_partner"}
CONCLUDED, INTENDED, MEMORANDA = {"trial_order", "order", "contract"}, {"intended_deal"}, {"mou", "loi"}
KINDS = {"concluded": CONCLUDED, "intended": INTENDED, "memoranda": MEMORANDA, "purchases": CONCLUDED | INTENDED}


class Again:
    def __init__(self, exported: dict[str, Any]) -> None:
        rows = exported["rows"]
        self.at = exported["as_at"]
        self.approved = [one for one in rows["companies"] if one["state"] == "approved"]
        self.sellers = [one for one in self.approved if one["sells"]]
        self.buyers = [one for one in self.approved if one["buys"]]
        self.planned = [one for one in rows["meetings"] if one["state"] != "cancelled"]
        self.over = [one for one in self.planned if one["ends_at"] <= self.at or one["state"] == "missed"]
        self.held = [one for one in self.over if one["state"] == "held"]
        self.meetings = rows["meetings"]
        self.answered = [one for one in rows["requests"] if one["state"] in ("accepted", "declined")]
        self.papers = rows["ledger"]
        over = {one["key"] for one in self.held}
        over |= {
            one["key"]
            for one in self.planned
            if one["by_telephone"] and one["state"] == "confirmed" and one["ends_at"] <= self.at
        }
        self.said = [one for one in rows["satisfaction"] if one["meeting"] in over]
        self.company = {one["key"]: one for one in rows["companies"]}
        self.inquiries = rows["inquiries"]
        self.rates = rows["rates"]

    def figure(self, key: str) -> tuple[int, int, set[str]]:
        """The value of a figure, how many hidden amounts it is without, and the keys of its rows."""
        name, _, part = key.partition(":")
        if name.startswith("realised"):
            return self._realised(name, *part.split(":"))
        if name.startswith("purchases_by_"):
            return self._divided_amount(name, *part.split(":"))
        if name.startswith("outcomes_amount_"):
            return self._amount_of_kind(name.removeprefix("outcomes_amount_"), *part.split(":"))
        if "_amount" in name:
            return self._amount(name, part)
        value, found = self._value(name, part)
        return value, 0, found

    def _value(self, name: str, part: str) -> tuple[int, set[str]]:
        if name == "largest_deals":
            return self._named(part.partition(":")[0])
        if name.startswith("satisfaction_average"):
            given = [one for one in self.said if part in ("", one["side"])]
            return hundredths([one["rating"] for one in given]), keys(given)
        if name == "requests_answer_time":
            took = [seconds(one["made_at"], one["answered_at"]) // 60 for one in self.answered]
            return median(took), keys(self.answered)
        if name == "inquiries_answer_time":
            known = [one for one in self.inquiries if one["answered_at"]]
            return median(seconds(one["opened_at"], one["answered_at"]) for one in known), keys(known)
        if name.endswith("_share") or "_share_" in name:
            return self._share(name)
        if "_per_" in name:
            which, _, role = name.partition("_per_")
            companies = self.sellers if role == "exhibitor" else self.buyers
            rows = self.held if which == "held" else self.planned
            return hundredths([sum(row[role] == one["key"] for row in rows) for one in companies]), keys(companies)
        found = keys(self._rows(name, part))
        return len(found), found

    def _rows(self, name: str, part: str) -> Iterable[Row]:
        if name.startswith("satisfaction_"):
            return self._answers(name, part)
        for stem, rows in (("exhibitors_by_", self.sellers), ("buyers_by_", self.buyers)):
            if name.startswith(stem) and name != "buyers_by_title":
                field = {"unit": "recruiting_unit"}.get(name.removeprefix(stem), name.removeprefix(stem))
                return [one for one in rows if (one[field] or "-") == part]
        if (parts := name.rpartition("_by_"))[1] and name != "buyers_by_title":
            return self._meetings_by(parts[0], parts[2], part)
        for status in ("confirmed", "one_side"):
            if name.endswith(f"_{status}"):
                return self._of_kinds(name.removesuffix(f"_{status}"), status, part)
        return self._simple(part)[name]()

    def _meetings_by(self, which: str, field: str, part: str) -> list[Row]:
        rows = self.held if which == "held" else self.planned
        if field == "company":
            return [one for one in rows if part in (one["exhibitor"], one["buyer"])]
        if field == "outcome":
            return [one for one in rows if (one["outcome"] or "none") == part]
        return [one for one in rows if str(one[field] or "-") == part]

    def _of_kinds(self, name: str, status: str, part: str) -> list[Row]:
        if name == "outcomes":
            return [one for one in self.meetings if (what := said(one, status)) and what["kind"] == part]
        found = [one for one in self.meetings if (what := said(one, status)) and what["kind"] in KINDS[name]]
        return [one for one in found if not is_counted_elsewhere(one, found, lambda row: said(row, status))]

    def _share(self, name: str) -> tuple[int, set[str]]:
        if name.startswith("purchases_new_share_"):
            status = name.removeprefix("purchases_new_share_")
            rows = self._of_kinds("purchases", status, "")
            part = [one for one in rows if self.company[one["exhibitor"]]["new_to_market"]]
            return percent(len(part), len(rows)), keys(rows)
        named = [one for one in self.buyers if one["purchasers"]]
        people = [who for one in named for who in one["purchasers"]]
        shares: dict[str, tuple[int, int, list[Row]]] = {
            "exhibitors_new_share": (
                sum(one["new_to_market"] for one in self.sellers), len(self.sellers), self.sellers
            ),
            "purchasers_deciding_share": (sum(who["decides"] for who in people), len(people), named),
            "purchasers_chief_executive_share": (sum(who["title"] in CHIEFS for who in people), len(people), named),
            "meetings_kept_share": (len(self.held), len(self.over), self.over),
            "held_with_interpreter_share": (sum(one["interpreter"] for one in self.held), len(self.held), self.held),
        }  # fmt: skip
        part, whole, rows = shares[name]
        return percent(part, whole), keys(rows)

    def _amount_of_kind(self, status: str, kind: str, currency: str) -> tuple[int, int, set[str]]:
        """Each type by itself: of intended deals for one demand the largest."""
        found = [one for one in self.meetings if (what := said(one, status)) and what["kind"] == kind]
        found = [one for one in found if not is_counted_elsewhere(one, found, lambda row: said(row, status))]
        rows = [one for one in found if said(one, status)["currency"] == currency]
        known = [said(one, status) for one in rows]
        hidden = sum(what["amount_hidden"] for what in known) if status == "one_side" else left_out(known)
        return shown(known), hidden, keys(rows)

    def _divided_amount(self, name: str, part: str, currency: str) -> tuple[int, int, set[str]]:
        """By the exhibitor's hall or the meeting's day, without any hidden amount."""
        field, _, status = name.removeprefix("purchases_by_").partition("_amount_")
        own = {"sector": "hall", "day": "day"}[field]
        rows = [
            one
            for one in self._of_kinds("purchases", status, "")
            if str(one[own] or "-") == part and said(one, status)["currency"] == currency
        ]
        known = [said(one, status) for one in rows]
        return shown(known), sum(what["amount_hidden"] for what in known), keys(rows)

    def _realised(self, name: str, kind: str, currency: str) -> tuple[int, int, set[str]]:
        """Of what the parties have confirmed, as far as they show it."""
        own = [
            one
            for one in self.papers
            if (one["provenance"], one["kind"], one["currency"], one["amount_hidden"])
            == ("parties", kind, currency, False)
        ]
        if name == "realised_amount":
            known = [one for one in own if one["realised_minor"] is not None]
            return sum(one["realised_minor"] for one in known), 0, keys(known)
        agreed = [one for one in own if one["amount_minor"] is not None]
        total, realised = (sum(one[field] or 0 for one in agreed) for field in ("amount_minor", "realised_minor"))
        return (total if name == "realised_of_amount" else percent(realised, total)), 0, keys(agreed)

    def converted(self, amount_minor: int, currency: str) -> tuple[int, Row] | None:
        """What an amount comes to in US dollars by the newest rate, and that rate; all these have two decimals."""
        known = [one for one in self.rates if {one["base"], one["quote"]} == {currency, "USD"}]
        if currency == "USD" or not known:
            return None
        rate = max(known, key=lambda one: one["date"])
        factor = Fraction(rate["rate"]) if rate["base"] == currency else 1 / Fraction(rate["rate"])
        exact = Fraction(amount_minor) * factor
        return int((exact + Fraction(1, 2)) // 1), rate

    def _amount(self, name: str, currency: str) -> tuple[int, int, set[str]]:
        if name == "intended_differing_amount":
            rows = [one for one in self.meetings if one["outcome"] == "differing" and are_two_amounts(one)]
            rows = [one for one in rows if smaller(one)["currency"] == currency]
            rows = [one for one in rows if not is_counted_elsewhere(one, rows, smaller)]
            hidden = sum(smaller(one)["amount_hidden"] for one in rows)
            return shown(map(smaller, rows)), hidden, keys(rows)
        stem, _, status = name.partition("_amount_")
        rows = [one for one in self._of_kinds(stem, status, "") if said(one, status)["currency"] == currency]
        known = [said(one, status) for one in rows]
        if status == "one_side":
            return shown(known), sum(what["amount_hidden"] for what in known), keys(rows)
        hidden = sum(left_out(what for what in known if what["kind"] == kind) for kind in KINDS[stem])
        return shown(known), hidden, keys(rows)

    def _named(self, key: str) -> tuple[int, set[str]]:
        [one] = [row for row in self._of_kinds("purchases", "confirmed", "") if row["key"] == key]
        assert not one["agreed"]["amount_hidden"]
        assert [paper["outcome"] for paper in self.papers if paper["released_with_amount"]].count(one["reference"]) == 1
        return one["agreed"]["amount_minor"], {key}

    def _answers(self, name: str, part: str) -> list[Row]:
        tests: dict[str, Callable[[Row], bool]] = {
            "answers": lambda one: True,
            "by_rating": lambda one: str(one["rating"]) == part,
            "right": lambda one: one["right_partner"] is True,
            "wrong": lambda one: one["right_partner"] is False,
            "wrong_by_reason": lambda one: one["right_partner"] is False and (one["because"] or "-") == part,
        }
        return [one for one in self.said if tests[name.removeprefix("satisfaction_")](one)]

    def _simple(self, part: str) -> dict[str, Callable[[], list[Row]]]:
        named = [one for one in self.buyers if one["purchasers"]]

        def titles(one: Row) -> set[str]:
            return {purchaser["title"] for purchaser in one["purchasers"]}

        return {
            "companies": lambda: self.approved,
            "exhibitors": lambda: self.sellers,
            "exhibitors_new": lambda: [one for one in self.sellers if one["new_to_market"]],
            "buyers": lambda: self.buyers,
            "buyers_with_purchaser": lambda: named,
            "buyers_deciding": lambda: [one for one in named if any(who["decides"] for who in one["purchasers"])],
            "buyers_chief_executive": lambda: [one for one in named if titles(one) & CHIEFS],
            "buyers_by_title": lambda: [one for one in named if part in titles(one)],
            "meetings_planned": lambda: self.planned,
            "meetings_over": lambda: self.over,
            "meetings_held": lambda: self.held,
            "meetings_ten_minutes": lambda: [one for one in self.held if one["connected_seconds"] >= 600],
            "meetings_missed": lambda: [one for one in self.over if one["missed_because"] == part],
            "meetings_with_interpreter": lambda: [one for one in self.planned if one["interpreter"]],
            "held_with_interpreter": lambda: [one for one in self.held if one["interpreter"]],
            "companies_met": lambda: [
                one
                for one in self.approved
                if any(one["key"] in (meeting["exhibitor"], meeting["buyer"]) for meeting in self.held)
            ],
            "companies_below_floor": lambda: [one for one in self.approved if self._is_below(one)],
            "requests_answered": lambda: self.answered,
            "inquiries": lambda: self.inquiries,
            "inquiries_answered": lambda: [one for one in self.inquiries if one["answered_at"]],
            "inquiries_late": self._late,
            "inquiries_late_with_meeting": lambda: [one for one in self._late() if self._has_met_since(one)],
            "papers_document": lambda: self._papers("document", part),
            "papers_report": lambda: self._papers("report", part),
        }

    def _late(self) -> list[Row]:
        limit = datetime.fromisoformat(self.at) - timedelta(minutes=3)
        open_ones = [one for one in self.inquiries if one["answered_at"] is None]
        return [one for one in open_ones if datetime.fromisoformat(one["opened_at"]) < limit]

    def _has_met_since(self, inquiry: Row) -> bool:
        pair = (inquiry["exhibitor"], inquiry["asking"])
        return any(
            (one["exhibitor"], one["buyer"]) == pair and one["starts_at"] > inquiry["opened_at"] for one in self.planned
        )

    def _papers(self, provenance: str, kind: str) -> list[Row]:
        return [one for one in self.papers if (one["provenance"], one["kind"]) == (provenance, kind)]

    def _is_below(self, company: Row) -> bool:
        def number(side: str) -> int:
            return sum(one[side] == company["key"] for one in self.planned)

        return any(
            company[role] and number(side) < company["min_meetings"]
            for role, side in (("sells", "exhibitor"), ("buys", "buyer"))
        )


def said(meeting: Row, status: str) -> Row | None:
    if status == "confirmed":
        return meeting["agreed"]
    return next(iter(meeting["submitted"].values())) if meeting["outcome"] == "one_side" else None


def are_two_amounts(meeting: Row) -> bool:
    one, other = meeting["submitted"].values()
    return bool(one["amount_minor"] != other["amount_minor"])


def smaller(meeting: Row) -> Row:
    """Of two sides' versions that differ; it answers a demand only if both name that one."""
    one, other = meeting["submitted"].values()
    least = min(one, other, key=lambda what: what["amount_minor"] or 0)
    return least if one["demand"] == other["demand"] else {**least, "demand": None}


def is_counted_elsewhere(row: Row, rows: list[Row], what: Callable[[Row], Any]) -> bool:
    """Whether another intended deal in its currency answers the same demand with more, or as much and earlier."""
    own = what(row)
    if own["kind"] != "intended_deal" or not own["demand"]:
        return False
    same = [one for one in rows if all(what(one)[name] == own[name] for name in ("kind", "demand", "currency"))]
    most = max(what(one)["amount_minor"] for one in same)
    return next(one for one in same if what(one)["amount_minor"] == most) is not row


def shown(known: Iterable[Any]) -> int:
    return sum(what["amount_minor"] for what in known if not what["amount_hidden"])


def left_out(known: Iterable[Any]) -> int:
    """Hidden amounts that both sides agreed are in a sum three at a time."""
    return sum(what["amount_hidden"] for what in known) % 3


def hundredths(ratings: list[int]) -> int:
    """Half a hundredth is rounded up."""
    return int(Decimal(sum(ratings)).scaleb(2) / len(ratings) + Decimal("0.5"))


def percent(part: int, whole: int) -> int:
    """In tenths; half of one is rounded up."""
    return int((Decimal(1000 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP))


def median(values: Iterable[int]) -> int:
    """The lower of the two in the middle."""
    known = sorted(values)
    return known[(len(known) - 1) // 2]


def keys(rows: Iterable[Row]) -> set[str]:
    return {one["key"] for one in rows}


def seconds(begin: str, end: str) -> int:
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds())
