"""What is said of lists and of no workbook."""

from django.utils.translation import gettext_lazy as _

from ..findings import register

register({
    "file_macros": _("The file has macros. Save it as an Excel workbook (.xlsx) without macros and try again."),
    "list_empty": _("All sheets of the file are empty."),
    "list_changed": _("The chosen sheet or header row is not in the file."),
    "list_texts_differ": _("Two columns give this in the same language, and differ. Leave one of them blank."),
    "list_rows_differ": _("The rows of this company differ here. Give all of them the same value."),
    "list_other_row": _("Row %(row)s of the same company has to be corrected. Send this row back with it."),
    "list_first_kept": _("The cell has several values: %(text)s was read, the others were put in the remarks."),
    "list_two_fit": _(
        "Several entries of the fair match this row. Add what tells them apart, such as the registration number of the "
        "company or the email address of the person."
    ),
    "list_email_of_other": _(
        "%(key)s already has this email address and another name. Correct the name or the address."
    ),
    "list_role": _("This person already has another role in the fair. Ask them who is to be the company's contact."),
})  # fmt: skip
