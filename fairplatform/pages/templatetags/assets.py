"""Sheets and scripts of a page: `{% base_styles %}`, `{% styles "chat" %}`, `{% module "js/elements/chat.js" %}`.

The addresses of static files change only when the program does, so both are cached for the life of the process.
"""

from functools import cache
from typing import Any, cast

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fairplatform.design.staticfiles import JOINED, SHEETS, imports

register = template.Library()


@register.simple_tag
@cache
def base_styles() -> SafeString:
    """Links to the sheets that every page loads: one joined file where static files are collected, else each."""
    is_joined = JOINED in getattr(staticfiles_storage, "hashed_files", {})
    return _links((JOINED,) if is_joined else SHEETS)


@register.simple_tag
@cache
def styles(*names: str) -> SafeString:
    """Links to sheets that this page loads besides, by their names in static/css without the suffix."""
    return _links(tuple(f"css/{name}.css" for name in names))


def _links(names: tuple[str, ...]) -> SafeString:
    urls = ((staticfiles_storage.url(name),) for name in names)
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', urls)


@register.simple_tag(takes_context=True)
def module(context: Context, name: str) -> SafeString:
    """A script and preload links for all its imports, which a browser would otherwise discover one after the other."""
    page = cast(dict[str, Any], context.render_context.dicts[0])
    linked: frozenset[str] = page.get("modules", frozenset())
    page["modules"] = linked.union(imports(name), [name])
    return _module(name, linked)


@cache
def _module(name: str, linked: frozenset[str]) -> SafeString:
    """``linked`` are the scripts that earlier tags of the same page have linked already."""
    links = ((staticfiles_storage.url(each),) for each in imports(name) if each not in linked)
    return format_html(
        '{}<script type="module" src="{}"></script>',
        format_html_join("", '<link rel="modulepreload" href="{}">', links),
        staticfiles_storage.url(name),
    )
