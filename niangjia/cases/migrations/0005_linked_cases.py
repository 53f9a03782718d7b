import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_terms_promised'),
    ]

    operations = [
        migrations.AddField(
            model_name='caselink',
            name='decided_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='caselink',
            name='decided_by_account_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='caselink',
            name='found_by',
            field=models.CharField(choices=[('hand', 'an officer'), ('person', 'the same person asked for the same'), ('employer', 'the same employer and service'), ('call', 'a call')], default='hand', max_length=10),
        ),
        migrations.AddField(
            model_name='caselink',
            name='merged_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='caselink',
            name='state',
            field=models.CharField(choices=[('proposed', 'Proposed'), ('confirmed', 'Linked'), ('rejected', 'Not the same'), ('ended', 'No longer linked')], default='confirmed', max_length=10),
        ),
        migrations.AlterField(
            model_name='caselink',
            name='kind',
            field=models.CharField(choices=[('duplicate', 'Asked twice'), ('related', 'Same matter'), ('follows', 'Follows from'), ('group', 'Part of a group')], max_length=10),
        ),
        migrations.AlterField(
            model_name='caselink',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='linked_by', to='cases.case'),
        ),
        migrations.AddConstraint(
            model_name='caselink',
            constraint=models.CheckConstraint(condition=models.Q(('merged_at__isnull', True), models.Q(('kind', 'duplicate'), ('state', 'confirmed')), _connector='OR'), name='case_link_merged_is_duplicate'),
        ),
    ]
