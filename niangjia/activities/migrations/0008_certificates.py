import django.db.models.deletion
import niangjia.core.crypto.fields
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0007_programme_pages'),
        ('organisations', '0005_past_employers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CourseRule',
            fields=[
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='course_rule', serialize=False, to='activities.activity')),
                ('needed', models.PositiveSmallIntegerField(help_text='sessions one must have been at')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('needed__gte', 1)), name='course_needs_one')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=12, unique=True)),
                ('code', models.CharField(db_collation='C', max_length=14, unique=True)),
                ('kind', models.CharField(choices=[('course', 'Course finished'), ('volunteer', 'Volunteer hours')], max_length=10)),
                ('name', niangjia.core.crypto.fields.EncryptedTextField(null=True)),
                ('title', models.CharField(max_length=120)),
                ('times', models.PositiveIntegerField(help_text='sessions they were at')),
                ('times_of', models.PositiveIntegerField(help_text='sessions there were')),
                ('minutes', models.PositiveIntegerField(help_text='how long these lasted, all together')),
                ('is_made_up', models.BooleanField(default=False)),
                ('issued_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=300)),
                ('revoked_by_account_id', models.UUIDField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to=settings.AUTH_USER_MODEL)),
                ('sign_up', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='activities.signup')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-id'], name='certificate_by_account')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True), ('sign_up__isnull', False)), fields=('sign_up',), name='certificate_once_a_course'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'course'), ('sign_up__isnull', False)), models.Q(('kind', 'volunteer'), ('sign_up__isnull', True)), _connector='OR'), name='certificate_course_has_sign_up'), models.CheckConstraint(condition=models.Q(models.Q(('revoke_reason', ''), ('revoked_at__isnull', True)), models.Q(('revoked_at__isnull', False), models.Q(('revoke_reason', ''), _negated=True)), _connector='OR'), name='certificate_revoked_says_why')],
            },
        ),
    ]
