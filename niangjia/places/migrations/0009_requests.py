import django.db.models.deletion
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0008_stars'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SupplyRequest',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=60)),
                ('facility', models.CharField(blank=True, max_length=16)),
                ('key', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('asked', 'Asked for'), ('on_way', 'On its way'), ('arrived', 'Arrived'), ('declined', 'Declined')], default='asked', max_length=8)),
                ('asks', models.PositiveIntegerField(default=1)),
                ('by_keeper', models.BooleanField(default=False, help_text='a keeper of the place asks as well')),
                ('asked_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('expected_date', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, help_text='why it is not brought', max_length=200)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supply_requests', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='SupplyAsker',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='askers', to='places.supplyrequest')),
            ],
        ),
        migrations.CreateModel(
            name='RatedVisit',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('level', models.PositiveSmallIntegerField(null=True)),
                ('round', models.PositiveSmallIntegerField(default=0)),
                ('rated_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rated_visits', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'rated_at'], name='rated_visit_by_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('level', None), ('rated_at', None)), models.Q(('level__range', (1, 5)), ('rated_at__isnull', False)), _connector='OR'), name='rated_visit_says_when')],
            },
        ),
        migrations.AddIndex(
            model_name='supplyrequest',
            index=models.Index(fields=['place', '-id'], name='supply_request_by_place'),
        ),
        migrations.AddConstraint(
            model_name='supplyrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'on_way'))), fields=('place', 'key'), name='supply_request_once_while_open'),
        ),
        migrations.AddConstraint(
            model_name='supplyrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'declined'), _negated=True), ('reason', '')), _connector='OR'), name='supply_request_declined_says_why'),
        ),
        migrations.AddConstraint(
            model_name='supplyasker',
            constraint=models.UniqueConstraint(fields=('request', 'account'), name='supply_asker_once'),
        ),
    ]
