"""Files of cases and drafts, what a draft was typed under, and when it expires.

A file is shown with the case or the draft it belongs to: to officers once it was handed in, to the
applicant where it is theirs or was written to them. What is not handed in yet is shown to whoever
sent it, and changed by nobody else. No file outlives the row that leads to it.
"""

import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models
from niangjia.core.protection import enable

IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"
OF_A_DRAFT = "EXISTS (SELECT FROM cases_casedraft d WHERE d.id = draft_id)"
IS_APPLICANT = "c.owner_digest = (SELECT core_viewer_receipt())"
IS_MINE = "account_id = (SELECT core_viewer_account())"
READ = f"""{IS_WORK} OR {OF_A_DRAFT} OR EXISTS (
    SELECT FROM cases_case c WHERE c.id = case_id AND CASE
        WHEN {IS_APPLICANT} THEN is_public OR is_applicants
        ELSE entry_id IS NOT NULL OR {IS_MINE}
    END
)"""
WRITE = f"""{IS_WORK} OR {OF_A_DRAFT} OR (entry_id IS NULL AND EXISTS (
    SELECT FROM cases_case c WHERE c.id = case_id AND CASE
        WHEN {IS_APPLICANT} THEN is_applicants
        ELSE {IS_MINE}
    END
))"""

GONE = """
CREATE FUNCTION cases_file_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM core_filechunk WHERE file_id = OLD.stored_id;
    DELETE FROM core_storedfile WHERE id = OLD.stored_id;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_file_gone AFTER DELETE ON cases_casefile
    FOR EACH ROW EXECUTE FUNCTION cases_file_gone();
CREATE TRIGGER cases_file_replaced AFTER UPDATE OF stored_id ON cases_casefile
    FOR EACH ROW WHEN (OLD.stored_id <> NEW.stored_id) EXECUTE FUNCTION cases_file_gone();
"""
STAYS = """
DROP TRIGGER cases_file_gone ON cases_casefile;
DROP TRIGGER cases_file_replaced ON cases_casefile;
DROP FUNCTION cases_file_gone();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_search'),
        ('core', '0005_stored_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseFile',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('slot', models.CharField(db_collation='C', max_length=60)),
                ('account_id', models.UUIDField(null=True)),
                ('is_applicants', models.BooleanField(default=False)),
                ('is_public', models.BooleanField(default=False, help_text='whether the applicant sees it')),
                ('added_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='casedraft',
            name='expires_at',
            field=models.DateTimeField(help_text='when it is thrown away by itself', null=True),
        ),
        migrations.AddField(
            model_name='casedraft',
            name='snapshot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.itemsnapshot'),
        ),
        migrations.AddField(
            model_name='casedraft',
            name='window',
            field=models.CharField(blank=True, db_collation='C', max_length=40),
        ),
        migrations.AlterField(
            model_name='caseentry',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('step', 'Step taken'), ('note', 'Note'), ('message', 'Message'), ('assigned', 'Assigned'), ('paused', 'Clock paused'), ('resumed', 'Clock goes on'), ('extended', 'Term extended'), ('term', 'Another term promised'), ('reminded', 'Reminder'), ('breached', 'Late'), ('escalated', 'Passed up'), ('taken_over', 'Taken over'), ('transferred', 'Transferred'), ('objected', 'Transfer objected to'), ('notice_no', 'Objection to the public notice'), ('joined', 'Handled jointly'), ('left', 'Joint handling ended'), ('linked', 'Linked'), ('document', 'Letter'), ('file', 'File added'), ('naming', 'Being named'), ('party', 'Employer named'), ('moved', 'The applicant has moved'), ('died', 'The applicant has died'), ('represented', 'Representative elected'), ('withdrawn', 'Withdrawn'), ('closed', 'Finished'), ('reopened', 'Opened again')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='casedraft',
            index=models.Index(fields=['expires_at'], name='case_draft_expires'),
        ),
        migrations.AddField(
            model_name='casefile',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='cases.case'),
        ),
        migrations.AddField(
            model_name='casefile',
            name='draft',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='cases.casedraft'),
        ),
        migrations.AddField(
            model_name='casefile',
            name='entry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='cases.caseentry'),
        ),
        migrations.AddField(
            model_name='casefile',
            name='stored',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile'),
        ),
        migrations.AddIndex(
            model_name='casefile',
            index=models.Index(condition=models.Q(('entry__isnull', True)), fields=['added_at'], name='case_file_not_handed_in'),
        ),
        migrations.AddConstraint(
            model_name='casefile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('draft__isnull', True)), models.Q(('case__isnull', True), ('draft__isnull', False), ('entry__isnull', True)), _connector='OR'), name='case_file_of_a_case_or_a_draft'),
        ),
        migrations.AddConstraint(
            model_name='casefile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account_id__isnull', True), ('is_applicants', True)), models.Q(('account_id__isnull', False), ('is_applicants', False)), _connector='OR'), name='case_file_of_applicant_names_nobody'),
        ),
        *enable("cases_casefile", read=READ, write=WRITE),
        migrations.RunSQL(GONE, STAYS),
    ]
