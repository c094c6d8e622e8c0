import django.db.models.deletion
from django.db import migrations, models

# Whoever was let in until now came as a booth's person, as a meeting's person of one side or its interpreter, or as the
# visitor of a booth: for a company they work for in that fair, first one that buys, or without one in the fair's name.
_BOOTH = """
    UPDATE chat_member SET participation_id = (
        SELECT booth.participation_id FROM booths_inquiry AS inquiry
        JOIN booths_booth AS booth ON booth.id = inquiry.booth_id
        WHERE inquiry.conversation_id = chat_member.conversation_id AND inquiry.visitor_id <> chat_member.user_id
    )
"""
_VISITOR = """
    UPDATE chat_member SET participation_id = (
        SELECT firm.id FROM booths_inquiry AS inquiry
        JOIN fairs_participation AS firm ON firm.fair_id = inquiry.fair_id
        JOIN accounts_staff AS staff ON staff.company_id = firm.company_id
        WHERE inquiry.conversation_id = chat_member.conversation_id AND inquiry.visitor_id = chat_member.user_id
            AND staff.user_id = inquiry.visitor_id
        ORDER BY firm.buys DESC, firm.id LIMIT 1
    ) WHERE participation_id IS NULL
"""
_ORGANISER = """
    UPDATE chat_member SET role = 'organiser' WHERE participation_id IS NULL AND EXISTS (
        SELECT 1 FROM booths_inquiry AS inquiry
        WHERE inquiry.conversation_id = chat_member.conversation_id AND inquiry.visitor_id = chat_member.user_id
    )
"""
_SIDE = """
    UPDATE chat_member SET participation_id = (
        SELECT CASE named.side WHEN 'exhibitor' THEN meeting.exhibitor_id ELSE meeting.buyer_id END
        FROM meetings_meeting AS meeting JOIN meetings_participant AS named ON named.meeting_id = meeting.id
        WHERE meeting.conversation_id = chat_member.conversation_id AND named.user_id = chat_member.user_id
            AND named.side <> ''
    ) WHERE participation_id IS NULL AND role = ''
"""
_INTERPRETER = """
    UPDATE chat_member SET role = 'interpreter' WHERE participation_id IS NULL AND EXISTS (
        SELECT 1 FROM meetings_meeting AS meeting JOIN meetings_participant AS named ON named.meeting_id = meeting.id
        WHERE meeting.conversation_id = chat_member.conversation_id AND named.user_id = chat_member.user_id
            AND named.side = ''
    )
"""


def _check_at_once(apps, schema_editor):
    """PostgreSQL makes no index on a table whose new rows it has yet to compare with those that they refer to."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('chat', '0002_one_index_each'),
        ('booths', '0001_initial'),
        ('fairs', '0001_initial'),
        ('meetings', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='participation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='fairs.participation'),
        ),
        migrations.AddField(
            model_name='member',
            name='role',
            field=models.CharField(blank=True, db_default='', default='', max_length=16),
        ),
        *(migrations.RunSQL(fill, migrations.RunSQL.noop) for fill in (_BOOTH, _VISITOR, _ORGANISER, _SIDE, _INTERPRETER)),
        migrations.RunPython(_check_at_once, migrations.RunPython.noop),
    ]
