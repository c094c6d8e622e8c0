"""Reading lists of firms that a recruiting unit made for itself: no template, titles above, merged cells, subtotals."""

from . import sentences as sentences
