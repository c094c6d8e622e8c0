"""`{% styles %}`: the style sheets of every page."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def styles() -> SafeString:
    """Their addresses change only with the program, so they are looked up once."""
    return render_to_string("components/styles.html")
