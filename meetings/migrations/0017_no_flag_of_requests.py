from django.db import migrations


class Migration(migrations.Migration):
    """In a transaction after the one that has filled the column in its place."""

    dependencies = [
        ('meetings', '0016_need_of_requests'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='meetingrequest',
            name='needs_interpreter',
        ),
    ]
