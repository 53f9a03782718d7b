import django.db.models.deletion
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_letters'),
        ('organisations', '0004_employer_without_code'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='language',
            field=models.CharField(blank=True, help_text='in which it was asked for', max_length=12),
        ),
        migrations.CreateModel(
            name='AssignmentRule',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('name', models.CharField(max_length=60)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('urgent_only', models.BooleanField(default=False)),
                ('way', models.CharField(choices=[('least', 'Whoever has the fewest open cases for their share'), ('rotation', 'One after the other')], default='least', max_length=8)),
                ('keeps_person', models.BooleanField(default=True)),
                ('everybody', models.BooleanField(default=True)),
                ('changed_at', models.DateTimeField()),
                ('changed_by_account_id', models.UUIDField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.division')),
                ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.employer')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.serviceitem')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='AssignmentShare',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('weight', models.PositiveSmallIntegerField(default=1)),
                ('last_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='cases.assignmentrule')),
            ],
        ),
        migrations.AddIndex(
            model_name='assignmentrule',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['union', 'position'], name='assignment_rules_of_union'),
        ),
        migrations.AddConstraint(
            model_name='assignmentshare',
            constraint=models.UniqueConstraint(fields=('rule', 'account'), name='assignment_share_once'),
        ),
    ]
