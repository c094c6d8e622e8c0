from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0003_rows_of_a_workbook'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='roleassignment',
            name='languages',
        ),
    ]
