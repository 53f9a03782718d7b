import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0018_letters_under_new_keys'),
        ('members', '0007_ties_that_were'),
        ('organisations', '0005_past_employers'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='assigned_to',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='case',
            name='began_at',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
        migrations.AlterField(
            model_name='case',
            name='division',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.division'),
        ),
        migrations.AlterField(
            model_name='case',
            name='handler',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
        migrations.AlterField(
            model_name='case',
            name='raised_to',
            field=models.ForeignKey(db_index=False, help_text='the union above that was called when a term ran out, and may take over', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
        migrations.AlterField(
            model_name='case',
            name='snapshot',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.itemsnapshot'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('raised_to__isnull', False), ('state__in', ['open', 'paused'])), fields=['raised_to', 'next_due_at', 'id'], name='case_queue_raised'),
        ),
        # Django makes one for every unique text; sorted by code point, the unique one finds
        # beginnings as well.
        migrations.RunSQL(
            'DROP INDEX IF EXISTS "cases_case_number_980c9551_like"', migrations.RunSQL.noop
        ),
    ]
