from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0002_pictures_and_uploads")]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="on_behalf",
            field=models.BooleanField(
                default=False, db_default=False, help_text="begun by somebody who does not work for the company"
            ),
        ),
    ]
