from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workbook", "0002_lists")]

    operations = [
        migrations.AddField(
            model_name="workbookimport",
            name="attempt",
            field=models.PositiveIntegerField(
                default=1, help_text="number of its newest process; an earlier one reports and stores nothing"
            ),
        ),
    ]
