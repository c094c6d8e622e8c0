"""The states of an outcome, whoever does what in whatever order. docs/outcomes.md draws them."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.ledger.models import Entry
from meetings.models import Correction, Outcome, OutcomeVersion
from meetings.outcomes import actions, corrections
from tests.factories import NOW, actor, make_fair, make_slots
from tests.meetings.cases import MeetingCase, make_case, order
from tests.sizes import full

SIDES = ("exhibitor", "buyer")
AMOUNTS = st.integers(1, 3)


class Outcomes(RuleBasedStateMachine):
    """The acts on one outcome, and beside it what each side has confirmed: the amount of the version, or None."""

    @initialize()
    def meet(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        fair = make_fair()
        self.case: MeetingCase = make_case(fair, make_slots(fair, number=1)[0], with_interpreter=True)
        self.confirmed: dict[str, int | None] = dict.fromkeys(SIDES)
        self.versions: list[int] = []  # keys
        self.is_withdrawn = False
        self.proposed: tuple[str, int] | None = None  # the side, and the key of the version
        self.entries = 0

    def teardown(self) -> None:
        if hasattr(self, "example"):
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    @property
    def is_agreed(self) -> bool:
        return self.confirmed["buyer"] is not None and self.confirmed["buyer"] == self.confirmed["exhibitor"]

    def person(self, side: str) -> User:
        return self.case.seller if side == "exhibitor" else self.case.buyer

    def done(self, act: Any, person: User, **arguments: Any) -> bool:
        """Whether the act was not refused."""
        try:
            act(actor(person), meeting=self.case.meeting.pk, now=NOW, **arguments)
        except Refused:
            return False
        finally:
            self.versions = list(OutcomeVersion.objects.order_by("number").values_list("pk", flat=True))
        return True

    @rule(amount=AMOUNTS, by=st.sampled_from([*SIDES, "interpreter"]))
    def draft(self, amount: int, by: str) -> None:
        person = self.case.interpreter if by == "interpreter" else self.person(by)
        assert person is not None
        newest = OutcomeVersion.objects.filter(pk__in=self.versions[-1:], amount_minor=amount).exists()
        if self.done(actions.draft, person, content=order(amount)):
            self.is_withdrawn &= newest  # the same again is not written again

    @rule(amount=AMOUNTS, side=st.sampled_from(SIDES), is_late=st.booleans())
    def submit(self, amount: int, side: str, is_late: bool) -> None:
        base = None if is_late or not self.versions else self.versions[-1]
        before = self.is_agreed
        if self.done(actions.submit, self.person(side), content=order(amount), base=base) and not before:
            self.confirmed[side] = self.version_of(side)
            assert OutcomeVersion.objects.get(pk=self.confirmed[side]).amount_minor == amount
            self.is_withdrawn = False

    @rule(side=st.sampled_from(SIDES), place=st.integers(-3, -1))
    def confirm(self, side: str, place: int) -> None:
        version = self.versions[place] if len(self.versions) >= -place else None
        before = self.is_agreed
        if self.done(actions.confirm, self.person(side), version=version) and not before:
            self.confirmed[side] = version
            self.is_withdrawn = False

    @rule(side=st.sampled_from(SIDES))
    def withdraw(self, side: str) -> None:
        if self.done(actions.withdraw, self.person(side)) and self.confirmed[side]:
            self.confirmed[side] = None
            self.is_withdrawn = not any(self.confirmed.values())

    @rule(amount=AMOUNTS, side=st.sampled_from(SIDES), is_late=st.booleans())
    def propose(self, amount: int, side: str, is_late: bool) -> None:
        base = None if is_late or not self.versions else self.versions[-1]
        if not self.done(corrections.propose, self.person(side), content=order(amount), base=base):
            return
        assert self.is_agreed
        if amount == self.amount_of(self.confirmed[side]):
            return
        if self.proposed and self.amount_of(self.proposed[1]) == amount:
            if self.proposed[0] != side:
                self.corrected()
            return
        self.proposed = (side, self.versions[-1])

    @rule(side=st.sampled_from(SIDES), place=st.integers(-3, -1))
    def confirm_correction(self, side: str, place: int) -> None:
        version = self.versions[place] if len(self.versions) >= -place else None
        if self.done(corrections.confirm_correction, self.person(side), version=version) and self.proposed:
            assert self.proposed == (SIDES[1 - SIDES.index(side)], version)
            self.corrected()

    @rule(side=st.sampled_from(SIDES), place=st.integers(-3, -1))
    def drop_correction(self, side: str, place: int) -> None:
        version = self.versions[place] if len(self.versions) >= -place else None
        if self.done(corrections.drop_correction, self.person(side), version=version) and self.proposed:
            assert self.proposed[1] == version
            self.proposed = None

    def corrected(self) -> None:
        """Both sides state what one had proposed, and the ledger says it in a further entry."""
        assert self.proposed
        self.confirmed = dict.fromkeys(SIDES, self.proposed[1])
        self.proposed = None
        self.entries += 1

    def amount_of(self, version: int | None) -> int | None:
        return OutcomeVersion.objects.get(pk=version).amount_minor

    @rule()
    def interpreters_confirm_and_withdraw_nothing(self) -> None:
        interpreter = self.case.interpreter
        assert interpreter is not None
        version = self.versions[-1] if self.versions else None
        assert not self.done(actions.confirm, interpreter, version=version)
        assert not self.done(actions.withdraw, interpreter)

    def version_of(self, side: str) -> int:
        return Outcome.objects.get().statements.get(side=side).version_id

    @invariant()
    def the_statements_are_what_each_side_did_last(self) -> None:
        if not self.versions:
            return
        statements = Outcome.objects.get().statements.all()
        stated = {one.side: (one.version_id, one.made_by) for one in statements}
        assert stated == {side: (key, self.person(side)) for side, key in self.confirmed.items() if key}

    @invariant()
    def the_state_is_what_the_statements_say(self) -> None:
        if not self.versions:
            assert not Outcome.objects.exists()
            return
        given = [key for key in self.confirmed.values() if key]
        none = "withdrawn" if self.is_withdrawn else "drafted"
        expected = [none, "one_side", "agreed" if self.is_agreed else "differing"][len(given)]
        outcome = Outcome.objects.get()
        assert (outcome.state, outcome.agreed_id) == (expected, given[0] if self.is_agreed else None)
        assert [(one.side, one.version_id) for one in Correction.objects.all()] == [self.proposed] * bool(self.proposed)
        assert (Entry.objects.count(), Entry.objects.standing().count()) == (
            self.is_agreed + self.entries,
            self.is_agreed,
        )


@pytest.mark.django_db
def test_outcomes_keep_their_rules_in_any_order() -> None:
    size = settings(
        max_examples=full(100, small=6),
        stateful_step_count=full(30, small=10),
        suppress_health_check=[HealthCheck.too_slow],  # on a busy computer
    )
    run_state_machine_as_test(Outcomes, settings=size)
