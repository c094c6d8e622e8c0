"""Managers of a company say who works for it; whoever has an account elsewhere is only invited, and never changed."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from fairplatform.accounts.models import AuditEntry, Staff, User
from fairplatform.fairs.models import Fair, Participation, Registration, RoleAssignment
from fairplatform.fairs.registrations import accept
from fairplatform.office.links.letters import send_access
from tests.booth_office.conftest import BoothOffice, position_of
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_person, make_role, make_staff, three

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("fairplatform.booth_office.staff.actions"),
]
NEW: dict[str, Any] = {
    "person-name_en": "Li Na", "person-name_zh-hans": "李娜", "person-name_ur": "لی نا", "person-country": "CN",
    "person-language": "zh-hans", "person-speaks": ["zh", "en"], "position-position": "Sales Officer",
}  # fmt: skip


def changed(fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**fields, **{name.replace("__", "-"): value for name, value in more.items()}}


def stored(model: type[Model]) -> list[Any]:
    return list(model._default_manager.order_by("pk").values())


def account(person: User) -> Any:
    return User.objects.filter(pk=person.pk).values().get()


def test_a_person_is_added_without_any_address(manager: BoothOffice, exhibitor: Participation) -> None:
    answer = manager.post("staff_add", **NEW)
    assert "Give them their personal link now." in manager.says(answer)
    added = Staff.objects.get(company=exhibitor.company, is_manager=False)
    user = added.user
    assert (user.name, user.email, str(user.phone)) == (
        {"en": "Li Na", "zh-hans": "李娜", "ur": "لی نا"}, None, "",
    )  # fmt: skip
    assert (user.speaks, user.language, added.position, user.has_usable_password()) == (
        ["zh", "en"], "zh-hans", "sales", False,
    )  # fmt: skip
    registration = Registration.objects.get(user=user)
    assert (registration.fair, registration.is_invitation, registration.consents) == (manager.fair, False, False)
    entry = AuditEntry.objects.get(permission="booth.manage")
    assert (entry.actor, entry.object, entry.after["user"]) == (
        manager.person, f"fairs.participation:{exhibitor.pk}", user.pk,
    )  # fmt: skip
    page = manager.get("staff").text
    assert all(word in page for word in ("Li Na", "李娜", "Sales Officer", "Chinese · English", "No link yet"))


def test_what_is_wrong_is_said_and_nothing_is_lost(manager: BoothOffice) -> None:
    answer = manager.post(
        "staff_add", **changed(NEW, person__email="li na", person__phone="12", **{"person-zone": "x"})
    )
    assert (answer.status_code, sorted(answer.context["person"].errors)) == (409, ["email", "phone", "zone"])
    assert 'value="Li Na"' in answer.text
    assert Staff.objects.count() == 1


def test_staff_see_the_list_and_change_nobody_but_themselves(clerk: BoothOffice, manager: BoothOffice) -> None:
    page = clerk.get("staff").text
    assert (clerk.address("staff_add") in page, clerk.get("staff_add").status_code) == (False, 403)
    boss = position_of(manager.person)
    assert "<form" not in clerk.get("staff_person", boss.pk).text.partition("<main")[2].partition("</main")[0]
    before = account(manager.person)
    assert clerk.post("staff_person", boss.pk, **{"person-speaks": ["ur"]}).status_code == 403
    assert account(manager.person) == before
    own = position_of(clerk.person)
    fields = {"person-speaks": ["zh", "ur"], "position-position": "Technical Engineer", "position-is_manager": "on"}
    clerk.says(clerk.post("staff_person", own.pk, **fields, **{"person-email": "mine@firm.example"}))
    own.refresh_from_db()
    clerk.person.refresh_from_db()
    assert (clerk.person.speaks, own.position, own.is_manager) == (["zh", "ur"], "engineer", False)
    assert clerk.person.email != "mine@firm.example"


def test_a_manager_changes_the_companys_own_accounts(manager: BoothOffice, clerk: BoothOffice) -> None:
    own = position_of(clerk.person)
    User.objects.filter(pk=clerk.person.pk).update(last_login=None, password="!x")
    fields = changed(NEW, person__email="li.na@firm.example", **{"position-is_manager": "on"})
    assert "Saved." in manager.says(manager.post("staff_person", own.pk, **fields))
    own.refresh_from_db()
    clerk.person.refresh_from_db()
    assert (str(clerk.person.name), clerk.person.email, own.is_manager) == ("Li Na", "li.na@firm.example", True)
    # By a letter to another address whoever has it would be them.
    User.objects.filter(pk=clerk.person.pk).update(last_login=NOW)
    assert "email" not in manager.get("staff_person", own.pk).context["person"].fields
    manager.post("staff_person", own.pk, **changed(fields, person__email="boss@firm.example"))
    clerk.person.refresh_from_db()
    assert clerk.person.email == "li.na@firm.example"


def outsider_by_role(person: User) -> None:
    RoleAssignment.objects.create(fair=make_fair(), user=person, role="interpreter")


def outsider_by_company(person: User) -> None:
    Staff.objects.create(company=make_buyer(make_fair()).company, user=person)


def outsider_by_registration(person: User) -> None:
    Registration.objects.create(fair=make_fair(), user=person, accepted_at=NOW)


@pytest.mark.parametrize("leaves", [outsider_by_role, outsider_by_company, outsider_by_registration])
def test_an_account_that_is_also_elsewhere_is_not_the_managers(
    manager: BoothOffice, clerk: BoothOffice, leaves: Any
) -> None:
    User.objects.filter(pk=clerk.person.pk).update(last_login=None, password="!x")
    leaves(clerk.person)
    own, before = (
        Staff.objects.get(user=clerk.person, company=position_of(manager.person).company),
        account(clerk.person),
    )
    page = manager.get("staff_person", own.pk)
    assert (page.context["person"], "also has a role outside your company" in page.text) == (None, True)
    manager.says(manager.post("staff_person", own.pk, **NEW))
    own.refresh_from_db()
    assert (account(clerk.person) | {"access_version": 0}, own.position) == (before | {"access_version": 0}, "sales")
    for medium in ("cards", "letters"):
        assert "with their own account" in manager.says(manager.post("staff_link", own.pk, medium=medium))


def test_an_account_of_another_fair_is_invited_and_left_alone(
    manager: BoothOffice, exhibitor: Participation, mailoutbox: list[Any]
) -> None:
    """Also by a company that is in several fairs: it takes people in for itself."""
    Participation.objects.create(fair=make_fair(), company=exhibitor.company, sells=True, state="approved")
    stranger = make_staff(make_buyer(make_fair()), email="li.na@HONGDA.example")
    before = account(stranger)
    answer = manager.post("staff_add", **changed(NEW, person__email="li.na@hongda.example"))
    assert "The person has been invited by email." in manager.says(answer)
    assert (account(stranger), Staff.objects.filter(company=exhibitor.company).count()) == (before, 1)
    row = Registration.objects.get(fair=manager.fair, user=stranger)
    [task] = DBTaskResult.objects.all()
    assert (task.args_kwargs["args"], send_access.func(row.pk)) == ([row.pk], 1)
    [letter] = mailoutbox
    assert letter.to == [stranger.email]
    page = manager.get("staff").text
    assert ("Invited, not accepted yet" in page, f"{exhibitor.company.name} invites you" in page) == (True, True)
    # Nothing of the account, only what the manager wrote.
    assert (str(stranger.name) in page, "Li Na" in page) == (False, True)
    browser = Client()
    browser.force_login(stranger)
    assert "The company invites you" in browser.get(f"/fairs/{manager.fair.slug}/registration/").text
    assert accept(actor(stranger), registration=row.pk, shares_contact=False, speaks=[], now=NOW).left_out == ""
    assert Staff.objects.get(company=exhibitor.company, user=stranger).position == "sales"


def test_an_invitation_holds_while_its_writer_manages_the_company(
    manager: BoothOffice, exhibitor: Participation
) -> None:
    stranger = make_staff(make_buyer(make_fair()))
    manager.post("staff_add", **changed(NEW, person__email=stranger.email))
    row = Registration.objects.get(fair=manager.fair, user=stranger)
    Staff.objects.filter(user=manager.person).update(is_manager=False)
    accepted = accept(actor(stranger), registration=row.pk, shares_contact=False, speaks=[], now=NOW)
    assert (accepted.left_out, exhibitor.company.staff.count()) == ("company_adds_people", 1)


def test_an_invitation_is_withdrawn(manager: BoothOffice, clerk: BoothOffice, exhibitor: Participation) -> None:
    stranger = make_staff(make_buyer(make_fair()))
    manager.post("staff_add", **changed(NEW, person__email=stranger.email))
    row = Registration.objects.get(fair=manager.fair, user=stranger)
    assert clerk.post("staff_withdraw", row.pk).status_code == 403
    rival = BoothOffice(manager.fair, make_staff(make_exhibitor(manager.fair)))
    assert rival.post("staff_withdraw", row.pk).status_code == 404
    assert "has been withdrawn" in manager.says(manager.post("staff_withdraw", row.pk))
    assert not Registration.objects.filter(pk=row.pk).exists()
    # One that the organisers wrote is theirs.
    theirs = Registration.objects.create(
        fair=manager.fair, user=stranger, invitation={"role": "staff", "company": exhibitor.pk, "manager": None}
    )
    assert manager.post("staff_withdraw", theirs.pk).status_code == 404


def of_the_fair(fair: Fair) -> User:
    return Registration.objects.create(fair=fair, user=make_person(), accepted_at=NOW).user


def invited_by_another(fair: Fair) -> User:
    return Registration.objects.create(fair=fair, user=make_person()).user


@pytest.mark.parametrize(
    ("whose", "said"),
    [
        (lambda fair: make_staff(make_buyer(fair)), "This address cannot be added here."),
        (lambda fair: make_role(fair, "organiser"), "This address cannot be added here."),
        (of_the_fair, "This address cannot be added here."),
        (invited_by_another, "This address cannot be added here."),
        (lambda fair: Staff.objects.get().user, "This person already works for your company."),
    ],
)
def test_people_of_the_fair_are_not_taken(manager: BoothOffice, whose: Any, said: str) -> None:
    """Whatever they are in it, which is not told."""
    person = whose(manager.fair)
    before = [account(person), *stored(Registration), *stored(Staff)]
    answer = manager.post("staff_add", **changed(NEW, person__email=person.email))
    assert (answer.status_code, said in answer.context["person"].errors["email"][0]) == (409, True)
    assert [account(person), *stored(Registration), *stored(Staff)] == before


def test_the_last_manager_stays(manager: BoothOffice, clerk: BoothOffice) -> None:
    own = position_of(manager.person)
    fields = changed(NEW, person__speaks=[])
    answer = manager.post("staff_person", own.pk, **fields)
    assert answer.context["position"].errors == {
        "is_manager": ["A company needs a manager. Make someone else manager first."]
    }
    assert "A company needs a manager." in manager.says(manager.post("staff_end", own.pk))
    # Somebody who cannot come in does not count.
    Staff.objects.filter(user=clerk.person).update(is_manager=True)
    User.objects.filter(pk=clerk.person.pk).update(is_active=False)
    assert "A company needs a manager." in manager.says(manager.post("staff_end", own.pk))
    User.objects.filter(pk=clerk.person.pk).update(is_active=True)
    assert manager.post("staff_end", own.pk).status_code == 302
    assert [row.user for row in Staff.objects.all()] == [clerk.person]


def test_work_for_the_company_ends_at_once(manager: BoothOffice, clerk: BoothOffice) -> None:
    version, own = User.objects.get(pk=clerk.person.pk).access_version, position_of(clerk.person)
    assert clerk.get("staff").status_code == 200
    said = manager.says(manager.post("staff_end", own.pk))
    assert "has been removed from the company" in said
    assert (clerk.get("staff").status_code, Staff.objects.filter(user=clerk.person).exists()) == (302, False)
    clerk.client.force_login(User.objects.get(pk=clerk.person.pk))
    assert clerk.get("staff").status_code == 404
    # By which open sockets find out.
    assert User.objects.get(pk=clerk.person.pk).access_version > version
    entry = AuditEntry.objects.get(permission="booth.manage")
    assert (entry.before["user"], entry.before["is_manager"]) == (clerk.person.pk, False)
    assert manager.post("staff_end", own.pk).status_code == 404


def test_pages_of_another_company_are_not_there(manager: BoothOffice) -> None:
    other = position_of(make_staff(make_exhibitor(manager.fair)))
    for route in ("staff_person", "staff_end", "staff_link"):
        assert manager.post(route, other.pk).status_code == 404


def test_two_windows_do_not_overwrite_each_other(manager: BoothOffice, clerk: BoothOffice) -> None:
    own = position_of(clerk.person)
    seen = manager.get("staff_person", own.pk).context
    seen = {"person-seen": seen["person"]["seen"].value(), "position-seen": seen["position"]["seen"].value()}
    clerk.post("staff_person", own.pk, **{"person-speaks": ["zh", "ur"], "position-position": "Technical Engineer"})
    fields = {name: value for name, value in NEW.items() if name != "person-speaks"}
    mine = {**fields, "person-speaks": ["zh"], "position-position": "Managing Director", **seen}
    manager.says(manager.post("staff_person", own.pk, **mine))
    own.refresh_from_db()
    clerk.person.refresh_from_db()
    # The manager has left both alone, so what the clerk says stays.
    assert (clerk.person.speaks, own.position, str(clerk.person.name)) == (["zh", "ur"], "engineer", "Li Na")


def test_the_list_reads_as_often_however_many_they_are(manager: BoothOffice, exhibitor: Participation) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            manager.get("staff")
        return len(asked)

    queries()
    before = queries()
    for _number in range(5):
        make_staff(exhibitor, name=three("One"), speaks=["zh", "ur"])
    assert queries() == before
