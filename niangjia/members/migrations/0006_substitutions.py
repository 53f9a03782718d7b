import django.db.models.deletion
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_membership_particulars'),
        ('organisations', '0004_employer_without_code'),
    ]

    operations = [
        migrations.CreateModel(
            name='Substitution',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('named_at', models.DateTimeField()),
                ('named_by_account_id', models.UUIDField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by_account_id', models.UUIDField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='post',
            name='lent_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lent', to='members.post'),
        ),
        migrations.AddField(
            model_name='post',
            name='until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(choices=[('chair', 'Chair'), ('membership_officer', 'Membership officer'), ('case_officer', 'Case officer'), ('hotline_agent', 'Hotline agent'), ('analyst', 'Analyst'), ('administrator', 'Node administrator'), ('stand_in', 'Standing in for the chair')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lent_from__isnull', True), ('until__isnull', True)), models.Q(('lent_from__isnull', False), ('until__isnull', False)), _connector='OR'), name='post_lent_has_end'),
        ),
        migrations.AddField(
            model_name='substitution',
            name='absent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='substitution',
            name='substitute',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='substitution',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['ends_at'], name='substitution_running'),
        ),
        migrations.AddConstraint(
            model_name='substitution',
            constraint=models.CheckConstraint(condition=models.Q(('absent', models.F('substitute')), _negated=True), name='substitution_of_another'),
        ),
        migrations.AddConstraint(
            model_name='substitution',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='substitution_lasts'),
        ),
    ]
