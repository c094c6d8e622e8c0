from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Replace

# Of people, and of notices, whose key begins with that of their recipient.
KINDS = ("accounts.user", "notices.notice")


def replace_points(apps, schema_editor):
    rows = apps.get_model("demo", "DemoRow").objects.filter(kind__in=KINDS)
    rows.update(key=Replace(F("key"), Value("."), Value("-")))


class Migration(migrations.Migration):
    """The keys of people become those of the workbook, which have no points: `organiser-1` for `organiser.1`."""

    dependencies = [("demo", "0001_initial")]

    operations = [migrations.RunPython(replace_points, migrations.RunPython.noop)]
