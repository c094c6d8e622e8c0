from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_rows_of_a_workbook'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='company',
            name='registration',
        ),
        migrations.RemoveField(
            model_name='staff',
            name='languages',
        ),
    ]
