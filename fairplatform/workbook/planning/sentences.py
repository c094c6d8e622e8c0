"""What comparing a workbook with what is stored finds, in sentences."""

from django.utils.translation import gettext_lazy as _

from ..findings import register

register(
    {
        # Whose row it is
        "reference_unknown": _("“%(text)s” is neither a key nor a name in the sheet %(sheet)s."),
        "reference_ambiguous": _(
            "“%(text)s” fits several rows of the sheet %(sheet)s: write the key of the one you mean."
        ),
        "two_fit": _("Two rows already in the fair fit this one: %(keys)s. Write the key of the one you mean."),
        "same_row": _("Is this the same as %(key)s? A changed key makes a new row."),
        # The fair
        "fair_missing": _(
            "The sheet of the fair, or its web address in it, is missing, so it is not clear which fair this is."
        ),
        "fair_other": _("This workbook is for the fair %(slug)s, not for this one."),
        "zone_needed": _("Write the time zone: the country is not one of the fair's two."),
        # Companies and people
        "booth_number": _(
            "Booths have a number in their hall. “%(text)s” will not be stored: a new booth gets the next free number."
        ),
        "booth_taken": _("Booth %(number)s of this hall is taken."),
        "booth_later": _("The booth will be given once the company is approved, sells and has a hall."),
        "company_invited": _(
            "This company belongs to another fair. It will be invited; what is known of it there will not change."
        ),
        "person_invited": _(
            "This person, or their company, belongs to another fair. They will be invited, and their account will not "
            "change."
        ),
        "account_shared": _("This person also belongs to another fair, so their own data will not change."),
        "company_not_accepted": _("The company belongs to another fair, so this will not be stored before it accepts."),
        "company_shared": _(
            "The company is also in another fair, so its data, products and people will not change here."
        ),
        "registration_elsewhere": _(
            "This number is in use for another company, so it will not be stored. Check that it is right."
        ),
        "not_of_role": _("There is no place for this with the role %(role)s, so it will not be stored."),
        "last_organiser": _("A fair needs an organiser. Add another one first."),
        "email_taken": _("Another person already has this email address."),
        # Goods
        "price_too_fine": _("Prices can have up to 4 decimal places."),
        "hall_without_booth": _("The company has no booth, so this will not be stored."),
        # Wishes and pairs
        "same_company_twice": _("A company cannot be paired with itself."),
        "date_outside_days": _("This date is not one of the fair's days."),
        "pair_refused": _("One of the two companies does not want to meet the other."),
        "pair_sole_agent": _("One of the two companies is the sole agent of the other."),
        "not_selling": _("%(key)s does not sell at this fair."),
        "not_buying": _("%(key)s does not buy at this fair."),
        "not_an_interpreter": _("%(key)s is not an interpreter of this fair."),
        # Storing
        "not_stored_yet": _("The rows of this sheet were checked, but they are not stored yet."),
        "slots_in_use": _("The new days leave out times at which meetings are planned."),
        "overtaken": _("Someone else changed the fair while this file was being checked. Import it again."),
    }
)
