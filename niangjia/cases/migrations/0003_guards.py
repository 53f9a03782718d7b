"""Decoys, emergency access, and the rule of who reads a case as it is from here on.

`READ` below is the whole rule; migration 0002 has what it began as, and the functions it calls.
`selectors.visible_cases` and `selectors.emergency` say the same in Python.
"""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import niangjia.cases.models.cases
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models
from niangjia.core.protection import enable


IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"
IS_APPLICANT = "owner_digest = (SELECT core_viewer_receipt())"
IS_WITHIN_REACH = (
    "cases_within(handler_path, sharing_paths, (SELECT cases_reaches(core_viewer_account())))"
)
IS_GRANTED = "ARRAY[id] && (SELECT cases_granted(core_viewer_account()))"
#: What no post and no grant ever outweighs.
IS_FORBIDDEN = """(
    (accused_ids <> '{}' AND accused_ids && (SELECT members_tied_employers(core_viewer_account())))
    OR coalesce((SELECT core_viewer_account()) = ANY (excluded_ids), false)
)"""
READ = f"""{IS_WORK} OR {IS_APPLICANT}
    OR (({IS_WITHIN_REACH} OR {IS_GRANTED}) AND NOT {IS_FORBIDDEN})"""
BEFORE = f"{IS_WORK} OR {IS_APPLICANT} OR ({IS_WITHIN_REACH} AND NOT {IS_FORBIDDEN})"

# Whoever holds no post any more has no grant any more. Reads the grants as the viewer does, who
# sees their own: it stands under the policy below, and tells nobody about anybody else's.
GRANTED = """
CREATE FUNCTION cases_granted(asked uuid) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.case_id), '{}') FROM cases_emergencygrant g
    WHERE g.account_id = asked AND g.state = 'granted' AND g.expires_at > now()
      AND cases_reaches(asked) <> '{}'
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='mark',
            field=models.BinaryField(default=niangjia.cases.models.cases.no_mark, max_length=32),
        ),
        migrations.CreateModel(
            name='EmergencyGrant',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('reason', models.BinaryField()),
                ('state', models.CharField(choices=[('asked', 'Waits for a second person'), ('granted', 'Granted'), ('refused', 'Refused'), ('revoked', 'Taken back')], default='asked', max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='cases.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'granted')), fields=['account', 'case'], name='case_grant_live')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked'])), fields=('case', 'account'), name='case_grant_asked_once'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('account')), _negated=True), _connector='OR'), name='case_grant_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('expires_at__isnull', True), ('state', 'asked')), models.Q(('decided_by__isnull', False), ('expires_at__isnull', True), ('state', 'refused')), models.Q(('decided_by__isnull', False), ('expires_at__gt', models.F('decided_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('decided_at'), '+', models.Value(datetime.timedelta(seconds=14400)))), ('state__in', ['granted', 'revoked'])), _connector='OR'), name='case_grant_decided_and_short')],
            },
        ),
        *enable(
            "cases_emergencygrant",
            read=f"{IS_WORK} OR account_id = (SELECT core_viewer_account())",
            write=IS_WORK,
        ),
        migrations.RunSQL(GRANTED, "DROP FUNCTION cases_granted(uuid)"),
        migrations.RunSQL(
            f"ALTER POLICY cases_case_read ON cases_case USING ({READ})",
            f"ALTER POLICY cases_case_read ON cases_case USING ({BEFORE})",
        ),
    ]
