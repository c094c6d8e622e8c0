"""What reading says: a sentence for each thing it finds, and for each file it cannot read."""

from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.locations import country_name
from fairplatform.errors import SENTENCES

from .findings import SHOWN, register
from .kinds import Choice
from .sheets import SHEETS, in_languages, titles_of

register({
    # The file
    "file_missing": _("There is no file named %(file)s."),
    "file_empty": _("The file is empty. Save it and upload it again."),
    "file_large": _("The file is larger than %(limit)s MB. Remove pictures and rows that do not belong to the fair."),
    "file_broken": _("The file is damaged. Open it in your spreadsheet program, save it again as .xlsx and try again."),
    "file_encrypted": _("The file is protected by a password. Save it without a password and try again."),
    "file_old_format": _("The file is in an old format. Save it as an Excel workbook (.xlsx) and try again."),
    "file_other_format": _("The file is in another format. Save it as an Excel workbook (.xlsx) and try again."),
    "file_strict": _("The file is a strict Open XML workbook. Save it as an Excel workbook (.xlsx) and try again."),
    "not_a_workbook": _("The file is not a workbook. Save it as an Excel workbook (.xlsx) and try again."),
    "file_bomb": _("The file is far larger unpacked than it should be, so it was not opened. Save it again as .xlsx."),
    "file_exhausting": _("The file is too large to be read. Split it into several workbooks and upload each of them."),
    "organisers_first": _("The organisers imported a file in the meantime, which takes priority. Upload yours again."),
    "too_many_rows": _("Sheet %(sheet)s has more than %(limit)s rows. Delete the rows that do not belong to the fair."),
    "encoding_unknown": _("The encoding of %(file)s cannot be recognised. Save the file as CSV in UTF-8."),
    "csv_broken": _("%(file)s cannot be read near row %(line)s. Open it in a spreadsheet program and save it again."),
    "no_sheets": _("No sheet of a fair was found. Name the sheets as in the template."),
    "own_sheet_missing": _("The file has no sheet named %(sheet)s. Name it as in the template."),
    "sheet_not_own": _("Only %(sheet)s can be imported here. Delete the rows of this sheet."),
    "macros_ignored": _("The macros of the file were not run. Only the values of its cells were read."),
    # Sheets and columns
    "sheet_unknown": _("This sheet does not belong to a fair's workbook and was skipped. Check its name."),
    "sheet_hidden": _("This sheet is hidden, but its rows were read. Delete the sheet if they are not meant."),
    "rows_hidden": _("Hidden rows were read too: %(rows)s. Delete those that are not meant."),
    "sheet_doubled": _("This sheet appears twice. Move its rows into one."),
    "no_header": _("No column of this sheet was recognised. Put the titles of the template in the first row."),
    "column_unknown": _("Column %(title)s is not known and was skipped. Check its title."),
    "title_letters_lost": _(
        "Characters of the title “%(title)s” were lost when this was saved as CSV. Save the original again, as CSV in "
        "UTF-8 or as .xlsx."
    ),
    "column_doubled": _("Column %(title)s appears twice. Delete one."),
    "too_many_columns": _("The sheet has more than %(limit)s columns. Delete the columns after the last of these."),
    "more_findings": _("More of this type in this sheet: %(count)s. Correct the ones shown first."),
    # Rows
    "needed": _("This value is required. Enter it."),
    "needed_one_of": _("One of these is required: %(columns)s. Enter it."),
    "needed_together": _("Enter all of these or none: %(columns)s."),
    "sells_or_buys": _("A company sells, buys, or both. Enter yes in one of the two columns."),
    "currency_needed": _("The amount has no currency. Enter one, such as USD."),
    "ends_next_day": _("From %(lower)s until %(upper)s of the next day. Correct the times if that is not meant."),
    "ends_before_start": _("%(upper)s does not come after %(lower)s. Correct one of them."),
    "lowest_above_highest": _("The lowest value, %(lower)s, is above the highest, %(upper)s. Correct one of them."),
    "one_row_only": _("This sheet has one row only. Delete the others."),
    "key_doubled": _("Rows %(other)s and %(row)s have the same key. Give each row a key of its own."),
    "row_doubled": _(
        "Rows %(other)s and %(row)s are the same item. Delete one, or correct what tells them apart: %(columns)s."
    ),
    "row_alike": _("Is this the same as row %(other)s? If so, delete one of the two rows."),
    # Cells
    "error_cell": _("The cell shows the error %(text)s. Enter the value itself."),
    "formula_unsaved": _("The value of this formula was never saved. Open the file in Excel, save it and try again."),
    "invisible_removed": _("Invisible characters were removed. Check that the text reads as it should."),
    "letters_lost": _(
        "Characters seem to have been lost when this was saved as CSV. Save the original again, as CSV in UTF-8 or as "
        ".xlsx."
    ),
    "text_long": _("The text has %(length)s characters. At most %(limit)s are possible. Shorten it."),
    "text_is_date": _(
        "Your spreadsheet program has changed the entry to %(text)s. Format the cell as text and enter it again."
    ),
    "digits_lost": _(
        "Excel has replaced the last digits with zeros, so the number was not read. Format the cell as text and enter "
        "it again."
    ),
    "number_shortened": _("Excel has shortened this number to %(text)s. Format the cell as text and enter it again."),
    "key_form": _("“%(key)s” is not a valid key. Use letters, digits and hyphens."),
    "slug_form": _(
        "“%(text)s” is not a valid short name. Use small Latin letters, digits and hyphens, at most %(limit)s."
    ),
    "yes_or_no": _("“%(text)s” is neither yes nor no. Enter yes or no."),
    "not_a_choice": _("“%(text)s” is not in the list. Enter one of: %(choices)s."),
    "not_in_list": _("“%(text)s” is not in the list. It was kept as written. Check the spelling."),
    "parties_confirm": _("Only the parties themselves can confirm an agreement. Choose another provenance."),
    # Numbers
    "not_a_number": _("“%(text)s” is not a clear number. Enter digits only, such as 12500 or 12500.50."),
    "number_read_as": _("%(text)s was read as %(read)s. Correct it if this is wrong."),
    "number_negative": _("The number cannot be negative: %(text)s."),
    "number_not_whole": _("A whole number is needed, not %(text)s."),
    "number_out_of_range": _("%(text)s is out of range. Enter a number from %(least)s to %(most)s."),
    "number_zero": _("The number must be above zero."),
    "price_too_fine": _("Prices can have up to 4 decimal places."),
    "value_large": _("Check the price and the quantity: at %(price)s per unit, the total is unusually large."),
    "quantity_large": _("Check the quantity: %(quantity)s is unusually large."),
    "prices_far_apart": _("Check the prices: the highest, %(upper)s, is more than 100 times the lowest, %(lower)s."),
    # Dates and times
    "not_a_date": _("“%(text)s” is not a clear date. Enter it in the form 2026-05-12."),
    "no_such_date": _("There is no such date as %(text)s. Enter it in the form 2026-05-12."),
    "date_ambiguous": _("%(text)s can be %(one)s or %(other)s. Enter the date in the form 2026-05-12."),
    "not_a_time": _("“%(text)s” is not a clear time. Enter it in the form 09:30."),
    "not_a_moment": _("“%(text)s” is not a clear date with a time. Enter it in the form 2026-05-12 09:30."),
    "not_weekdays": _("“%(text)s” is not days of the week. Enter 1 for Monday to 7 for Sunday, such as 1-6 or 1;3;5."),
    "not_a_pause": _("“%(text)s” is not a clear break. Enter it in the form 12:00-13:00 Lunch."),
    "pause_order": _("The break “%(text)s” ends before it starts. Correct it."),
    # Codes
    "city_form": _("“%(text)s” is not the name of a city. Correct it, or leave the cell empty."),
    "country_unknown": _("“%(text)s” is not a country's code. Enter two letters of ISO 3166, such as CN or PK."),
    "number_too_fine": _("This number can have up to %(places)s decimal places."),
    "currency_unknown": SENTENCES["currency_unknown"],
    "zone_unknown": _("“%(text)s” is not a time zone. Enter its IANA name, such as Asia/Karachi."),
    "zone_elsewhere": _("%(zone)s is not a time zone of this country: %(country)s. Correct it if this is wrong."),
    "language_unknown": _("“%(text)s” is not a language's code. Enter one such as zh, ur or en."),
    "language_not_written": _("Messages are not sent in “%(text)s”. This person will get them in English."),
    "language_pair_form": _("“%(text)s” is not a pair of languages. Enter it in the form zh-ur."),
    "hs_code_form": _("“%(text)s” is not an HS code. Enter 2, 4, 6, 8 or 10 digits."),
    "hs_heading_unknown": _("%(text)s begins with a heading that HS 2022 does not have. Check the digits."),
    "hs_subheading_unknown": _(
        "HS 2022 has heading %(heading)s, but not the subheading of %(text)s. If you use HS 2022, check it."
    ),
    "hs_zero_lost": _("%(text)s was read as %(read)s. If this is wrong, format the cell as text and correct it."),
    # Addresses and numbers of registers; the number itself of an identity card is never shown
    "email_form": _("“%(text)s” is not a valid email address. Correct it."),
    "phone_unreadable": _(
        "“%(text)s” is not a telephone number. Enter it with the country code, such as +92 300 1234567."
    ),
    "phone_doubtful": _("%(text)s does not look like a telephone number of that country. Check it."),
    "phone_read_as": _("%(text)s was read as %(read)s. Correct it if this is wrong."),
    "identity_card": _(
        "This looks like the number of an identity card, which is never stored. "
        "Delete it and enter the company's chamber membership number instead."
    ),
    "company_number_form": _("A Pakistani company's registration number has 7 digits. Check it."),
    "tax_number_form": _("A Pakistani tax number (NTN) has 7 digits and a check digit, such as 1234567-8. Check it."),
    "credit_code_form": _(
        "A Chinese unified social credit code has 18 characters: digits and capital letters. Check it."
    ),
    "credit_code_check": _("The last character of this unified social credit code does not fit the others. Check it."),
})  # fmt: skip


def sheet_title(sheet: str) -> str:
    """The sheet's title in the active language; as the file has it where it is none of ours."""
    return str(SHEETS[sheet].titles) if sheet in SHEETS else sheet


def column_title(sheet: str, column: str) -> str:
    """The title of a column, or of a text in three languages; as the file has it where it is none of ours."""
    known = {one.key: one.titles for one in SHEETS[sheet].columns} if sheet in SHEETS else {}
    if not known.keys().isdisjoint(in_languages(column)):
        return str(titles_of(sheet, column))
    return str(known.get(column, column))


def _sheets(_sheet: str, named: str) -> str:
    """A sheet's title; several where a reference may be to either."""
    keys = named.split(", ")
    return " · ".join(map(sheet_title, keys)) if SHEETS.keys() >= set(keys) else named


def _role(_sheet: str, role: str) -> str:
    kind = SHEETS["people"].column("role").kind
    return str(kind.values.get(role, role)) if isinstance(kind, Choice) else role


SHOWN |= {
    "sheet": _sheets,
    "columns": lambda sheet, keys: " · ".join(column_title(sheet, key) for key in keys.split(", ")),
    "role": _role,
    "country": lambda _sheet, code: country_name(code),
}
