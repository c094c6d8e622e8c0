"""Moves what belongs to one company of a fair to another. Of two rows that cannot both stay, its own stays."""

from django.db.models import F, Model, Q

from booths.models import (
    Attachment,
    Booth,
    Demand,
    Display,
    Draft,
    Favourite,
    Inquiry,
    NotInterested,
    Product,
    Quote,
    Visit,
)
from booths.models.attachment import SINGLE
from chat.models import Member
from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Absence, Participation, Preference, Registration, SoleAgency
from fairplatform.files.models import File
from meetings.models import (
    Booking,
    Match,
    MatchedPair,
    Meeting,
    MeetingRequest,
    Pair,
    PlannedMeeting,
    Satisfaction,
    ScheduleVersion,
    Tick,
    TickList,
)
from meetings.models.booking import desk

from ..merged_rows import move_apart


def move_all(goes: Participation, stays: Participation) -> None:
    for move in (
        _people, _products_and_booth, _drafts, _demands, _meetings, _schedules, _requests, _wishes, _conversations,
        _attachments, _files,
    ):  # fmt: skip
        move(goes, stays)


def _people(goes: Participation, stays: Participation) -> None:
    """Whoever works for both keeps their position in the one that stays, with the trust of either."""
    own = {row.user_id: row for row in Staff.objects.filter(company=stays.company)}
    for row in Staff.objects.filter(company=goes.company):
        if same := own.get(row.user_id):
            for name in ("decides", "is_manager", "is_lead"):
                setattr(same, name, getattr(same, name) or getattr(row, name))
            same.save()
            row.delete()
        else:
            row.company = stays.company
            row.save()
    for registration in Registration.objects.filter(fair=stays.fair_id, invitation__company=goes.pk):
        if offer := registration.offer:
            registration.invitation = offer.model_copy(update={"company": stays.pk}).stored()
        registration.save(update_fields=["invitation"])


def _products_and_booth(goes: Participation, stays: Participation) -> None:
    articles = set(Product.objects.filter(company=stays.company).values_list("article", flat=True))
    for product in Product.objects.filter(company=goes.company):
        # One number for two products: neither of them is lost.
        product.article = _free_article(product.article, articles)
        product.company = stays.company
        product.save()
    booths = {row.participation_id: row for row in Booth.objects.filter(participation__in=(goes, stays))}
    leaving, staying = booths.get(goes.pk), booths.get(stays.pk)
    if leaving is None:
        return
    if staying is None:
        Booth.objects.filter(pk=leaving.pk).update(participation=stays)
        return
    move_apart(Display.objects.filter(booth=leaving), "booth", staying, ("product",))
    move_apart(Favourite.objects.filter(booth=leaving), "booth", staying, ("user",))
    move_apart(Visit.objects.filter(booth=leaving), "booth", staying, ("user", "date"))
    # A second inquiry of one visitor ends; its conversation stays with them.
    move_apart(Inquiry.objects.filter(booth=leaving), "booth", staying, ("visitor",))
    _files_of(leaving, staying)
    leaving.delete()


def _drafts(goes: Participation, stays: Participation) -> None:
    """What is typed of its products goes with them, and a new one with whoever types it.

    The texts of the two companies have been compared.
    """
    for draft in Draft.objects.filter(company=goes.company).exclude(product=None, new_by=None):
        taken = draft.new_by and Draft.objects.filter(company=stays.company, new_by=draft.new_by).exists()
        if not taken:
            draft.company = stays.company
            draft.save(update_fields=["company"])


def _demands(goes: Participation, stays: Participation) -> None:
    """A quote of one for a demand of the other is none; of two quotes for one demand, that of who stays remains."""
    both = (goes, stays)
    Quote.objects.filter(participation__in=both, demand__participation__in=both).delete()
    Demand.objects.filter(participation=goes).update(participation=stays)
    move_apart(Quote.objects.filter(participation=goes), "participation", stays, ("demand",))


def _free_article(article: str, taken: set[str]) -> str:
    number, free = 1, article
    while article and free in taken:
        number += 1
        free = f"{article[:50]}-{number}"
    taken.add(free)
    return free


def _meetings(goes: Participation, stays: Participation) -> None:
    Meeting.objects.filter(exhibitor=goes).update(exhibitor=stays)
    Meeting.objects.filter(buyer=goes).update(buyer=stays)
    for number in range(1, goes.desks + 1):
        Booking.objects.filter(resource=desk(goes.pk, number)).update(resource=desk(stays.pk, number))
    move_apart(Satisfaction.objects.filter(participation=goes), "participation", stays, ("meeting",))
    Pair.objects.filter(exhibitor__in=(goes, stays), buyer__in=(goes, stays)).delete()
    move_apart(Pair.objects.filter(exhibitor=goes), "exhibitor", stays, ("buyer",))
    move_apart(Pair.objects.filter(buyer=goes), "buyer", stays, ("exhibitor",))


