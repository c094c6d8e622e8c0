import booths.numbers
from django.db import migrations, models


def fill_sort_keys(apps, schema_editor):
    rows = list(apps.get_model("booths", "Booth").objects.all())
    for row in rows:
        row.sort_key = booths.numbers.sort_key(row.number)
    apps.get_model("booths", "Booth").objects.bulk_update(rows, ["sort_key"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('booths', '0002_rows_of_a_workbook'),
    ]

    operations = [
        migrations.AlterField(
            model_name='booth',
            name='number',
            field=models.CharField(help_text='place in the hall', max_length=20),
        ),
        migrations.AddField(
            model_name='booth',
            name='sort_key',
            field=booths.numbers.SortKey(),
        ),
        migrations.AlterModelOptions(
            name='booth',
            options={'ordering': ['hall__number', 'sort_key', 'pk']},
        ),
        migrations.RunPython(fill_sort_keys, migrations.RunPython.noop),
    ]
