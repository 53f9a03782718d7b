import django.db.models.deletion
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_shared_cache'),
        ('organisations', '0003_merged_employers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(choices=[('chair', 'Chair'), ('membership_officer', 'Membership officer'), ('case_officer', 'Case officer'), ('hotline_agent', 'Hotline agent'), ('analyst', 'Analyst'), ('administrator', 'Node administrator')], max_length=20),
        ),
        migrations.CreateModel(
            name='EmployerTie',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('works_for', 'Works for it, or is paid by it'), ('worked_for', 'Worked for it'), ('owns', 'Owns a part of it'), ('family', 'A close relative works for it or owns it'), ('other', 'Otherwise too close to be impartial')], max_length=10)),
                ('declared_at', models.DateTimeField()),
                ('declared_by_account_id', models.UUIDField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by_account_id', models.UUIDField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employer_ties', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.employer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('account', 'employer', 'kind'), name='employer_tie_once')],
            },
        ),
    ]
