import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0004_statement_disputes'),
        ('organisations', '0005_past_employers'),
    ]

    operations = [
        migrations.CreateModel(
            name='MerchantImport',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('by_account_id', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('rows', models.JSONField(default=list)),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('merchants', models.PositiveIntegerField(default=0, help_text='so many are new')),
                ('shops', models.PositiveIntegerField(default=0, help_text='so many are new')),
                ('finished_at', models.DateTimeField(null=True)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='merchant_import_within_its_rows')],
            },
        ),
    ]
