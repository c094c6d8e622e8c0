"""Who may do what: one table of permissions. Every route and every command of the socket names one of them.

A role is held towards an object: each model has `roles_of(person)`, and a permission is granted to a person who has one
of the rule's roles towards the object, while the object is in one of the rule's states. What a person may see at all is
the queryset's `visible_to(person)`; tests/matrix/test_visible.py asserts that both agree.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, runtime_checkable

from django.conf import settings
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from fairplatform.errors import Refused

if TYPE_CHECKING:
    from fairplatform.accounts.models import Viewer
    from fairplatform.accounts.request import FairRequest


M = TypeVar("M", bound="Model | LoadsForPerson")


class Role(StrEnum):
    """What a person is to an object."""

    PUBLIC = "public"  # anybody, without an account
    PERSON = "person"  # anybody signed in
    SELF = "self"  # the person the object belongs to
    STAFF = "staff"  # works for the company the object belongs to
    MANAGER = "manager"  # manages that company's participation
    EXHIBITOR = "exhibitor"  # works for a company that exhibits in the object's fair
    BUYER = "buyer"  # works for a company that buys in the object's fair
    PARTY = "party"  # named in a meeting for one of its two companies
    COLLEAGUE = "colleague"  # brought into one meeting
    INTERPRETER = "interpreter"
    LIAISON = "liaison"
    FLOOR_ASSISTANT = "floor_assistant"
    DELEGATED = "delegated"  # organiser for the members of one recruiting unit
    ORGANISER = "organiser"
    TAKER = "taker"  # may take down a demand for the company, which has not confirmed this one yet
    MEMBER = "member"  # of a conversation
    SENDER = "sender"  # of a request
    RECEIVER = "receiver"  # of a request


class Rule(NamedTuple):
    """The roles that have the permission; the states of the object it holds in (None: all); two exceptions.

    `by_proxy`: an organiser may do it on behalf of a person. `own`: each person has their own such object, so whoever
    lacks the permission has no such object and gets "not_found".
    """

    roles: frozenset[Role]
    states: frozenset[str] | None = None
    by_proxy: bool = True
    own: bool = False


def _rule(*roles: Role, states: tuple[str, ...] = (), by_proxy: bool = True, own: bool = False) -> Rule:
    return Rule(frozenset(roles), frozenset(states) or None, by_proxy, own)


R = Role
IN_THE_MEETING = (R.PARTY, R.COLLEAGUE, R.INTERPRETER)
AT_THE_TABLE = (*IN_THE_MEETING, R.LIAISON, R.FLOOR_ASSISTANT)

TABLE: dict[str, Rule] = {
    # Pages without an object
    "page.open": _rule(R.PUBLIC),
    "page.signed_in": _rule(R.PERSON),
    "account.own": _rule(R.PERSON, by_proxy=False),
    "demonstration.enter": _rule(R.PUBLIC),
    # Fairs
    # A draft is its organisers' alone.
    "fair.see": _rule(R.PUBLIC, R.ORGANISER),
    "hall.see": _rule(R.PUBLIC, R.ORGANISER),
    "day.see": _rule(R.PERSON),
    # The private address of one's own calendar. What is read there needs no signing in.
    "calendar.keep": _rule(R.PERSON, by_proxy=False),
    "control.see": _rule(R.ORGANISER),
    "fair.organise": _rule(R.ORGANISER),
    "report.see": _rule(R.ORGANISER),
    # The brief of a day: its words, and approving it, which nobody does in another's name.
    "brief.write": _rule(R.ORGANISER),
    "brief.approve": _rule(R.ORGANISER, by_proxy=False),
    # An organiser's own tokens, with which programs read the results by the API.
    "tokens.keep": _rule(R.ORGANISER, by_proxy=False),
    # The schedule as a whole: drafts, and what is published.
    "schedule.plan": _rule(R.ORGANISER),
    "schedule.publish": _rule(R.ORGANISER),
    # A recruiting unit and its imports, for which its delegates bring in companies; organisers store theirs too.
    "unit.import": _rule(R.DELEGATED, R.ORGANISER),
    # Its companies and people, and the links by which these come in.
    "unit.people": _rule(R.DELEGATED, R.ORGANISER),
    "unit.links": _rule(R.DELEGATED, R.ORGANISER),
    "registration.answer": _rule(R.SELF, by_proxy=False),
    "invitation.answer": _rule(R.MANAGER, by_proxy=False),
    # Booths
    # In a draft its own people alone.
    "booth.see": _rule(R.PUBLIC, R.STAFF),
    "booth.watch": _rule(R.PUBLIC),
    "booth.attend": _rule(R.STAFF, R.MANAGER),
    "office.open": _rule(R.EXHIBITOR, own=True),
    # The booth office: its people keep the booth, its managers say who they are.
    "booth.keep": _rule(R.STAFF, R.MANAGER, own=True),
    "booth.manage": _rule(R.MANAGER),
    "buyers.see": _rule(R.EXHIBITOR),
    "booth.write": _rule(R.BUYER, R.EXHIBITOR, R.ORGANISER),
    "product.see": _rule(R.PUBLIC),
    # What people mark to come back to is their own: of this fair's booths and products.
    "favourites.keep": _rule(R.PERSON, by_proxy=False),
    # Demands: what companies look for, and how exhibitors answer.
    "demands.own": _rule(R.BUYER),
    "demands.browse": _rule(R.EXHIBITOR, own=True),
    "demands.take": _rule(R.DELEGATED, R.ORGANISER),
    "demand.see": _rule(R.STAFF, R.MANAGER, R.EXHIBITOR, R.DELEGATED, R.ORGANISER),
    "demand.keep": _rule(R.STAFF, R.MANAGER),
    "demand.write": _rule(R.STAFF, R.MANAGER, R.TAKER),
    "demand.quote": _rule(R.EXHIBITOR),
    "demand.confirm": _rule(R.STAFF, R.MANAGER, by_proxy=False),
    "demand.discard": _rule(R.DELEGATED, R.ORGANISER, states=("waiting", "rejected")),
    # Recommendations, to the people of the companies that sell or buy.
    "recommendations.see": _rule(R.EXHIBITOR, R.BUYER),
    "recommendation.hide": _rule(R.EXHIBITOR, R.BUYER),
    # Chat
    "conversation.list": _rule(R.PERSON),
    "conversation.read": _rule(R.MEMBER),
    "conversation.write": _rule(R.MEMBER, states=("open",)),
    # Absences: of one's company and its people, of oneself; organisers enter everybody's.
    "absences.keep": _rule(R.EXHIBITOR, R.BUYER, R.INTERPRETER, R.ORGANISER),
    # Meetings
    "request.make": _rule(R.BUYER, R.EXHIBITOR),
    "request.see": _rule(R.SENDER, R.RECEIVER),
    "request.answer": _rule(R.RECEIVER),
    "request.withdraw": _rule(R.SENDER),
    "request.need": _rule(R.SENDER, R.RECEIVER),
    # Whom a company wants to meet, and whom not: its managers' own, told to no other company.
    "wishes.see": _rule(R.BUYER, R.EXHIBITOR),
    "wishes.keep": _rule(R.MANAGER),
    "wish.say": _rule(R.BUYER, R.EXHIBITOR),
    # The round before the schedule: what a company is asked, who answers, who enters an answer for it.
    "round.see": _rule(R.DELEGATED, R.ORGANISER),
    "ticks.answer": _rule(R.MANAGER),
    "ticks.enter": _rule(R.DELEGATED, R.ORGANISER),
    "meeting.see": _rule(*IN_THE_MEETING, R.MANAGER, R.ORGANISER),
    "meeting.watch": _rule(*IN_THE_MEETING, R.MANAGER, R.ORGANISER),
    "room.open": _rule(*IN_THE_MEETING, R.ORGANISER),
    "meeting.enter": _rule(*IN_THE_MEETING, R.ORGANISER, states=("confirmed", "held")),
    "meeting.cancel": _rule(R.PARTY, R.MANAGER, R.ORGANISER, states=("confirmed",)),
    "meeting.move": _rule(R.PARTY, R.MANAGER, R.ORGANISER, states=("confirmed",)),
    # How much a meeting needs an interpreter.
    "interpreting.change": _rule(R.PARTY, R.MANAGER, R.ORGANISER, states=("confirmed",)),
    # Whom a company could meet instead, whose meeting was cancelled because the other one left.
    "substitute.ask": _rule(R.PARTY, R.MANAGER, states=("cancelled",)),
    # The whole list of a company, and of all companies that a recruiting unit brings.
    "schedule.see": _rule(R.MANAGER, R.ORGANISER),
    "unit.schedule": _rule(R.DELEGATED, R.ORGANISER),
    # Messages with people's meetings and the links by which they enter: delegates those of their unit's companies.
    "meetings.message": _rule(R.DELEGATED, R.ORGANISER),
    "roster.see": _rule(R.INTERPRETER, own=True),
    "interpreter.replace": _rule(R.ORGANISER, states=("confirmed", "held")),
    # The answer slip: a company's answer to its list of meetings, given by itself or entered as it came.
    "slip.see": _rule(R.STAFF, R.MANAGER, R.DELEGATED, R.ORGANISER),
    "slip.answer": _rule(R.MANAGER, R.DELEGATED, R.ORGANISER),
    "slips.see": _rule(R.DELEGATED, R.ORGANISER),
    # Outcomes that companies owe: who asks them again, and calls them.
    "outcomes.follow": _rule(R.DELEGATED, R.ORGANISER),
    # Liaison officers and floor assistants write down what they hear; of the meeting itself they see nothing else.
    "outcome.see": _rule(*AT_THE_TABLE, R.MANAGER, R.ORGANISER),
    "outcome.draft": _rule(*AT_THE_TABLE, R.MANAGER, R.ORGANISER, states=("confirmed", "held", "missed")),
    "outcome.confirm": _rule(R.PARTY, R.MANAGER, states=("confirmed", "held", "missed"), by_proxy=False),
    # Told to its own company and to organisers, never to the other company.
    "satisfaction.say": _rule(R.PARTY, R.MANAGER, states=("confirmed", "held"), by_proxy=False),
    # Agreements of the ledger, for the companies that are their parties, and who lets everybody read one.
    "papers.own": _rule(R.STAFF, R.MANAGER),
    "paper.see": _rule(R.STAFF, R.MANAGER),
    "paper.release": _rule(R.MANAGER, by_proxy=False),
    # What belongs to one person
    "me.watch": _rule(R.SELF),
    "notice.see": _rule(R.SELF),
    "notice.read": _rule(R.SELF),
    # Files
    # An upload on its way is its sender's.
    "upload.send": _rule(R.SELF),
    "file.read": _rule(R.PUBLIC, R.STAFF, R.MANAGER, R.PARTY, R.MEMBER, R.ORGANISER),
}


class Actor(Protocol):
    """Who acts: what the table needs of accounts.actor.Actor, which is above this module."""

    @property
    def person(self) -> "Viewer": ...
    @property
    def is_proxy(self) -> bool: ...
    def token_allows(self, permission: str, obj: Any) -> bool: ...


def roles_without_object(person: "Viewer") -> frozenset[Role]:
    """The roles for pages and commands that concern no object."""
    return frozenset({R.PUBLIC, R.PERSON}) if person.is_authenticated else frozenset({R.PUBLIC})


def check(actor: Actor, permission: str, obj: Any = None) -> None:
    """Raises Refused unless the table lets `actor` do this to `obj`."""
    rule = TABLE[permission]
    person = actor.person
    roles = roles_without_object(person) if obj is None else obj.roles_of(person)
    if not rule.roles & roles:
        refusal = "not_found" if rule.own else "not_permitted"
        raise Refused(refusal if person.is_authenticated else "sign_in")
    if (actor.is_proxy and not rule.by_proxy) or not actor.token_allows(permission, obj):
        raise Refused("not_for_others" if actor.is_proxy else "not_permitted")
    if rule.states is not None and obj.state not in rule.states:
        raise Refused("not_now")


def may(actor: Actor, permission: str, obj: Any = None) -> bool:
    try:
        check(actor, permission, obj)
    except Refused:
        return False
    return True


def check_loaded(actor: Actor, permission: str, obj: Any) -> None:
    """`check` for an object that was read for several people at once, None if there is none.

    Raises Refused("not_found") for whoever has no role towards it, as `load` does for what they may not see.
    """
    if obj is None or not obj.roles_of(actor.person):
        raise Refused("not_found")
    check(actor, permission, obj)


@runtime_checkable
class LoadsForPerson(Protocol):
    """A model that reads a single row in a cheaper way of its own: from the content cache, or by hand-written SQL.

    Or what is no row of one table, such as a person in one fair.

    `load_for` returns what `objects.visible_to(person).filter(**lookup).first()` would. `load` calls it instead of
    that query, except for a row that is to be locked.
    """

    @classmethod
    def load_for(cls, person: "Viewer", **lookup: Any) -> Any: ...


def load(model: type[M], actor: Actor, permission: str, *, lock: bool = False, **lookup: Any) -> M:
    """The object, if this actor may do `permission` to it: loading is where that is decided.

    Raises Refused("not_found") for what the person may not see at all, whether or not it exists, and what `check`
    raises. `lock` locks the row until the transaction ends.
    """
    obj: M | None = _locked(model, actor.person, lookup) if lock else _visible(model, actor.person, lookup)
    if obj is None:
        raise Refused("not_found")
    check(actor, permission, obj)
    return obj


def _visible(model: Any, person: "Viewer", lookup: dict[str, Any]) -> Any:
    if issubclass(model, LoadsForPerson):
        return model.load_for(person, **lookup)
    return model.objects.visible_to(person).filter(**lookup).first()


def _locked(model: Any, person: "Viewer", lookup: dict[str, Any]) -> Any:
    visible = model.objects.visible_to(person).values("pk")
    return model.objects.select_for_update(of=("self",)).filter(pk__in=visible).filter(**lookup).first()


View = Callable[..., HttpResponse]


def permits(
    permission: str, model: "type[Model] | type[LoadsForPerson] | None" = None, **lookup: str
) -> Callable[[View], View]:
    """Decorates a view with its permission and loads its object; `lookup` maps URL arguments to fields of `model`.

    The view gets the object in place of those arguments. A visitor without an account is redirected to sign in, unless
    the permission is public.
    """
    assert permission in TABLE, permission

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: "FairRequest", **arguments: Any) -> HttpResponse:
            fields = {field: arguments.pop(name) for name, field in lookup.items()}
            try:
                if model is None:
                    check(request.actor, permission)
                    return view(request, **arguments)
                obj = load(model, request.actor, permission, **fields)
            except Refused:
                if not request.actor.person.is_authenticated and R.PUBLIC not in TABLE[permission].roles:
                    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
                raise
            return view(request, obj, **arguments)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
