import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0010_suppliers'),
        ('meetings', '0010_outcomes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Satisfaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rating', models.PositiveSmallIntegerField(choices=[(1, 'Very poor'), (2, 'Poor'), (3, 'Average'), (4, 'Good'), (5, 'Very good')])),
                ('right_partner', models.BooleanField(null=True)),
                ('because', models.CharField(blank=True, choices=[('goods', 'Other goods than ours'), ('role', 'Not the type of company we look for'), ('price', 'Prices too far apart'), ('quantity', 'Quantities too far apart'), ('person', 'The person could not decide'), ('language', 'We could not understand each other'), ('other', 'Another reason')], max_length=8)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('fair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='fairs.fair')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='satisfactions', to='meetings.meeting')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='fairs.participation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'participation'), name='satisfaction_once'), models.CheckConstraint(condition=models.Q(('rating__gte', 1), ('rating__lte', 5)), name='rating_from_1_to_5'), models.CheckConstraint(condition=models.Q(models.Q(('right_partner', False), ('right_partner__isnull', False)), ('because', ''), _connector='OR'), name='only_a_wrong_partner_has_a_reason'), models.CheckConstraint(condition=models.Q(('right_partner__isnull', False), ('note', ''), _connector='OR'), name='words_about_a_partner_alone')],
            },
        ),
    ]
