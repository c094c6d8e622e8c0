"""`visible_to` (a query) returns exactly the objects in which `roles_of` gives the person a role."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from booths.models import Booth, Product, Shift
from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.models import Fair, Participation, RoleAssignment
from fairplatform.files.actions import give
from fairplatform.files.models import File
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import Release, Scan
from fairplatform.policy import LoadsForPerson, Role
from tests.factories import (
    NOW,
    make_attachment,
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_product,
    make_staff,
)
from tests.matrix.world import World, make_world

pytestmark = pytest.mark.either("fairplatform.fairs.memberships", "fairplatform.policy")

# A file is visible to those who see its owner; it has a test of its own below.
MODELS = [
    model
    for model in apps.get_models()
    if hasattr(model, "roles_of") and hasattr(model._default_manager, "visible_to") and model is not File
]


@pytest.fixture
def world(db: None) -> World:
    """The small world, and what is not open: a draft, companies not approved (any more), goods shown nowhere."""
    world = make_world()
    draft = make_fair(state="draft")
    RoleAssignment.objects.create(fair=draft, user=world.people["foreign_organiser"], role=Role.ORGANISER)
    RoleAssignment.objects.create(fair=draft, user=world.people["deactivated"], role=Role.ORGANISER)
    RoleAssignment.objects.create(fair=draft, user=world.people["liaison"], role=Role.LIAISON)
    hidden, waiting = make_exhibitor(draft), make_exhibitor(world.fair)
    Participation.objects.filter(pk=waiting.pk).update(state="submitted")
    world.people["waiting"] = make_staff(waiting)
    world.people["hidden"] = make_staff(hidden)
    others = [make_buyer(world.fair), waiting, hidden, world.things["exhibitor"]]
    for participation in others:
        for state in ("open", "waiting"):
            make_attachment(make_demand(participation, "Locks", state=state))
    both = make_exhibitor(world.fair)
    Participation.objects.filter(pk=both.pk).update(buys=True)
    make_product(both)
    make_demand(others[0], "Pumps", hs_code="841370")
    world.people["both"] = make_staff(both)
    for exhibitor in (hidden, waiting, world.things["exhibitor"]):
        make_attachment(make_product(exhibitor))
        make_attachment(exhibitor.company, "logo")
    Product.objects.last().displays.all().delete()
    rival = Staff.objects.get(user=world.people["rival"])
    booth, slot = Booth.objects.get(participation__company=rival.company), world.slots[0]
    Shift.objects.create(fair=world.fair, booth=booth, staff=rival, starts_at=slot.starts_at, ends_at=slot.ends_at)
    for fair in (world.fair, draft):
        append(fair.pk, [Addition(Content("mou", "report"), "mou")], actor=None, now=NOW)
    papers(world, draft, both, hidden, waiting)
    for owner in (hidden.booth, waiting.booth, world.things["conversation"], world.things["meeting"], draft):
        File.objects.create(owner_model=owner._meta.label_lower, owner_key=owner.pk, name="a", sha256="0" * 64, size=1)
    return world


def papers(world: World, draft: Fair, *companies: Participation) -> None:
    """Agreements in every state of being released, each corrected since, some with scans."""
    ours, manager = world.things["exhibitor"], world.people["seller"]
    for number, (fair, of, given) in enumerate([
        (world.fair, [ours, companies[0]], [ours]), (world.fair, [ours, companies[0]], [ours, companies[0]]),
        (world.fair, [ours], [ours]), (world.fair, [ours, None], [ours]), (world.fair, [ours, None], [ours, None]),
        (world.fair, [], [None]), (world.fair, [companies[2]], []), (draft, [companies[1]], [companies[1]]),
        (draft, [], [None]),
    ]):  # fmt: skip
        names = tuple(Name("party", {"en": "A"}, one.pk if one else None) for one in of)
        old, key = Content("mou", "report", names), f"paper-{number}"
        [entry] = append(fair.pk, [Addition(old, key)], actor=None, now=NOW)
        later = replace(old, subject="Pumps")
        append(fair.pk, [Addition(later, key, corrects=entry, is_withdrawn=number == 2)], actor=None, now=NOW)
        for one in given:
            by = manager if one == ours else world.people["organiser" if one is None else "both"]
            said = {"shows_amount": True, "shows_scans": number % 2 == 0, "released_by": by, "released_at": NOW}
            Release.objects.create(fair=fair, key=key, participation=one, **said)
        if number in (1, 4, 7):  # kept by those who released it, released too, of a draft
            file = File.objects.create(owner_model="ledger.scan", owner_key=0, name="a", sha256="2" * 64, size=1)
            give(file, Scan.objects.create(fair=fair, key=key, file=file))


def test_nothing_is_left_out() -> None:
    assert sorted(model.__name__ for model in MODELS) == [
        "Attachment", "Booth", "Conversation", "Demand", "Entry", "Fair", "Favourite", "Hall", "Meeting",
        "MeetingRequest", "Notice", "Participation", "Product", "RecruitingUnit", "Registration", "Scan", "Shift",
        "TickList", "TickRound", "Upload", "User", "WorkbookImport",
    ]  # fmt: skip


def test_the_models_that_load_rows_in_their_own_way_are_known() -> None:
    assert sorted(model.__name__ for model in MODELS if issubclass(model, LoadsForPerson)) == [
        "Conversation",
        "Fair",
        "Hall",
    ]


def test_objects_loaded_by_other_functions_are_those_of_the_query(world: World) -> None:
    wrong = []
    for model in (model for model in MODELS if issubclass(model, LoadsForPerson)):
        for name, pk in product(world.people, model._default_manager.values_list("pk", flat=True)):
            shown = model._default_manager.visible_to(world.person(name)).filter(pk=pk).first()
            if model.load_for(world.person(name), pk=pk) != shown:
                wrong.append((model.__name__, name, pk))
    assert wrong == []


def both(world: World, name: str, model: Any) -> tuple[set[int], set[int]]:
    """Keys of the objects that `visible_to` returns for this person, and of those in which they have a role."""
    seen = set(model.objects.visible_to(world.person(name)).values_list("pk", flat=True))
    person = world.person(name)
    return seen, {row.pk for row in model.objects.all() if row.roles_of(person)}


def differing(world: World) -> dict[tuple[str, str], tuple[set[int], set[int]]]:
    pairs = {(model.__name__, name): both(world, name, model) for model in MODELS for name in world.people}
    # Were everything open to everybody, nothing could leak.
    assert {model for model, _ in pairs if len({len(pairs[model, n][0]) for n in world.people}) == 1} == set()
    return {key: (seen - roles, roles - seen) for key, (seen, roles) in pairs.items() if seen != roles}


def test_visible_are_exactly_the_objects_in_which_one_has_a_role(world: World) -> None:
    assert differing(world) == {}


def test_so_it_is_when_a_company_of_a_meeting_is_no_longer_approved(world: World) -> None:
    Participation.objects.filter(pk=world.things["exhibitor"].pk).update(state="refused")
    assert differing(world) == {}


def test_a_file_is_read_by_those_its_owner_is_open_to(world: World) -> None:
    wrong = []
    clients = {name: Client() for name in world.people}
    for name, person in world.people.items():
        if isinstance(person, User):
            clients[name].force_login(person)
    for file in File.objects.all():
        owner: Any = apps.get_model(file.owner_model).objects.get(pk=file.owner_key)
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(b"a")
        for name, client in clients.items():
            opens = client.get(f"/files/{file.pk}/").status_code == 200
            asked = AnonymousUser() if name == "deactivated" else world.person(name)
            allowed = owner.roles_of(asked) & {
                Role.PUBLIC,
                Role.STAFF,
                Role.MANAGER,
                Role.PARTY,
                Role.MEMBER,
                Role.ORGANISER,
            }
            if opens != bool(allowed):
                wrong.append((file.owner_model, name, opens))
    assert wrong == []
