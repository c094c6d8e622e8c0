"""The five buttons by which a company rates a meeting, for the pages on which it may."""

from typing import Any

from django import template
from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.policy import may
from meetings.models import Meeting, Satisfaction
from meetings.satisfaction.queries import is_over, own_satisfaction

register = template.Library()


@register.inclusion_tag("meetings/_rating_asked.html", takes_context=True)
def rating_asked(context: dict[str, Any], meeting: Meeting, *, at_its_end: bool = False) -> dict[str, Any]:
    """Nothing for whoever may not rate it, and before it is over, unless the page shows it only `at_its_end`."""
    actor = context["request"].actor
    shows = may(actor, "satisfaction.say", meeting) and meeting.fair.state == Fair.State.OPEN
    shows = shows and (at_its_end or is_over(meeting, timezone.now()))
    said = own_satisfaction(actor.person, meeting) if shows else None
    return {"shows": shows, "meeting": meeting, "said": said}


@register.inclusion_tag("meetings/_rating.html", takes_context=True)
def rating_buttons(context: dict[str, Any], meeting: Meeting, said: Satisfaction | None = None) -> dict[str, Any]:
    """`said`: what the company has said so far."""
    return {"meeting": meeting, "fair": meeting.fair, "said": said, "ratings": Satisfaction.Rating.choices}
