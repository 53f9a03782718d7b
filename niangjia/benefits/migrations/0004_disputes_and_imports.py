import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0003_shop_search'),
        ('organisations', '0005_past_employers'),
    ]

    operations = [
        migrations.CreateModel(
            name='MerchantImport',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('made_by_id', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('rows', models.JSONField(default=list)),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('merchants', models.PositiveIntegerField(default=0, help_text='so many are new')),
                ('shops', models.PositiveIntegerField(default=0, help_text='so many are new')),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='StatementWord',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by_union', models.BooleanField(help_text='else by the merchant')),
                ('said_by_id', models.UUIDField()),
                ('words', models.CharField(max_length=500)),
                ('lines', models.PositiveIntegerField(default=0, help_text='so many were taken off')),
                ('off_fen', models.BigIntegerField(default=0, help_text='what those come to')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='statement',
            name='due_at',
            field=models.DateTimeField(help_text='until when the other side answers', null=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='reminded_at',
            field=models.DateTimeField(help_text='when it was told to be late', null=True),
        ),
        migrations.AlterField(
            model_name='statement',
            name='state',
            field=models.CharField(choices=[('drawn_up', 'Drawn up'), ('confirmed', 'Confirmed by the merchant'), ('disputed', 'Disputed by the merchant'), ('answered', 'Answered by the union'), ('paid', 'Paid out')], default='drawn_up', max_length=10),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(condition=models.Q(('due_at__isnull', False), ('reminded_at__isnull', True)), fields=['due_at'], name='statement_to_remind'),
        ),
        migrations.AddField(
            model_name='merchantimport',
            name='union',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
        migrations.AddField(
            model_name='statementword',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='benefits.statement'),
        ),
        migrations.AddConstraint(
            model_name='merchantimport',
            constraint=models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='merchant_import_within_its_rows'),
        ),
        migrations.AddConstraint(
            model_name='statementword',
            constraint=models.CheckConstraint(condition=models.Q(('by_union', True), ('lines', 0), _connector='OR'), name='statement_lines_taken_off_by_union'),
        ),
    ]
