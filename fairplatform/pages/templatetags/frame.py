"""What every page loads: `{% styles %}`, `{% demo_strip %}`, and `{% module "js/elements/chat.js" %}`, a script.

Addresses change only with the program, and the strip speaks all languages at once: each is made once.
"""

from functools import cache
from typing import Any, cast

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fairplatform.design.staticfiles import JOINED, SHEETS, imports

register = template.Library()


@register.simple_tag
@cache
def styles() -> SafeString:
    is_joined = JOINED in getattr(staticfiles_storage, "hashed_files", {})
    names = (JOINED,) if is_joined else SHEETS
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', ((staticfiles_storage.url(n),) for n in names))


@register.simple_tag
@cache
def demo_strip() -> SafeString:
    """The same for every reader: it speaks all three languages."""
    return render_to_string("components/demo_strip.html")


@register.simple_tag(takes_context=True)
def module(context: Context, name: str) -> SafeString:
    """The script, and at once all it imports: a browser would hear of each import only from the one before."""
    page = cast(dict[str, Any], context.render_context.dicts[0])
    named: frozenset[str] = page.get("modules", frozenset())
    page["modules"] = named.union(imports(name), [name])
    return _module(name, named)


@cache
def _module(name: str, named: frozenset[str]) -> SafeString:
    links = ((staticfiles_storage.url(each),) for each in imports(name) if each not in named)
    return format_html(
        '{}<script type="module" src="{}"></script>',
        format_html_join("", '<link rel="modulepreload" href="{}">', links),
        staticfiles_storage.url(name),
    )