def _schedules(goes: Participation, stays: Participation) -> None:
    """What was matched or planned, but not published, for either as if it were another company is made again."""
    either = Q(exhibitor__in=(goes, stays)) | Q(buyer__in=(goes, stays))
    Match.objects.filter(pk__in=MatchedPair.objects.filter(either).values("match")).delete()
    planned = PlannedMeeting.objects.filter(either)
    draft = ScheduleVersion.State.DRAFT
    ScheduleVersion.objects.filter(pk__in=planned.filter(version__state=draft).values("version")).delete()
    planned.filter(exhibitor__in=(goes, stays), buyer__in=(goes, stays)).delete()
    move_apart(PlannedMeeting.objects.filter(exhibitor=goes), "exhibitor", stays, ("version", "buyer"))
    move_apart(PlannedMeeting.objects.filter(buyer=goes), "buyer", stays, ("version", "exhibitor"))


def _requests(goes: Participation, stays: Participation) -> None:
    """A request between the two is none; of two that wait for one answer, the other's is withdrawn."""
    MeetingRequest.objects.filter(sender__in=(goes, stays), receiver__in=(goes, stays)).delete()
    for own, partner in (("sender", "receiver"), ("receiver", "sender")):
        waiting = MeetingRequest.objects.filter(state=MeetingRequest.State.PENDING)
        partners = waiting.filter(**{own: stays}).values(partner)
        again = waiting.filter(**{own: goes, f"{partner}__in": partners})
        MeetingRequest.objects.filter(pk__in=list(again.values_list("pk", flat=True))).update(
            state=MeetingRequest.State.WITHDRAWN
        )
        MeetingRequest.objects.filter(**{own: goes}).update(**{own: stays})


def _wishes(goes: Participation, stays: Participation) -> None:
    both = (goes, stays)
    Preference.objects.filter(participation__in=both, wanted__in=both).delete()
    for own, partner in (("participation", "wanted"), ("wanted", "participation")):
        # A "no" of either forbids.
        refused = Preference.objects.filter(**{own: goes}, wish=Preference.Wish.NO).values(partner)
        Preference.objects.filter(**{own: stays, f"{partner}__in": refused}).update(wish=Preference.Wish.NO)
        move_apart(Preference.objects.filter(**{own: goes}), own, stays, (partner,))
    SoleAgency.objects.filter(participation__in=both, principal__in=both).delete()
    move_apart(SoleAgency.objects.filter(participation=goes), "participation", stays, ("principal", "principal_name"))
    move_apart(SoleAgency.objects.filter(principal=goes), "principal", stays, ("participation", "principal_name"))
    NotInterested.objects.filter(participation__in=both, other__in=both).delete()
    for own, partner in (("participation", "other"), ("other", "participation")):
        move_apart(NotInterested.objects.filter(**{own: goes}), own, stays, (partner,))
    Tick.objects.filter(tick_list__participation__in=both, other__in=both).delete()
    move_apart(TickList.objects.filter(participation=goes), "participation", stays, ("round",))
    move_apart(Tick.objects.filter(other=goes), "other", stays, ("tick_list",))
    times = ("date", "from_time", "until_time", "zone")
    move_apart(Absence.objects.filter(participation=goes), "participation", stays, times)


def _conversations(goes: Participation, stays: Participation) -> None:
    Member.objects.filter(participation=goes).update(participation=stays)


def _attachments(goes: Participation, stays: Participation) -> None:
    """After those it has itself; a logo or banner only where it has none."""
    own = Attachment.objects.filter(company=stays.company)
    again = list(own.filter(place__in=SINGLE).values_list("place", flat=True))
    Attachment.objects.filter(company=goes.company, place__in=again).delete()
    Attachment.objects.filter(company=goes.company).update(company=stays.company, rank=F("rank") + own.count())


def _files(goes: Participation, stays: Participation) -> None:
    _files_of(goes, stays)
    _files_of(goes.company, stays.company)


def _files_of(leaving: Model, staying: Model) -> None:
    own = File.objects.filter(owner_model=leaving._meta.label_lower, owner_key=leaving.pk)
    own.update(owner_key=staying.pk)
