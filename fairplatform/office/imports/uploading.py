"""What happens to a form that uploads a file to import."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fairplatform.errors import Refused
from fairplatform.workbook.models import WorkbookImport


def page_of(one: WorkbookImport) -> str:
    return reverse("office:import", args=[one.fair.slug, one.pk])


def uploaded(
    form: forms.Form, upload: Callable[..., WorkbookImport], page: Callable[[WorkbookImport], str] = page_of
) -> HttpResponse | None:
    """Uploads the form's file by `upload(name=…, content=…)` and leads on to the page of its import.

    None where nothing was sent or the form, which then says why, was refused.
    """
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        started = upload(name=file.name, content=file.read())
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return None
    return redirect(page(started))
