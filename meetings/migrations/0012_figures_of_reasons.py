from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0011_satisfaction'),
    ]

    operations = [
        migrations.AddField(
            model_name='plannedmeeting',
            name='not_placed_counts',
            field=models.JSONField(blank=True, help_text='its figures: of scheduling.reasons.Reason', null=True),
        ),
    ]
