import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def companies_of_open_fairs_were_told(apps, schema_editor):
    rounds = apps.get_model('meetings', 'TickRound').objects.exclude(fair__state='draft')
    rounds.update(told_at=models.F('opened_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0010_suppliers'),
        ('meetings', '0008_rounds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='tickround',
            name='told_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(companies_of_open_fairs_were_told, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name='schedulerun', name='one_schedule_run_at_a_time'),
        migrations.RenameModel('ScheduleRun', 'Run'),
        migrations.RenameField('run', 'placed', 'done'),
        migrations.AddField(
            model_name='run',
            name='deadline',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='run',
            name='on_behalf_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='run',
            name='side',
            field=models.CharField(blank=True, choices=[('exhibitor', 'Exhibitor'), ('buyer', 'Buyer')], db_default='', default='', max_length=9),
        ),
        migrations.AlterField(
            model_name='run',
            name='fair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='fairs.fair'),
        ),
        migrations.AlterField(
            model_name='run',
            name='kind',
            field=models.CharField(choices=[('match', 'Match'), ('round', 'Round'), ('new', 'New'), ('draft', 'Draft'), ('published', 'Published')], default='new', max_length=9),
        ),
        migrations.AlterField(
            model_name='run',
            name='step',
            field=models.CharField(choices=[('reading', 'reading companies, calendars and wishes'), ('compare', 'comparing companies'), ('choose', 'choosing what is best for all'), ('greedy', 'making a first schedule'), ('repair', 'placing the rest by moving others'), ('improve', 'removing gaps between meetings'), ('exact', 'looking for the proof that nothing better is possible'), ('rerun', 'placing what has no time with the fewest moves')], default='reading', max_length=7),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'working')), fields=('fair',), name='one_run_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deadline__isnull', False), ('kind', 'round'), models.Q(('side', ''), _negated=True)), models.Q(models.Q(('kind', 'round'), _negated=True), ('deadline', None), ('side', '')), _connector='OR'), name='rounds_have_a_deadline'),
        ),
    ]
