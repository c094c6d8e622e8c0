"""The pictures of a demand, such as photographs of a sample: its company, or its taker, adds and removes them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from booths import attachments, showing
from booths.attachments import Place, Target
from booths.models import Demand
from booths.views.uploads import add_sent, begun, finished
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.files.kinds import MAX_MEGABYTES
from fairplatform.files.models import Upload
from fairplatform.files.upload_views import refusals_in_json
from fairplatform.files.uploads import give_up
from fairplatform.policy import Role, load, permits

from ..actions import check_open


@require_http_methods(["GET", "POST"])
@permits("demand.write", Demand, fair="fair__slug", pk="pk")
def pictures(request: FairRequest, demand: Demand) -> HttpResponse:
    """POST adds one without a script."""
    target = _target(demand)
    if request.method == "POST":
        add_sent(request, [target])
        return redirect("demands:pictures", fair=demand.fair.slug, pk=demand.pk)
    context = {
        "fair": demand.fair,
        "demand": demand,
        "is_taker": Role.TAKER in demand.roles_of(request.actor.person),
        "target": target,
        "pictures": showing.sample(demand),
        "uploads": Upload.objects.visible_to(request.actor.person).filter(purpose=target.purpose),
        "plain_megabytes": MAX_MEGABYTES,
    }
    return render(request, "demands/pictures.html", context)


@require_POST
@refusals_in_json
@permits("demand.write", Demand, fair="fair__slug", pk="pk")
def upload_begin(request: FairRequest, demand: Demand) -> HttpResponse:
    return begun(request, [_target(demand)], "demands", demand.fair.slug, demand.pk)


@require_POST
@refusals_in_json
@permits("demand.write", Demand, fair="fair__slug", pk="pk")
def upload_finish(request: FairRequest, demand: Demand, upload: UUID) -> HttpResponse:
    return finished(request, _target(demand).company, upload, demand)


@require_POST
@permits("demand.write", Demand, fair="fair__slug", pk="pk")
def upload_cancel(request: FairRequest, demand: Demand, upload: UUID) -> HttpResponse:
    """Removes what has arrived; also without a script."""
    give_up(request.actor, upload=_own_upload(request, demand, upload).pk)
    return redirect("demands:pictures", fair=demand.fair.slug, pk=demand.pk)


@require_POST
@permits("demand.write", Demand, fair="fair__slug", pk="pk")
def picture_remove(request: FairRequest, demand: Demand, attachment: int) -> HttpResponse:
    check_open(demand.fair)
    attachments.remove_from_demand(request.actor, demand=demand.pk, attachment=attachment)
    messages.success(request, _("Removed."))
    return redirect("demands:pictures", fair=demand.fair.slug, pk=demand.pk)


def _target(demand: Demand) -> Target:
    check_open(demand.fair)
    return Target(demand.participation.company, None, Place.GALLERY, demand)


def _own_upload(request: FairRequest, demand: Demand, key: UUID) -> Upload:
    """The reader's own upload to this demand."""
    upload = load(Upload, request.actor, "upload.send", pk=key)
    if upload.purpose != _target(demand).purpose:
        raise Refused("not_found")
    return upload
