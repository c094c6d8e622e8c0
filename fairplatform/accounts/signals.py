"""What the apps above are told of."""

from django.dispatch import Signal

# A person has entered by their personal link, at `now`; sent in the transaction that counts the tries.
link_opened = Signal()
