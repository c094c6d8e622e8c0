import fairplatform.i18n.fields
from django.db import migrations, models


def _cite_in_english(apps, schema_editor):
    """Every source was written in English until now."""
    facts = apps.get_model("fairs", "Fact").objects.using(schema_editor.connection.alias)
    for fact in facts.all():
        fact.citation = {"en": fact.source}
        fact.save(update_fields=["citation"])


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='fact',
            name='citation',
            field=fairplatform.i18n.fields.TranslatedField(blank=True, default=dict, help_text='the publication and its date'),
        ),
        migrations.RunPython(_cite_in_english, migrations.RunPython.noop),
        # The column stays for processes of the version before, which read it until they are restarted.
        migrations.AlterField(
            model_name='fact',
            name='source',
            field=models.CharField(db_default='', max_length=120),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name='fact', name='source')],
        ),
    ]
