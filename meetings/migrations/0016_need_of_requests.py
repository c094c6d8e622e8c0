"""A request says how much its meeting needs an interpreter, no longer only whether."""

from django.db import migrations, models


def levels(apps, schema_editor):
    rows = apps.get_model("meetings", "MeetingRequest").objects
    rows.filter(needs_interpreter=True).update(interpreting="required")


def flags(apps, schema_editor):
    rows = apps.get_model("meetings", "MeetingRequest").objects
    rows.filter(interpreting__in=("required", "welcome", "on_call")).update(needs_interpreter=True)


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0015_role_of_a_writer'),
    ]

    operations = [
        migrations.AddField(
            model_name='meetingrequest',
            name='interpreting',
            field=models.CharField(choices=[('required', 'Interpreter required'), ('welcome', 'Interpreter preferred'), ('not_needed', 'No interpreter needed'), ('on_call', 'Interpreter on call'), ('own', 'Own interpreter')], db_default='not_needed', default='not_needed', max_length=10),
        ),
        migrations.RunPython(levels, flags),
    ]
