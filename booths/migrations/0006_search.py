"""Demands are searched too. 0014 fills the columns."""

from django.db import migrations

from booths import full_text
from booths.search import SearchText

class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0005_files"),
        ("accounts", "__first__"),
        ("fairs", "0008_doors"),
    ]

    operations = [
        migrations.AddField("demand", "search_title", SearchText(words="title_words")),
        migrations.AddField("demand", "search", SearchText()),
        migrations.RunPython(
            lambda apps, editor: full_text.create(editor, "booths_demand"),
            lambda apps, editor: full_text.drop(editor, "booths_demand"),
        ),
    ]
