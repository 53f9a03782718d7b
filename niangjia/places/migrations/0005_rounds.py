import django.db.models.deletion
import niangjia.core.crypto.fields
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


#: What happened to a problem stays as it was written.
GUARD = """
CREATE FUNCTION places_step_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER problem_step_stays BEFORE UPDATE OR DELETE ON places_problemstep
    FOR EACH ROW EXECUTE FUNCTION places_step_stays();
"""
UNDO = """
DROP TRIGGER problem_step_stays ON places_problemstep;
DROP FUNCTION places_step_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_audit_batches'),
        ('organisations', '0005_past_employers'),
        ('places', '0004_plates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='place',
            name='stars',
            field=models.PositiveSmallIntegerField(blank=True, help_text='1 to 5, by the newest rating that counts', null=True),
        ),
        migrations.AddField(
            model_name='place',
            name='unsafe_since',
            field=models.DateTimeField(help_text='shut: something there is dangerous', null=True),
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(help_text='in the order of the way, from 1')),
                ('metres', models.PositiveIntegerField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('no_plate_reason', models.CharField(blank=True, max_length=100)),
                ('found', models.CharField(blank=True, choices=[('open', 'Open, as it should be'), ('shut', 'Shut, though it should be open'), ('gone', 'There is no such place any more')], max_length=5)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('checklist', models.PositiveSmallIntegerField(help_text='version of the checklist', null=True)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('done_at', models.DateTimeField(null=True)),
                ('by_account_id', models.UUIDField(help_text='who noted it last', null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='places.place')),
                ('plate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.plate')),
            ],
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('about', models.CharField(max_length=40)),
                ('title', models.CharField(blank=True, help_text='of something in the cupboard', max_length=60)),
                ('facility', models.CharField(blank=True, help_text='what hangs on it', max_length=16)),
                ('severity', models.CharField(choices=[('minor', 'Can wait a little'), ('major', 'People miss it'), ('danger', 'Dangerous: shut until mended')], max_length=6)),
                ('source', models.CharField(choices=[('inspection', 'Found on a round'), ('public', 'Several people say so')], max_length=10)),
                ('mender', models.CharField(choices=[('keeper', 'Whoever keeps the place'), ('union', 'The union of the place')], max_length=6)),
                ('state', models.CharField(choices=[('open', 'To be mended'), ('mended', 'Mended, to be reviewed'), ('closed', 'Reviewed: all right')], default='open', max_length=6)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('extensions', models.PositiveSmallIntegerField(default=0)),
                ('mended_at', models.DateTimeField(null=True)),
                ('mended_by_account_id', models.UUIDField(null=True)),
                ('late_told_at', models.DateTimeField(help_text='the union above was told', null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('inspection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='places.inspection')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='places.place')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='ProblemStep',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('opened', 'Found to be wrong'), ('found', 'Found again'), ('extended', 'More time was given'), ('mended', 'Said to be mended'), ('passed', 'Review: it is all right'), ('sent_back', 'Review: it is not'), ('reopened', 'Wrong again'), ('escalated', 'Late: the union above was told')], max_length=9)),
                ('at', models.DateTimeField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(help_text='the deadline from then on', null=True)),
                ('by_account_id', models.UUIDField(null=True)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='places.problem')),
            ],
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('date', models.DateField()),
                ('start_longitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('start_latitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('drives', models.BooleanField(default=False)),
                ('planned_at', models.DateTimeField()),
                ('planned_by_account_id', models.UUIDField(null=True)),
                ('called_off_at', models.DateTimeField(null=True)),
                ('call_off_reason', models.CharField(blank=True, max_length=200)),
                ('union', models.ForeignKey(help_text='whose officers go', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Inspector',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inspectors', to='places.round')),
            ],
        ),
        migrations.AddField(
            model_name='inspection',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inspections', to='places.round'),
        ),
        migrations.CreateModel(
            name='SitePhoto',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(blank=True, max_length=40)),
                ('digest', models.CharField(help_text='SHA-256 of the clean picture', max_length=64)),
                ('key', niangjia.core.crypto.fields.EncryptedTextField()),
                ('added_at', models.DateTimeField()),
                ('inspection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='places.inspection')),
                ('step', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='places.problemstep')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['place', '-id'], name='problem_by_place'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='problem_by_due'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('place', 'about'), name='problem_once_while_open'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='problem_closed_says_when'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('mended_at__isnull', False), ('mended_by_account_id__isnull', False)), _connector='OR'), name='problem_mended_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='problemstep',
            index=models.Index(fields=['problem', 'id'], name='problem_step_in_turn'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['union', '-date', '-id'], name='round_by_union'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('call_off_reason', ''), ('called_off_at', None)), models.Q(models.Q(('called_off_at', None), _negated=True), models.Q(('call_off_reason', ''), _negated=True)), _connector='OR'), name='round_called_off_says_why'),
        ),
        migrations.AddConstraint(
            model_name='inspector',
            constraint=models.UniqueConstraint(fields=('round', 'account'), name='inspector_once_on_a_round'),
        ),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(condition=models.Q(('done_at', None), _negated=True), fields=['place', '-done_at'], name='inspection_by_place'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.UniqueConstraint(fields=('round', 'place'), name='inspection_once_on_a_round'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('done_at', None), models.Q(models.Q(('found', ''), _negated=True), ('by_account_id__isnull', False)), _connector='OR'), name='inspection_done_says_what_and_who'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrived_at', None), ('plate', None)), models.Q(('arrived_at__isnull', False), ('plate__isnull', False)), _connector='OR'), name='inspection_arrival_by_a_plate'),
        ),
        migrations.AddConstraint(
            model_name='sitephoto',
            constraint=models.UniqueConstraint(fields=('inspection', 'item', 'digest'), name='site_photo_once_of_an_item'),
        ),
        migrations.AddConstraint(
            model_name='sitephoto',
            constraint=models.UniqueConstraint(fields=('step', 'digest'), name='site_photo_once_of_a_step'),
        ),
        migrations.AddConstraint(
            model_name='sitephoto',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('inspection', None), ('step__isnull', False)), models.Q(('inspection__isnull', False), ('step', None)), _connector='OR'), name='site_photo_belongs_to_one'),
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
