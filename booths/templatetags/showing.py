"""What a company shows on pages that are not lists: `{% logo_of company as logo %}`."""

from django import template
from django.template import Context

from fairplatform.accounts.models import Company

from ..models import Attachment
from ..showing import Place, with_pictures

register = template.Library()


@register.simple_tag(takes_context=True)
def logo_of(context: Context, company: Company) -> Attachment | None:
    """Its logo, if the reader may see it. Read for each: lists have `logos` prefetched (showing.with_logos)."""
    visible = Attachment.objects.visible_to(context["request"].actor.person)
    return with_pictures(visible.filter(company=company, place=Place.LOGO)).first()
