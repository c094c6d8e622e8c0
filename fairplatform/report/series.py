"""The fair that was held before this one in its series, to compare figures with."""

from django.db.models import Min

from fairplatform.fairs.models import Fair


def last_fair(fair: Fair) -> Fair | None:
    """None without a series, and for its first fair. A draft has not been held."""
    first = fair.days.aggregate(first=Min("date"))["first"]
    if not fair.series or first is None:
        return None
    others = Fair.objects.filter(series=fair.series).exclude(pk=fair.pk).exclude(state=Fair.State.DRAFT)
    dated = others.annotate(first=Min("days__date")).filter(first__lt=first)
    return dated.order_by("-first", "-pk").first()
