"""Pictures in the width that a place on the page needs: `{% picture attachment alt sizes="20rem" %}`."""

from typing import Protocol

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..models import File

register = template.Library()
MIDDLE = 640  # the width for browsers that choose none


class HasFile(Protocol):
    """Something with a file, such as an attachment."""

    @property
    def file(self) -> File: ...


@register.simple_tag
def picture(of: File | HasFile, alt: object = "", sizes: str = "100vw") -> SafeString:
    """An `img` of all widths, loaded when it comes into view; its size is known, so that nothing moves then.

    ``sizes``: how wide it is shown, as in the attribute of this name. A drawing has no widths and is shown as it is.
    Lists have `renditions` prefetched.
    """
    file = of if isinstance(of, File) else of.file
    found = list(file.renditions.all())
    if not found:
        source = reverse("files:picture", args=[file.sha256])
        return format_html('<img src="{}" alt="{}" loading="lazy" decoding="async">', source, alt)
    address = {one.width: reverse("files:picture", args=[one.sha256]) for one in found}
    middle = max((width for width in address if width <= MIDDLE), default=found[0].width)
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        address[middle],
        ", ".join(f"{url} {width}w" for width, url in address.items()),
        sizes,
        found[-1].width,
        found[-1].height,
        alt,
    )
