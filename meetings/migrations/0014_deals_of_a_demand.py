import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booths', '0014_search_words'),
        ('meetings', '0013_own_interpreter'),
    ]

    operations = [
        migrations.AddField(
            model_name='outcomeversion',
            name='demand',
            field=models.ForeignKey(blank=True, help_text='that a deal answers', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='booths.demand'),
        ),
    ]
