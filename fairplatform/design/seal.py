"""Two interlocked squares, drawn as SVG: 套方 in Zhejiang, khatam in Lahore, and here the sign of an agreement.

The mark of the platform, the seal that shows how far two parties have come, and the seam between their two
cards are this one figure. lattice.css decides which square is dotted, black or gold. Lengths are in units of the
viewBox, 24 by 24.
"""

from math import sqrt

_HALF = 7.0
_TIP = round(_HALF * sqrt(2), 2)
_CROSSING = round(_TIP - _HALF, 2)
_SQUARE = f"M{-_HALF:g} {-_HALF:g}h{2 * _HALF:g}v{2 * _HALF:g}h{-2 * _HALF:g}z"
_DIAMOND = f"M0 {-_TIP:g}L{_TIP:g} 0L0 {_TIP:g}L{-_TIP:g} 0z"


def mark() -> str:
    """The mark of the platform: both squares woven, each over the other at one end of every side, under at the next."""
    paths = (
        f'<path d="{_SQUARE}"/><path class="mark__halo" d="{_diamond_over(1.2)}"/>'
        f'<path class="mark__other" d="{_DIAMOND}"/><path class="mark__halo" d="{_square_over(1.6)}"/>'
        f'<path d="{_square_over(2.6)}"/>'
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="mark" viewBox="-12 -12 24 24" aria-hidden="true" '
        f'focusable="false">{paths}</svg>'
    )


def seal(state: str, *, large: bool = False) -> str:
    """One party's square and the other's; ``state`` is none, mine, theirs, differing or agreed."""
    css_class = "seal seal--large" if large else "seal"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css_class}" data-state="{state}" viewBox="-12 -12 24 24" '
        f'aria-hidden="true" focusable="false"><path class="seal__mine" d="{_SQUARE}"/>'
        f'<path class="seal__theirs" d="{_DIAMOND}"/></svg>'
    )


def seam(state: str, *, key: str = "") -> str:
    """A chain of seals, 48 px wide, whose tips touch the card on either side; as long as the element it fills.

    ``state`` is waiting or agreed. ``key`` tells two seams of one page apart.
    """
    name = f"seam-{key}" if key else "seam"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="seam" data-state="{state}" width="48" height="48" '
        f'aria-hidden="true" focusable="false"><pattern id="{name}" patternUnits="userSpaceOnUse" width="48" '
        'height="48"><path d="M7 7h34v34h-34zM24 0L48 24L24 48L0 24zM17 17h14v14h-14z" fill="none" '
        f'stroke="currentColor"/></pattern><rect width="100%" height="100%" fill="url(#{name})"/></svg>'
    )


def _square_over(reach: float) -> str:
    """The four pieces of the upright square that cover the other, ``reach`` to each side of a crossing."""
    a, b, h = _CROSSING - reach, _CROSSING + reach, _HALF
    return f"M{-b:.4g} {-h:g}H{-a:.4g}M{h:g} {-b:.4g}V{-a:.4g}M{b:.4g} {h:g}H{a:.4g}M{-h:g} {b:.4g}V{a:.4g}"


def _diamond_over(reach: float) -> str:
    """The four pieces of the turned square that cover the upright one, ``reach`` to each side of a crossing."""
    c, h, d = _CROSSING, _HALF, reach / sqrt(2)
    long = 2 * d
    return (
        f"M{c - d:.4g} {-h - d:.4g}l{long:.4g} {long:.4g}M{h + d:.4g} {c - d:.4g}l{-long:.4g} {long:.4g}"
        f"M{-c + d:.4g} {h + d:.4g}l{-long:.4g} {-long:.4g}M{-h - d:.4g} {-c + d:.4g}l{long:.4g} {-long:.4g}"
    )
