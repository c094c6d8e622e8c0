import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0017_no_flag_of_requests'),
    ]

    operations = [
        migrations.AddField(
            model_name='meetingrequest',
            name='instead_of',
            field=models.ForeignKey(blank=True, help_text="the sender's meeting that was cancelled because the other company left", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='substitute_requests', to='meetings.meeting'),
        ),
    ]
