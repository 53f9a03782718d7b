"""Letters of cases, and who may see them: whoever sees the case; its applicant those to them alone.

They are written by services as background work, and never changed.
"""

import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models
from niangjia.core.protection import enable

IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"
LETTER = """EXISTS (
    SELECT FROM cases_case c WHERE c.id = case_id
    AND (addressed_to = 'applicant'
         OR c.owner_digest IS DISTINCT FROM (SELECT core_viewer_receipt()))
)"""
OF_A_LETTER = "EXISTS (SELECT FROM cases_caseletter l WHERE l.id = letter_id)"
OF_A_RECORD = "EXISTS (SELECT FROM cases_letterrecord r WHERE r.id = record_id)"
NEVER = {"update": "false", "delete": "false"}

STAYS = """
CREATE FUNCTION cases_letter_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a letter that went out is never changed'
        USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_letter_stays();
CREATE TRIGGER {table}_all_stay BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_letter_stays();
"""
    for table in ("cases_caseletter", "cases_letterrecord", "cases_letterfile")
)
CHANGES = "DROP FUNCTION cases_letter_stays() CASCADE"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_lent_posts'),
        ('core', '0005_stored_files'),
        ('organisations', '0004_employer_without_code'),
    ]

    operations = [
        migrations.AlterField(
            model_name='caseentry',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('step', 'Step taken'), ('note', 'Note'), ('message', 'Message'), ('assigned', 'Assigned'), ('paused', 'Clock paused'), ('resumed', 'Clock goes on'), ('extended', 'Term extended'), ('term', 'Another term promised'), ('reminded', 'Reminder'), ('breached', 'Late'), ('escalated', 'Passed up'), ('taken_over', 'Taken over'), ('transferred', 'Transferred'), ('objected', 'Transfer objected to'), ('joined', 'Handled jointly'), ('left', 'Joint handling ended'), ('linked', 'Linked'), ('document', 'Letter'), ('file', 'File added'), ('naming', 'Being named'), ('party', 'Employer named'), ('represented', 'Representative elected'), ('withdrawn', 'Withdrawn'), ('closed', 'Finished'), ('reopened', 'Opened again')], max_length=12),
        ),
        migrations.CreateModel(
            name='CaseLetter',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('union_name', models.CharField(max_length=120)),
                ('year', models.PositiveSmallIntegerField()),
                ('serial', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=40)),
                ('template', models.CharField(db_collation='C', max_length=40)),
                ('kind', models.CharField(choices=[('notice', 'Notice'), ('decision', 'Decision'), ('reminder', 'Reminder letter'), ('opinion', 'Letter of opinion'), ('proposal', 'Letter of proposal')], max_length=8)),
                ('addressed_to', models.CharField(choices=[('applicant', 'The applicant'), ('employer', 'The employer'), ('authority', 'An authority')], max_length=9)),
                ('said', models.BinaryField()),
                ('sha256', models.BinaryField(max_length=32)),
                ('code_digest', models.BinaryField(max_length=32, unique=True)),
                ('is_demonstration', models.BooleanField(default=False)),
                ('issued_at', models.DateTimeField()),
                ('issued_by_account_id', models.UUIDField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='cases.case')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='LetterHead',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('mark', models.CharField(blank=True, max_length=6)),
                ('sealed_key', models.BinaryField()),
                ('set_at', models.DateTimeField()),
                ('set_by_account_id', models.UUIDField()),
                ('seal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='LetterRecord',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('served', 'Served'), ('answered', 'Answered'), ('withdrawn', 'Withdrawn')], max_length=9)),
                ('on_date', models.DateField()),
                ('way', models.CharField(blank=True, choices=[('hand', 'By hand, against signature'), ('post', 'By registered post or courier'), ('online', 'Electronically, receipt confirmed'), ('left', 'Left there before witnesses')], max_length=6)),
                ('mended', models.CharField(blank=True, choices=[('yes', 'Mended'), ('partly', 'Mended in part, or promised'), ('no', 'Not mended')], max_length=6)),
                ('said', models.BinaryField(null=True)),
                ('at', models.DateTimeField()),
                ('account_id', models.UUIDField()),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='cases.caseletter')),
            ],
        ),
        migrations.CreateModel(
            name='LetterFile',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('stored', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='cases.letterrecord')),
            ],
        ),
        migrations.CreateModel(
            name='LetterSeries',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.AddConstraint(
            model_name='caseletter',
            constraint=models.UniqueConstraint(fields=('union', 'year', 'serial'), name='letter_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='caseletter',
            constraint=models.CheckConstraint(condition=models.Q(('serial__gte', 1)), name='letter_serial_from_one'),
        ),
        migrations.AddIndex(
            model_name='letterhead',
            index=models.Index(fields=['union', '-id'], name='letter_head_of_union'),
        ),
        migrations.AddConstraint(
            model_name='letterrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'withdrawn')), fields=('letter',), name='letter_withdrawn_once'),
        ),
        migrations.AddConstraint(
            model_name='letterrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'served'), models.Q(('way', ''), _negated=True), ('mended', '')), models.Q(('kind', 'answered'), ('way', ''), models.Q(('mended', ''), _negated=True)), models.Q(('kind', 'withdrawn'), ('mended', ''), ('way', '')), _connector='OR'), name='letter_record_says_how'),
        ),
        migrations.AddConstraint(
            model_name='letterseries',
            constraint=models.UniqueConstraint(fields=('union', 'year'), name='letter_series_once'),
        ),
        *enable("cases_caseletter", read=LETTER, write=IS_WORK, **NEVER),
        *enable("cases_letterrecord", read=OF_A_LETTER, write=IS_WORK, **NEVER),
        *enable("cases_letterfile", read=OF_A_RECORD, write=IS_WORK, **NEVER),
        migrations.RunSQL(STAYS, CHANGES),
    ]
