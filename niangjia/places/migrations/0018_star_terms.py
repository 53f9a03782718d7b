import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_past_employers'),
        ('places', '0017_visits_by_the_hour'),
    ]

    operations = [
        migrations.AddField(
            model_name='starrating',
            name='terms',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name='StarTerms',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('area_two', models.PositiveSmallIntegerField()),
                ('area_three', models.PositiveSmallIntegerField()),
                ('area_four', models.PositiveSmallIntegerField()),
                ('on_time_three', models.PositiveSmallIntegerField()),
                ('on_time_four', models.PositiveSmallIntegerField()),
                ('inspected_days', models.PositiveSmallIntegerField()),
                ('extended', models.PositiveSmallIntegerField()),
                ('set_at', models.DateTimeField()),
                ('set_by_account_id', models.UUIDField(null=True)),
                ('union', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('area_three__lte', models.F('area_four')), ('area_two__lte', models.F('area_three')), ('on_time_four__lte', 100), ('on_time_three__lte', models.F('on_time_four'))), name='star_terms_rise')],
            },
        ),
    ]
