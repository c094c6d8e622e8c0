from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workbook", "0004_limits")]

    operations = [
        migrations.AddField(
            model_name="workbookimport",
            name="by_delegate",
            field=models.BooleanField(default=False, help_text="so that it may touch companies of the unit alone"),
        ),
    ]
