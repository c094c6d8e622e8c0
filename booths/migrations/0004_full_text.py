"""The columns of the search's tokens of booths and products, and the indexes of them (booths/full_text.py).

0014 fills them.
"""

from django.db import migrations

from booths import full_text
from booths.search import SearchText

TABLES = ("booths_booth", "booths_product")


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0003_booth_numbers"),
        ("accounts", "__first__"),
        ("fairs", "0008_doors"),
    ]

    operations = [
        migrations.AddField("booth", "search_title", SearchText(words="title_words")),
        migrations.AddField("product", "search_title", SearchText(words="title_words")),
        migrations.RunPython(
            lambda apps, editor: full_text.create(editor, *TABLES), lambda apps, editor: full_text.drop(editor, *TABLES)
        ),
    ]
