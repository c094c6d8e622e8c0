"""When a member of a conversation still is one: for as long as the role lasts that brought them in.

The condition reads the roles themselves, so whoever leaves a company, or whose company leaves the fair, has left its
conversations, and whoever comes back finds them as they were. What they wrote stays, under their name.
"""

from django.db.models import BooleanField, F, Func

# Of the row `member` of chat_member: an active person, who works for the company they came for, in the role they had.
STANDS = """
    EXISTS (SELECT 1 FROM accounts_user AS person WHERE person.id = member.user_id AND person.is_active)
    AND (member.participation_id IS NULL OR EXISTS (
        SELECT 1 FROM fairs_participation AS firm JOIN accounts_staff AS staff ON staff.company_id = firm.company_id
        WHERE firm.id = member.participation_id AND firm.state = 'approved' AND staff.user_id = member.user_id
    ))
    AND (member.role = '' OR EXISTS (
        SELECT 1 FROM fairs_roleassignment AS held JOIN chat_conversation AS circle ON circle.fair_id = held.fair_id
        WHERE circle.id = member.conversation_id AND held.user_id = member.user_id AND held.role = member.role
    ))
"""


def stands(member: str) -> Func:
    """The same for the ORM, of the member whose key stands in this field."""
    template = f"EXISTS (SELECT 1 FROM chat_member AS member WHERE member.id = %(expressions)s AND {STANDS})"  # noqa: S608
    return Func(F(member), template=template, output_field=BooleanField())
