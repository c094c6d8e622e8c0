"""What a script says of a file before it sends it in parts."""

from django import forms

from fairplatform.errors import Refused

from .uploads import Declared

LARGEST = 10**15  # what is too large is said by the upload itself, in words


class DeclaredForm(forms.Form):
    """A file that is to be sent in parts."""

    # Not stripped: what a name hides at its ends is refused, not repaired.
    name = forms.CharField(max_length=1000, strip=False)
    size = forms.IntegerField(min_value=-LARGEST, max_value=LARGEST)
    modified = forms.IntegerField(min_value=0, max_value=LARGEST)

    @property
    def declared(self) -> Declared:
        """Raises Refused for a form that no page of ours sends."""
        if not self.is_valid():
            # A name of control characters is one that Django refuses before us.
            raise Refused("file_name" if "name" in self.errors else "upload_longer")
        told = self.cleaned_data
        return Declared(told["name"], told["size"], told["modified"])
