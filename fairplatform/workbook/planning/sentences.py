"""What comparing a workbook with what is stored finds, in sentences."""

from django.utils.translation import gettext_lazy as _

from fairplatform.errors import SENTENCES

from ..findings import register

register(
    {
        # Whose row it is
        "reference_unknown": _(
            "“%(text)s” is neither a key nor a name in the sheet %(sheet)s. Correct it, or add the row there."
        ),
        "reference_ambiguous": _(
            "“%(text)s” matches several rows of the sheet %(sheet)s: enter the key of the one you mean."
        ),
        "two_fit": _("Two rows already in the fair match this one: %(keys)s. Enter the key of the one you mean."),
        "same_row": _("Is this the same as %(key)s? A changed key makes a new row. If it is the same, enter that key."),
        # The fair
        "fair_missing": _(
            "The sheet of the fair, or its web address in it, is missing, so it is not clear which fair this is. "
            "Enter it."
        ),
        "fair_other": _("This workbook is for the fair %(slug)s, not for this one. Import it there."),
        "day_without_meeting": _("No meeting of %(minutes)s minutes fits into this day. Correct its times."),
        "hours_twice": _(
            "Another row has hours for the same place and days of the week: %(days)s. Enter each day once."
        ),
        "zone_needed": _("Write the time zone: the country is not one of the fair's two."),
        # Companies and people
        "booth_taken": _("Booth %(number)s of this hall is taken. Choose another one, or leave the cell empty."),
        "booth_later": _("The booth will be given once the company is approved, sells and has a hall."),
        "company_invited": _(
            "This company belongs to another fair. It will be invited; what is known of it there will not change."
        ),
        "person_invited": _(
            "This person, or their company, belongs to another fair. They will be invited, and their account will not "
            "change."
        ),
        "account_shared": _("This person also belongs to another fair, so their own data will not change."),
        "company_not_accepted": _(
            "The company belongs to another fair, so this will not be imported before it accepts."
        ),
        "company_shared": _(
            "The company is also in another fair, so its data, products and people will not change here."
        ),
        "registration_elsewhere": _(
            "This number is in use for another company, so it will not be imported. Check that it is right."
        ),
        "not_of_role": _("The role %(role)s does not have this field, so it will not be imported."),
        "last_organiser": _("A fair needs an organiser. Add another one first."),
        "email_taken": _("Another person already has this email address. Correct it, or leave the cell empty."),
        "email_of_other": _(
            "This email address is that of %(key)s, who has another name. Write the key if they are the same person."
        ),
        # What a delegate of a recruiting unit may bring in
        "not_of_unit": _("This company is not one of your unit's. Enter one that is."),
        "key_not_of_unit": _("This key is not one of your unit's. Write another one, or leave the cell empty."),
        "unit_other": _("You can import companies of your own unit only."),
        "state_of_organisers": _("The organisers decide on the status of a company, so this will not be imported."),
        "sheet_of_organisers": _("Only the organisers enter this sheet. Delete its rows."),
        "cell_of_organisers": _("Only the organisers can change this. Leave the cell empty."),
        "role_of_organisers": _("You can enter managers and staff of your unit's companies only."),
        "not_permitted": _("The person who imports this file may no longer do so. Nothing was imported."),
        # What a company may import of its own
        "company_not_own": _("This row names another company. Enter your own, or leave the cell empty."),
        "key_not_of_company": _(
            "This is the key of a person whose account is not your company's to change. Delete the row, or correct the "
            "key."
        ),
        "role_on_page": _("The roles of your staff are not changed here. Change them on the Staff page."),
        "role_of_company": _("You can enter managers and staff of your company only."),
        "email_of_person": _("This person has signed in already, so their email address stays. Leave the cell empty."),
        "person_to_invite": _(
            "This may be someone who already has an account. Add them on the Staff page, which sends an invitation."
        ),
        # Amounts and goods
        "amount_too_fine": SENTENCES["amount_too_fine"],
        "amount_too_large": SENTENCES["amount_too_large"],
        # The ledger
        "party_needed": _("A document names at least one party. Enter one, or choose “From a news report”."),
        "ledger_party_twice": SENTENCES["ledger_party_twice"],
        "ledger_prevailing": SENTENCES["ledger_prevailing"],
        "realised_above": _(
            "%(realised)s has been realised, which is more than the amount of %(amount)s. Check both amounts."
        ),
        "signed_far": _("%(date)s is more than a year away from the fair. Check the date of signing."),
        "valid_before_signed": _("The paper would have expired on %(date)s, before it was signed. Check the dates."),
        "valid_before_agreed": _("The paper would have expired on %(date)s, before it was agreed. Check the dates."),
        "signed_before_agreed": _(
            "The paper would have been signed on %(date)s, before both sides agreed here. Check the date."
        ),
        "valid_long": _("A paper that is valid until %(date)s is unusual. Check the date."),
        "hall_without_booth": _(
            "The company has no booth, so this will not be imported. Give the company a hall first."
        ),
        "demand_unconfirmed": _(
            "The company itself has to confirm this demand on its page, so the status will not be imported."
        ),
        # Wishes and pairs
        "same_company_twice": _("A company cannot be paired with itself. Enter another company."),
        "date_outside_days": _("This date is not one of the fair's days. Choose one of them, or add the day."),
        "pair_refused": _("One of the two companies does not want to meet the other. Delete the pair."),
        "pair_sole_agent": _(
            "One of the two companies is the sole agent of the other. Delete the pair, or correct the agency."
        ),
        "not_selling": _("%(key)s does not sell at this fair. Check whether exhibitor and buyer are swapped."),
        "not_buying": _("%(key)s does not buy at this fair. Check whether exhibitor and buyer are swapped."),
        "not_an_interpreter": _("%(key)s is not an interpreter of this fair. Enter the key of one."),
        "pinned_off_grid": _("No meeting of this fair starts at this time. Choose the start of one."),
        "pinned_while_absent": _("%(key)s is absent at this time. Choose another time if you can."),
        "pinned_outside_hours": _("%(key)s is not at work at this time. Choose another time if you can."),
        "company_booked_twice": _(
            "%(key)s is in more meetings pinned to this time than it can hold at once. Choose another time for one."
        ),
        "interpreter_booked_twice": _(
            "%(key)s interprets another meeting pinned to this time. Choose another time or interpreter."
        ),
        "interpreter_of_none": _(
            "This meeting needs an interpreter, and the fair has none. Add one in the sheet of people."
        ),
        "interpreter_of_languages": _(
            "This meeting needs an interpreter, and none of the fair interprets %(languages)s. Add one in the "
            "sheet of people."
        ),
        # Storing
        "slots_in_use": _(
            "The new days leave out times that already have meetings or requests. Keep those times. For a new date, "
            "add another day."
        ),
        "days_overlap": _("This day starts before the previous one has ended, or ends after the next one has started."),
        "report_changed": _(
            "The fair has changed since this file was checked, so nothing has been imported yet. See the new report."
        ),
        "overtaken": _("Someone else changed the fair while this file was being checked. Import it again."),
    }
)
